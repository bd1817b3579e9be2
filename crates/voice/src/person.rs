//! Reads names as they come out of registrations: in capitals, with initials, with "Onbekend", with a company in the field.

use words::Name;

const NAME_CHARS_MAX: usize = 60;
const PLACEHOLDERS: &[&str] = &[
    "onbekend",
    "unknown",
    "null",
    "none",
    "nil",
    "undefined",
    "nvt",
    "na",
    "geen",
    "leeg",
    "test",
    "x",
    "xx",
    "xxx",
    "nn",
];
const COMPANY_WORDS: &[&str] = &[
    "bv",
    "nv",
    "vof",
    "cv",
    "stichting",
    "vereniging",
    "gemeente",
    "firma",
    "bedrijf",
    "holding",
    "coöperatie",
    "maatschap",
    "vve",
    "ltd",
    "gmbh",
    "inc",
];
const PARTICLES: &[&str] = &[
    "van", "de", "der", "den", "het", "'t", "’t", "'s", "’s", "te", "ten", "ter", "von", "zu", "zum", "zur", "du",
    "des", "del", "della", "di", "da", "dos", "la", "le", "les", "el", "al", "op", "aan", "in", "bij", "onder", "over",
    "uit", "voor", "tot",
];

/// A title that was given; never guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Title {
    Mevrouw,
    Heer,
    Familie,
}

/// What can be said of a name with confidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Person {
    /// A first name that people use; no initials.
    pub(crate) first: Option<String>,
    /// The particle in lower case ("van der") and the name ("Berg").
    pub(crate) last: Option<(String, String)>,
    pub(crate) title: Option<Title>,
}

impl Person {
    pub(crate) fn read(name: &Name) -> Self {
        let first = name.first.as_deref().and_then(clean).and_then(|text| first(&text));
        let last = name.last.as_deref().and_then(clean).and_then(|text| last(&text));
        Self { first, last, title: name.salutation.as_deref().and_then(title) }
    }

    /// "de Vries".
    pub(crate) fn last_name(&self) -> Option<String> {
        let (particle, name) = self.last.as_ref()?;
        Some(if particle.is_empty() { name.clone() } else { format!("{particle} {name}") })
    }

    /// "De Vries", as written when no first name goes before. The apostrophe of "'t Hart" has no capital.
    pub(crate) fn last_name_alone(&self) -> Option<String> {
        let last = self.last_name()?;
        let mut chars = last.chars();
        let capital = chars.next()?.to_uppercase();
        Some(capital.chain(chars).collect())
    }

    /// "Sanne de Vries", or as much of it as is known.
    pub(crate) fn full_name(&self) -> Option<String> {
        match (&self.first, self.last_name()) {
            (Some(first), Some(last)) => Some(format!("{first} {last}")),
            (Some(first), None) => Some(first.clone()),
            (None, _) => self.last_name_alone(),
        }
    }
}

/// One line of letters, spaces, hyphens, apostrophes, dots and commas; `None` for whatever is no name.
fn clean(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_matches(|c: char| matches!(c, ' ' | ',' | '-' | ';' | '_'));
    let is_name =
        |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.' | ',' | '\u{300}'..='\u{36F}');
    let bare: String = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let words = text.split(' ').map(|word| word.replace('.', "").to_lowercase());
    let usable = text.chars().count() <= NAME_CHARS_MAX
        && !bare.is_empty()
        && text.chars().all(is_name)
        && !PLACEHOLDERS.contains(&bare.as_str())
        && !words.into_iter().any(|word| COMPANY_WORDS.contains(&word.as_str()));
    usable.then(|| text.to_owned())
}

/// Whether this is the name of a company or a society, of a length that fits an envelope.
pub(crate) fn is_company(text: &str) -> bool {
    let words = text.split(' ').map(|word| word.replace('.', "").to_lowercase());
    text.chars().count() <= NAME_CHARS_MAX && words.into_iter().any(|word| COMPANY_WORDS.contains(&word.as_str()))
}

fn first(text: &str) -> Option<String> {
    let text = text.split(',').next()?;
    let names: Vec<_> =
        text.split(' ').filter(|word| !is_initials(word)).map(|word| cased(word.trim_matches('.'))).collect();
    let name = names.join(" ");
    (name.chars().filter(|c| c.is_alphabetic()).count() > 1).then_some(name)
}

/// "J.", "J.P.", "JP", "J": no name to call someone by.
fn is_initials(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let capitals = letters.iter().all(|c| c.is_uppercase());
    let vowel = letters.iter().any(|c| "AEIOUY".contains(*c));
    letters.len() < 2 || word.contains('.') || (capitals && (letters.len() == 2 || (letters.len() == 3 && !vowel)))
}

fn last(text: &str) -> Option<(String, String)> {
    // "Vries, de" is "de Vries".
    let text = match text.split_once(',') {
        Some((name, particle)) => format!("{} {}", particle.trim(), name.trim()),
        None => text.to_owned(),
    };
    let text = text.replace(',', " ");
    let words: Vec<&str> = text.split_whitespace().skip_while(|word| word.ends_with('.')).collect();
    let count = words
        .iter()
        .take(words.len().saturating_sub(1))
        .take_while(|word| PARTICLES.contains(&word.to_lowercase().as_str()))
        .count();
    let particle = words[..count].iter().map(|word| word.to_lowercase()).collect::<Vec<_>>().join(" ");
    let name = words[count..].iter().map(|word| cased(word.trim_end_matches('.'))).collect::<Vec<_>>().join(" ");
    name.chars().any(char::is_alphabetic).then_some((particle, name))
}

/// Capitals where they belong, but only if the word has all or none: "McDonald" stays.
fn cased(word: &str) -> String {
    let has = |test: fn(char) -> bool| word.chars().any(test);
    if has(char::is_uppercase) && has(char::is_lowercase) || PARTICLES.contains(&word) {
        return word.to_owned();
    }
    let lower = word.to_lowercase();
    let mut out = String::new();
    let mut start = true;
    for (at, c) in lower.char_indices() {
        let dutch_ij =
            c == 'j' && out.ends_with('I') && lower[..at].ends_with('i') && (out.len() == 1 || out.ends_with("-I"));
        if start || dutch_ij {
            out.extend(c.to_uppercase())
        } else {
            out.push(c)
        }
        start = matches!(c, '-' | '\'' | '’');
    }
    out
}

fn title(text: &str) -> Option<Title> {
    let text = text.to_lowercase().replace(['.', ','], "");
    match text.trim() {
        "mevrouw" | "mevr" | "mw" | "mrs" | "ms" | "miss" => Some(Title::Mevrouw),
        "de heer" | "heer" | "dhr" | "meneer" | "mijnheer" | "mr" => Some(Title::Heer),
        "familie" | "fam" | "de familie" | "family" => Some(Title::Familie),
        _ => None,
    }
}
