# Een eigen klantreis: beginnen, bewerken, live zetten.
draft-new = Nieuwe klantreis
draft-new-lede = Neem een voorbeeldreis over en pas die aan, of begin leeg. Er gaat niets naar { $customers } tot u de reis live zet.
draft-new-title = Titel
draft-new-title-help = In de woorden van { $the_customer }, zoals “Een boek reserveren”. U kunt dit later veranderen.
draft-new-from = Waarmee begint u?
draft-new-empty = Leeg beginnen
draft-new-empty-text = Vijf fasen staan klaar: bewustzijn, overweging, aankoop, service en loyaliteit. De contactmomenten vult u zelf in.
draft-card = { $moments } contactmomenten, { $messages } berichten
draft-begin = Maak het concept
draft-begin-effect = U komt daarna bij de tabel, met een lijst van wat nog moet.

draft-tabs = Onderdelen van het concept
draft-tab-table = Contactmomenten
draft-tab-journey = De reis zelf
draft-tab-text = Tekst
draft-tab-earlier = Eerdere teksten
draft-tab-live = Live zetten
draft-tab-versions = Versies
draft-tab-reach = Wie het bereikt

draft-crumb = Concept van { $title }
draft-state-draft = concept, nog niet live
draft-state-paused = versie { $number } is gepauzeerd
draft-state-proof = versie { $number } loopt als proef, alleen voor collega’s
draft-state-live = versie { $number } is live: berichten gaan naar { $customers }
draft-saved-by = concept van { $who }, bewaard { $when }
draft-none-yet = er is nog geen concept; uw eerste wijziging begint er een vanaf versie { $number }
draft-someone = iemand
draft-undo = Maak ongedaan
draft-see-map = Bekijk als kaart
draft-go-live = Zet live
draft-back = Terug naar het concept
draft-for-specialists = Voor specialisten

draft-todo = Nog te doen
draft-todo-blocks = { $count ->
    [one] Eén punt houdt live zetten nog tegen.
   *[other] { $count } punten houden live zetten nog tegen.
}
draft-todo-none-blocks = Niets houdt live zetten tegen
draft-todo-more = { $count ->
    [one] nog 1 punt
   *[other] nog { $count } punten
}
draft-todo-empty = Alles is ingevuld. U kunt de reis live zetten.
draft-todo-same = Het concept is gelijk aan de versie die live staat.
draft-place-message = Naar het bericht
draft-place-moment = Naar het contactmoment
draft-place-journey = Vul in
draft-place-table = Naar de tabel
draft-place-text = Naar de tekst
draft-unreadable = De tekst van deze klantreis is niet te lezen; daarom staat hier geen tabel. Verbeter wat in de tekst is aangewezen.
draft-to-text = Naar de tekst

draft-moments = Contactmomenten
draft-moments-how = Typ in de tabel en bewaar onderaan. Een knop met een pijl bewaart meteen alles.
draft-moments-of = Contactmomenten in { $title }
draft-column-order = Volgorde
draft-column-title = Contactmoment
draft-column-need = Informatiebehoefte
draft-column-expected = Verwacht
draft-column-category = Soort
draft-column-who = Wie
draft-column-from = Wie begint
draft-column-by = Bij ons
draft-column-phase = Fase
draft-column-open = Openen
draft-no-channel = nog geen kanaal
draft-sent-by = verstuurd door { $system }
draft-message-link = bericht “{ $name }”
draft-moment-of-truth = Beslissend moment
draft-open-moment = Open
draft-row-open = { $count ->
    [one] 1 punt open
   *[other] { $count } punten open
}
draft-remove = Verwijder
draft-moment-up = Zet “{ $title }” hoger
draft-moment-down = Zet “{ $title }” lager
draft-new-moment-in = Nieuw contactmoment in { $title }
draft-new-moment-hint = Ik krijg bericht dat …
draft-add-moment = Voeg contactmoment toe
draft-phase-title = Naam van de fase
draft-phase-band = Deel van het geheel
draft-phase-up = Zet de fase { $title } eerder
draft-phase-down = Zet de fase { $title } later
draft-phase-remove = Verwijder de fase { $title }
draft-phase-empty = Nog geen contactmoment in deze fase. Begin met wat { $the_customer } hier doet.
draft-new-phase = Nieuwe fase
draft-new-phase-hint = Naam van een fase
draft-add-phase = Voeg fase toe
draft-save-table = Bewaar tabel
draft-save-effect = Bewaren verandert alleen het concept.
draft-messages = Berichten
draft-messages-none = Nog geen berichten. Kies bij een contactmoment “Nieuw bericht”.
draft-message-unused = Geen contactmoment gebruikt dit bericht
draft-message-missing = nog te schrijven
draft-message-done = klaar

