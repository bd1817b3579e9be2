use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::Value;
use words::{Customer, Halt, HaltScope, JourneyId};

/// The first halt that holds back a message of a journey to this customer now. `facts`: as the message would say them, by
/// object.
pub fn halted<'a>(
    halts: &'a [Halt],
    journey: &JourneyId,
    customer: &Customer,
    facts: &Value,
    zone: &TimeZone,
    now: Timestamp,
) -> Option<&'a Halt> {
    let about = About { journey, customer, facts, zone };
    halts.iter().find(|halt| halt.from <= now && now < halt.until && about.fits(&halt.scope))
}

/// What a message is about, as far as a halt may ask.
struct About<'a> {
    journey: &'a JourneyId,
    customer: &'a Customer,
    facts: &'a Value,
    zone: &'a TimeZone,
}

impl About<'_> {
    fn fits(&self, scope: &HaltScope) -> bool {
        let journeys = scope.journeys.is_empty() || scope.journeys.contains(self.journey);
        journeys && self.in_area(&scope.postcodes) && self.in_building(scope) && self.on_day(scope.day)
    }

    /// Every value of the facts, with its property.
    fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        let objects = self.facts.as_object().into_iter().flatten().filter_map(|(_, object)| object.as_object());
        objects.flatten().filter_map(|(property, value)| Some((property.as_str(), value.as_str()?)))
    }

    fn said<'a>(&'a self, property: &'a str, own: Option<&'a String>) -> impl Iterator<Item = &'a str> {
        let facts = self.values().filter(move |(name, _)| *name == property).map(|(_, value)| value);
        own.map(String::as_str).into_iter().chain(facts)
    }

    fn in_area(&self, postcodes: &[String]) -> bool {
        let lies = |postcode: &str| {
            let postcode = squeezed(postcode);
            postcodes.iter().any(|area| postcode.starts_with(&squeezed(area)))
        };
        postcodes.is_empty() || self.said("postcode", self.customer.address.postcode.as_ref()).any(lies)
    }

    /// The same street and number, whatever is added to the number: a building has many doors.
    fn in_building(&self, scope: &HaltScope) -> bool {
        let Some(building) = scope.building.as_deref().map(squeezed) else { return true };
        let own = self.said("street", self.customer.address.street.as_ref()).chain(self.said("building", None));
        own.map(squeezed).any(|street| {
            street.strip_prefix(&building).is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
        })
    }

    fn on_day(&self, day: Option<Date>) -> bool {
        let Some(day) = day else { return true };
        self.values().any(|(_, value)| match value.parse::<Timestamp>() {
            Ok(moment) => moment.to_zoned(self.zone.clone()).date() == day,
            Err(_) => value.parse::<Date>().is_ok_and(|date| date == day),
        })
    }
}

/// Without spaces and capitals, as people do and do not write them.
fn squeezed(text: &str) -> String {
    text.split_whitespace().flat_map(str::chars).flat_map(char::to_lowercase).collect()
}
