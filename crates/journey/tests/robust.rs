//! Whatever comes in: reading never fails but says what is wrong, and it always points into the text.

mod reference;

use journey::{Edit, Folder, Organisation, Parsed, gate, parse, patch};
use proptest::prelude::*;
use words::Language;

fn read(text: &str) -> Parsed {
    let folder = Folder::of_definition(text);
    let parsed = parse(&folder, &Organisation::named("x"));
    let lines = text.split(['\n', '\r']).count();
    for finding in &parsed.findings {
        assert!(finding.line <= lines, "{finding:?}");
        for language in Language::ALL {
            assert!(finding.message(language).len() > 10, "{finding:?}");
        }
    }
    if let Some(definition) = &parsed.definition {
        gate(definition, &folder);
    }
    assert!(parsed.definition.is_some() || !parsed.findings.is_empty(), "nothing read, nothing said");
    parsed
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        read(&text);
        Organisation::parse(&text);
    }

    #[test]
    fn anything_that_looks_like_yaml_is_read(text in "([a-z]{1,3}|[-:?&*!|>%@`'\"{}\\[\\],# \n\t\r]|é|  ){0,60}") {
        read(&text);
    }

    #[test]
    fn any_condition_is_read(condition in "([a-z]{1,5}|hold\\.x|'a'|[0-9.]{1,3}|==|!=|&&|\\|\\||[!<>=+*/%()\\[\\]{}?:., -]|in ){0,25}") {
        let condition = condition.replace(['\\', '"'], "");
        read(&format!("journey: x\nfacts: {{ hold: {{ x: text }} }}\nstarts: {{ event: a.b, where: \"{condition}\" }}\nphases: []\ntouchpoints: []\n"));
    }
}

proptest! {
    #![proptest_config(config(60))]

    /// A reference journey of which a part was cut, doubled or overwritten.
    #[test]
    fn a_damaged_journey_is_read(
        journey in 0..4_usize,
        from in 0.0..1.0_f64,
        length in 0..40_usize,
        with in "[ \na-z:'\"{}\\[\\]#-]{0,8}",
    ) {
        let text = reference::definition(journey);
        let chars: Vec<char> = text.chars().collect();
        let start = ((chars.len() as f64) * from) as usize;
        let end = (start + length).min(chars.len());
        let damaged: String =
            chars[..start].iter().copied().chain(with.chars()).chain(chars[end..].iter().copied()).collect();
        let parsed = read(&damaged);
        // An edit of a damaged text is made or refused, never something else.
        if parsed.definition.is_some() {
            let _ = patch(&damaged, &Edit::set("title", "Nieuw"));
        }
    }
}
