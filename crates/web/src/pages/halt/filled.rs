//! The form of a halt: what was typed, and the halt that it makes.

use jiff::{SignedDuration, Timestamp, ToSpan, civil::DateTime};
use serde::Serialize;
use words::{Halt, HaltId, HaltScope, JourneyId, Notice, digest};

use crate::{
    form::{self, Remarks},
    language::{Speech, Text},
};

/// Characters of a title.
const TITLE_CHARS_MAX: usize = 80;
/// Characters of a street with its number.
const BUILDING_CHARS_MAX: usize = 120;
/// Characters of a postcode or its beginning, without spaces.
const POSTCODE_CHARS_MAX: usize = 10;
/// Postcodes of one halt.
const POSTCODES_MAX: usize = 50;
/// Journeys that one ticks at most.
const JOURNEYS_MAX: usize = 200;
/// Days that a halt stands at most.
const DAYS_MAX: i64 = 31;
/// Days ahead of today that the day of an appointment lies at most.
const DAY_AHEAD_MAX: i32 = 366;
/// Characters of a notice's subject.
const SUBJECT_CHARS_MAX: usize = 120;
/// Characters of a notice's text.
const TEXT_CHARS_MAX: usize = 2_000;
/// Characters that a form is given back of one field; longer than each limit, so that nobody loses what was typed.
const TYPED_CHARS_MAX: usize = 10_000;
/// How a notice begins.
const GREETING: &str = "{{ salutation }},\n\n";

/// The fields as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Filled {
    title: String,
    pub(super) journeys: Vec<String>,
    postcodes: String,
    building: String,
    day: String,
    until: String,
    /// `ja`: what was held goes afterwards.
    afterwards: String,
    /// A notice goes instead.
    tell: bool,
    subject: String,
    text: String,
    /// The digest of what staff looked at before they pressed the button that makes it.
    #[serde(skip)]
    looked_at: String,
    /// Which button was pressed.
    #[serde(skip)]
    makes: bool,
}

impl Filled {
    /// What the form begins with: until this hour tomorrow, and what is held goes afterwards.
    pub(super) fn fresh(speech: &Speech) -> Self {
        let tomorrow = speech.now.to_zoned(speech.zone.clone()).datetime().saturating_add(1.day());
        let until = tomorrow.date().at(tomorrow.hour(), 0, 0, 0);
        Self {
            until: until.strftime("%Y-%m-%dT%H:%M").to_string(),
            afterwards: "ja".into(),
            text: GREETING.into(),
            ..Self::default()
        }
    }

    /// What a halt says that stands.
    pub(super) fn of(halt: &Halt, speech: &Speech) -> Self {
        let until = halt.until.to_zoned(speech.zone.clone()).datetime();
        Self {
            title: halt.title.clone(),
            journeys: halt.scope.journeys.iter().map(ToString::to_string).collect(),
            postcodes: halt.scope.postcodes.join(", "),
            building: halt.scope.building.clone().unwrap_or_default(),
            day: halt.scope.day.map(|day| day.to_string()).unwrap_or_default(),
            until: until.strftime("%Y-%m-%dT%H:%M").to_string(),
            afterwards: if halt.afterwards { "ja" } else { "nee" }.into(),
            ..Self::default()
        }
    }

    /// What a browser posted.
    pub(super) fn posted(pairs: Vec<(String, String)>) -> Self {
        let mut filled = Self::default();
        for (name, value) in pairs {
            let value: String = value.replace("\r\n", "\n").chars().take(TYPED_CHARS_MAX).collect();
            match name.as_str() {
                "title" => filled.title = value,
                "journey" if filled.journeys.len() < JOURNEYS_MAX => filled.journeys.push(value),
                "postcodes" => filled.postcodes = value,
                "building" => filled.building = value,
                "day" => filled.day = value,
                "until" => filled.until = value,
                "afterwards" => filled.afterwards = value,
                "tell" => filled.tell = value == "ja",
                "subject" => filled.subject = value,
                "text" => filled.text = value,
                "looked_at" => filled.looked_at = value,
                "do" => filled.makes = value == "maak",
                _ => {}
            }
        }
        filled
    }

