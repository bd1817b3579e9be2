customer-unknown = unknown { $customer }

drawing-below = { $mark }, where { $expected } was expected
drawing-low = { $percent }% give a 5 or lower
drawing-high = { $percent }% give a 9 or higher
drawing-mostly = mostly { $reason }
drawing-left = { $percent }% of who had this stop: { $reason }

journey-list = All journeys
journey-list-window = Last 90 days. The line is the measured experience from beginning to end.
journey-list-empty = Your journeys will stand here, with what { $customers } think of them and how many are under way.
journey-list-empty-how = Ask an editor to copy a reference journey or to start empty.
journey-new = New journey
journey-edit = Edit
journey-play = Live the journey
journey-one = Journey
journey-experience = Experience
journey-open = Under way
journey-goal = Goal reached
journey-worst = Worst pain
journey-pain-mark = mark { $mark } ({ $count ->
    [one] 1 answer
   *[other] { $count } answers
})
journey-no-pain = No pain
journey-pain-unknown = Too early to say
journey-pain-from = from 10 answers per touchpoint
journey-not-run = not live yet
journey-too-few = too few answers yet (n = { $count })
journey-of = of { $count }
journey-of-runs = of { $count ->
    [one] 1 run
   *[other] { $count } runs
}
journey-share-of = { $share } of { $count }
journey-margin = margin { $margin }
journey-found-pain = pain
journey-found-peak = peak
journey-needed = { $count ->
    [one] 1 more answer needed
   *[other] { $count } more answers needed
}
journey-few = few answers
journey-spark = Measured experience of { $title }, from beginning to end
journey-reason-unknown = reason unknown
journey-unreadable = The draft of this journey has mistakes in its text and cannot be drawn. Open the draft and mend what is pointed out there.

journey-state-draft = draft, not live yet
journey-state-live = live, version { $number }
journey-state-live-since = version { $number } live since { $date }
journey-state-proof = proof, to colleagues only
journey-state-proof-version = version { $number } runs as a trial, for colleagues only
journey-state-paused = paused
journey-state-paused-version = version { $number }, paused
journey-state-old = version { $number }, no longer live
journey-state-has-draft = there is a draft

journey-views = View
journey-map = Map
journey-flow = Flow
journey-table = Table
journey-figures = Figures
journey-for = current journey, persona { $persona }
journey-print = Print
journey-runs = { $count ->
    [one] 1 run
   *[other] { $count } runs
}
journey-narrowed = a part
journey-days = { $days } days
journey-ever = everything
journey-widen = Everything
journey-from = From
journey-until = Up to and including
journey-persona = Persona
journey-version = Version
journey-channel = With a contact by
journey-all = all
journey-show = Show
journey-back-to-map = Back to the map

journey-empty-draft = This is a draft. The map shows what you described; once the journey is live, what { $customers } really go through is added.
journey-empty-map = No { $customer } started this journey in this window. The map shows what was described; measured experience and flow will appear by themselves.
journey-empty-figures = The figures will stand here. In { $window } no { $customer } started this journey. See whether the connections deliver anything, or choose another window.
journey-empty-connections = See the connections
journey-choose-moment = Choose a touchpoint on the map to see when it happens, who was there and what they thought of it.
journey-down-mark = mark { $mark }
journey-times = { $count ->
    [one] 1 run
   *[other] { $count } runs
}
journey-times-nameless = { $count } times, without a name
journey-path-of = The journey of { $name }.
journey-path-steps = { $count ->
    [one] 1 contact
   *[other] { $count } contacts
} since { $started }.
journey-path-open = Still under way.
journey-path-ended-done = Finished { $when }.
journey-path-ended-left = Left { $when }.
journey-path-ended-stopped = Stopped { $when }.
journey-path-ended-dropped = Dropped off { $when }.
journey-path-unknown = { $count ->
    [one] 1 contact is not in this version any more.
   *[other] { $count } contacts are not in this version any more.
}
journey-path-customer = The whole story
journey-path-close = Show all { $customers } again
journey-path-visits = visit { $visits }

journey-print-title = Printing
journey-print-how = Each sheet becomes exactly one A3 landscape. Choose Print in your browser, and there a printer or Save as PDF; the map is sharp at any size.
journey-print-file = Sheet { $number } as a drawing (svg)
journey-print-sheet = Map of { $title }, sheet { $number } of { $of }

