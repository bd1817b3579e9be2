# A journey of one's own: begin, edit, publish.
draft-new = New journey
draft-new-lede = Copy a reference journey and change it, or start empty. Nothing goes to { $customers } until you publish and switch it live.
draft-new-title = Title
draft-new-title-help = In the words of the { $customer }, such as “Reserving a book”. You can change it later.
draft-new-from = What do you start from?
draft-new-empty = Start empty
draft-new-empty-text = Five phases are ready: awareness, consideration, purchase, service and loyalty. You fill in the touchpoints.
draft-card = { $moments } touchpoints, { $messages } messages
draft-begin = Make the draft
draft-begin-effect = Next you see the table, with a list of what is still to do.

draft-tabs = Parts of the draft
draft-tab-table = Touchpoints
draft-tab-journey = The journey itself
draft-tab-text = Text
draft-tab-earlier = Earlier texts
draft-tab-live = Publish
draft-tab-versions = Versions
draft-tab-reach = Whom it reaches

draft-crumb = Draft of { $title }
draft-state-draft = draft, not published yet
draft-state-paused = version { $number } is paused
draft-state-proof = version { $number } runs as a trial, for colleagues only
draft-state-live = version { $number } is live: messages go to { $customers }
draft-saved-by = draft by { $who }, saved { $when }
draft-none-yet = there is no draft yet; your first change begins one from version { $number }
draft-someone = someone
draft-undo = Undo
draft-see-map = See the map
draft-go-live = Publish
draft-back = Back to the draft
draft-for-specialists = For specialists

draft-todo = To do
draft-todo-blocks = { $count ->
    [one] One thing still keeps this from being published.
   *[other] { $count } things still keep this from being published.
}
draft-todo-none-blocks = Nothing keeps this from being published
draft-todo-more = { $count ->
    [one] 1 more
   *[other] { $count } more
}
draft-todo-empty = Everything is filled in. You can publish the journey.
draft-todo-same = The draft equals the version that is live.
draft-place-message = To the message
draft-place-moment = To the touchpoint
draft-place-journey = Fill in
draft-place-table = To the table
draft-place-text = To the text
draft-unreadable = The text of this journey cannot be read, so there is no table here. Mend what is pointed out in the text.
draft-to-text = To the text

draft-moments = Touchpoints
draft-moments-how = Type in the table and save below. A button with an arrow saves everything at once.
draft-moments-of = Touchpoints in { $title }
draft-column-order = Order
draft-column-title = Touchpoint
draft-column-need = Need
draft-column-expected = Expected
draft-column-category = Kind
draft-column-who = Who
draft-column-from = Who starts
draft-column-by = On our side
draft-column-phase = Phase
draft-column-open = Open
draft-no-channel = no channel yet
draft-sent-by = sent by { $system }
draft-message-link = message “{ $name }”
draft-moment-of-truth = Moment of truth
draft-open-moment = Open
draft-row-open = { $count ->
    [one] 1 thing open
   *[other] { $count } things open
}
draft-remove = Remove
draft-moment-up = Move “{ $title }” up
draft-moment-down = Move “{ $title }” down
draft-new-moment-in = New touchpoint in { $title }
draft-new-moment-hint = I hear that …
draft-add-moment = Add touchpoint
draft-phase-title = Name of the phase
draft-phase-band = Part of the whole
draft-phase-up = Move the phase { $title } earlier
draft-phase-down = Move the phase { $title } later
draft-phase-remove = Remove the phase { $title }
draft-phase-empty = No touchpoint in this phase yet. Begin with what the { $customer } does here.
draft-new-phase = New phase
draft-new-phase-hint = Name of a phase
draft-add-phase = Add phase
draft-save-table = Save table
draft-save-effect = Saving changes the draft alone.
draft-messages = Messages
draft-messages-none = No messages yet. Choose “New message” at a touchpoint.
draft-message-unused = No touchpoint uses this message
draft-message-missing = still to be written
draft-message-done = ready

draft-away-journey = Delete this journey
draft-away-draft = Throw the draft away
draft-away-text-journey = The journey was never published. Everything here goes, the earlier texts too.
draft-away-text-draft = What is live stays as it is. The changes in this draft and its earlier texts go.

