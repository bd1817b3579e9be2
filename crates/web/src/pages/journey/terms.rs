//! The closed lists of a definition in the reader's words. The texts are `term-<list>-<member>`.

use words::{Attention, Category, Channel, Performer};

use crate::language::{Speech, Text};

pub(super) fn category(speech: &Speech, category: Category) -> String {
    one_of("term-category-", category.as_str(), speech)
}

pub(super) fn performer(speech: &Speech, performer: Performer) -> String {
    one_of("term-by-", performer.as_str(), speech)
}

pub(super) fn attention(speech: &Speech, attention: Attention) -> String {
    one_of("term-attention-", attention.as_str(), speech)
}

/// A channel; an organisation's own goes by its name.
pub(super) fn channel(speech: &Speech, channel: &Channel) -> String {
    match channel.known_rail() {
        Some(_) => one_of("term-channel-", channel.as_str(), speech),
        None => channel.as_str().replace('_', " "),
    }
}

/// Several channels: "e-mail, sms".
pub(super) fn channels(speech: &Speech, all: &[Channel]) -> String {
    all.iter().map(|one| channel(speech, one)).collect::<Vec<_>>().join(", ")
}

/// The text of a member of a list.
fn one_of(list: &'static str, member: &str, speech: &Speech) -> String {
    speech.say(&Text::joined(list, &member.replace('_', "-")))
}
