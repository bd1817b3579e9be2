//! Answers as events: one per question. The same answer sent twice is one event; a changed answer is a newer one.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::json;
use service::Service;
use store::{NewEvent, Purpose};
use words::{Event, EventId, EventName, Identity, Properties, digest, limits::TEXT_CHARS_MAX};

use super::question::{Asking, Question};
use crate::{pages::staff_event::SOURCE, problem::Problem};

/// What came of a filled page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    /// Nothing was filled in.
    Nothing,
    /// What was filled in is kept.
    Kept,
}

/// Keeps the answers; what was left empty or lies outside its scale is left out.
pub(crate) async fn keep(
    service: &Service,
    asking: &Asking,
    filled: &BTreeMap<String, String>,
    now: Timestamp,
) -> Result<Sent, Problem> {
    let given = &asking.given;
    let answers = asking.questions.iter().filter_map(|question| {
        let properties = answer(question, filled.get(&format!("q-{}", question.name))?)?;
        Some(event(asking, question, properties, now))
    });
    let events: Vec<NewEvent> =
        answers.map(|event| NewEvent::about(given.link.organisation.clone(), given.customer.id, event)).collect();
    if events.is_empty() {
        return Ok(Sent::Nothing);
    }
    service.store.accept(events).await?;
    service.store.use_link(&given.link.hash, Purpose::Ask, now).await?;
    Ok(Sent::Kept)
}

fn answer(question: &Question, typed: &str) -> Option<Properties> {
    let typed = typed.trim();
    let mut properties = Properties::new();
    match question.scale {
        Some(scale) => {
            let value: i64 = typed.parse().ok()?;
            let (low, high) = scale.bounds();
            if !(low..=high).contains(&value) {
                return None;
            }
            properties.insert("value".into(), json!(value));
            properties.insert("scale".into(), json!(scale.as_str()));
        }
        None if typed.is_empty() => return None,
        None => {
            let text: String = typed.chars().take(TEXT_CHARS_MAX).collect();
            properties.insert("text".into(), json!(text));
        }
    }
    Some(properties)
}

/// Its id is made of the link, the question and what was answered, and the minute: pressing twice is one answer.
fn event(asking: &Asking, question: &Question, mut properties: Properties, now: Timestamp) -> Event {
    let given = &asking.given;
    let said = properties.get("value").or_else(|| properties.get("text")).map(ToString::to_string).unwrap_or_default();
    let link: String = given.link.hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let minute = (now.as_second() / 60).to_string();
    let id = digest(&[&link, &question.name, &said, &minute]);
    let id: String = id[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    properties.insert("touchpoint".into(), json!(given.touchpoint));
    properties.insert("question".into(), json!(question.name));
    properties.insert("key".into(), json!(given.key));
    Event {
        id: EventId::new(format!("answer:{id}")),
        source: SOURCE.into(),
        name: EventName::parse("answer.given").expect("a reserved name"),
        time: now,
        received: now,
        identity: Identity::default(),
        properties,
        imported: false,
    }
}

#[cfg(test)]
mod tests {
    use words::Scale;

    use super::*;

    fn question(scale: Option<Scale>) -> Question {
        Question { name: "werk".into(), text: "Welk cijfer?".into(), scale }
    }

    #[test]
    fn an_answer_lies_within_its_scale() {
        let marks = question(Some(Scale::Mark));
        assert_eq!(answer(&marks, "7").unwrap()["value"], 7);
        for typed in ["0", "11", "", "x", "7.5"] {
            assert_eq!(answer(&marks, typed), None, "{typed}");
        }
    }

    #[test]
    fn an_open_answer_is_cut_at_its_limit() {
        let long = "a".repeat(TEXT_CHARS_MAX + 100);
        let kept = answer(&question(None), &long).unwrap();
        assert_eq!(kept["text"].as_str().unwrap().len(), TEXT_CHARS_MAX);
        assert_eq!(answer(&question(None), "  "), None);
    }
}
