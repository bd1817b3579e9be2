customer-unknown = onbekende { $customer }

drawing-below = { $mark }, waar { $expected } werd verwacht
drawing-low = { $percent } % geeft een 5 of lager
drawing-high = { $percent } % geeft een 9 of hoger
drawing-mostly = vooral { $reason }
drawing-left = { $percent } % van wie dit had stopt: { $reason }

journey-list = Alle klantreizen
journey-list-window = Laatste 90 dagen. De lijn is de gemeten beleving van begin tot eind.
journey-list-empty = Hier staan straks uw klantreizen, met wat { $customers } ervan vinden en hoeveel er onderweg zijn.
journey-list-empty-how = Vraag een redacteur om een voorbeeldreis over te nemen of leeg te beginnen.
journey-new = Nieuwe klantreis
journey-edit = Bewerk
journey-play = Beleef de reis
journey-one = Klantreis
journey-experience = Beleving
journey-open = Lopend
journey-goal = Doel gehaald
journey-worst = Zwaarste pijnpunt
journey-pain-mark = cijfer { $mark } ({ $count ->
    [one] 1 antwoord
   *[other] { $count } antwoorden
})
journey-no-pain = Geen pijnpunt
journey-pain-unknown = Nog niet te zeggen
journey-pain-from = vanaf 10 antwoorden per contactmoment
journey-not-run = nog niet live
journey-too-few = nog te weinig antwoorden (n = { $count })
journey-of = van { $count }
journey-of-runs = van { $count ->
    [one] 1 reis
   *[other] { $count } reizen
}
journey-share-of = { $share } van { $count }
journey-margin = marge { $margin }
journey-found-pain = pijnpunt
journey-found-peak = hoogtepunt
journey-needed = { $count ->
    [one] nog 1 antwoord nodig
   *[other] nog { $count } antwoorden nodig
}
journey-few = weinig antwoorden
journey-spark = Gemeten beleving van { $title }, van begin tot eind
journey-reason-unknown = reden onbekend
journey-unreadable = Het concept van deze klantreis heeft fouten in de tekst, en kan daarom niet worden getekend. Open het concept en verbeter wat daar is aangewezen.

journey-state-draft = concept, nog niet live
journey-state-live = live, versie { $number }
journey-state-live-since = versie { $number } live sinds { $date }
journey-state-proof = proef, alleen naar collega’s
journey-state-proof-version = versie { $number } loopt als proef, alleen voor collega’s
journey-state-paused = gepauzeerd
journey-state-paused-version = versie { $number }, gepauzeerd
journey-state-old = versie { $number }, niet meer live
journey-state-has-draft = er is een concept

journey-views = Weergave
journey-map = Kaart
journey-flow = Stroom
journey-table = Tabel
journey-figures = Cijfers
journey-for = huidige klantreis, persona { $persona }
journey-print = Druk af
journey-runs = { $count ->
    [one] 1 reis
   *[other] { $count } reizen
}
journey-narrowed = een deel
journey-days = { $days } dagen
journey-ever = alles
journey-widen = Alles
journey-from = Van
journey-until = Tot en met
journey-persona = Persona
journey-version = Versie
journey-channel = Met klantcontact via
journey-all = alle
journey-show = Toon
journey-back-to-map = Terug naar de kaart

journey-empty-draft = Dit is een concept. De kaart toont wat u hebt beschreven; zodra de klantreis live staat, komt daarbij wat { $customers } echt meemaken.
journey-empty-map = In dit tijdvak is nog geen { $customer } aan deze reis begonnen. De kaart toont wat is beschreven; gemeten beleving en doorloop verschijnen vanzelf.
journey-empty-figures = Hier staan straks de cijfers. Van { $window } is geen { $customer } aan deze reis begonnen. Kijk of de koppelingen iets aanleveren, of kies een ander tijdvak.
journey-empty-connections = Bekijk de koppelingen
journey-choose-moment = Kies een contactmoment op de kaart om te zien wanneer het gebeurt, wie er waren en wat zij ervan vonden.
journey-down-mark = cijfer { $mark }
journey-times = { $count ->
    [one] 1 reis
   *[other] { $count } reizen
}
journey-times-nameless = { $count } keer, zonder naam
journey-path-of = De reis van { $name }.
journey-path-steps = { $count ->
    [one] 1 klantcontact
   *[other] { $count } klantcontacten
} sinds { $started }.
journey-path-open = Nog onderweg.
journey-path-ended-done = Afgerond { $when }.
journey-path-ended-left = Weggegaan { $when }.
journey-path-ended-stopped = Gestopt { $when }.
journey-path-ended-dropped = Afgehaakt { $when }.
journey-path-unknown = { $count ->
    [one] 1 klantcontact staat niet meer in deze versie.
   *[other] { $count } klantcontacten staan niet meer in deze versie.
}
journey-path-customer = Het hele verhaal
journey-path-close = Toon weer alle { $customers }
journey-path-visits = bezoek { $visits }

