use journey::Definition;
use words::TouchpointId;

use super::{Behaviour, Fault, Problem};

impl Behaviour {
    /// Whether it fits the journey that it lies with: what it names exists, and what customers are asked about has a score.
    pub fn check(&self, definition: &Definition) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.journey != definition.id {
            faults.push(Fault::new("journey", Problem::OtherJourney(definition.id.to_string())));
        }
        let known = |id: &TouchpointId| definition.touchpoints.iter().any(|touchpoint| touchpoint.id == *id);
        let mut names = |field: &str, id: &TouchpointId| {
            if !known(id) {
                faults.push(Fault::new(format!("{field}.{id}"), Problem::NoTouchpoint(id.to_string())));
            }
        };
        for heading in self.then.keys().filter(|heading| !heading.contains('.')) {
            names("then", &TouchpointId::new(heading.as_str()));
        }
        self.answers.keys().for_each(|id| names("answers", id));
        self.scores.keys().for_each(|id| names("scores", id));
        for (index, shift) in self.shifts.iter().enumerate() {
            shift.touchpoints.iter().for_each(|id| names(&format!("shifts[{index}]"), id));
        }
        let teams: Vec<&str> =
            definition.touchpoints.iter().filter_map(|t| t.task.as_ref()).map(|task| task.team.as_str()).collect();
        for name in self.staff.keys().filter(|name| !teams.contains(&name.as_str())) {
            names("staff", &TouchpointId::new(name.as_str()));
        }
        let asked = definition.touchpoints.iter().filter(|touchpoint| self.answers.contains_key(&touchpoint.id));
        for about in asked.flat_map(|touchpoint| &touchpoint.ask).flat_map(|ask| &ask.about) {
            if !self.scores.contains_key(about) {
                faults.push(Fault::new("scores", Problem::NoScore(about.to_string())));
            }
        }
        faults
    }
}
