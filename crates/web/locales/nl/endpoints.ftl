endpoint-title = Webhooks naar andere systemen
endpoint-lede = Deze systemen horen van klantreis wat er gebeurt.
endpoint-empty = Nog geen systeem krijgt bericht. Voeg er een toe als een ander systeem moet weten dat een bericht is verstuurd, een taak klaar is of een toestemming verandert.
endpoint-new = Nieuwe webhook
endpoint-new-lede = klantreis stuurt naar dit adres wat er gebeurt, ondertekend volgens Standard Webhooks. U krijgt een geheim voor de leverancier van dat systeem.
endpoint-make = Maak de webhook
endpoint-name = Naam
endpoint-name-help = Het systeem dat het wil weten, bijvoorbeeld Klantvolgsysteem.
endpoint-address = Adres
endpoint-address-help = Begint met https. De leverancier van het systeem geeft dit adres.
endpoint-kinds = Wat het systeem hoort
endpoint-kind-journey-begun = Een { $customer } begint aan een klantreis
endpoint-kind-journey-ended = Een klantreis is afgelopen
endpoint-kind-contact-happened = Een contactmoment heeft plaatsgevonden
endpoint-kind-message-sent = Een bericht is verstuurd
endpoint-kind-message-delivered = Een bericht is aangekomen
endpoint-kind-message-read = Een bericht is geopend
endpoint-kind-message-failed = Een bericht is niet verstuurd of niet aangekomen
endpoint-kind-message-replied = Een { $customer } schreef terug
endpoint-kind-task-created = Er is een taak gemaakt
endpoint-kind-task-done = Een taak is klaar
endpoint-kind-promise-broken = Een belofte is niet nagekomen
endpoint-kind-consent-changed = Een toestemming is gegeven of ingetrokken
endpoint-kind-customer-merged = Twee { $customers } blijken dezelfde
endpoint-kind-endpoint-test = Een proef
endpoint-remark-name = Geef de webhook een naam van hooguit 100 tekens.
endpoint-remark-address = { $why }
endpoint-remark-kind = Kies minstens één ding dat het systeem moet horen.
endpoint-remark-many = Er zijn al { $most } webhooks, en meer kan niet. Verwijder er eerst een.
endpoint-saved = De webhook is bewaard.
endpoint-paused = De webhook staat stil. Wat er gebeurt, blijft wachten.
endpoint-resumed = De webhook gaat verder. Wat wachtte, wordt nu bezorgd.
endpoint-removed = De webhook { $name } is verwijderd.
endpoint-test = Stuur een proef
endpoint-test-well = De proef is aangekomen.
endpoint-test-failed = De proef is niet aangenomen. { $why }
endpoint-pause = Zet stil
endpoint-resume = Ga verder
endpoint-secret = Geheim
endpoint-secret-once = Dit is de enige keer dat u dit geheim ziet. Geef het nu aan de leverancier, die er de handtekening mee controleert.
endpoint-secret-help = Bij een nieuw geheim tekent het oude nog een dag mee, zodat de leverancier kan overstappen.
endpoint-overlap = Het vorige geheim tekent nog mee tot { $until }.
endpoint-renew = Nieuw geheim
endpoint-remove = Verwijderen
endpoint-remove-help = { $waiting ->
    [0] Het systeem hoort dan niets meer, en de lijst met bezorgingen verdwijnt.
    [one] Het systeem hoort dan niets meer. De lijst verdwijnt, met één ding dat nog wacht.
   *[other] Het systeem hoort dan niets meer. De lijst verdwijnt, met { $waiting } dingen die nog wachten.
  }
endpoint-remove-do = Verwijder deze webhook
endpoint-settings = Instellingen
endpoint-state-open = werkt
endpoint-state-untried = nog niets bezorgd
endpoint-state-paused = stilgezet
endpoint-state-troubled = lukt niet sinds { $since }
endpoint-state-failing = gestopt: het lukte dagen niet
endpoint-state-gone = gestopt: het adres bestaat niet meer
endpoint-gone = Het systeem antwoordde dat dit adres voorgoed weg is. Vraag de leverancier om het nieuwe adres, vul dat in en druk op Ga verder. Wat er intussen gebeurt, wordt niet bewaard.
endpoint-failing = { $waiting ->
    [one] Drie dagen lukte geen enkele bezorging, daarom wordt het niet meer geprobeerd. Er wacht één ding. Vraag de leverancier wat er is, en druk daarna op Ga verder.
   *[other] Drie dagen lukte geen enkele bezorging, daarom wordt het niet meer geprobeerd. Er wachten { $waiting } dingen. Vraag de leverancier wat er is, en druk daarna op Ga verder.
  }
endpoint-is-paused = { $waiting ->
    [0] De webhook staat stil. Wat er gebeurt, blijft wachten tot u op Ga verder drukt.
    [one] De webhook staat stil. Er wacht één ding tot u op Ga verder drukt.
   *[other] De webhook staat stil. Er wachten { $waiting } dingen tot u op Ga verder drukt.
  }
endpoint-troubled = { $waiting ->
    [one] Bezorgen lukt nu niet; er wacht één ding. Het wordt vanzelf opnieuw geprobeerd.
   *[other] Bezorgen lukt nu niet; er wachten { $waiting } dingen. Het wordt vanzelf opnieuw geprobeerd.
  }
endpoint-rests = De volgende poging is { $until }.
endpoint-waiting = Wacht
endpoint-went-well = Laatst gelukt
endpoint-deliveries = Bezorgingen
endpoint-newest = De nieuwste { $count }.
endpoint-no-deliveries = Nog niets bezorgd. Stuur een proef om te zien of het adres werkt.
endpoint-what = Wat er gebeurde
endpoint-when = Wanneer
endpoint-outcome = Hoe het ging
endpoint-about = { CAPITAL($customer) } { $whom }
endpoint-delivery-done = bezorgd ({ $status })
endpoint-delivery-failed = niet bezorgd
endpoint-delivery-waiting = wacht
endpoint-attempts = { $count ->
    [one] Eén poging, { $time }.
   *[other] { $count } pogingen, de laatste { $time }.
  }
endpoint-next = Opnieuw { $time }.
endpoint-again = Bezorg opnieuw
endpoint-again-well = Het is bezorgd.
endpoint-again-failed = Het is niet aangenomen. { $why }
endpoint-how = Zo ziet een bezorging eruit
endpoint-how-text = Geef dit aan de leverancier. Een antwoord met 2xx binnen twintig seconden is genoeg. Dezelfde bezorging kan twee keer komen, met hetzelfde webhook-id. Er staan geen teksten, namen of adressen in.
