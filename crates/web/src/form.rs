use std::collections::BTreeMap;

use minijinja::Value;

use crate::{language::Text, shell::Shell};

/// What is wrong with the fields of a form, by the field's name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remarks(BTreeMap<&'static str, Text>);

impl Remarks {
    /// Adds a remark beside a field; the first one stays.
    pub fn add(&mut self, field: &'static str, text: Text) {
        self.0.entry(field).or_insert(text);
    }

    /// Adds a remark unless something is so.
    pub fn expect(&mut self, is_so: bool, field: &'static str, key: &'static str) {
        if !is_so {
            self.add(field, Text::new(key));
        }
    }

    /// Whether the form is in order.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something is wrong with this field.
    pub fn mentions(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// For the template: field to text.
    pub fn said_by(&self, shell: &Shell) -> Value {
        Value::from_pairs(self.0.iter().map(|(field, text)| (*field, shell.say(text))))
    }
}

/// An address as we compare it: trimmed, lower case; `None` when it cannot be one.
pub(crate) fn email(typed: &str) -> Option<String> {
    let address = typed.trim().to_lowercase();
    let (local, domain) = address.split_once('@')?;
    let fits = !local.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !domain.contains('@')
        && address.len() <= 254
        && !address.chars().any(|c| c.is_whitespace() || c.is_control());
    fits.then_some(address)
}

/// A line of text: trimmed, at least one character and at most so many.
pub(crate) fn line(typed: &str, chars_max: usize) -> Option<String> {
    let text = typed.trim();
    let fits = !text.is_empty() && text.chars().count() <= chars_max && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_trimmed_and_lowered_and_must_look_like_one() {
        assert_eq!(email(" Jo@Rijnoever.Example "), Some("jo@rijnoever.example".into()));
        for typed in ["", "jo", "jo@", "@x.nl", "jo@x", "jo@x@y.nl", "j o@x.nl", "jo@.nl"] {
            assert_eq!(email(typed), None, "{typed}");
        }
        assert_eq!(email(&format!("{}@x.nl", "a".repeat(250))), None);
    }

    #[test]
    fn a_line_has_no_breaks_and_a_limit() {
        assert_eq!(line("  Fatima ", 10), Some("Fatima".into()));
        assert_eq!(line(" ", 10), None);
        assert_eq!(line("a\nb", 10), None);
        assert_eq!(line("elf letters", 10), None);
    }
}
