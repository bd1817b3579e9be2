//! The rules of the house that a machine can check: sizes, who may use whom, licences, what must stay absent.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

const LINES_MAX: usize = 800;
const MEDIAN_LINES_MAX: usize = 120;
const LOCKED_CRATES_MAX: usize = 355;

/// A crate and what it may use of ours, lowest first.
const HOUSE: &[(&str, &[&str])] = &[
    ("words", &[]),
    ("journey", &["words"]),
    ("engine", &["words", "journey"]),
    ("measure", &["words", "journey"]),
    ("faces", &[]),
    ("map", &["words", "faces", "journey"]),
    ("voice", &["words", "journey"]),
    ("post", &["words", "faces"]),
    ("planning", &[]),
    ("channels", &["words"]),
    ("travel", &["channels"]),
    ("store", &["words", "journey"]),
    (
        "service",
        &["words", "journey", "engine", "measure", "map", "voice", "post", "planning", "channels", "travel", "store"],
    ),
    ("sim", &["words", "journey", "engine", "voice", "channels", "store", "service"]),
    ("web", &["words", "journey", "engine", "measure", "map", "voice", "post", "channels", "store", "service", "sim"]),
    (
        "klantreis",
        &[
            "words", "journey", "engine", "measure", "map", "voice", "post", "planning", "channels", "travel", "store",
            "service", "sim", "web",
        ],
    ),
];

const PURE: &[&str] = &["words", "faces", "journey", "engine", "measure", "map", "voice", "post", "planning"];

const LICENCES: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "0BSD",
    "Zlib",
    "Unlicense",
    "Unicode-3.0",
    "CDLA-Permissive-2.0",
    "MPL-2.0",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the checkout")
}

/// Every source file of ours below `folder` with one of these endings; generated and vendored files are not ours.
fn sources(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder that can be read") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            if !["target", "node_modules", "golden", "vendor", "snapshots"].contains(&name) && !name.starts_with('.') {
                sources(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a text file")
}

#[test]
fn files_are_small() {
    let mut files = Vec::new();
    sources(&root(), &[".rs", ".js", ".css", ".html"], &mut files);
    let lines = |path: &PathBuf| text(path).lines().count();
    let long: Vec<_> = files.iter().map(|path| (lines(path), path)).filter(|(n, _)| *n > LINES_MAX).collect();
    assert!(long.is_empty(), "more than one idea lives there: {long:?}");

    let mut rust: Vec<_> = files.iter().filter(|path| path.extension().is_some_and(|e| e == "rs")).map(lines).collect();
    rust.sort_unstable();
    let median = rust[rust.len() / 2];
    assert!(median <= MEDIAN_LINES_MAX, "the median Rust file has {median} lines");
}

fn manifests() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(root().join("crates")).expect("crates") {
        let manifest = text(&entry.expect("an entry").path().join("Cargo.toml"));
        let name = manifest.lines().find_map(|line| line.strip_prefix("name = \"")).expect("a name");
        found.insert(name.trim_end_matches('"').to_owned(), manifest);
    }
    found
}

#[test]
fn a_crate_uses_only_what_stands_below_it() {
    let manifests = manifests();
    let names: BTreeSet<&str> = HOUSE.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, manifests.keys().map(String::as_str).collect(), "the table above lists every crate");
    for (name, allowed) in HOUSE {
        let dependencies = manifests[*name].split("[dependencies]").nth(1).expect("dependencies");
        let ours = dependencies.split("\n[").next().unwrap_or_default().lines().filter_map(|line| {
            let used = line.split(['.', ' ', '=']).next()?;
            names.contains(used).then_some(used)
        });
        for used in ours {
            assert!(allowed.contains(&used), "{name} may not use {used}");
        }
    }
}

#[test]
fn pure_crates_stay_pure() {
    let forbidden = ["async fn", "tokio", "sqlx", "std::fs", "std::net", "::now()", "reqwest", "std::env"];
    for name in PURE {
        let mut files = Vec::new();
        sources(&root().join("crates").join(name).join("src"), &[".rs"], &mut files);
        for path in files {
            // Tests inside a file may read golden files; the code above them may not.
            let source = text(&path);
            let code = source.split("#[cfg(test)]").next().unwrap_or_default();
            // A table by hash may be looked into, not walked: with a fixed seed even a walk is the same every time.
            let hashes = code.contains("HashMap") || code.contains("HashSet") || code.contains("HashTable");
            assert!(!hashes || code.contains("FixedState"), "{}: a hash with a random seed", path.display());
            for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
                for word in forbidden {
                    assert!(!line.contains(word), "{}: {word} in a pure crate: {line}", path.display());
                }
            }
        }
    }
}

#[test]
fn sql_stays_in_the_store() {
    let mut files = Vec::new();
    sources(&root().join("crates"), &[".rs"], &mut files);
    let statements = ["SELECT ", "INSERT INTO ", "DELETE FROM ", "UPDATE "];
    for path in files {
        if path.components().any(|part| part.as_os_str() == "store") || path.ends_with("tests/house/src/lib.rs") {
            continue;
        }
        let source = text(&path);
        let found = source.lines().find(|line| statements.iter().any(|word| line.contains(&format!("\"{word}"))));
        assert_eq!(found, None, "{}: SQL outside the store", path.display());
    }
}

#[test]
fn nothing_is_left_unfinished() {
    let mut files = Vec::new();
    sources(&root(), &[".rs", ".js", ".sh", ".md", ".toml", ".yaml", ".html", ".ftl"], &mut files);
    let words = ["todo!(", "unimplemented!(", concat!("TO", "DO"), concat!("FIX", "ME")];
    for path in files.iter().filter(|path| !path.ends_with("tests/house/src/lib.rs")) {
        let source = text(path);
        let found = source.lines().find(|line| words.iter().any(|word| line.contains(word)));
        assert_eq!(found, None, "{}", path.display());
    }
}

fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    serde_json::from_slice(&output.stdout).expect("its answer")
}

/// Whether an SPDX expression is satisfied by the licences that we accept.
fn accepted(expression: &str) -> bool {
    let flat = expression.replace('/', " OR ").replace(['(', ')'], " ").replace(" WITH LLVM-exception", "");
    // "(A OR B) AND C" reads the same flat, because every part that is joined by AND must then hold on its own.
    flat.split(" AND ").all(|part| part.split(" OR ").any(|licence| LICENCES.contains(&licence.trim())))
}

#[test]
fn every_licence_is_accepted() {
    let metadata = metadata();
    for package in metadata["packages"].as_array().expect("packages") {
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(accepted(licence), "{}: {licence}", package["name"]);
    }
}

#[test]
fn the_default_build_stays_light() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal,build", "--prefix", "none", "--package", "klantreis"])
        .current_dir(root())
        .output()
        .expect("cargo tree");
    let listed = String::from_utf8(output.stdout).expect("text");
    let crates: BTreeSet<_> = listed.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    assert!(crates.len() > 50, "cargo tree answered: {listed}");
    assert!(crates.len() <= LOCKED_CRATES_MAX, "{} crates in the default build", crates.len());
}
