use super::Written;
use crate::yaml::Core;

/// A value on one line.
pub(super) fn flow(value: &Written) -> String {
    match value {
        Written::Bool(value) => value.to_string(),
        Written::Number(value) => value.to_string(),
        Written::Text(text) => scalar(text),
        Written::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Written::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Written::Map(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}: {}", scalar(key), flow(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

/// An item of a list with every key on a line of its own, after `- `.
pub(super) fn block(value: &Written, indent: &str, newline: &str) -> String {
    match value {
        Written::Map(entries) if !entries.is_empty() => {
            let lines: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}: {}", scalar(key), flow(value))).collect();
            lines.join(&format!("{newline}{indent}  "))
        }
        other => flow(other),
    }
}

/// A text, between quotation marks unless nobody could read it as anything else.
pub(super) fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_alphanumeric())
        && !text.ends_with(char::is_whitespace)
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '%' | '+' | '(' | ')'))
        && matches!(Core::plain(text), Core::Text(_));
    if plain { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
