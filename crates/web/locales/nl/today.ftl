# Vandaag: taken en wat aandacht vraagt.
today-tasks = { $count ->
    [0] Geen open taken.
    [one] Eén open taak.
   *[other] { $count } open taken.
}
today-overdue = { $count ->
    [one] Eén is te laat.
   *[other] { $count } zijn te laat.
}
today-held = { $count ->
    [one] Eén bericht ging niet.
   *[other] { $count } berichten gingen niet.
}
today-silent = { $count ->
    [one] Eén koppeling is stil.
   *[other] { $count } koppelingen zijn stil.
}
today-start = Start een klantreis voor een { $customer }
today-team-tasks = Taken van { $team }
today-all-tasks = Taken van alle teams
today-team = Team
today-every-team = alle teams ({ $count })
today-show = Toon
today-attention = Let op
today-all-well = Alles loopt: geen berichten die bleven hangen, geen stille koppeling, niets onverwerkt.
today-stuck-failed = { $count ->
    [one] 1 bericht kwam niet aan
   *[other] { $count } berichten kwamen niet aan
}
today-stuck-unknown = { $count ->
    [one] 1 bericht is onzeker
   *[other] { $count } berichten zijn onzeker
}
today-stuck-refused = { $count ->
    [one] 1 bericht tegengehouden
   *[other] { $count } berichten tegengehouden
}
today-look = Bekijk ze
today-source-trouble = Ophalen lukt niet bij { $name }
today-source-silent = { $name } is stil sinds { $since }
today-endpoint-trouble = Bezorgen lukt niet bij { $name }
today-endpoint-stopped = { $name } hoort niets meer
today-look-endpoint = Bekijk de webhook
today-look-source = Bekijk de koppeling
today-quarantine = { $count ->
    [one] 1 gebeurtenis niet verwerkt
   *[other] { $count } gebeurtenissen niet verwerkt
}
today-look-quarantine = Bekijk waarom

task-no-due = geen tijd
task-late = { $span } te laat
task-before = voor { $time }
task-due = uiterlijk { $moment }
task-finish = Afronden
task-more = Toon ook de andere { $count }
task-empty = Geen open taken.
task-empty-how = Een klantreis maakt hier een taak als een medewerker aan zet is.
task-channel = Hoe had u contact?
task-channel-none = geen klantcontact
task-outcome = Wat kwam eruit?
task-outcome-help = In een paar woorden, bijvoorbeeld: nieuwe afspraak gemaakt.
task-reason = Reden
task-reason-none = geen reden
task-note = Notitie
task-note-help = Alleen voor collega’s. Mag leeg blijven.
task-remark-note = Houd de notitie onder 2.000 tekens.
task-closed = Deze taak is al klaar of ingetrokken.
task-script = Wat u kunt zeggen
task-script-unmade = De tekst bij deze taak kan niet worden gemaakt.
task-about = Waar het over gaat
task-who = Om wie het gaat
task-made-at = gemaakt { $moment }
task-moment = Contactmoment
task-need = Wat de { $customer } nodig heeft
task-at-once = nu meteen
task-open-since = staat { $span } open
task-call = Bel { $name }
task-go-to = Bezoekadres
task-no-address = nog niet bekend; vraag ernaar
task-finish-head = Wat hebt u gedaan?
task-later = Nog niet klaar: terug naar de lijst
task-no-longer-open = Deze taak was al klaar of ingetrokken.
task-finished = Afgerond: { $title }.
today-halt = Berichten worden vastgehouden: { $title }
today-halt-until = Tot uiterlijk { $until }.
today-look-halt = Bekijk of geef vrij

thread-title = Gesprek
thread-whole = bekijk het hele bericht
thread-machine = automatisch antwoord
thread-answer = Antwoorden
thread-text = Uw antwoord
thread-text-help = Gaat als { $channel } naar { $to }, in hetzelfde gesprek.
thread-task-help = De taak is dan klaar.
thread-complaint-help = De klacht blijft open tot u haar hieronder afrondt.
thread-send = Versturen
thread-send-anyway = Toch zo versturen
thread-heard = Dit klinkt anders dan u hebt afgesproken
thread-cannot-go = Voor { $channel } is nog geen afzender getest: een antwoord kan nu niet weg. Vraag de beheerder, of bel.
thread-otherwise = Anders afgehandeld?
thread-remark-empty = Typ eerst uw antwoord.
thread-remark-long = Houd het antwoord onder { $most } tekens.
thread-answered = Uw antwoord is op weg.
thread-call = Bel terug: { $number }
thread-closed = Naar { $to } wordt niet meer geschreven: het adres staat op de lijst Niet meer benaderen. Zoek eerst het goede adres, en rond de taak daarna af.
