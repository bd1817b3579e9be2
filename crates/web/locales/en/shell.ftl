# The shell around every page. $customer and $customers are the organisation's own word, for use everywhere.
skip-to-content = Skip to content
nav-main = Main menu
nav-today = Today
nav-journeys = Journeys
nav-customers = { CAPITAL($customers) }
nav-messages = Messages
nav-connections = Connections
nav-settings = Settings
nav-menu = Menu
nav-search = Search { $customers }
nav-search-hint = Name, telephone, e-mail or number
nav-account = { $initials }, account of { $name }, { $organisation }
nav-own-account = My account
nav-log-out = Log out

role-viewer = viewer
role-editor = editor
role-owner = owner

form-optional = optional
form-save = Save
form-remarks = { $count ->
    [one] One field needs another look.
   *[other] { $count } fields need another look.
}
pager = More
pager-newer = Newer
pager-older = Older

remark-organisation = Fill in the name of the organisation, with at least one letter or digit.
remark-name = Fill in a name of at most 200 characters.
remark-email = Fill in an e-mail address, such as name@organisation.org.
remark-password = Choose a password of at least { $min } characters. A short sentence is easy to remember.
remark-current-password = This is not your current password.
remark-choice = Choose one of the options.

problem-home = To the first page
problem-code = Error code { $code }
problem-not-found = There is no such page
problem-not-found-text = The address is wrong, or what stood here was removed. Go back, or start at the first page.
problem-forbidden = Your account may not do this
problem-forbidden-text = Ask an owner of your organisation for another role, or to do it for you.
problem-forged = This request came from another website
problem-forged-text = Nothing was changed. Open the page here yourself and try again there.
problem-invalid = We cannot use this
problem-no-key = A secret (a password or a key) cannot be kept here yet: whoever runs klantreis must set KLANTREIS_SECRET first, on every process that shares this store. Nothing was saved.
problem-invalid-text = The request was incomplete. Go back, fill in everything and try again.
problem-too-many = Please wait a moment
problem-too-many-text = There were too many attempts in a row. Try again in { $seconds } seconds.
problem-too-large = This is too large
problem-too-large-text = Send less at once, or split the file.
problem-broken = Something went wrong here
problem-broken-text = The fault is ours and is in the server's log. Try again; if it keeps failing, tell your administrator.
problem-busy = Not available for a moment
problem-busy-text = This takes too long right now. Try again in a minute.