journey-print-title = Afdrukken
journey-print-how = Elk blad wordt precies één liggende A3. Kies in uw browser Afdrukken, en daar een printer of Opslaan als pdf; de kaart is scherp op elk formaat.
journey-print-file = Blad { $number } als tekening (svg)
journey-print-sheet = Kaart van { $title }, blad { $number } van { $of }

moment-place = Contactmoment { $number } van { $of }, fase { $phase }
moment-decisive = beslissend moment
moment-when = Wanneer
moment-happens = Dit gebeurt { $when }.
moment-seen = Hoe wij het zien
moment-sent-by = Verstuurd door { $system }, nooit door ons.
moment-recognised = Herkend { $when }.
moment-nameless = Geteld zonder naam: { $count } keer.
moment-message = Bericht
moment-by-channels = per { $channels }
moment-or-else = , anders per{ " " }
moment-task = Taak
moment-task-for = voor { $team }
moment-need = Informatiebehoefte
moment-no-need = nog niet beschreven
moment-no-need-here = informatiebehoefte nog niet beschreven
moment-quote = “{ $quote }”
moment-customers = { CAPITAL($customers) }
moment-count-geweest = { $count } hadden dit klantcontact
moment-count-hier = { $count ->
    [one] 1 wacht hier nu
   *[other] { $count } wachten hier nu
}
moment-count-afgehaakt = { $count ->
    [one] 1 afhaker
   *[other] { $count } afhakers
}
moment-count-vaker = { $count } hadden het vaker dan één keer
moment-time = Mediane tijd sinds het vorige klantcontact: { $time } (n { $count })
moment-others = Andere contactmomenten
moment-before = Vorige
moment-after = Volgende
moment-edit = Bewerk dit contactmoment
moment-close = Sluit

kind-expected = verwacht
kind-assumed = ingeschat
kind-asked = nagevraagd
kind-measured = gemeten
kind-desired = gewenst

flow-title = Wat op wat volgde
flow-reads = Dikte = aantal, met de mediane tijd ertussen. Links gaat het terug.
flow-label = Stroom van { $title }: contactmomenten onder elkaar, met lijnen naar wat erop volgde. De tabel zegt hetzelfde.
flow-table = Per contactmoment wat daarna kwam
flow-after = Na dit contactmoment
flow-next = kwam, met de mediane tijd
flow-back = (terug)
flow-nothing = niets meer
flow-left-out = { $count ->
    [one] 1 overgang staat alleen in de tabel.
   *[other] { $count } overgangen staan alleen in de tabel.
}
flow-beyond = { $count ->
    [one] En nog 1 overgang die zelden voorkwam.
   *[other] En nog { $count } overgangen die zelden voorkwamen.
}
flow-paths = Meest gelopen wegen
flow-distinct = { $count ->
    [one] 1 weg in totaal
   *[other] { $count } verschillende wegen in totaal
}
flow-more = en nog { $count }
flow-paths-read = Elk nummer is een contactmoment, zoals in de stroom. Oranje: { $the_customer } begint; blauw: wij beginnen; gevuld: voor de tweede keer of vaker.

table-file = Neem mee (csv)
table-empty = Hier komen de contactmomenten. Deze klantreis heeft er nog geen.
table-reads = Beleving van −2 tot +2. Gemeten met marge van 95 % en het aantal antwoorden; onder 5 antwoorden blijft het cijfer verborgen. Klik op een kolomkop om te sorteren.

