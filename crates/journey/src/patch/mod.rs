//! Edits of the source text by its spans: comments, order and everything that was not meant stay as they were.

mod apply;
mod block;
mod comments;
mod edit;
mod flow;
mod lines;
mod list;
mod order;
mod plain;
mod refused;
mod render;
mod set;
mod written;

use crate::finding::{Finding, Severity};
use crate::folder::Folder;
use crate::language::{JOURNEY, ORGANISATION, Table};
use crate::model::Organisation;
use crate::parse::File;
use crate::yaml::Node;
use comments::comments;
use lines::{indent_at, line_end, line_start, newline, next_line, splice};
use order::{goes_behind, key_order};
use plain::Plain;

pub use edit::Edit;
pub use refused::Refused;
pub use written::Written;

/// Makes one edit. The result has been read back: it says exactly what was meant and nothing else changed.
pub fn patch(text: &str, edit: &Edit) -> Result<String, Refused> {
    made(text, edit, &JOURNEY, read)
}

/// [`patch`] for `organisation.yaml`. A list that is not there yet is written whole.
pub fn patch_organisation(text: &str, edit: &Edit) -> Result<String, Refused> {
    made(text, edit, &ORGANISATION, read_organisation)
}

type Read = (Node, Vec<Finding>);

fn made(text: &str, edit: &Edit, table: &'static Table, read: fn(&str) -> Option<Read>) -> Result<String, Refused> {
    let (root, before) = read(text).ok_or(Refused::Unreadable)?;
    let patched = match edit {
        Edit::Set { field, value } => set::set(text, &root, table, (field, value))?,
        Edit::Remove { field } => set::remove(text, &root, field)?,
        Edit::Add { list, after, value } => list::add(text, &root, list, after.as_deref(), value)?,
        Edit::Delete { list, id } => list::delete(text, &root, list, id)?,
        Edit::Move { list, id, after } => list::shift(text, &root, list, id, after.as_deref())?,
    };
    let by_hand = || Refused::ByHand(edit.place());
    let mut meant = Plain::from(&root);
    apply::apply(&mut meant, edit).ok_or_else(by_hand)?;
    let (root, after) = read(&patched).ok_or_else(by_hand)?;
    if Plain::from(&root) != meant {
        return Err(by_hand());
    }
    let new: Vec<Finding> = after
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .filter(|finding| !before.iter().any(|old| old.problem == finding.problem && old.field == finding.field))
        .collect();
    if new.is_empty() { Ok(patched) } else { Err(Refused::Wrong(new)) }
}

fn read(text: &str) -> Option<Read> {
    let mut file = File::read(Folder::DEFINITION, text, &JOURNEY);
    Some((file.root.take()?, file.findings))
}

fn read_organisation(text: &str) -> Option<Read> {
    let mut file = File::read(Organisation::FILE, text, &ORGANISATION);
    Some((file.root.take()?, file.findings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_keeps_its_remarks_and_everything_that_was_not_meant() {
        let text = "# van ons\nname: Rijnoever  # kort\nteams:\n  - balie\nlinks: { help: https://x.example }\n";
        let teams = Written::List(vec!["balie".into(), "vakmensen".into()]);
        let text = patch_organisation(text, &Edit::set("name", "Rijnoever Wonen")).unwrap();
        let text = patch_organisation(&text, &Edit::set("quiet_hours", "22:00-07:00")).unwrap();
        let text = patch_organisation(&text, &Edit::set("teams", teams)).unwrap();
        let (organisation, findings) = Organisation::parse(&text);
        assert!(findings.is_empty() && text.starts_with("# van ons\nname: Rijnoever Wonen  # kort\n"), "{text}");
        assert_eq!(organisation.teams, ["balie", "vakmensen"]);
        assert_eq!(organisation.links["help"], "https://x.example");
        assert_eq!(organisation.quiet_hours.map(|hours| hours.from.hour()), Some(22));
        let wrong = patch_organisation(&text, &Edit::set("zone", "Mars/Noord"));
        assert!(matches!(wrong, Err(Refused::Wrong(_))), "{wrong:?}");
    }
}
