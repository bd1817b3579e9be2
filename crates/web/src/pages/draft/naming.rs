//! Ids from titles.

/// Characters of an id that is made from a title.
const CHARS_MAX: usize = 40;

/// The id of a title: "Mijn reservering ligt klaar" gives `mijn-reservering-ligt-klaar`; the first with a number behind it
/// that is not `taken`. A title without letters gives `other`.
pub(crate) fn id_of(title: &str, other: &str, taken: impl Fn(&str) -> bool) -> String {
    let base = slug(title);
    let base = if base.is_empty() { other.to_owned() } else { base };
    if !taken(&base) {
        return base;
    }
    (2..).map(|number| format!("{base}-{number}")).find(|id| !taken(id)).unwrap_or(base)
}

fn slug(title: &str) -> String {
    let mut id = String::new();
    for c in title.to_lowercase().chars().flat_map(plain) {
        match c {
            'a'..='z' | '0'..='9' => id.push(c),
            '\'' | '’' => {}
            _ if id.ends_with('-') || id.is_empty() => {}
            _ => id.push('-'),
        }
    }
    let id = id.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    let cut = id.get(..CHARS_MAX).map_or(id, |cut| cut.rfind('-').map_or(cut, |at| &cut[..at]));
    cut.trim_end_matches('-').to_owned()
}

/// Without accents.
fn plain(c: char) -> impl Iterator<Item = char> {
    let text = match c {
        'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ß' => "ss",
        _ => "",
    };
    let own = text.is_empty().then_some(c);
    text.chars().chain(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_from_the_title() {
        let id = |title| id_of(title, "reis", |_| false);
        assert_eq!(id("Mijn reservering ligt klaar"), "mijn-reservering-ligt-klaar");
        assert_eq!(id("  24/7: Foto's & vidéo's!"), "fotos-videos");
        assert_eq!(id("???"), "reis");
        assert_eq!(id(&"heel lang ".repeat(20)), "heel-lang-heel-lang-heel-lang-heel-lang");
    }

    #[test]
    fn an_id_that_is_taken_gets_a_number() {
        assert_eq!(id_of("Reis", "x", |id| matches!(id, "reis" | "reis-2")), "reis-3");
    }

    proptest::proptest! {
        #[test]
        fn every_title_gives_an_id_that_the_language_takes(title in ".{0,80}") {
            let id = id_of(&title, "reis", |id| id.len() % 2 == 0);
            let words = id.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
            proptest::prop_assert!(words && id.starts_with(|c: char| c.is_ascii_lowercase()) && id.len() < 60, "{}", id);
        }
    }
}
