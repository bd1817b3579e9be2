//! The lines below a mail or letter: what is behind it, one's own choices, how one gets no more of its kind.

use words::{Language, paper::Block};

use crate::{Foot, document::has_safe_scheme};

/// Each line with its words and where it leads, in order.
pub(crate) fn lines(foot: &Foot, language: Language) -> Vec<(&'static str, &str)> {
    let all = [
        (language.pick("Over dit bericht", "About this message"), &foot.about),
        (language.pick("Voorkeuren", "Preferences"), &foot.preferences),
        (language.pick("Afmelden voor deze berichten", "Unsubscribe from these messages"), &foot.unsubscribe),
    ];
    all.into_iter()
        .filter_map(|(label, url)| Some((label, url.as_deref().filter(|url| has_safe_scheme(url))?)))
        .collect()
}

/// Below a letter: a code to scan, with what one finds behind it.
pub(crate) fn of_letter(foot: &Foot, language: Language) -> Option<Block> {
    let url = foot.about.clone().filter(|url| has_safe_scheme(url))?;
    let label = language.pick(
        "Over deze brief: klopt hij, niet aan het goede adres, of een vraag",
        "About this letter: is it genuine, wrong address, or a question",
    );
    Some(Block::Button { label: label.to_owned(), url })
}
