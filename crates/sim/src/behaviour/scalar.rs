//! Single values of the language.

use jiff::civil::Time;
use journey::Expression;
use serde_json::Value;
use words::limits::EXPRESSION_CHARS_MAX;

use super::delay::seconds;
use super::reader::{Faults, Fields, Place};
use super::{Delay, Hours, Moment, Open, Problem, Spread, Template, Wanted};

/// `"08:00-22:00"`.
pub(super) fn hours(place: &Place<'_>, faults: &mut Faults) -> Option<Hours> {
    let read = |text: &str| {
        let (from, until) = text.split_once('-')?;
        let (from, until): (Time, Time) = (from.trim().parse().ok()?, until.trim().parse().ok()?);
        (from < until).then_some(Hours { from, until })
    };
    place.wants(faults, Wanted::Hours, place.value.as_str().and_then(read))
}

/// `hours` and `weekend` beside each other.
pub(super) fn open(fields: &Fields<'_>, faults: &mut Faults) -> Open {
    let hours = fields.get("hours").and_then(|place| hours(&place, faults));
    let weekend = fields.get("weekend").and_then(|place| place.truth(faults)).unwrap_or(true);
    Open { hours, weekend }
}

/// `2h`, or `[10m, 2h, 1d]`.
pub(super) fn delay(place: &Place<'_>, faults: &mut Faults) -> Option<Delay> {
    place.wants(faults, Wanted::Delay, delay_of(place.value))
}

fn delay_of(value: &Value) -> Option<Delay> {
    match value {
        Value::String(text) => seconds(text).map(Delay::Fixed),
        Value::Array(items) => {
            let points: Option<Vec<i64>> = items.iter().map(|item| seconds(item.as_str()?)).collect();
            let [low, median, high] = points?.try_into().ok()?;
            Spread::new(low as f64, median as f64, high as f64).map(Delay::Drawn)
        }
        _ => None,
    }
}

/// `[5, 10, 20]`.
pub(super) fn spread(place: &Place<'_>, faults: &mut Faults) -> Option<Spread> {
    place.wants(faults, Wanted::Spread, spread_of(place.value))
}

fn spread_of(value: &Value) -> Option<Spread> {
    let points: Option<Vec<f64>> = value.as_array()?.iter().map(Value::as_f64).collect();
    let [low, median, high] = points?.try_into().ok()?;
    Spread::new(low, median, high)
}

/// A condition in CEL.
pub(super) fn condition(place: &Place<'_>, faults: &mut Faults) -> Option<Expression> {
    let text = place.text(faults)?;
    let read = Some(text).filter(|text| text.chars().count() <= EXPRESSION_CHARS_MAX);
    let read = read.and_then(|text| Expression::compile(text).ok());
    if read.is_none() {
        place.wrong(faults, Problem::Condition);
    }
    read
}

/// `{ a: .7, b: .3 }`, or one text that is certain. The keys are read as YAML reads a value.
pub(super) fn choice(place: &Place<'_>, faults: &mut Faults) -> Option<Vec<(Value, f64)>> {
    if place.value.is_string() {
        return Some(vec![(place.value.clone(), 1.0)]);
    }
    let Some(fields) = place.value.is_object().then(|| place.map(faults, None)).flatten() else {
        place.wrong(faults, Problem::Wanted(Wanted::Choice));
        return None;
    };
    let mut choice = Vec::new();
    for (key, chance) in fields.all() {
        choice.push((plain(key), chance.chance(faults)?));
    }
    let sum: f64 = choice.iter().map(|(_, chance)| chance).sum();
    let fits = !choice.is_empty() && sum <= 1.0 + 1e-9;
    if !fits {
        place.wrong(faults, Problem::Wanted(Wanted::Choice));
    }
    fits.then_some(choice)
}

fn plain(key: &str) -> Value {
    match serde_json::from_str(key) {
        Ok(value @ (Value::Bool(_) | Value::Number(_))) => value,
        _ => Value::String(key.to_owned()),
    }
}

/// `appointment.start - 30m`, `start + 2h`, `appointment.start`.
pub(super) fn moment_of(text: &str) -> Option<Moment> {
    let (path, distance) = match text.find(" + ").or_else(|| text.find(" - ")) {
        Some(at) => {
            let (path, rest) = text.split_at(at);
            let seconds = seconds(rest[3..].trim())?;
            (path.trim(), if rest.starts_with(" -") { -seconds } else { seconds })
        }
        None => (text.trim(), 0),
    };
    let word = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let moment = |object: Option<&str>, property: &str| Moment {
        object: object.map(str::to_owned),
        property: property.to_owned(),
        seconds: distance,
    };
    match path.split_once('.') {
        Some((object, property)) => (word(object) && word(property)).then(|| moment(Some(object), property)),
        None => (distance != 0 && word(path)).then(|| moment(None, path)),
    }
}

/// How a property gets its value.
pub(super) fn template(place: &Place<'_>, faults: &mut Faults) -> Option<Template> {
    let ahead = |delay| Template::Ahead { delay, open: Open { hours: None, weekend: true }, round_minutes: 0 };
    match place.value {
        Value::String(text) => Some(match (seconds(text), moment_of(text)) {
            (Some(seconds), _) => ahead(Delay::Fixed(seconds)),
            (None, Some(moment)) => Template::Moment(moment),
            (None, None) => Template::Constant(place.value.clone()),
        }),
        Value::Array(_) => match spread_of(place.value) {
            Some(spread) => Some(Template::Number(spread)),
            None => delay(place, faults).map(ahead),
        },
        Value::Object(entries) if entries.contains_key("in") => {
            let fields = place.map(faults, Some(&["in", "hours", "weekend", "round"]))?;
            let delay = delay(&fields.get("in")?, faults)?;
            let open = open(&fields, faults);
            let round = fields.get("round").and_then(|place| {
                let seconds = place.value.as_str().and_then(seconds).filter(|seconds| *seconds >= 60);
                place.wants(faults, Wanted::Delay, seconds)
            });
            Some(Template::Ahead { delay, open, round_minutes: round.unwrap_or(0) / 60 })
        }
        Value::Object(_) => choice(place, faults).map(Template::Choice),
        other => Some(Template::Constant(other.clone())),
    }
}
