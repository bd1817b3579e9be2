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
quarantine-reasons = By reason
quarantine-reason = Reason
quarantine-source = Source
quarantine-count = Number
quarantine-see-these = see these
quarantine-correct-these = correct them together
quarantine-choose = Choose this one
quarantine-correct-chosen = Correct the chosen events
quarantine-correct = Correct

correct-title = Correct and send again
correct-lede = { $count ->
    [one] One event is chosen.
   *[other] { $count } events are chosen.
  } Say what must change; you first see what that does, and nothing is sent before you say so.
correct-how = What must change?
correct-vervang = Replace a value by another
correct-vul = Fill a field where it is missing or empty
correct-kopieer = Fill a field with what stands in another field
correct-hernoem = Give a field another name
correct-niets = Nothing: send again as it is
correct-nothing-help = Choose this when the cause was mended elsewhere, for example at the source or because an earlier event came after all.
correct-field = In the field
correct-field-help = A field inside another is written with a dot in between: properties.order_id.
correct-from = stands
correct-from-help = Empty means: where nothing stands.
correct-to = make that
correct-value = comes
correct-fill = Fill the field
correct-source = with what stands in
correct-named = The field
correct-name = is called from now on
correct-look = See what changes
correct-remark-field = Name the field, with dots between its parts and at most 300 characters.
correct-remark-value = Fill in what must come there.
correct-preview = What changes
correct-goes = Of the { $checked } that were looked at { $go } can go.
correct-unchanged-count = In { $count } this changes nothing.
correct-unread-count = In { $count } something is still wrong then.
correct-send = { $count ->
    [one] Correct and send again
   *[other] Correct and send all { $count } again
  }
correct-send-help = What cannot go stays here. At most { $max } go at one time.
correct-sample = Sample { $number }
correct-before = As it is
correct-after = As it becomes
correct-becomes = { $count ->
    [one] Becomes { $name }, about { $whom }.
   *[other] Becomes { $count } events, the first { $name }, about { $whom }.
  }
correct-unchanged = This correction changes nothing here.
correct-none-chosen = First choose which events you want to correct.
correct-none-left = These events are not here any more.

offered-title = Sent again
offered-lede = { $count ->
    [0] Nothing went.
    [one] One event went.
   *[other] { $count } events went.
  }
offered-sent = Went
offered-known = Had come before
offered-stayed = Stayed
offered-left = Not looked at yet
offered-help = What does not fit after all when it is applied comes back here with the reason.
offered-back = Back to not processed
offered-told = Stayed

source-longest-gap = On a day like today { $gap } without a word is still usual.
source-in-browser = In a browser
source-kind = How the system sends
source-kind-segment = As we ask
source-kind-segment-help = With a library of Segment, Jitsu or Rudder, as CloudEvents, or with a call of its own.
source-kind-site = From a website, in the customer’s browser
source-kind-site-help = The key then stands open in the page. So no customers’ addresses, consents or merging are accepted this way.
source-kind-webhook = As a webhook of its own shape
source-kind-webhook-help = The system posts JSON to an address; you point out in a sample what is what.

