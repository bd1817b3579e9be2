# Post: printing letters and cards, piles, packing list.
post-title = Post
post-lede = Letters and cards wait here until somebody prints them. Until then they follow the journey: when an appointment moves, its letter changes or is withdrawn.
post-waiting-post = Letters that wait
post-waiting-card = Cards that wait
post-empty-post = No letters wait.
post-empty-card = No cards wait.
post-print-all = Print all
post-print-these = Print these
post-many = At most { $max } letters go at a time. Print the rest afterwards.
post-letter = Letter or card
post-to = To
post-since = Waits since
post-look = look at the PDF
post-piles = Printed, not posted yet
post-pile-count = { $count ->
    [one] Pile of 1 letter
   *[other] Pile of { $count } letters
}
post-printed-at = printed { $moment }
post-open-pile = Open the pile
post-nothing = There is nothing to print.
post-nothing-how = Give a touchpoint the channel post or card. Its letters then appear here.
post-set-up = Set up the sender of letters
post-none = Nothing waited any more. A colleague may have been first.
post-none-good = { $count ->
    [one] This letter cannot be posted.
   *[other] None of these { $count } letters can be posted.
} The reason stands at the message.
post-printed = { $count ->
    [one] 1 letter is ready as a PDF.
   *[other] { $count } letters are ready as a PDF.
} { $left ->
    [0] {""}
    [one] 1 letter cannot be posted; the reason stands at the message.
   *[other] { $left } letters cannot be posted; the reason stands at the message.
}
post-not-printed = This cannot be printed. { $reason }
post-no-address = This customer has no whole postal address. Complete it at the customer.
post-open-pdf = Open the PDF
post-labels = Labels
post-then = What you do
post-step-print-letter = Open the PDF and print it on A4. Each letter begins on a sheet of its own, on both sides too. The marks on the left show where to fold.
post-step-print-card = Open the PDF and print it on both sides of A6, landscape: the text in front, the address behind.
post-step-post = Put the letters into window envelopes and bring them to the post.
post-step-say = Say below that the pile was posted. The message then counts as sent.
post-say-posted = The pile was posted
post-put-all-back = Put all back
post-put-back = Put back
post-put-back-help = As long as the pile was not posted a letter can be put back: it waits again and is made anew with what is known by then.
post-take-out = { $count ->
    [one] 1 letter was taken back after it was printed. Take it out of the pile.
   *[other] { $count } letters were taken back after they were printed. Take them out of the pile.
}
post-take-this-out = take this one out
post-on-pile = On this pile
post-is-posted = posted
post-posted = { $count ->
    [one] 1 letter counts as sent.
   *[other] { $count } letters count as sent.
}
post-waits-again = { $count ->
    [one] The letter waits again.
   *[other] { $count } letters wait again.
}
post-no-longer = This pile is in another state by now.
post-packing = Packing list
post-packing-lede = What goes into a parcel or onto a card by hand. Print this list, or finish each task on its own page.
post-packing-empty = Nothing needs to go with a parcel.
post-packing-how = A touchpoint by staff with a text and the channel post or card stands here when its time has come.
sender-window = Window of the envelope
sender-window-left = left
sender-window-right = right
sender-window-help = So that the address shows in the window (C5/6 or C5).
sender-from-address-back = Return address
sender-from-address-back-help = On one line, such as Postbus 12, 6800 AA Arnhem. It stands in small letters above the address.
sender-test-paper = You get a test letter as a PDF, with a code. Print it, see whether the address shows in the window, and type the code.
sender-test-print = Make a test letter
transport-help-print = Letters wait at Messages, Post until somebody prints and posts them.
sender-paper-name = Ms A. Example
sender-paper-street = Example Street 1
sender-paper-town = 1234 AB  Exampleton
sender-paper = The code is { $code }. Does the whole address show in the window of your envelope? Then type the code at the sender. The code works for a day.
transport-print = printer, by staff
