# Writing a message.
write-print = Text for letter and card
write-print-help = Empty: the ordinary text is used. A link on a line of its own gets a code to scan on paper; a card holds 700 characters.
write-script = Text for desk, telephone and visit
write-script-help = What a member of staff says or does. Empty: the ordinary text is used.
write-noted = { $count ->
    [one] 1 remark on tone and form
   *[other] { $count } remarks on tone and form
}
write-replace = Write ‘{ $text }’
write-search = Search for a { $customer }
write-other-channels = Other channels
write-sms-wide = a special character leaves less room
write-saving = Saving…
write-kept = Saved in the draft.
write-not-kept = Not saved yet. Your text stays here; we try again.
write-found = Here is text that was not saved the last time.
write-restore = Put it back
write-drop = Throw it away
write-undo = Undo
write-redo = Redo
write-saved-by = { $who } saved this draft, { $when }.
write-trial = Trial
write-trial-text = Send the message to yourself, as it stands here and seen as whom you chose.
write-trial-by = { $channel } to { $to }
write-trial-none = No sender was tested yet by which you can send yourself a trial.
write-trial-mark = [Trial]
write-trial-sent = The trial to { $to } was sent. Your text did not change.
write-in-print = in the text for letter and card
write-in-script = in the text for desk and telephone
chips-own = Of every message
chips-links = Buttons and links
