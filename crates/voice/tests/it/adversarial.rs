//! The sentences that are easy to get wrong: `adversarial.tsv`, labelled by hand.

use crate::traps::{Score, all, found, score};

#[test]
fn what_looks_like_a_form_of_address_is_told_from_what_is_one() {
    let traps = all();
    assert!(traps.len() >= 150, "{}", traps.len());
    let Score { hits, flagged, wanted, exact } = score(&traps);
    let wrong = traps.iter().filter(|trap| found(trap) != trap.breaks);
    let wrong: Vec<String> =
        wrong.map(|trap| format!("{}: {:?} in {}", trap.kind, found(trap), trap.passage.text())).collect();
    let told = format!("precision {hits}/{flagged}, recall {hits}/{wanted}: {wrong:#?}");
    assert!(hits * 100 >= flagged * 97 && hits * 100 >= wanted * 97 && exact * 100 >= traps.len() * 97, "{told}");
}