draft-away-journey = Verwijder deze klantreis
draft-away-draft = Gooi het concept weg
draft-away-text-journey = De reis is nooit live geweest. Alles wat hier staat verdwijnt, ook de eerdere teksten.
draft-away-text-draft = Wat live staat blijft zoals het is. De wijzigingen in dit concept en de eerdere teksten verdwijnen.

draft-saved = Bewaard.
draft-same = Er was niets veranderd.
draft-moved = Verplaatst.
draft-moment-added = Het contactmoment is toegevoegd. Open het om kanaal en moment te kiezen.
draft-moment-removed = Het contactmoment is verwijderd. Met “Maak ongedaan” komt het terug.
draft-phase-added = De fase is toegevoegd.
draft-phase-removed = De fase is verwijderd. Met “Maak ongedaan” komt zij terug.
draft-phase-not-empty = In deze fase staan nog contactmomenten. Zet die eerst in een andere fase.
draft-new-title-missing = Typ eerst hoe het heet.
draft-row-overtaken = “{ $title }” is intussen door iemand anders veranderd. Uw tekst staat er nog, maar is niet bewaard. Kopieer wat u wilt houden en ververs de pagina.
draft-too-large = Deze tekst is te groot. Maak hem korter of verdeel hem.
draft-earlier-gone = Die tekst is er niet meer. Kies er een uit de lijst met eerdere teksten.
draft-taken-back = De eerdere tekst staat er weer. Ook dit kunt u ongedaan maken.
draft-from-version = Versie { $number } staat nu in het concept. Wat live staat verandert pas als u het concept live zet.
draft-deleted = Het concept is weggegooid. Wat live staat is niet veranderd.
draft-text-saved = Bewaard, ook als er nog fouten in staan.
draft-published = { $told ->
    [0] Versie { $number } is live: berichten gaan naar { $customers }.
    [one] Versie { $number } is live: berichten gaan naar { $customers }. Eén lopende reis gaat ermee verder.
   *[other] Versie { $number } is live: berichten gaan naar { $customers }. { $told } lopende reizen gaan ermee verder.
}
draft-journey-begun = Het concept van “{ $title }” is gemaakt. Hieronder staat wat nog moet.
draft-journey-deleted = “{ $title }” is verwijderd.
draft-journey-paused = De klantreis is gepauzeerd. Er gaat niets meer uit.
draft-journey-resumed = De klantreis gaat verder. Wat is blijven liggen gaat rustig alsnog, wat te laat is niet.
draft-journey-live = De klantreis bereikt nu { $customers }.
draft-journey-proof = De klantreis bereikt nu alleen collega’s op de lijst.
draft-not-saved = Dit is nog niet bewaard. Kijk bij de aangewezen velden.
draft-overtaken = { $who } bewaarde dit { $when }, terwijl u typte
draft-overtaken-text = Hieronder staat wat u typte; het is nog niet bewaard. Nog een keer bewaren vervangt wat er nu staat:
draft-nothing-there = niets

