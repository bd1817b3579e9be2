use words::limits::{DEFINITION_BYTES_MAX, MESSAGE_BYTES_MAX};

use crate::check::{Surroundings, check};
use crate::finding::{Finding, Severity};
use crate::folder::{FILES_MAX, Folder};
use crate::language::{JOURNEY, Shape, Table};
use crate::model::{Definition, Organisation};
use crate::problem::{Form, Problem};
use crate::read::{self, Path};
use crate::yaml::{self, Lines, Node};

/// What a folder says, and everything that was found in it.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// As much as could be read: for drawing at any time, for running only when [`Parsed::sound`]. `None` when the text cannot
    /// be read at all or does not name the journey.
    pub definition: Option<Definition>,
    /// Errors and warnings, in the order of the text. What publishing still needs is asked of [`gate`](crate::gate).
    pub findings: Vec<Finding>,
}

impl Parsed {
    /// The definition, if nothing found in it is an error.
    pub fn sound(&self) -> Option<&Definition> {
        let broken = self.findings.iter().any(|finding| finding.severity == Severity::Error);
        self.definition.as_ref().filter(|_| !broken)
    }
}

/// Reads and checks the folder of a journey: as much as possible, with all that is wrong, not only the first.
pub fn parse(folder: &Folder, organisation: &Organisation) -> Parsed {
    let mut findings = check_folder(folder);
    let text = folder.get(Folder::DEFINITION).unwrap_or_default();
    let mut file = File::read(Folder::DEFINITION, text, &JOURNEY);
    let mut definition = None;
    if let Some(root) = file.root.take() {
        let taken = read::take(&root, organisation, folder.hash());
        for (problem, field) in taken.misread {
            file.report_field(&root, Severity::Error, problem, field);
        }
        if let Some(found) = &taken.definition {
            let surroundings = Surroundings { organisation, folder };
            for (severity, problem, field) in check(found, &surroundings, &taken.stated) {
                file.report_field(&root, severity, problem, field);
            }
        }
        definition = taken.definition;
    }
    findings.append(&mut file.findings);
    findings.sort_by(Finding::order);
    Parsed { definition, findings }
}

/// One YAML file on its way.
pub(crate) struct File<'a> {
    name: &'a str,
    lines: Lines,
    pub(crate) root: Option<Node>,
    pub(crate) findings: Vec<Finding>,
}

impl<'a> File<'a> {
    /// Reads a text and checks its form.
    pub(crate) fn read(name: &'a str, text: &str, table: &'static Table) -> Self {
        let fits = text.len() <= DEFINITION_BYTES_MAX;
        let text = if fits { text } else { "" };
        let lines = Lines::of(text);
        let (root, stops) = yaml::read(text, &lines);
        let mut file = Self { name, lines, root: None, findings: Vec::new() };
        for (problem, at) in stops {
            file.report(Severity::Error, problem, String::new(), at);
        }
        match root {
            Some(root) if !root.entries().is_empty() => {
                let mut misformed = Vec::new();
                read::check_form(&root, &Shape::Map(table), &Path::Root, &mut misformed);
                for (problem, field, span) in misformed {
                    file.report(Severity::Error, problem, field, span.start);
                }
                file.root = Some(root);
            }
            _ if !fits => file.report_whole(Form::TooBig(DEFINITION_BYTES_MAX)),
            _ if file.findings.is_empty() => file.report_whole(Form::NoFile(name.to_owned())),
            _ => {}
        }
        file
    }

    /// Adds a finding at a byte.
    pub(crate) fn report(&mut self, severity: Severity, problem: impl Into<Problem>, field: String, at: usize) {
        let (line, column) = self.lines.position(at);
        self.findings.push(Finding {
            file: self.name.to_owned(),
            line,
            column,
            field,
            severity,
            problem: problem.into(),
        });
    }

    /// Adds a finding at a field; without a field it is about the file as a whole.
    fn report_field(&mut self, root: &Node, severity: Severity, problem: Problem, field: String) {
        if field.is_empty() {
            let finding = whole_file(self.name, problem);
            self.findings.push(Finding { severity, ..finding });
        } else {
            let span = read::locate(root, &field);
            self.report(severity, problem, field, span.start);
        }
    }

    fn report_whole(&mut self, problem: Form) {
        self.findings.push(whole_file(self.name, problem));
    }
}

fn whole_file(name: &str, problem: impl Into<Problem>) -> Finding {
    Finding {
        file: name.to_owned(),
        line: 0,
        column: 0,
        field: String::new(),
        severity: Severity::Error,
        problem: problem.into(),
    }
}

/// Which files may be there, and how large.
fn check_folder(folder: &Folder) -> Vec<Finding> {
    let mut findings = Vec::new();
    if folder.files().count() > FILES_MAX {
        findings.push(whole_file("", Form::TooManyFiles(FILES_MAX)));
    }
    for (name, text) in folder.files().take(FILES_MAX) {
        if !name.starts_with("messages/") {
            continue;
        }
        if text.len() > MESSAGE_BYTES_MAX {
            findings.push(whole_file(name, Form::TooBig(MESSAGE_BYTES_MAX)));
        }
        if !Folder::is_message(name) {
            let problem = Form::StrangeFile(name.to_owned());
            findings.push(Finding { severity: Severity::Warning, ..whole_file(name, problem) });
        }
    }
    findings
}
