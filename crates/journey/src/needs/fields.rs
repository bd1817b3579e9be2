//! The fields of one event: how it finds its run, what rules read of it, what else is known to be of use.

use std::collections::BTreeMap;

use jiff::Zoned;
use words::{Ending, EventName, Value};

use super::listen::Listen;
use super::{FieldKind, Level, Mentions, NeededEvent, NeededField, Purpose};
use crate::example::{example, example_id};
use crate::model::{Anchor, Asked, Definition, EndOn, Expression, FactPath, FactType, Fit, Promise, Touchpoint, When};
use crate::sentence::Saying;

/// What the rules of a journey read of a fact, wherever the event came from that told it.
#[derive(Default)]
struct Wanted {
    purposes: Vec<Purpose>,
    values: Vec<Value>,
}

/// Reads from a definition what events must carry.
pub(super) struct Reader<'a> {
    definition: &'a Definition,
    heard: &'a [Listen<'a>],
    now: &'a Zoned,
    facts: BTreeMap<FactPath, Wanted>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        definition: &'a Definition,
        mentions: &Mentions,
        heard: &'a [Listen<'a>],
        now: &'a Zoned,
    ) -> Self {
        let mut reader = Self { definition, heard, now, facts: BTreeMap::new() };
        for touchpoint in &definition.touchpoints {
            reader.of_touchpoint(touchpoint, mentions);
        }
        for end in &definition.ends {
            if let EndOn::After { anchor, only, .. } = &end.on {
                if let Anchor::Fact(fact) = anchor {
                    reader.wants(fact.clone(), Purpose::EndsAfter, None);
                }
                reader.judges(only.as_ref(), None, &Purpose::DecidesEnd);
            }
        }
        for listen in heard {
            reader.judges(listen.only, Some(&listen.event), &decides(listen));
        }
        reader
    }

    /// Events that tell of changes that nothing else tells: one for each object of which a rule waits for a value.
    pub(super) fn changes(&self, events: &[NeededEvent]) -> Vec<NeededEvent> {
        let mut changes: Vec<NeededEvent> = Vec::new();
        for (fact, wanted) in &self.facts {
            let optional = events.iter().any(|event| event.name.object() == fact.object);
            // What only messages say comes along with the event that they tell about.
            if optional && wanted.purposes.iter().all(|purpose| matches!(purpose, Purpose::Said(_))) {
                continue;
            }
            let Some(name) = EventName::parse(&format!("{}.changed", fact.object)) else { continue };
            if events.iter().chain(&changes).any(|event| event.name == name) {
                continue;
            }
            let purposes = vec![Purpose::Changes];
            changes.push(NeededEvent { name, purposes, fields: Vec::new(), optional, counted: false });
        }
        changes
    }

    /// The fields of an event, the most needed first.
    pub(super) fn fields(&self, event: &NeededEvent) -> Vec<NeededField> {
        if event.counted {
            return self.of_count();
        }
        let mut fields = Vec::new();
        self.ids(event, &mut fields);
        self.read_here(&event.name, &mut fields);
        self.of_facts(event, &mut fields);
        self.of_contact(event, &mut fields);
        fields.sort_by_key(|field| field.level);
        fields
    }

    fn of_touchpoint(&mut self, touchpoint: &Touchpoint, mentions: &Mentions) {
        let id = || touchpoint.id.clone();
        match &touchpoint.when {
            Some(When::Moment(moment)) => {
                if let Anchor::Fact(fact) = &moment.anchor {
                    self.wants(fact.clone(), Purpose::Times(id()), None);
                }
            }
            Some(When::Becomes(condition)) => self.judges(Some(condition), None, &Purpose::Decides(id())),
            Some(When::Events(_) | When::Every(_)) | None => {}
        }
        self.judges(touchpoint.only_if.as_ref(), None, &Purpose::Decides(id()));
        for fact in touchpoint.promise.iter().flat_map(promised) {
            self.wants(fact, Purpose::Promised(id()), None);
        }
        let messages = touchpoint.send.iter().chain(&touchpoint.variants);
        for name in messages.filter_map(|message| mentions.get(message)).flatten() {
            let window = |property: &str| FactPath { object: name.clone(), property: property.to_owned() };
            let facts = match name.split_once('.') {
                Some((object, property)) => vec![FactPath { object: object.into(), property: property.into() }],
                None => vec![window("start"), window("end")],
            };
            for fact in facts {
                self.wants(fact, Purpose::Said(id()), None);
            }
        }
    }

    /// Notes that something reads a fact; ids and what is not declared are not facts.
    fn wants(&mut self, fact: FactPath, purpose: Purpose, fits: Option<Value>) {
        if self.kind(&fact.object, &fact.property).is_none() || fact.property == "id" {
            return;
        }
        let wanted = self.facts.entry(fact).or_default();
        push(&mut wanted.purposes, purpose);
        wanted.values.extend(fits.filter(|value| !wanted.values.contains(value)));
    }

    /// Notes the facts that a condition reads. What it reads of the event itself, or of the event's own object where the
    /// event comes with a condition, is told by that event alone.
    fn judges(&mut self, condition: Option<&Expression>, event: Option<&EventName>, purpose: &Purpose) {
        for Asked { root, property, fits } in condition.map(Expression::asked).unwrap_or_default() {
            if event.is_none_or(|event| event.object() != root) && root != "event" {
                self.wants(FactPath { object: root, property }, purpose.clone(), fits.and_then(Fit::value));
            }
        }
    }

    /// An example of a property, declared or not.
    fn example(&self, object: &str, property: &str, kind: FactType) -> Value {
        let fact = FactPath { object: object.to_owned(), property: property.to_owned() };
        if self.kind(object, property).is_some() {
            return self.definition.example(&fact, kind, self.now);
        }
        let language = self.definition.language;
        example(kind, property, &Saying::of(self.definition, language).label(&fact), language, self.now)
    }

    fn kind(&self, object: &str, property: &str) -> Option<FactType> {
        self.definition.facts.get(object)?.get(property).copied()
    }

    /// How an event finds its run: the journey's key, its own id, the objects that it belongs to.
    fn ids(&self, event: &NeededEvent, fields: &mut Vec<NeededField>) {
        let own = event.name.object();
        let key = self.definition.run_per.as_ref();
        let part = self.definition.parts.iter().position(|part| part == own);
        let id = |name: String, object: &str, level, purpose| NeededField {
            name,
            or: Vec::new(),
            kind: FieldKind::Id,
            level,
            values: Vec::new(),
            example: example_id(object),
            purposes: vec![purpose],
        };
        if let Some(key) = key.filter(|key| key.object == own) {
            let or = if key.property == "id" { vec![format!("{own}_id")] } else { Vec::new() };
            let purpose = Purpose::Key(own.to_owned());
            fields.push(NeededField { or, ..id(key.property.clone(), own, Level::Always, purpose) });
            return;
        }
        let earlier = &self.definition.parts[..part.unwrap_or(0)];
        if part.is_some() {
            let or = vec![format!("{own}_id")];
            fields.push(NeededField { or, ..id("id".into(), own, Level::Always, Purpose::Apart(own.to_owned())) });
        }
        // Who has no run yet cannot say to which one it belongs.
        let starts = event.purposes.contains(&Purpose::Starts);
        if let Some(key) = key.filter(|_| part.is_some() || !starts) {
            let level = if part.is_some() { Level::Known } else { Level::Useful };
            let or = earlier.iter().map(|part| format!("{part}_id")).collect();
            let purpose = Purpose::Belongs(key.object.clone());
            let name = format!("{}_{}", key.object, key.property);
            fields.push(NeededField { or, ..id(name, &key.object, level, purpose) });
        }
        for part in earlier {
            fields.push(id(format!("{part}_id"), part, Level::Useful, Purpose::Belongs(part.clone())));
        }
    }

    /// What rules read of the event itself when it comes in: these fields it always carries.
    fn read_here(&self, event: &EventName, fields: &mut Vec<NeededField>) {
        for listen in self.heard.iter().filter(|listen| listen.event == *event) {
            self.read_by(listen.only, event, &decides(listen), fields);
            let Some(touchpoint) = listen.touchpoint else { continue };
            let decides = Purpose::Decides(touchpoint.id.clone());
            if matches!(listen.purpose, Purpose::Fires(_)) {
                self.read_by(touchpoint.only_if.as_ref(), event, &decides, fields);
            }
            for fact in touchpoint.promise.iter().flat_map(promised).filter(|fact| fact.object == event.object()) {
                self.take(fields, event, &fact.property, Purpose::Promised(touchpoint.id.clone()), None);
            }
        }
    }

    fn read_by(
        &self,
        condition: Option<&Expression>,
        event: &EventName,
        purpose: &Purpose,
        fields: &mut Vec<NeededField>,
    ) {
        for Asked { root, property, fits } in condition.map(Expression::asked).unwrap_or_default() {
            if root == "event" || root == event.object() {
                self.take(fields, event, &property, purpose.clone(), fits.and_then(Fit::value));
            }
        }
    }

    /// A field that the event always carries, with one more reason why.
    fn take(
        &self,
        fields: &mut Vec<NeededField>,
        event: &EventName,
        property: &str,
        purpose: Purpose,
        fits: Option<Value>,
    ) {
        if let Some(known) = fields.iter_mut().find(|field| field.name == property) {
            known.level = known.level.min(Level::Always);
            push(&mut known.purposes, purpose);
            let fits = fits.filter(|value| known.kind != FieldKind::Id && !known.values.contains(value));
            known.values.extend(fits);
            return;
        }
        let kind = match self.kind(event.object(), property) {
            Some(kind) => FieldKind::Fact(kind),
            None if property == "id" || property.ends_with("_id") => FieldKind::Id,
            None => FieldKind::Fact(like(fits.as_ref())),
        };
        let example = match kind {
            FieldKind::Id => example_id(property.strip_suffix("_id").unwrap_or(event.object())),
            FieldKind::Fact(kind) => fits.clone().unwrap_or_else(|| self.example(event.object(), property, kind)),
            FieldKind::Consents => Value::Null,
        };
        fields.push(NeededField {
            name: property.to_owned(),
            or: Vec::new(),
            kind,
            level: Level::Always,
            values: fits.into_iter().collect(),
            example,
            purposes: vec![purpose],
        });
    }

    /// The facts of the event's own object. An event that only ends the run has none to tell any more.
    fn of_facts(&self, event: &NeededEvent, fields: &mut Vec<NeededField>) {
        let only_ends = event.purposes.iter().all(|purpose| matches!(purpose, Purpose::Ends(_)));
        let changes = event.purposes.contains(&Purpose::Changes);
        let object = event.name.object();
        for (property, kind) in self.definition.facts.get(object).into_iter().flatten() {
            let path = FactPath { object: object.to_owned(), property: property.clone() };
            let wanted = self.facts.get(&path);
            if let Some(known) = fields.iter_mut().find(|field| field.name == *property) {
                if let Some(wanted) = wanted {
                    wanted.purposes.iter().for_each(|purpose| push(&mut known.purposes, purpose.clone()));
                    wanted.values.iter().for_each(|value| push(&mut known.values, value.clone()));
                }
                continue;
            }
            if only_ends || changes && wanted.is_none() {
                continue;
            }
            let (level, purposes, values) = match wanted {
                Some(wanted) => (Level::Known, wanted.purposes.clone(), wanted.values.clone()),
                None => (Level::Useful, vec![Purpose::Shown], Vec::new()),
            };
            let example = values.first().cloned().unwrap_or_else(|| self.example(object, property, *kind));
            let (name, kind) = (property.clone(), FieldKind::Fact(*kind));
            fields.push(NeededField { name, or: Vec::new(), kind, level, values, example, purposes });
        }
    }

    /// What fills the contact: the reason, from the list that staff choose from, and the channel where there are several.
    fn of_contact(&self, event: &NeededEvent, fields: &mut Vec<NeededField>) {
        let sees = |touchpoint: &&Touchpoint| event.purposes.contains(&Purpose::Sees(touchpoint.id.clone()));
        let seen: Vec<&Touchpoint> = self.definition.touchpoints.iter().filter(sees).collect();
        let mut reasons: Vec<Value> = Vec::new();
        for reason in seen.iter().flat_map(|touchpoint| &touchpoint.reasons) {
            push(&mut reasons, Value::from(reason.as_str()));
        }
        let leaves =
            event.purposes.iter().any(|purpose| matches!(purpose, Purpose::Ends(Ending::Left | Ending::Stopped)));
        if !reasons.is_empty() || leaves {
            self.useful(event, fields, "reason", reasons, Purpose::Reason);
        }
        let mut channels: Vec<Value> = Vec::new();
        for channel in seen.iter().flat_map(|touchpoint| &touchpoint.channels) {
            push(&mut channels, Value::from(channel.as_str()));
        }
        if channels.len() > 1 {
            self.useful(event, fields, "channel", channels, Purpose::Channel);
        }
    }

    fn useful(
        &self,
        event: &NeededEvent,
        fields: &mut Vec<NeededField>,
        name: &str,
        values: Vec<Value>,
        purpose: Purpose,
    ) {
        if let Some(known) = fields.iter_mut().find(|field| field.name == name) {
            // A value that no rule named comes from the list.
            if known.values.is_empty() {
                known.example = values.first().cloned().unwrap_or(known.example.clone());
            }
            values.into_iter().for_each(|value| push(&mut known.values, value));
            push(&mut known.purposes, purpose);
            return;
        }
        let other = || self.example(event.name.object(), name, FactType::Text);
        fields.push(NeededField {
            name: name.to_owned(),
            or: Vec::new(),
            kind: FieldKind::Fact(FactType::Text),
            level: Level::Useful,
            example: values.first().cloned().unwrap_or_else(other),
            values,
            purposes: vec![purpose],
        });
    }

    fn of_count(&self) -> Vec<NeededField> {
        let field = |name: &str, kind, example, purpose| NeededField {
            name: name.to_owned(),
            or: Vec::new(),
            kind: FieldKind::Fact(kind),
            level: Level::Always,
            values: Vec::new(),
            example,
            purposes: vec![purpose],
        };
        let yesterday = self.now.date().yesterday().unwrap_or(self.now.date());
        vec![
            field("date", FactType::Date, Value::from(yesterday.to_string()), Purpose::Day),
            field("count", FactType::Number, Value::from(1250), Purpose::Count),
        ]
    }
}

