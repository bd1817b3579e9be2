use std::cmp::Ordering;

use words::{CustomerWord, Language};

use crate::problem::Problem;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The definition cannot be used as it is.
    Error,
    /// Probably not what was meant.
    Warning,
    /// Needed before it is published; a sketch may do without.
    Gate,
}

impl Severity {
    /// `error`, `warning` or `gate`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Gate => "gate",
        }
    }
}

/// Something found in a folder: where, how much it matters, what is wrong and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file within the folder.
    pub file: String,
    /// From 1; 0 when it is about the file as a whole.
    pub line: usize,
    /// In characters, from 1; 0 when it is about the file as a whole.
    pub column: usize,
    /// The field: `touchpoints.herinnering.when.by`, by id where there is one, else `ends[1].listen`. Empty: the file.
    pub field: String,
    /// How much it matters.
    pub severity: Severity,
    /// What.
    pub problem: Problem,
}

impl Finding {
    /// What is wrong and what to do about it.
    pub fn message(&self, language: Language) -> String {
        self.message_about(language, &CustomerWord::default())
    }

    /// [`Finding::message`] with the organisation's word for customer.
    pub fn message_about(&self, language: Language, customer: &CustomerWord) -> String {
        let (dutch, english) = self.problem.texts(customer);
        match language {
            Language::Nl => dutch,
            Language::En => english,
        }
    }

    /// A name of the kind of mistake that stays the same over versions.
    pub fn code(&self) -> &'static str {
        self.problem.code()
    }

    /// One line for a terminal: `journey.yaml:12:5: touchpoints.a.when: …`.
    pub fn line(&self, language: Language) -> String {
        let severity = match (self.severity, language) {
            (Severity::Error, Language::Nl) => "fout",
            (Severity::Error, Language::En) => "error",
            (Severity::Warning, Language::Nl) => "let op",
            (Severity::Warning, Language::En) => "warning",
            (Severity::Gate, Language::Nl) => "nog te doen",
            (Severity::Gate, Language::En) => "to do",
        };
        let Self { file, line, column, field, .. } = self;
        let place = if *line == 0 { file.clone() } else { format!("{file}:{line}:{column}") };
        let field = if field.is_empty() { String::new() } else { format!("{field}: ") };
        format!("{place}: {severity}: {field}{}", self.message(language))
    }

    /// By file, line, column and field.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        let key = |finding: &Self| (finding.line, finding.column, finding.severity);
        self.file.cmp(&other.file).then(key(self).cmp(&key(other))).then_with(|| self.field.cmp(&other.field))
    }
}
