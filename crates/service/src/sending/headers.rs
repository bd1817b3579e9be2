use channels::limits::HEADER_CHARS_MAX;
use store::{OutboxRow, Rendered};
use words::Channel;

use crate::answering::{follows, is_answer};

/// What a mail says beside its text: what it answers, that a person wrote it, how one gets no more of its kind (RFC 8058). Other
/// channels say nothing.
pub(super) fn headers(row: &OutboxRow, made: &Rendered) -> Vec<(String, String)> {
    if row.channel.as_ref() != Some(&Channel::email()) {
        return Vec::new();
    }
    let [newest, all] = follows(row);
    let stop = made.unsubscribe.as_ref().map(|url| format!("<{url}>"));
    // One click is only for an address that nobody can read on the way.
    let one_click = made.unsubscribe.as_ref().filter(|url| url.starts_with("https://"));
    let told = [
        ("Auto-Submitted", is_answer(row).then(|| "no".to_owned())),
        ("In-Reply-To", newest.map(str::to_owned)),
        ("References", all.map(str::to_owned)),
        ("List-Unsubscribe", stop),
        ("List-Unsubscribe-Post", one_click.map(|_| "List-Unsubscribe=One-Click".to_owned())),
    ];
    told.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.filter(|value| fits(value))?))).collect()
}

/// Others wrote what a mail answers: what cannot stand in a header is left out.
fn fits(value: &str) -> bool {
    !value.trim().is_empty() && value.len() <= HEADER_CHARS_MAX && value.bytes().all(|b| (b' '..=b'~').contains(&b))
}
