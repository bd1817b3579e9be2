//! How well the form of address of Dutch (and German) sentences is recognised, as tables:
//! `cargo run --release -p voice --example register [FOLDER] [dev|held-out]`.
//!
//! FOLDER holds pairs `NAME.formal.nl` and `NAME.informal.nl`, a sentence to a line (CoCoA-MT's form); without it
//! `$KLANTREIS_DATA/voice`, or `../shared/data/voice` beside the checkout. Where there is none it says so and measures only the
//! own suite, `tests/it/adversarial.tsv`. Where the folder has `NAME.formal.annotated.nl` too, a sentence in which the other form
//! stands unmarked is one that the makers of the set left in both forms: figures are given with and without those.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use voice::checker::{Passage, Register, Tongue, register};

#[path = "../tests/it/traps.rs"]
mod traps;

/// Wilson's interval of 95 %, in percent.
fn wilson(hits: usize, n: usize) -> String {
    let (p, n_, z) = (hits as f64 / n.max(1) as f64, n.max(1) as f64, 1.959_964);
    let middle = (p + z * z / (2.0 * n_)) / (1.0 + z * z / n_);
    let half = z / (1.0 + z * z / n_) * (p * (1.0 - p) / n_ + z * z / (4.0 * n_ * n_)).sqrt();
    format!(
        "{hits}/{n} | {:.2} | {:.2}–{:.2}",
        100.0 * p,
        100.0 * (middle - half).max(0.0),
        100.0 * (middle + half).min(1.0)
    )
}

/// A line of the file: some are quoted as CSV is.
fn sentence(line: &str) -> String {
    match line.strip_prefix('"').and_then(|line| line.strip_suffix('"')) {
        Some(inner) if inner.contains("\"\"") || !inner.contains('"') => inner.replace("\"\"", "\""),
        _ => line.to_owned(),
    }
}

type Pairs = Vec<(String, String)>;

/// Pairs of sentences under a name, in a language.
struct Set {
    name: String,
    tongue: Tongue,
    pairs: Pairs,
    /// Whether the makers left the other form in one of the two.
    is_left: Vec<bool>,
}

fn read(folder: &Path, part: &str) -> Result<Vec<Set>, Box<dyn Error>> {
    let mut sets = Vec::new();
    let mut names: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    names.sort();
    for path in names {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some((set, language)) = name.split_once(".formal.").filter(|(_, tag)| tag.len() == 2) else { continue };
        let text = |kind: &str| fs::read_to_string(folder.join(format!("{set}.{kind}.{language}")));
        let (formal, informal) = (text("formal")?, text("informal")?);
        let mut pairs: Pairs = formal.lines().zip(informal.lines()).map(|(f, i)| (sentence(f), sentence(i))).collect();
        let marked = |kind: &str| text(&format!("{kind}.annotated")).unwrap_or_default();
        let (formal, informal) = (marked("formal"), marked("informal"));
        let left = |line: usize| {
            let holds =
                |text: &str, others: &[&str]| text.lines().nth(line).is_some_and(|line| holds_unmarked(line, others));
            holds(&formal, &["je", "jij", "jou", "jouw"]) || holds(&informal, &["u", "uw"])
        };
        let mut is_left: Vec<bool> = (0..pairs.len()).map(left).collect();
        let half = pairs.len() / 2;
        match part {
            "dev" => {
                pairs.truncate(half);
                is_left.truncate(half);
            }
            "held-out" => {
                pairs.drain(..half);
                is_left.drain(..half);
            }
            _ => {}
        }
        let tongue = if language == "de" { Tongue::German } else { Tongue::Dutch };
        sets.push(Set { name: format!("{set} {language}"), tongue, pairs, is_left });
    }
    Ok(sets)
}

/// Whether one of these words stands outside the marks `[F]…[/F]`.
fn holds_unmarked(line: &str, words: &[&str]) -> bool {
    let outside: String =
        line.split("[F]").map(|part| part.rsplit("[/F]").next().unwrap_or_default()).collect::<Vec<_>>().join(" ");
    outside.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word.to_lowercase().as_str()))
}

/// The next of a fixed row of numbers below `n` (a linear congruential generator, Knuth's constants).
fn next(state: &mut u64, n: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    ((*state >> 33) as usize) % n
}