webhook-title = { $name }: set up the webhook
webhook-lede = Let the system send a first delivery, or paste a sample. Point out in it where everything stands.
webhook-lede-mapped = Of this source it is pointed out where everything stands.
webhook-how = How this system sends events
webhook-how-text = The system posts JSON to this address, and proves itself by the secret.
webhook-unmapped = Nobody has pointed out yet where the event stands in the JSON. Deliveries wait until that is done.
webhook-edit = Set up the webhook
webhook-saved = It is saved. New deliveries are read like this.
webhook-address = Address
webhook-address-help = Fill this in at the system as the address of the webhook.
webhook-proof = Proof
webhook-way = How the system proves itself
webhook-way-standard = Signature by Standard Webhooks
webhook-way-hmac = HMAC-SHA256 over the body, in a header
webhook-way-bearer = A secret in a header
webhook-header = Header
webhook-header-help = Empty is the usual one. Of Standard Webhooks it is fixed.
webhook-secret = Secret
webhook-secret-once = This is the only time you see this secret. Fill it in at the system now.
webhook-secret-theirs = Secret of the system
webhook-secret-help = Fill this in when the system itself gave a secret. Left empty the old one stays.
webhook-secret-fresh = Make a new secret
webhook-places = Where is what
webhook-sample = Sample
webhook-sample-help = Paste a delivery here as the system sends it.
webhook-sample-received = Last received and not processed: { $time }. You can paste another sample too.
webhook-read = Read the sample
webhook-nowhere = (nowhere)
webhook-list = One delivery is
webhook-list-one = one event
webhook-list-whole = a list of events
webhook-list-at = a list of events in { $place } ({ $count } in the sample)
webhook-name = What happened
webhook-name-help = Where the name of the event stands.
webhook-always = Or always the same name
webhook-always-help = When this system sends one thing only: order.completed.
webhook-names = Their word = our name
webhook-names-help = A line per name: sold = order.completed. What is not here is read as it comes.
webhook-customer = Customer’s id
webhook-customer-help = Not needed when the event is about an object that belongs to a customer already.
webhook-time = Time
webhook-time-help = Nowhere means: when it came in.
webhook-id = Id of the event
webhook-id-help = The same id counts once. Nowhere means: the id of the delivery.
webhook-properties = Properties
webhook-properties-help = Nowhere means: everything that stands with the event.
webhook-look = See what it becomes
webhook-preview = This is what it becomes
webhook-preview-none = There is no event in this sample.
webhook-waiting = { $count ->
    [one] One delivery waited for this.
   *[other] { $count } deliveries waited for this.
  }
webhook-waiting-send = Send them now
webhook-remark-json = This is no JSON. Paste a whole delivery, from its first to its last bracket.
webhook-remark-large = This sample is too large; at most 32 kB are allowed.
webhook-remark-nested = Choose a list that does not stand in a list itself.
webhook-remark-place = This place cannot be read. Choose one from the sample.
webhook-remark-elsewhere = This place stands in a list that is not chosen. Choose that list at “One delivery is”, or choose another place.
webhook-remark-name = Point out where it says what happened, or fill in a fixed name.
webhook-remark-always = Write the name as object.action, such as order.completed, and not one that klantreis uses itself.
webhook-remark-line = Line { $line }: write their word, an =, and our name as object.action.
webhook-remark-names = At most 200 names.
webhook-remark-way = Choose how the system proves itself.
webhook-remark-header = This is no name of a header, such as X-Signature.
webhook-remark-secret = A secret has 16 to 200 characters without spaces; of Standard Webhooks it is whsec_ with base64.

source-kind-api = We ask an API for it
source-kind-api-help = Every few minutes we fetch what is new, in JSON; you point out in a sample what is what.
source-kind-table = We read a table every night
source-kind-table-help = A CSV file from an address or from a folder on the server, with events or customers.
source-trouble = fetching failed

fetch-title = { $name }: set up fetching
fetch-lede-api = We keep asking this address for what is new. What we had does not count again.
fetch-lede-table = We read this table every night. A row that we had does not count again.
fetch-how-api = How we fetch events
fetch-how-table = How we read the table
fetch-edit = Set up fetching
fetch-made = The source is made. Fill in where we should fetch from.
fetch-saved = It is saved.
fetch-begun = It is saved. We fetch what there is now.
fetch-now = Fetch now
fetch-now-said = We fetch what is new now.
fetch-not-yet = Say first where we should fetch from and what is what.
fetch-stop = Stop fetching
fetch-stopped = We fetch nothing here any more.
fetch-first-where = Fill in first where we should fetch from. Then you point out what is what.
fetch-unplaced = Nobody has said yet where we should fetch from.
fetch-unmapped = Nobody has pointed out yet what is what. Until then we fetch nothing.
fetch-failed = { $count ->
    [one] It went wrong at { $time }.
   *[other] It went wrong at { $time }, { $count } times in a row now.
  }
