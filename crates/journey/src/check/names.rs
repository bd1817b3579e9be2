use words::Channel;

use super::{Checking, reference};
use crate::model::Touchpoint;
use crate::problem::{Named, Rule};

impl Checking<'_> {
    /// Ids are unique, and every name names something.
    pub(super) fn names(&mut self) {
        let definition = self.definition;
        let phases: Vec<&str> = definition.phases.iter().map(|p| p.id.as_str()).collect();
        let touchpoints: Vec<&str> = definition.touchpoints.iter().map(|t| t.id.as_str()).collect();
        let funnels: Vec<&str> = definition.funnels.iter().map(|f| f.id.as_str()).collect();
        self.unique("phases", &phases);
        self.unique("touchpoints", &touchpoints);
        self.unique("funnels", &funnels);
        for touchpoint in &definition.touchpoints {
            let field = format!("touchpoints.{}", touchpoint.id);
            if !touchpoint.phase.as_str().is_empty() && !phases.contains(&touchpoint.phase.as_str()) {
                let known = phases.iter().copied();
                let problem = reference(Named::Phase, touchpoint.phase.as_str(), known);
                self.error(problem, format!("{field}.phase"));
            }
            if let Some(was) = &touchpoint.was {
                self.was(touchpoint, was.as_str(), &field);
            }
            if let Some(back_to) = &touchpoint.back_to {
                self.touchpoint(back_to, &format!("{field}.back_to"));
            }
            for channel in &touchpoint.channels {
                self.channel(channel, &field);
            }
            self.teams(touchpoint, &field);
        }
        if let Some(human) = &definition.human {
            self.team(&human.team, "human.team");
        }
        self.personas();
    }

    fn unique(&mut self, list: &str, ids: &[&str]) {
        for (index, id) in ids.iter().enumerate() {
            if ids[..index].contains(id) {
                let problem = Rule::IdTwice((*id).to_owned());
                self.error(problem, format!("{list}[{index}].id"));
            }
        }
    }

    fn was(&mut self, touchpoint: &Touchpoint, was: &str, field: &str) {
        let others = &self.definition.touchpoints;
        let in_use = others.iter().any(|other| {
            other.id.as_str() == was
                || other.id != touchpoint.id && other.was.as_ref().is_some_and(|other| other.as_str() == was)
        });
        if in_use {
            self.error(Rule::WasInUse(was.to_owned()), format!("{field}.was"));
        }
    }

    fn channel(&mut self, channel: &Channel, field: &str) {
        let organisation = self.around.organisation;
        if organisation.rail(channel).is_none() {
            let own = organisation.channels.keys().map(String::as_str);
            let known = Channel::KNOWN.iter().map(|(name, _)| *name).chain(own);
            let problem = reference(Named::Channel, channel.as_str(), known);
            self.error(problem, format!("{field}.channel"));
        }
    }

    fn teams(&mut self, touchpoint: &Touchpoint, field: &str) {
        if let Some(task) = &touchpoint.task {
            self.team(&task.team, &format!("{field}.task.team"));
        }
        if let Some(human) = &touchpoint.human {
            self.team(&human.team, &format!("{field}.human.team"));
        }
    }

    /// A team that the organisation does not list gets tasks that nobody looks at. An organisation without a list is not held
    /// to it.
    fn team(&mut self, team: &str, field: &str) {
        let teams = &self.around.organisation.teams;
        if !teams.is_empty() && !teams.iter().any(|known| known == team) {
            let known = teams.iter().map(String::as_str);
            self.warn(reference(Named::Team, team, known), field);
        }
    }

    fn personas(&mut self) {
        let personas = &self.around.organisation.personas;
        for (index, persona) in self.definition.personas.iter().enumerate() {
            if !personas.is_empty() && !personas.iter().any(|known| known.id == *persona) {
                let known = personas.iter().map(|known| known.id.as_str());
                let problem = reference(Named::Persona, persona, known);
                self.warn(problem, format!("personas[{index}]"));
            }
        }
    }
}
