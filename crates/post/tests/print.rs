//! Letters and cards as their PDF is: pages, sizes, limits, the same bytes each time.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use post::{Cause, LETTERS_MAX, PAGES_MAX, Window, labels, pages, print};
use proptest::prelude::*;
use words::{
    Language,
    paper::{Block, Inline, Letter},
};

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::Text(text.into())])
}

fn letter(body: Vec<Block>) -> Letter {
    Letter {
        language: Language::Nl,
        card: false,
        from: ["Rijnoever Wonen", "Postbus 12, 6800 AA Arnhem"].map(String::from).to_vec(),
        to: ["Mevrouw Sanne de Vries", "Merelstraat 24", "6821 AB  Arnhem"].map(String::from).to_vec(),
        date: "24 november 2026".into(),
        subject: Some("Uw afspraak op vrijdag 27 november".into()),
        body,
    }
}

fn card(text: &str) -> Letter {
    Letter { card: true, subject: None, ..letter(vec![paragraph(text)]) }
}

fn long(paragraphs: usize) -> Letter {
    letter(vec![paragraph(&"Morgen komt de vakman tussen tien en twaalf uur. ".repeat(8)); paragraphs])
}

/// Pages as the document itself counts them.
fn counted(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    let at = text.find("/Count ").expect("a page tree") + "/Count ".len();
    text[at..].split(|c: char| !c.is_ascii_digit()).next().and_then(|count| count.parse().ok()).expect("a count")
}

#[test]
fn a_letter_is_one_page_and_a_card_two_sides() {
    for window in [Window::Left, Window::Right] {
        assert_eq!(pages(&letter(vec![paragraph("Tot vrijdag.")]), window), Ok(1));
    }
    assert_eq!(pages(&card("Dank u wel."), Window::Left), Ok(2));
    assert_eq!(Window::parse("right"), Some(Window::Right));
    assert_eq!(Window::parse("up"), None);
}

#[test]
fn each_letter_starts_on_a_sheet_of_its_own() {
    let (one, two) = (letter(vec![paragraph("Kort.")]), long(9));
    assert_eq!(pages(&two, Window::Left), Ok(2));
    let batch = [one.clone(), two, one.clone(), one];
    let pdf = print(&batch, Window::Left, "Post").expect("a document");
    assert_eq!(counted(&pdf), 2 + 2 + 2 + 1, "an empty back behind each single page, none behind the last");
}

#[test]
fn the_same_letters_are_the_same_bytes() {
    let pdf = || print(&[long(3), card("Dank")], Window::Right, "Post").expect("a document");
    assert!(pdf().starts_with(b"%PDF-1.7") && pdf() == pdf());
}

#[test]
fn everything_that_a_message_can_hold_is_printed() {
    let text = |text: &str| Inline::Text(text.into());
    let link = |url: &str| Inline::Link { label: "onze site".into(), url: url.into() };
    let body = vec![
        paragraph("Beste mevrouw De Vries,"),
        Block::Heading(vec![text("Wat u kunt doen")]),
        Block::List {
            start: Some(9),
            items: vec![
                vec![paragraph("Eerst"), Block::List { start: None, items: vec![vec![paragraph("binnen")]] }],
                vec![Block::Button { label: "Verzet".into(), url: "https://x.nl/a".into() }],
                vec![],
            ],
        },
        Block::Quote(vec![paragraph("Zei u."), Block::Rule]),
        Block::Code("regel een\n  regel twee".into()),
        Block::Button { label: "Bel".into(), url: "tel:0301234567".into() },
        Block::Button { label: "Verzet de afspraak".into(), url: "https://mijn.rijnoever.nl/a/K7Q2".into() },
        Block::Paragraph(vec![
            text("Met "),
            Inline::Strong(vec![text("vriendelijke"), Inline::Emphasis(vec![text(" groet")])]),
            Inline::Break,
            link("https://x.nl"),
        ]),
        Block::Paragraph(vec![]),
    ];
    let deep = (0..8).fold(paragraph("diep"), |inner, _| Block::Quote(vec![inner]));
    for subject in [None, Some("Uw reparatie".to_owned())] {
        let letter = Letter { subject, ..letter([body.clone(), vec![deep.clone()]].concat()) };
        assert!(print(&[letter], Window::Left, "Post").is_ok());
    }
}

