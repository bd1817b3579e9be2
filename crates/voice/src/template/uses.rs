use std::collections::{BTreeMap, BTreeSet};

use journey::language::lists::MESSAGE_FILTERS;

use super::tags::{Tag, Token, tags};
use crate::FaultKind;

/// What a template uses, each with the byte where it first stands, and what is wrong with its tags.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uses {
    /// Variables, with their dots.
    pub(crate) variables: BTreeMap<String, usize>,
    /// Variables that may be missing: an `if` asks for them, or `default` says what stands there then.
    pub(crate) spared: BTreeSet<String>,
    /// Names of links.
    pub(crate) links: BTreeMap<String, usize>,
    /// What is not in the language.
    pub(crate) faults: Vec<(usize, FaultKind)>,
}

const STATEMENTS: &[&str] = &["if", "elif", "else", "endif"];
const OPERATORS: &[&str] = &["and", "or", "not", "true", "false", "True", "False"];
/// Words that minijinja knows and a message does not need.
const REFUSED: &[&str] = &["is", "in", "if", "else", "none", "None"];

/// Reads the tags of a template.
pub(crate) fn uses(source: &str) -> Uses {
    let mut uses = Uses::default();
    let (tags, fault) = tags(source);
    for tag in &tags {
        uses.read(tag);
    }
    uses.faults.extend(fault);
    uses
}

impl Uses {
    fn read(&mut self, tag: &Tag<'_>) {
        let mut tokens = tag.tokens.as_slice();
        if tag.statement {
            match tokens.split_first() {
                Some(((Token::Name(word), _), rest)) if STATEMENTS.contains(word) => tokens = rest,
                Some(((Token::Name(word), at), _)) => {
                    self.faults.push((*at, FaultKind::TagNotAllowed { word: (*word).to_owned() }));
                    return;
                }
                _ => return,
            }
        }
        for (index, (token, at)) in tokens.iter().enumerate() {
            let Token::Name(name) = token else { continue };
            let before = index.checked_sub(1).map(|before| &tokens[before].0);
            let after = tokens.get(index + 1).map(|(token, _)| token);
            if before == Some(&Token::Sign("|")) {
                if !MESSAGE_FILTERS.contains(name) {
                    self.faults.push((*at, FaultKind::UnknownFilter { name: (*name).to_owned() }));
                }
            } else if REFUSED.contains(name) {
                self.faults.push((*at, FaultKind::SignNotAllowed { sign: (*name).to_owned() }));
            } else if OPERATORS.contains(name) {
            } else if after == Some(&Token::Sign("(")) {
                self.call(name, *at, &tokens[index + 2..]);
            } else {
                self.variables.entry((*name).to_owned()).or_insert(*at);
                let has_default = matches!(
                    tokens.get(index + 1..index + 3),
                    Some([(Token::Sign("|"), _), (Token::Name("default"), _)])
                );
                if tag.statement || has_default {
                    self.spared.insert((*name).to_owned());
                }
            }
        }
    }

    fn call(&mut self, name: &str, at: usize, arguments: &[(Token<'_>, usize)]) {
        match arguments {
            [(Token::Text(link), _), (Token::Sign(")"), _), ..] if name == "link" => {
                self.links.entry((*link).to_owned()).or_insert(at);
            }
            _ if name == "link" => self.faults.push((at, FaultKind::LinkName)),
            _ => self.faults.push((at, FaultKind::SignNotAllowed { sign: format!("{name}()") })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_variables_filters_and_links() {
        let uses =
            uses("{{ a.b | day }} {% if c and not d.e == 'x' %}{{ link('ask') }}{% endif %} {{ f | default('je') }}");
        let names: Vec<_> = uses.variables.keys().map(String::as_str).collect();
        assert_eq!(names, ["a.b", "c", "d.e", "f"]);
        assert_eq!(uses.links.keys().collect::<Vec<_>>(), ["ask"]);
        assert_eq!(uses.spared.iter().collect::<Vec<_>>(), ["c", "d.e", "f"]);
        assert_eq!(uses.faults, []);
    }

    #[test]
    fn refuses_everything_else() {
        let faults = [
            "{% for a in b %}",
            "{% include 'x' %}",
            "{% import 'x' as y %}",
            "{% macro a() %}",
            "{% set a = b %}",
            "{% raw %}",
            "{{ a | upper }}",
            "{{ a * 9 }}",
            "{{ a ~ a }}",
            "{{ a[0] }}",
            "{{ range(9) }}",
            "{{ link(a) }}",
            "{{ {} }}",
            "{{ a",
            "{% if a",
            "{# x",
            "{{ 'x }}",
            "{{ a if b else c }}",
            "{{ a in b }}",
            "{{ a is defined }}",
        ];
        for source in faults {
            assert!(!uses(source).faults.is_empty(), "{source}");
        }
        let long = format!("{{{{ {} }}}}", "a".repeat(crate::TAG_BYTES_MAX + 2));
        assert_eq!(uses(&long).faults[0].1, FaultKind::TagTooLong);
        let short = format!("{{{{ {} }}}}", "a".repeat(crate::TAG_BYTES_MAX - 2));
        assert_eq!(uses(&short).faults, []);
    }
}
