//! Writes a letter and a card as they come out of a printer, and says how fast letters are made: `sample FOLDER`.

#![expect(clippy::print_stdout, reason = "an example tells what it measured")]
#![expect(clippy::disallowed_methods, reason = "an example measures with a clock")]

use std::{path::Path, time::Instant};

use post::{Window, print};
use words::{
    Language,
    paper::{Block, Inline, Letter},
};

fn text(text: &str) -> Inline {
    Inline::Text(text.into())
}

fn letter(card: bool) -> Letter {
    let url = "https://mijn.rijnoever.nl/a/K7Q2-9DFA".to_owned();
    let when = Inline::Strong(vec![text("vrijdag 27 november, tussen 10 en 12 uur")]);
    let all = vec![
        Block::Paragraph(vec![text("Beste mevrouw De Vries,")]),
        Block::Paragraph(vec![text("Uw afspraak voor de reparatie (lekkende kraan) staat op "), when, text(".")]),
        Block::Paragraph(vec![text("Komt dit niet uit? U kunt de afspraak dag en nacht zelf verzetten of afzeggen:")]),
        Block::Button { label: "Mijn afspraak".into(), url },
        Block::Heading(vec![text("Wat u klaar kunt zetten")]),
        Block::List {
            start: None,
            items: vec![
                vec![Block::Paragraph(vec![text("Maak de ruimte rond de kraan vrij.")])],
                vec![Block::Paragraph(vec![text("Houd uw huurdersnummer bij de hand; het staat op uw huurcontract.")])],
            ],
        },
        Block::Paragraph(vec![text("Iemand spreken? Bel 030 123 45 67.")]),
        Block::Paragraph(vec![text("Met vriendelijke groet,"), Inline::Break, text("Rijnoever Wonen")]),
    ];
    let short = || {
        vec![
            all[0].clone(),
            Block::Paragraph(vec![text("Fijn dat u bij ons bestelde. Iets mis? Bel 030 123 45 67.")]),
            all[7].clone(),
        ]
    };
    Letter {
        language: Language::Nl,
        card,
        from: ["Rijnoever Wonen", "Postbus 12, 6800 AA Arnhem"].map(String::from).to_vec(),
        to: ["Mevrouw Sanne de Vries", "Merelstraat 24", "6821 AB  Arnhem"].map(String::from).to_vec(),
        date: "24 november 2026".into(),
        subject: (!card).then(|| "Uw afspraak voor de reparatie".into()),
        body: if card { short() } else { all },
    }
}

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let written = |name: &str, letters: &[Letter], window| {
        let pdf = print(letters, window, "Post").expect("a letter that can be printed");
        std::fs::write(Path::new(&folder).join(name), &pdf).expect("a folder to write in");
        println!("{name}: {} letters, {} bytes", letters.len(), pdf.len());
    };
    written("brief.pdf", &[letter(false)], Window::Left);
    written("brief-rechts.pdf", &[letter(false)], Window::Right);
    written("kaart.pdf", &[letter(true)], Window::Left);
    let many = vec![letter(false); post::LETTERS_MAX];
    let start = Instant::now();
    written("stapel.pdf", &many, Window::Left);
    let seconds = start.elapsed().as_secs_f64();
    println!("{:.0} letters per second and core", many.len() as f64 / seconds);
}