moment-place = Touchpoint { $number } of { $of }, phase { $phase }
moment-decisive = moment of truth
moment-when = When
moment-happens = This happens { $when }.
moment-seen = How we see it
moment-sent-by = Sent by { $system }, never by us.
moment-recognised = Recognised { $when }.
moment-nameless = Counted without a name: { $count } times.
moment-message = Message
moment-by-channels = by { $channels }
moment-or-else = , else by{ " " }
moment-task = Task
moment-task-for = for { $team }
moment-need = Need
moment-no-need = not described yet
moment-no-need-here = need not described yet
moment-quote = “{ $quote }”
moment-customers = { CAPITAL($customers) }
moment-count-geweest = { $count } had this contact
moment-count-hier = { $count ->
    [one] 1 waits here now
   *[other] { $count } wait here now
}
moment-count-afgehaakt = { $count } dropped off
moment-count-vaker = { $count } had it more than once
moment-time = Median time since the contact before: { $time } (n { $count })
moment-others = Other touchpoints
moment-before = Previous
moment-after = Next
moment-edit = Edit this touchpoint
moment-close = Close

kind-expected = expected
kind-assumed = assumed
kind-asked = asked
kind-measured = measured
kind-desired = desired

flow-title = What followed what
flow-reads = Thickness = count, with the median time between. On the left it goes back.
flow-label = Flow of { $title }: touchpoints below each other, with lines to what followed. The table says the same.
flow-table = Per touchpoint what came next
flow-after = After this touchpoint
flow-next = came, with the median time
flow-back = (back)
flow-nothing = nothing more
flow-left-out = { $count ->
    [one] 1 transition stands in the table alone.
   *[other] { $count } transitions stand in the table alone.
}
flow-beyond = { $count ->
    [one] And 1 more transition that was rare.
   *[other] And { $count } more transitions that were rare.
}
flow-paths = Paths taken most
flow-distinct = { $count ->
    [one] 1 path in all
   *[other] { $count } different paths in all
}
flow-more = and { $count } more
flow-paths-read = Each number is a touchpoint, as in the flow. Orange: the { $customer } starts; blue: we start; filled: for the second time or more.

table-file = Take along (csv)
table-empty = Touchpoints will stand here. This journey has none yet.
table-reads = Experience from −2 to +2. Measured with its 95% margin and the number of answers; under 5 answers the figure stays hidden. Click the head of a column to sort.

journey-column-number = No.
journey-column-phase = Phase
journey-column-title = Touchpoint
journey-column-channel = Channel
journey-column-category = Kind
journey-column-need = Need
journey-column-expected = Expected
journey-column-assumed = Assumed
journey-column-asked = Asked
journey-column-measured = Measured
journey-column-answers = Answers
journey-column-desired = Desired
journey-column-runs = Runs
journey-column-reach = Reach
journey-column-left = Number dropped off
journey-column-decided = Drop-off of
journey-column-dropoff = Drop-off

journey-who-started = Started in this window
journey-who-open = Still under way
journey-who-done = Came to the end
journey-who-dropped = Did not come back in time
journey-who-went = Left by themselves
journey-who-stopped = Stopped by us
journey-who-goal = Reached the goal
journey-who-no-goal = Did not reach the goal (yet)
journey-who-had = Had “{ $title }”
journey-who-again = Had “{ $title }” more than once
journey-who-here = Wait after “{ $title }”
journey-who-looped = Went from “{ $title }” back to “{ $back }”
journey-who-left = Dropped off after “{ $title }”
journey-who-left-because = Dropped off after “{ $title }”: { $reason }
journey-who-left-anywhere = Dropped off
journey-who-funnel = Came to “{ $title }” in “{ $funnel }”
journey-who-funnel-open = May still go beyond “{ $title }” in “{ $funnel }”
journey-who-funnel-lost = Went no further than “{ $title }” in “{ $funnel }”

members-customer = { CAPITAL($customer) }
members-started = Started
members-see = See
members-path = On the map
members-path-of = The journey of { $name } on the map
members-page = The whole story
members-page-of = The whole story of { $name }
members-none = There is nobody in this choice. Choose another window, or go back to the map.

