//! The order of phases and of the moments in them, as edits.

use journey::{Definition, Edit, Phase, Touchpoint, Written};

/// Up or down.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

impl Way {
    /// As the buttons of the table say it.
    pub(super) fn button(self) -> &'static str {
        match self {
            Self::Up => "omhoog",
            Self::Down => "omlaag",
        }
    }
}

/// One place up or down; past the first or last of a phase into the next phase.
pub(super) fn shift_moment(definition: &Definition, id: &str, way: Way) -> Vec<Edit> {
    let all = &definition.touchpoints;
    let Some(own) = all.iter().find(|touchpoint| touchpoint.id.as_str() == id) else { return Vec::new() };
    let inside: Vec<&Touchpoint> = all.iter().filter(|other| other.phase == own.phase).collect();
    let place = inside.iter().position(|other| other.id == own.id).unwrap_or(0);
    let to = match way {
        Way::Up => place.checked_sub(1),
        Way::Down => Some(place + 1).filter(|to| *to < inside.len()),
    };
    match (to, way) {
        (Some(to), Way::Down) => vec![moved("touchpoints", id, Some(inside[to].id.as_str()))],
        (Some(to), Way::Up) => vec![moved("touchpoints", id, before(all, inside[to].id.as_str(), id))],
        (None, way) => to_other_phase(definition, own, way),
    }
}

/// The item that stands in front of another, the moving one left out.
fn before<'a>(all: &'a [Touchpoint], of: &str, moving: &str) -> Option<&'a str> {
    let ids: Vec<&str> = all.iter().map(|touchpoint| touchpoint.id.as_str()).filter(|id| *id != moving).collect();
    let place = ids.iter().position(|id| *id == of)?;
    place.checked_sub(1).map(|before| ids[before])
}

fn to_other_phase(definition: &Definition, own: &Touchpoint, way: Way) -> Vec<Edit> {
    let place = definition.phases.iter().position(|phase| phase.id == own.phase);
    let to = match (place, way) {
        (Some(place), Way::Up) => place.checked_sub(1),
        (Some(place), Way::Down) => Some(place + 1),
        (None, _) => Some(0),
    };
    let Some(phase) = to.and_then(|to| definition.phases.get(to)) else { return Vec::new() };
    let id = own.id.as_str();
    let mut edits = vec![Edit::set(format!("touchpoints.{id}.phase"), phase.id.as_str())];
    let inside = || definition.touchpoints.iter().filter(|other| other.phase == phase.id);
    match way {
        Way::Up => edits.extend(inside().next_back().map(|last| moved("touchpoints", id, Some(last.id.as_str())))),
        Way::Down => {
            if let Some(first) = inside().next() {
                edits.push(moved("touchpoints", id, before(&definition.touchpoints, first.id.as_str(), id)));
            }
        }
    }
    edits
}

/// A new moment at the end of a phase.
pub(super) fn add_moment(definition: &Definition, phase: &str, value: Written) -> Edit {
    let last = last_of(definition, phase);
    Edit::Add { list: "touchpoints".to_owned(), after: last, value }
}

/// The last moment of a phase, or of the nearest phase before it that has any.
fn last_of(definition: &Definition, phase: &str) -> Option<String> {
    let place = definition.phases.iter().position(|other| other.id.as_str() == phase)?;
    let phases = definition.phases[..=place].iter().rev();
    let mut last = phases.map(|phase| definition.touchpoints.iter().rfind(|one| one.phase == phase.id));
    last.find_map(|found| found.map(|found| found.id.to_string()))
}

pub(super) fn shift_phase(definition: &Definition, id: &str, way: Way) -> Vec<Edit> {
    let ids: Vec<&str> = definition.phases.iter().map(|phase| phase.id.as_str()).collect();
    let Some(place) = ids.iter().position(|other| *other == id) else { return Vec::new() };
    match way {
        Way::Up if place > 0 => vec![moved("phases", id, place.checked_sub(2).map(|before| ids[before]))],
        Way::Down if place + 1 < ids.len() => vec![moved("phases", id, Some(ids[place + 1]))],
        _ => Vec::new(),
    }
}

/// A new phase at the end, in the part of the whole that the last one belongs to.
pub(super) fn add_phase(definition: &Definition, id: &str, title: &str) -> Edit {
    let band = definition.phases.last().map_or("before", |phase: &Phase| phase.band.as_str());
    let value = Written::map([("id", Some(id.into())), ("title", Some(title.into())), ("band", Some(band.into()))]);
    Edit::Add { list: "phases".to_owned(), after: None, value }
}

fn moved(list: &str, id: &str, after: Option<&str>) -> Edit {
    Edit::Move { list: list.to_owned(), id: id.to_owned(), after: after.map(str::to_owned) }
}

#[cfg(test)]
mod tests {
    use journey::{Folder, Organisation};

    use super::*;

    const TEXT: &str = "journey: x\nphases:\n  - { id: a, title: A, band: before }\n  - { id: b, title: B, band: during }\n  - { id: c, title: C, band: after }\ntouchpoints:\n  - { id: een, phase: a, title: Een, category: interaction }\n  - { id: los, phase: b, title: Los, category: interaction }\n  - { id: twee, phase: a, title: Twee, category: interaction }\n";

    fn read(text: &str) -> Definition {
        journey::parse(&Folder::of_definition(text), &Organisation::named("x")).definition.unwrap()
    }

    fn after(edits: &[Edit]) -> Vec<(String, String)> {
        let text = edits.iter().fold(TEXT.to_owned(), |text, edit| journey::patch(&text, edit).unwrap());
        read(&text).touchpoints.iter().map(|one| (one.phase.to_string(), one.id.to_string())).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(phase, id)| ((*phase).to_owned(), (*id).to_owned())).collect()
    }

    #[test]
    fn a_moment_moves_among_those_of_its_phase() {
        let up = shift_moment(&read(TEXT), "twee", Way::Up);
        assert_eq!(after(&up), pairs(&[("a", "twee"), ("a", "een"), ("b", "los")]));
        let down = shift_moment(&read(TEXT), "een", Way::Down);
        assert_eq!(after(&down), pairs(&[("b", "los"), ("a", "twee"), ("a", "een")]));
    }

    #[test]
    fn past_the_last_it_goes_to_the_next_phase() {
        let down = shift_moment(&read(TEXT), "twee", Way::Down);
        assert_eq!(after(&down), pairs(&[("a", "een"), ("b", "twee"), ("b", "los")]));
        let up = shift_moment(&read(TEXT), "los", Way::Up);
        assert_eq!(after(&up), pairs(&[("a", "een"), ("a", "twee"), ("a", "los")]));
        assert_eq!(shift_moment(&read(TEXT), "een", Way::Up), [], "there is nothing before the first");
        let empty = shift_moment(&read(TEXT), "los", Way::Down);
        assert_eq!(after(&empty), pairs(&[("a", "een"), ("c", "los"), ("a", "twee")]));
    }
}
