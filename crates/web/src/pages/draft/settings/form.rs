//! What a journey says of itself, as fields of a form.

use journey::{Again, Anchor, Definition, EndOn, FactPath, FactType, Facts, Names};
use words::{Ending, Value};

use super::super::{
    events,
    fields::{Fields, put_span},
};

/// What stands in the definition.
pub(super) fn of(definition: &Definition) -> Fields {
    let mut fields = Fields::default();
    fields.put("title", &definition.title);
    fields.put("language", definition.language.tag());
    fields.put_if("owner", definition.owner.clone());
    fields.put("personas.ids", definition.personas.join(","));
    fields.put_if("address", definition.address.map(words::FormOfAddress::as_str));
    if let Some(key) = &definition.run_per {
        fields.put("run_per", format!("{}.{}", key.object, key.property));
    }
    match definition.again {
        Again::Never => fields.put("again", "never"),
        Again::AfterEnd if definition.run_per.is_some() => fields.put("again", "after_end"),
        Again::After(span) => fields.put("again", span.to_string()),
        Again::AfterEnd | Again::ByKey => {}
    }
    fields.put("parts.objects", definition.parts.join(","));
    fields.flag("pin", definition.pin);
    events::put(&mut fields, "starts", &definition.starts);
    if let Some(goal) = &definition.goal {
        for (row, matched) in goal.on.iter().enumerate() {
            fields.put(format!("goal.on.{row}.event"), matched.event.as_str());
        }
        let only = goal.on.iter().find_map(|matched| matched.only.as_ref());
        fields.put_if("goal.where", only.map(|only| only.source().to_owned()));
        if let Some(within) = goal.within {
            put_span(&mut fields, "goal.within", within);
        }
    }
    if let Some(human) = &definition.human {
        fields.put("human.team", &human.team);
        fields.put_if("human.phone", human.phone.clone());
    }
    ends(&mut fields, definition);
    let facts = definition
        .facts
        .iter()
        .flat_map(|(object, properties)| properties.iter().map(move |(property, kind)| (object, property, *kind)));
    for (row, (object, property, kind)) in facts.enumerate() {
        let path = FactPath { object: object.clone(), property: property.clone() };
        let example = definition.examples.get(&path).map(example_text).unwrap_or_default();
        fact(&mut fields, row, [object, property, kind.as_str(), &example]);
    }
    for (row, (name, said)) in definition.names.iter().enumerate() {
        called(&mut fields, row, name, said);
    }
    fields
}

fn called(fields: &mut Fields, row: usize, name: &str, said: &str) {
    fields.put(format!("names.{row}.name"), name);
    fields.put(format!("names.{row}.said"), said);
}

/// What a row of facts has.
const FACT: [&str; 4] = ["object", "property", "type", "example"];

fn fact(fields: &mut Fields, row: usize, said: [&str; 4]) {
    for (key, said) in FACT.into_iter().zip(said) {
        fields.put(format!("facts.{row}.{key}"), said);
    }
}

/// An example as one types it.
pub(super) fn example_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The types of the facts as they are typed in the same form.
pub(super) fn facts_of(fields: &Fields) -> Facts {
    let mut facts = Facts::new();
    for row in fields.rows("facts") {
        let at = |key: &str| fields.get(&format!("facts.{row}.{key}"));
        let kind = FactType::parse(at("type")).unwrap_or(FactType::Text);
        facts.entry(at("object").to_owned()).or_default().insert(at("property").to_owned(), kind);
    }
    facts
}

fn ends(fields: &mut Fields, definition: &Definition) {
    for (row, end) in definition.ends.iter().enumerate() {
        let lead = format!("ends.{row}");
        match &end.on {
            EndOn::Events(matched) => {
                let names: Vec<&str> = matched.iter().map(|one| one.event.as_str()).collect();
                fields.put(format!("{lead}.event"), names.join(", "));
                let only = matched.iter().find_map(|one| one.only.as_ref());
                fields.put_if(format!("{lead}.where"), only.map(|only| only.source().to_owned()));
            }
            EndOn::After { anchor, by, only } => {
                let anchor = match anchor {
                    Anchor::Fact(fact) => fact.to_string(),
                    Anchor::Event(event) => event.to_string(),
                    Anchor::Touchpoint(id) => id.to_string(),
                };
                fields.put(format!("{lead}.after"), anchor);
                put_span(fields, &format!("{lead}.by"), *by);
                fields.put_if(format!("{lead}.where"), only.as_ref().map(|only| only.source().to_owned()));
            }
        }
        let counts_as = match end.counts_as {
            Ending::Done => "done",
            Ending::Left => "left",
            Ending::Stopped => "stopped",
        };
        fields.put(format!("{lead}.as"), counts_as);
        if let Some(listen) = end.listen {
            put_span(fields, &format!("{lead}.listen"), listen);
        }
    }
}

