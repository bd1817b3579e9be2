# Holding messages back.
halt-title = Hold messages back
halt-lede = After a storm, a fire or a mistake you hold messages back: for an area, a building, a day or a journey. You can send { $customers } one notice instead.
halt-new = Hold messages back now
halt-new-lede = First you see how many messages it touches. Nothing happens until you hold them back.
halt-standing = Held back now
halt-past = Before
halt-none = Nothing is held back now.
halt-none-how = Everything goes as the journeys say.
halt-editors = An editor can hold messages back.
halt-from-until = From { $since } until { $until }.
halt-afterwards-yes = Afterwards they still go, if they are still right.
halt-afterwards-no = Afterwards they do not go.
halt-holds = { $more ->
    [ja] Holds back at least { $count } messages.
   *[nee] { $count ->
        [0] Holds back nothing now.
        [one] Holds back 1 message.
       *[other] Holds back { $count } messages.
    }
}
halt-kept = { $more ->
    [ja] Kept at least { $count } messages from going.
   *[nee] { $count ->
        [0] Kept nothing from going yet.
        [one] Kept 1 message from going.
       *[other] Kept { $count } messages from going.
    }
}
halt-would-hold = { $more ->
    [ja] At least { $count } messages that wait now fall under it.
   *[nee] { $count ->
        [0] No message that waits now falls under it.
        [one] 1 message that waits now falls under it.
       *[other] { $count } messages that wait now fall under it.
    }
}
halt-customers = { $count ->
    [one] For 1 { $customer }.
   *[other] For { $count } { $customers }.
}
halt-and-later = Until { $until } comes what the journeys still ask for.
halt-notice-of = Notice “{ $subject }”:
halt-notice-sent = { $count ->
    [0] not sent yet
    [one] sent once
   *[other] sent { $count } times
}
halt-release = Release now
halt-change = Change
halt-change-title = Change: { $title }
halt-change-lede = You can change the end, the area and the journeys. What no longer falls under it then still goes, if it is still right and in time.
halt-change-make = Change this
halt-changed = Changed: { $title }.
halt-notice-stays = “{ $subject }” stays as it is: whoever got it already got this text.
halt-notice-none = No notice goes. A new notice belongs to a new hold.
halt-made = Messages are held back: { $title }.
halt-ended = Released: { $title }.
halt-ended-goes = Released: { $title }. What is still right and in time goes now.
halt-name = Why
halt-name-help = As you call it, for instance Storm on Friday. { CAPITAL($customers) } do not see this.
halt-which = Which messages
halt-which-help = Fill in what applies; a message must fit all that you fill in. Fill in nothing, and all messages are held back.
halt-postcodes = Postcodes
halt-postcodes-help = Whole postcodes or how they begin, with commas: 3511, 3512AB.
halt-building = Building
halt-building-help = Street and number: Merelstraat 24. All doors of that number belong to it.
halt-day = Appointment on this day
halt-day-help = Messages that are about this day, such as a reminder.
halt-journeys = Of these journeys only
halt-until = Until when
halt-until-help = At most 31 days. You can always release it sooner.
halt-afterwards = And then
halt-afterwards-goes = They still go, if they are still right and in time
halt-afterwards-stays = They do not go
halt-notice = Notice
halt-tell = Send one notice instead
halt-tell-help = Who does not get a message gets this one: once, however many are held back. It goes in quiet hours too.
halt-text = Text
halt-text-help = Begins with the salutation. Name only what is so for everybody.
halt-touches = What this touches
halt-look-first = First look at what this touches.
halt-look = Look at what this touches
halt-look-again = Look again
halt-make = Hold these messages back
halt-of-all = all messages of all journeys
halt-of-journeys = of { $journeys }
halt-of-area = postcodes { $postcodes }
halt-of-building = { $building }
halt-of-day = about { $day }
halt-remark-title = Give it a name of at most 80 characters.
halt-remark-until = Choose a moment that is still to come, at most 31 days ahead.
halt-remark-postcodes = Write postcodes or how they begin, with commas: 3511, 3512AB.
halt-remark-postcodes-many = Name at most { $most } postcodes. A beginning, such as 35, counts for a whole area.
halt-remark-building = Keep street and number under 120 characters.
halt-remark-day = Choose a day from today on, at most a year ahead.
halt-remark-subject = Give the notice a subject of at most 120 characters.
halt-remark-text = Write what { $customers } need to know.
halt-remark-text-long = Keep the text under { $most } characters.
halt-remark-notice = The notice cannot go like this. { $fault }
halt-remark-many = Messages are held back { $most } times already. Release another first.