edit-what = Wat er gebeurt
edit-title = Titel
edit-title-help = In de woorden van { $the_customer }: “Ik word herinnerd”.
edit-phase = Fase
edit-channels = Kanalen
edit-channels-help = In volgorde van voorkeur. De eigen voorkeur van { $the_customer } gaat voor.
edit-channel = Kanaal { $number }
edit-channel-first = kies een kanaal
edit-channel-next = en anders …
edit-customer = Wat { $the_customer } nodig heeft en beleeft
edit-need-help = Wat wil { $the_customer } hier weten of kunnen?
edit-quote = Een uitspraak
edit-quote-help = In de woorden van een { $customer }, zonder aanhalingstekens.
edit-experience = Beleving
edit-truth-help = Hier beslist het zich: wat nu misgaat, kleurt de hele reis.
edit-attention = Aandacht
edit-attention-none = niet bepaald
edit-attention-help = Sparen vraagt zo weinig mogelijk van { $the_customer }; grijpen wil opvallen.
edit-when = Wanneer het gebeurt
edit-look = Bekijk wat dit wordt
edit-send = Wat er uitgaat
edit-message = Bericht
edit-message-none = geen bericht
edit-message-new = Nieuw bericht …
edit-class = Waarom
edit-class-none = kies
edit-class-help = Service hoort bij wat { $the_customer } vroeg. Reclame gaat alleen met toestemming uit.
edit-urgent = Met spoed
edit-quiet = In de stille uren
edit-quiet-hold = wacht tot ze voorbij zijn
edit-quiet-drop = gaat dan niet meer
edit-quiet-help = Telt niet voor wat met spoed gaat.
edit-urgent-help = Wacht niet tot de stille uren voorbij zijn.
edit-sent-by = Verstuurd door een ander systeem
edit-sent-by-help = Vul de naam in als dat systeem dit zelf verstuurt; dan doen wij het niet.
edit-seen = Hoe wij zien dat het gebeurde
edit-seen-help = Kies de gebeurtenis uit uw systeem. Laat leeg als niemand het doorgeeft; dan staat het alleen op de kaart.
edit-more = Verder
edit-task = Een taak voor een collega
edit-task-team = Team
edit-task-none = geen taak
edit-task-title = Wat te doen
edit-task-due = Klaar binnen
edit-task-done = De taak is vanzelf klaar
edit-promise = Een toezegging
edit-promise-help = Wat { $the_customer } hier te horen krijgt over een tijd of datum. Wij tellen of het nagekomen is.
edit-ask = Een vraag naar het oordeel
edit-ask-help = De vraag zelf schrijft u bij het bericht. Hier kiest u de schaal en waarover het oordeel gaat.
edit-flow = Vervolg en terugkeer
edit-next-within = Komt er binnen
edit-next-within-end = geen volgend klantcontact, dan is { $the_customer } hier afgehaakt.
edit-back-to = Leidt terug naar
edit-back-to-none = nergens
edit-back-to-help = Tekent een lus op de kaart en telt hoe vaak die wordt gelopen.
edit-people = Bij wie men terechtkan en wie meewerkt
edit-human = Liever een mens spreken (als het anders is dan voor de hele reis)
edit-backstage = Achter de schermen
edit-system = Systeem
edit-quality-part = Eisen en redenen
edit-quality = Waarop het wordt beoordeeld
edit-reasons = Redenen waaruit een collega kan kiezen
edit-rest = Varianten, een vergelijkingsgroep en kosten staan in de tekst.
edit-next = Volgende: { $title }
edit-saved = Bewaard in het concept.
edit-one-a-line = Een per regel.
edit-team = Team
edit-phone = Telefoon

feel-none = niet ingevuld
feel-narrow = Van −2, heel slecht, tot +2, heel goed; –: niet ingevuld.
feel-2 = −2 heel slecht
feel-1 = −1 slecht
feel0 = 0 neutraal
feel1 = +1 goed
feel2 = +2 heel goed
feel-expected = Verwacht
feel-assumed = Ingeschat
feel-asked = Nagevraagd
feel-desired = Gewenst
feel-help-expected = wat wij zeggen dat men mag verwachten
feel-help-assumed = wat medewerkers denken
feel-help-asked = wat uit een gesprek of werksessie kwam
feel-help-desired = waar wij heen willen