#[test]
fn what_is_too_long_or_has_no_shape_is_refused() {
    let many = |count: usize| pages(&long(count), Window::Left);
    assert_eq!(many(1), Ok(1));
    assert_eq!(many(300), Err(Cause::TooLong));
    assert!((1..60).map_while(|count| many(count).ok()).max() <= Some(PAGES_MAX));
    assert_eq!(pages(&card(&"woord ".repeat(600)), Window::Left), Err(Cause::CardFull));
    let strange = letter(vec![paragraph("Dag 王小明, дom")]);
    let signs = "王小明дm".chars().take(4).collect::<String>();
    assert!(
        matches!(pages(&strange, Window::Left), Err(Cause::Unprintable { signs: found }) if found.starts_with(&signs))
    );
    let trouble = print(&[card("Dag"), strange], Window::Left, "Post").expect_err("refused");
    assert_eq!(trouble.letter, 1);
    for language in Language::ALL {
        assert!(trouble.cause.message(language).contains('王'));
    }
    let too_many = vec![card("Dag"); LETTERS_MAX + 1];
    assert_eq!(print(&too_many, Window::Left, "Post").map_err(|trouble| trouble.cause), Err(Cause::TooMany));
}

#[test]
fn a_card_holds_what_a_message_for_it_may_have() {
    let words = "Bedankt voor uw bestelling bij ons. ".repeat(20);
    assert!(pages(&card(&words[..700]), Window::Left).is_ok());
    assert!(pages(&card(&"W".repeat(700)), Window::Left).is_ok());
}

#[test]
fn labels_fill_their_sheets() {
    let sheet = |count: usize| counted(&labels(&vec![card("Dag"); count], Language::Nl, "Etiketten").expect("labels"));
    assert_eq!((sheet(1), sheet(21), sheet(22)), (1, 1, 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_is_printed_or_refused_for_a_reason(text in "\\PC{0,300}", name in "\\PC{0,60}", subject in "\\PC{0,200}") {
        let letter = Letter { to: vec![name, "Kade 1".into()], subject: Some(subject), ..letter(vec![paragraph(&text)]) };
        match print(&[letter], Window::Left, "Post") {
            Ok(pdf) => prop_assert!(pdf.starts_with(b"%PDF")),
            Err(trouble) => prop_assert!(matches!(trouble.cause, Cause::Unprintable { .. }), "{:?}", trouble),
        }
    }
}

/// The text as another program reads it, page by page.
fn read_by_poppler(pdf: &[u8]) -> Vec<String> {
    let mut child = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext, of poppler-utils");
    child.stdin.take().expect("its input").write_all(pdf).expect("it reads");
    let output = child.wait_with_output().expect("its answer");
    String::from_utf8(output.stdout).expect("text").split('\u{c}').map(str::to_owned).collect()
}

#[test]
fn another_program_reads_the_same_words() {
    if Command::new("pdftotext").arg("-v").output().is_err() && std::env::var_os("KLANTREIS_REQUIRE_PEERS").is_none() {
        return;
    }
    let text = "Uw coöperatie „De Brug” betaalt € 12,50 – vóór 1 mei.";
    let body = vec![paragraph("Beste mevrouw De Vries,"), paragraph(text)];
    let names = ["Zoë Ångström-Łukasz", "İbrahim Çelik"];
    let letters = names.map(|name| Letter { to: vec![name.into(), "Kade 1".into()], ..letter(body.clone()) });
    let pages = read_by_poppler(&print(&letters, Window::Left, "Post").expect("a document"));
    for (page, name) in [(0, names[0]), (2, names[1])] {
        for words in [name, "Kade 1", text, "24 november 2026", "Uw afspraak op vrijdag 27 november"] {
            assert!(pages[page].contains(words), "{words} on {}", pages[page]);
        }
    }
    assert_eq!(pages[1].trim(), "", "the back of the first");
}
