/// A telephone number in E.164, from the ways in which people write it: `06-12345678`, `0031 6 12345678`,
/// `+31 (0)6 1234 5678`. A number without a country gets the one given (`31`). `None` when it is no telephone number.
pub fn e164(text: &str, country: &str) -> Option<String> {
    let text = text.trim().replace("(0)", "");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let known =
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '.' | '(' | ')' | '/' | '\u{a0}'));
    if !known || text.rfind('+').is_some_and(|at| at > 0) {
        return None;
    }
    let international = if text.starts_with('+') {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else {
        format!("{country}{}", digits.strip_prefix('0')?)
    };
    ((8..=15).contains(&international.len()) && !international.starts_with('0')).then(|| format!("+{international}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_ways_of_writing_are_understood() {
        for text in ["06-12345678", "06 12 34 56 78", "0031612345678", "+31 6 12345678", "+31 (0)6 1234 5678"] {
            assert_eq!(e164(text, "31").as_deref(), Some("+31612345678"), "{text}");
        }
        for text in ["", "onbekend", "12345678", "06", "0612345678x", "06+12345678", "+0612345678", "+1234567890123456"]
        {
            assert_eq!(e164(text, "31"), None, "{text}");
        }
    }
}
