source-lede = Uit deze systemen hoort klantreis wat er gebeurt.
source-list = Bronnen
source-bars = Een balkje per dag, de laatste 14 dagen.
source-bars-label = Laatste { $days } dagen: { $received } ontvangen, { $refused } geweigerd
source-bar = { $received } ontvangen, { $refused } geweigerd
source-name = Naam
source-name-help = Het systeem waar de gebeurtenissen vandaan komen, bijvoorbeeld Planpakket.
source-days = Laatste 14 dagen
source-received = Ontvangen
source-refused = Geweigerd
source-duplicate = Dubbel
source-last = Laatst ontvangen
source-since = Gemaakt op
source-never = nog nooit
source-works = ontvangt
source-waiting = wacht op de eerste gebeurtenis
source-silent = stil sinds { $since }
source-usual-gap = Meestal komt er elke { $gap } iets binnen.
source-empty = Nog geen bronnen. Zodra een systeem gebeurtenissen stuurt, ziet u hier hoeveel, en wat er niet klopte.
source-empty-ask = Een beheerder kan er een toevoegen.
source-first = Voeg de eerste bron toe
source-new = Nieuwe bron
source-new-lede = U krijgt een sleutel en een voorbeeld voor de leverancier van dat systeem.
source-make = Maak de bron
source-remark-name = Geef de bron een naam van hooguit 100 tekens, met minstens één letter of cijfer.
source-remark-exists = Er is al een bron met deze naam.
source-renamed = De naam is veranderd.
source-rename = Naam veranderen
source-new-key = Nieuwe sleutel
source-key = Schrijfsleutel
source-key-once = Dit is de enige keer dat u deze sleutel ziet. Geef hem nu aan de leverancier.
source-key-here = UW_SLEUTEL
source-keys = { $count ->
    [0] geen geldige
    [one] 1 geldige
   *[other] { $count } geldige
}
source-how = Zo stuurt een systeem gebeurtenissen
source-how-text = Deze aanroep werkt zoals hij hier staat. De programma’s van Segment werken ook, met een ander adres.
source-in = Binnengekomen

quarantine-title = Niet verwerkt
quarantine-lede = Deze gebeurtenissen kwamen aan, maar zijn nog niet te gebruiken. De rest van hun levering is wel verwerkt.
quarantine-events = Gebeurtenissen
quarantine-see = Bekijk alles
quarantine-all = Van alle bronnen
quarantine-some = { $count ->
    [one] Eén gebeurtenis is bewaard met de reden waarom zij niet te gebruiken was.
   *[other] { $count } gebeurtenissen zijn bewaard met de reden waarom zij niet te gebruiken waren.
}
quarantine-none = Alles wat binnenkwam is verwerkt.
quarantine-none-how = Wat niet te lezen is, komt hier te staan met de reden en wat eraan te doen is. Er gaat niets verloren.
quarantine-raw = Zoals zij binnenkwam
quarantine-again = Bied opnieuw aan
quarantine-discard = Gooi weg
quarantine-discarded = De gebeurtenis is weggegooid.
quarantine-taken-again = De gebeurtenis is opnieuw aangeboden.
quarantine-still-unusable = De gebeurtenis is nog steeds niet te lezen. Laat de leverancier haar verbeterd opnieuw sturen.
quarantine-reasons = Per reden
quarantine-reason = Reden
quarantine-source = Bron
quarantine-count = Aantal
quarantine-see-these = bekijk deze
quarantine-correct-these = verbeter ze samen
quarantine-choose = Kies deze
quarantine-correct-chosen = Verbeter de gekozen gebeurtenissen
quarantine-correct = Verbeter

correct-title = Verbeteren en opnieuw sturen
correct-lede = { $count ->
    [one] Eén gebeurtenis is gekozen.
   *[other] { $count } gebeurtenissen zijn gekozen.
  } Zeg wat er anders moet; u ziet eerst wat dat doet, en er wordt niets verstuurd voordat u dat zegt.
correct-how = Wat moet er anders?
correct-vervang = Vervang een waarde door een andere
correct-vul = Vul een veld in waar het ontbreekt of leeg is
correct-kopieer = Vul een veld met wat in een ander veld staat
correct-hernoem = Geef een veld een andere naam
correct-niets = Niets: stuur opnieuw zoals het is
correct-nothing-help = Kies dit als de oorzaak ergens anders is verholpen, bijvoorbeeld bij de bron of doordat een eerdere gebeurtenis alsnog kwam.
correct-field = In het veld
correct-field-help = Een veld in een ander veld schrijft u met een punt ertussen: properties.order_id.
correct-from = staat
correct-from-help = Leeg laten is: waar niets staat.
correct-to = maak daarvan
correct-value = komt te staan
correct-fill = Vul het veld
correct-source = met wat staat in
correct-named = Het veld
correct-name = heet voortaan
correct-look = Bekijk wat er verandert
correct-remark-field = Noem het veld, met punten tussen de delen en hooguit 300 tekens.
correct-remark-value = Vul in wat er moet komen te staan.
correct-preview = Wat er verandert
correct-goes = Van de { $checked } die zijn bekeken gaan er { $go } door.
correct-unchanged-count = Bij { $count } valt hiermee niets te veranderen.
correct-unread-count = Bij { $count } klopt er dan nog steeds iets niet.
correct-send = { $count ->
    [one] Verbeter en stuur opnieuw
   *[other] Verbeter en stuur alle { $count } opnieuw
  }
