# Rehearsing: what the draft would do, before anybody gets anything.
draft-tab-rehearse = Rehearse
draft-rehearse = Rehearse
publish-rehearse = Not sure what this version does?
rehearse-lede = See what this draft would do before you publish it. Nothing goes to { $customers } and nothing changes in your data.
rehearse-empty = You have not rehearsed this draft yet. There are two ways:
rehearse-empty-recorded = With what really happened: the past days once more, with the { $customers } and their consent as they were then.
rehearse-empty-simulated = With simulated { $customers }: so you see how busy a journey gets that does not exist yet.
rehearse-empty-first = You see how many messages go each day, when colleagues get tasks, what falls in quiet hours and who gets too much.
rehearse-empty-live = You see how many messages go each day, when colleagues get tasks, what falls in quiet hours, who gets too much, and what differs from what is live now.
rehearse-forms = Rehearse
rehearse-no-start = Nothing begins this journey yet. Fill in at The journey itself which event begins it.
rehearse-recorded = With what happened
rehearse-recorded-days = How many days back
rehearse-recorded-help = 1 to { $max } days. Of more than { $customers_max } { $customers } the same part is taken every time.
rehearse-recorded-button = Rehearse with what happened
rehearse-simulated = With simulated { $customers }
rehearse-simulated-button = Rehearse with simulated { $customers }
rehearse-customers = How many { $customers }
rehearse-customers-help = 1 to { $max }.
rehearse-days = In how many days they come
rehearse-days-help = 1 to { $max } days. The clock goes on for { $after } days after that.
rehearse-written = How they behave is in simulate.yaml of this journey.
rehearse-habits = What they do
rehearse-habits-measured = { $count ->
    [one] Filled in with what was recorded of 1 { $customer }. Change it as you like.
   *[other] Filled in with what was recorded of { $count } { $customers }. Change it as you like.
}
rehearse-habits-assumed = Too little was recorded yet; this is an assumption. Change what you know better.
rehearse-habits-first = It begins with: { $what }. Then:
rehearse-share = Share of the { $customers }, in percent: { $what }
rehearse-share-after = % after
rehearse-after = How long after the beginning: { $what }
rehearse-reach = Of how many percent we know
rehearse-reach-email = e-mail address
rehearse-reach-mobile = mobile number
rehearse-reach-consent = consent
rehearse-seed = Seed
rehearse-seed-help = The same number gives the same { $customers } doing the same.
rehearse-remark-number = Fill in a whole number from 1 to { $max }.
rehearse-remark-seed = Fill in a whole number.
rehearse-remark-share = A share lies between 0 and 100 percent.
rehearse-remark-after = How long something takes is a whole number.
rehearse-busy = Your organisation is rehearsing already. Wait until that is done, or stop it.
rehearse-full = Others are rehearsing at this moment. Try again in a few minutes.
rehearse-elsewhere = Another journey is being rehearsed:
rehearse-going = The rehearsal
rehearse-begins = The rehearsal begins.
rehearse-looking = { $done } { $customers } found; still looking.
rehearse-living = { $done } of { $all } { $customers } lived through.
rehearse-left = About { $span } left.
rehearse-look-again = Look again
rehearse-stop = Stop
rehearse-stop-effect = What was lived through so far is thrown away.
rehearse-stopping = The rehearsal stops.
rehearse-called-off = The rehearsal was stopped. Nothing of it was kept.
rehearse-failed = The rehearsal did not succeed. Try again; if it fails again, ask your administrator to look into the server's log.
rehearse-look = What to look at
rehearse-was-recorded = { $days ->
    [one] The past day ({ $from } to { $until }): { $count } { $customers } concerned.
   *[other] The past { $days } days ({ $from } to { $until }): { $count } { $customers } concerned.
}
rehearse-was-simulated = { $asked } simulated { $customers } who come within { $days } days from { $from }, with seed { $seed }.
rehearse-nothing-to-see = Nothing stood out.
rehearse-beside-live = Beside the version that is live.
rehearse-without-live = Nothing is live yet to compare with.
rehearse-made = Made: { $when }.
rehearse-older = This is of an older draft: it has changed since. Rehearse again.
rehearse-other-live = Another version was published since. Rehearse again.
rehearse-sampled = There were { $of } to choose from; a fixed part of them was taken.
rehearse-cut = { $count ->
    [one] Of 1 { $customer } the oldest or the last was left out: too much happened.
   *[other] Of { $count } { $customers } the oldest or the last was left out: too much happened.
}
rehearse-per-day = Messages per day
rehearse-legend-live = Live now
rehearse-bars-label = Messages per day, { $days } days, { $messages } together, { $most } at most on one day
rehearse-messages = { $count ->
    [one] 1 message
   *[other] { $count } messages
}
rehearse-live-count = live now { $count }
rehearse-most = { $count } at most on one day
rehearse-as-table = As a table
rehearse-day = Day
rehearse-no-messages = Not a single message went.
rehearse-tasks = Tasks per hour of the week
rehearse-tasks-how = the most that came in within that hour of any week
rehearse-hour = Hour
rehearse-no-tasks = Colleagues got no tasks.
rehearse-team = Team
rehearse-team-tasks = Tasks
rehearse-team-most = Most in an hour
rehearse-team-when = When that was
rehearse-at = { $day }, { $hour }:00
rehearse-runs = { $count ->
    [one] begun 1 time, { $done } done, { $left } left
   *[other] begun { $count } times, { $done } done, { $left } left
}
rehearse-asked = Came up
rehearse-sent = Sent
rehearse-held = Quiet hours
rehearse-refused = Not sent
rehearse-differs = Unlike live now
rehearse-is-gone = only in the version that is live
rehearse-row-tasks = { $count ->
    [one] 1 task
   *[other] { $count } tasks
}
rehearse-held-until = { $count } waited, mostly until { $time }
rehearse-waiting = { $count } still wait
rehearse-withdrawn = { $count } withdrawn
rehearse-differs-none = the same
rehearse-differs-new = { $count } more
rehearse-differs-gone = { $count } fewer
rehearse-differs-channel = { $count } by another channel
rehearse-differs-time = { $count } at another moment
rehearse-differs-text = { $count } with another text
rehearse-differs-tasks-new = { $count ->
    [one] 1 task more
   *[other] { $count } tasks more
}
rehearse-differs-tasks-gone = { $count ->
    [one] 1 task fewer
   *[other] { $count } tasks fewer
}
rehearse-who = Who gets something else
rehearse-rows-cut = There are more than a list shows; a fixed part of them is on it.
rehearse-group-new = { $count ->
    [one] Would get this and does not get it now (1)
   *[other] Would get this and do not get it now ({ $count })
}
rehearse-group-gone = { $count ->
    [one] Would no longer get this (1)
   *[other] Would no longer get this ({ $count })
}
rehearse-group-channel = By another channel ({ $count })
rehearse-group-time = At another moment ({ $count })
rehearse-group-text = With another text ({ $count })
rehearse-kind-new = more
rehearse-kind-gone = falls away
rehearse-kind-channel = other channel
rehearse-kind-time = other moment
rehearse-kind-text = other text
rehearse-column-id = Id
rehearse-column-who = Who
rehearse-column-journey = Journey
rehearse-column-moment = Touchpoint
rehearse-column-differs = Difference
rehearse-column-draft = With the draft
rehearse-column-draft-channel = Channel with the draft
rehearse-column-live = Live now
rehearse-column-live-channel = Channel live now
rehearse-column-why = Why not
rehearse-not-asked = did not come up
rehearse-more = { $count ->
    [one] 1 more; the whole list is in the file.
   *[other] { $count } more; the whole list is in the file.
}
rehearse-simulated-one = simulated { $customer } { $number }
rehearse-gone = no longer known
rehearse-unknown = What a rehearsal cannot know
rehearse-unknown-reaction = What { $customers } would have done differently because of another message. They do what they did; nobody answers a question that is new, and a new task stays open.
rehearse-unknown-carried = Whether a message arrives. Every message counts as delivered; how fast a sender may send and what staff hold back are left out.
rehearse-unknown-others = What other journeys would do if they changed too. They run along as they are live now and share the message budget.
rehearse-unknown-simulated = What your { $customers } are really like. Simulated { $customers } are a rough estimate of load and order, not a forecast.
rehearse-unknown-past = What was never recorded, or is gone by its retention. Who was known apart then and is one now counts as one.
audited-draft-rehearsed = rehearsed
audited-draft-rehearsal-stopped = stopped the rehearsal of
