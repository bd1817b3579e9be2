//! Words that look like a form of address and are none.

use crate::checker::{
    lists::{
        FOREIGN_AFTER, FOREIGN_BEFORE, FORMULA_NOUNS, HOURS, LETTER_NOUNS, MENTION_NOUNS, NAME_TITLES,
        SMALL_LETTER_NOUNS,
    },
    word::Word,
};

/// Verbs of addressing somebody.
const SPEAKING: &[&str] = &["spreken", "spreekt", "spreek", "aanspreken", "aangesproken", "sprak", "spraken"];

/// A word among its neighbours; those only when nothing but space stands between.
struct Place<'a> {
    text: &'a str,
    word: &'a Word<'a>,
    before: Option<&'a Word<'a>>,
    after: Option<&'a Word<'a>>,
    /// The word before and after, whatever stands between.
    near: (Option<&'a Word<'a>>, Option<&'a Word<'a>>),
    second_before: Option<&'a Word<'a>>,
    /// Whether its sentence speaks of formulas.
    is_of_formulas: bool,
    /// Whether its sentence speaks of how people are addressed.
    is_of_speaking: bool,
}

/// Whether the word at `index`, written like a form of address, is none.
pub(super) fn is_none(text: &str, words: &[Word<'_>], index: usize) -> bool {
    let word = &words[index];
    let near = (index.checked_sub(1).and_then(|before| words.get(before)), words.get(index + 1));
    let place = Place {
        text,
        word,
        before: near.0.filter(|_| word.follows()),
        after: near.1.filter(|after| after.follows()),
        near,
        second_before: index.checked_sub(2).and_then(|before| words.get(before)),
        is_of_formulas: sentence_around(words, index).any(|word| FORMULA_NOUNS.contains(&word.lower.as_str())),
        is_of_speaking: sentence_around(words, index).any(|word| SPEAKING.contains(&word.lower.as_str())),
    };
    place.is_part()
        || place.is_mention()
        || place.is_name()
        || place.is_foreign()
        || place.is_other_word()
        || place.is_letter()
}

/// The words of the same sentence, a few to either side.
fn sentence_around<'a>(words: &'a [Word<'a>], index: usize) -> impl Iterator<Item = &'a Word<'a>> {
    let near = index.saturating_sub(12)..(index + 12).min(words.len());
    words[near].iter().filter(move |word| word.sentence == words[index].sentence)
}

impl Place<'_> {
    fn sign_before(&self) -> Option<char> {
        self.text[..self.word.at.start].chars().next_back()
    }

    fn sign_after(&self) -> Option<char> {
        self.text[self.word.at.end..].chars().next()
    }

    /// "U-bocht", "je-vorm", "sms-je", "U+1F600", "R&U".
    fn is_part(&self) -> bool {
        let is_dash = |c: char| matches!(c, '-' | '‑' | '‐');
        let rest = &self.text[self.word.at.end..];
        let mut after = rest.chars();
        let joined_after = match (after.next(), after.next()) {
            (Some(sign), Some(next)) if is_dash(sign) => {
                // "u- en v-vormig", "je-en-jij"; not "komt u-": a dash.
                next.is_alphanumeric()
                    || rest[sign.len_utf8()..].starts_with(" en ")
                    || rest[sign.len_utf8()..].starts_with(" of ")
            }
            (Some('+' | '&' | '_' | '\\'), Some(next)) => next.is_alphanumeric(),
            _ => false,
        };
        let mut before = self.text[..self.word.at.start].chars().rev();
        let joined_before = match (before.next(), before.next()) {
            (Some(sign), Some(c)) if is_dash(sign) || matches!(sign, '+' | '&' | '_' | '\\') => c.is_alphanumeric(),
            _ => false,
        };
        joined_after || joined_before
    }

    /// The word as a word: "u/je", "het woord je", "u of jij?".
    fn is_mention(&self) -> bool {
        let opposite = |word: &Word<'_>| match self.word.lower.as_str() {
            "u" | "uw" => ["je", "jij", "jou", "jouw"].contains(&word.lower.as_str()),
            _ => ["u", "uw"].contains(&word.lower.as_str()),
        };
        let slashed = |gap: &str| gap.trim() == "/";
        let (before, after) = self.near;
        if after.is_some_and(|after| slashed(after.gap) && opposite(after))
            || slashed(self.word.gap) && before.is_some_and(opposite)
        {
            return true;
        }
        // "met jij/je": nobody is addressed by both at once.
        let twin = |word: &Word<'_>| {
            ["je", "jij", "jou"].contains(&self.word.lower.as_str())
                && ["je", "jij", "jou"].contains(&word.lower.as_str())
        };
        if after.is_some_and(|after| slashed(after.gap) && twin(after))
            || slashed(self.word.gap) && before.is_some_and(twin)
        {
            return true;
        }
        let named =
            self.before.is_some_and(|before| before.lower == "geen" || MENTION_NOUNS.contains(&before.lower.as_str()));
        // "We spreken iedereen met u aan."
        let addressed = self.is_of_speaking
            && self.before.is_some_and(|before| before.lower == "met")
            && self.after.is_some_and(|after| after.lower.starts_with("aan"));
        let said = self.after.is_some_and(|after| ["tegen", "zeggen"].contains(&after.lower.as_str()))
            && self.word.lower == "u"
            && self.before.is_some_and(|before| ["je", "om", "met", "een"].contains(&before.lower.as_str()));
        named || said || addressed
    }

    /// "mevrouw Jou", "Uwe Seeler", "U Thant", "Bij U Thuis", "de stichting Jouw Huis".
    fn is_name(&self) -> bool {
        if !self.word.is_capital() {
            return false;
        }
        let lower = self.word.lower.as_str();
        let named = |word: &Word<'_>| word.is_capital() && !word.is_shouted();
        let titled = |word: &Word<'_>| NAME_TITLES.contains(&word.lower.as_str());
        let before = self.before.or(self.near.0.filter(|_| self.word.gap == ". "));
        let surname = matches!(lower, "u" | "jou" | "jij" | "uw" | "uwe" | "ge" | "je");
        if surname && before.is_some_and(titled) && (!matches!(lower, "u" | "uw") || !self.is_followed_by_verb()) {
            return true;
        }
        if lower == "uwe" {
            let honour =
                ["majesteit", "hoogheid", "excellentie", "genade", "heiligheid", "eminentie", "doorluchtigheid"];
            return !self.after.is_some_and(|after| honour.contains(&after.lower.as_str()));
        }
        if matches!(lower, "ge" | "gij") && (!self.word.first || self.word.is_shouted()) {
            return true;
        }
        if lower == "uw" && self.word.is_shouted() {
            let article = self.before.filter(|before| !before.is_shouted());
            return article.is_some_and(|before| ["de", "een", "the", "het"].contains(&before.lower.as_str()));
        }
        let (next, last) = (self.after.is_some_and(named), self.before.is_some_and(named));
        // A sentence does not begin with "U Thant" and mean you.
        if self.word.first {
            return lower == "u" && next;
        }
        let last_is_title = self.before.is_some_and(|before| named(before) && !before.first);
        // Some write U and Uw with a capital; then the words around it have none.
        let small = ["aan", "bij", "door", "met", "naar", "om", "op", "van", "voor", "zonder"];
        let opened = self.before.is_some_and(|before| small.contains(&before.lower.as_str()));
        match lower {
            "u" | "uw" => last_is_title && opened || last && next,
            _ => (last_is_title || next) && !self.word.is_shouted(),
        }
    }

    /// "Je suis", "thank u".
    fn is_foreign(&self) -> bool {
        if !matches!(self.word.lower.as_str(), "u" | "je" | "ge") {
            return false;
        }
        let before = self.before.is_some_and(|before| FOREIGN_BEFORE.contains(&before.lower.as_str()));
        before || self.after.is_some_and(|after| FOREIGN_AFTER.contains(&after.lower.as_str()))
    }

    /// "mijn geachte collega": geachte addresses only at the head of a letter.
    fn is_other_word(&self) -> bool {
        self.word.lower == "geachte" && !self.word.first
    }

    /// "8 u", "vitamine U", "U. de Vries", "a, e, i, o, u", "u = 3".
    fn is_letter(&self) -> bool {
        if self.word.lower != "u" {
            return false;
        }
        let capital = self.word.is_capital();
        self.is_hour(capital)
            || self.is_named_letter(capital)
            || self.is_initial(capital)
            || self.is_one_of_letters()
            || self.is_quantity()
    }

    fn is_hour(&self, capital: bool) -> bool {
        const UNITS: &[&str] =
            &["km", "m", "l", "kwh", "kw", "w", "wh", "kg", "g", "ml", "m3", "m2", "eur", "euro", "keer"];
        if !capital && self.word.gap == "/" && self.near.0.is_some_and(|unit| UNITS.contains(&unit.lower.as_str())) {
            return true;
        }
        let Some(before) = self.before else { return false };
        if before.is_number() || before.lower.chars().all(|c| "½¼¾".contains(c)) {
            return !capital || !self.is_followed_by_verb();
        }
        // "30 km per u".
        if before.lower == "per" && !capital {
            return true;
        }
        let preposition = self.second_before.is_some_and(|word| {
            ["om", "tot", "vanaf", "rond", "tegen", "circa", "omstreeks", "sinds"].contains(&word.lower.as_str())
        });
        HOURS.contains(&before.lower.as_str()) && preposition && !capital
    }

    fn is_named_letter(&self, capital: bool) -> bool {
        let Some(before) = self.before else { return false };
        let nouns = if capital { LETTER_NOUNS } else { SMALL_LETTER_NOUNS };
        // A noun is seldom followed by a pronoun; an article never.
        nouns.contains(&before.lower.as_str())
            || capital && ["de", "een"].contains(&before.lower.as_str())
            || capital && !self.word.first && self.is_of_formulas
    }

    fn is_initial(&self, capital: bool) -> bool {
        let before = self.near.0.filter(|_| self.word.gap == ". " || self.word.gap == " " || self.word.gap == ".");
        let initial = before.is_some_and(|before| {
            NAME_TITLES.contains(&before.lower.as_str()) || before.is_capital() && before.text.chars().count() == 1
        });
        capital && self.sign_after() == Some('.') && (initial || self.word.first)
    }

    fn is_one_of_letters(&self) -> bool {
        let letter = |word: Option<&Word<'_>>| {
            word.is_some_and(|word| word.text.chars().count() == 1 && word.text.starts_with(char::is_alphabetic))
        };
        let (before, after) = self.near;
        let comma_before = self.word.gap.trim() == ",";
        let comma_after = after.is_some_and(|after| after.gap.trim() == ",");
        let and = |word: Option<&Word<'_>>| word.is_some_and(|word| ["en", "of"].contains(&word.lower.as_str()));
        comma_before && letter(before) || comma_after && letter(after) || and(before) && letter(self.second_before)
    }

    fn is_quantity(&self) -> bool {
        let rest = self.text[self.word.at.end..].trim_start_matches(' ');
        let before = self.text[..self.word.at.start].trim_end_matches(' ');
        rest.starts_with(['=', '≈', '²']) || before.ends_with(['=', '≈', '×']) || self.sign_before() == Some('Δ')
    }

    /// Whether what follows is the verb of "u".
    fn is_followed_by_verb(&self) -> bool {
        const VERBS: &[&str] = &[
            "mag", "heeft", "kan", "wil", "zal", "is", "was", "had", "kon", "zou", "moest", "mocht", "werd", "kreeg",
            "zelf", "ook", "en", "dan", "nu", "nog", "al", "deze", "dit", "ons", "een", "hier", "niet", "wel", "graag",
            "altijd",
        ];
        self.after.is_some_and(|after| after.lower.ends_with('t') || VERBS.contains(&after.lower.as_str()))
    }
}
