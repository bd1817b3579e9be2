//! What is said about a text, rule by rule.

use journey::{Organisation, Voice};
use proptest::prelude::*;
use voice::Message;
use voice::checker::{
    Heard, PASSAGE_BYTES_MAX, Passage, Register, Remark, Setting, Tongue, along, ease, examine, listen, register,
};
use words::{Channel, FormOfAddress, Language};

use crate::traps::passage;

fn judged(text: &str, tongue: Tongue, voice: &Voice, address: FormOfAddress, whole: bool) -> Vec<Remark> {
    let setting = Setting { voice, address, organisation: "Rijnoever", whole, template: true };
    examine(&passage(text, tongue), &setting)
}

/// `rule: found > rewrite`, each.
fn told(remarks: &[Remark]) -> Vec<String> {
    let one = |remark: &Remark| match &remark.rewrite {
        Some(rewrite) => format!("{}: {} > {rewrite}", remark.rule.id(), remark.found),
        None => format!("{}: {}", remark.rule.id(), remark.found),
    };
    remarks.iter().map(one).collect()
}

fn house() -> Voice {
    let (organisation, findings) = Organisation::parse(
        "name: Rijnoever\nvoice:\n  openings: [Beste]\n  closings: [Met vriendelijke groet]\n  emoji: 1\n  exclamations: 1\n  sentence_words: 12\n  \
         say: { e-book: [ebook, digitaal boek] }\n  avoid: [no-reply]\n",
    );
    assert!(findings.is_empty(), "{findings:?}");
    organisation.voice
}

#[test]
fn each_rule_finds_what_it_is_for_and_leaves_the_rest() {
    for (text, expected) in [
        ("Heb je de sleutel? Neem je pas mee.", &["address: Heb je > Hebt u", "address: je > uw"][..]),
        ("Kun je morgen komen? Dan kan het je niet ontgaan.", &["address: Kun je > Kunt u", "address: je > u"]),
        (
            "Vergeet je het? Dankjewel voor jouw geduld.",
            &["address: je > u", "address: Dankjewel > Dank u wel", "address: jouw > uw"],
        ),
        ("Gij zijt welkom.", &["regional: Gij"]),
        ("Bewaar de bon, want je weet maar nooit.", &["idiom: je"]),
        ("Hoi Sanne,\n\nUw boek is er.", &["opening: Hoi > Beste"]),
        ("Dag mevrouw,\n\nUw boek is er.", &["opening: Dag > Beste"]),
        ("Beste mevrouw,\n\nUw boek is er.\n\nGroetjes,\nRijnoever", &["closing: Groetjes > Met vriendelijke groet"]),
        ("Beste mevrouw,\n\nUw boek is er.\n\nMet vriendelijke groet,\nRijnoever", &[]),
        ("Gelukt 🎉 en klaar 🎉", &["emoji: 🎉 > "]),
        ("Gelukt! Klaar! Mooi!!", &["exclamations: ! > .", "exclamations: !! > ."]),
        ("Gelukt!!", &["exclamations: !! > !"]),
        ("LET OP DIT GOED. Het UWV en de KVK weten het.", &["shouting: LET OP DIT GOED > Let op dit goed"]),
        (
            "Uw ebook en uw digitale boek. Digitaal boek lenen?",
            &["term: ebook > e-book", "term: Digitaal boek > E-book"],
        ),
        ("Mail naar ons no-reply adres.", &["avoided: no-reply"]),
        ("Bij RijnOever en bij Rijnover.", &["name: RijnOever > Rijnoever", "name: Rijnover > Rijnoever"]),
        ("Rijnoever en rijnoever.nl en RIJNOEVER zijn goed, Rijnoevers balie ook.", &[]),
        (
            "Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien.",
            &["long-sentence: Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien."],
        ),
        ("Een twee drie vier vijf zes zeven acht negen tien elf [[een titel van vele woorden]].", &[]),
        ("Indien u tevens komt, bel dan.", &["hard-word: Indien > Als", "hard-word: tevens > ook"]),
        ("Laatste kans: wees er snel bij.", &["pressure: Laatste kans", "pressure: wees er snel bij"]),
        ("Er zijn nog maar 3 plekken, nog maar [[3]] plekken.", &["pressure: nog maar 3"]),
        ("Het ligt klaar t/m 3 mei 2027, echt t/m [[3 mei 2027]].", &["literal: t/m 3 mei 2027"]),
        (
            "Betaal uiterlijk vrijdag, of uiterlijk op 3-5-2027.",
            &["literal: uiterlijk vrijdag", "literal: uiterlijk op 3-5-2027"],
        ),
        ("Wij bellen u binnen 24 uur. Op 3 mei zijn wij dicht.", &[]),
        ("Zie https://x.nl/je/HOI/nu/of/nooit en `je`.", &[]),
    ] {
        assert_eq!(told(&judged(text, Tongue::Dutch, &house(), FormOfAddress::U, false)), expected, "{text}");
    }
}