draft-saved = Saved.
draft-same = Nothing had changed.
draft-moved = Moved.
draft-moment-added = The touchpoint is added. Open it to choose channel and moment.
draft-moment-removed = The touchpoint is removed. “Undo” brings it back.
draft-phase-added = The phase is added.
draft-phase-removed = The phase is removed. “Undo” brings it back.
draft-phase-not-empty = There are still touchpoints in this phase. Move them to another phase first.
draft-new-title-missing = Type first what it is called.
draft-row-overtaken = Someone else changed “{ $title }” in the meantime. Your text is still here, but not saved. Copy what you want to keep and refresh the page.
draft-too-large = This text is too large. Make it shorter, or divide it.
draft-earlier-gone = That text is no longer there. Choose one from the list of earlier texts.
draft-taken-back = The earlier text is back. You can undo this too.
draft-from-version = Version { $number } is now in the draft. What is live changes only when you put the draft live.
draft-deleted = The draft is thrown away. What is live did not change.
draft-text-saved = Saved, mistakes and all.
draft-published = { $told ->
    [0] Version { $number } is live: messages go to { $customers }.
    [one] Version { $number } is live: messages go to { $customers }. One open journey goes on with it.
   *[other] Version { $number } is live: messages go to { $customers }. { $told } open journeys go on with it.
}
draft-journey-begun = The draft of “{ $title }” is made. Below is what is still to do.
draft-journey-deleted = “{ $title }” is deleted.
draft-journey-paused = The journey is paused. Nothing goes out any more.
draft-journey-resumed = The journey goes on. What stayed behind goes slowly now, what is too late does not.
draft-journey-live = The journey now reaches { $customers }.
draft-journey-proof = The journey now reaches listed colleagues only.
draft-not-saved = This is not saved yet. See the fields that are pointed out.
draft-overtaken = { $who } saved this { $when }, while you were typing
draft-overtaken-text = Below is what you typed; it is not saved yet. Saving once more replaces what stands there now:
draft-nothing-there = nothing

edit-what = What happens
edit-title = Title
edit-title-help = In the words of the { $customer }: “I am reminded”.
edit-phase = Phase
edit-channels = Channels
edit-channels-help = In order of preference. The { $customer }’s own preference goes first.
edit-channel = Channel { $number }
edit-channel-first = choose a channel
edit-channel-next = or else …
edit-customer = What the { $customer } needs and feels
edit-need-help = What does the { $customer } want to know or do here?
edit-quote = A quote
edit-quote-help = In the words of a { $customer }, without quotation marks.
edit-experience = Experience
edit-truth-help = It is decided here: what goes wrong now colours the whole journey.
edit-attention = Attention
edit-attention-none = not decided
edit-attention-help = Spare asks as little as it can of the { $customer }; grab wants to stand out.
edit-when = When it happens
edit-look = See what this comes to
edit-send = What goes out
edit-message = Message
edit-message-none = no message
edit-message-new = New message …
edit-class = Why
edit-class-none = choose
edit-class-help = Service belongs to what the { $customer } asked for. Marketing goes out with consent alone.
edit-urgent = Urgent
edit-quiet = In quiet hours
edit-quiet-hold = waits until they are over
edit-quiet-drop = does not go
edit-quiet-help = Does not count for what is urgent.
edit-urgent-help = Does not wait for the end of the quiet hours.
edit-sent-by = Sent by another system
edit-sent-by-help = Fill in its name when that system sends this itself; then we do not.
edit-seen = How we see that it happened
edit-seen-help = Choose the event from your system. Leave it empty when nobody tells; then it stands on the map only.
edit-more = More
edit-task = A task for a colleague
edit-task-team = Team
edit-task-none = no task
edit-task-title = What to do
edit-task-due = Done within
edit-task-done = The task is done by itself
edit-promise = A promise
edit-promise-help = What the { $customer } is told here about a time or date. We count whether it was kept.
edit-ask = A question about the experience
edit-ask-help = The question itself is written with the message. Here you choose the scale and what the answer is about.
edit-flow = What follows, and returns
edit-next-within = When within
edit-next-within-end = no next contact comes, the { $customer } dropped off here.
edit-back-to = Leads back to
edit-back-to-none = nowhere
edit-back-to-help = Draws a loop on the map and counts how often it is walked.
edit-people = Whom one can turn to and who works along
edit-human = Rather speak to a person (when it differs from the whole journey)
edit-backstage = Backstage
edit-system = System
edit-quality-part = Criteria and reasons
edit-quality = What it is judged by
edit-reasons = Reasons that a colleague may choose from
edit-rest = Variants, a group to compare with and costs are in the text.
edit-next = Next: { $title }
edit-saved = Saved in the draft.
edit-one-a-line = One a line.
edit-team = Team
edit-phone = Telephone

