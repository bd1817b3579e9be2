# What journeys share: links and personas; the first steps; what a draft knows of its surroundings.
settings-links = Links
settings-personas = Personas
shared-uses = Used in
shared-unused = Not used anywhere yet.
shared-remove = Remove

link-lede = Addresses that messages show as a button or link. A message names it; you change the address here, in one place.
link-new = New link
link-title = Link “{ $name }”
link-none = No links yet. Make one for each page that a message refers to, such as “help” or “reading tips”.
link-used-in = Used in
link-message = message “{ $name }”
link-is-sample = This is still the address of the sample.
link-is-sample-text = This is a sample address that belongs to nobody. Fill in the address of your own site.
link-name = Name
link-name-help = In a few words, such as “reading tips”. You choose it by this name in a message.
link-name-fixed = The name stands in messages and therefore does not change.
link-address = Address
link-address-help = Begins with https://, or with mailto: or tel: for an e-mail address or telephone number.
link-variable = What comes behind it
link-variable-none = nothing: the same address for everyone
link-variable-id = the number of what the message is about
link-variable-help = The number of the object that has the same name as this link, such as that of the reservation. If there is none, that place stays empty.
link-rest = And after that
link-rest-help = Only when something follows the number, such as /change.
link-sample = It will be:
link-no-sample = Fill in an address and see here what it will be.
link-look = Look
link-remove = Remove this link
link-in-use = This link still stands in the messages named here. Take it out of those first.
link-remark-name = Fill in a name of at most 50 characters.
link-remark-own = klantreis uses this name itself. Choose another.
link-remark-twice = There is a link of this name already. Choose another name.
link-remark-blank = Fill in an address.
link-remark-long = This address is too long. Keep it below a thousand characters.
link-remark-address = This is no address that can stand behind a link. Begin with https://, mailto: or tel:, without spaces.
link-made = The link “{ $name }” has been made.
link-saved = The link “{ $name }” has been saved.
link-removed = The link “{ $name }” has been removed.

persona-lede = Those for whom you make journeys. A persona stands in the head of the map.
persona-new = New persona
persona-none = No personas yet. Describe a { $customer } as you know them: name, age and what they want.
persona-used-in = In the head of
persona-name = Who
persona-name-help = Name, age and role, such as “Sanne Vos, 34, likes thrillers”.
persona-about = In short
persona-about-help = What the life of this { $customer } is like, as far as it matters here.
persona-goal = What this { $customer } wants
persona-goal-help = In their own words: “Quickly a book that I cannot put down”.
persona-remove = Remove this persona
persona-in-use = This persona still stands in the head of the journeys named here. Take it out of those first.
persona-nameless = Persona without a name
persona-remark-name = Fill in who it is, in at most 200 characters.
persona-remark-long = This is too long for the head of a map. Keep it below 500 characters.
persona-made = The persona “{ $name }” has been made.
persona-saved = The persona “{ $name }” has been saved.
persona-removed = The persona “{ $name }” has been removed.

organisation-shared = What journeys share
organisation-shared-links = { $count ->
    [0] No links for messages yet
    [one] One link for messages
   *[other] { $count } links for messages
}
organisation-shared-personas = { $count ->
    [0] No personas yet
    [one] One persona
   *[other] { $count } personas
}

start-along = The draft of “{ $title }” has been made. What your organisation did not have yet came along from the sample: { $names }. See at links and personas in the settings whether it is right.
start-along-link = link “{ $name }”
start-along-persona = persona “{ $name }”

draft-place-link-new = Make the link
draft-place-link = To the link
draft-place-persona-new = Make the persona
draft-place-other = To that journey
draft-place-sample = To the touchpoints
publish-mild = To keep in mind
todo-sample = This draft is still word for word the sample “{ $title }”. Change what goes differently with you.
todo-same-start = Journey “{ $title }” is live too and begins at the same event: { $event }. A { $customer } will be in both.
todo-sample-link = Link “{ $name }” still has the address of the sample. Fill in the address of your own site.

draft-published-proof = { $told ->
    [0] Version { $number } runs as a trial: messages go to colleagues only.
    [one] Version { $number } runs as a trial: messages go to colleagues only. One open journey goes on with it.
   *[other] Version { $number } runs as a trial: messages go to colleagues only. { $told } open journeys go on with it.
}

first-title = Three first steps
first-lede = { $left ->
    [one] One more step and you know klantreis.
   *[other] { $left } more steps and you know klantreis.
}
first-journey = Choose a journey
first-journey-text = Copy a sample and make it yours, or begin with an empty one.
first-journey-do = Choose a sample
first-source = Let it know what happens
first-source-text = Connect a system, or import a file with what has happened already.
first-source-do = Connect or import
first-try = Try it yourself
first-try-text = Play the journey on your own screen, or send yourself a test message.
first-try-do = Play the journey
first-try-send = Send a test
first-done = done
first-to-do = to do
audited-journey-played = played journey

formula = Formula
formula-text = This is more than the choices can say and therefore stands in the text as a formula. You change it there.
event-details = Only in certain cases
whole-example = Example
whole-example-help = An example shows in previews of messages, when you play the journey and on the sheet for suppliers. A date or time gets one by itself.
