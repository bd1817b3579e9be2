//! `adversarial.tsv`, and how it is answered.

use voice::checker::{Passage, Tongue, cues};
use words::FormOfAddress;

/// One line of the file.
pub(crate) struct Trap {
    /// What makes it hard.
    pub(crate) kind: &'static str,
    /// The organisation's form.
    pub(crate) form: FormOfAddress,
    /// The words that break it.
    pub(crate) breaks: Vec<&'static str>,
    /// The text.
    pub(crate) passage: Passage,
}

/// How many texts are rightly flagged, flagged, and to be flagged; and of how many every word is right.
#[derive(Clone, Copy, Default)]
pub(crate) struct Score {
    pub(crate) hits: usize,
    pub(crate) flagged: usize,
    pub(crate) wanted: usize,
    pub(crate) exact: usize,
}

/// Every line.
pub(crate) fn all() -> Vec<Trap> {
    let lines = include_str!("adversarial.tsv").lines().filter(|line| !line.starts_with('#'));
    let trap = |line: &'static str| {
        let [kind, form, breaks, text] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        Trap {
            kind,
            form: FormOfAddress::parse(form).expect("u or je"),
            breaks: if breaks == "-" { Vec::new() } else { breaks.split(' ').collect() },
            passage: passage(text, Tongue::Dutch),
        }
    };
    lines.map(trap).collect()
}

/// A text in which `[[ ]]` holds what came from data.
pub(crate) fn passage(text: &str, tongue: Tongue) -> Passage {
    let (mut plain, mut data) = (String::new(), Vec::new());
    for piece in text.split("]]") {
        let (own, value) = piece.split_once("[[").unwrap_or((piece, ""));
        plain.push_str(own);
        data.push(plain.len()..plain.len() + value.len());
        plain.push_str(value);
    }
    Passage::with_data(&plain, &data, tongue)
}

/// The words that are found to break the form.
pub(crate) fn found(trap: &Trap) -> Vec<&str> {
    let cues = cues(&trap.passage).into_iter().filter(|cue| cue.breaks(trap.form));
    cues.map(|cue| &trap.passage.text()[cue.at]).collect()
}

/// All of them together.
pub(crate) fn score(traps: &[Trap]) -> Score {
    let mut score = Score::default();
    for trap in traps {
        let found = found(trap);
        score.wanted += usize::from(!trap.breaks.is_empty());
        score.flagged += usize::from(!found.is_empty());
        score.hits += usize::from(!found.is_empty() && !trap.breaks.is_empty());
        score.exact += usize::from(found == trap.breaks);
    }
    score
}
