//! A journey's folder on the workbench: read, everything found in it, and published when nothing is in the way.

use std::borrow::Cow;

use journey::{Definition, Finding, Folder, Organisation, Severity};
use voice::{
    Declared, Fault, Message,
    checker::{Noted, Remark, Rule},
};
use words::{CustomerWord, Language};

use crate::sounding::{Sound, sounds};

/// Something found in a folder, by whichever crate knows it.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// About the definition.
    Definition(Finding),
    /// About a message.
    Message {
        /// The file within the folder.
        file: String,
        /// The message's name.
        message: String,
        /// In which language.
        language: Language,
        /// What.
        fault: Fault,
    },
    /// How a message sounds.
    Voice {
        /// The file within the folder.
        file: String,
        /// The message's name.
        message: String,
        /// In which language.
        language: Language,
        /// What, and where.
        noted: Noted,
        /// Whether the organisation wants it mended before anything is published.
        strict: bool,
    },
}

impl Found {
    /// The file within the folder.
    pub fn file(&self) -> &str {
        match self {
            Self::Definition(finding) => &finding.file,
            Self::Message { file, .. } | Self::Voice { file, .. } => file,
        }
    }

    /// From 1; 0 when it is about the file as a whole.
    pub fn line(&self) -> usize {
        match self {
            Self::Definition(finding) => finding.line,
            Self::Message { fault, .. } => fault.line,
            Self::Voice { noted, .. } => noted.line,
        }
    }

    /// The field, as findings and faults write it.
    pub fn field(&self) -> Cow<'_, str> {
        match self {
            Self::Definition(finding) => Cow::Borrowed(&finding.field),
            Self::Message { fault, .. } => Cow::Borrowed(&fault.field),
            Self::Voice { noted, .. } => Cow::Owned(noted.field.to_string()),
        }
    }

    /// How much it matters; a fault in a message keeps it from being published, not from being drawn. How it sounds does so only
    /// where the organisation's voice is strict, and never when it is advice.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Definition(finding) => finding.severity,
            Self::Message { .. } => Severity::Gate,
            Self::Voice { noted, strict, .. } if *strict && !noted.remark.rule.is_advice() => Severity::Gate,
            Self::Voice { .. } => Severity::Warning,
        }
    }

    /// What is wrong and what to do about it, with the organisation's word for customer.
    pub fn text(&self, language: Language, customer: &CustomerWord) -> String {
        match self {
            Self::Definition(finding) => finding.message_about(language, customer),
            Self::Message { fault, .. } => fault.what(language),
            Self::Voice { noted, .. } => said(&noted.remark, language),
        }
    }

    /// One line for a terminal.
    pub fn line_for_terminal(&self, language: Language) -> String {
        match self {
            Self::Definition(finding) => finding.line(language),
            Self::Message { file, fault, .. } => {
                let severity = language.pick("nog te doen", "to do");
                format!("{file}:{}: {severity}: {}: {}", fault.line, fault.field, fault.what(language))
            }
            Self::Voice { file, noted, .. } => {
                let severity = match self.severity() {
                    Severity::Warning => language.pick("let op", "note"),
                    _ => language.pick("nog te doen", "to do"),
                };
                let rule = noted.remark.rule.id();
                let what = said(&noted.remark, language);
                format!("{file}:{}: {severity}: {} ({rule}): {what}", noted.line, noted.field)
            }
        }
    }
}

/// The reason, and what could stand there.
fn said(remark: &Remark, language: Language) -> String {
    let reason = remark.reason(language);
    match remark.rewrite.as_deref() {
        Some("") => format!("{reason} {}", language.pick("Haal het weg.", "Remove it.")),
        Some(rewrite) if language == Language::Nl => format!("{reason} Bijvoorbeeld: „{rewrite}”."),
        Some(rewrite) => format!("{reason} For example: ‘{rewrite}’."),
        None => reason,
    }
}

/// A folder as it was read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// As much as could be read: may be drawn at any time.
    pub definition: Option<Definition>,
    /// Errors, warnings and what publishing still needs, in the order of the text.
    pub found: Vec<Found>,
}

impl Reading {
    /// Whether it can run: nothing but warnings was found.
    pub fn publishable(&self) -> bool {
        self.definition.is_some() && self.found.iter().all(|found| found.severity() == Severity::Warning)
    }

    /// Whether it can be read at all; a sketch may miss what publishing needs.
    pub fn sound(&self) -> bool {
        self.definition.is_some() && self.found.iter().all(|found| found.severity() != Severity::Error)
    }
}

/// Reads a folder and says everything that is wrong with it.
pub fn read(folder: &Folder, organisation: &Organisation) -> Reading {
    let parsed = journey::parse(folder, organisation);
    let mut found: Vec<Found> = parsed.findings.into_iter().map(Found::Definition).collect();
    if let Some(definition) = &parsed.definition {
        found.extend(journey::gate(definition, folder).into_iter().map(Found::Definition));
        found.extend(of_messages(folder, definition, organisation));
        found.extend(sounding(folder, definition, organisation));
    }
    Reading { definition: parsed.definition, found }
}

fn of_messages(folder: &Folder, definition: &Definition, organisation: &Organisation) -> Vec<Found> {
    let each = folder.messages().into_iter().flat_map(|name| Language::ALL.map(|language| (name, language)));
    let mut found = Vec::new();
    for (name, language) in each {
        let Some(text) = folder.message(name, language) else { continue };
        let faults = match Message::parse(text, language) {
            Ok(message) => voice::check(&message, &Declared::of(definition, organisation, name)),
            Err(faults) => faults,
        };
        found.extend(faults.into_iter().map(|fault| Found::Message {
            file: Folder::message_file(name, language),
            message: name.to_owned(),
            language,
            fault,
        }));
    }
    found
}

/// How the messages sound. The form of address is not among it: that is a fault.
fn sounding(folder: &Folder, definition: &Definition, organisation: &Organisation) -> Vec<Found> {
    let strict = organisation.voice.strict;
    let found = sounds(folder, definition, organisation).into_iter().flat_map(|sound| {
        let Sound { name, language, noted, .. } = sound;
        let noted = noted.into_iter().filter(|noted| noted.remark.rule != Rule::Address);
        noted.map(move |noted| Found::Voice {
            file: Folder::message_file(&name, language),
            message: name.clone(),
            language,
            noted,
            strict,
        })
    });
    found.collect()
}