journey-column-number = Nr
journey-column-phase = Fase
journey-column-title = Contactmoment
journey-column-channel = Kanaal
journey-column-category = Soort
journey-column-need = Informatiebehoefte
journey-column-expected = Verwacht
journey-column-assumed = Ingeschat
journey-column-asked = Nagevraagd
journey-column-measured = Gemeten
journey-column-answers = Antwoorden
journey-column-desired = Gewenst
journey-column-runs = Reizen
journey-column-reach = Bereik
journey-column-left = Aantal afhakers
journey-column-decided = Afhakers van
journey-column-dropoff = Afhakers

journey-who-started = Begonnen in dit tijdvak
journey-who-open = Nog onderweg
journey-who-done = Kwamen tot het einde
journey-who-dropped = Kwamen niet meer terug binnen de tijd
journey-who-went = Gingen zelf weg
journey-who-stopped = Door ons beëindigd
journey-who-goal = Haalden het doel
journey-who-no-goal = Haalden het doel (nog) niet
journey-who-had = Hadden “{ $title }”
journey-who-again = Hadden “{ $title }” vaker dan één keer
journey-who-here = Wachten na “{ $title }”
journey-who-looped = Gingen van “{ $title }” terug naar “{ $back }”
journey-who-left = Afhakers na “{ $title }”
journey-who-left-because = Afhakers na “{ $title }”: { $reason }
journey-who-left-anywhere = Afhakers
journey-who-funnel = Kwamen in “{ $funnel }” tot “{ $title }”
journey-who-funnel-open = Kunnen in “{ $funnel }” nog verder na “{ $title }”
journey-who-funnel-lost = Kwamen in “{ $funnel }” niet verder dan “{ $title }”

members-customer = { CAPITAL($customer) }
members-started = Begonnen
members-see = Bekijk
members-path = Op de kaart
members-path-of = De reis van { $name } op de kaart
members-page = Het hele verhaal
members-page-of = Het hele verhaal van { $name }
members-none = In deze keuze is er niemand. Kies een ander tijdvak, of ga terug naar de kaart.

figures-totals = Samen
figures-experience = Beleving per contactmoment
figures-experience-reads = Punt: gemiddelde, streep: marge van 95 %, gestippeld: verwacht.
figures-experience-none = Nog geen antwoorden. Laat een contactmoment vragen wat { $customers } ervan vonden.
figures-scale = van 2 tot 10, midden 6
figures-mark = Cijfer
figures-high = 9 of hoger
figures-low = 5 of lager
figures-left = Afhakers
figures-left-reads = Wie hier nog wacht telt niet mee.
figures-left-after = Na
figures-left-share = Afhakers
figures-left-why = Waarom
figures-left-open = Wachten hier nog
figures-left-none = Niemand ging weg voor het einde.
figures-of = over
figures-waits = Mediane tijd sinds het vorige klantcontact
figures-waits-reads = Lengte op een logaritmische schaal.
figures-waits-none = Nog geen twee klantcontacten na elkaar.
figures-rails = Online naast offline
figures-online = Online
figures-offline = Offline
figures-contacts = { $count ->
    [one] 1 klantcontact
   *[other] { $count } klantcontacten
}
figures-rails-none = Geen contactmoment werd zowel online als offline gebruikt.
figures-told = Toezeggingen, berichten en antwoorden
figures-kept = Toezegging gehouden
figures-delivered = Afgeleverd
figures-read = Geopend
figures-response = Beantwoord

fate-dropped = stilgevallen
fate-left = weggegaan
fate-stopped = door ons gestopt
fate-went_on = ging verder
fate-open = nog onderweg
fate-done = afgerond

funnel-step = Stap
funnel-bar = Van wie begon
funnel-runs = Kwamen hier
funnel-step-share = Van de vorige stap
funnel-open = Nog onderweg
funnel-lost = Niet verder
funnel-since = Mediane tijd
funnel-order-loose = in deze volgorde, met andere klantcontacten ertussen
funnel-order-strict = in deze volgorde, direct na elkaar
funnel-order-any = in elke volgorde
funnel-within = binnen { $span }
funnel-legend-on = ging verder
funnel-legend-open = nog onderweg
funnel-legend-lost = kwam niet verder