correct-send-help = Wat niet door kan, blijft staan. Per keer gaan er hooguit { $max }.
correct-sample = Voorbeeld { $number }
correct-before = Zoals het is
correct-after = Zoals het wordt
correct-becomes = { $count ->
    [one] Wordt { $name }, over { $whom }.
   *[other] Wordt { $count } gebeurtenissen, de eerste { $name }, over { $whom }.
  }
correct-unchanged = Hier valt met deze verbetering niets te veranderen.
correct-none-chosen = Kies eerst welke gebeurtenissen u wilt verbeteren.
correct-none-left = Deze gebeurtenissen staan hier niet meer.

offered-title = Opnieuw gestuurd
offered-lede = { $count ->
    [0] Er ging niets door.
    [one] Eén gebeurtenis ging door.
   *[other] { $count } gebeurtenissen gingen door.
  }
offered-sent = Gingen door
offered-known = Waren er al
offered-stayed = Bleven staan
offered-left = Nog niet bekeken
offered-help = Wat bij het verwerken toch niet past, komt hier terug met de reden.
offered-back = Terug naar niet verwerkt
offered-told = Bleven staan

source-longest-gap = Op een dag als vandaag is { $gap } zonder bericht nog gewoon.
source-in-browser = In een browser
source-kind = Hoe het systeem stuurt
source-kind-segment = Zoals wij vragen
source-kind-segment-help = Met een programma van Segment, Jitsu of Rudder, als CloudEvents, of met een eigen aanroep.
source-kind-site = Vanuit een website, bij de klant in de browser
source-kind-site-help = De sleutel staat dan open in de pagina. Daarom nemen we langs deze weg geen adressen, toestemmingen of samenvoegingen van klanten aan.
source-kind-webhook = Als webhook in zijn eigen vorm
source-kind-webhook-help = Het systeem stuurt JSON naar een adres; u wijst in een voorbeeld aan wat wat is.

webhook-title = { $name }: webhook instellen
webhook-lede = Laat het systeem een eerste levering sturen, of plak een voorbeeld. Wijs daarin aan waar alles staat.
webhook-lede-mapped = Van deze bron is aangewezen waar alles staat.
webhook-how = Zo stuurt dit systeem gebeurtenissen
webhook-how-text = Het systeem stuurt JSON met POST naar dit adres, en bewijst zich met het geheim.
webhook-unmapped = Er is nog niet aangewezen waar de gebeurtenis in de JSON staat. Leveringen wachten tot dat gedaan is.
webhook-edit = Webhook instellen
webhook-saved = Het is bewaard. Nieuwe leveringen worden zo gelezen.
webhook-address = Adres
webhook-address-help = Vul dit bij het systeem in als adres van de webhook.
webhook-proof = Bewijs
webhook-way = Zo bewijst het systeem zich
webhook-way-standard = Handtekening volgens Standard Webhooks
webhook-way-hmac = HMAC-SHA256 over de inhoud, in een kop
webhook-way-bearer = Een geheim in een kop
webhook-header = Kop
webhook-header-help = Leeg is de gebruikelijke. Bij Standard Webhooks staat hij vast.
webhook-secret = Geheim
webhook-secret-once = Dit is de enige keer dat u dit geheim ziet. Vul het nu in bij het systeem.
webhook-secret-theirs = Geheim van het systeem
webhook-secret-help = Vul dit in als het systeem zelf een geheim gaf. Leeg laten houdt het oude.
webhook-secret-fresh = Maak een nieuw geheim
webhook-places = Waar staat wat
webhook-sample = Voorbeeld
webhook-sample-help = Plak hier een levering zoals het systeem die stuurt.
webhook-sample-received = Laatst ontvangen en niet verwerkt: { $time }. U kunt er ook een ander voorbeeld plakken.
webhook-read = Lees het voorbeeld
webhook-nowhere = (nergens)
webhook-list = Eén levering is
webhook-list-one = één gebeurtenis
webhook-list-whole = een lijst van gebeurtenissen
webhook-list-at = een lijst van gebeurtenissen in { $place } ({ $count } in het voorbeeld)
webhook-name = Wat er gebeurde
webhook-name-help = Waar de naam van de gebeurtenis staat.
webhook-always = Of altijd dezelfde naam
webhook-always-help = Als dit systeem maar één ding stuurt: order.completed.
webhook-names = Hun woord = onze naam
webhook-names-help = Een regel per naam: verkocht = order.completed. Wat hier niet staat, wordt gelezen zoals het komt.
webhook-customer = Klantnummer
webhook-customer-help = Niet nodig als de gebeurtenis over een object gaat dat al bij een klant hoort.
webhook-time = Tijdstip
webhook-time-help = Nergens is: toen het binnenkwam.
webhook-id = Nummer van de gebeurtenis
webhook-id-help = Hetzelfde nummer telt één keer. Nergens is: het nummer van de levering.
webhook-properties = Eigenschappen
webhook-properties-help = Nergens is: alles wat bij de gebeurtenis staat.
webhook-look = Bekijk wat het wordt
webhook-preview = Dit wordt het
webhook-preview-none = Er staat geen gebeurtenis in dit voorbeeld.
webhook-waiting = { $count ->
    [one] Eén levering wachtte hierop.
   *[other] { $count } leveringen wachtten hierop.
  }
