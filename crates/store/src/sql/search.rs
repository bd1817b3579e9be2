//! Finding customers by the beginnings of words.

use std::collections::BTreeSet;

use words::{Customer, CustomerId, OrganisationId};

use super::{driver::Conn, read::Read, sql::sql};
use crate::{
    Alias, AliasKind, Result,
    limits::{SEARCH_WORDS_MAX, WORD_CHARS_MAX},
};

/// Customers that one word of a search gives at most, before they are compared with those of the other words.
const CANDIDATES_MAX: i64 = 10_000;

pub(super) const BY_WORD: &str = "SELECT DISTINCT customer FROM customer_words
    WHERE organisation = $1 AND word >= $2 AND word < $3 LIMIT $4";

/// In lower case, and no longer than a word may be.
fn word_of(text: &str) -> String {
    text.to_lowercase().chars().take(WORD_CHARS_MAX).collect()
}

/// Words in lower case. A number keeps its digits together, as written and without the leading zero or country code.
pub(super) fn words_of(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| c.is_whitespace() || ",;()<>\"".contains(c));
    parts.map(|part| word_of(part.trim_matches('.'))).filter(|word| !word.is_empty()).collect()
}

/// The digits of a number without country code or leading zero: `+31612345678` and `06-12345678` are one word.
pub(super) fn digits_of(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let phone = number.chars().all(|c| c.is_ascii_digit() || "+-() ".contains(c));
    let bare = digits.strip_prefix("0031").or_else(|| number.starts_with("+31").then(|| &digits[2..]));
    let bare = bare.unwrap_or_else(|| digits.strip_prefix('0').unwrap_or(&digits));
    (phone && bare.len() >= 3).then(|| bare.to_owned())
}

/// What a profile is found by.
pub(super) fn words_of_profile(profile: &Customer) -> BTreeSet<String> {
    let name = &profile.name;
    let mut words = BTreeSet::new();
    for text in [&name.first, &name.last, &profile.email].into_iter().flatten() {
        words.extend(words_of(text));
    }
    words.extend(profile.mobile.as_deref().and_then(digits_of));
    words
}

/// What a name in a sending system is found by; nobody looks for an anonymous one.
pub(super) fn word_of_alias(alias: &Alias) -> Option<String> {
    (alias.kind == AliasKind::User).then(|| word_of(alias.value.trim()))
}

/// Customers in whom every word of the text begins a word.
pub(super) async fn find(conn: &mut Conn, organisation: &OrganisationId, text: &str) -> Result<Vec<CustomerId>> {
    let mut found: Option<BTreeSet<CustomerId>> = None;
    let asked: Vec<String> = match digits_of(text.trim()) {
        Some(digits) => vec![digits],
        None => words_of(text).into_iter().take(SEARCH_WORDS_MAX).collect(),
    };
    for word in asked {
        let mut with_word = starting_with(conn, organisation, &word).await?;
        if digits_of(text.trim()).is_some() {
            // A number may be a customer's number as well as a telephone number.
            with_word.extend(starting_with(conn, organisation, &word_of(text.trim())).await?);
        }
        found = Some(match found {
            Some(found) => found.intersection(&with_word).copied().collect(),
            None => with_word,
        });
    }
    Ok(found.unwrap_or_default().into_iter().collect())
}

async fn starting_with(conn: &mut Conn, organisation: &OrganisationId, word: &str) -> Result<BTreeSet<CustomerId>> {
    let after = format!("{word}\u{10ffff}");
    let by_word = sql(BY_WORD).text(organisation.as_str()).text(word).text(&after).int(CANDIDATES_MAX);
    by_word.rows(conn).await?.iter().map(|row| Read::new(row, "customer").customer()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_word_however_it_is_written() {
        for written in ["+31612345678", "0612345678", "06-12345678", "0031 6 12345678"] {
            assert_eq!(digits_of(written).as_deref(), Some("612345678"), "{written}");
        }
        assert_eq!(digits_of("jansen3000"), None);
        assert_eq!(digits_of("12"), None, "too short to be a number");
    }

    #[test]
    fn a_word_has_a_longest() {
        let longest: Vec<usize> = words_of(&"É".repeat(2_000)).iter().map(|word| word.chars().count()).collect();
        assert_eq!(longest, [WORD_CHARS_MAX]);
    }

    #[test]
    fn words_lose_case_and_signs() {
        assert_eq!(words_of("De Vries, Anne"), ["anne", "de", "vries"].map(str::to_owned).into());
        assert_eq!(words_of("  "), BTreeSet::new());
    }
}