feel-none = not filled in
feel-narrow = From −2, very bad, to +2, very good; –: not filled in.
feel-2 = −2 very bad
feel-1 = −1 bad
feel0 = 0 neutral
feel1 = +1 good
feel2 = +2 very good
feel-expected = Expected
feel-assumed = Assumed
feel-asked = Asked
feel-desired = Desired
feel-help-expected = what we say one may expect
feel-help-assumed = what staff think
feel-help-asked = what came out of a talk or workshop
feel-help-desired = where we want to get

done-by-none = nobody
done-by-human = by a member of staff
done-by-automatic = automatically
done-by-bot = by a chatbot
starts-by-customer = the { $customer }
starts-by-us = we do
kind-message = Message
kind-interaction = Interaction
kind-product = Product
kind-setting = Setting
attention-spare = spare
attention-grab = grab
why-service = service
why-marketing = marketing
part-before = before
part-during = during
part-after = after

span-number = Number: { $what }
span-unit = Unit: { $what }
unit-m = minutes
unit-h = hours
unit-d = days
unit-wd = working days
unit-w = weeks
unit-now = at once

trigger-kind-none = Not by itself
trigger-kind-moment = At a moment before or after something
trigger-kind-events = As soon as something happens
trigger-kind-every = On a fixed day or time
trigger-kind-becomes = As soon as something turns true
trigger-none-lede = does not happen by itself
trigger-send = Send this
trigger-happens = This happens
trigger-by = how long before or after
trigger-side = Before or after
trigger-before = before
trigger-after = after
trigger-anchor = What it hangs on
trigger-choose = choose …
trigger-times = Times and dates
trigger-events = Events
trigger-at = , at
trigger-clock = Time of day, such as 10:00; empty is at the same time
trigger-hour = .
trigger-late = If that moment has passed:
trigger-day = On which day
trigger-event = Event
blank-anchor-before = Choose what this happens before, or name it in your words.
blank-anchor-after = Choose what this happens after, or name it in your words.
blank-number = Fill in a number, such as 2.
blank-no-number = ‘{ $typed }’ is no number. Fill in a number, such as 2.
blank-span = Fill in a length of time of at most two years, such as 2 days.
blank-event = Choose an event, or name one in your words.
blank-clock = Fill in a time, such as 10:00.
blank-becomes = Fill in what must become true.
trigger-usual = a usual event
trigger-own = An event of your own, in your words
trigger-own-placeholder = or in your words: a book is reserved
trigger-no-event = choose an event …
trigger-as-soon-as = As soon as
trigger-or = or as soon as
trigger-becomes = As soon as:
trigger-becomes-help = Once each time it turns true.
late-skip = do not send it
late-send = send it all the same
late-within = only when it is not too late:
every-day = every day
every-monday = every Monday
every-tuesday = every Tuesday
every-wednesday = every Wednesday
every-thursday = every Thursday
every-friday = every Friday
every-saturday = every Saturday
every-sunday = every Sunday
seen-event-only-if = { $event } only if
seen-event-late = May be late by
seen-event-other = An event that is not in the list
seen-event-other-help = Its name as the system sends it: object.action, such as hold.available.

only-label = Only if
only-always = Always
only-choices = Only if this is so
only-text = By a formula
only-if = Only if
only-and = and
only-subject = Fact
only-operator = Comparison
only-value = Value
only-happened = Happened before
only-happened-one = “{ $title }” happened
only-is-is = is
only-is-not = is not
only-is-more = is more than
only-is-less = is less than
only-is-from = is at least
only-is-until = is at most
only-is-true = is so
only-is-false = is not so
only-is-known = is known

outcome-person = For { $name } this will be { $moment } ({ $fact }: { $anchor }).
outcome-sample = For a sample this will be { $moment } ({ $fact }: { $anchor }).
outcome-if-now = If that happened now, this would be { $moment }.
outcome-next = The next time is { $moment }.
outcome-at-once = This goes at once, as soon as the event comes in.
outcome-turns = This goes when the condition turns true, once each time.
outcome-never = This does not come to a moment. Look the sentence over.
outcome-unfinished = The sentence is not finished yet.
outcome-quiet = When that falls in the quiet hours, the message waits until they are over.

promised-none = No promise
promised-window = We come between the start and the end of
promised-object = Object
promised-by = It is ready no later than
promised-fact = Date or time
promised-within = We answer within
promised-kept = The promise is kept
asking-number = Question { $number }
asking-name = Name of the question
asking-scale = Scale
asking-about = About
on-scale-mark = mark, 1 to 10
on-scale-csat = satisfaction, 1 to 5
on-scale-ces = ease, 1 to 7
on-scale-nps = recommendation, 0 to 10