done-by-none = niemand
done-by-human = door een medewerker
done-by-automatic = automatisch
done-by-bot = door een chatbot
starts-by-customer = { $the_customer }
starts-by-us = wij
kind-message = Boodschap
kind-interaction = Interactie
kind-product = Product
kind-setting = Setting
attention-spare = sparen
attention-grab = grijpen
why-service = service
why-marketing = reclame
part-before = voor
part-during = tijdens
part-after = na

span-number = Aantal: { $what }
span-unit = Eenheid: { $what }
unit-m = minuten
unit-h = uur
unit-d = dagen
unit-wd = werkdagen
unit-w = weken
unit-now = meteen

trigger-kind-none = Niet vanzelf
trigger-kind-moment = Op een tijdstip voor of na iets
trigger-kind-events = Zodra er iets gebeurt
trigger-kind-every = Op een vaste dag of tijd
trigger-kind-becomes = Zodra iets waar wordt
trigger-none-lede = gebeurt niet vanzelf
trigger-send = Stuur dit
trigger-happens = Dit gebeurt
trigger-by = hoelang ervoor of erna
trigger-side = Voor of na
trigger-before = voor
trigger-after = na
trigger-anchor = Waaraan het hangt
trigger-choose = kies …
trigger-times = Tijden en datums
trigger-events = Gebeurtenissen
trigger-at = , om
trigger-clock = Tijdstip, zoals 10:00; leeg is op hetzelfde tijdstip
trigger-hour = { " " }uur.
trigger-late = Is dat moment al voorbij:
trigger-day = Op welke dag
trigger-event = Gebeurtenis
blank-anchor-before = Kies waarvóór dit gebeurt, of noem het in uw woorden.
blank-anchor-after = Kies waarna dit gebeurt, of noem het in uw woorden.
blank-number = Vul een getal in, zoals 2.
blank-no-number = ‘{ $typed }’ is geen getal. Vul een getal in, zoals 2.
blank-span = Vul een duur in van hooguit twee jaar, zoals 2 dagen.
blank-event = Kies een gebeurtenis, of noem er een in uw woorden.
blank-clock = Vul een tijd in, zoals 10:00.
blank-becomes = Vul in wat waar moet worden.
trigger-usual = een gebruikelijke gebeurtenis
trigger-own = Een eigen gebeurtenis, in uw woorden
trigger-own-placeholder = of in uw woorden: een boek is gereserveerd
trigger-no-event = kies een gebeurtenis …
trigger-as-soon-as = Zodra
trigger-or = of zodra
trigger-becomes = Zodra dit klopt:
trigger-becomes-help = Een keer per keer dat het waar wordt.
late-skip = niet meer sturen
late-send = toch sturen
late-within = alleen als het niet te laat is:
every-day = elke dag
every-monday = elke maandag
every-tuesday = elke dinsdag
every-wednesday = elke woensdag
every-thursday = elke donderdag
every-friday = elke vrijdag
every-saturday = elke zaterdag
every-sunday = elke zondag
seen-event-only-if = { $event } alleen als
seen-event-late = Mag te laat zijn
seen-event-other = Een gebeurtenis die er niet bij staat
seen-event-other-help = De naam zoals het systeem die stuurt: onderwerp.actie, in het Engels, zoals hold.available.

only-label = Alleen als
only-always = Altijd
only-choices = Alleen als dit klopt
only-text = Volgens een formule
only-if = Alleen als
only-and = en
only-subject = Gegeven
only-operator = Vergelijking
only-value = Waarde
only-happened = Eerder gebeurd
only-happened-one = “{ $title }” is gebeurd
only-is-is = is
only-is-not = is niet
only-is-more = is meer dan
only-is-less = is minder dan
only-is-from = is minstens
only-is-until = is hoogstens
only-is-true = klopt
only-is-false = klopt niet
only-is-known = is bekend

outcome-person = Voor { $name } wordt dit { $moment } ({ $fact }: { $anchor }).
outcome-sample = Bij een voorbeeld wordt dit { $moment } ({ $fact }: { $anchor }).
outcome-if-now = Gebeurde dat nu, dan wordt dit { $moment }.
outcome-next = De eerstvolgende keer is { $moment }.
outcome-at-once = Dit gaat meteen, zodra de gebeurtenis binnenkomt.
outcome-turns = Dit gaat op het moment dat de voorwaarde waar wordt, één keer per keer.
outcome-never = Dit komt niet uit op een moment. Kijk de zin na.
outcome-unfinished = De zin is nog niet af.
outcome-quiet = Valt dat in de stille uren, dan wacht het bericht tot die voorbij zijn.

