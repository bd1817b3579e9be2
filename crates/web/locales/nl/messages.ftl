# Berichten: klaar, verzonden, tegengehouden.
message-states = Stand
message-state = Stand
message-state-all = Alle
message-state-ready = klaar
message-state-sending = onderweg
message-state-printed = geprint, nog niet gepost
message-state-sent = verzonden
message-state-held = wacht
message-state-refused = tegengehouden
message-state-failed = niet aangekomen
message-state-unknown = onzeker
message-state-withdrawn = ingetrokken
message-journey = Klantreis
message-every-journey = alle klantreizen
message-moment = Contactmoment
message-every-moment = alle contactmomenten
message-channel = Kanaal
message-every-channel = alle kanalen
message-filter = Toon
message-time = Tijd
message-empty = Geen berichten met deze keuze.
message-empty-how = Kies een andere stand, klantreis of kanaal.
message-all = Alle berichten
message-none-yet = Nog geen berichten.
message-none-yet-how = Een klantreis die live staat maakt ze. U ziet hier elk bericht zoals { $the_customer } het krijgt, en waarom een bericht niet ging.
message-reasons = Redenen
message-count = { $count ->
    [one] 1 bericht
   *[other] { $count } berichten
}
message-subject = Onderwerp
message-frame = Het bericht { $subject }
message-decided = besloten { $moment }
message-again = Stuur opnieuw
message-again-failed = Gaat nog één keer, langs hetzelfde kanaal.
message-again-unknown = Misschien kwam het al aan: de ontvanger kan het dan twee keer krijgen.
message-again-done = Het bericht gaat opnieuw.
message-not-again = Dit bericht staat er intussen anders voor. Kijk op de pagina van het bericht.
message-went = zo is het verstuurd
message-would = zo zou het gaan
message-sms-parts = { $count ->
    [one] 1 sms
   *[other] { $count } sms’en
}
message-cannot-be-made = Dit bericht kan niet worden gemaakt.
message-cannot-be-made-how = Er ontbreekt een gegeven dat in de tekst staat. Kijk de gegevens en de tekst van het bericht na.
message-details = Verzending
message-to = Aan
message-attempts = Pogingen
message-delivered = Aangekomen
message-read = Gelezen
message-no-receipt = geen melding van ontvangen
written-in-nl = Dit bericht is in het Nederlands: de taal van de { $customer }.
written-in-en = Dit bericht is in het Engels: de taal van de { $customer }.
message-tried = Geweigerd via
message-last-error = Laatste fout
message-next-attempt = Volgende poging
message-reference = Nummer bij de verzender
message-key = Eigen nummer
message-technical = Voor de beheerder
message-decisions = Besluiten
message-undecided = Nog niets besloten.
verdict-send = Gaat via { $channel } naar { $to }.
message-answer = Antwoord in een gesprek
message-of-no-journey = Gesprekken
message-notice = Mededeling: { $title }
message-days = Van de laatste { $days } dagen.
message-why = Waarom wel of niet verstuurd?
waits-quiet-hours = Wacht tot de stille uren voorbij zijn.
waits-quiet-hours-until = Wacht tot { $moment }: nu niet storen.
waits-halt = Wacht: medewerkers houden deze berichten vast.
waits-halt-until = Wacht tot uiterlijk { $moment }: medewerkers houden deze berichten vast.
waits-next-channel = Gaat langs een volgend kanaal.
waits-anew = Wordt opnieuw bekeken.
