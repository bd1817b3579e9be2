use words::Performer;

use super::coming;
use crate::finding::{Finding, Severity};
use crate::folder::Folder;
use crate::model::{Definition, Touchpoint};
use crate::problem::Gate;
use crate::read;
use crate::yaml::{self, Lines};

/// What publishing still needs, each with the field it is about, as lines of a to-do list. Whether the messages render and
/// keep the voice is for `voice` to say; here they must exist. A sketch may be drawn and rehearsed without any of this.
pub fn gate(definition: &Definition, folder: &Folder) -> Vec<Finding> {
    let mut needs = Vec::new();
    of_journey(definition, &mut needs);
    for touchpoint in &definition.touchpoints {
        of_touchpoint(touchpoint, definition, folder, &mut needs);
    }
    needs.extend(coming::never(definition));
    let text = folder.get(Folder::DEFINITION).unwrap_or_default();
    let lines = Lines::of(text);
    let (root, _) = yaml::read(text, &lines);
    needs
        .into_iter()
        .map(|(problem, field)| {
            let (line, column) = match &root {
                Some(root) => lines.position(read::locate(root, &field).start),
                None => (0, 0),
            };
            Finding {
                file: Folder::DEFINITION.to_owned(),
                line,
                column,
                field,
                severity: Severity::Gate,
                problem: problem.into(),
            }
        })
        .collect()
}

type Need = (Gate, String);

fn of_journey(definition: &Definition, needs: &mut Vec<Need>) {
    let mut need = |missing: bool, gate: Gate, field: &str| {
        if missing {
            needs.push((gate, field.to_owned()));
        }
    };
    need(definition.title.is_empty(), Gate::Title, "title");
    need(definition.owner.is_none(), Gate::Owner, "owner");
    need(definition.starts.is_empty(), Gate::Start, "starts");
    need(definition.ends.is_empty(), Gate::End, "ends");
    need(definition.goal.is_none(), Gate::Goal, "goal");
    let stranded = definition.touchpoints.iter().any(|t| is_automatic(t) && definition.human_at(t).is_none());
    need(stranded, Gate::Human, "human");
    need(definition.phases.is_empty(), Gate::Phases, "phases");
    need(definition.touchpoints.is_empty(), Gate::Touchpoints, "touchpoints");
}

fn of_touchpoint(touchpoint: &Touchpoint, definition: &Definition, folder: &Folder, needs: &mut Vec<Need>) {
    let title = || touchpoint.title.clone();
    let field = |key: &str| format!("touchpoints.{}.{key}", touchpoint.id);
    if touchpoint.channels.is_empty() {
        needs.push((Gate::Channel(title()), field("channel")));
    }
    if touchpoint.need.is_none() {
        needs.push((Gate::Need(title()), field("need")));
    }
    let classed = touchpoint.send.is_some() || !touchpoint.ask.is_empty();
    if classed && touchpoint.class.is_none() {
        needs.push((Gate::Class(title()), field("class")));
    }
    let send = touchpoint.send.iter().map(|name| (name, "send"));
    let variants = touchpoint.variants.iter().map(|name| (name, "variants"));
    for (name, key) in send.chain(variants) {
        let text = folder.message(name, definition.language);
        let missing = text.is_none_or(|text| text.trim().is_empty());
        let gate = Gate::Message { name: name.clone(), language: definition.language };
        if missing && !needs.iter().any(|(other, _)| *other == gate) {
            needs.push((gate, field(key)));
        }
    }
}

/// Whether nobody of ours is there when it happens.
fn is_automatic(touchpoint: &Touchpoint) -> bool {
    matches!(touchpoint.by, Some(Performer::Automatic | Performer::Bot)) || touchpoint.sends()
}
