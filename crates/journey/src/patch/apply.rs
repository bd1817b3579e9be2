use super::plain::Plain;
use super::{Edit, Written};
use crate::read::steps;

/// Makes an edit on what a text says, to compare with what the edited text says. `None`: it has no place there.
pub(super) fn apply(root: &mut Plain, edit: &Edit) -> Option<()> {
    match edit {
        Edit::Set { field, value } => {
            let (parent, key) = parent(root, field)?;
            match parent {
                Plain::Map(entries) => {
                    entries.insert(key.to_owned(), Plain::from(value));
                }
                other => *other.step(key)? = Plain::from(value),
            }
        }
        Edit::Remove { field } => match parent(root, field)? {
            (Plain::Map(entries), key) => {
                entries.remove(key)?;
            }
            _ => return None,
        },
        Edit::Add { list, after, value } => add(root, list, after.as_deref(), value)?,
        Edit::Delete { list, id } => {
            let items = items(root, list)?;
            items.remove(place(items, id)?);
        }
        Edit::Move { list, id, after } => {
            let items = items(root, list)?;
            let item = items.remove(place(items, id)?);
            let at = match after {
                Some(after) => place(items, after)? + 1,
                None => 0,
            };
            items.insert(at, item);
        }
    }
    Some(())
}

fn parent<'a, 'b>(root: &'a mut Plain, field: &'b str) -> Option<(&'a mut Plain, &'b str)> {
    let steps: Vec<&str> = steps(field).collect();
    let (key, way) = steps.split_last()?;
    let mut parent = root;
    for step in way {
        parent = parent.step(step)?;
    }
    Some((parent, key))
}

fn add(root: &mut Plain, list: &str, after: Option<&str>, value: &Written) -> Option<()> {
    if let Plain::Map(entries) = root {
        let slot = entries.entry(list.to_owned()).or_insert(Plain::Null);
        if *slot == Plain::Null {
            *slot = Plain::List(Vec::new());
        }
    }
    let items = items(root, list)?;
    let at = match after {
        Some(after) => place(items, after)? + 1,
        None => items.len(),
    };
    items.insert(at, Plain::from(value));
    Some(())
}

fn items<'a>(root: &'a mut Plain, list: &str) -> Option<&'a mut Vec<Plain>> {
    match root.step(list)? {
        Plain::List(items) => Some(items),
        _ => None,
    }
}

fn place(items: &[Plain], id: &str) -> Option<usize> {
    items.iter().position(|item| item.is(id))
}
