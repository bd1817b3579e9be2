# Eén stem: de bladzijde over alle berichten, en wat er is afgesproken.
voice-title = Eén stem
settings-voice = Stem
voice-lede = Alle berichten naast elkaar: klinkt het overal als dezelfde organisatie, en leest het makkelijk?
voice-agree = Afspraken over de stem
voice-agreed = Zo is het afgesproken
voice-rules = Waar het over gaat
voice-advice = advies
voice-none = Er zijn nog geen berichten om naast elkaar te leggen.
voice-none-how = Schrijf in een klantreis een bericht, dan staat hier hoe het klinkt. Een tekst van elders kunt u nu al plakken.
voice-all-well = { $count ->
    [one] Er valt niets op in dit ene bericht.
   *[other] Er valt niets op in deze { $count } berichten.
}
voice-journey = { $messages ->
    [one] { $messages } bericht
   *[other] { $messages } berichten
} met { $address }, { $count ->
    [0] geen opmerkingen
    [one] { $count } opmerking
   *[other] { $count } opmerkingen
}
voice-journey-well = Hier valt niets op.
voice-only = Alleen: { $rule }.
voice-every-rule = Toon alles
voice-two-forms = Niet elke klantreis spreekt { $customers } hetzelfde aan. Wie er twee doorloopt, hoort u en je door elkaar.
voice-ease = leesgemak { $score }
voice-to-message = Naar het bericht
voice-rewrite = Schrijf liever:
voice-leave-out = Laat het weg.
voice-in-subject = Onderwerp
voice-in-body = Tekst
voice-in-sms = Sms
voice-in-whatsapp = WhatsApp
voice-in-print = Brief en kaart
voice-in-script = Balie en telefoon
voice-in-other = Vraag
voice-paste = Een tekst van elders
voice-paste-text = Plak hier een bericht, brief of bladzijde
voice-paste-help = De tekst wordt nergens bewaard.
voice-paste-language = Taal van de tekst
voice-paste-judge = Kijk na
voice-pasted = De geplakte tekst
voice-pasted-well = Er valt niets op.
voice-openings = Zo beginnen we
voice-openings-help = Eén per regel, zonder naam: Beste. Leeg: alles wat bij de aanspreekvorm past.
voice-closings = Zo sluiten we af
voice-closings-help = Eén per regel: Met vriendelijke groet. Leeg: alles wat past.
voice-emoji = Emoji per bericht
voice-exclamations = Uitroeptekens per bericht
voice-at-most = hoogstens { $count }
voice-most-help = Hoogstens zoveel. 0 is ook goed.
voice-sentence = Woorden in een zin
voice-sentence-help = Een langere zin krijgt een opmerking.
voice-words = hoogstens { $count }
voice-say = Zo noemen we het
voice-say-help = Eén per regel, met wat anderen ervoor zeggen: e-book: ebook, digitaal boek
voice-avoid = Dit zeggen we niet
voice-avoid-help = Eén woord of uitdrukking per regel.
voice-address-help = Een klantreis of een persona mag anders zijn.
voice-flemish = Onze { $customers } wonen in Vlaanderen
voice-flemish-help = Dan horen ge en uw ook bij een stem die je zegt.
voice-strict = Eerst verbeteren, dan pas live
voice-strict-help = Zonder dit zijn opmerkingen een waarschuwing. De aanspreekvorm houdt een klantreis altijd tegen; wat advies is nooit.
voice-is-strict = Wat afwijkt houdt het live zetten tegen.
voice-is-mild = Wat afwijkt is een waarschuwing; alleen de aanspreekvorm houdt het live zetten tegen.
voice-edit-lede = Hoe de organisatie klinkt, in elk bericht en op elk kanaal. Nagekeken wordt het bij het schrijven, bij het live zetten en op de bladzijde Eén stem.
voice-saved = De afspraken zijn bewaard.
voice-remark-number = Vul een getal in van 0 tot en met 100.
voice-remark-words = Vul een getal in van 5 tot en met 100.
voice-remark-say = Schrijf per regel het woord, een dubbele punt, en wat het vervangt: e-book: ebook
voice-rule-address = Aanspreekvorm
voice-rule-mixed = Anders dan een ander bericht
voice-rule-regional = Streektaal
voice-rule-idiom = Vaste uitdrukking
voice-rule-opening = Begin
voice-rule-closing = Afsluiting
voice-rule-name = Onze naam
voice-rule-term = Onze woorden
voice-rule-avoided = Wat we niet zeggen
voice-rule-pressure = Opjagen
voice-rule-literal = Vaste datum
voice-rule-low-ending = Eindigt op slecht nieuws
voice-rule-no-exit = Niemand te bereiken
voice-rule-emoji = Emoji
voice-rule-exclamations = Uitroeptekens
voice-rule-shouting = Hoofdletters
voice-rule-long-sentence = Lange zin
voice-rule-hard-word = Moeilijk woord
draft-place-voice = Naar Eén stem
todo-voice = { $count ->
    [one] Over hoe de berichten klinken is { $count } opmerking.
   *[other] Over hoe de berichten klinken zijn { $count } opmerkingen.
}
