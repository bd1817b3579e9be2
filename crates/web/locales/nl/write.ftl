# Een bericht schrijven.
write-print = Tekst voor brief en kaart
write-print-help = Leeg: de gewone tekst wordt gebruikt. Een link op een eigen regel krijgt op papier een code om te scannen; op een kaart passen 700 tekens.
write-script = Tekst voor balie, telefoon en bezoek
write-script-help = Wat een medewerker zegt of doet. Leeg: de gewone tekst wordt gebruikt.
write-noted = { $count ->
    [one] 1 opmerking over toon en vorm
   *[other] { $count } opmerkingen over toon en vorm
}
write-replace = Schrijf “{ $text }”
write-search = Zoek een { $customer }
write-other-channels = Andere kanalen
write-sms-wide = door een bijzonder teken past er minder in
write-saving = Bewaren…
write-kept = Bewaard in het concept.
write-not-kept = Nog niet bewaard. Uw tekst blijft hier staan; we proberen het opnieuw.
write-found = Hier staat tekst die de vorige keer niet bewaard is.
write-restore = Zet terug
write-drop = Gooi weg
write-undo = Ongedaan maken
write-redo = Opnieuw
write-saved-by = { $who } bewaarde dit concept, { $when }.
write-trial = Proef
write-trial-text = Stuur het bericht naar uzelf, zoals het hier staat en gezien als wie u koos.
write-trial-by = { $channel } naar { $to }
write-trial-none = Er is nog geen afzender getest waarmee u uzelf een proef kunt sturen.
write-trial-mark = [Proef]
write-trial-sent = De proef naar { $to } is verstuurd. Uw tekst is niet veranderd.
write-in-print = in de tekst voor brief en kaart
write-in-script = in de tekst voor balie en telefoon
chips-own = Van elk bericht
chips-links = Knoppen en links
