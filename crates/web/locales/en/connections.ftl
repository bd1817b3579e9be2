source-lede = From these systems klantreis hears what happens.
source-list = Sources
source-bars = A bar per day, the last 14 days.
source-bars-label = Last { $days } days: { $received } received, { $refused } refused
source-bar = { $received } received, { $refused } refused
source-name = Name
source-name-help = The system that the events come from, for example Planning.
source-days = Last 14 days
source-received = Received
source-refused = Refused
source-duplicate = Duplicate
source-last = Last received
source-since = Made on
source-never = never yet
source-works = receiving
source-waiting = waits for the first event
source-silent = silent since { $since }
source-usual-gap = Usually something comes in every { $gap }.
source-empty = No sources yet. As soon as a system sends events, you see here how many, and what was wrong with them.
source-empty-ask = An owner can add one.
source-first = Add the first source
source-new = New source
source-new-lede = You get a key and an example for the supplier of that system.
source-make = Make the source
source-remark-name = Give the source a name of at most 100 characters, with at least one letter or digit.
source-remark-exists = There is a source with this name already.
source-renamed = The name was changed.
source-rename = Change the name
source-new-key = New key
source-key = Write key
source-key-once = This is the only time you see this key. Give it to the supplier now.
source-key-here = YOUR_KEY
source-keys = { $count ->
    [0] none valid
    [one] 1 valid
   *[other] { $count } valid
}
source-how = How a system sends events
source-how-text = This call works as it stands here. Segment's libraries work too, with another address.
source-in = Come in

quarantine-title = Not processed
quarantine-lede = These events arrived, but cannot be used yet. The rest of their delivery was processed.
quarantine-events = Events
quarantine-see = See all
quarantine-all = Of all sources
quarantine-some = { $count ->
    [one] One event is kept with the reason why it could not be used.
   *[other] { $count } events are kept with the reason why they could not be used.
}
quarantine-none = Everything that came in was processed.
quarantine-none-how = What cannot be read comes here, with the reason and what to do about it. Nothing is lost.
quarantine-raw = As it came in
quarantine-again = Offer again
quarantine-discard = Throw away
quarantine-discarded = The event was thrown away.
quarantine-taken-again = The event was offered again.
quarantine-still-unusable = The event still cannot be read. Let the supplier send it again, corrected.
