//! In which form a text addresses its reader.
//!
//! Every word that carries a form of address is a [`Cue`]. What is beyond doubt is strong; what stands in a quotation, a title,
//! a fixed word of courtesy or a set phrase, or is plural beside "u", is weak and counts only where nothing strong is. So no title makes a text mixed,
//! and a text that is one quotation still has a form.

mod dutch;
mod german;
mod traps;

use std::ops::Range;

use words::FormOfAddress;

use super::{
    passage::{Passage, Tongue},
    word::{Word, words},
};

/// Which of the two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// u, Sie.
    Formal,
    /// je, du.
    Informal,
}

/// Why a cue counts less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Beyond doubt.
    Strong,
    /// "alsjeblieft", "dankjewel": fixed words that people also say beside the other form.
    Interjection,
    /// Somebody else's words, or a title's.
    Quoted,
    /// A set phrase in which it means anybody.
    Idiom,
    /// "jullie", "euch": also the plural of u.
    Plural,
    /// "Sie" where the capital means nothing.
    Ambiguous,
}

/// A word that shows the form of address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Its bytes.
    pub at: Range<usize>,
    /// Its side.
    pub side: Side,
    /// How much it counts.
    pub weight: Weight,
    /// "ge" and "gij": informal in Flanders, not of the standard language.
    pub regional: bool,
}

/// The form of address of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    /// It addresses nobody.
    Neutral,
    /// u, Sie.
    Formal,
    /// je, du.
    Informal,
    /// Both, in the writer's own words.
    Mixed,
}

/// Every cue of a passage, in order.
pub fn cues(passage: &Passage) -> Vec<Cue> {
    cues_of(passage, &words(passage).0)
}

pub(super) fn cues_of(passage: &Passage, words: &[Word<'_>]) -> Vec<Cue> {
    match passage.tongue {
        Tongue::Dutch => dutch::cues(&passage.text, words),
        Tongue::German => german::cues(words),
        Tongue::English => Vec::new(),
    }
}

impl Cue {
    /// Whether this is not how somebody is addressed whom one addresses so.
    pub fn breaks(&self, wanted: FormOfAddress) -> bool {
        let other = match wanted {
            FormOfAddress::U => Side::Informal,
            FormOfAddress::Je => Side::Formal,
        };
        self.side == other && matches!(self.weight, Weight::Strong | Weight::Interjection)
    }
}

/// The form of address of a passage.
pub fn register(passage: &Passage) -> Register {
    register_of(&cues(passage))
}

pub(super) fn register_of(cues: &[Cue]) -> Register {
    let count =
        |side, strong| cues.iter().filter(|cue| cue.side == side && (cue.weight == Weight::Strong) == strong).count();
    let sides = |strong| (count(Side::Formal, strong), count(Side::Informal, strong));
    match (sides(true), sides(false)) {
        ((0, 0), (0, 0)) => Register::Neutral,
        ((0, 0), (formal, informal)) if formal >= informal => Register::Formal,
        ((0, 0), _) | ((0, _), _) => Register::Informal,
        ((_, 0), _) => Register::Formal,
        _ => Register::Mixed,
    }
}
