message-states = State
message-state = State
message-state-all = All
message-state-ready = ready
message-state-sending = on its way
message-state-sent = sent
message-state-held = waits
message-state-refused = held back
message-state-failed = did not arrive
message-state-unknown = unsure
message-state-withdrawn = withdrawn
message-journey = Journey
message-every-journey = all journeys
message-moment = Touchpoint
message-every-moment = all touchpoints
message-channel = Channel
message-every-channel = all channels
message-filter = Show
message-time = Time
message-empty = No messages in this selection.
message-empty-how = A journey that is live makes messages here. Choose another state or journey.
message-all = All messages
message-none-yet = No messages yet.
message-none-yet-how = A live journey makes them. You see each message here as the { $customer } gets it, and why a message did not go.
message-reasons = Reasons
message-count = { $count ->
    [one] 1 message
   *[other] { $count } messages
}
message-subject = Subject
message-frame = The message { $subject }
message-decided = decided { $moment }
message-again = Send again
message-again-failed = Goes once more, by the same channel.
message-again-unknown = Perhaps it arrived: then it is received twice.
message-again-done = The message goes again.
message-not-again = This message stands differently by now. Look at its page.
message-went = as it went
message-would = as it would go
message-sms-parts = { $count ->
    [one] 1 text message
   *[other] { $count } text messages
}
message-cannot-be-made = This message cannot be made.
message-cannot-be-made-how = Something that its text says is missing. Look at the details and at the text of the message.
message-details = Sending
message-to = To
message-attempts = Attempts
message-delivered = Delivered
message-read = Read
message-no-receipt = nobody told us
written-in-nl = This message is in Dutch: the language of the { $customer }.
written-in-en = This message is in English: the language of the { $customer }.
message-tried = Refused by
message-last-error = Last error
message-next-attempt = Next attempt
message-reference = Number at the provider
message-key = Own number
message-technical = For the administrator
message-decisions = Decisions
message-undecided = Nothing decided yet.
verdict-send = Goes by { $channel } to { $to }.
