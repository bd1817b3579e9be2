use words::TouchpointId;

use super::{Checking, reference};
use crate::model::{Anchor, EndOn, FactPath, FactType, Moment, Side, Span, When};
use crate::problem::{Named, Rule};

impl Checking<'_> {
    /// What hangs on something can come, and on one thing only.
    pub(super) fn moments(&mut self) {
        let definition = self.definition;
        for touchpoint in &definition.touchpoints {
            let field = format!("touchpoints.{}.when", touchpoint.id);
            if let Some(When::Moment(moment)) = &touchpoint.when {
                self.moment(moment, &field, &touchpoint.id);
            }
        }
        for (index, end) in definition.ends.iter().enumerate() {
            if let EndOn::After { anchor, .. } = &end.on {
                let field = format!("ends[{index}].after");
                self.anchor(anchor, &field);
                if let Anchor::Fact(fact) = anchor
                    && self.fact_type(fact) == Some(FactType::Date)
                {
                    self.error(Rule::EndOnDate(fact.to_string()), field);
                }
            }
        }
    }

    fn moment(&mut self, moment: &Moment, field: &str, own: &TouchpointId) {
        let side = match moment.side {
            Side::Before => "before",
            Side::After => "after",
        };
        let hangs = format!("{field}.{side}");
        let known = self.anchor(&moment.anchor, &hangs);
        match &moment.anchor {
            Anchor::Touchpoint(id) if id == own => self.error(Rule::OnItself, hangs.clone()),
            Anchor::Fact(fact) if moment.at.is_none() && self.fact_type(fact) == Some(FactType::Date) => {
                self.error(Rule::DateNeedsAt(fact.to_string()), field);
            }
            _ => {}
        }
        if known && moment.side == Side::Before && !matches!(moment.anchor, Anchor::Fact(_)) {
            self.error(Rule::BeforeWhat(name(&moment.anchor)), hangs);
        }
        if moment.at.is_some() && !matches!(moment.by, Span::Days(_)) {
            self.error(Rule::AtNeedsDays, format!("{field}.by"));
        }
    }

    /// An anchor names one thing, and a fact that is one has a time. Tells whether it names anything.
    fn anchor(&mut self, anchor: &Anchor, field: &str) -> bool {
        match anchor {
            Anchor::Touchpoint(id) => self.touchpoint(id, field),
            Anchor::Fact(fact) => {
                let name = fact.to_string();
                if self.events.iter().any(|event| event.as_str() == name) {
                    self.error(Rule::TwoThings(name), field);
                } else if !matches!(self.fact_type(fact), Some(FactType::Date | FactType::Time)) {
                    self.error(Rule::NoTime(name), field);
                }
                true
            }
            Anchor::Event(event) => {
                let facts = self.definition.facts.get(event.object());
                if self.events.contains(&event) || facts.is_none() {
                    return true;
                }
                // The object is declared and the event is named nowhere else: a fact that was written wrong.
                let is_time = |kind: &FactType| matches!(kind, FactType::Date | FactType::Time);
                let times = facts.into_iter().flatten().filter(|(_, kind)| is_time(kind));
                let times = times.map(|(property, _)| format!("{}.{property}", event.object()));
                let known: Vec<String> = times.chain(self.events.iter().map(|event| event.to_string())).collect();
                let known = known.iter().map(String::as_str);
                self.error(reference(Named::Anchor, event.as_str(), known), field);
                false
            }
        }
    }

    pub(super) fn fact_type(&self, fact: &FactPath) -> Option<FactType> {
        let object = self.definition.facts.get(&fact.object)?;
        object.get(&fact.property).copied()
    }
}

fn name(anchor: &Anchor) -> String {
    match anchor {
        Anchor::Fact(fact) => fact.to_string(),
        Anchor::Event(event) => event.to_string(),
        Anchor::Touchpoint(id) => id.to_string(),
    }
}