promised-none = Geen toezegging
promised-window = Wij komen tussen begin en einde van
promised-object = Onderwerp
promised-by = Het is klaar uiterlijk op
promised-fact = Datum of tijd
promised-within = Wij antwoorden binnen
promised-kept = De toezegging is nagekomen
asking-number = Vraag { $number }
asking-name = Naam van de vraag
asking-scale = Schaal
asking-about = Waarover
on-scale-mark = rapportcijfer, 1 tot 10
on-scale-csat = tevredenheid, 1 tot 5
on-scale-ces = gemak, 1 tot 7
on-scale-nps = aanbevelen, 0 tot 10

whole-self = Wat het is
whole-title = Titel
whole-owner = Eigenaar
whole-owner-help = Wie zorgt voor deze klantreis?
whole-address = Aanspreekvorm
whole-address-house = zoals overal ({ $address })
whole-address-u = u
whole-address-je = je
whole-language = Taal
whole-personas = Voor wie
whole-way = Begin, doel en einde
whole-starts = De reis begint
whole-goal = De reis is geslaagd
whole-goal-reached = Zodra
whole-goal-within = Gerekend vanaf het begin, binnen
whole-ends = De reis is afgelopen
whole-end = Einde { $number }
whole-end-event = Zodra
whole-end-after = of
whole-end-as = Dat telt als
whole-end-listen = luistert daarna nog
ends-done = afgerond
ends-left = weggegaan
ends-stopped = door ons gestopt
whole-human = Liever een mens spreken
whole-human-help = Bij wie kan een { $customer } terecht? Elk automatisch contactmoment heeft zo’n uitgang nodig.
whole-facts = Gegevens uit uw systemen
whole-facts-help = Wat de gebeurtenissen vertellen, per onderwerp. Met tijden en datums kiest u momenten; alles kunt u in berichten invoegen.
whole-object = Onderwerp
whole-property = Eigenschap
whole-type = Soort
whole-names = Hoe het heet
whole-names-help = Zo lezen medewerkers het op elke pagina. Een gebeurtenis als zin (de afspraak is gemaakt), een gegeven met lidwoord (de status van de afspraak), een waarde zoals zij achter ‘is’ staat (niet thuis).
whole-name = Naam in de systemen
whole-said = In woorden
fact-text = tekst
fact-number = getal
fact-bool = ja of nee
fact-date = datum
fact-time = datum en tijd
whole-run-per = Eén reis per
whole-run-per-help = Zoals repair.id: elke reparatie is een eigen reis. Leeg: één per { $customer }.
whole-again = Wanneer opnieuw
whole-again-help = never, after_end of een duur zoals 30d.
whole-parts = Delen
whole-parts-help = Onderwerpen die binnen een reis horen, met komma’s ertussen.
whole-pin = Lopende reizen blijven op hun versie
whole-pin-help = Anders volgen zij de nieuwste versie zodra die live staat.

group-title = Titel
group-phase = Fase
group-channel = Kanalen
group-category = Soort
group-from = Wie begint
group-by = Bij ons
group-sent_by = Ander systeem
group-class = Waarom
group-attention = Aandacht
group-need = Informatiebehoefte
group-quote = Uitspraak
group-quality = Eisen
group-reasons = Redenen
group-expected = Verwacht
group-assumed = Ingeschat
group-asked = Nagevraagd
group-desired = Gewenst
group-moment_of_truth = Beslissend moment
group-quiet = Stille uren
group-urgent = Spoed
group-backstage = Achter de schermen
group-seen = Hoe wij het zien
group-when = Wanneer
group-only_if = Alleen als
group-send = Bericht
group-task = Taak
group-ask = Vraag
group-promise = Toezegging
group-next_within = Vervolg
group-back_to = Terug naar
group-human = Mens spreken
group-language = Taal
group-owner = Eigenaar
group-personas = Voor wie
group-address = Aanspreekvorm
group-run_per = Eén reis per
group-again = Wanneer opnieuw
group-parts = Delen
group-pin = Blijft op zijn versie
group-starts = Begin
group-goal = Doel
group-ends = Einde
group-facts = Gegevens
group-names = Namen

