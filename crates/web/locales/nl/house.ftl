# Wat klantreizen delen: links en persona’s; de eerste stappen; wat een concept van zijn omgeving weet.
settings-links = Links
settings-personas = Persona’s
shared-uses = Gebruikt in
shared-unused = Nog nergens gebruikt.
shared-remove = Verwijderen

link-lede = Adressen die berichten als knop of link tonen. Een bericht noemt de naam; het adres verandert u hier, op één plek.
link-new = Nieuwe link
link-title = Link “{ $name }”
link-none = Nog geen links. Maak er een voor elke pagina waar een bericht naar verwijst, zoals “help” of “leestips”.
link-used-in = Gebruikt in
link-message = bericht “{ $name }”
link-is-sample = Dit is nog het adres uit het voorbeeld.
link-is-sample-text = Dit is een voorbeeldadres dat van niemand is. Vul het adres van uw eigen site in.
link-name = Naam
link-name-help = In een paar woorden, zoals “leestips”. Zo kiest u haar in een bericht.
link-name-fixed = De naam staat in berichten en verandert daarom niet.
link-address = Adres
link-address-help = Begint met https://, of met mailto: of tel: voor een e-mailadres of telefoonnummer.
link-variable = Wat erachter komt
link-variable-none = niets: voor iedereen hetzelfde adres
link-variable-id = het nummer van waar het bericht over gaat
link-variable-help = Het nummer van het onderwerp dat net zo heet als deze link, zoals dat van de reservering. Is er geen, dan blijft die plek leeg.
link-rest = En daarna
link-rest-help = Alleen als er na het nummer nog iets komt, zoals /wijzigen.
link-sample = Zo wordt het:
link-no-sample = Vul een adres in, dan staat hier hoe het wordt.
link-look = Bekijk
link-remove = Verwijder deze link
link-in-use = Deze link staat nog in de berichten hiernaast. Haal haar daar eerst weg.
link-remark-name = Vul een naam in van hooguit 50 tekens.
link-remark-own = Deze naam heeft klantreis zelf al in gebruik. Kies een andere.
link-remark-twice = Er is al een link met deze naam. Kies een andere naam.
link-remark-blank = Vul een adres in.
link-remark-long = Dit adres is te lang. Houd het onder de duizend tekens.
link-remark-address = Dit is geen adres dat achter een link kan staan. Begin met https://, mailto: of tel:, zonder spaties.
link-made = De link “{ $name }” is gemaakt.
link-saved = De link “{ $name }” is bewaard.
link-removed = De link “{ $name }” is verwijderd.

persona-lede = Voor wie u klantreizen maakt. Een persona staat in de kop van de kaart.
persona-new = Nieuwe persona
persona-none = Nog geen persona’s. Beschrijf een { $customer } zoals u die kent: naam, leeftijd en wat die wil.
persona-used-in = In de kop van
persona-name = Wie
persona-name-help = Naam, leeftijd en rol, zoals “Sanne Vos, 34, leest graag spannend”.
persona-about = In het kort
persona-about-help = Hoe het leven van deze { $customer } eruitziet, voor zover het hier telt.
persona-goal = Wat deze { $customer } wil
persona-goal-help = In eigen woorden: “Snel een boek waar ik niet mee kan stoppen”.
persona-remove = Verwijder deze persona
persona-in-use = Deze persona staat nog in de kop van de klantreizen hiernaast. Haal hem daar eerst weg.
persona-nameless = Persona zonder naam
persona-remark-name = Vul in wie het is, in hooguit 200 tekens.
persona-remark-long = Dit is te lang voor de kop van een kaart. Houd het onder de 500 tekens.
persona-made = De persona “{ $name }” is gemaakt.
persona-saved = De persona “{ $name }” is bewaard.
persona-removed = De persona “{ $name }” is verwijderd.

organisation-shared = Wat klantreizen delen
organisation-shared-links = { $count ->
    [0] Nog geen links voor berichten
    [one] Eén link voor berichten
   *[other] { $count } links voor berichten
}
organisation-shared-personas = { $count ->
    [0] Nog geen persona’s
    [one] Eén persona
   *[other] { $count } persona’s
}

start-along = Het concept van “{ $title }” is gemaakt. Wat uw organisatie nog niet had is meegenomen uit het voorbeeld: { $names }. Kijk bij links en persona’s van de instellingen of het klopt.
start-along-link = link “{ $name }”
start-along-persona = persona “{ $name }”

draft-place-link-new = Maak de link
draft-place-link = Naar de link
draft-place-persona-new = Maak de persona
draft-place-other = Naar die klantreis
draft-place-sample = Naar de contactmomenten
publish-mild = Om op te letten
todo-sample = Dit concept is nog woord voor woord het voorbeeld “{ $title }”. Verander wat bij u anders gaat.
todo-same-start = Klantreis “{ $title }” staat ook live en begint bij dezelfde gebeurtenis: { $event }. Een { $customer } komt dan in beide terecht.
todo-sample-link = Link “{ $name }” heeft nog het adres van het voorbeeld. Vul het adres van uw eigen site in.

draft-published-proof = { $told ->
    [0] Versie { $number } loopt als proef: berichten gaan alleen naar collega’s.
    [one] Versie { $number } loopt als proef: berichten gaan alleen naar collega’s. Eén lopende reis gaat ermee verder.
   *[other] Versie { $number } loopt als proef: berichten gaan alleen naar collega’s. { $told } lopende reizen gaan ermee verder.
}

first-title = Drie eerste stappen
first-lede = { $left ->
    [one] Nog één stap, dan kent u klantreis.
   *[other] Nog { $left } stappen, dan kent u klantreis.
}
first-journey = Kies een klantreis
first-journey-text = Neem een voorbeeld over en pas het aan, of begin leeg.
first-journey-do = Kies een voorbeeld
first-source = Laat weten wat er gebeurt
first-source-text = Koppel een systeem, of lees een bestand in met wat er al gebeurd is.
first-source-do = Koppel of lees in
first-try = Probeer het zelf
first-try-text = Beleef de reis op uw eigen scherm, of stuur uzelf een proefbericht.
first-try-do = Beleef de reis
first-try-send = Stuur een proef
first-done = gedaan
first-to-do = nog te doen
audited-journey-played = beleefde zelf klantreis

formula = Formule
formula-text = Dit gaat de keuzes hierboven te boven en staat daarom als formule in de tekst. Daar verandert u haar.
event-details = Alleen in bepaalde gevallen
whole-example = Voorbeeld
whole-example-help = Een voorbeeld staat in de voorvertoning van berichten, als u de reis beleeft en op het blad voor de leverancier. Een datum of tijd krijgt er vanzelf een.
