# Post: brieven en kaarten printen, stapels, paklijst.
post-title = Post
post-lede = Brieven en kaarten wachten hier tot iemand ze print. Tot dat moment volgen ze de klantreis: verschuift een afspraak, dan verandert of vervalt de brief.
post-waiting-post = Brieven die wachten
post-waiting-card = Kaarten die wachten
post-empty-post = Er wachten geen brieven.
post-empty-card = Er wachten geen kaarten.
post-print-all = Print alles
post-print-these = Print deze
post-many = Er gaan hoogstens { $max } brieven in één keer. Print daarna de rest.
post-letter = Brief of kaart
post-to = Naar
post-since = Wacht sinds
post-look = bekijk als pdf
post-piles = Geprint, nog niet gepost
post-pile-count = { $count ->
    [one] Stapel van 1 brief
   *[other] Stapel van { $count } brieven
}
post-printed-at = geprint { $moment }
post-open-pile = Open de stapel
post-nothing = Er is niets te printen.
post-nothing-how = Zet bij een contactmoment het kanaal post of kaart. De brieven verschijnen dan hier.
post-set-up = Stel de afzender voor brieven in
post-none = Er wachtte niets meer. Misschien was een collega u voor.
post-none-good = { $count ->
    [one] Deze brief kan niet op de post.
   *[other] Geen van deze { $count } brieven kan op de post.
} De reden staat bij het bericht.
post-printed = { $count ->
    [one] 1 brief ligt klaar als pdf.
   *[other] { $count } brieven liggen klaar als pdf.
} { $left ->
    [0] {""}
    [one] 1 brief kan niet op de post; de reden staat bij het bericht.
   *[other] { $left } brieven kunnen niet op de post; de reden staat bij het bericht.
}
post-not-printed = Dit kan niet worden geprint. { $reason }
post-no-address = Deze klant heeft geen volledig postadres. Vul het aan bij de klant.
post-open-pdf = Open de pdf
post-labels = Etiketten
post-then = Wat u doet
post-step-print-letter = Open de pdf en print hem op A4. Elke brief begint op een eigen vel, ook als u dubbelzijdig print. De streepjes links geven de vouw aan.
post-step-print-card = Open de pdf en print hem dubbelzijdig op A6, liggend: de tekst voor, het adres achter.
post-step-post = Doe de brieven in vensterenveloppen en breng ze naar de post.
post-step-say = Meld hieronder dat de stapel gepost is. Dan telt het bericht als verzonden.
post-say-posted = De stapel is gepost
post-put-all-back = Leg alles terug
post-put-back = Leg terug
post-put-back-help = Terugleggen kan zolang de stapel niet gepost is: de brief wacht dan weer en wordt met de gegevens van dat moment opnieuw gemaakt.
post-take-out = { $count ->
    [one] 1 brief is na het printen ingetrokken. Haal hem uit de stapel.
   *[other] { $count } brieven zijn na het printen ingetrokken. Haal ze uit de stapel.
}
post-take-this-out = haal deze eruit
post-on-pile = Op deze stapel
post-is-posted = gepost
post-posted = { $count ->
    [one] 1 brief telt als verzonden.
   *[other] { $count } brieven tellen als verzonden.
}
post-waits-again = { $count ->
    [one] De brief wacht weer.
   *[other] { $count } brieven wachten weer.
}
post-no-longer = Deze stapel staat er intussen anders voor.
post-packing = Paklijst
post-packing-lede = Wat met de hand in een pakket of op een kaart gaat. Print deze lijst, of rond elke taak af op haar eigen pagina.
post-packing-empty = Er hoeft niets bij een pakket.
post-packing-how = Een contactmoment door een medewerker, met een tekst en het kanaal post of kaart, komt hier te staan zodra het zover is.
sender-window = Venster van de envelop
sender-window-left = links
sender-window-right = rechts
sender-window-help = Zo komt het adres achter het venster te staan (C5/6 of C5).
sender-from-address-back = Retouradres
sender-from-address-back-help = Op één regel, zoals Postbus 12, 6800 AA Arnhem. Staat klein boven het adres.
sender-test-paper = U krijgt een proefbrief als pdf, met een code. Print hem, kijk of het adres achter het venster past en vul de code in.
sender-test-print = Maak een proefbrief
transport-help-print = Brieven wachten bij Berichten, Post tot iemand ze print en op de post doet.
sender-paper-name = Mevrouw A. Voorbeeld
sender-paper-street = Voorbeeldstraat 1
sender-paper-town = 1234 AB  Voorbeeldstad
sender-paper = De code is { $code }. Staat het adres helemaal achter het venster van uw envelop? Vul de code dan in bij de afzender. De code werkt een dag.
transport-print = printer, door een medewerker
