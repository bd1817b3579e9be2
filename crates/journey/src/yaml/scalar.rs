/// What a scalar says by the core schema of YAML 1.2: only a plain scalar can be anything but text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Core<'a> {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer or a decimal number.
    Number(f64),
    /// Anything else.
    Text(&'a str),
}

impl<'a> Core<'a> {
    /// Reads a plain scalar.
    pub(crate) fn plain(text: &'a str) -> Self {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => Self::Null,
            "true" | "True" | "TRUE" => Self::Bool(true),
            "false" | "False" | "FALSE" => Self::Bool(false),
            _ => number(text).map_or(Self::Text(text), Self::Number),
        }
    }
}

fn number(text: &str) -> Option<f64> {
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    let unsigned = text.trim_start_matches(['-', '+']);
    // `.inf` and `.nan` are numbers in the core schema, but none that a definition could mean.
    let decimal = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned.contains(|c: char| c.is_ascii_digit())
        && unsigned.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '-' | '+'));
    decimal.then(|| text.parse().ok()).flatten().filter(|number: &f64| number.is_finite())
}

fn radix(digits: &str, radix: u32) -> Option<f64> {
    let plain = digits.starts_with(|c: char| c.is_digit(radix));
    let number = u64::from_str_radix(digits, radix).ok()?;
    plain.then_some(number as f64)
}

#[cfg(test)]
mod tests {
    use super::Core::{self, *};

    #[test]
    fn the_core_schema_and_nothing_older() {
        assert_eq!(Core::plain("-1.5"), Number(-1.5));
        assert_eq!(Core::plain("+2"), Number(2.0));
        assert_eq!(Core::plain("0x1F"), Number(31.0));
        assert_eq!(Core::plain("0o17"), Number(15.0));
        assert_eq!(Core::plain("1e3"), Number(1000.0));
        assert_eq!(Core::plain("true"), Bool(true));
        assert_eq!(Core::plain("~"), Null);
        for text in ["no", "on", "yes", "10:00", "1d", "10%", "2027-04-02", "..", "1.2.3", "0x", "-"] {
            assert_eq!(Core::plain(text), Text(text));
        }
    }
}