whole-self = What it is
whole-title = Title
whole-owner = Owner
whole-owner-help = Who looks after this journey?
whole-address = Form of address
whole-address-house = as everywhere ({ $address })
whole-address-u = u (formal)
whole-address-je = je (informal)
whole-language = Language
whole-personas = For whom
whole-way = Begin, goal and end
whole-starts = The journey begins
whole-goal = The journey has succeeded
whole-goal-reached = As soon as
whole-goal-within = Counted from the start, within
whole-ends = The journey is over
whole-end = End { $number }
whole-end-event = As soon as
whole-end-after = or
whole-end-as = That counts as
whole-end-listen = then still listens for
ends-done = done
ends-left = left
ends-stopped = stopped by us
whole-human = Rather speak to a person
whole-human-help = Whom can a { $customer } turn to? Every automatic touchpoint needs this way out.
whole-facts = Facts from your systems
whole-facts-help = What the events tell, by object. Times and dates give moments; all of it can be used in messages.
whole-object = Object
whole-property = Property
whole-type = Kind
whole-names = What it is called
whole-names-help = This is how staff read it on every page. An event as a clause (the appointment is booked), a fact with its article (the status of the appointment), a value as it stands behind ‘is’ (not home).
whole-name = Name in the systems
whole-said = In words
fact-text = text
fact-number = number
fact-bool = yes or no
fact-date = date
fact-time = date and time
whole-run-per = One run per
whole-run-per-help = Such as repair.id: each repair is a journey of its own. Empty: one per { $customer }.
whole-again = When again
whole-again-help = never, after_end or a span such as 30d.
whole-parts = Parts
whole-parts-help = Objects that belong inside a run, with commas between.
whole-pin = Open journeys stay on their version
whole-pin-help = Otherwise they follow the newest version once it is live.

group-title = Title
group-phase = Phase
group-channel = Channels
group-category = Kind
group-from = Who starts
group-by = On our side
group-sent_by = Other system
group-class = Why
group-attention = Attention
group-need = Need
group-quote = Quote
group-quality = Criteria
group-reasons = Reasons
group-expected = Expected
group-assumed = Assumed
group-asked = Asked
group-desired = Desired
group-moment_of_truth = Moment of truth
group-quiet = Quiet hours
group-urgent = Urgent
group-backstage = Backstage
group-seen = How we see it
group-when = When
group-only_if = Only if
group-send = Message
group-task = Task
group-ask = Question
group-promise = Promise
group-next_within = What follows
group-back_to = Back to
group-human = Speak to a person
group-language = Language
group-owner = Owner
group-personas = For whom
group-address = Form of address
group-run_per = One run per
group-again = When again
group-parts = Parts
group-pin = Stays on its version
group-starts = Begin
group-goal = Goal
group-ends = End
group-facts = Facts
group-names = Names

write-subject = Subject
write-subject-where = e-mail, letter and card
write-body = Text
write-body-help = An empty line begins a paragraph; **bold** and - for a list are allowed.
write-insert = Insert
write-sms = Short text for sms
write-sms-help = Empty: the ordinary text is used.
write-whatsapp = Text for WhatsApp
write-template = Template for WhatsApp
write-template-help = Needed when the customer did not write for more than 24 hours. First line: the name that the template has at Meta. Each line after it fills the next open place.
write-question = Question “{ $name }”
write-address = This journey addresses people with { $address }.
write-look = Look
write-saved = The message is saved in the draft.
write-seen-as = Look as
write-as-sample = a sample
write-as-bare = someone of whom little is known
write-first = first choice
write-to = To
write-sms-size = { $parts ->
    [one] { $chars } characters, 1 message
   *[other] { $chars } characters, { $parts } messages
}
write-no-preview = Here you will see the message as the { $customer } gets it, by channel. Write a subject and a text first.
write-tone = Tone and form
write-faults = { $count ->
    [one] 1 thing
   *[other] { $count } things
}
write-all-well = The message can be made for every channel and addresses people as the journey does.
write-in-subject = in the subject
write-in-body = in the text
write-in-sms = in the sms
write-in-whatsapp = in WhatsApp
write-in-other = in the message
write-unreadable = The head of this message cannot be read, so the fields are empty.
write-other-language-nl = See the message in Dutch
write-other-language-en = See the message in English
write-new-language-nl = Write it in Dutch too
write-new-language-en = Write it in English too
chip-window = arrival window
chip-link = button: { $link }
chip-salutation = salutation
chip-organisation-name = our name
chip-human-phone = telephone
chip-human-team = team
chip-staff-first-name = first name of staff
chip-customer-first-name = first name
chip-customer-last-name = last name