write-subject = Onderwerp
write-subject-where = e-mail, brief en kaart
write-body = Tekst
write-body-help = Een lege regel begint een nieuwe alinea; **vet** en - voor een opsomming mogen.
write-insert = Invoegen
write-sms = Korte tekst voor sms
write-sms-help = Leeg: de gewone tekst wordt gebruikt.
write-whatsapp = Tekst voor WhatsApp
write-template = Sjabloon voor WhatsApp
write-template-help = Nodig als de klant langer dan 24 uur niet schreef. Eerste regel: de naam die het sjabloon bij Meta heeft. Elke regel daarna vult de volgende open plek.
write-question = Vraag “{ $name }”
write-address = Deze klantreis spreekt aan met { $address }.
write-look = Bekijk
write-saved = Het bericht is bewaard in het concept.
write-seen-as = Bekijk als
write-as-sample = een voorbeeld
write-as-bare = iemand van wie weinig bekend is
write-first = eerste keus
write-to = Aan
write-sms-size = { $parts ->
    [one] { $chars } tekens, 1 bericht
   *[other] { $chars } tekens, { $parts } berichten
}
write-no-preview = Hier ziet u straks het bericht zoals { $the_customer } het krijgt, per kanaal. Schrijf eerst een onderwerp en een tekst.
write-tone = Toon en vorm
write-faults = { $count ->
    [one] 1 punt
   *[other] { $count } punten
}
write-all-well = Het bericht is te maken voor elk kanaal en spreekt aan zoals de reis.
write-in-subject = in het onderwerp
write-in-body = in de tekst
write-in-sms = in de sms
write-in-whatsapp = in WhatsApp
write-in-other = in het bericht
write-unreadable = De kop van dit bericht is niet te lezen, daarom zijn de velden leeg.
write-other-language-nl = Bekijk het bericht in het Nederlands
write-other-language-en = Bekijk het bericht in het Engels
write-new-language-nl = Schrijf het ook in het Nederlands
write-new-language-en = Schrijf het ook in het Engels
chip-window = tijdvak
chip-link = knop: { $link }
chip-salutation = aanhef
chip-organisation-name = onze naam
chip-human-phone = telefoon
chip-human-team = team
chip-staff-first-name = voornaam medewerker
chip-customer-first-name = voornaam
chip-customer-last-name = achternaam

source-files = Bestanden
source-line = Regel { $line }
source-nothing-found = Er is niets op aan te merken.
source-saved-wrong = De tekst wordt ook bewaard als er fouten in staan; live zetten kan dan nog niet.
source-theirs = Wat er nu staat

earlier-text = Bij elke wijziging blijft de vorige tekst bewaard, tot twintig terug.
earlier-now = Nu
earlier-revision = Tekst { $number }
earlier-back = Zet terug
earlier-none = Hier staan straks de vorige teksten, zodra u iets verandert.

