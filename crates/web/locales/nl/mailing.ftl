# Losse berichten aan een groep.
mailing-title = Losse berichten
mailing-lede = Een nieuwsbrief of een mededeling aan een groep. Dezelfde regels, dezelfde stem en dezelfde cijfers als elk ander bericht.
mailing-new = Nieuw bericht
mailing-new-lede = Schrijf het hier op. Daarna ziet u hoe het er per kanaal uitziet, en kiest u voor wie het is.
mailing-empty = Er is nog geen los bericht.
mailing-empty-how = Schrijf er één, kijk het na en zet het live. Daarna kiest u de groep.
mailing-draft = In concept: kijk het na en zet het live
mailing-proof = Op proef: alleen collega’s krijgen het.
mailing-proof-how = Zet het bereik op iedereen voordat het naar de groep gaat.
mailing-live = Klaar om te versturen
mailing-paused = Dit bericht staat op pauze. Wie nu wordt gekozen, krijgt het als de pauze voorbij is.
mailing-name = Naam
mailing-name-help = Voor collega’s en op de kaart, zoals “Nieuwsbrief december”.
mailing-class = Soort
mailing-class-marketing = Nieuws of aanbod: alleen met toestemming
mailing-class-service = Hoort bij de dienst: iedereen, behalve wie nee zei
mailing-class-help = Een storing of andere openingstijden horen bij de dienst; een nieuwsbrief niet.
mailing-channels = Langs welke weg?
mailing-channels-help = De eerste die kan, in de volgorde van hierboven of die van { $the_customer } zelf.
mailing-team = Wie geeft antwoord?
mailing-team-help = Het team waar vragen binnenkomen.
mailing-phone = Telefoon in het bericht
mailing-make = Verder
mailing-made = “{ $title }” staat in concept. Kijk het na.
mailing-text-usual = {"{{"} salutation {"}}"},

    

    Vragen? Bel {"{{"} human.phone {"}}"}.

    Groet,
    {"{{"} organisation.name {"}}"}
mailing-remark-team = Vul in welk team antwoord geeft.
mailing-remark-text = Vul een tekst in.
mailing-remark-channels = Kies minstens één weg.
mailing-group-lede = Kies voor wie dit bericht is. Er gaat pas iets weg als u op versturen drukt.
mailing-figures = Waarom wel of niet verstuurd?
mailing-edit = Wijzig het bericht
mailing-who = Voor wie?
mailing-any = maakt niet uit
mailing-persona = Persona
mailing-consent = Gaf toestemming voor
mailing-postcode = Postcode begint met
mailing-postcode-help = Zoals 35 of 3511.
mailing-town = Plaats
mailing-count = Tel
mailing-forecast = Dit is te verwachten
mailing-goes = { $count ->
    [one] krijgt het bericht
   *[other] krijgen het bericht
 }
mailing-of = Van { $count } in deze groep.
mailing-more = Er zijn meer klanten dan zijn geteld; dit is het minste.
mailing-rules = Nachtrust, het berichtenbudget en wat wordt vastgehouden, tellen pas als het bericht gaat.
mailing-send = Verstuur naar deze groep van { $count }
mailing-once = Niemand krijgt het twee keer, ook niet als u nog eens verstuurt of twee groepen elkaar raken.
mailing-nobody = In deze groep zit niemand.
mailing-begun = Het bericht gaat op weg.
mailing-busy = Het bericht is al op weg, of er zijn te veel tegelijk. Probeer het zo nog eens.
mailing-under-way = { $begun } gekozen, { $looked } nagekeken.
mailing-stop = Stop met kiezen
mailing-stopped = Gestopt. Wie al gekozen was, krijgt het bericht nog.
