//! The sentences that are easy to get wrong: `adversarial.tsv`, labelled by hand.

use std::collections::BTreeMap;

use voice::checker::{Cue, Passage, Tongue, cues};
use words::FormOfAddress;

/// One line of the file.
struct Trap {
    kind: &'static str,
    form: FormOfAddress,
    breaks: Vec<&'static str>,
    passage: Passage,
}

fn traps() -> Vec<Trap> {
    let lines = include_str!("adversarial.tsv").lines().filter(|line| !line.starts_with('#'));
    let trap = |line: &'static str| {
        let [kind, form, breaks, text] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (mut plain, mut data) = (String::new(), Vec::new());
        for piece in text.split("]]") {
            let (own, value) = piece.split_once("[[").unwrap_or((piece, ""));
            plain.push_str(own);
            data.push(plain.len()..plain.len() + value.len());
            plain.push_str(value);
        }
        Trap {
            kind,
            form: FormOfAddress::parse(form).unwrap(),
            breaks: if breaks == "-" { Vec::new() } else { breaks.split(' ').collect() },
            passage: Passage::with_data(&plain, &data, Tongue::Dutch),
        }
    };
    lines.map(trap).collect()
}

fn found(trap: &Trap) -> Vec<&str> {
    let cues: Vec<Cue> = cues(&trap.passage).into_iter().filter(|cue| cue.breaks(trap.form)).collect();
    cues.into_iter().map(|cue| &trap.passage.text()[cue.at]).collect()
}

#[test]
fn what_looks_like_a_form_of_address_is_told_from_what_is_one() {
    let traps = traps();
    assert!(traps.len() >= 150, "{}", traps.len());
    let (mut hits, mut flagged, mut wanted, mut exact) = (0, 0, 0, 0_usize);
    let mut wrong: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for trap in &traps {
        let found = found(trap);
        wanted += i32::from(!trap.breaks.is_empty());
        flagged += i32::from(!found.is_empty());
        hits += i32::from(!found.is_empty() && !trap.breaks.is_empty());
        exact += usize::from(found == trap.breaks);
        if found != trap.breaks {
            let line = format!("{:?} for {:?}: {}", found, trap.breaks, trap.passage.text());
            wrong.entry(trap.kind).or_default().push(line);
        }
    }
    let share = |n: i32, of: i32| f64::from(n) / f64::from(of.max(1));
    let (precision, recall) = (share(hits, flagged), share(hits, wanted));
    let told =
        format!("precision {hits}/{flagged}, recall {hits}/{wanted}, every word {exact}/{}: {wrong:#?}", traps.len());
    assert!(precision >= 0.97 && recall >= 0.97 && exact * 100 >= traps.len() * 97, "{told}");
}