#[expect(clippy::print_stdout, reason = "a program that prints tables")]
fn say(set: &str, what: &str, hits: usize, n: usize) {
    println!("| {set} | {what} | {} |", wilson(hits, n));
}

#[expect(clippy::print_stdout, reason = "a program that prints tables")]
fn measure(set: &Set, show: bool) {
    let Set { name, tongue, pairs, is_left } = set;
    let judged = |text: &str| register(&Passage::plain(text, *tongue));
    let (mut recalled, mut mixed, mut mixed_whole) = (0, 0, 0);
    for ((formal, informal), is_left) in pairs.iter().zip(is_left) {
        for (text, wanted) in [(formal, Register::Formal), (informal, Register::Informal)] {
            let found = judged(text);
            recalled += usize::from(found == wanted || found == Register::Mixed);
            mixed += usize::from(found == Register::Mixed);
            mixed_whole += usize::from(found == Register::Mixed && !is_left);
            if found != wanted && show {
                println!("{wanted:?} read as {found:?}{}: {text}", if *is_left { " (left so)" } else { "" });
            }
        }
    }
    let whole = is_left.iter().filter(|left| !**left).count();
    say(name, "sentences: form recalled", recalled, pairs.len() * 2);
    say(name, "sentences: called mixed", mixed, pairs.len() * 2);
    say(name, "the same, without those left in both forms", mixed_whole, whole * 2);
    documents(name, "", pairs, judged);
    let kept = pairs.iter().zip(is_left).filter(|(_, left)| !**left);
    let kept: Pairs = kept.map(|(pair, _)| pair.clone()).collect();
    if kept.len() < pairs.len() {
        documents(name, ", without those", &kept, judged);
    }
}

/// A thousand documents of five sentences, each once in one form and once with one sentence turned.
fn documents(set: &str, which: &str, pairs: &Pairs, judged: impl Fn(&str) -> Register) {
    let mut state = 4;
    let (mut clean, mut flipped) = (0, 0);
    for index in 0..1_000 {
        let formal = index % 2 == 0;
        let side = |pair: &(String, String), formal: bool| if formal { pair.0.clone() } else { pair.1.clone() };
        let picked: Vec<usize> = (0..5).map(|_| next(&mut state, pairs.len())).collect();
        let mut lines: Vec<String> = picked.iter().map(|at| side(&pairs[*at], formal)).collect();
        clean += usize::from(judged(&lines.join("\n\n")) == Register::Mixed);
        let at = next(&mut state, 5);
        lines[at] = side(&pairs[picked[at]], !formal);
        flipped += usize::from(judged(&lines.join("\n\n")) == Register::Mixed);
    }
    say(set, &format!("clean documents of 5: flagged{which}"), clean, 1_000);
    say(set, &format!("one sentence of 5 turned: found{which}"), flipped, 1_000);
}

#[expect(clippy::print_stdout, reason = "a program that prints tables")]
fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let part = arguments.iter().find(|word| ["dev", "held-out"].contains(&word.as_str())).cloned().unwrap_or_default();
    let show = arguments.iter().any(|word| word == "show");
    let given = arguments.iter().find(|word| fs::metadata(word).is_ok_and(|found| found.is_dir())).map(PathBuf::from);
    let folder = given
        .or_else(|| Some(PathBuf::from(env::var_os("KLANTREIS_DATA")?).join("voice")))
        .unwrap_or_else(|| PathBuf::from("../shared/data/voice"));
    println!("| set | what | n | % | Wilson 95 % |\n|---|---|---|---|---|");
    let traps = traps::all();
    let traps::Score { hits, flagged, wanted, exact } = traps::score(&traps);
    say("own suite", "precision", hits, flagged);
    say("own suite", "recall", hits, wanted);
    say("own suite", "every word right", exact, traps.len());
    for trap in traps.iter().filter(|trap| show && traps::found(trap) != trap.breaks) {
        println!("{}: {:?} for {:?}: {}", trap.kind, traps::found(trap), trap.breaks, trap.passage.text());
    }
    match read(&folder, &part) {
        Ok(sets) if !sets.is_empty() => sets.iter().for_each(|set| measure(set, show)),
        _ => println!("\nskipped: no NAME.formal.nl and NAME.informal.nl in {}", folder.display()),
    }
    Ok(())
}
