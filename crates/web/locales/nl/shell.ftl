# De schil om elke pagina. $customer en $customers zijn het eigen woord van de organisatie, overal te gebruiken.
skip-to-content = Naar de inhoud
nav-main = Hoofdmenu
nav-today = Vandaag
nav-journeys = Klantreizen
nav-customers = { CAPITAL($customers) }
nav-messages = Berichten
nav-connections = Koppelingen
nav-settings = Instellingen
nav-menu = Menu
nav-search = Zoek in { $customers }
nav-search-hint = Naam, telefoon, e-mail of nummer
nav-account = { $initials }, account van { $name }, { $organisation }
nav-own-account = Mijn account
nav-log-out = Uitloggen

role-viewer = kijker
role-editor = redacteur
role-owner = beheerder

form-optional = mag leeg blijven
form-save = Bewaar
form-remarks = { $count ->
    [one] Eén veld moet nog anders.
   *[other] { $count } velden moeten nog anders.
}
pager = Meer
pager-newer = Nieuwer
pager-older = Ouder

remark-organisation = Vul de naam van de organisatie in, met minstens één letter of cijfer.
remark-name = Vul een naam in van hooguit 200 tekens.
remark-email = Vul een e-mailadres in, zoals naam@organisatie.nl.
remark-password = Kies een wachtwoord van minstens { $min } tekens. Een korte zin is makkelijk te onthouden.
remark-current-password = Dit is niet uw huidige wachtwoord.
remark-choice = Kies een van de mogelijkheden.

problem-home = Naar de eerste pagina
problem-code = Foutcode { $code }
problem-not-found = Deze pagina is er niet
problem-not-found-text = Het adres klopt niet, of wat hier stond is verwijderd. Ga terug, of begin bij de eerste pagina.
problem-forbidden = Dit mag uw account niet
problem-forbidden-text = Vraag een beheerder van uw organisatie om een andere rol, of om dit voor u te doen.
problem-forged = Deze opdracht kwam van een andere website
problem-forged-text = Er is niets veranderd. Open de pagina hier zelf en probeer het daar opnieuw.
problem-invalid = Dit kunnen wij niet verwerken
problem-no-key = Een geheim (een wachtwoord of een sleutel) kan hier nog niet bewaard worden: de beheerder moet eerst KLANTREIS_SECRET instellen, op elk proces dat deze opslag deelt. Er is niets bewaard.
problem-invalid-text = De opdracht was onvolledig. Ga terug, vul alles in en probeer het opnieuw.
problem-too-many = Even wachten
problem-too-many-text = Er is te vaak achter elkaar geprobeerd. Probeer het over { $seconds } seconden opnieuw.
problem-too-large = Dit is te groot
problem-too-large-text = Stuur minder tegelijk, of verdeel het bestand.
problem-broken = Hier ging iets mis
problem-broken-text = De fout ligt bij ons en staat in het logboek van de server. Probeer het opnieuw; blijft het misgaan, meld het dan aan uw beheerder.
problem-busy = Even niet bereikbaar
problem-busy-text = Het duurt nu te lang om dit te doen. Probeer het over een minuut opnieuw.