#[test]
fn the_other_form_has_its_own_wordings() {
    for (text, expected) in [
        ("Heeft u de sleutel? Neem uw pas mee.", &["address: Heeft u > Heb je", "address: uw > je"][..]),
        (
            "Wilt u dat? Dank u wel, alstublieft.",
            &["address: Wilt u > Wil je", "address: u > je", "address: alstublieft > alsjeblieft"],
        ),
        (
            "Geachte heer,\n\nJe boek is er.\n\nHoogachtend,\nRijnoever",
            &["opening: Geachte > Beste", "closing: Hoogachtend > Met vriendelijke groet"],
        ),
        ("Gij zijt welkom.", &["regional: Gij"]),
    ] {
        assert_eq!(told(&judged(text, Tongue::Dutch, &Voice::default(), FormOfAddress::Je, false)), expected, "{text}");
    }
    let flemish = Voice { flemish: true, ..Voice::default() };
    assert_eq!(
        told(&judged("Kom je met uw fiets? Ge moogt.", Tongue::Dutch, &flemish, FormOfAddress::Je, false)),
        [""; 0]
    );
}

#[test]
fn a_whole_message_ends_well_and_leads_to_a_person() {
    let rules = |text: &str| {
        let remarks = judged(text, Tongue::Dutch, &Voice::default(), FormOfAddress::U, true);
        remarks.into_iter().map(|remark| remark.rule.id()).collect::<Vec<_>>()
    };
    let close = "\n\nMet vriendelijke groet,\n[[Rijnoever]]";
    assert_eq!(rules(&format!("Uw boek is er. Bel [[030 123 45 67]].{close}")), [""; 0]);
    assert_eq!(rules(&format!("Uw boek is er.{close}")), ["no-exit"]);
    assert_eq!(rules(&format!("Vragen? Mail ons.\n\nHelaas vervalt daarmee het abonnement.{close}")), ["low-ending"]);
    assert_eq!(rules(&format!("Vragen? Mail ons.\n\nHelaas vervalt het. U kunt een nieuw nemen.{close}")), [""; 0]);
}

#[test]
fn german_and_english_have_the_same_shape() {
    let de = |text: &str| register(&Passage::plain(text, Tongue::German));
    for (text, expected) in [
        ("Haben Sie Fragen? Rufen Sie uns an.", Register::Formal),
        ("Hast du Fragen? Ruf uns an.", Register::Informal),
        ("Sie hat dein Buch. Sie liest es.", Register::Informal),
        ("Sie haben Fragen? Wir helfen Ihnen, bring dein Buch mit.", Register::Mixed),
        ("Sie haben Fragen.", Register::Formal),
        ("Die Kinder sind da. Ihre Bücher auch, sagst du.", Register::Informal),
        ("Lesen Sie „Du bist dran“ von Frau Ihr.", Register::Formal),
        ("Das Buch liegt bereit.", Register::Neutral),
    ] {
        assert_eq!(de(text), expected, "{text}");
    }
    let voice = Voice::default();
    let german = judged("Hast du Fragen? Nur heute.", Tongue::German, &voice, FormOfAddress::U, false);
    assert_eq!(told(&german), ["address: du", "pressure: Nur heute"]);
    let english =
        judged("Act now: prior to May 3 only 4 left! Really!", Tongue::English, &voice, FormOfAddress::U, false);
    assert_eq!(
        told(&english),
        ["pressure: Act now", "hard-word: prior to > before", "pressure: only 4 left", "exclamations: ! > ."]
    );
}

#[test]
fn one_customer_hears_one_voice_along_the_path() {
    let plain = |text| Passage::plain(text, Tongue::Dutch);
    let heard = [
        plain("Uw boek ligt klaar.\n\nMet vriendelijke groet,\nRijnoever"),
        plain("Kom maar langs."),
        plain("Je boek moet terug.\n\nGroetjes,\nRijnoever"),
        plain("Lees “Hoe word je schrijver”.\n\nMet vriendelijke groet,\nRijnoever"),
    ];
    let names = ["bevestiging", "herinnering", "laatste", "tips"];
    let heard: Vec<Heard<'_>> = heard.iter().zip(names).map(|(passage, name)| Heard { passage, name }).collect();
    let told: Vec<_> = along(&heard).into_iter().map(|(at, remark)| (at, remark.found, remark.against)).collect();
    let first = || "bevestiging".to_owned();
    assert_eq!(told, [(2, "Je".to_owned(), first()), (2, "Groetjes".to_owned(), first())]);
}

