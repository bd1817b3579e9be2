//! A filled page of preferences, as the form has it, and what it changes.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;
use serde_json::{Value, json};
use words::{Class, Customer, Language, Properties};

use super::Offered;
use crate::form::Remarks;

/// What a customer chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// By channel its place, from 1; 0: rather not.
    pub(super) ranks: BTreeMap<String, usize>,
    /// Consents that are given.
    pub(super) agreed: BTreeSet<String>,
    /// Whether there are quiet hours of one's own.
    pub(super) quiet_own: bool,
    pub(super) quiet_from: String,
    pub(super) quiet_until: String,
    pub(super) language: String,
}

impl Choice {
    /// As the customer is known.
    pub(super) fn of(customer: &Customer, offered: &Offered) -> Self {
        let place = |name: &str| customer.channels.iter().position(|channel| channel.as_str() == name);
        let mut order: Vec<&str> = offered.channels.iter().map(|channel| channel.as_str()).collect();
        order.sort_by_key(|name| place(name).unwrap_or(usize::MAX));
        let refused = |name: &str| {
            let consent = customer.consents.get(&format!("{}.{name}", Class::Service.as_str()));
            consent.is_some_and(|consent| !consent.given)
        };
        let (off, on): (Vec<&str>, Vec<&str>) = order.into_iter().partition(|name| refused(name));
        let ranked = on.into_iter().zip(1..).chain(off.into_iter().zip(std::iter::repeat(0)));
        let quiet = customer.quiet_hours.map(|(from, until)| (clock(from), clock(until)));
        let (quiet_from, quiet_until) = quiet.clone().unwrap_or_default();
        Self {
            ranks: ranked.map(|(name, rank)| (name.to_owned(), rank)).collect(),
            agreed: offered.purposes.iter().filter(|name| customer.consents_to(name)).cloned().collect(),
            quiet_own: quiet.is_some(),
            quiet_from,
            quiet_until,
            language: customer.language.map(|language| language.tag().to_owned()).unwrap_or_default(),
        }
    }

    /// As it was filled in; what is not offered is left out.
    pub(super) fn read(filled: &BTreeMap<String, String>, offered: &Offered) -> Self {
        let text = |name: &str| filled.get(name).map(|typed| typed.trim().to_owned()).unwrap_or_default();
        let rank =
            |name: &str| text(&format!("channel-{name}")).parse().ok().filter(|rank| *rank <= offered.channels.len());
        let names = offered.channels.iter().map(|channel| channel.as_str());
        Self {
            ranks: names.map(|name| (name.to_owned(), rank(name).unwrap_or_default())).collect(),
            agreed: offered.purposes.iter().filter(|name| text(&format!("p-{name}")) == "ja").cloned().collect(),
            quiet_own: text("quiet") == "zelf",
            quiet_from: text("quiet-from"),
            quiet_until: text("quiet-until"),
            language: text("language"),
        }
    }

    /// What is wrong with it.
    pub(super) fn remarks(&self) -> Remarks {
        let mut remarks = Remarks::default();
        remarks.expect(!self.quiet_own || self.hours().is_some(), "quiet", "preference-remark-quiet");
        remarks
    }

    fn hours(&self) -> Option<String> {
        let typed = format!("{}-{}", self.quiet_from, self.quiet_until);
        journey::language::hours(&typed).filter(|(from, until)| from != until).map(|_| typed)
    }