figures-totals = In all
figures-experience = Experience per touchpoint
figures-experience-reads = Dot: mean, line: 95% margin, dashed: expected.
figures-experience-none = No answers yet. Let a touchpoint ask what { $customers } thought of it.
figures-scale = from 2 to 10, middle 6
figures-mark = Mark
figures-high = 9 or higher
figures-low = 5 or lower
figures-left = Drop-off
figures-left-reads = Who still waits here does not count.
figures-left-after = After
figures-left-share = Drop-off
figures-left-why = Why
figures-left-open = Still waiting here
figures-left-none = Nobody went away before the end.
figures-of = about
figures-waits = Median time since the contact before
figures-waits-reads = Length on a logarithmic scale.
figures-waits-none = No two contacts after each other yet.
figures-rails = Online beside offline
figures-online = Online
figures-offline = Offline
figures-contacts = { $count ->
    [one] 1 contact
   *[other] { $count } contacts
}
figures-rails-none = No touchpoint was used both online and offline.
figures-told = Promises, messages and answers
figures-kept = Promise kept
figures-delivered = Delivered
figures-read = Opened
figures-response = Answered

fate-dropped = went silent
fate-left = left
fate-stopped = stopped by us
fate-went_on = went on
fate-open = still under way
fate-done = finished

funnel-step = Step
funnel-bar = Of those who began
funnel-runs = Came here
funnel-step-share = Of the step before
funnel-open = Still under way
funnel-lost = Not further
funnel-since = Median time
funnel-order-loose = in this order, with other contacts between
funnel-order-strict = in this order, directly after each other
funnel-order-any = in any order
funnel-within = within { $span }
funnel-legend-on = went on
funnel-legend-open = still under way
funnel-legend-lost = went no further

term-category-message = Message
term-category-interaction = Interaction
term-category-product = Product
term-category-setting = Setting
term-by-human = by a person
term-by-automatic = automatic
term-by-bot = by a chatbot
term-attention-spare = spares attention
term-attention-grab = grabs attention
term-channel-email = e-mail
term-channel-sms = sms
term-channel-whatsapp = WhatsApp
term-channel-push = push message
term-channel-web = website
term-channel-app = app
term-channel-chat = chat
term-channel-search = search engine
term-channel-social = social media
term-channel-ad = advertisement
term-channel-review = review
term-channel-phone = telephone
term-channel-desk = desk
term-channel-visit = visit at home
term-channel-post = post
term-channel-card = card
term-channel-print = print
term-channel-event = gathering
term-channel-product = product
term-channel-word-of-mouth = word of mouth

name-runs-started = Started
name-runs-open = Still under way
name-runs-dropped = Went silent
name-runs-done = Finished
name-runs-left = Left
name-runs-stopped = Stopped by us
name-goal-share = Goal reached
name-goal-within = Goal reached in time
name-goal-open = May still reach the goal
name-answers-contacts = Contacts with a score
name-journey-mean = Mean mark
name-journey-peak-end = Peak and end
name-journey-end = Last score
name-journey-nps = Recommend (NPS)
name-touchpoint-nps = Recommend (NPS)
means-runs-started = runs that started in this window
means-runs-open = neither ended nor gone silent
means-runs-dropped = nothing came within the time the touchpoint gives
means-runs-done = came to the end
means-runs-left = went away themselves
means-runs-stopped = ended by us
means-goal-share = of all runs that started, whenever
means-goal-within = within the goal’s time, of the runs for which that is settled
means-goal-open = still under way, and the time is not over
means-answers-contacts = with at least one answer
means-journey-mean = mean of the touchpoints with 10 answers or more, each alike
means-journey-peak-end = mean of the most extreme and the last touchpoint
means-journey-end = the last touchpoint with 10 answers or more; shown from 30
means-journey-nps = percent that gives a 9 or 10 minus percent that gives a 0 to 6, one answer per run
means-touchpoint-nps = NPS: percent that gives a 9 or 10 minus percent that gives a 0 to 6, from −100 to +100, with a margin of 95%.
means-experience-mean = Mark: the mean score of this touchpoint, as a school mark. The answers of one run count as one group.
means-reach-share = Reach: runs that had this touchpoint, of all runs that began.
means-exit-share = Drop-off: runs that went silent, left or were stopped by us after this touchpoint, of all runs that had it and do not still wait there.
means-exit-reason = The reasons add up to that share.
means-time-since-previous = Half was faster, half slower; with a 95% margin from 6 values.
means-rail-mean = Mark of the contacts by each kind of channel. A difference is worth comparing from 30 answers on both sides.
means-promise-kept = Kept: of the promises that were kept or broken.
means-message-read = Opened is a lower bound: many mail programs do not tell. A dash: the carrier does not report it.
means-funnel-step-share = Of the step before: of those who came there and do not still wait. Who is still under way does not count as lost.
means-follows-median = How often the one directly followed the other in the same run, and the median time between.