/// What was typed, without blank rows; rows are numbered from 0.
pub(super) fn typed(fields: Fields) -> Fields {
    let mut fields = fields;
    events::compact(&mut fields, "starts");
    events::compact(&mut fields, "goal.on");
    let goal = !fields.rows("goal.on").is_empty();
    let within = fields.has("goal.within.number");
    fields.retain(|name| match name {
        "seen_digest" | "do" => false,
        "goal.within.unit" => goal && within,
        name if name.starts_with("goal.") => goal,
        _ => true,
    });
    let keep_end =
        |fields: &Fields, lead: &str| fields.has(&format!("{lead}.event")) || fields.has(&format!("{lead}.after"));
    rows(&mut fields, "ends", keep_end, |fields, lead, key| match key {
        "listen.unit" => fields.has(&format!("{lead}.listen.number")),
        "event" => !fields.has(&format!("{lead}.after")),
        "by.unit" | "by.number" => fields.has(&format!("{lead}.after")),
        _ => true,
    });
    let keep_fact =
        |fields: &Fields, lead: &str| fields.has(&format!("{lead}.object")) && fields.has(&format!("{lead}.property"));
    rows(&mut fields, "facts", keep_fact, |_, _, _| true);
    sort_facts(&mut fields);
    sort_names(&mut fields);
    fields
}

/// Names stand by name; of two the last counts, and one without words is none.
fn sort_names(fields: &mut Fields) {
    let at = |row: usize, key: &str| fields.get(&format!("names.{row}.{key}")).trim().to_owned();
    let all: Names = fields.rows("names").into_iter().map(|row| (at(row, "name"), at(row, "said"))).collect();
    fields.retain(|name| !name.starts_with("names."));
    let filled = all.into_iter().filter(|(name, said)| !name.is_empty() && !said.is_empty());
    for (row, (name, said)) in filled.enumerate() {
        called(fields, row, &name, &said);
    }
}

/// Facts stand by name, as the definition gives them.
fn sort_facts(fields: &mut Fields) {
    let at = |row: usize, key: &str| fields.get(&format!("facts.{row}.{key}")).to_owned();
    let mut all: Vec<[String; 4]> = fields.rows("facts").into_iter().map(|row| FACT.map(|key| at(row, key))).collect();
    all.sort();
    all.dedup_by(|one, other| one[..2] == other[..2]);
    fields.retain(|name| !name.starts_with("facts."));
    for (row, [object, property, kind, example]) in all.into_iter().enumerate() {
        let kind = FactType::parse(&kind).unwrap_or(FactType::Text);
        // Moments have an example of their own that lies ahead.
        let example = if matches!(kind, FactType::Date | FactType::Time) { "" } else { &example };
        fact(fields, row, [&object, &property, kind.as_str(), example]);
    }
}

fn rows(
    fields: &mut Fields,
    list: &str,
    keep: impl Fn(&Fields, &str) -> bool,
    keep_key: impl Fn(&Fields, &str, &str) -> bool,
) {
    let mut kept: Vec<Vec<(String, String)>> = Vec::new();
    for row in fields.rows(list) {
        let lead = format!("{list}.{row}");
        if !keep(fields, &lead) {
            continue;
        }
        let own = format!("{lead}.");
        let pairs = fields.group(list).into_iter().filter_map(|(name, value)| {
            let key = name.strip_prefix(&own)?;
            keep_key(fields, &lead, key).then(|| (key.to_owned(), value.to_owned()))
        });
        kept.push(pairs.collect());
    }
    let lead = format!("{list}.");
    fields.retain(|name| !name.starts_with(&lead));
    for (row, pairs) in kept.into_iter().enumerate() {
        for (key, value) in pairs {
            fields.put(format!("{list}.{row}.{key}"), value);
        }
    }
}
