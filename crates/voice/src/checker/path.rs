//! All that one customer hears along one path: by every channel, in one voice.

use super::{
    lists::{CLOSINGS, FORMAL_CLOSINGS, FRIENDLY_CLOSINGS},
    passage::{Owner, Passage, Tongue},
    phrase,
    register::{self, Cue, Side, Weight},
    remark::Remark,
    rule::Rule,
    word::{Word, words},
};

/// One thing that is heard.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// What.
    pub passage: &'a Passage,
    /// Its name, for who reads the remark: "bevestiging, sms".
    pub name: &'a str,
}

/// What differs along the way, each with the index of what it is in. The first that shows a form, or a closing, is what the rest is
/// compared with: of closings only whether they are formal, plain or friendly; each passage gets one remark of a kind at most. What breaks the organisation's voice by itself
/// is told by [`examine`](super::examine).
pub fn along(heard: &[Heard<'_>]) -> Vec<(usize, Remark)> {
    let mut remarks = Vec::new();
    let mut form: Option<(Tongue, Side, usize)> = None;
    let mut close: Option<(Family, usize)> = None;
    for (index, Heard { passage, .. }) in heard.iter().enumerate() {
        let (words, _) = words(passage);
        let cues = register::cues_of(passage, &words);
        let strong = |side: Option<Side>| {
            cues.iter().find(|cue| cue.weight == Weight::Strong && side.is_none_or(|side| cue.side != side))
        };
        match form.filter(|(tongue, ..)| *tongue == passage.tongue()) {
            None => form = strong(None).map(|cue: &Cue| (passage.tongue(), cue.side, index)).or(form),
            Some((_, side, first)) => {
                if let Some(cue) = strong(Some(side)) {
                    remarks.push((index, remark(passage, cue.at.clone(), heard[first].name)));
                }
            }
        }
        let Some((at, said)) = closing(&words) else { continue };
        match close {
            Some((before, first)) if before != said => {
                remarks.push((index, remark(passage, at, heard[first].name)));
            }
            Some(_) => {}
            None => close = Some((said, index)),
        }
    }
    remarks
}

fn remark(passage: &Passage, at: std::ops::Range<usize>, against: &str) -> Remark {
    Remark {
        rule: Rule::Mixed,
        found: passage.text[at.clone()].to_owned(),
        at,
        against: against.to_owned(),
        rewrite: None,
    }
}

/// How a letter closes: as to somebody one does not know, as to friends, or in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Formal,
    Plain,
    Friendly,
}

/// The closing of a letter.
fn closing(words: &[Word<'_>]) -> Option<(std::ops::Range<usize>, Family)> {
    let families =
        [(FORMAL_CLOSINGS, Family::Formal), (CLOSINGS, Family::Plain), (FRIENDLY_CLOSINGS, Family::Friendly)];
    let tail = words.len().saturating_sub(18);
    let mut starts = (tail..words.len()).filter(|at| *at > 0 && words[*at].first && words[*at].owner == Owner::Writer);
    starts.find_map(|at| {
        let found = families.into_iter().flat_map(|(list, family)| list.iter().map(move |closing| (closing, family)));
        let found = found.filter_map(|(closing, family)| Some((phrase::length_at(words, at, closing)?, family)));
        let (length, family) = found.max_by_key(|(length, _)| *length)?;
        let ends = words.get(at + length).is_none_or(|next| next.gap.contains([',', '\n']));
        ends.then(|| (words[at].at.start..words[at + length - 1].at.end, family))
    })
}
