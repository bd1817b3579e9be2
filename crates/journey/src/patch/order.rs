//! The order in which the language writes keys.

use crate::language::{Shape, Table};
use crate::read::steps;
use crate::yaml::Entry;

/// The place of a key in the language's order of keys; unknown keys come last.
pub(super) fn order_of(keys: &[&str], key: &str) -> usize {
    keys.iter().position(|known| *known == key).unwrap_or(keys.len())
}

/// The entry behind which a key goes; a free name goes behind them all.
pub(super) fn goes_behind<'a>(entries: &'a [Entry], key: &str, order: &[&str]) -> Option<&'a Entry> {
    let own = order_of(order, key);
    entries.iter().rev().find(|entry| own == order.len() || order_of(order, &entry.key) < own)
}

/// The order in which the language writes the keys of a mapping at a field.
pub(super) fn key_order(table: &'static Table, field: &str) -> Vec<&'static str> {
    let mut shape = Shape::Map(table);
    for step in steps(field) {
        let next = match shape.items() {
            // An id or a number: an item of the list.
            Some((item, _)) if shape.tables().is_empty() || step.starts_with('[') => Some(*item),
            Some((item, _)) if !item.tables().is_empty() && !has_key(&shape, step) => Some(*item),
            _ => shape.tables().iter().find_map(|table| table.key(step)).map(|key| key.shape),
        };
        match next {
            Some(next) => shape = next,
            None => return Vec::new(),
        }
    }
    shape.tables().first().map(|table| table.keys.iter().map(|key| key.name).collect()).unwrap_or_default()
}

fn has_key(shape: &Shape, key: &str) -> bool {
    shape.tables().iter().any(|table| table.key(key).is_some())
}
