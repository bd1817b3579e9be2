use std::ops::Range;

use words::Language;

use crate::{
    Fault, FaultKind, Field, Message,
    front::{self, Entry, Front},
};

/// Replaces one field of a file and leaves every other byte as it was. `None`, or a blank text, removes the field; it is
/// added where it belongs when it was not there. The result has been read back.
pub fn patch(source: &str, field: &Field, value: Option<&str>) -> Result<String, Vec<Fault>> {
    let front = front::read(source)?;
    let value = value.map(|value| value.replace("\r\n", "\n")).filter(|value| !value.trim().is_empty());
    let patched = match (field, &value) {
        (Field::Body, value) => {
            let body = value.as_deref().unwrap_or("").trim_end_matches('\n');
            format!("{}{body}\n", &source[..front.body])
        }
        (field, Some(value)) => set(source, &front, field, &quoted(value.trim())),
        (field, None) => match front.entry(field) {
            Some(entry) => remove(source, entry),
            None => return Ok(source.to_owned()),
        },
    };
    verify(source, &patched, field, value.as_deref())?;
    Ok(patched)
}

fn set(source: &str, front: &Front, field: &Field, quoted: &str) -> String {
    if let Some(entry) = front.entry(field) {
        let span = entry.span.clone();
        let gap = if source[..span.start].ends_with(':') { " " } else { "" };
        return splice(source, span, &format!("{gap}{quoted}"));
    }
    match (field, &front.head) {
        (Field::Question(name), None) => format!("---\nquestions:\n  {name}: {quoted}\n---\n{source}"),
        (field, None) => format!("---\n{field}: {quoted}\n---\n{source}"),
        (Field::Question(name), Some(head)) => add_question(source, front, head, name, quoted),
        (field, Some(head)) => {
            let before =
                front.entries.iter().filter(|entry| entry.field < *field && !matches!(entry.field, Field::Question(_)));
            let at = before.map(|entry| line_end(source, entry.span.end)).max().unwrap_or(head.start);
            splice(source, at..at, &format!("{field}: {quoted}\n"))
        }
    }
}

fn add_question(source: &str, front: &Front, head: &Range<usize>, name: &str, quoted: &str) -> String {
    let last = front.entries.iter().rfind(|entry| matches!(entry.field, Field::Question(_)));
    match (last, &front.questions) {
        (Some(last), _) => {
            let span = last.span.clone();
            let indent = &source[line_start(source, last.key.start)..last.key.start];
            if indent.trim().is_empty() {
                let at = line_end(source, span.end);
                splice(source, at..at, &format!("{indent}{name}: {quoted}\n"))
            } else {
                splice(source, span.end..span.end, &format!(", {name}: {quoted}"))
            }
        }
        (None, Some(key)) => {
            let at = line_end(source, key.end);
            splice(source, at..at, &format!("  {name}: {quoted}\n"))
        }
        (None, None) => splice(source, head.end..head.end, &format!("questions:\n  {name}: {quoted}\n")),
    }
}

fn remove(source: &str, entry: &Entry) -> String {
    let start = line_start(source, entry.key.start);
    let span = entry.span.clone();
    if source[start..entry.key.start].trim().is_empty() {
        return splice(source, start..line_end(source, span.end), "");
    }
    // In a mapping on one line the comma goes along: the one after, else the one before.
    let after = source[span.end..].trim_start_matches(' ');
    if let Some(rest) = after.strip_prefix(',') {
        let end = source.len() - rest.trim_start_matches(' ').len();
        return splice(source, entry.key.start..end, "");
    }
    let before = source[..entry.key.start].trim_end_matches(' ');
    splice(source, before.strip_suffix(',').unwrap_or(before).len()..span.end, "")
}

fn line_start(source: &str, at: usize) -> usize {
    source[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn line_end(source: &str, at: usize) -> usize {
    source[at..].find('\n').map_or(source.len(), |newline| at + newline + 1)
}

fn splice(source: &str, range: Range<usize>, with: &str) -> String {
    format!("{}{with}{}", &source[..range.start], &source[range.end..])
}

/// A double-quoted scalar of YAML 1.2.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}') => {
                out.push_str(&format!("\\u{:04X}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The field says what it should and every other field what it said.
fn verify(before: &str, after: &str, field: &Field, value: Option<&str>) -> Result<(), Vec<Fault>> {
    let before = Message::parse(before, Language::Nl)?;
    let after = Message::parse(after, Language::Nl)?;
    let source = |message: &Message, field: &Field| message.text(field).map(|text| text.source.trim().to_owned());
    let others = |message: &Message| {
        let fields = message.fields().into_iter().filter(|(other, _)| other != field);
        fields.map(|(other, text)| (other, text.source.clone())).collect::<Vec<_>>()
    };
    let wanted = value.map(|value| value.trim().to_owned());
    let found = source(&after, field).filter(|text| !text.is_empty());
    if found == wanted && others(&before) == others(&after) {
        return Ok(());
    }
    Err(vec![Fault::new(1, field, FaultKind::NotPatched)])
}
