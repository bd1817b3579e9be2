//! Forms as flat fields: `when.number`, `seen.0.event`. What stands in a definition and what someone typed have the same
//! form, so that comparing, merging and showing are one thing for every kind of form.

use std::collections::{BTreeMap, BTreeSet};

use journey::Written;

/// Characters of one field; the language's own limits are below it.
const CHARS_MAX: usize = 20_000;
/// Fields of one form.
const FIELDS_MAX: usize = 3_000;

/// Filled fields by name; blank ones are left out. Several of one name are joined by commas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// What a browser posted.
    pub(super) fn posted(pairs: Vec<(String, String)>) -> Self {
        let mut fields = Self::default();
        for (name, value) in pairs.into_iter().take(FIELDS_MAX) {
            let value: String = value.replace("\r\n", "\n").chars().take(CHARS_MAX).collect();
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            let slot = fields.0.entry(name).or_default();
            if !slot.is_empty() {
                slot.push(',');
            }
            slot.push_str(value);
        }
        fields
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(super) fn put(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        if !value.is_empty() {
            self.0.insert(name, value);
        }
    }

    pub(super) fn put_if(&mut self, name: impl Into<String>, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    pub(super) fn flag(&mut self, name: impl Into<String>, is_so: bool) {
        if is_so {
            self.put(name, "1");
        }
    }

    /// Leaves out the fields that do not belong.
    pub(super) fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.0.retain(|name, _| keep(name));
    }

    /// Those of one group: `when` has `when.kind`, `when.events.0.event`.
    pub(super) fn group(&self, group: &str) -> BTreeMap<&str, &str> {
        self.0.iter().filter(|(name, _)| group_of(name) == group).map(|(name, value)| (&**name, &**value)).collect()
    }

    /// The groups in which two forms differ.
    pub(super) fn differing(&self, other: &Self) -> BTreeSet<String> {
        let names = self.0.keys().chain(other.0.keys());
        names.filter(|name| self.get(name) != other.get(name)).map(|name| group_of(name).to_owned()).collect()
    }

    /// The names whose fields differ.
    pub(super) fn differing_names(&self, other: &Self) -> BTreeSet<String> {
        let names = self.0.keys().chain(other.0.keys());
        names.filter(|name| self.get(name) != other.get(name)).cloned().collect()
    }

    /// The names that end so.
    pub(super) fn ending(&self, end: &str) -> Vec<String> {
        self.0.keys().filter(|name| name.ends_with(end)).cloned().collect()
    }

    /// The names of the fields that say exactly this.
    pub(super) fn holding(&self, value: &str) -> Vec<String> {
        self.0.iter().filter(|(_, held)| *held == value).map(|(name, _)| name.clone()).collect()
    }

    /// The numbers in use below a name (`seen` of `seen.0.event`), in order.
    pub(super) fn rows(&self, list: &str) -> Vec<usize> {
        let numbers = self.0.keys().filter_map(|name| {
            let rest = name.strip_prefix(list)?.strip_prefix('.')?;
            rest.split('.').next()?.parse().ok()
        });
        numbers.collect::<BTreeSet<usize>>().into_iter().collect()
    }

    /// What the form says, in a few characters: the same for the same fields.
    pub(super) fn digest(&self) -> String {
        let parts: Vec<&str> = self.0.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]).collect();
        words::digest(&parts)[..12].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// For the template, with which macros look names up.
    pub(super) fn shown(&self) -> minijinja::Value {
        crate::views::data(self.0.clone())
    }

    pub(super) fn text(&self, name: &str) -> Option<Written> {
        self.0.get(name).map(|value| value.as_str().into())
    }

    /// A number and its unit: `2` and `d`.
    pub(super) fn span(&self, name: &str) -> Option<Written> {
        let (number, unit) = (self.get(&format!("{name}.number")), self.get(&format!("{name}.unit")));
        (!number.is_empty()).then(|| format!("{number}{}", if unit.is_empty() { "d" } else { unit }).into())
    }

    /// Lines of a field as a list.
    pub(super) fn lines(&self, name: &str) -> Option<Written> {
        let lines: Vec<&str> = self.get(name).lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        (!lines.is_empty()).then(|| lines.into())
    }
}

impl FromIterator<(String, String)> for Fields {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        let mut fields = Self::default();
        for (name, value) in pairs {
            fields.put(name, value);
        }
        fields
    }
}

/// `when` of `when.number`.
pub(super) fn group_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// Writes a span as number and unit.
pub(super) fn put_span(fields: &mut Fields, name: &str, span: journey::Span) {
    let text = span.to_string();
    let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    fields.put(format!("{name}.number"), &text[..split]);
    fields.put(format!("{name}.unit"), &text[split..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(pairs: &[(&str, &str)]) -> Fields {
        Fields::posted(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn blank_fields_do_not_count_and_several_are_joined() {
        let fields = posted(&[("a", " x "), ("b", "  "), ("c", "1"), ("c", "2"), ("d", "een\r\ntwee")]);
        assert_eq!((fields.get("a"), fields.get("b"), fields.get("c")), ("x", "", "1,2"));
        assert_eq!(fields.get("d"), "een\ntwee");
        assert_eq!(fields.digest(), posted(&[("c", "1,2"), ("a", "x"), ("d", "een\ntwee")]).digest());
    }

    #[test]
    fn a_form_has_a_limit() {
        let many = (0..FIELDS_MAX + 10).map(|n| (n.to_string(), "x".repeat(CHARS_MAX + 10))).collect();
        let fields = Fields::posted(many);
        assert_eq!((fields.0.len(), fields.get("0").len()), (FIELDS_MAX, CHARS_MAX));
    }

    #[test]
    fn forms_differ_by_group() {
        let (one, two) =
            (posted(&[("when.a", "1"), ("x", "1")]), posted(&[("when.a", "2"), ("x", "1"), ("y.0.b", "1")]));
        assert_eq!(one.differing(&two).into_iter().collect::<Vec<_>>(), ["when", "y"]);
        assert_eq!(posted(&[("s.10.e", "a"), ("s.2.e", "b"), ("st.1", "c")]).rows("s"), [2, 10]);
    }
}