/// What the condition of an event decides there.
fn decides(listen: &Listen<'_>) -> Purpose {
    match &listen.purpose {
        Purpose::Starts => Purpose::DecidesStart,
        Purpose::Goal => Purpose::DecidesGoal,
        Purpose::Ends(_) => Purpose::DecidesEnd,
        Purpose::Sees(id) | Purpose::Fires(id) | Purpose::Closes(id) | Purpose::Keeps(id) => {
            Purpose::Decides(id.clone())
        }
        other => other.clone(),
    }
}

/// The facts that a promise tells.
fn promised(promise: &Promise) -> Vec<FactPath> {
    let fact = |object: &String, property: &str| FactPath { object: object.clone(), property: property.to_owned() };
    match promise {
        Promise::Window { object, .. } => vec![fact(object, "start"), fact(object, "end")],
        Promise::By { fact, .. } => vec![fact.clone()],
        Promise::Within { .. } => Vec::new(),
    }
}

/// The type of a value that is declared nowhere, by what it is compared with.
fn like(value: Option<&Value>) -> FactType {
    match value {
        Some(Value::Bool(_)) => FactType::Bool,
        Some(Value::Number(_)) => FactType::Number,
        _ => FactType::Text,
    }
}

fn push<T: PartialEq>(all: &mut Vec<T>, one: T) {
    if !all.contains(&one) {
        all.push(one);
    }
}
