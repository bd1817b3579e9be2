use std::cmp::Ordering;

use channels::fetch::{linked, with_parameter};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Trouble;
use crate::intake::Path;

/// Characters of a cursor.
const CHARS_MAX: usize = 1_500;

/// How an API is asked for what is new.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cursor {
    /// Not at all: each answer holds everything, and what was known is left out by its id.
    #[default]
    None,
    /// The answer holds a word that goes with the next request.
    Token {
        /// Where the word stands.
        at: Path,
        /// The parameter that it goes in.
        parameter: String,
    },
    /// The answer holds the address of the next page; the oldest page comes first, and the last is read again next time.
    Link {
        /// Where the address stands.
        at: Path,
    },
    /// The greatest value among the events goes with the next request: a time, or a number.
    Newest {
        /// Where the value stands in an event.
        at: Path,
        /// The parameter that it goes in.
        parameter: String,
    },
}

/// Where one is after an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct After {
    /// To be kept.
    pub(super) place: Option<String>,
    /// The address of the next page, when there may be more now.
    pub(super) more: Option<String>,
}

impl Cursor {
    /// Every place that it points at.
    pub fn place(&self) -> Option<&Path> {
        match self {
            Self::None => None,
            Self::Token { at, .. } | Self::Link { at } | Self::Newest { at, .. } => Some(at),
        }
    }

    /// The address to ask, from where one was.
    pub(super) fn address(&self, url: &str, place: Option<&str>) -> Result<String, Trouble> {
        let asked = match (self, place) {
            (Self::Token { parameter, .. } | Self::Newest { parameter, .. }, Some(place)) => {
                with_parameter(url, parameter, place).ok_or(Trouble::BadAddress)
            }
            (Self::Link { .. }, Some(place)) => linked(url, place).ok_or(Trouble::OtherHost),
            _ => Ok(url.to_owned()),
        }?;
        Ok(asked)
    }

    /// Where one is after an answer. `asked`: the address that gave it; `list` and `items`: the events in it.
    pub(super) fn after(
        &self,
        (url, asked): (&str, &str),
        body: &Value,
        (list, items): (Option<&Path>, &[Value]),
        place: Option<&str>,
    ) -> Result<After, Trouble> {
        let stays = After { place: place.map(str::to_owned), more: None };
        let next = match self {
            Self::None => return Ok(stays),
            Self::Link { at } => {
                let Some(link) = text(at.find(body, None)).filter(|link| !link.is_empty()) else {
                    return Ok(After { place: Some(asked.to_owned()), more: None });
                };
                linked(asked, &link).ok_or(Trouble::OtherHost)?
            }
            Self::Token { at, .. } => match text(at.find(body, None)) {
                Some(token) if !token.is_empty() => token,
                _ => return Ok(stays),
            },
            Self::Newest { at, .. } => match newest(at, body, list, items) {
                Some(newest) if place.is_none_or(|place| order(&newest, place) == Ordering::Greater) => newest,
                _ => return Ok(stays),
            },
        };
        if next.chars().count() > CHARS_MAX || next.chars().any(char::is_control) {
            return Err(Trouble::BadCursor);
        }
        let is_new = place != Some(next.as_str()) && next != asked;
        // A page without events is the end, whatever it says.
        let more = (is_new && !items.is_empty()).then(|| self.address(url, Some(&next))).transpose()?;
        Ok(After { place: Some(next), more })
    }
}