webhook-waiting-send = Stuur ze nu
webhook-remark-json = Dit is geen JSON. Plak een hele levering, van de eerste tot de laatste haak.
webhook-remark-large = Dit voorbeeld is te groot; hooguit 32 kB mag.
webhook-remark-nested = Kies een lijst die niet zelf in een lijst staat.
webhook-remark-place = Deze plek is niet te lezen. Kies er een uit het voorbeeld.
webhook-remark-elsewhere = Deze plek staat in een lijst die niet gekozen is. Kies bij “Eén levering is” die lijst, of kies een andere plek.
webhook-remark-name = Wijs aan waar staat wat er gebeurde, of vul een vaste naam in.
webhook-remark-always = Schrijf de naam als onderwerp.handeling, zoals order.completed, en niet een die klantreis zelf gebruikt.
webhook-remark-line = Regel { $line }: schrijf hun woord, een =, en onze naam als onderwerp.handeling.
webhook-remark-names = Hooguit 200 namen.
webhook-remark-way = Kies hoe het systeem zich bewijst.
webhook-remark-header = Dit is geen naam van een kop, zoals X-Signature.
webhook-remark-secret = Een geheim heeft 16 tot 200 tekens zonder spaties; bij Standard Webhooks is het whsec_ met base64.

source-kind-api = Wij vragen het op bij een API
source-kind-api-help = Elke paar minuten halen we op wat er nieuw is, in JSON; u wijst in een voorbeeld aan wat wat is.
source-kind-table = Wij lezen elke nacht een tabel
source-kind-table-help = Een CSV-bestand van een adres of uit een map op de server, met gebeurtenissen of klanten.
source-trouble = ophalen mislukt

fetch-title = { $name }: ophalen instellen
fetch-lede-api = We vragen dit adres steeds om wat er nieuw is. Wat we al hadden, telt niet nog een keer.
fetch-lede-table = We lezen deze tabel elke nacht. Een regel die we al hadden, telt niet nog een keer.
fetch-how-api = Zo halen we gebeurtenissen op
fetch-how-table = Zo lezen we de tabel
fetch-edit = Ophalen instellen
fetch-made = De bron is gemaakt. Vul in waar we moeten ophalen.
fetch-saved = Het is bewaard.
fetch-begun = Het is bewaard. We halen nu op wat er is.
fetch-now = Haal nu op
fetch-now-said = We halen nu op wat er nieuw is.
fetch-not-yet = Zeg eerst waar we moeten ophalen en wat wat is.
fetch-stop = Stop met ophalen
fetch-stopped = We halen hier niets meer op.
fetch-first-where = Vul eerst in waar we moeten ophalen. Daarna wijst u aan wat wat is.
fetch-unplaced = Er is nog niet gezegd waar we moeten ophalen.
fetch-unmapped = Er is nog niet aangewezen wat wat is. Tot dat gedaan is, halen we niets op.
fetch-failed = { $count ->
    [one] Op { $time } ging het mis.
   *[other] Op { $time } ging het voor de { $count }e keer achter elkaar mis.
  }
