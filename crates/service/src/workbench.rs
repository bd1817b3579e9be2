//! A journey's folder on the workbench: read, everything found in it, and published when nothing is in the way.

use std::borrow::Cow;

use journey::{Definition, Finding, Folder, Organisation, Severity};
use voice::{
    Declared, Fault, Message,
    checker::{Heard, Noted, Passage, Remark, Rule, along, listen},
};
use words::{CustomerWord, Language};

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

/// How every message sounds, and whether all of them, in the order of the journey, sound like one. The form of address is not among
/// it: that is a fault.
fn sounding(folder: &Folder, definition: &Definition, organisation: &Organisation) -> Vec<Found> {
    let strict = organisation.voice.strict;
    let mut found = Vec::new();
    for language in Language::ALL {
        let messages = in_order(folder, definition, language);
        let mut noted: Vec<(usize, Noted)> = Vec::new();
        for (index, (name, message)) in messages.iter().enumerate() {
            let remarks = listen(message, &Declared::of(definition, organisation, name));
            noted.extend(remarks.into_iter().map(|remark| (index, remark)));
        }
        let together = together(&messages, &noted);
        noted.extend(together);
        noted.retain(|(_, noted)| noted.remark.rule != Rule::Address);
        found.extend(noted.into_iter().map(|(index, noted)| Found::Voice {
            file: Folder::message_file(messages[index].0, language),
            message: messages[index].0.to_owned(),
            language,
            noted,
            strict,
        }));
    }
    found
}

/// The messages in the order in which a customer comes upon them, those that nothing sends last.
fn in_order<'a>(folder: &'a Folder, definition: &'a Definition, language: Language) -> Vec<(&'a str, Message)> {
    let sent = definition.touchpoints.iter().flat_map(|one| one.send.iter().chain(&one.variants)).map(String::as_str);
    let mut names: Vec<&str> = Vec::new();
    for name in sent.chain(folder.messages()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let read = |name: &'a str| Some((name, Message::parse(folder.message(name, language)?, language).ok()?));
    names.into_iter().filter_map(read).collect()
}

/// What sounds different from what the same customer heard before, unless it was noted already.
fn together(messages: &[(&str, Message)], noted: &[(usize, Noted)]) -> Vec<(usize, Noted)> {
    let mut passages = Vec::new();
    for (index, (name, message)) in messages.iter().enumerate() {
        let fields = message.fields().into_iter();
        passages.extend(fields.filter_map(|(field, _)| {
            let passage = Passage::of_field(message, &field)?;
            Some((index, field, passage, *name))
        }));
    }
    let heard: Vec<Heard<'_>> = passages.iter().map(|(_, _, passage, name)| Heard { passage, name }).collect();
    let differs = along(&heard).into_iter().filter_map(|(at, remark)| {
        let (index, field, passage, _) = &passages[at];
        let text = messages[*index].1.text(field)?;
        let range = passage.in_source(&remark.at);
        let known = |(other, noted): &(usize, Noted)| {
            other == index && noted.field == *field && noted.range.start < range.end && range.start < noted.range.end
        };
        let line = text.line_at(range.start);
        (!noted.iter().any(known)).then(|| (*index, Noted { field: field.clone(), line, range, remark }))
    });
    differs.collect()
}