source-files = Files
source-line = Line { $line }
source-nothing-found = Nothing is wrong with it.
source-saved-wrong = The text is saved even with mistakes in it; it cannot be published then.
source-theirs = What stands there now

earlier-text = With each change the text before it is kept, up to twenty back.
earlier-now = Now
earlier-revision = Text { $number }
earlier-back = Put back
earlier-none = Here the earlier texts will stand, once you change something.

publish-changes = What changes
publish-first = This will be the first version.
publish-same = The draft equals what is live.
publish-only-comments = Only comments or layout of the text.
publish-touches = Whom it touches
publish-touches-nobody = Nobody is on this journey yet.
publish-touches-open = { $count ->
    [0] Nobody is under way now.
    [one] One open journey goes on with the new version.
   *[other] { $count } open journeys go on with the new version.
}
publish-touches-pinned = { $count ->
    [0] Nobody is under way now.
    [one] One open journey stays on its own version.
   *[other] { $count } open journeys stay on their own version.
}
publish-touches-gone = “{ $title }” goes; { $count ->
    [0] nobody waits there.
    [one] one journey waits there now.
   *[other] { $count } journeys wait there now.
}
publish-touches-ending = { $count ->
    [one] For one run this is the end.
   *[other] For { $count } runs this is the end.
}
publish-touches-more = There are more open runs than were looked at here; the newest were counted.
publish-whom = Whom it touches, by touchpoint
publish-download = Download the list (CSV)
publish-column-moment = Touchpoint
publish-column-waiting = Waits here
publish-column-now = Goes on now
publish-column-leaving = Falls away
publish-reaches-customers = Messages go to { $customers }.
publish-reaches-staff = In proof: messages go to listed colleagues only.
publish-publish = Publish
publish-button = Publish this version
publish-note = What is new?
publish-note-help = For colleagues, in the list of versions.
publish-editors = Editors may do this.
publish-refused = Not published: something is still in the way, or the draft changed since you looked. Look at it again.
publish-misnamed = The text names another journey. Write { $id } behind journey again.

numbered-number = Version { $number }
numbered-live = live
numbered-old = not live
numbered-no-note = no note
numbered-none = Here the versions will stand. None was published yet.
numbered-to-draft = Put into the draft

reach-live = version { $number } is live: messages go to { $customers }
reach-proof = version { $number } runs as a trial, for colleagues only
reach-paused = paused: nothing goes out
reach-none = This journey was never published, so it reaches nobody.
reach-touches = What it touches
reach-open = { $count ->
    [0] Nobody is under way now.
    [one] One journey is under way.
   *[other] { $count } journeys are under way.
}
reach-open-proof = What is due for them goes out once the journey reaches { $customers }; what has passed does not.
reach-open-live = They get messages as the journey says.
reach-sender-tested = The sender for { $channel } was tested.
reach-sender-untested = The sender for { $channel } was not tested yet: nothing goes out.
reach-sender-none = There is no sender for { $channel } yet: nothing goes out.
reach-staff = { $count ->
    [0] No colleague is on the list for { $channel }.
    [one] One colleague is on the list for { $channel }.
   *[other] { $count } colleagues are on the list for { $channel }.
}
reach-to-sender = To the sender
reach-sends-nothing = This journey sends no messages itself.
reach-whom = To whom
reach-text-proof = Messages now go to listed colleagues only. So you see what { $customers } would get.
reach-text-live = Messages now go to { $customers }. Back to proof keeps new messages from them; what was sent stays sent.
reach-untested = { $count ->
    [one] One channel has no tested sender yet; nothing goes out by it.
   *[other] { $count } channels have no tested sender yet; nothing goes out by them.
}
reach-to-live = Let the journey reach { $customers }
reach-to-proof = Back to proof
reach-owners = An owner decides whom the journey reaches, since a message cannot be taken back.
reach-pause = Pause
reach-pause-off = During a pause nothing goes out. What comes in is still kept.
reach-pause-on = The journey stands still. When it goes on, what stayed behind goes slowly; what is too late by then does not.
reach-pause-button-off = Pause
reach-pause-button-on = Go on
outcome-quiet-drop = If that falls in quiet hours, the message does not go.