fetch-again = We proberen het opnieuw op { $time }.
fetch-state = Hoe het gaat
fetch-url = Adres
fetch-url-help = Het hele adres, met https. Wat vast is, zoals het aantal per bladzijde, mag erachter staan.
fetch-went-well = Laatst gelukt
fetch-last = De laatste keer
fetch-counts = { $received } nieuw, { $known } al bekend, { $refused } niet te gebruiken
fetch-due = De volgende keer
fetch-not-due = niet
fetch-catching-up = We zijn nog aan het inlopen: wat er al stond, telt als geschiedenis en er gaat geen bericht over uit.
fetch-sample = Haal een voorbeeld op
fetch-sample-help = Wat het adres nu antwoordt, met korte lijsten. Plakken mag ook.
fetch-sample-table = Kijk naar de tabel
fetch-look-first = Kijk eerst naar de tabel om iets te veranderen.
fetch-list = Eén antwoord is
fetch-id-help = Hetzelfde nummer telt één keer. Nergens is: wat er over de gebeurtenis staat.
fetch-cursor = Zo vragen we om wat er nieuw is
fetch-cursor-none = Niet: elk antwoord bevat alles
fetch-cursor-newest = Met het grootste tijdstip of nummer tot nu toe
fetch-cursor-token = Met een woord uit het vorige antwoord
fetch-cursor-link = Met het adres van de volgende bladzijde, de oudste eerst
fetch-cursor-help = Hoe het moet, staat in de beschrijving van de API.
fetch-cursor-at = Waar dat staat
fetch-cursor-at-help = De plek in het voorbeeld, zoals regels.*.gewijzigd of volgende.
fetch-parameter = Parameter in het adres
fetch-parameter-help = Waarin het meegaat, zoals since of cursor. Bij een volgende bladzijde niet nodig.
fetch-history = Wat er de eerste keer al staat, telt als geschiedenis: daarover gaat geen bericht uit. Wat daarna komt, telt als nieuw.
fetch-begin = Bewaar en begin
fetch-where = Waar en hoe vaak
fetch-from = Waar de tabel staat
fetch-from-address = Op een adres
fetch-from-folder = In een map op de server
fetch-header-help = Waarmee we binnenkomen, zoals authorization of x-api-key. Leeg is: zonder.
fetch-secret = Wat in die kop staat
fetch-secret-help = Bijvoorbeeld: Bearer gevolgd door het geheim.
fetch-secret-kept = Leeg laten houdt wat er was. Het wordt niet getoond.
fetch-every = Elke hoeveel minuten
fetch-every-help = Van 1 tot 1440.
fetch-name = Naam van het bestand
fetch-name-help = In de map { $folder }. Een * staat voor wat wisselt: export-*.csv.
fetch-name-none = Op deze server is geen map om bestanden in te zetten.
fetch-time = Hoe laat
fetch-rows = Wat een regel is
fetch-remark-url = Vul een heel adres in dat met https:// begint, zonder gebruikersnaam erin. Iets op het eigen netwerk moet de beheerder van klantreis eerst toestaan.
fetch-remark-every = Vul een aantal minuten in, van 1 tot 1440.
fetch-remark-time = Vul een tijd in, zoals 03:00.
fetch-remark-name = Vul alleen de naam van het bestand in, zonder map ervoor.
fetch-remark-secret = Hier mogen alleen gewone letters, cijfers en tekens in, hooguit 2000.
fetch-remark-secret-again = Vul in wat er in de kop moet staan. Het oude geheim is voor een andere host en gaat niet mee.
fetch-remark-cursor = Deze plek staat in een lijst. Alleen het grootste tijdstip of nummer mag in de lijst van gebeurtenissen staan.
fetch-remark-parameter = Vul de naam van de parameter in, zonder spaties.

source-kind-mailbox = De mailbox waarin klanten antwoorden
source-kind-mailbox-help = Elke twee minuten kijken we of er antwoorden zijn, ook wat niet aankwam en wie klaagde. Er verandert niets in de mailbox.
fetch-how-mailbox = Antwoorden van klanten
mailbox-title = Mailbox: { $name }
mailbox-lede = Wat { $customers } terugschrijven wordt een taak, in hun verhaal. Zet het adres van deze mailbox als antwoordadres bij de afzender van e-mail.
mailbox-now = Kijk nu
mailbox-where = Waar de mailbox staat
mailbox-host = IMAP-server
mailbox-host-help = Bijvoorbeeld imap.voorbeeld.nl. De lijn is altijd versleuteld.
mailbox-password-help = Bij veel aanbieders is dit een app-wachtwoord.
mailbox-folder = Map
mailbox-folder-help = Meestal INBOX. Alleen wat vanaf nu binnenkomt wordt gelezen.
mailbox-save = Proberen en bewaren
mailbox-saved = De mailbox laat ons binnen. Wat vanaf nu komt, wordt gelezen.
mailbox-remark-user = Vul de naam in waarmee u inlogt.
mailbox-remark-folder = Vul de map in, meestal INBOX.
mailbox-remark-password = Vul het wachtwoord in.
mailbox-other = Een eigen mailserver?
mailbox-other-text = Die kan antwoorden ook zelf aanleveren op /api/v1/mail. De beheerder vindt in docs/MAIL.md hoe.
