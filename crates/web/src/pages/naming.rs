//! What customers, channels and events are called on a page.

use fluent_bundle::FluentArgs;
use journey::EventMatch;
use words::{EventName, Language};

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

/// An event in words: "de afspraak is gemaakt".
pub(crate) fn event(name: &EventName, language: Language) -> String {
    let all = journey::any_of(&[EventMatch { event: name.clone(), only: None, late: None }], language);
    let begin = language.pick("zodra ", "as soon as ");
    all.strip_prefix(begin).map(str::to_owned).unwrap_or(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_said_in_words() {
        let name = EventName::parse("appointment.booked").unwrap();
        assert!(!event(&name, Language::Nl).starts_with("zodra"));
        assert!(!event(&name, Language::En).starts_with("as soon as"));
    }
}
