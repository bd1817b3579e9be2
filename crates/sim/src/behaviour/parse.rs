use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use words::{Channel, EventName, JourneyId, Language, TouchpointId};

use super::reader::{Faults, Fields, Place};
use super::{Arrivals, Behaviour, Delay, Fault, People, Problem, Receipt, Reply, Score, Shift, Wanted, rules, scalar};

const KEYS: &[&str] = &[
    "journey",
    "seed",
    "arrivals",
    "customers",
    "sources",
    "then",
    "answers",
    "staff",
    "receipts",
    "scores",
    "shifts",
    "counted",
];

impl Behaviour {
    /// Reads a `simulate.yaml`: everything that is wrong in it, not only the first.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let value = journey::yaml_value(journey::Folder::SIMULATION, text).map_err(|findings| {
            let fault = |finding: journey::Finding| {
                let (dutch, english) = (finding.line(Language::Nl), finding.line(Language::En));
                Fault::new("", Problem::Text(dutch, english))
            };
            findings.into_iter().map(fault).collect::<Vec<_>>()
        })?;
        let mut faults = Vec::new();
        let root = Place { field: String::new(), value: &value };
        let behaviour = root.map(&mut faults, Some(KEYS)).and_then(|fields| behaviour(&fields, &mut faults));
        match behaviour {
            Some(behaviour) if faults.is_empty() => Ok(behaviour),
            _ => Err(faults),
        }
    }
}

fn behaviour(fields: &Fields<'_>, faults: &mut Faults) -> Option<Behaviour> {
    let journey = fields.need(faults, "journey", Wanted::Text).and_then(|place| place.text(faults));
    let seed = fields.need(faults, "seed", Wanted::Number).and_then(|place| {
        let whole = place.value.as_u64();
        place.wants(faults, Wanted::Number, whole)
    });
    let arrivals = fields.need(faults, "arrivals", Wanted::Map).and_then(|place| arrivals(&place, faults));
    let people = match fields.get("customers") {
        Some(place) => people(&place, faults),
        None => Some(People::everything()),
    };
    let behaviour = Behaviour {
        journey: JourneyId::new(journey.unwrap_or_default()),
        seed: seed.unwrap_or_default(),
        arrivals: arrivals?,
        people: people?,
        sources: named(fields, "sources", faults, |_, place, faults| place.text(faults).map(str::to_owned)),
        then: named(fields, "then", faults, |heading, place, faults| {
            if heading.contains('.') && EventName::parse(heading).is_none() {
                place.wrong(faults, Problem::Wanted(Wanted::Heading));
            }
            Some(rules::rules(place, faults))
        }),
        answers: touchpoints(named(fields, "answers", faults, |_, place, faults| reply(place, faults))),
        staff: named(fields, "staff", faults, |_, place, faults| rules::work(place, faults)),
        receipts: receipts(fields, faults),
        scores: touchpoints(named(fields, "scores", faults, |_, place, faults| score(place, faults))),
        shifts: shifts(fields, faults),
        counted: counted(fields, faults),
    };
    journey.and(seed).map(|_| behaviour)
}