term-category-message = Boodschap
term-category-interaction = Interactie
term-category-product = Product
term-category-setting = Setting
term-by-human = door een medewerker
term-by-automatic = automatisch
term-by-bot = door een chatbot
term-attention-spare = aandacht sparen
term-attention-grab = aandacht grijpen
term-channel-email = e-mail
term-channel-sms = sms
term-channel-whatsapp = WhatsApp
term-channel-push = pushbericht
term-channel-web = website
term-channel-app = app
term-channel-chat = chat
term-channel-search = zoekmachine
term-channel-social = sociale media
term-channel-ad = advertentie
term-channel-review = beoordeling
term-channel-phone = telefoon
term-channel-desk = balie
term-channel-visit = bezoek aan huis
term-channel-post = post
term-channel-card = kaart
term-channel-print = drukwerk
term-channel-event = bijeenkomst
term-channel-product = product
term-channel-word-of-mouth = van horen zeggen

name-runs-started = Begonnen
name-runs-open = Nog onderweg
name-runs-dropped = Stilgevallen
name-runs-done = Afgerond
name-runs-left = Weggegaan
name-runs-stopped = Door ons gestopt
name-goal-share = Doel gehaald
name-goal-within = Doel op tijd gehaald
name-goal-open = Kan het doel nog halen
name-answers-contacts = Klantcontacten met een oordeel
name-journey-mean = Gemiddeld cijfer
name-journey-peak-end = Piek en eind
name-journey-end = Laatste oordeel
name-journey-nps = Aanbevelen (NPS)
name-touchpoint-nps = Aanbevelen (NPS)
means-runs-started = reizen die in dit tijdvak begonnen
means-runs-open = niet geëindigd en niet stilgevallen
means-runs-dropped = er kwam niets meer binnen de tijd die het contactmoment geeft
means-runs-done = kwamen tot het einde
means-runs-left = gingen zelf weg
means-runs-stopped = door ons beëindigd
means-goal-share = van alle begonnen reizen, wanneer dan ook
means-goal-within = binnen de tijd van het doel, van de reizen waarvan dat vaststaat
means-goal-open = nog onderweg, en de tijd is niet om
means-answers-contacts = met minstens één antwoord
means-journey-mean = gemiddelde van de contactmomenten met 10 of meer antwoorden, elk even zwaar
means-journey-peak-end = gemiddelde van het meest uitgesproken en het laatste contactmoment
means-journey-end = het laatste contactmoment met 10 of meer antwoorden; getoond vanaf 30
means-journey-nps = procent dat een 9 of 10 geeft min procent dat een 0 tot en met 6 geeft, één antwoord per reis
means-touchpoint-nps = NPS: procent dat een 9 of 10 geeft min procent dat een 0 tot en met 6 geeft, van −100 tot +100, met marge van 95 %.
means-experience-mean = Cijfer: het gemiddelde oordeel over dit contactmoment, als rapportcijfer. De antwoorden van één reis tellen als één groep.
means-reach-share = Bereik: reizen die dit contactmoment hadden, van alle begonnen reizen.
means-exit-share = Afhakers: reizen die na dit contactmoment stilvielen, weggingen of door ons werden gestopt, van alle reizen die het hadden en er nu niet meer wachten.
means-exit-reason = De redenen tellen samen op tot dat deel.
means-time-since-previous = De helft was sneller, de helft langzamer; met marge van 95 % vanaf 6 waarden.
means-rail-mean = Cijfer van de klantcontacten via elk soort kanaal. Een verschil is pas een vergelijking waard vanaf 30 antwoorden aan beide kanten.
means-promise-kept = Gehouden: van de toezeggingen die gehouden of gebroken zijn.
means-message-read = Geopend is een ondergrens: veel mailprogramma’s zeggen het niet. Een streepje: de verzender meldt het niet.
means-funnel-step-share = Van de vorige stap: van wie daar kwam en er niet nog wacht. Wie nog onderweg is, telt niet als verloren.
means-follows-median = Aantal keren dat het een direct op het ander volgde in dezelfde reis, en de mediane tijd ertussen.