#[test]
fn ease_is_counted_by_the_formulas() {
    let text = "Het boek ligt klaar. ".repeat(10);
    let found = ease(&Passage::plain(&text, Tongue::Dutch)).unwrap();
    assert_eq!((found.words, found.sentences, found.syllables), (40, 10, 40));
    assert!((found.score - (206.84 - 77.0 - 0.93 * 4.0)).abs() < 1e-9);
    assert_eq!(ease(&Passage::plain("Te kort.", Tongue::Dutch)), None);
    let hard =
        "De onderhavige verantwoordelijkheidsverdeling aangaande bestuursrechtelijke aansprakelijkheid. ".repeat(8);
    assert!(ease(&Passage::plain(&hard, Tongue::Dutch)).unwrap().score < 0.0);
}

/// However often a sign stands there, nothing looks back over all the rest; what is beyond the limit is left alone.
#[test]
fn the_largest_text_is_looked_at_and_no_more() {
    const PIECES: &[&str] = &[
        "“je ", "\"u ", "'u ", "*je ", "u/", "je-", "! ", "a.", "boek A ", "3 ", "https://", "🎉", "> u\n", "ge u ",
        "LET OP ",
    ];
    let each = PIECES.iter().map(|piece| piece.repeat(8_000 / piece.len()));
    let all = std::iter::once(PIECES.concat().repeat(2 * PASSAGE_BYTES_MAX / PIECES.concat().len()));
    for text in each.chain(all) {
        let passage = Passage::plain(&text, Tongue::Dutch);
        assert_eq!(passage.text().len(), passage.text().floor_char_boundary(text.len().min(PASSAGE_BYTES_MAX)));
        let remarks = judged(&text, Tongue::Dutch, &house(), FormOfAddress::Je, true);
        assert!(remarks.iter().all(|remark| remark.at.end <= PASSAGE_BYTES_MAX), "{}", &text[..6]);
    }
}

proptest! {
    #[test]
    fn whatever_stands_there_it_is_read(text in "([a-zA-Zëéï ]{0,9}|[uU]|[jJ]e|uw|jij|ge|[.,!?:;/'\"“”‘’„«»`*_#>@=+-]|\n|8|🎉|\\PC){0,60}", from in 0_usize..90, length in 0_usize..20, formal: bool) {
        let address = if formal { FormOfAddress::U } else { FormOfAddress::Je };
        let voice = house();
        for tongue in [Tongue::Dutch, Tongue::English, Tongue::German] {
            let passage = Passage::with_data(&text, std::slice::from_ref(&(from..from + length)), tongue);
            let setting = Setting { voice: &voice, address, organisation: "Rijnoever", whole: true, template: true };
            for remark in examine(&passage, &setting) {
                prop_assert_eq!(passage.text().get(remark.at.clone()), Some(remark.found.as_str()));
                prop_assert!(!remark.reason(Language::Nl).is_empty() && !remark.reason(Language::En).is_empty());
                let source = passage.in_source(&remark.at);
                prop_assert!(source == remark.at, "{:?}", source);
            }
            let _ = (register(&passage), ease(&passage));
        }
    }

    #[test]
    fn what_comes_from_data_is_never_judged(value in "(je|u|jouw|uw|HOI ALLEMAAL|Laatste kans|nu of nooit|indien|!!|🎉| ){1,12}") {
        let text = format!("De titel [[{value}]] is er.");
        for address in [FormOfAddress::U, FormOfAddress::Je] {
            prop_assert_eq!(told(&judged(&text, Tongue::Dutch, &house(), address, false)), Vec::<String>::new());
        }
    }
}

/// What a channel makes of a message sounds as its source does, whatever the values say.
#[test]
fn a_rendered_message_is_heard_as_its_source() {
    let library = crate::house::library();
    let mut context = library.context();
    context.organisation = "Uw Bieb! Laatste kans".to_owned();
    context.customer.name.first = Some("Uwe".to_owned());
    let source = "---\nsubject: Voor {{ customer.first_name }} van {{ organisation.name }}\nsms: \"Heeft u {{ organisation.name }}?\"\n---\n\
        Hoi {{ customer.first_name }},\n\nJe *eigen* {{ organisation.name }} en uw boek. Bel {{ human.phone }}.\n\n> u\n";
    let message = Message::parse(source, Language::Nl).unwrap();
    let said: Vec<String> =
        listen(&message, &library.declared).iter().map(|noted| noted.remark.found.clone()).collect();
    assert_eq!(said, ["Heeft u", "uw"]);
    for (channel, expected) in [("email", "uw"), ("whatsapp", "uw"), ("sms", "Heeft u"), ("phone", "uw")] {
        let passages = Passage::of_rendered(&message, &Channel::new(channel), &context).unwrap();
        let setting = Setting {
            voice: &library.declared.voice,
            address: library.declared.address,
            organisation: "Rijnoever",
            whole: false,
            template: true,
        };
        let found: Vec<String> =
            passages.iter().flat_map(|(_, passage)| examine(passage, &setting)).map(|remark| remark.found).collect();
        assert_eq!(found, [expected], "{channel}");
    }
}
