//! A journey's folder on the workbench: read, everything found in it, and published when nothing is in the way.

use journey::{Definition, Finding, Folder, Organisation, Severity};
use voice::{Declared, Fault, Message};
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
}

impl Found {
    /// The file within the folder.
    pub fn file(&self) -> &str {
        match self {
            Self::Definition(finding) => &finding.file,
            Self::Message { file, .. } => file,
        }
    }

    /// From 1; 0 when it is about the file as a whole.
    pub fn line(&self) -> usize {
        match self {
            Self::Definition(finding) => finding.line,
            Self::Message { fault, .. } => fault.line,
        }
    }

    /// The field, as findings and faults write it.
    pub fn field(&self) -> &str {
        match self {
            Self::Definition(finding) => &finding.field,
            Self::Message { fault, .. } => &fault.field,
        }
    }

    /// How much it matters; a fault in a message keeps it from being published, not from being drawn.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Definition(finding) => finding.severity,
            Self::Message { .. } => Severity::Gate,
        }
    }

    /// What is wrong and what to do about it, with the organisation's word for customer.
    pub fn text(&self, language: Language, customer: &CustomerWord) -> String {
        match self {
            Self::Definition(finding) => finding.message_about(language, customer),
            Self::Message { fault, .. } => fault.what(language),
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
        }
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
