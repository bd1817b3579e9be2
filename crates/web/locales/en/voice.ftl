# One voice: the page over all messages, and what was agreed.
voice-title = One voice
settings-voice = Voice
voice-lede = All messages side by side: do they sound like one organisation everywhere, and are they easy to read?
voice-agree = What we agreed
voice-agreed = What we agreed
voice-rules = What it is about
voice-advice = advice
voice-none = There are no messages yet to lay side by side.
voice-none-how = Write a message in a journey and this page tells how it sounds. A text from elsewhere you can paste right now.
voice-all-well = { $count ->
    [one] Nothing stands out in this one message.
   *[other] Nothing stands out in these { $count } messages.
}
voice-journey = { $messages ->
    [one] { $messages } message
   *[other] { $messages } messages
} saying { $address }, { $count ->
    [0] no remarks
    [one] { $count } remark
   *[other] { $count } remarks
}
voice-journey-well = Nothing stands out here.
voice-only = Only: { $rule }.
voice-every-rule = Show everything
voice-two-forms = Not every journey addresses { $customers } in the same form. Whoever goes through two hears both.
voice-ease = reading ease { $score }
voice-to-message = To the message
voice-rewrite = Rather write:
voice-leave-out = Leave it out.
voice-in-subject = Subject
voice-in-body = Text
voice-in-sms = SMS
voice-in-whatsapp = WhatsApp
voice-in-print = Letter and card
voice-in-script = Desk and telephone
voice-in-other = Question
voice-paste = A text from elsewhere
voice-paste-text = Paste a message, letter or page here
voice-paste-help = The text is not kept anywhere.
voice-paste-language = Language of the text
voice-paste-judge = Check
voice-pasted = The text you pasted
voice-pasted-well = Nothing stands out.
voice-openings = How we open
voice-openings-help = One per line, without the name: Beste. Empty: whatever fits the form of address.
voice-closings = How we close
voice-closings-help = One per line: Met vriendelijke groet. Empty: whatever fits.
voice-emoji = Emoji per message
voice-exclamations = Exclamation marks per message
voice-at-most = at most { $count }
voice-most-help = At most so many. 0 is fine too.
voice-sentence = Words in a sentence
voice-sentence-help = A longer sentence gets a remark.
voice-words = at most { $count }
voice-say = What we call it
voice-say-help = One per line, with what others say for it: e-book: ebook, digital book
voice-avoid = What we do not say
voice-avoid-help = One word or phrase per line.
voice-address-help = A journey or a persona may differ.
voice-flemish = Our { $customers } live in Flanders
voice-flemish-help = Then the Flemish forms of address belong to an informal voice too.
voice-strict = Mend first, publish after
voice-strict-help = Without this, remarks are warnings. The form of address always keeps a journey from going live; advice never does.
voice-is-strict = What differs keeps a journey from going live.
voice-is-mild = What differs is a warning; only the form of address keeps a journey from going live.
voice-edit-lede = How the organisation sounds, in every message and by every channel. It is checked while writing, before going live and on the page One voice.
voice-saved = What you agreed is saved.
voice-remark-number = Fill in a number from 0 to 100.
voice-remark-words = Fill in a number from 5 to 100.
voice-remark-say = Write on each line the word, a colon, and what it replaces: e-book: ebook
voice-rule-address = Form of address
voice-rule-mixed = Unlike another message
voice-rule-regional = Regional
voice-rule-idiom = Set phrase
voice-rule-opening = Opening
voice-rule-closing = Closing
voice-rule-name = Our name
voice-rule-term = Our words
voice-rule-avoided = What we do not say
voice-rule-pressure = Pressure
voice-rule-literal = Fixed date
voice-rule-low-ending = Ends on bad news
voice-rule-no-exit = Nobody to reach
voice-rule-emoji = Emoji
voice-rule-exclamations = Exclamation marks
voice-rule-shouting = Capitals
voice-rule-long-sentence = Long sentence
voice-rule-hard-word = Hard word
draft-place-voice = To One voice
todo-voice = { $count ->
    [one] There is { $count } remark on how the messages sound.
   *[other] There are { $count } remarks on how the messages sound.
}
