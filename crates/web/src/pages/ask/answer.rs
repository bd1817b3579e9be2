//! Answers as events: one per question. The same answer sent twice is one event; a changed answer is a newer one.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::json;
use service::{Service, answering::Reply, complaining::Grievance};
use store::{HeardBy, NewEvent, Purpose};
use words::{Event, EventName, Properties, limits::TEXT_CHARS_MAX};

use super::given::way_back;
use super::question::{Asking, Question};
use crate::problem::Problem;

/// Events of a customer among which answers are looked for.
const EVENTS_MAX: u32 = 500;

/// The box by which one says that one wants to be heard about a low mark.
const HEARD: &str = "heard";

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

/// A low mark of somebody who wants to be heard about it is a complaint, in the words of the answers.
pub(crate) async fn complain(
    service: &Service,
    asking: &Asking,
    filled: &BTreeMap<String, String>,
    now: Timestamp,
) -> Result<(), Problem> {
    let given = &asking.given;
    let complaints = &given.organisation.complaints;
    let typed = |question: &Question| filled.get(&format!("q-{}", question.name)).map(|typed| typed.trim());
    let low = asking.questions.iter().find_map(|question| {
        let (scale, value) = (question.scale?, typed(question)?.parse::<f64>().ok()?);
        complaints.is_low(scale, value).then(|| (question, scale.experience(value)))
    });
    let Some((question, before)) = low.filter(|_| filled.get(HEARD).is_some_and(|said| said == "ja")) else {
        return Ok(());
    };
    let row = service.store.message(&given.link.organisation, &given.key).await?;
    let Some(((channel, from), row)) = way_back(row.as_ref(), &given.customer).zip(row) else { return Ok(()) };
    let asked = given.journey.published.definition.touchpoint(&given.touchpoint);
    let about = asked.and_then(|touchpoint| touchpoint.ask.iter().find(|ask| ask.question == question.name));
    let said = asking.questions.iter().filter_map(|question| {
        let said = typed(question).filter(|said| !said.is_empty())?;
        Some(format!("{} {said}", question.text))
    });
    let reply = Reply {
        organisation: given.link.organisation.clone(),
        channel,
        from,
        name: None,
        answers: Some(row.key),
        subject: None,
        text: said.collect::<Vec<_>>().join("\n"),
        id: format!("mark:{}", given.link.pressed(&["mark"], now)),
        time: now,
        automatic: false,
        grievance: Some(Grievance {
            heard: HeardBy::Mark,
            before,
            about: about.and_then(|ask| ask.about.first().cloned()),
        }),
    };
    service.answering.take(reply, now).await?;
    Ok(())
}

/// What was answered before by this link, as the form has it; of several answers to a question the newest.
pub(crate) async fn given(service: &Service, asking: &Asking) -> Result<BTreeMap<String, String>, Problem> {
    let given = &asking.given;
    if given.link.used.is_none() {
        return Ok(BTreeMap::new());
    }
    let events = service.store.events_of(&given.link.organisation, given.customer.id, EVENTS_MAX).await?;
    let mut answers: Vec<&Event> = events.iter().map(|stored| &stored.event).collect();
    answers.retain(|event| {
        event.name.as_str() == "answer.given" && event.text("key").as_deref() == Some(given.key.as_str())
    });
    answers.sort_by_key(|event| event.time);
    Ok(answers.into_iter().filter_map(filled).collect())
}

/// The field of an answer, and what it is filled with.
fn filled(event: &Event) -> Option<(String, String)> {
    let said = match event.properties.get("value") {
        Some(value) => value.to_string(),
        None => event.text("text")?,
    };
    Some((format!("q-{}", event.text("question")?), said))
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
    let id = format!("answer:{}", given.link.pressed(&[&question.name, &said], now));
    properties.insert("touchpoint".into(), json!(given.touchpoint));
    properties.insert("question".into(), json!(question.name));
    properties.insert("key".into(), json!(given.key));
    Event::ours(id, now, EventName::parse("answer.given").expect("a reserved name"), properties)
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
    fn a_given_answer_fills_its_field() {
        let event = |properties: serde_json::Value| {
            let mut event =
                Event::ours("a", Timestamp::UNIX_EPOCH, EventName::parse("answer.given").unwrap(), Properties::new());
            event.properties = serde_json::from_value(properties).unwrap();
            filled(&event)
        };
        let field = |name: &str, value: &str| Some((name.to_owned(), value.to_owned()));
        assert_eq!(event(json!({ "question": "werk", "value": 7, "scale": "mark" })), field("q-werk", "7"));
        assert_eq!(event(json!({ "question": "tip", "text": "Bel eerder" })), field("q-tip", "Bel eerder"));
        assert_eq!(event(json!({ "value": 7 })), None);
    }

    #[test]
    fn an_open_answer_is_cut_at_its_limit() {
        let long = "a".repeat(TEXT_CHARS_MAX + 100);
        let kept = answer(&question(None), &long).unwrap();
        assert_eq!(kept["text"].as_str().unwrap().len(), TEXT_CHARS_MAX);
        assert_eq!(answer(&question(None), "  "), None);
    }
}
