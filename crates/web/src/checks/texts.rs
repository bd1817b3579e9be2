use std::collections::BTreeSet;

use words::Language;

use crate::language::{Locale, sources};
use crate::session::audited;
use crate::views::Templates;

/// The keys of a language's texts.
fn keys(language: Language) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (path, text) in sources(language) {
        for line in text.lines() {
            let Some((key, _)) = line.split_once(" =") else { continue };
            if key.starts_with(|first: char| first.is_ascii_lowercase()) && !key.contains(' ') {
                assert!(keys.insert(key.to_owned()), "{path}: {key} stands there twice");
            }
        }
    }
    keys
}

/// Templates and sources of this crate, tests left out.
fn sources_of_use() -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> = Templates::iter()
        .map(|name| {
            let file = Templates::get(&name).unwrap().data.into_owned();
            (name.to_string(), String::from_utf8(file).unwrap())
        })
        .collect();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
                texts.push((path.display().to_string(), text));
            }
        }
    }
    texts
}

/// Every `name("key"` in a text: the key, and whether it is the start of one that is put together (`t("role-" ~ role)`).
fn said<'a>(text: &'a str, name: &str) -> Vec<(&'a str, bool)> {
    let call = format!("{name}(\"");
    text.match_indices(&call)
        .filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        .filter_map(|(at, _)| text[at + call.len()..].split_once('"'))
        .map(|(key, rest)| (key, rest.trim_start().starts_with('~')))
        .collect()
}

#[test]
fn both_languages_say_the_same_things() {
    let (dutch, english) = (keys(Language::Nl), keys(Language::En));
    let only: Vec<_> = dutch.symmetric_difference(&english).collect();
    assert!(only.is_empty(), "in one language only: {only:?}");
}

#[test]
fn everything_that_is_said_has_a_text() {
    let keys = keys(Language::Nl);
    let mut missing = Vec::new();
    for (path, text) in sources_of_use() {
        for name in ["t", "Text::new"] {
            for (key, is_start) in said(&text, name) {
                let found = if is_start { keys.iter().any(|known| known.starts_with(key)) } else { keys.contains(key) };
                if !found {
                    missing.push(format!("{path}: {key}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "without a text: {missing:#?}");
}

/// What staff do is told in the log book.
#[test]
fn everything_that_is_recorded_has_a_text() {
    let keys = keys(Language::Nl);
    let recorded: Vec<String> = recorded(&sources_of_use());
    assert!(recorded.len() > 20, "too few: {recorded:?}");
    let missing: Vec<&String> = recorded.iter().filter(|key| !keys.contains(*key)).collect();
    assert!(missing.is_empty(), "without a text: {missing:#?}");
}

/// The keys of what is recorded by its name (`record("task.done"`) or chosen beforehand (`("journey.live",`).
fn recorded(sources: &[(String, String)]) -> Vec<String> {
    let calls = sources.iter().flat_map(|(_, text)| said(text, "record").into_iter().chain(said(text, "=> ")));
    calls.filter(|(key, _)| key.contains('.')).map(|(key, _)| audited(key)).collect()
}

#[test]
fn every_text_is_used() {
    let sources = sources_of_use();
    let starts: Vec<&str> = sources
        .iter()
        .flat_map(|(_, text)| said(text, "t"))
        .filter_map(|(key, is_start)| is_start.then_some(key))
        .chain(
            sources
                .iter()
                .flat_map(|(_, text)| ["one_of", "joined"].map(|name| said(text, name)).concat())
                .map(|(key, _)| key),
        )
        .collect();
    let recorded = recorded(&sources);
    let unused: Vec<String> = keys(Language::Nl)
        .into_iter()
        .filter(|key| !recorded.contains(key))
        .filter(|key| !starts.iter().any(|start| key.starts_with(start)))
        .filter(|key| !sources.iter().any(|(_, text)| text.contains(&format!("\"{key}\""))))
        .collect();
    assert!(unused.is_empty(), "nobody says: {unused:#?}");
}

#[test]
fn the_texts_are_read_without_errors() {
    for language in Language::ALL {
        for (path, text) in sources(language) {
            let read = fluent_bundle::FluentResource::try_new(text);
            assert!(read.is_ok(), "{path}: {:?}", read.err().map(|(_, errors)| errors));
        }
        for key in keys(language) {
            assert!(Locale::of(language).has(&key), "{key}");
        }
    }
}
