//! Lists of events as rows of a form: `seen.0.event`, `seen.0.where`, `seen.0.late`.

use journey::{EventMatch, Late, Written};

use super::fields::Fields;

/// Rows of a list that a form takes; the language has its own limit.
const ROWS_MAX: usize = 20;

pub(super) fn put(fields: &mut Fields, list: &str, events: &[EventMatch]) {
    for (row, matched) in events.iter().enumerate() {
        fields.put(format!("{list}.{row}.event"), matched.event.as_str());
        fields.put_if(format!("{list}.{row}.where"), matched.only.as_ref().map(|only| only.source().to_owned()));
        fields.put_if(format!("{list}.{row}.late"), matched.late.map(late));
    }
}

pub(super) fn late(late: Late) -> String {
    match late {
        Late::Skip => "skip".to_owned(),
        Late::Send => "send".to_owned(),
        Late::Within(span) => format!("within {span}"),
    }
}

/// Rows without an event are left out, the others numbered from 0.
pub(super) fn compact(fields: &mut Fields, list: &str) {
    let lead = format!("{list}.");
    let rows: Vec<[String; 3]> = fields
        .rows(list)
        .into_iter()
        .map(|row| ["event", "where", "late"].map(|key| fields.get(&format!("{lead}{row}.{key}")).to_owned()))
        .filter(|[event, ..]| !event.is_empty())
        .take(ROWS_MAX)
        .collect();
    fields.retain(|name| !name.starts_with(&lead) || !name[lead.len()..].starts_with(|c: char| c.is_ascii_digit()));
    for (row, [event, only, late]) in rows.into_iter().enumerate() {
        fields.put(format!("{lead}{row}.event"), event);
        fields.put(format!("{lead}{row}.where"), only);
        fields.put(format!("{lead}{row}.late"), late);
    }
}

/// As one writes it; `None` when no event is filled in.
pub(super) fn written(fields: &Fields, list: &str) -> Option<Written> {
    let mut all: Vec<Written> = fields.rows(list).into_iter().filter_map(|row| one(fields, list, row)).collect();
    match all.len() {
        0 => None,
        1 => all.pop(),
        _ => Some(Written::List(all)),
    }
}

fn one(fields: &Fields, list: &str, row: usize) -> Option<Written> {
    let event = fields.text(&format!("{list}.{row}.event"))?;
    let (only, late) = (fields.text(&format!("{list}.{row}.where")), fields.text(&format!("{list}.{row}.late")));
    if only.is_none() && late.is_none() {
        return Some(event);
    }
    Some(Written::map([("event", Some(event)), ("where", only), ("late", late)]))
}
