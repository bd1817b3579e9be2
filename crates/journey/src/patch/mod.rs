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
use crate::language::JOURNEY;
use crate::parse::File;
use crate::yaml::Node;
use comments::comments;
use lines::{indent_at, line_end, line_start, newline, next_line, splice};
use order::{key_order, order_of};
use plain::Plain;

pub use edit::Edit;
pub use refused::Refused;
pub use written::Written;

/// Makes one edit. The result has been read back: it says exactly what was meant and nothing else changed.
pub fn patch(text: &str, edit: &Edit) -> Result<String, Refused> {
    let (root, before) = read(text).ok_or(Refused::Unreadable)?;
    let patched = match edit {
        Edit::Set { field, value } => set::set(text, &root, field, value)?,
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

fn read(text: &str) -> Option<(Node, Vec<Finding>)> {
    let mut file = File::read(Folder::DEFINITION, text, &JOURNEY);
    Some((file.root.take()?, file.findings))
}
