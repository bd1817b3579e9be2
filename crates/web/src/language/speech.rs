use std::{fmt, sync::Arc};

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use minijinja::value::Object;
use words::Language;

use super::{CustomerWord, Locale, Text};

/// How one answer speaks: the reader's language, the organisation's zone and word for customer, and the moment.
#[derive(Clone, Debug)]
pub struct Speech {
    /// The reader's.
    pub language: Language,
    /// The organisation's.
    pub zone: TimeZone,
    /// In the reader's language.
    pub customer: CustomerWord,
    /// When the page is made.
    pub now: Timestamp,
}

impl Speech {
    /// Says a text. A key without text says itself; a test sees to it that there are none.
    pub fn say(&self, text: &Text) -> String {
        self.say_key(text.key(), text.args())
    }

    pub(crate) fn say_key(&self, key: &str, mut args: FluentArgs<'static>) -> String {
        args.set("customer", FluentValue::from(self.customer.one.clone()));
        args.set("the_customer", FluentValue::from(self.customer.the(self.language)));
        args.set("this_customer", FluentValue::from(self.customer.this(self.language)));
        args.set("customers", FluentValue::from(self.customer.many.clone()));
        Locale::of(self.language).say(key, &args).unwrap_or_else(|| key.to_owned())
    }

    /// The civil day in the organisation's zone.
    pub fn today(&self) -> Date {
        self.date_of(self.now)
    }

    /// The civil day of a moment in the organisation's zone.
    pub fn date_of(&self, moment: Timestamp) -> Date {
        moment.to_zoned(self.zone.clone()).date()
    }
}

impl fmt::Display for Speech {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.language.tag())
    }
}

impl Object for Speech {
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speech(language: Language) -> Speech {
        Speech {
            language,
            zone: TimeZone::UTC,
            customer: CustomerWord::new("huurder", "huurders").on_page(language),
            now: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn every_text_may_use_the_organisations_word() {
        let text = Text::new("nav-customers");
        assert_eq!(speech(Language::Nl).say(&text), "Huurders");
        assert_eq!(speech(Language::En).say(&text), "Tenants");
    }

    #[test]
    fn numbers_choose_the_plural_and_have_thousand_points() {
        let text = |n: u32| Text::new("form-remarks").with("count", n);
        assert_eq!(speech(Language::Nl).say(&text(1)), "Eén veld moet nog anders.");
        assert_eq!(speech(Language::Nl).say(&text(1284)), "1.284 velden moeten nog anders.");
        assert_eq!(speech(Language::En).say(&text(1284)), "1,284 fields need another look.");
    }
}