publish-changes = Wat er verandert
publish-first = Dit wordt de eerste versie.
publish-same = Het concept is gelijk aan wat al live staat.
publish-only-comments = Alleen opmerkingen of opmaak in de tekst.
publish-touches = Wie het raakt
publish-touches-nobody = Nog niemand is met deze reis onderweg.
publish-touches-open = { $count ->
    [0] Niemand is nu onderweg.
    [one] Eén lopende reis gaat met de nieuwe versie verder.
   *[other] { $count } lopende reizen gaan met de nieuwe versie verder.
}
publish-touches-pinned = { $count ->
    [0] Niemand is nu onderweg.
    [one] Eén lopende reis blijft op haar eigen versie.
   *[other] { $count } lopende reizen blijven op hun eigen versie.
}
publish-touches-gone = “{ $title }” vervalt; { $count ->
    [0] niemand wacht daar.
    [one] één reis wacht daar nu.
   *[other] { $count } reizen wachten daar nu.
}
publish-touches-ending = { $count ->
    [one] Voor één klantreis is dit het einde.
   *[other] Voor { $count } klantreizen is dit het einde.
}
publish-touches-more = Er zijn meer lopende reizen dan hier zijn bekeken; de nieuwste zijn geteld.
publish-whom = Wie het raakt, per contactmoment
publish-download = Download de lijst (CSV)
publish-column-moment = Contactmoment
publish-column-waiting = Wacht hier
publish-column-now = Gaat nu door
publish-column-leaving = Vervalt
publish-reaches-customers = Berichten gaan naar { $customers }.
publish-reaches-staff = In proef: berichten gaan alleen naar collega’s op de lijst.
publish-publish = Zet live
publish-button = Zet deze versie live
publish-note = Wat is er nieuw?
publish-note-help = Voor collega’s, in de lijst van versies.
publish-editors = Redacteuren mogen dit.
publish-refused = Niet live gezet: er staat nog iets in de weg, of het concept is veranderd sinds u keek. Bekijk het opnieuw.
publish-misnamed = In de tekst heet deze klantreis anders. Zet achter journey weer { $id }.

numbered-number = Versie { $number }
numbered-live = live
numbered-old = niet live
numbered-no-note = geen toelichting
numbered-none = Hier staan straks de versies. Er is nog geen versie live gezet.
numbered-to-draft = Zet in het concept

reach-live = versie { $number } is live: berichten gaan naar { $customers }
reach-proof = versie { $number } loopt als proef, alleen voor collega’s
reach-paused = gepauzeerd: er gaat niets uit
reach-none = Deze klantreis is nog nooit live gezet, dus zij bereikt niemand.
reach-touches = Wat het raakt
reach-open = { $count ->
    [0] Niemand is nu onderweg.
    [one] Eén reis is onderweg.
   *[other] { $count } reizen zijn onderweg.
}
reach-open-proof = Wat voor hen klaarstaat gaat uit zodra de reis { $customers } bereikt; wat al voorbij is niet.
reach-open-live = Zij krijgen berichten zoals de reis zegt.
reach-sender-tested = De afzender voor { $channel } is getest.
reach-sender-untested = De afzender voor { $channel } is nog niet getest: er gaat niets uit.
reach-sender-none = Er is nog geen afzender voor { $channel }: er gaat niets uit.
reach-staff = { $count ->
    [0] Geen collega staat op de lijst voor { $channel }.
    [one] Eén collega staat op de lijst voor { $channel }.
   *[other] { $count } collega’s staan op de lijst voor { $channel }.
}
reach-to-sender = Naar de afzender
reach-sends-nothing = Deze klantreis verstuurt zelf geen berichten.
reach-whom = Naar wie
reach-text-proof = Nu gaan berichten alleen naar collega’s op de lijst. Zo ziet u wat { $customers } zouden krijgen.
reach-text-live = Berichten gaan nu naar { $customers }. Terug naar proef houdt nieuwe berichten bij hen weg; wat verstuurd is blijft verstuurd.
reach-untested = { $count ->
    [one] Eén kanaal heeft nog geen geteste afzender; daarlangs gaat niets uit.
   *[other] { $count } kanalen hebben nog geen geteste afzender; daarlangs gaat niets uit.
}
reach-to-live = Laat de reis { $customers } bereiken
reach-to-proof = Terug naar proef
reach-owners = Een beheerder bepaalt wie de reis bereikt, want een bericht is niet terug te halen.
reach-pause = Pauze
reach-pause-off = Tijdens een pauze gaat er niets uit. Wat binnenkomt wordt wel bijgehouden.
reach-pause-on = De reis staat stil. Als zij verdergaat, gaat wat is blijven liggen rustig alsnog; wat dan te laat is niet.
reach-pause-button-off = Pauzeer
reach-pause-button-on = Ga verder
outcome-quiet-drop = Valt dat in de stille uren, dan gaat het bericht niet.
