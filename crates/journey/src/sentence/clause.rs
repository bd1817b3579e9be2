//! Clauses that can stand by themselves or behind "als": Dutch puts the verb last there.

use words::Language;

/// What a condition says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Clause {
    /// Subject, verb, and the rest: "de status van de afspraak", "is", "‘gemaakt’". The rest may be empty.
    One(String, &'static str, String),
    /// All of these.
    All(Vec<Clause>),
    /// At least one of these.
    Any(Vec<Clause>),
}

impl Clause {
    /// As a sentence of its own, without capital and full stop.
    pub(super) fn main(&self, language: Language) -> String {
        self.said(language, false)
    }

    /// As it stands behind "als", "zodra" and "if".
    pub(super) fn subordinate(&self, language: Language) -> String {
        self.said(language, language == Language::Nl)
    }

    fn said(&self, language: Language, verb_last: bool) -> String {
        let say = |parts: &[Self]| -> Vec<String> { parts.iter().map(|part| part.said(language, verb_last)).collect() };
        match self {
            Self::One(subject, verb, rest) => {
                let order = if verb_last { [subject, rest.as_str(), *verb] } else { [subject, *verb, rest.as_str()] };
                order.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
            }
            Self::All(parts) => {
                let either = |part: &Self| match part {
                    Self::Any(choices) => of_any(&say(choices), language),
                    other => other.said(language, verb_last),
                };
                let said: Vec<String> = parts.iter().map(either).collect();
                joined(&said, language.pick(" en ", " and "))
            }
            Self::Any(parts) => {
                let several = parts.iter().any(|part| matches!(part, Self::All(_)));
                let or = language.pick(" of ", " or ");
                if several { say(parts).join(&format!(",{or}")) } else { joined(&say(parts), or) }
            }
        }
    }
}

/// A clause as it stands behind "zodra" and "of": "er is een foto gestuurd" becomes "er een foto gestuurd is". Others are
/// right in both places.
pub(super) fn behind(clause: String) -> String {
    match clause.strip_prefix("er is ") {
        Some(rest) => format!("er {rest} is"),
        None => clause,
    }
}

/// A choice within more that must hold: "óf … óf …".
fn of_any(parts: &[String], language: Language) -> String {
    match language {
        Language::Nl => format!("óf {}", parts.join(" óf ")),
        Language::En => format!("either {}", parts.join(" or ")),
    }
}

/// `a, b en c`.
pub(super) fn joined(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{}{last}{end}", first.join(", ")),
    }
}
