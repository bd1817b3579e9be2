use words::{
    Attention, Category, Channel, Class, EventName, Performer, PhaseId, Quiet, Reach, Scale, Starter, TouchpointId,
};

use super::Path;
use super::values::{Taking, fact_path, flag, names, number, parsed, span, text, texts};
use crate::language::scalar;
use crate::model::{Ask, Backstage, EventMatch, Human, Promise, Task, TaskDue, Touchpoint, When};
use crate::yaml::Node;

impl Taking<'_> {
    /// A touchpoint; without an id there is none. What else is missing was reported and gets the nearest neutral value, so
    /// that a half-written journey can be drawn.
    pub(super) fn touchpoint(&mut self, node: &Node, path: &Path<'_>) -> Option<Touchpoint> {
        let id = TouchpointId::new(text(node, "id")?);
        let category = parsed(node, "category", Category::parse).unwrap_or(Category::Interaction);
        let starter = match category {
            Category::Message => Starter::Us,
            _ => Starter::Customer,
        };
        let seen = self.events(node, "seen", path);
        let when = self.when(node, path);
        let events = match &when {
            Some(When::Events(events)) => Some(names_of(events)),
            Some(_) => None,
            None => Some(names_of(&seen)),
        };
        Some(Touchpoint {
            was: text(node, "was").map(TouchpointId::new),
            phase: PhaseId::new(text(node, "phase").unwrap_or_default()),
            title: text(node, "title").unwrap_or_else(|| id.to_string()),
            channels: names(node, "channel", Channel::new),
            category,
            from: parsed(node, "from", Starter::parse).unwrap_or(starter),
            by: parsed(node, "by", Performer::parse),
            reach: parsed(node, "reach", Reach::parse).unwrap_or(Reach::Direct),
            attention: parsed(node, "attention", Attention::parse),
            sent_by: text(node, "sent_by"),
            class: parsed(node, "class", Class::parse),
            urgent: flag(node, "urgent"),
            quiet: parsed(node, "quiet", Quiet::parse).unwrap_or_default(),
            need: text(node, "need"),
            quote: text(node, "quote"),
            quality: texts(node, "quality"),
            expected: number(node, "expected"),
            assumed: number(node, "assumed"),
            asked: number(node, "asked"),
            desired: number(node, "desired"),
            moment_of_truth: flag(node, "moment_of_truth"),
            reasons: texts(node, "reasons"),
            backstage: node
                .get("backstage")
                .map(|value| Backstage { team: text(value, "team"), system: text(value, "system") }),
            cost: number(node, "cost"),
            only_if: self.condition(node, "only_if", path, events),
            seen,
            when,
            send: text(node, "send"),
            variants: texts(node, "variants"),
            holdout: parsed(node, "holdout", scalar::share).unwrap_or(0.0),
            task: self.task(node, path),
            ask: asks(node),
            promise: self.promise(node, path),
            next_within: span(node, "next_within"),
            back_to: text(node, "back_to").map(TouchpointId::new),
            counted: parsed(node, "counted", EventName::parse),
            human: human(node),
            id,
        })
    }

    fn task(&mut self, node: &Node, path: &Path<'_>) -> Option<Task> {
        let value = node.get("task")?;
        let path = Path::Key(path, "task");
        Some(Task {
            team: text(value, "team")?,
            title: text(value, "title")?,
            due: parsed(value, "due", TaskDue::parse),
            done: self.events(value, "done", &path),
        })
    }

    fn promise(&mut self, node: &Node, path: &Path<'_>) -> Option<Promise> {
        let value = node.get("promise")?;
        let kept_by = self.events(value, "kept_by", &Path::Key(path, "promise"));
        if let Some(object) = text(value, "window") {
            return Some(Promise::Window { object, kept_by });
        }
        if let Some(fact) = parsed(value, "by", fact_path) {
            return Some(Promise::By { fact, kept_by });
        }
        span(value, "within").map(|span| Promise::Within { span, kept_by })
    }
}

/// The exit to a person under `human`.
pub(super) fn human(node: &Node) -> Option<Human> {
    let value = node.get("human")?;
    Some(Human { team: text(value, "team")?, phone: text(value, "phone") })
}

fn asks(node: &Node) -> Vec<Ask> {
    let items = node.get("ask").map(Node::items).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| {
            Some(Ask {
                question: text(item, "question")?,
                scale: parsed(item, "scale", Scale::parse)?,
                about: names(item, "about", TouchpointId::new),
            })
        })
        .collect()
}

fn names_of(events: &[EventMatch]) -> Vec<EventName> {
    events.iter().map(|matched| matched.event.clone()).collect()
}