fn named<T>(
    fields: &Fields<'_>,
    key: &str,
    faults: &mut Faults,
    mut read: impl FnMut(&str, &Place<'_>, &mut Faults) -> Option<T>,
) -> BTreeMap<String, T> {
    let mut named = BTreeMap::new();
    let Some(inner) = fields.get(key).and_then(|place| place.map(faults, None)) else { return named };
    for (name, place) in inner.all() {
        if let Some(value) = read(name, &place, faults) {
            named.insert(name.to_owned(), value);
        }
    }
    named
}

fn touchpoints<T>(named: BTreeMap<String, T>) -> BTreeMap<TouchpointId, T> {
    named.into_iter().map(|(name, value)| (TouchpointId::new(name), value)).collect()
}

fn arrivals(place: &Place<'_>, faults: &mut Faults) -> Option<Arrivals> {
    let fields = place.map(faults, Some(&["event", "per_day", "hours", "weekend", "anonymous", "set"]))?;
    let event = fields.need(faults, "event", Wanted::Event).and_then(|place| place.event(faults));
    let per_day = fields.need(faults, "per_day", Wanted::Number).and_then(|place| place.number(faults));
    let hours = fields.need(faults, "hours", Wanted::Hours).and_then(|place| scalar::hours(&place, faults));
    let weekend = fields.get("weekend").map_or(Some(1.0), |place| place.number(faults));
    let anonymous = fields.get("anonymous").map(|place| place.list(faults)).unwrap_or_default();
    let anonymous = anonymous.into_iter().filter_map(|place| place.event(faults)).collect();
    let set = rules::set(fields.get("set"), faults);
    Some(Arrivals { event: event?, per_day: per_day?, hours: hours?, weekend: weekend?, anonymous, set })
}

impl People {
    /// Of whom everything is known but a salutation and an address.
    fn everything() -> Self {
        Self {
            first_name: 1.0,
            last_name: 1.0,
            salutation: 0.0,
            email: 1.0,
            mobile: 1.0,
            address: 0.0,
            zone: None,
            consents: BTreeMap::new(),
        }
    }
}

fn people(place: &Place<'_>, faults: &mut Faults) -> Option<People> {
    const KEYS: &[&str] = &["first_name", "last_name", "salutation", "email", "mobile", "address", "zone", "consents"];
    let fields = place.map(faults, Some(KEYS))?;
    let mut chance = |key: &str, other: f64| match fields.get(key) {
        Some(place) => place.chance(faults).unwrap_or(other),
        None => other,
    };
    let all = People::everything();
    let people = People {
        first_name: chance("first_name", all.first_name),
        last_name: chance("last_name", all.last_name),
        salutation: chance("salutation", all.salutation),
        email: chance("email", all.email),
        mobile: chance("mobile", all.mobile),
        address: chance("address", all.address),
        ..all
    };
    let zone = fields.get("zone").and_then(|place| {
        let zone = place.value.as_str().filter(|zone| TimeZone::get(zone).is_ok());
        place.wants(faults, Wanted::Text, zone).map(str::to_owned)
    });
    let consents = named(&fields, "consents", faults, |_, place, faults| place.chance(faults));
    Some(People { zone, consents, ..people })
}

fn reply(place: &Place<'_>, faults: &mut Faults) -> Option<Reply> {
    let fields = place.map(faults, Some(&["chance", "delay"]))?;
    let chance = fields.need(faults, "chance", Wanted::Chance).and_then(|place| place.chance(faults));
    let delay = fields.need(faults, "delay", Wanted::Delay).and_then(|place| scalar::delay(&place, faults));
    Some(Reply { chance: chance?, delay: delay? })
}

fn receipts(fields: &Fields<'_>, faults: &mut Faults) -> BTreeMap<Channel, Receipt> {
    let read = named(fields, "receipts", faults, |name, place, faults| {
        let sends = Some(Channel::new(name)).filter(Channel::sends);
        Some((place.wants(faults, Wanted::SendingChannel, sends)?, receipt(place, faults)?))
    });
    read.into_values().collect()
}

fn receipt(place: &Place<'_>, faults: &mut Faults) -> Option<Receipt> {
    let fields = place.map(faults, Some(&["delivered", "within", "read", "delay"]))?;
    let delivered = fields.need(faults, "delivered", Wanted::Chance).and_then(|place| place.chance(faults));
    let within = fields.need(faults, "within", Wanted::Delay).and_then(|place| scalar::delay(&place, faults));
    let (read, delay) = match fields.get("read") {
        Some(read) => {
            let delay = fields.need(faults, "delay", Wanted::Delay);
            (read.chance(faults), delay.and_then(|place| scalar::delay(&place, faults)))
        }
        None => (Some(0.0), Some(Delay::Fixed(0))),
    };
    Some(Receipt { delivered: delivered?, within: within?, read: read?, delay: delay? })
}

fn score(place: &Place<'_>, faults: &mut Faults) -> Option<Score> {
    let read = || {
        let numbers: Option<Vec<f64>> = place.value.as_array()?.iter().map(words::Value::as_f64).collect();
        let [mean, spread] = numbers?.try_into().ok()?;
        ((-2.0..=2.0).contains(&mean) && (0.0..=4.0).contains(&spread)).then_some(Score { mean, spread })
    };
    place.wants(faults, Wanted::Score, read())
}

fn shifts(fields: &Fields<'_>, faults: &mut Faults) -> Vec<Shift> {
    let list = fields.get("shifts").map(|place| place.list(faults)).unwrap_or_default();
    let mut shifts = Vec::new();
    for place in list {
        let Some(fields) = place.map(faults, Some(&["if", "for", "by"])) else { continue };
        let only = fields.need(faults, "if", Wanted::Text).and_then(|place| scalar::condition(&place, faults));
        let named = fields.need(faults, "for", Wanted::List).map(|place| place.list(faults)).unwrap_or_default();
        let named = named.into_iter().filter_map(|place| place.text(faults)).map(TouchpointId::new).collect();
        let by = fields
            .need(faults, "by", Wanted::Score)
            .and_then(|place| place.wants(faults, Wanted::Score, place.value.as_f64().filter(|by| by.abs() <= 4.0)));
        if let (Some(only), Some(by)) = (only, by) {
            shifts.push(Shift { only, touchpoints: named, by });
        }
    }
    shifts
}

fn counted(fields: &Fields<'_>, faults: &mut Faults) -> BTreeMap<EventName, super::Spread> {
    let read = named(fields, "counted", faults, |name, place, faults| {
        let event = place.wants(faults, Wanted::Heading, EventName::parse(name))?;
        Some((event, scalar::spread(place, faults)?))
    });
    read.into_values().collect()
}