fn newest(at: &Path, body: &Value, list: Option<&Path>, items: &[Value]) -> Option<String> {
    let found = items.iter().filter_map(|item| text(at.find(body, list.map(|list| (list, item)))));
    found.filter(|found| !found.is_empty()).max_by(|one, two| order(one, two))
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Times by time, numbers by size, anything else by its letters.
fn order(one: &str, two: &str) -> Ordering {
    if let (Ok(one), Ok(two)) = (one.parse::<Timestamp>(), two.parse::<Timestamp>()) {
        return one.cmp(&two);
    }
    if let (Ok(one), Ok(two)) = (one.parse::<i128>(), two.parse::<i128>()) {
        return one.cmp(&two);
    }
    if let (Ok(one), Ok(two)) = (one.parse::<f64>(), two.parse::<f64>()) {
        return one.total_cmp(&two);
    }
    one.cmp(two)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const URL: &str = "https://a.nl/orders?size=2";

    fn path(text: &str) -> Path {
        Path::parse(text).unwrap()
    }

    fn after(cursor: &Cursor, body: &Value, place: Option<&str>) -> Result<After, Trouble> {
        let (list, items) = (path("rows"), body["rows"].as_array().unwrap());
        let asked = cursor.address(URL, place).unwrap();
        cursor.after((URL, &asked), body, (Some(&list), items), place)
    }

    fn told(after: After) -> (Option<String>, bool) {
        (after.place, after.more.is_some())
    }

    #[test]
    fn a_token_goes_with_the_next_request_until_it_stays_the_same_or_nothing_comes() {
        let cursor = Cursor::Token { at: path("next"), parameter: "after".into() };
        let first = after(&cursor, &json!({ "rows": [1, 2], "next": "t 2" }), None).unwrap();
        assert_eq!(first.more.as_deref(), Some("https://a.nl/orders?size=2&after=t+2"));
        assert_eq!(first.place.as_deref(), Some("t 2"));
        let at = |body| told(after(&cursor, &body, Some("t2")).unwrap());
        assert_eq!(at(json!({ "rows": [1], "next": "t2" })), (Some("t2".into()), false));
        assert_eq!(at(json!({ "rows": [], "next": "t3" })), (Some("t3".into()), false));
        assert_eq!(at(json!({ "rows": [1], "next": null })), (Some("t2".into()), false));
        assert_eq!(at(json!({ "rows": [1], "next": 17 })), (Some("17".into()), true));
        let long = json!({ "rows": [1], "next": "x".repeat(1_501) });
        assert_eq!(after(&cursor, &long, None), Err(Trouble::BadCursor));
    }

    #[test]
    fn a_link_is_followed_on_its_own_host_and_the_last_page_is_read_again() {
        let cursor = Cursor::Link { at: path("links.next") };
        let next = after(&cursor, &json!({ "rows": [1], "links": { "next": "?page=2" } }), None).unwrap();
        assert_eq!(
            next,
            After { place: Some("https://a.nl/orders?page=2".into()), more: Some("https://a.nl/orders?page=2".into()) }
        );
        let last = after(&cursor, &json!({ "rows": [1] }), Some("https://a.nl/orders?page=2")).unwrap();
        assert_eq!(told(last), (Some("https://a.nl/orders?page=2".into()), false));
        let astray = json!({ "rows": [1], "links": { "next": "https://169.254.169.254/" } });
        assert_eq!(after(&cursor, &astray, None), Err(Trouble::OtherHost));
        let round = json!({ "rows": [1], "links": { "next": "?page=2" } });
        assert!(!told(after(&cursor, &round, Some("https://a.nl/orders?page=2")).unwrap()).1);
    }

    #[test]
    fn the_newest_among_the_events_goes_with_the_next_request() {
        let cursor = Cursor::Newest { at: path("rows.*.at"), parameter: "since".into() };
        let rows = |times: &[&str]| json!({ "rows": times.iter().map(|at| json!({ "at": at })).collect::<Vec<_>>() });
        let body = rows(&["2027-03-01T10:00:00+01:00", "2027-03-01T09:30:00Z"]);
        let first = after(&cursor, &body, None).unwrap();
        assert_eq!(told(first), (Some("2027-03-01T09:30:00Z".into()), true), "by time, not by letters");
        let same = after(&cursor, &body, Some("2027-03-01T09:30:00Z")).unwrap();
        assert_eq!(told(same), (Some("2027-03-01T09:30:00Z".into()), false));
        let numbers = json!({ "rows": [{ "at": 9 }, { "at": 10 }, {}] });
        assert_eq!(told(after(&cursor, &numbers, Some("9")).unwrap()), (Some("10".into()), true));
        assert_eq!(told(after(&cursor, &rows(&[]), Some("9")).unwrap()), (Some("9".into()), false));
    }
}
