//! What customers, channels and events are called on a page.

use fluent_bundle::FluentArgs;
use journey::{Definition, Saying};

use crate::language::{Locale, Speech};

/// A customer as staff read it.
pub(crate) use crate::customer_name::customer_name as person;

/// The first letter as a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A channel in the reader's words; an organisation's own goes by its name.
pub(crate) fn channel(speech: &Speech, channel: &str) -> String {
    let key = format!("term-channel-{}", channel.replace('_', "-"));
    let said = Locale::of(speech.language).say(&key, &FluentArgs::new());
    said.unwrap_or_else(|| channel.replace('_', " "))
}

/// Says what a journey says, in the reader's words and with the organisation's word for customer.
pub(crate) fn saying<'a>(definition: &'a Definition, speech: &'a Speech) -> Saying<'a> {
    Saying::of(definition, speech.language).about(&speech.customer)
}
