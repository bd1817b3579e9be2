session-title = Log in
session-open = Log in
session-forgotten = Forgot your password
session-wrong = This e-mail address and password do not belong together. Check both, or choose a new password.
session-closed = You are logged out.

welcome-title = Welcome to klantreis
welcome-lede = Make the first account. You become owner and can invite colleagues afterwards.
welcome-organisation = Name of your organisation
welcome-organisation-help = As your customers know it, for example Riverside Library.
welcome-make = Make my account
welcome-done = Your account is ready. Three steps show you what klantreis does.

account-title = My account
account-self = About me
account-name = Your name
account-email = E-mail address
account-password = Password
account-password-help = At least { $min } characters. A short sentence is easy to remember.
account-language = Language of the pages
account-team = Team
account-no-team = no team
account-team-help = You see the tasks of this team first.
account-current-password = Current password
account-new-password = New password
account-password-effect = On other devices you have to log in again afterwards.
account-change-password = Change password
account-saved = Your details are saved.

password-forgotten = Forgot your password
password-forgotten-text = Fill in your e-mail address. You will get a link with which you choose a new password.
password-send = Send me a link
password-asked = If we know this address, a link is on its way. It works for two hours.
password-asked-else = Nothing received? Look in your spam folder, or ask an owner of your organisation for a link. That is also needed as long as the organisation has no tested sender for e-mail.
password-back = Back to log-in
password-choose = Choose a new password
password-changed = Your password was changed.
password-expired = This link no longer works
password-expired-text = A link works once, and for two hours at most.
password-again = Ask for a new link
password-letter-subject = A new password for klantreis
password-letter =
    Dear { $name },

    A new password was asked for your account at { $organisation }. Choose it on this page:

    { $link }

    The link works for { $hours } hours. You did not ask for it? Then there is nothing you need to do.

invitation-title = Welcome to { $organisation }
invitation-lede = You were invited. You will log in with { $email }.
invitation-accept = Make my account
invitation-done = Welcome to { $organisation }. Your account is ready.
invitation-expired = This invitation no longer works
invitation-expired-text = An invitation works once, and for two weeks at most. Ask your colleague for a new one.
invitation-letter-subject = Your account at { $organisation }
invitation-letter =
    Dear colleague,

    { $name } invites you to work with klantreis for { $organisation }. Make your account on this page:

    { $link }

    The link works for two weeks.
