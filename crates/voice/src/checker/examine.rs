use journey::Voice;
use words::FormOfAddress;

use super::{
    ending, greeting,
    passage::{Passage, Tongue},
    pressure, readability,
    register::{self, Side, Weight},
    remark::Remark,
    rewrite,
    rule::Rule,
    tallies, terms,
    word::words,
};

/// Against what a passage is judged.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// How the organisation sounds.
    pub voice: &'a Voice,
    /// How it addresses these customers.
    pub address: FormOfAddress,
    /// Its name.
    pub organisation: &'a str,
    /// Whether this is a whole message, with a head, an end and a way to reach somebody; not a subject or a question.
    pub whole: bool,
    /// Whether facts could have been put in: a message, not a text that somebody pastes.
    pub template: bool,
}

/// Everything that can be said about a passage, in the order of the text.
pub fn examine(passage: &Passage, setting: &Setting<'_>) -> Vec<Remark> {
    let (words, sentences) = words(passage);
    let mut remarks = greeting::remarks(passage, &words, setting);
    let greeted: Vec<_> = remarks.iter().map(|remark| remark.at.clone()).collect();
    for cue in register::cues_of(passage, &words) {
        // "Geachte" is said once: as the opening that it is.
        if greeted.iter().any(|range| range.start <= cue.at.start && cue.at.end <= range.end) {
            continue;
        }
        remarks.extend(address(passage, &words, &cue, setting));
    }
    remarks.extend(tallies::remarks(passage, &words, setting));
    remarks.extend(terms::remarks(passage, &words, setting));
    remarks.extend(readability::remarks(passage, &words, &sentences, setting));
    remarks.extend(pressure::remarks(passage, &words, setting));
    if setting.whole {
        remarks.extend(ending::remarks(passage, &words, &sentences));
    }
    remarks.sort_by_key(|remark| (remark.at.start, remark.rule));
    remarks
}

fn address(
    passage: &Passage,
    words: &[super::word::Word<'_>],
    cue: &register::Cue,
    setting: &Setting<'_>,
) -> Option<Remark> {
    let against = match (passage.tongue(), setting.address) {
        (Tongue::German, FormOfAddress::U) => "Sie",
        (Tongue::German, FormOfAddress::Je) => "du",
        (_, form) => form.as_str(),
    };
    let allowed = setting.voice.flemish && setting.address == FormOfAddress::Je;
    let found = passage.text[cue.at.clone()].to_owned();
    let remark = |rule, rewrite| {
        Some(Remark { rule, at: cue.at.clone(), found: found.clone(), against: against.to_owned(), rewrite })
    };
    if cue.weight == Weight::Strong && cue.regional {
        return if allowed { None } else { remark(Rule::Regional, None) };
    }
    if cue.weight == Weight::Idiom && cue.side == Side::Informal && setting.address == FormOfAddress::U {
        return remark(Rule::Idiom, None);
    }
    // "Uw" is how one says "jouw" in Flanders.
    if !cue.breaks(setting.address)
        || allowed && passage.tongue() == Tongue::Dutch && found.to_lowercase().starts_with('u')
    {
        return None;
    }
    let wording = rewrite::to(passage, words, cue, setting.address);
    let mut remark = remark(Rule::Address, None)?;
    if let Some((at, text)) = wording {
        remark.found = passage.text[at.clone()].to_owned();
        remark.at = at;
        remark.rewrite = Some(text);
    }
    Some(remark)
}
