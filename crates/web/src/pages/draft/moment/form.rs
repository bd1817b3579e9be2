//! A touchpoint as fields of a form.

use journey::{Facts, Promise, TaskDue, Touchpoint};
use words::Quiet;

use super::super::{
    condition, events,
    fields::{Fields, put_span},
    trigger,
};

/// The four declared kinds of experience, in the order of the page.
pub(crate) const EXPERIENCES: [&str; 4] = ["expected", "assumed", "asked", "desired"];

/// What stands in the definition.
pub(crate) fn of(touchpoint: &Touchpoint, facts: &Facts) -> Fields {
    let mut fields = Fields::default();
    of_itself(&mut fields, touchpoint);
    events::put(&mut fields, "seen", &touchpoint.seen);
    if let Some(when) = &touchpoint.when {
        trigger::put(&mut fields, when);
    }
    if let Some(only) = &touchpoint.only_if {
        condition::put(&mut fields, "only_if", only.source(), facts);
    }
    fields.put_if("send", touchpoint.send.clone());
    if let Some(task) = &touchpoint.task {
        fields.put("task.team", &task.team);
        fields.put("task.title", &task.title);
        match task.due {
            Some(TaskDue::Now) => fields.put("task.due.unit", "now"),
            Some(TaskDue::Within(span)) => put_span(&mut fields, "task.due", span),
            None => {}
        }
        events::put(&mut fields, "task.done", &task.done);
    }
    for (row, ask) in touchpoint.ask.iter().enumerate() {
        fields.put(format!("ask.{row}.question"), &ask.question);
        fields.put(format!("ask.{row}.scale"), ask.scale.as_str());
        let about: Vec<&str> = ask.about.iter().map(words::TouchpointId::as_str).collect();
        fields.put(format!("ask.{row}.about"), about.join(","));
    }
    if let Some(promise) = &touchpoint.promise {
        of_promise(&mut fields, promise);
    }
    if let Some(span) = touchpoint.next_within {
        put_span(&mut fields, "next_within", span);
    }
    fields.put_if("back_to", touchpoint.back_to.as_ref().map(ToString::to_string));
    if let Some(human) = &touchpoint.human {
        fields.put("human.team", &human.team);
        fields.put_if("human.phone", human.phone.clone());
    }
    fields
}

fn of_itself(fields: &mut Fields, touchpoint: &Touchpoint) {
    fields.put("title", &touchpoint.title);
    fields.put("phase", touchpoint.phase.as_str());
    for (place, channel) in touchpoint.channels.iter().enumerate() {
        fields.put(format!("channel.{place}"), channel.as_str());
    }
    fields.put("category", touchpoint.category.as_str());
    fields.put("from", touchpoint.from.as_str());
    fields.put_if("by", touchpoint.by.map(words::Performer::as_str));
    fields.put_if("sent_by", touchpoint.sent_by.clone());
    fields.put_if("class", touchpoint.class.map(words::Class::as_str));
    fields.put_if("attention", touchpoint.attention.map(words::Attention::as_str));
    fields.put_if("need", touchpoint.need.clone());
    fields.put_if("quote", touchpoint.quote.clone());
    fields.put("quality", touchpoint.quality.join("\n"));
    fields.put("reasons", touchpoint.reasons.join("\n"));
    let numbers = [touchpoint.expected, touchpoint.assumed, touchpoint.asked, touchpoint.desired];
    for (name, number) in EXPERIENCES.into_iter().zip(numbers) {
        fields.put_if(name, number.map(|number| number.to_string()));
    }
    fields.flag("moment_of_truth", touchpoint.moment_of_truth);
    fields.flag("urgent", touchpoint.urgent);
    fields.put_if("quiet", (touchpoint.quiet != Quiet::Hold).then(|| touchpoint.quiet.as_str()));
    if let Some(backstage) = &touchpoint.backstage {
        fields.put_if("backstage.team", backstage.team.clone());
        fields.put_if("backstage.system", backstage.system.clone());
    }
}

fn of_promise(fields: &mut Fields, promise: &Promise) {
    let kind = match promise {
        Promise::Window { object, .. } => {
            fields.put("promise.object", object);
            "window"
        }
        Promise::By { fact, .. } => {
            fields.put("promise.fact", fact.to_string());
            "by"
        }
        Promise::Within { span, .. } => {
            put_span(fields, "promise.span", *span);
            "within"
        }
    };
    fields.put("promise.kind", kind);
    events::put(fields, "promise.kept", promise.kept_by());
}

/// What was typed, without what stood hidden or blank.
pub(crate) fn typed(mut fields: Fields, facts: &Facts) -> Fields {
    for list in ["seen", "task.done", "promise.kept"] {
        events::compact(&mut fields, list);
    }
    trigger::normalise(&mut fields);
    normalise_condition(&mut fields, facts);
    let kind = fields.get("promise.kind").to_owned();
    let due_number = fields.has("task.due.number");
    let due_now = fields.get("task.due.unit") == "now";
    let has_task = fields.has("task.team") || fields.has("task.title");
    let next = fields.has("next_within.number");
    fields.retain(|name| match name {
        "seen_digest" | "do" => false,
        "task.due.number" => !due_now && has_task,
        "task.due.unit" => (due_now || due_number) && has_task,
        "next_within.unit" => next,
        "promise.object" => kind == "window",
        "promise.fact" => kind == "by",
        name if name.starts_with("promise.span") => kind == "within",
        name if name.starts_with("promise.") => !kind.is_empty(),
        name if name.starts_with("task.") => has_task,
        _ => true,
    });
    renumber(&mut fields, "channel", |fields, row| {
        vec![(String::new(), fields.get(&format!("channel.{row}")).to_owned())]
    });
    renumber(&mut fields, "ask", |fields, row| {
        let question = fields.get(&format!("ask.{row}.question"));
        let keys = if question.is_empty() { &[][..] } else { &["question", "scale", "about"][..] };
        keys.iter().map(|key| (format!(".{key}"), fields.get(&format!("ask.{row}.{key}")).to_owned())).collect()
    });
    fields
}

/// The condition is read back from what it writes, so that the same condition has the same fields.
fn normalise_condition(fields: &mut Fields, facts: &Facts) {
    let source = condition::of(fields, "only_if", facts);
    fields.retain(|name| !name.starts_with("only_if."));
    if let Some(source) = source {
        condition::put(fields, "only_if", &source, facts);
    }
}

/// Numbers the rows of a list anew; a row that gives nothing is left out.
fn renumber(fields: &mut Fields, list: &str, row_of: impl Fn(&Fields, usize) -> Vec<(String, String)>) {
    let rows: Vec<_> =
        fields.rows(list).into_iter().map(|row| row_of(fields, row)).filter(|row| !row.is_empty()).collect();
    let lead = format!("{list}.");
    fields.retain(|name| !name.starts_with(&lead));
    for (number, row) in rows.into_iter().enumerate() {
        for (key, value) in row {
            fields.put(format!("{lead}{number}{key}"), value);
        }
    }
}
