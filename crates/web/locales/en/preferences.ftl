# A customer's own preferences: how, when and about what.
preference-title-u = Your preferences
preference-title-je = Your preferences
preference-lede-u = Choose how { $organisation } reaches you, and about what.
preference-lede-je = Choose how { $organisation } reaches you, and about what.
preference-saved-u = Your choice is saved.
preference-saved-je = Your choice is saved.
preference-how-u = How may we reach you?
preference-how-je = How may we reach you?
preference-rank = { $rank ->
    [1] best like this
   *[other] choice { $rank }
 }
preference-rather-not = rather not
preference-about-u = What may we write to you about?
preference-about-je = What may we write to you about?
preference-service-u = You always get messages that belong to what you asked for, such as an appointment or a reservation.
preference-service-je = You always get messages that belong to what you asked for, such as an appointment or a reservation.
preference-marketing-help = News, tips and offers
preference-said-yes = said yes on { $day }
preference-said-no = said no on { $day }
preference-quiet-u = When would you rather get no message?
preference-quiet-je = When would you rather get no message?
preference-quiet-usual = As usual: not between { $from } and { $until }
preference-quiet-none = It does not matter
preference-quiet-own = Not between
preference-from = From
preference-until = Until
preference-remark-quiet = Fill in two different times, such as 21:00 and 08:00.
preference-language-u = In which language do we write to you?
preference-language-je = In which language do we write to you?
preference-language-any = As usual
preference-language-nl = Dutch
preference-language-en = English
preference-proof-u = { $organisation } keeps what you choose here, with the date, and keeps to it.
preference-proof-je = { $organisation } keeps what you choose here, with the date, and keeps to it.
preference-last = Last choice: { $day }.
preference-give = Give a link to choose oneself
preference-given-title = Preferences of { $name }
preference-given-text = By this link { $the_customer } chooses how, and about what, messages come, without logging in. It works for { $days } days and is shown only now.
preference-given-link = Link to the preferences
preference-given-open = Open the page
preference-given-back = Back to { $name }
