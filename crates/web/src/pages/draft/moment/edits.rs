//! From the fields of a touchpoint's form to edits of its text: only what changed is touched.

use journey::{Edit, Facts, Written};

use super::super::{condition, events, fields::Fields, trigger};

/// The edits that turn what stands there into what was typed.
pub(crate) fn of(id: &str, stands: &Fields, typed: &Fields, facts: &Facts) -> Vec<Edit> {
    stands
        .differing(typed)
        .into_iter()
        .filter_map(|group| {
            let field = format!("touchpoints.{id}.{group}");
            match written(&group, typed, facts) {
                Some(value) => Some(Edit::Set { field, value }),
                None if stands.group(&group).is_empty() => None,
                None => Some(Edit::Remove { field }),
            }
        })
        .collect()
}

fn written(group: &str, typed: &Fields, facts: &Facts) -> Option<Written> {
    match group {
        "title" | "phase" | "category" | "from" | "by" | "sent_by" | "class" | "attention" | "need" | "quote"
        | "send" | "back_to" | "quiet" => typed.text(group),
        "expected" | "assumed" | "asked" | "desired" => {
            typed.text(group).map(|text| typed.get(group).replace(',', ".").parse().map_or(text, Written::Number))
        }
        "quality" | "reasons" => typed.lines(group),
        "moment_of_truth" | "urgent" => typed.has(group).then_some(Written::Bool(true)),
        "channel" => {
            let channels: Vec<&str> = typed.group("channel").into_values().collect();
            match channels.as_slice() {
                [] => None,
                [one] => Some((*one).into()),
                _ => Some(channels.into()),
            }
        }
        "seen" => events::written(typed, "seen"),
        "when" => trigger::written(typed),
        "only_if" => {
            let source = condition::of(typed, "only_if", facts);
            source.map(Written::from)
        }
        "next_within" => typed.span("next_within"),
        "task" => task(typed),
        "ask" => asks(typed),
        "promise" => promise(typed),
        "human" => pair(typed, "human", "team", "phone"),
        "backstage" => pair(typed, "backstage", "team", "system"),
        _ => None,
    }
}

fn pair(typed: &Fields, group: &str, first: &'static str, second: &'static str) -> Option<Written> {
    let at = |key| typed.text(&format!("{group}.{key}"));
    let (a, b) = (at(first), at(second));
    (a.is_some() || b.is_some()).then(|| Written::map([(first, a), (second, b)]))
}

fn task(typed: &Fields) -> Option<Written> {
    if typed.group("task").is_empty() {
        return None;
    }
    let now = typed.get("task.due.unit") == "now";
    Some(Written::map([
        ("team", typed.text("task.team")),
        ("title", typed.text("task.title")),
        ("due", if now { Some("now".into()) } else { typed.span("task.due") }),
        ("done", events::written(typed, "task.done")),
    ]))
}

fn asks(typed: &Fields) -> Option<Written> {
    let rows = typed.rows("ask");
    let asks: Vec<Written> = rows
        .into_iter()
        .map(|row| {
            let about: Vec<&str> =
                typed.get(&format!("ask.{row}.about")).split(',').filter(|id| !id.is_empty()).collect();
            Written::map([
                ("question", typed.text(&format!("ask.{row}.question"))),
                ("scale", typed.text(&format!("ask.{row}.scale"))),
                ("about", (!about.is_empty()).then(|| about.into())),
            ])
        })
        .collect();
    (!asks.is_empty()).then_some(Written::List(asks))
}

fn promise(typed: &Fields) -> Option<Written> {
    let (key, value) = match typed.get("promise.kind") {
        "window" => ("window", typed.text("promise.object")),
        "by" => ("by", typed.text("promise.fact")),
        "within" => ("within", typed.span("promise.span")),
        _ => return None,
    };
    Some(Written::map([(key, value), ("kept_by", events::written(typed, "promise.kept"))]))
}