fetch-again = We try again at { $time }.
fetch-state = How it goes
fetch-url = Address
fetch-url-help = The whole address, with https. What stays the same, such as the number on a page, may stand behind it.
fetch-went-well = Last went well
fetch-last = The last time
fetch-counts = { $received } new, { $known } known already, { $refused } not usable
fetch-due = The next time
fetch-not-due = not
fetch-catching-up = We are still catching up: what was there counts as history, and no message goes out about it.
fetch-sample = Fetch a sample
fetch-sample-help = What the address answers now, with short lists. You may paste one too.
fetch-sample-table = Look at the table
fetch-look-first = Look at the table first to change something.
fetch-list = One answer is
fetch-id-help = The same id counts once. Nowhere is: what is said of the event.
fetch-cursor = How we ask for what is new
fetch-cursor-none = Not: each answer holds everything
fetch-cursor-newest = With the greatest time or number so far
fetch-cursor-token = With a word from the answer before
fetch-cursor-link = With the address of the next page, the oldest first
fetch-cursor-help = The description of the API says how.
fetch-cursor-at = Where that stands
fetch-cursor-at-help = The place in the sample, such as rows.*.changed or next.
fetch-parameter = Parameter in the address
fetch-parameter-help = What it goes in, such as since or cursor. Not needed for a next page.
fetch-history = What is there the first time counts as history: no message goes out about it. What comes after counts as new.
fetch-begin = Save and begin
fetch-where = Where and how often
fetch-from = Where the table is
fetch-from-address = At an address
fetch-from-folder = In a folder on the server
fetch-header-help = What lets us in, such as authorization or x-api-key. Empty is: without.
fetch-secret = What that header says
fetch-secret-help = For example: Bearer followed by the secret.
fetch-secret-kept = Leave empty to keep what there was. It is not shown.
fetch-every = Every how many minutes
fetch-every-help = From 1 to 1440.
fetch-name = Name of the file
fetch-name-help = In the folder { $folder }. A * stands for what changes: export-*.csv.
fetch-name-none = This server has no folder to put files in.
fetch-time = At what time
fetch-rows = What a row is
fetch-remark-url = Fill in a whole address that begins with https://, without a user name in it. Something on a private network must be allowed by who runs klantreis first.
fetch-remark-every = Fill in a number of minutes, from 1 to 1440.
fetch-remark-time = Fill in a time, such as 03:00.
fetch-remark-name = Fill in the name of the file alone, without a folder before it.
fetch-remark-secret = Only plain letters, digits and signs may stand here, 2000 at most.
fetch-remark-secret-again = Fill in what the header must say. The old secret is for another host and does not go along.
fetch-remark-cursor = This place stands in a list. Only the greatest time or number may stand in the list of events.
fetch-remark-parameter = Fill in the name of the parameter, without spaces.

source-kind-mailbox = The mailbox in which customers answer
source-kind-mailbox-help = Every two minutes we look whether there are answers, also what did not arrive and who complained. Nothing changes in the mailbox.
fetch-how-mailbox = Answers of customers
mailbox-title = Mailbox: { $name }
mailbox-lede = What { $customers } write back becomes a task, in their story. Give the address of this mailbox as the reply address of the sender of e-mail.
mailbox-now = Look now
mailbox-where = Where the mailbox stands
mailbox-host = IMAP server
mailbox-host-help = For example imap.example.com. The line is always encrypted.
mailbox-password-help = With many providers this is an app password.
mailbox-folder = Folder
mailbox-folder-help = Mostly INBOX. Only what comes in from now on is read.
mailbox-save = Try and save
mailbox-saved = The mailbox lets us in. What comes from now on is read.
mailbox-remark-user = Fill in the name with which you log in.
mailbox-remark-folder = Fill in the folder, mostly INBOX.
mailbox-remark-password = Fill in the password.
mailbox-other = A mail server of your own?
mailbox-other-text = It can also hand answers over itself, at /api/v1/mail. Who runs it finds in docs/MAIL.md how.
