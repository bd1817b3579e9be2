# Proefdraaien: wat het concept zou doen, voordat iemand iets krijgt.
draft-tab-rehearse = Proefdraaien
draft-rehearse = Draai proef
publish-rehearse = Twijfelt u wat deze versie doet?
rehearse-lede = Bekijk wat dit concept zou doen voordat u het live zet. Er gaat niets naar { $customers } en er verandert niets in uw gegevens.
rehearse-empty = U hebt met dit concept nog niet proefgedraaid. Dat kan op twee manieren:
rehearse-empty-recorded = Met wat er echt gebeurde: de afgelopen dagen nog eens, met de { $customers } en hun toestemming zoals die toen waren.
rehearse-empty-simulated = Met nagespeelde { $customers }: zo ziet u de drukte van een reis die nog niet bestaat.
rehearse-empty-first = U ziet per dag hoeveel berichten er gaan, wanneer collega’s taken krijgen, wat in de stille uren valt en wie te veel krijgt.
rehearse-empty-live = U ziet per dag hoeveel berichten er gaan, wanneer collega’s taken krijgen, wat in de stille uren valt, wie te veel krijgt, en wat er anders gaat dan nu live.
rehearse-forms = Proefdraaien
rehearse-no-start = Deze klantreis begint nog nergens mee. Vul bij De reis zelf in welke gebeurtenis haar begint.
rehearse-recorded = Met wat er gebeurde
rehearse-recorded-days = Hoeveel dagen terug
rehearse-recorded-help = 1 tot { $max } dagen. Van meer dan { $customers_max } { $customers } wordt steeds hetzelfde deel genomen.
rehearse-recorded-button = Draai proef met wat er gebeurde
rehearse-simulated = Met nagespeelde { $customers }
rehearse-simulated-button = Draai proef met nagespeelde { $customers }
rehearse-customers = Hoeveel { $customers }
rehearse-customers-help = 1 tot { $max }.
rehearse-days = In hoeveel dagen zij komen
rehearse-days-help = 1 tot { $max } dagen. Daarna loopt de klok nog { $after } dagen door.
rehearse-written = Hoe zij zich gedragen staat in simulate.yaml van deze klantreis.
rehearse-habits = Wat zij doen
rehearse-habits-measured = { $count ->
    [one] Ingevuld met wat van 1 { $customer } is vastgelegd. Pas gerust aan.
   *[other] Ingevuld met wat van { $count } { $customers } is vastgelegd. Pas gerust aan.
}
rehearse-habits-assumed = Er is nog te weinig vastgelegd; dit is een aanname. Pas aan wat u beter weet.
rehearse-habits-first = Het begint met: { $what }. Daarna:
rehearse-share = Deel van de { $customers }, in procenten: { $what }
rehearse-share-after = % na
rehearse-after = Hoelang na het begin: { $what }
rehearse-reach = Van hoeveel procent is bekend
rehearse-reach-email = e-mailadres
rehearse-reach-mobile = mobiel nummer
rehearse-reach-consent = toestemming
rehearse-seed = Begingetal
rehearse-seed-help = Hetzelfde getal geeft dezelfde { $customers } die hetzelfde doen.
rehearse-remark-number = Vul een heel getal in van 1 tot { $max }.
rehearse-remark-seed = Vul een heel getal in.
rehearse-remark-share = Een deel ligt tussen 0 en 100 procent.
rehearse-remark-after = Hoelang iets duurt is een heel getal.
rehearse-busy = Er wordt in uw organisatie al proefgedraaid. Wacht tot dat klaar is, of stop het.
rehearse-full = Er wordt nu op meer plekken proefgedraaid. Probeer het over een paar minuten opnieuw.
rehearse-elsewhere = Er wordt nu proefgedraaid met een andere klantreis:
rehearse-going = Het proefdraaien
rehearse-begins = Het proefdraaien begint.
rehearse-looking = { $done } { $customers } gevonden; er wordt nog gezocht.
rehearse-living = { $done } van { $all } { $customers } doorlopen.
rehearse-left = Nog ongeveer { $span }.
rehearse-look-again = Kijk opnieuw
rehearse-stop = Stop
rehearse-stop-effect = Wat tot nu toe is doorlopen wordt weggegooid.
rehearse-stopping = Het proefdraaien stopt.
rehearse-called-off = Het proefdraaien is gestopt. Er is niets van bewaard.
rehearse-failed = Het proefdraaien is niet gelukt. Probeer het opnieuw; lukt het weer niet, vraag dan uw beheerder in het logboek van de server te kijken.
rehearse-look = Waar u op moet letten
rehearse-was-recorded = { $days ->
    [one] De afgelopen dag ({ $from } tot { $until }): { $count } { $customers } betrokken.
   *[other] De afgelopen { $days } dagen ({ $from } tot { $until }): { $count } { $customers } betrokken.
}
rehearse-was-simulated = { $asked } nagespeelde { $customers } die vanaf { $from } in { $days } dagen komen, met begingetal { $seed }.
rehearse-nothing-to-see = Er viel niets op.
rehearse-beside-live = Naast de versie die live staat.
rehearse-without-live = Er staat nog niets live om mee te vergelijken.
rehearse-made = Gemaakt: { $when }.
rehearse-older = Dit is van een ouder concept: het is sindsdien veranderd. Draai opnieuw proef.
rehearse-other-live = Sindsdien is er een andere versie live gezet. Draai opnieuw proef.
rehearse-sampled = Er waren er { $of } om uit te kiezen; hiervan is een vast deel genomen.
rehearse-cut = { $count ->
    [one] Van 1 { $customer } is het oudste of het laatste weggelaten: er gebeurde te veel.
   *[other] Van { $count } { $customers } is het oudste of het laatste weggelaten: er gebeurde te veel.
}
rehearse-per-day = Berichten per dag
rehearse-legend-live = Nu live
rehearse-bars-label = Berichten per dag, { $days } dagen, samen { $messages }, hoogstens { $most } op een dag
rehearse-messages = { $count ->
    [one] 1 bericht
   *[other] { $count } berichten
}
rehearse-live-count = nu live { $count }
rehearse-most = hoogstens { $count } op een dag
rehearse-as-table = Als tabel
rehearse-day = Dag
rehearse-no-messages = Er ging geen enkel bericht.
rehearse-tasks = Taken per uur van de week
rehearse-tasks-how = het hoogste aantal dat in dat uur van een week binnenkwam
rehearse-hour = Uur
rehearse-no-tasks = Collega’s kregen geen taken.
rehearse-team = Team
rehearse-team-tasks = Taken
rehearse-team-most = Meeste in één uur
rehearse-team-when = Wanneer dat was
rehearse-at = { $day }, { $hour }:00
rehearse-runs = { $count ->
    [one] 1 keer begonnen, { $done } afgerond, { $left } weggegaan
   *[other] { $count } keer begonnen, { $done } afgerond, { $left } weggegaan
}
rehearse-asked = Aan de beurt
rehearse-sent = Verstuurd
rehearse-held = Stille uren
rehearse-refused = Niet verstuurd
rehearse-differs = Anders dan nu live
rehearse-is-gone = alleen in de versie die live staat
rehearse-row-tasks = { $count ->
    [one] 1 taak
   *[other] { $count } taken
}
rehearse-held-until = { $count } wachtten, meest tot { $time }
rehearse-waiting = { $count } wachten nog
rehearse-withdrawn = { $count } ingetrokken
rehearse-differs-none = hetzelfde
rehearse-differs-new = { $count } meer
rehearse-differs-gone = { $count } minder
rehearse-differs-channel = { $count } langs een ander kanaal
rehearse-differs-time = { $count } op een ander moment
rehearse-differs-text = { $count } met een andere tekst
rehearse-differs-tasks-new = { $count ->
    [one] 1 taak meer
   *[other] { $count } taken meer
}
rehearse-differs-tasks-gone = { $count ->
    [one] 1 taak minder
   *[other] { $count } taken minder
}
rehearse-who = Wie iets anders krijgt
rehearse-rows-cut = Het zijn er meer dan een lijst toont; hiervan staat een vast deel op de lijst.
rehearse-group-new = { $count ->
    [one] Zou dit krijgen en krijgt het nu niet (1)
   *[other] Zouden dit krijgen en krijgen het nu niet ({ $count })
}
rehearse-group-gone = { $count ->
    [one] Zou dit niet meer krijgen (1)
   *[other] Zouden dit niet meer krijgen ({ $count })
}
rehearse-group-channel = Langs een ander kanaal ({ $count })
rehearse-group-time = Op een ander moment ({ $count })
rehearse-group-text = Met een andere tekst ({ $count })
rehearse-kind-new = erbij
rehearse-kind-gone = vervalt
rehearse-kind-channel = ander kanaal
rehearse-kind-time = ander moment
rehearse-kind-text = andere tekst
rehearse-column-id = Kenmerk
rehearse-column-who = Wie
rehearse-column-journey = Klantreis
rehearse-column-moment = Contactmoment
rehearse-column-differs = Verschil
rehearse-column-draft = Met het concept
rehearse-column-draft-channel = Kanaal met het concept
rehearse-column-live = Nu live
rehearse-column-live-channel = Kanaal nu live
rehearse-column-why = Waarom niet
rehearse-not-asked = niet aan de beurt
rehearse-more = { $count ->
    [one] Nog 1; de hele lijst staat in het bestand.
   *[other] Nog { $count }; de hele lijst staat in het bestand.
}
rehearse-simulated-one = nagespeelde { $customer } { $number }
rehearse-gone = niet meer bekend
rehearse-unknown = Wat proefdraaien niet kan weten
rehearse-unknown-reaction = Wat { $customers } anders hadden gedaan door een ander bericht. Zij doen wat zij deden; op een vraag die nieuw is antwoordt niemand, en een nieuwe taak blijft open.
rehearse-unknown-carried = Of een bericht aankomt. Ieder bericht geldt als bezorgd; hoe snel een afzender mag versturen en wat medewerkers tegenhouden tellen niet mee.
rehearse-unknown-others = Wat andere klantreizen zouden doen als die ook veranderen. Zij lopen mee zoals zij nu live staan en delen het berichtenbudget.
rehearse-unknown-simulated = Hoe uw { $customers } echt zijn. Nagespeelde { $customers } zijn een ruwe schatting van drukte en volgorde, geen voorspelling.
rehearse-unknown-past = Wat nooit is vastgelegd, of volgens de bewaartermijn al weg is. Wie toen nog los van elkaar bekend was en nu één is, telt als één.
audited-draft-rehearsed = draaide proef met
audited-draft-rehearsal-stopped = stopte het proefdraaien van
