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
