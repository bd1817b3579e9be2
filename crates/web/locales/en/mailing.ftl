# One-off messages to a group.
mailing-title = One-off messages
mailing-lede = A newsletter or a notice to a group. The same rules, the same voice and the same figures as any other message.
mailing-new = New message
mailing-new-lede = Write it down here. Then you see what it looks like by each channel, and choose whom it is for.
mailing-empty = There is no one-off message yet.
mailing-empty-how = Write one, look it over and put it live. Then you choose the group.
mailing-draft = A draft: look it over and put it live
mailing-proof = In proof: only colleagues get it.
mailing-proof-how = Let it reach everybody before it goes to the group.
mailing-live = Ready to be sent
mailing-paused = This message is paused. Whoever is chosen now gets it when the pause is over.
mailing-name = Name
mailing-name-help = For colleagues and on the map, such as “Newsletter December”.
mailing-class = Kind
mailing-class-marketing = News or an offer: only with consent
mailing-class-service = Belongs to the service: everybody but those who said no
mailing-class-help = A breakdown or other opening hours belong to the service; a newsletter does not.
mailing-channels = By which way?
mailing-channels-help = The first that can, in the order above or that of { $the_customer }.
mailing-team = Who answers?
mailing-team-help = The team that gets questions.
mailing-phone = Telephone in the message
mailing-make = Go on
mailing-made = “{ $title }” is a draft. Look it over.
mailing-text-usual = {"{{"} salutation {"}}"},

    

    Questions? Call {"{{"} human.phone {"}}"}.

    Regards,
    {"{{"} organisation.name {"}}"}
mailing-remark-team = Fill in which team answers.
mailing-remark-text = Fill in a text.
mailing-remark-channels = Choose at least one way.
mailing-group-lede = Choose whom this message is for. Nothing goes until you press send.
mailing-figures = Why sent or not?
mailing-edit = Change the message
mailing-who = For whom?
mailing-any = does not matter
mailing-persona = Persona
mailing-consent = Gave consent for
mailing-postcode = Postcode begins with
mailing-postcode-help = Such as 35 or 3511.
mailing-town = Town
mailing-count = Count
mailing-forecast = What is to be expected
mailing-goes = { $count ->
    [one] gets the message
   *[other] get the message
 }
mailing-of = Of { $count } in this group.
mailing-more = There are more customers than were counted; this is the least.
mailing-rules = Quiet hours, the message budget and what is held count only when the message goes.
mailing-send = Send to this group of { $count }
mailing-once = Nobody gets it twice, not even when you send again or two groups overlap.
mailing-nobody = Nobody is in this group.
mailing-begun = The message is on its way.
mailing-busy = The message is on its way already, or too many are at once. Try again in a moment.
mailing-under-way = { $begun } chosen, { $looked } looked at.
mailing-stop = Stop choosing
mailing-stopped = Stopped. Whoever was chosen already still gets the message.
