use super::Checking;
use crate::language::lists::RESERVED_OBJECTS;
use crate::model::Funnel;
use crate::problem::Rule;

impl Checking<'_> {
    /// What belongs to the journey as a whole: its key and parts, facts, phases, funnels.
    pub(super) fn journey(&mut self) {
        let definition = self.definition;
        for object in definition.facts.keys() {
            if RESERVED_OBJECTS.contains(&object.as_str()) {
                self.error(Rule::Reserved(object.clone()), format!("facts.{object}"));
            }
        }
        self.key_and_parts();
        self.phases();
        for funnel in &definition.funnels {
            self.funnel(funnel);
        }
    }

    fn key_and_parts(&mut self) {
        let definition = self.definition;
        let told = |object: &str| self.events.iter().any(|event| event.object() == object);
        let mut untold = Vec::new();
        if let Some(key) = &definition.run_per
            && !told(&key.object)
        {
            let name = format!("{}.{}", key.object, key.property);
            untold.push((Rule::KeyUntold(name), "run_per".to_owned()));
        }
        for (index, part) in definition.parts.iter().enumerate() {
            let field = format!("parts[{index}]");
            if definition.run_per.as_ref().is_some_and(|key| key.object == *part) {
                untold.push((Rule::PartIsKey(part.clone()), field));
            } else if !told(part) && !definition.facts.contains_key(part) {
                untold.push((Rule::PartUntold(part.clone()), field));
            }
        }
        for (rule, field) in untold {
            match rule {
                Rule::PartIsKey(_) => self.error(rule, field),
                _ => self.warn(rule, field),
            }
        }
    }

    fn phases(&mut self) {
        let definition = self.definition;
        for pair in definition.phases.windows(2) {
            if pair[1].band < pair[0].band {
                self.error(Rule::BandOrder, format!("phases.{}.band", pair[1].id));
            }
        }
        for phase in &definition.phases {
            let used = definition.touchpoints.iter().any(|t| t.phase == phase.id);
            if !used && !definition.touchpoints.is_empty() {
                let rule =
                    Rule::EmptyPhase(if phase.title.is_empty() { phase.id.to_string() } else { phase.title.clone() });
                self.warn(rule, format!("phases.{}", phase.id));
            }
        }
    }

    fn funnel(&mut self, funnel: &Funnel) {
        let field = format!("funnels.{}.steps", funnel.id);
        if funnel.steps.len() < 2 {
            self.error(Rule::ShortFunnel, field.clone());
        }
        for (index, step) in funnel.steps.iter().enumerate() {
            let field = format!("{field}[{index}]");
            if funnel.steps[..index].contains(step) {
                self.error(Rule::StepTwice(step.to_string()), field.clone());
            }
            self.touchpoint(step, &field);
            if self.unseen(step) {
                self.error(Rule::StepUnseen(step.to_string()), field);
            }
        }
    }

    /// Whether a touchpoint exists but nobody can see it happen.
    pub(super) fn unseen(&self, id: &words::TouchpointId) -> bool {
        let touchpoint = self.definition.touchpoints.iter().find(|t| t.id == *id);
        touchpoint.is_some_and(|t| t.seen.is_empty() && t.when.is_none() && t.task.is_none())
    }
}
