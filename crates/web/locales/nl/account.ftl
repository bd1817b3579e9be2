session-title = Inloggen
session-open = Log in
session-forgotten = Wachtwoord vergeten
session-wrong = Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk beide na, of kies een nieuw wachtwoord.
session-closed = U bent uitgelogd.

welcome-title = Welkom bij klantreis
welcome-lede = Maak het eerste account. U wordt beheerder en kunt daarna collega’s uitnodigen.
welcome-organisation = Naam van uw organisatie
welcome-organisation-help = Zoals uw klanten haar kennen, bijvoorbeeld Bibliotheek Rijnoever.
welcome-make = Maak mijn account
welcome-done = Uw account is klaar. Met drie stappen leert u klantreis kennen.

account-title = Mijn account
account-self = Over mij
account-name = Uw naam
account-email = E-mailadres
account-password = Wachtwoord
account-password-help = Minstens { $min } tekens. Een korte zin is makkelijk te onthouden.
account-language = Taal van de pagina’s
account-team = Team
account-no-team = geen team
account-team-help = De taken van dit team ziet u als eerste.
account-current-password = Huidig wachtwoord
account-new-password = Nieuw wachtwoord
account-password-effect = Op andere apparaten moet u daarna opnieuw inloggen.
account-change-password = Verander wachtwoord
account-saved = Uw gegevens zijn bewaard.

password-forgotten = Wachtwoord vergeten
password-forgotten-text = Vul uw e-mailadres in. U krijgt een link waarmee u een nieuw wachtwoord kiest.
password-send = Stuur mij een link
password-asked = Als wij dit adres kennen, is er een link onderweg. Hij werkt twee uur.
password-asked-else = Niets ontvangen? Kijk bij ongewenste mail, of vraag een beheerder van uw organisatie om een link. Dat is ook nodig zolang de organisatie geen getest afzendadres voor e-mail heeft.
password-back = Terug naar inloggen
password-choose = Kies een nieuw wachtwoord
password-changed = Uw wachtwoord is veranderd.
password-expired = Deze link werkt niet meer
password-expired-text = Een link werkt één keer, en niet langer dan twee uur.
password-again = Vraag een nieuwe link
password-letter-subject = Een nieuw wachtwoord voor klantreis
password-letter =
    Beste { $name },

    Voor uw account bij { $organisation } is een nieuw wachtwoord gevraagd. Kies het op deze pagina:

    { $link }

    De link werkt { $hours } uur. Hebt u niets gevraagd? Dan hoeft u niets te doen.

invitation-title = Welkom bij { $organisation }
invitation-lede = U bent uitgenodigd. U logt straks in met { $email }.
invitation-accept = Maak mijn account
invitation-done = Welkom bij { $organisation }. Uw account is klaar.
invitation-expired = Deze uitnodiging werkt niet meer
invitation-expired-text = Een uitnodiging werkt één keer, en niet langer dan twee weken. Vraag uw collega om een nieuwe.
invitation-letter-subject = Uw account bij { $organisation }
invitation-letter =
    Beste collega,

    { $name } nodigt u uit om met klantreis te werken voor { $organisation }. Maak uw account op deze pagina:

    { $link }

    De link werkt twee weken.
