use journey::{Complaints, Edit, Organisation, Replies, Written, patch_organisation};
use serde::{Deserialize, Serialize};
use words::Language;

use crate::{form::Remarks, language::Text};

/// The fields of an organisation as its form has them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Fields {
    name: String,
    zone: String,
    language: String,
    address: String,
    quiet_from: String,
    quiet_until: String,
    /// Messages of the budget; empty, as the days: there is none.
    budget_messages: String,
    budget_days: String,
    /// "huurder, huurders".
    customer: String,
    /// One team per line.
    teams: String,
    /// Who answers replies, and within how long; empty: as usual. The same of complaints.
    replies_team: String,
    replies_within: String,
    complaints_team: String,
    complaints_within: String,
}

impl Fields {
    /// What an organisation says now.
    pub(super) fn of(organisation: &Organisation) -> Self {
        let short = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
        let (one, many) = &organisation.customer_word;
        Self {
            name: organisation.name.clone(),
            zone: organisation.zone.iana_name().unwrap_or_default().to_owned(),
            language: organisation.language.tag().to_owned(),
            address: organisation.address.as_str().to_owned(),
            quiet_from: organisation.quiet_hours.map(|hours| short(hours.from)).unwrap_or_default(),
            quiet_until: organisation.quiet_hours.map(|hours| short(hours.until)).unwrap_or_default(),
            budget_messages: organisation.message_budget.map(|budget| budget.messages.to_string()).unwrap_or_default(),
            budget_days: organisation.message_budget.map(|budget| budget.days.to_string()).unwrap_or_default(),
            customer: format!("{one}, {many}"),
            teams: organisation.teams.join("\n"),
            replies_team: organisation.replies.team.clone().unwrap_or_default(),
            replies_within: organisation.replies.within.to_string(),
            complaints_team: organisation.complaints.team.clone().unwrap_or_default(),
            complaints_within: organisation.complaints.within.to_string(),
        }
    }

    fn teams(&self) -> Vec<&str> {
        self.teams.lines().map(str::trim).filter(|team| !team.is_empty()).collect()
    }

    fn budget(&self) -> (&str, &str) {
        (self.budget_messages.trim(), self.budget_days.trim())
    }

    fn budget_edit(&self) -> Edit {
        let (messages, days) = self.budget();
        if (messages, days) == ("", "") {
            return Edit::remove("message_budget");
        }
        let messages = messages.parse().map_or_else(|_| Written::from(messages), Written::Number);
        let budget = [("messages".into(), messages), ("within".into(), format!("{days}d").into())];
        Edit::set("message_budget", Written::Map(budget.into()))
    }

    /// The edits that lead from one state to this one.
    fn edits(&self, before: &Self, complaints: &Complaints) -> Vec<(&'static str, Edit)> {
        let mut edits = Vec::new();
        for (field, now, then) in [
            ("name", self.name.trim(), before.name.as_str()),
            ("zone", self.zone.trim(), before.zone.as_str()),
            ("language", self.language.as_str(), before.language.as_str()),
            ("address", self.address.as_str(), before.address.as_str()),
        ] {
            if now != then {
                edits.push((field, Edit::set(field, now)));
            }
        }
        if (&self.quiet_from, &self.quiet_until) != (&before.quiet_from, &before.quiet_until) {
            let none = self.quiet_from.is_empty() && self.quiet_until.is_empty();
            let hours = if none { "none".to_owned() } else { format!("{}-{}", self.quiet_from, self.quiet_until) };
            edits.push(("quiet_hours", Edit::set("quiet_hours", hours)));
        }
        if self.budget() != before.budget() {
            edits.push(("message_budget", self.budget_edit()));
        }
        if self.customer != before.customer {
            let (one, many) = self.customer.split_once(',').unwrap_or((&self.customer, ""));
            let word = |text: &str| Written::Text(text.trim().to_lowercase());
            let words = Written::Map(vec![("one".into(), word(one)), ("many".into(), word(many))]);
            edits.push(("customer", Edit::set("customer", words)));
        }
        if self.teams() != before.teams() {
            let teams = self.teams().into_iter().map(Written::from).collect();
            edits.push(("teams", Edit::set("teams", Written::List(teams))));
        }
        let changed = |now: (&String, &String), then: (&String, &String), usual: &str| {
            let within = |text: &str| if text.trim().is_empty() { usual.to_owned() } else { text.trim().to_owned() };
            (now.0.trim() != then.0 || within(now.1) != within(then.1))
                .then(|| (now.0.trim().to_owned(), within(now.1)))
        };
        let usual = Replies::default().within.to_string();
        let (now, then) = ((&self.replies_team, &self.replies_within), (&before.replies_team, &before.replies_within));
        if let Some((team, within)) = changed(now, then, &usual) {
            edits.push(("replies", Edit::set("replies", dealt(team, within, Vec::new()))));
        }
        let usual = Complaints::default();
        let now = (&self.complaints_team, &self.complaints_within);
        let then = (&before.complaints_team, &before.complaints_within);
        if let Some((team, within)) = changed(now, then, &usual.within.to_string()) {
            let told = (!complaints.acknowledge).then(|| ("acknowledge".to_owned(), Written::Bool(false)));
            let mark =
                (complaints.mark != usual.mark).then(|| ("mark".to_owned(), Written::Number(complaints.mark.into())));
            let kept = told.into_iter().chain(mark).collect();
            edits.push(("complaints", Edit::set("complaints", dealt(team, within, kept))));
        }
        edits
    }
}

