//! Whoever changes something leaves a line in the log book.

use std::path::PathBuf;

/// Posts that record nothing, each with why.
const EXCEPT: [(&str, &str); 27] = [
    ("about/mod.rs tell::misaddressed", "a customer tells; the event is the record"),
    ("about/mod.rs tell::question", "a customer asks"),
    ("ask/mod.rs answer", "a customer answers"),
    ("ask/mod.rs unsubscribe::stop", "a customer wants no more"),
    ("complaint/mod.rs opened::make", "a customer complains; the event is the record"),
    ("complaint/mod.rs opened::rate", "a customer answers"),
    ("complaint/mod.rs outside::make", "somebody complains; the event is the record"),
    ("draft/mod.rs table::save", EDIT),
    ("draft/mod.rs moment::save", EDIT),
    ("draft/mod.rs settings::save", EDIT),
    ("draft/mod.rs text::save", EDIT),
    ("draft/mod.rs history::take_back", EDIT),
    ("draft/mod.rs version::draft_from", EDIT),
    ("import/mod.rs send", "the file is only laid ready; that it is read is recorded"),
    ("mailing/mod.rs new::make", "draft/start.rs records what is begun"),
    ("password.rs send", "anyone may ask for a letter; that the password changed is recorded"),
    ("play/mod.rs begin::again", "a play changes nothing but itself"),
    ("play/mod.rs act::happen", "a play changes nothing but itself"),
    ("play/mod.rs act::wait", "a play changes nothing but itself"),
    ("play/mod.rs act::finish", "a play changes nothing but itself"),
    ("play/mod.rs act::answer", "a play changes nothing but itself"),
    ("poster/mod.rs answer::keep", "a visitor answers"),
    ("preference/mod.rs save", "a customer chooses; the event is the record"),
    ("session.rs open", "logging in changes nothing"),
    ("session.rs close", "logging out changes nothing"),
    ("voice/mod.rs judge", "nothing is kept of a text that one pastes"),
    ("welcome.rs make", "with the first account the log book begins"),
];
/// The one way to change a draft.
const EDIT: &str = "draft/edit.rs records every edit";

/// How it is called.
const RECORD: &str = concat!("reco", "rd(");

/// The files of the pages, with their text.
fn pages() -> Vec<(String, String)> {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/pages"));
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
                files.push((path.strip_prefix(&root).unwrap().display().to_string(), text));
            }
        }
    }
    files.sort();
    files
}

/// The body of a function of a file, or of one of its folder.
fn body<'a>(files: &'a [(String, String)], file: &str, handler: &str) -> Option<(&'a str, &'a str)> {
    let (module, name) = handler.rsplit_once("::").map_or(("", handler), |(module, name)| (module, name));
    let module = module.rsplit("::").next().unwrap_or_default();
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let own = |path: &str| {
        if module.is_empty() {
            path == file
        } else {
            path.starts_with(folder)
                && (path.ends_with(&format!("{module}.rs")) || path.ends_with(&format!("{module}/mod.rs")))
        }
    };
    files.iter().filter(|(path, _)| own(path)).find_map(|(path, text)| {
        let at = text.find(&format!("fn {name}(")).or_else(|| text.find(&format!("fn {name}<")))?;
        let end = text[at..].find("\n}\n").map_or(text.len(), |end| at + end);
        Some((path.as_str(), &text[at..end]))
    })
}

/// Whether it records, itself or in what it calls by name in its own folder.
fn records(files: &[(String, String)], (file, text): (&str, &str), depth: u32) -> bool {
    if text.contains(RECORD) {
        return true;
    }
    let calls = text.match_indices('(').filter_map(|(at, _)| {
        let start = text[..at].rfind(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').map_or(0, |at| at + 1);
        let name = &text[start..at];
        (name.starts_with(|c: char| c.is_ascii_lowercase()) && !text[..start].ends_with("fn ")).then_some(name)
    });
    depth > 0
        && calls.into_iter().any(|name| body(files, file, name).is_some_and(|body| records(files, body, depth - 1)))
}

/// Every handler of a post: the file that names it, and its name.
fn posts(files: &[(String, String)]) -> Vec<(String, String)> {
    let mut posts = Vec::new();
    for (file, text) in files {
        for (at, call) in text.match_indices("post(") {
            let named = text[at + call.len()..].split(')').next().unwrap_or_default();
            let is_route = text[..at].ends_with([' ', '.', ',', '(']);
            if is_route && named.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ':') && !named.is_empty() {
                posts.push((file.clone(), named.to_owned()));
            }
        }
    }
    posts
}

#[test]
fn every_post_of_a_page_is_recorded_or_says_why_not() {
    let files = pages();
    let posts = posts(&files);
    assert!(posts.len() > 60, "{posts:?}");
    let named: Vec<String> = posts.iter().map(|(file, handler)| format!("{file} {handler}")).collect();
    let unrecorded: Vec<&String> = posts
        .iter()
        .zip(&named)
        .filter(|((file, handler), _)| !body(&files, file, handler).is_some_and(|body| records(&files, body, 4)))
        .map(|(_, named)| named)
        .collect();
    let except: Vec<&str> = EXCEPT.iter().map(|(handler, _)| *handler).collect();
    assert_eq!(unrecorded, except);
    assert!(EXCEPT.iter().all(|(_, why)| !why.is_empty()));
    let (_, edit) = files.iter().find(|(path, _)| path == "draft/edit.rs").expect("the one way to change a draft");
    assert!(edit.contains(".record") && files.iter().filter(|(_, text)| text.contains(".save_draft(")).count() <= 2);
}