    /// Stands for everything that was typed, so that nobody makes what they did not look at.
    pub(super) fn digest(&self) -> String {
        let journeys = self.journeys.join("\n");
        let tell = if self.tell { "ja" } else { "" };
        let parts = [
            self.title.as_str(),
            &journeys,
            &self.postcodes,
            &self.building,
            &self.day,
            &self.until,
            &self.afterwards,
            tell,
            &self.subject,
            &self.text,
        ];
        digest(&parts).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether the button that makes it was pressed by someone who looked at exactly this.
    pub(super) fn makes(&self) -> bool {
        self.makes && self.looked_at == self.digest()
    }

    /// The halt that stands as it is to be from now on. What customers are told meanwhile, and since when it stands, does not
    /// change; nor does a day that is over by now.
    pub(super) fn changed(&self, stands: &Halt, known: &[&JourneyId], speech: &Speech) -> Result<Halt, Remarks> {
        let same_day = stands.scope.day.filter(|day| day.to_string() == self.day.trim());
        let typed = match same_day {
            Some(_) => Self { day: String::new(), ..self.clone() },
            None => self.clone(),
        };
        let mut halt = Self { tell: false, ..typed }.read(stands.id, known, speech)?;
        halt.scope.day = halt.scope.day.or(same_day);
        // One that is no longer live cannot be ticked.
        let gone = stands.scope.journeys.iter().filter(|id| !known.contains(id));
        halt.scope.journeys.extend(gone.cloned());
        Ok(Halt { from: stands.from, notice: stands.notice.clone(), ..halt })
    }

    /// The halt, or what is wrong with the fields.
    pub(super) fn read(&self, id: HaltId, known: &[&JourneyId], speech: &Speech) -> Result<Halt, Remarks> {
        let mut remarks = Remarks::default();
        let title = form::line(&self.title, TITLE_CHARS_MAX);
        remarks.expect(title.is_some(), "title", "halt-remark-title");
        let scope = self.scope(known, speech, &mut remarks);
        let until = self.until(speech);
        remarks.expect(until.is_some(), "until", "halt-remark-until");
        let notice = self.notice(&mut remarks);
        match (title, until, remarks.is_empty()) {
            (Some(title), Some(until), true) => {
                let afterwards = self.afterwards == "ja";
                Ok(Halt { id, title, scope, from: speech.now, until, afterwards, notice })
            }
            _ => Err(remarks),
        }
    }

    fn scope(&self, known: &[&JourneyId], speech: &Speech, remarks: &mut Remarks) -> HaltScope {
        let chosen = known.iter().filter(|id| self.journeys.iter().any(|chosen| chosen == id.as_str()));
        let journeys = chosen.map(|id| (*id).clone()).collect();
        let typed = self.postcodes.split([',', ';', '\n']);
        let typed = typed.map(|one| one.split_whitespace().collect::<String>().to_uppercase());
        let postcodes: Vec<String> = typed.filter(|one| !one.is_empty()).collect();
        let is_postcode =
            |one: &String| one.len() <= POSTCODE_CHARS_MAX && one.chars().all(|sign| sign.is_ascii_alphanumeric());
        remarks.expect(postcodes.iter().all(is_postcode), "postcodes", "halt-remark-postcodes");
        if postcodes.len() > POSTCODES_MAX {
            remarks.add("postcodes", Text::new("halt-remark-postcodes-many").with("most", POSTCODES_MAX));
        }
        let building = form::line(&self.building, BUILDING_CHARS_MAX);
        let no_building = self.building.trim().is_empty();
        remarks.expect(building.is_some() || no_building, "building", "halt-remark-building");
        let today = speech.today();
        let last = today.saturating_add(DAY_AHEAD_MAX.days());
        let day = self.day.trim().parse().ok().filter(|day| (today..=last).contains(day));
        remarks.expect(day.is_some() || self.day.trim().is_empty(), "day", "halt-remark-day");
        HaltScope { journeys, postcodes, building, day }
    }

    /// A moment that lies ahead, and not too far.
    fn until(&self, speech: &Speech) -> Option<Timestamp> {
        let typed: DateTime = self.until.trim().parse().ok()?;
        let until = typed.to_zoned(speech.zone.clone()).ok()?.timestamp();
        let last = speech.now.checked_add(SignedDuration::from_hours(24 * DAYS_MAX)).ok()?;
        Some(until).filter(|until| *until > speech.now && *until <= last)
    }

    fn notice(&self, remarks: &mut Remarks) -> Option<Notice> {
        if !self.tell {
            return None;
        }
        let subject = form::line(&self.subject, SUBJECT_CHARS_MAX);
        remarks.expect(subject.is_some(), "subject", "halt-remark-subject");
        let text = self.text.trim();
        let says = !text.is_empty() && text != GREETING.trim();
        remarks.expect(says, "text", "halt-remark-text");
        if text.chars().count() > TEXT_CHARS_MAX {
            remarks.add("text", Text::new("halt-remark-text-long").with("most", TEXT_CHARS_MAX));
        }
        Some(Notice { subject: subject?, text: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use words::Language;

    use super::*;
    use crate::language::CustomerWord;

    fn speech() -> Speech {
        Speech {
            language: Language::Nl,
            zone: TimeZone::get("Europe/Amsterdam").unwrap(),
            customer: CustomerWord::new("huurder", "huurders"),
            now: "2026-11-24T09:42:00Z".parse().unwrap(),
        }
    }

    fn filled() -> Filled {
        Filled { title: "Storm".into(), ..Filled::fresh(&speech()) }
    }

    fn read(filled: &Filled) -> Result<Halt, Remarks> {
        read_of(filled, &[])
    }

    fn read_of(filled: &Filled, known: &[&JourneyId]) -> Result<Halt, Remarks> {
        filled.read(HaltId::derived(&["storm"]), known, &speech())
    }

    #[test]
    fn what_is_typed_becomes_a_halt() {
        let journey = JourneyId::new("reparatie");
        let halt = Filled {
            journeys: vec!["reparatie".into(), "verzonnen".into()],
            postcodes: "3511 ab, 35;3512\n".into(),
            building: " Merelstraat 24 ".into(),
            day: "2026-11-27".into(),
            tell: true,
            subject: "Storm".into(),
            text: format!("{GREETING}Alles komt later."),
            ..filled()
        };
        let halt = read_of(&halt, &[&journey]).unwrap();
        assert_eq!(halt.until.to_string(), "2026-11-25T09:00:00Z", "ten o'clock where the organisation is");
        assert_eq!(halt.scope.postcodes, ["3511AB", "35", "3512"]);
        assert_eq!(halt.scope.building.as_deref(), Some("Merelstraat 24"));
        assert_eq!(halt.scope.journeys, [journey].into());
        assert!(halt.afterwards && halt.notice.is_some());
        let all = read(&filled()).unwrap();
        assert_eq!((all.scope, all.notice), (HaltScope::default(), None), "nothing said: all, and silently");
    }

    #[test]
    fn each_field_has_a_limit() {
        let remarked = |field: &str, filled: Filled| {
            assert!(read(&filled).is_err_and(|remarks| remarks.mentions(field)), "{field}: {filled:?}");
        };
        let said = |text: String| Filled { tell: true, subject: "Storm".into(), text, ..filled() };
        let postcodes = |count: usize| Filled { postcodes: vec!["3511"; count].join(","), ..filled() };
        for title in [String::new(), "a".repeat(TITLE_CHARS_MAX + 1)] {
            remarked("title", Filled { title, ..filled() });
        }
        for until in ["", "morgen", "2026-11-24T10:42", "2026-12-25T10:43"] {
            remarked("until", Filled { until: until.into(), ..filled() });
        }
        for day in ["vrijdag", "2026-11-23", "2027-11-26"] {
            remarked("day", Filled { day: day.into(), ..filled() });
        }
        remarked("postcodes", postcodes(POSTCODES_MAX + 1));
        remarked("postcodes", Filled { postcodes: "3511-3512".into(), ..filled() });
        remarked("postcodes", Filled { postcodes: "12345678901".into(), ..filled() });
        remarked("building", Filled { building: "a".repeat(BUILDING_CHARS_MAX + 1), ..filled() });
        remarked("subject", Filled { subject: "a".repeat(SUBJECT_CHARS_MAX + 1), ..said("Later.".into()) });
        remarked("text", said(GREETING.into()));
        remarked("text", said("a".repeat(TEXT_CHARS_MAX + 1)));
        assert!(read(&said("a".repeat(TEXT_CHARS_MAX))).is_ok());
        assert!(read(&postcodes(POSTCODES_MAX)).is_ok());
        assert!(read(&Filled { until: "2026-12-25T10:42".into(), ..filled() }).is_ok(), "31 days");
    }

    #[test]
    fn a_halt_that_stands_is_changed_and_says_the_same_meanwhile() {
        let stands =
            Filled { postcodes: "3511, 3512".into(), day: "2026-11-24".into(), text: String::new(), ..filled() };
        let told = Filled { tell: true, subject: "Storm".into(), text: "Later.".into(), ..stands.clone() };
        let mut before = read(&told).unwrap();
        before.from = "2026-11-20T09:00:00Z".parse().unwrap();
        let typed = Filled::of(&before, &speech());
        assert_eq!(typed, stands, "the form begins with what stands");
        assert_eq!(typed.changed(&before, &[], &speech()).unwrap(), before);
        let later = Filled { until: "2026-11-30T10:00".into(), postcodes: "3512".into(), ..typed.clone() };
        let after = later.changed(&before, &[], &speech()).unwrap();
        assert_eq!((after.until.to_string().as_str(), &after.notice), ("2026-11-30T09:00:00Z", &before.notice));
        assert_eq!((after.scope.postcodes, after.from), (vec!["3512".to_owned()], before.from));
        before.scope.day = Some("2026-11-23".parse().unwrap());
        let over = Filled { day: "2026-11-23".into(), ..typed.clone() };
        assert_eq!(over.changed(&before, &[], &speech()).unwrap().scope.day, before.scope.day, "a day that is over");
        let other = Filled { day: "2026-11-22".into(), ..typed };
        assert!(other.changed(&before, &[], &speech()).is_err_and(|remarks| remarks.mentions("day")));
    }

    #[test]
    fn nobody_makes_what_they_did_not_look_at() {
        let looked_at = filled().digest();
        let pressed = Filled { makes: true, looked_at, ..filled() };
        assert!(pressed.makes());
        assert!(!Filled { postcodes: "35".into(), ..pressed.clone() }.makes());
        assert!(!Filled { makes: false, ..pressed }.makes());
    }
}