/// Which team deals with something, within how long, and what else is said of it.
fn dealt(team: String, within: String, kept: Vec<(String, Written)>) -> Written {
    let team = Some(team).filter(|team| !team.is_empty()).map(|team| ("team".to_owned(), team.as_str().into()));
    let within = ("within".to_owned(), within.as_str().into());
    Written::Map(team.into_iter().chain([within]).chain(kept).collect())
}

/// The text with every changed field in its place, or what is wrong with them.
pub(super) fn patched(text: &str, fields: &Fields, language: Language) -> Result<String, Remarks> {
    let (organisation, _) = Organisation::parse(text);
    let mut remarks = Remarks::default();
    let mut patched = text.to_owned();
    if fields.budget().0.is_empty() != fields.budget().1.is_empty() {
        remarks.add("message_budget", Text::new("organisation-remark-budget"));
    }
    for (field, edit) in fields.edits(&Fields::of(&organisation), &organisation.complaints) {
        match patch_organisation(&patched, &edit) {
            Ok(next) => patched = next,
            Err(refused) => remarks.add(field, super::refusal(&refused, language)),
        }
    }
    let no_plural = fields.customer.split(',').filter(|word| !word.trim().is_empty()).count() != 2;
    if no_plural {
        remarks.add("customer", Text::new("organisation-remark-customer"));
    }
    if remarks.is_empty() { Ok(patched) } else { Err(remarks) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# van ons\nname: Rijnoever\nzone: Europe/Amsterdam\n";

    fn fields() -> Fields {
        Fields::of(&Organisation::parse(TEXT).0)
    }

    #[test]
    fn what_was_not_changed_is_not_written() {
        assert_eq!(patched(TEXT, &fields(), Language::Nl).unwrap(), TEXT);
    }

    #[test]
    fn every_field_finds_its_place() {
        let changed = Fields {
            name: "Rijnoever Wonen".into(),
            address: "je".into(),
            quiet_from: String::new(),
            quiet_until: String::new(),
            customer: "Huurder, huurders".into(),
            teams: "balie\r\n\nvakmensen\n".into(),
            budget_messages: " 4".into(),
            budget_days: "7".into(),
            ..fields()
        };
        let text = patched(TEXT, &changed, Language::Nl).unwrap();
        let (organisation, findings) = Organisation::parse(&text);
        assert!(findings.is_empty() && text.starts_with("# van ons\nname: Rijnoever Wonen\n"), "{text}");
        assert_eq!(organisation.quiet_hours, None);
        assert_eq!(organisation.customer_word, ("huurder".into(), "huurders".into()));
        assert_eq!(organisation.teams, ["balie", "vakmensen"]);
        assert_eq!(organisation.message_budget, Some(journey::Budget { messages: 4, days: 7 }));
        let dealt =
            Fields { complaints_team: "klachten".into(), complaints_within: "3wd".into(), ..Fields::of(&organisation) };
        let told = patched(&text, &dealt, Language::Nl).unwrap();
        let dealt = Organisation::parse(&told).0.complaints;
        assert_eq!((dealt.team.as_deref(), dealt.within.to_string()), (Some("klachten"), "3wd".to_owned()), "{told}");
        let none = Fields { budget_messages: String::new(), budget_days: " ".into(), ..Fields::of(&organisation) };
        let text = patched(&text, &none, Language::Nl).unwrap();
        assert!(!text.contains("message_budget"), "both left empty: there is none. {text}");
    }

    #[test]
    fn a_budget_is_a_number_of_messages_in_so_many_days() {
        for (messages, days) in
            [("4", ""), ("", "7"), ("0", "7"), ("2,5", "7"), ("100001", "7"), ("4", "0"), ("4", "32")]
        {
            let wrong = Fields { budget_messages: messages.into(), budget_days: days.into(), ..fields() };
            let remarks = patched(TEXT, &wrong, Language::Nl).unwrap_err();
            assert!(remarks.mentions("message_budget"), "{messages} in {days}");
        }
        let most = Fields { budget_messages: "100000".into(), budget_days: "31".into(), ..fields() };
        assert!(patched(TEXT, &most, Language::Nl).is_ok());
    }

    #[test]
    fn mistakes_are_told_by_field_and_nothing_is_written() {
        let wrong =
            Fields { zone: "Mars/Noord".into(), quiet_from: "9 uur".into(), customer: "huurder".into(), ..fields() };
        let remarks = patched(TEXT, &wrong, Language::Nl).unwrap_err();
        for field in ["zone", "quiet_hours", "customer"] {
            assert!(remarks.mentions(field), "{field}");
        }
        assert!(!remarks.mentions("name"));
    }
}
