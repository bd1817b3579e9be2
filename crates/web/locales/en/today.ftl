today-tasks = { $count ->
    [0] No open tasks.
    [one] One open task.
   *[other] { $count } open tasks.
}
today-overdue = { $count ->
    [one] One is overdue.
   *[other] { $count } are overdue.
}
today-held = { $count ->
    [one] One message did not go.
   *[other] { $count } messages did not go.
}
today-silent = { $count ->
    [one] One connection is silent.
   *[other] { $count } connections are silent.
}
today-start = Start a journey for a { $customer }
today-team-tasks = Tasks of { $team }
today-all-tasks = Tasks of all teams
today-team = Team
today-every-team = all teams ({ $count })
today-show = Show
today-attention = Attention
today-all-well = All is well: no stuck messages, no silent connection, nothing in quarantine.
today-stuck-failed = { $count ->
    [one] 1 message did not arrive
   *[other] { $count } messages did not arrive
}
today-stuck-unknown = { $count ->
    [one] 1 message is unsure
   *[other] { $count } messages are unsure
}
today-stuck-refused = { $count ->
    [one] 1 message was held back
   *[other] { $count } messages were held back
}
today-look = Look at them
today-source-trouble = Fetching { $name } fails
today-source-silent = { $name } has been silent since { $since }
today-endpoint-trouble = Delivering to { $name } fails
today-endpoint-stopped = { $name } is told nothing any more
today-look-endpoint = Look at the webhook
today-look-source = Look at the connection
today-quarantine = { $count ->
    [one] 1 event in quarantine
   *[other] { $count } events in quarantine
}
today-look-quarantine = See why

task-no-due = no time
task-late = { $span } overdue
task-before = before { $time }
task-due = due { $moment }
task-finish = Finish
task-more = Show the other { $count } too
task-empty = No open tasks.
task-empty-how = A journey makes a task here when a member of staff is to act.
task-channel = How did you meet the { $customer }?
task-channel-none = no contact with the { $customer }
task-outcome = What came of it?
task-outcome-help = In a few words, such as: new appointment made.
task-reason = Reason
task-reason-none = no reason
task-note = Note
task-note-help = For colleagues only. May stay empty.
task-remark-note = Keep the note under 2,000 characters.
task-closed = This task is done or was withdrawn.
task-script = What you can say
task-script-unmade = The text of this task cannot be made.
task-about = What it is about
task-who = Who it is about
task-made-at = made { $moment }
task-moment = Touchpoint
task-need = What the { $customer } needs
task-at-once = right now
task-open-since = open for { $span }
task-call = Call { $name }
task-go-to = Address to go to
task-no-address = not known yet; ask for it
task-finish-head = What did you do?
task-later = Not done yet: back to the list
task-no-longer-open = This task was done or withdrawn already.
task-finished = Finished: { $title }.
today-halt = Messages are held back: { $title }
today-halt-until = Until { $until } at most.
today-look-halt = Look or release

thread-title = Conversation
thread-whole = see the whole message
thread-machine = automatic answer
thread-answer = Answer
thread-text = Your answer
thread-text-help = Goes as { $channel } to { $to }, in the same conversation.
thread-task-help = The task is then done.
thread-complaint-help = The complaint stays open until you finish it below.
thread-send = Send
thread-send-anyway = Send it like this
thread-heard = This sounds different from what you agreed
thread-cannot-go = No sender for { $channel } was tested yet: an answer cannot go now. Ask the administrator, or call.
thread-otherwise = Dealt with otherwise?
thread-remark-empty = Type your answer first.
thread-remark-long = Keep the answer under { $most } characters.
thread-answered = Your answer is on its way.
thread-call = Call back: { $number }
thread-closed = Nothing is written to { $to } any more: the address is on the list Do not contact. Find the right address first, then finish the task.
