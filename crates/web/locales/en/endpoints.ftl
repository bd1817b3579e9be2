endpoint-title = Webhooks to other systems
endpoint-lede = These systems hear from klantreis what happens.
endpoint-empty = No system is told anything yet. Add one when another system has to know that a message was sent, a task is done or a consent changes.
endpoint-new = New webhook
endpoint-new-lede = klantreis sends what happens to this address, signed after Standard Webhooks. You get a secret for the supplier of that system.
endpoint-make = Make the webhook
endpoint-name = Name
endpoint-name-help = The system that wants to know, for instance CRM.
endpoint-address = Address
endpoint-address-help = Begins with https. The supplier of the system gives this address.
endpoint-kinds = What the system is told
endpoint-kind-journey-begun = A { $customer } begins a journey
endpoint-kind-journey-ended = A journey ended
endpoint-kind-contact-happened = A touchpoint happened
endpoint-kind-message-sent = A message was sent
endpoint-kind-message-delivered = A message arrived
endpoint-kind-message-read = A message was opened
endpoint-kind-message-failed = A message was not sent or did not arrive
endpoint-kind-message-replied = A { $customer } wrote back
endpoint-kind-task-created = A task was made
endpoint-kind-task-done = A task is done
endpoint-kind-promise-broken = A promise was not kept
endpoint-kind-consent-changed = A consent was given or withdrawn
endpoint-kind-customer-merged = Two { $customers } turn out to be one
endpoint-kind-endpoint-test = A test
endpoint-remark-name = Give the webhook a name of at most 100 characters.
endpoint-remark-address = { $why }
endpoint-remark-kind = Choose at least one thing that the system is to be told.
endpoint-remark-many = There are { $most } webhooks already, and there can be no more. Remove one first.
endpoint-saved = The webhook is saved.
endpoint-paused = The webhook is paused. What happens waits.
endpoint-resumed = The webhook goes on. What waited is delivered now.
endpoint-removed = The webhook { $name } is removed.
endpoint-test = Send a test
endpoint-test-well = The test arrived.
endpoint-test-failed = The test was not taken. { $why }
endpoint-pause = Pause
endpoint-resume = Go on
endpoint-secret = Secret
endpoint-secret-once = This is the only time that you see this secret. Give it to the supplier now, who checks the signature with it.
endpoint-secret-help = After a new secret the old one signs along for a day, so that the supplier can change over.
endpoint-overlap = The secret of before signs along until { $until }.
endpoint-renew = New secret
endpoint-remove = Remove
endpoint-remove-help = { $waiting ->
    [0] The system then hears nothing any more, and the list of deliveries is gone.
    [one] The system then hears nothing any more. The list is gone, with one thing that still waits.
   *[other] The system then hears nothing any more. The list is gone, with { $waiting } things that still wait.
  }
endpoint-remove-do = Remove this webhook
endpoint-settings = Settings
endpoint-state-open = works
endpoint-state-untried = nothing delivered yet
endpoint-state-paused = paused
endpoint-state-troubled = fails since { $since }
endpoint-state-failing = stopped: it failed for days
endpoint-state-gone = stopped: the address is gone
endpoint-gone = The system answered that this address is gone for good. Ask the supplier for the new address, fill it in and press Go on. What happens meanwhile is not kept.
endpoint-failing = { $waiting ->
    [one] For three days no delivery went well, so it is not tried any more. One thing waits. Ask the supplier what is wrong, then press Go on.
   *[other] For three days no delivery went well, so it is not tried any more. { $waiting } things wait. Ask the supplier what is wrong, then press Go on.
  }
endpoint-is-paused = { $waiting ->
    [0] The webhook is paused. What happens waits until you press Go on.
    [one] The webhook is paused. One thing waits until you press Go on.
   *[other] The webhook is paused. { $waiting } things wait until you press Go on.
  }
endpoint-troubled = { $waiting ->
    [one] Delivering fails now; one thing waits. It is tried again by itself.
   *[other] Delivering fails now; { $waiting } things wait. It is tried again by itself.
  }
endpoint-rests = The next attempt is { $until }.
endpoint-waiting = Waits
endpoint-went-well = Last went well
endpoint-deliveries = Deliveries
endpoint-newest = The newest { $count }.
endpoint-no-deliveries = Nothing delivered yet. Send a test to see whether the address works.
endpoint-what = What happened
endpoint-when = When
endpoint-outcome = How it went
endpoint-about = { CAPITAL($customer) } { $whom }
endpoint-delivery-done = delivered ({ $status })
endpoint-delivery-failed = not delivered
endpoint-delivery-waiting = waits
endpoint-attempts = { $count ->
    [one] One attempt, { $time }.
   *[other] { $count } attempts, the last { $time }.
  }
endpoint-next = Again { $time }.
endpoint-again = Deliver again
endpoint-again-well = It is delivered.
endpoint-again-failed = It was not taken. { $why }
endpoint-how = What a delivery looks like
endpoint-how-text = Give this to the supplier. An answer with 2xx within twenty seconds is enough. The same delivery may come twice, under the same webhook-id. It holds no texts, names or addresses.
