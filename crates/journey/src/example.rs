//! Example values of facts. Previews of messages, trying a journey and the sheet for suppliers all have them from here.

use jiff::{ToSpan, Zoned, civil::Time};
use words::{Language, Value};

use crate::model::{Definition, FactPath, FactType};
use crate::sentence::Saying;

/// Believable texts of properties that many systems name so: property, Dutch, English.
const USUAL: [(&str, &str, &str); 7] = [
    ("page", "/", "/"),
    ("path", "/", "/"),
    ("url", "https://www.example.org/", "https://www.example.org/"),
    ("track", "https://www.example.org/", "https://www.example.org/"),
    ("staff", "Iris", "Iris"),
    ("branch", "Centrum", "Centre"),
    ("firm", "Installatiebedrijf De Boer", "De Boer Installations"),
];
/// A number of which nothing is known.
const COUNT: i64 = 2;
/// A sum of money of which nothing is known.
const SUM: f64 = 24.95;

impl Definition {
    /// An example of a fact, in the journey's language: what the definition declares, else the value that its conditions
    /// wait for, else a believable one. Moments lie a few days after `now`, in its zone.
    pub fn example(&self, fact: &FactPath, kind: FactType, now: &Zoned) -> Value {
        let declared = || self.examples.get(fact).cloned();
        let awaited = || {
            let asked = self.conditions().flat_map(|condition| condition.asked());
            let mut own = asked.filter(|asked| asked.root == fact.object && asked.property == fact.property);
            own.find_map(|asked| asked.fits?.value()).filter(|value| is_of(kind, value))
        };
        declared().or_else(awaited).unwrap_or_else(|| {
            let label = Saying::of(self, self.language).label(fact);
            example(kind, &fact.property, &label, self.language, now)
        })
    }
}

/// A believable value of a fact of which a definition says no more than its type. A text of which nothing is known is its
/// own label between « », since everybody sees that this is still to be filled in.
pub fn example(kind: FactType, property: &str, label: &str, language: Language, now: &Zoned) -> Value {
    match kind {
        FactType::Number if ["amount", "price", "total"].iter().any(|sum| property.contains(sum)) => Value::from(SUM),
        FactType::Number => Value::from(COUNT),
        FactType::Bool => Value::from(true),
        FactType::Date => Value::from(now.date().saturating_add(7.days()).to_string()),
        FactType::Time => time(property, now),
        FactType::Text => {
            let usual = USUAL.iter().find(|(name, ..)| *name == property);
            Value::from(match usual {
                Some((_, dutch, english)) => language.pick(dutch, english).to_owned(),
                None => format!("«{}»", bare(label, property)),
            })
        }
    }
}

/// The id of the example's object of a kind: `APP-1001`. The same wherever that object is named.
pub fn example_id(object: &str) -> Value {
    let letters: String = object.chars().filter(char::is_ascii_alphanumeric).take(3).collect();
    Value::from(format!("{}-1001", letters.to_ascii_uppercase()))
}

/// A number as events carry it: whole ones without a fraction.
#[expect(clippy::cast_possible_truncation, reason = "only whole numbers of everyday size are cast")]
pub(crate) fn number(number: f64) -> Value {
    let whole = number.fract() == 0.0 && number.abs() < 1e15;
    if whole { Value::from(number as i64) } else { Value::from(number) }
}

fn is_of(kind: FactType, value: &Value) -> bool {
    match kind {
        FactType::Text => value.is_string(),
        FactType::Number => value.is_number(),
        FactType::Bool => value.is_boolean(),
        FactType::Date | FactType::Time => false,
    }
}

/// Three days on at ten; what ends does so two hours later.
fn time(property: &str, now: &Zoned) -> Value {
    let hour = if property.contains("end") || property.contains("until") { 12 } else { 10 };
    let day = now.date().saturating_add(3.days());
    let zoned = day.to_datetime(Time::constant(hour, 0, 0, 0)).to_zoned(now.time_zone().clone());
    Value::from(
        zoned.map_or_else(|_| now.timestamp().to_string(), |at| at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
    )
}

/// "de naam van de titel" without its article; the property's own words where nothing is called so.
fn bare(label: &str, property: &str) -> String {
    if label.is_empty() || label.contains(['‹', '›']) {
        return property.replace('_', " ");
    }
    let articles = ["de ", "het ", "een ", "the ", "a "];
    articles.iter().find_map(|article| label.strip_prefix(article)).unwrap_or(label).to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Folder, Organisation, parse};

    const TEXT: &str = "journey: x\ntitle: X\nlanguage: nl\nfacts:\n  hold: { title: { type: text, example: \" Het gouden ei \" }, \
                        days: { type: number, example: 3.5 }, status: text, branch: text, shelf: text, ready: bool, until: date }\n\
                        names: { hold.shelf: de plank van de reservering }\nphases: [{ id: a, title: A, band: before }]\n\
                        touchpoints: [{ id: t, phase: a, title: T, category: message, only_if: \"hold.status == 'available'\" }]\n";

    fn definition(text: &str) -> Definition {
        parse(&Folder::of_definition(text), &Organisation::named("x")).definition.unwrap()
    }

    #[test]
    fn what_is_declared_goes_first_then_what_rules_wait_for_then_what_one_would_believe() {
        let now: Zoned = "2026-11-24T10:42:00+01:00[Europe/Amsterdam]".parse().unwrap();
        let definition = definition(TEXT);
        let of = |property: &str| {
            let fact = FactPath { object: "hold".into(), property: property.into() };
            definition.example(&fact, definition.facts["hold"][property], &now)
        };
        assert_eq!(of("title"), json!("Het gouden ei"));
        assert_eq!(of("days"), json!(3.5));
        assert_eq!(of("status"), json!("available"));
        assert_eq!(of("branch"), json!("Centrum"));
        assert_eq!(of("shelf"), json!("«plank van de reservering»"));
        assert_eq!(of("ready"), json!(true));
        assert_eq!(of("until"), json!("2026-12-01"));
        assert_eq!(example(FactType::Time, "end", "", Language::Nl, &now), json!("2026-11-27T12:00:00+01:00"));
        assert_eq!(example(FactType::Text, "call_me", "‹x.call_me›", Language::En, &now), json!("«call me»"));
    }

    #[test]
    fn an_example_of_another_type_is_told_at_its_own_place() {
        for (wrong, said) in [
            ("{ type: number, example: veel }", "getal"),
            ("{ type: bool, example: 1 }", "true of false"),
            ("{ type: date, example: 2026-11-24 }", "vanzelf"),
        ] {
            let text = TEXT.replace("{ type: number, example: 3.5 }", wrong);
            let findings = parse(&Folder::of_definition(&text), &Organisation::named("x")).findings;
            let found: Vec<_> = findings.iter().filter(|one| one.field == "facts.hold.days.example").collect();
            assert!(found.len() == 1 && found[0].message(Language::Nl).contains(said), "{wrong}: {findings:?}");
        }
    }
}
