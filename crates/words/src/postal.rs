use crate::{Address, Language};

/// Characters of one line of an address.
const LINE_CHARS_MAX: usize = 60;

/// Why nothing can be posted to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostalFault {
    /// No street, or one without a number.
    Street,
    /// No postcode, or one that no country around has.
    Postcode,
    /// No town.
    Town,
    /// A line that no window shows.
    TooLong,
}

impl PostalFault {
    /// What is wrong and what to do.
    pub fn message(self, language: Language) -> &'static str {
        match self {
            Self::Street => language.pick(
                "De straat of het huisnummer ontbreekt. Vul het adres van deze klant aan.",
                "The street or its number is missing. Complete this customer's address.",
            ),
            Self::Postcode => language.pick(
                "De postcode klopt niet. Verbeter haar bij deze klant, bijvoorbeeld 6821 AB.",
                "The postcode is not right. Correct it at this customer, for instance 6821 AB.",
            ),
            Self::Town => language.pick(
                "De plaats ontbreekt. Vul het adres van deze klant aan.",
                "The town is missing. Complete this customer's address.",
            ),
            Self::TooLong => language.pick(
                "Een regel van het adres is te lang voor het venster van een envelop. Kort haar in.",
                "A line of the address is too long for the window of an envelope. Shorten it.",
            ),
        }
    }
}

impl Address {
    /// The lines below the name, as the post reads them: "Merelstraat 24" and "6821 AB  Arnhem". Postcodes of the Netherlands,
    /// Belgium and Germany.
    pub fn postal(&self) -> Result<[String; 2], PostalFault> {
        let line = |part: &Option<String>| {
            let text: String =
                part.as_deref().unwrap_or_default().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let (street, town) = (line(&self.street), line(&self.town));
        let has_letters = |text: &str| text.chars().any(char::is_alphabetic);
        if !has_letters(&street) || !street.chars().any(|c| c.is_ascii_digit()) {
            return Err(PostalFault::Street);
        }
        let postcode = postcode(&line(&self.postcode)).ok_or(PostalFault::Postcode)?;
        if !has_letters(&town) {
            return Err(PostalFault::Town);
        }
        let lines = [street, format!("{postcode}  {town}")];
        let fits = lines.iter().all(|line| line.chars().count() <= LINE_CHARS_MAX);
        fits.then_some(lines).ok_or(PostalFault::TooLong)
    }
}

/// "6821 AB", "9000", "50667"; `None` for anything else. The Dutch letters are never SA, SD or SS.
fn postcode(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| *c != ' ').flat_map(char::to_uppercase).collect();
    if !bare.is_ascii() {
        return None;
    }
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let (number, letters) = bare.split_at(digits);
    match (digits, letters) {
        (5, "") => Some(number.to_owned()),
        (4, _) if number.starts_with('0') => None,
        (4, "") => Some(number.to_owned()),
        (4, "SA" | "SD" | "SS") => None,
        (4, letters) if letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_uppercase()) => {
            Some(format!("{number} {letters}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(street: &str, postcode: &str, town: &str) -> Result<[String; 2], PostalFault> {
        let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Address { street: part(street), postcode: part(postcode), town: part(town) }.postal()
    }

    #[test]
    fn a_good_address_is_two_lines() {
        let lines = |street: &str, below: &str| Ok([street.to_owned(), below.to_owned()]);
        assert_eq!(address(" Merelstraat  24 bis", "6821ab", "Arnhem"), lines("Merelstraat 24 bis", "6821 AB  Arnhem"));
        assert_eq!(address("Postbus 12", "1000 AA", "'s-Gravenhage"), lines("Postbus 12", "1000 AA  's-Gravenhage"));
        assert_eq!(address("Veldstraat 1", "9000", "Gent"), lines("Veldstraat 1", "9000  Gent"));
        assert_eq!(address("Domstr. 3", "50667", "Köln"), lines("Domstr. 3", "50667  Köln"));
    }

    #[test]
    fn a_bad_one_says_what_is_wrong() {
        for street in ["", "Merelstraat", "24", "-"] {
            assert_eq!(address(street, "6821 AB", "Arnhem"), Err(PostalFault::Street), "{street}");
        }
        for postcode in ["", "0821 AB", "6821 A", "6821 SS", "682 AB", "onbekend", "6821 ÄB", "123456"] {
            assert_eq!(address("Kade 1", postcode, "Arnhem"), Err(PostalFault::Postcode), "{postcode}");
        }
        for town in ["", "-", "123"] {
            assert_eq!(address("Kade 1", "6821 AB", town), Err(PostalFault::Town), "{town}");
        }
        let long = format!("{} 1", "a".repeat(LINE_CHARS_MAX - 1));
        assert_eq!(address(&long, "6821 AB", "Arnhem"), Err(PostalFault::TooLong));
        assert!(address(&long[1..], "6821 AB", "Arnhem").is_ok());
    }

    #[test]
    fn no_line_hides_another() {
        let [street, _] = address("Kade 1\nPostbus 5", "6821 AB", "Arnhem").expect("an address");
        assert_eq!(street, "Kade 1 Postbus 5");
    }
}
