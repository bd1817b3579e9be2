//! Names that could be anybody's, from `data/`.

use std::sync::LazyLock;

use crate::Draws;

fn lines(text: &'static str) -> Vec<&'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

static FIRST: LazyLock<Vec<&str>> = LazyLock::new(|| lines(include_str!("../data/first-names.txt")));
static LAST: LazyLock<Vec<&str>> = LazyLock::new(|| lines(include_str!("../data/last-names.txt")));
static STREETS: LazyLock<Vec<&str>> = LazyLock::new(|| lines(include_str!("../data/streets.txt")));

/// What somebody is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Called {
    pub(crate) first: &'static str,
    pub(crate) last: &'static str,
    pub(crate) salutation: &'static str,
}

pub(crate) fn called(draws: &mut Draws) -> Called {
    let line = FIRST[draws.below(FIRST.len())];
    let (first, greeting) = line.rsplit_once(' ').unwrap_or((line, "v"));
    let salutation = if greeting == "m" { "de heer" } else { "mevrouw" };
    Called { first, last: LAST[draws.below(LAST.len())], salutation }
}

/// Street with number, and a postcode of the town that does not exist.
pub(crate) fn address(draws: &mut Draws) -> (String, String) {
    let street = STREETS[draws.below(STREETS.len())];
    let letter = |draws: &mut Draws| char::from(b"ABCDEFGHJKLMNPRSTVWXZ"[draws.below(21)]);
    let (first, second) = (letter(draws), letter(draws));
    let postcode = format!("{} {first}{second}", 3990 + draws.below(9));
    (format!("{street} {}", 1 + draws.below(240)), postcode)
}

/// An address at a domain that is kept for examples (RFC 2606), unlike anybody else's by the number.
pub(crate) fn email(called: &Called, number: u32) -> String {
    let plain = |name: &str| name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let domain = if number.is_multiple_of(3) { "example.nl" } else { "example.org" };
    format!("{}.{}{number}@{domain}", plain(called.first), plain(called.last))
}

/// A number in the range that the examples use, that nobody has.
pub(crate) fn mobile(number: u32) -> String {
    format!("+3160{:07}", number % 10_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lists_is_a_name() {
        assert!(FIRST.iter().all(|line| line.ends_with(" v") || line.ends_with(" m")));
        let names = FIRST.iter().chain(LAST.iter()).chain(STREETS.iter());
        assert!(names.clone().all(|name| name.is_ascii() && name.trim() == *name), "addresses are made of them");
        assert!(FIRST.len() > 150 && LAST.len() > 120);
    }

    #[test]
    fn a_person_can_be_written_to_at_nobodys_address() {
        let called = Called { first: "Sanne", last: "de Vries", salutation: "mevrouw" };
        assert_eq!(email(&called, 12), "sanne.devries12@example.nl");
        assert_eq!(mobile(12), "+31600000012");
    }
}