    /// Channels in their order, without those that are rather not used.
    fn order(&self, offered: &Offered) -> Vec<String> {
        let names = offered.channels.iter().map(|channel| channel.as_str().to_owned());
        let mut ranked: Vec<(usize, String)> =
            names.filter_map(|name| Some((*self.ranks.get(&name)?, name))).filter(|(rank, _)| *rank > 0).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, name)| name).collect()
    }

    /// The properties of `customer.identified`: only what is different, so that what somebody else changed meanwhile stays.
    pub(super) fn changes(&self, customer: &Customer, offered: &Offered) -> Properties {
        let was = Self::of(customer, offered);
        let mut changed = Properties::new();
        let order = self.order(offered);
        if order != was.order(offered) {
            changed.insert("channels".to_owned(), json!(order));
        }
        let (now, before) =
            (self.quiet_own.then(|| self.hours()).flatten(), was.quiet_own.then(|| was.hours()).flatten());
        if now != before {
            changed.insert("quiet_hours".to_owned(), now.map_or(Value::Null, Value::String));
        }
        if self.language != was.language {
            let language = Language::from_tag(&self.language).map(Language::tag);
            changed.insert("language".to_owned(), json!(language));
        }
        let consents = self.consents(&was, customer, offered);
        if !consents.is_empty() {
            changed.insert("consents".to_owned(), json!(consents));
        }
        changed
    }

    /// A channel that is rather not used is refused for every reason to write; one that is used again is free for service, and
    /// for marketing as far as that was agreed to.
    fn consents(&self, was: &Self, customer: &Customer, offered: &Offered) -> BTreeMap<String, bool> {
        let mut said = BTreeMap::new();
        for name in &offered.purposes {
            let (now, before) = (self.agreed.contains(name), was.agreed.contains(name));
            if now != before {
                said.insert(name.clone(), now);
            }
        }
        let markets = self.agreed.contains(Class::Marketing.as_str());
        for (channel, rank) in &self.ranks {
            let (on, was_on) = (*rank > 0, was.ranks.get(channel).is_some_and(|rank| *rank > 0));
            let marketing = format!("{}.{channel}", Class::Marketing.as_str());
            if on != was_on {
                said.insert(format!("{}.{channel}", Class::Service.as_str()), on);
                said.insert(marketing, on && markets);
            } else if customer.consents.get(&marketing).is_some_and(|told| told.given) && !markets {
                // "No more marketing" is meant for every channel, also one that was agreed to by itself.
                said.insert(marketing, false);
            }
        }
        said
    }
}

/// `21:00`.
pub(super) fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use words::{Channel, Consent, CustomerId};

    use super::*;

    fn offered() -> Offered {
        Offered {
            channels: vec![Channel::email(), Channel::new("sms")],
            purposes: vec!["marketing".into(), "leestips".into()],
        }
    }

    fn customer() -> Customer {
        Customer::unknown(CustomerId::from_u128(1))
    }

    fn filled(pairs: &[(&str, &str)]) -> Choice {
        let filled = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Choice::read(&filled, &offered())
    }

    #[test]
    fn an_unchanged_page_says_nothing() {
        let mut customer = customer();
        customer.channels = vec![Channel::new("sms")];
        customer.quiet_hours = journey::language::hours("22:00-09:00");
        let same = filled(&[
            ("channel-sms", "1"),
            ("channel-email", "2"),
            ("quiet", "zelf"),
            ("quiet-from", "22:00"),
            ("quiet-until", "09:00"),
        ]);
        assert_eq!(same, Choice::of(&customer, &offered()));
        assert_eq!(same.changes(&customer, &offered()), Properties::new());
    }

    #[test]
    fn a_channel_that_is_rather_not_used_is_refused_for_every_reason() {
        let choice = filled(&[("channel-sms", "0"), ("channel-email", "1"), ("p-marketing", "ja")]);
        let changed = choice.changes(&customer(), &offered());
        assert_eq!(changed["channels"], json!(["email"]));
        let said = json!({ "marketing": true, "marketing.sms": false, "service.sms": false });
        assert_eq!(changed["consents"], said);
    }

    #[test]
    fn no_more_marketing_goes_for_a_channel_that_was_agreed_to_by_itself() {
        let mut customer = customer();
        let yes = || Consent { given: true, time: jiff::Timestamp::UNIX_EPOCH, proof: "balie/1".into() };
        customer.consents.insert("marketing".into(), yes());
        customer.consents.insert("marketing.email".into(), yes());
        let changed = filled(&[("channel-email", "1"), ("channel-sms", "2")]).changes(&customer, &offered());
        assert_eq!(changed["consents"], json!({ "marketing": false, "marketing.email": false }));
    }

    #[test]
    fn hours_that_are_none_are_remarked_and_kept() {
        for (from, until) in [("", ""), ("22:00", "22:00"), ("25:00", "08:00"), ("tien", "acht")] {
            let choice = filled(&[("quiet", "zelf"), ("quiet-from", from), ("quiet-until", until)]);
            assert!(!choice.remarks().is_empty(), "{from}");
            assert_eq!(choice.quiet_from, from);
        }
        assert!(filled(&[("quiet", "zaak"), ("quiet-from", "x")]).remarks().is_empty());
    }

    #[test]
    fn what_is_not_offered_is_left_out() {
        let choice = filled(&[("channel-fax", "1"), ("p-alles", "ja"), ("channel-sms", "99")]);
        assert_eq!(choice.ranks, BTreeMap::from([("email".to_owned(), 0), ("sms".to_owned(), 0)]));
        assert!(choice.agreed.is_empty());
    }
}
