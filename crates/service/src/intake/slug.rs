/// The words of a text in lower case: parted by everything that is no letter or digit, and where a small letter is
/// followed by a capital (`firstName`). Accents are left off; letters of other alphabets are left out.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small_before = false;
    for c in text.chars() {
        let plain = plain(c);
        let breaks = !c.is_alphanumeric() || (c.is_uppercase() && small_before);
        if breaks && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push_str(&plain.to_ascii_lowercase());
        }
        small_before = c.is_lowercase() || c.is_ascii_digit();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A text as a name in snake case: `W_Completeren aanvraag` becomes `w_completeren_aanvraag`, `orderID` becomes `order_id`.
pub fn slug(text: &str) -> String {
    words_of(text).join("_")
}

fn plain(c: char) -> String {
    let letters = match c {
        'À'..='Å' => "A",
        'à'..='å' => "a",
        'Ç' | 'ç' => "c",
        'È'..='Ë' | 'è'..='ë' => "e",
        'Ì'..='Ï' | 'ì'..='ï' => "i",
        'Ñ' | 'ñ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' => "o",
        'Ù'..='Ü' | 'ù'..='ü' => "u",
        'Ý' | 'ý' | 'ÿ' => "y",
        'Æ' | 'æ' => "ae",
        'ß' => "ss",
        c if c.is_ascii_alphanumeric() => return c.to_string(),
        _ => "",
    };
    letters.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_systems_become_our_form() {
        for (text, expected) in [
            ("W_Completeren aanvraag", "w_completeren_aanvraag"),
            ("A_SUBMITTED", "a_submitted"),
            ("T04 Determine confirmation of receipt", "t04_determine_confirmation_of_receipt"),
            ("firstName", "first_name"),
            ("orderID", "order_id"),
            ("org:resource", "org_resource"),
            ("Patiënt  gezien!", "patient_gezien"),
            ("  ", ""),
            ("日本", ""),
        ] {
            assert_eq!(slug(text), expected);
        }
    }
}
