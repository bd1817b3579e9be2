//! Conditions of events and turns in a form: the definition has one text, `seen.0.where`; the page shows it as choices in
//! words, `seen.0.where.0.subject`, or quietly as a formula when the choices cannot say it.

use journey::{EventMatch, Expression, FactPath, Facts, Saying};
use words::EventName;

use super::{
    condition::{self, is_text},
    fields::Fields,
};

/// The condition that turns true, which has no event beside it.
const BECOMES: &str = "when.becomes";
const WHERE: &str = ".where";

fn is_lead(name: &str) -> bool {
    name == BECOMES || name.ends_with(WHERE)
}

/// From the page: the choices become one text again, and values in words what the systems send.
pub(super) fn collect(fields: &mut Fields, facts: &Facts, saying: Saying<'_>) {
    for field in fields.ending(".value") {
        let meant = saying.value_typed(fields.get(&field));
        fields.put(field, meant);
    }
    for kind in fields.ending(".kind") {
        let Some(lead) = kind.strip_suffix(".kind").filter(|lead| is_lead(lead)) else { continue };
        let source = condition::of(fields, lead, facts);
        let below = format!("{lead}.");
        fields.retain(|name| !name.starts_with(&below));
        fields.put_if(lead, source);
    }
}

/// For the page: each condition as choices, with words for what no list of facts has.
pub(super) fn spread(fields: &Fields, facts: &Facts, events: &[EventMatch], saying: Saying<'_>) -> Fields {
    let mut shown = fields.clone();
    let mut leads = fields.ending(WHERE);
    leads.extend(fields.has(BECOMES).then(|| BECOMES.to_owned()));
    for lead in &leads {
        shown.retain(|name| name != lead);
        condition::put(&mut shown, lead, fields.get(lead), facts);
    }
    leads.push("only_if".to_owned());
    for lead in &leads {
        let own = event_of(fields, lead);
        let events = own.as_ref().map_or(events, std::slice::from_ref);
        say(&mut shown, lead, events, saying);
    }
    shown
}

/// The event beside a condition: `seen.0.event` of `seen.0.where`; the goal has its events in a list.
fn event_of(fields: &Fields, lead: &str) -> Option<EventMatch> {
    let group = lead.strip_suffix(WHERE)?;
    let beside = [format!("{group}.event"), format!("{group}.on.0.event")];
    let name = beside.iter().map(|name| fields.get(name)).find(|name| !name.is_empty())?;
    let event = EventName::parse(name.split(',').next()?.trim())?;
    Some(EventMatch { event, only: None, late: None })
}

fn say(shown: &mut Fields, lead: &str, events: &[EventMatch], saying: Saying<'_>) {
    if let Ok(formula) = Expression::read(shown.get(&format!("{lead}.text"))) {
        shown.put(format!("{lead}.said"), saying.condition(&formula, events));
    }
    for row in shown.rows(lead) {
        let (subject, value) = (format!("{lead}.{row}.subject"), format!("{lead}.{row}.value"));
        let words = saying.typed(shown.get(&value));
        shown.put(value, words);
        let Some(property) = shown.get(&subject).strip_prefix("event.").map(str::to_owned) else { continue };
        let object = events.first().map_or("event", |matched| matched.event.object()).to_owned();
        shown.put(format!("{lead}.{row}.said"), saying.label(&FactPath { object, property }));
    }
}

/// Whether what a condition asks of an event is a text: as the facts say of a property of that name.
pub(super) fn event_text(facts: &Facts, property: &str) -> bool {
    let kinds = facts.iter().filter_map(|(object, all)| all.get(property).map(|_| format!("{object}.{property}")));
    let mut kinds = kinds.map(|path| is_text(facts, &path));
    kinds.next().unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use journey::{Definition, Folder, Organisation};

    use super::*;

    fn definition() -> Definition {
        let text = "journey: x\ntitle: X\nlanguage: nl\nfacts: { call: { reason: text, minutes: number } }\n\
                    names: { call.reason: de reden van het telefoontje, no_access: geen toegang }\n\
                    phases: [{ id: a, title: A, band: before }]\ntouchpoints: []\n";
        journey::parse(&Folder::of_definition(text), &Organisation::named("x")).definition.unwrap()
    }

    fn there_and_back(source: &str) -> (Fields, String) {
        let definition = definition();
        let saying = Saying::of(&definition, words::Language::Nl);
        let mut fields = Fields::default();
        fields.put("seen.0.event", "call.logged");
        fields.put("seen.0.where", source);
        let shown = spread(&fields, &definition.facts, &[], saying);
        let mut posted = shown.clone();
        collect(&mut posted, &definition.facts, saying);
        (shown, posted.get("seen.0.where").to_owned())
    }

    #[test]
    fn a_condition_is_choices_in_words_and_comes_back_as_it_was() {
        for source in ["event.reason == 'no_access'", "call.minutes >= 15 && !happened('x')", "event.minutes > 2"] {
            let (shown, back) = there_and_back(source);
            assert_eq!(shown.get("seen.0.where.kind"), "choices", "{source}");
            assert_eq!(back, source);
        }
        let (shown, _) = there_and_back("event.reason == 'no_access'");
        assert_eq!(shown.get("seen.0.where.0.said"), "de reden van het telefoontje");
        assert_eq!(shown.get("seen.0.where.0.value"), "geen toegang");
    }

    #[test]
    fn what_the_choices_cannot_say_stays_a_formula_with_its_words() {
        for source in ["event.reason == 'a' || event.reason == 'b'", "event.reason == '15'x", "event.minutes == '15'"] {
            let (shown, back) = there_and_back(source);
            assert_eq!(shown.get("seen.0.where.kind"), "text", "{source}");
            assert_eq!(back, source);
        }
        let (shown, _) = there_and_back("event.reason == 'a' || event.reason == 'b'");
        assert!(shown.get("seen.0.where.said").contains("de reden van het telefoontje"), "{shown:?}");
    }
}
