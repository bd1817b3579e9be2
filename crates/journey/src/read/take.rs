use std::collections::BTreeMap;

use words::{Band, FormOfAddress, JourneyId, Language, PhaseId, TouchpointId, Value, VersionHash};

use super::values::{Misread, Stated, Taking, fact_path, flag, names, parsed, span, text, texts};
use super::{Path, touchpoint};
use crate::model::{
    Again, Definition, Examples, FactPath, FactType, Facts, Funnel, Key, Names, Order, Organisation, Phase, Span,
};
use crate::problem::Rule;
use crate::yaml::{Core, Node};

/// What taking over gave.
pub(crate) struct Taken {
    /// `None` only when the file does not even say its name.
    pub(crate) definition: Option<Definition>,
    /// Mistakes that showed on the way.
    pub(crate) misread: Vec<Misread>,
    /// Every condition.
    pub(crate) stated: Vec<Stated>,
}

/// Takes over what a file says.
pub(crate) fn take(root: &Node, organisation: &Organisation, hash: VersionHash) -> Taken {
    let mut facts = facts(root);
    let principal = principal(root, organisation, &mut facts);
    let mut taking = Taking { facts: &facts, misread: Vec::new(), stated: Vec::new() };
    let definition = definition(root, (organisation, principal), hash, &mut taking);
    Taken { definition, misread: taking.misread, stated: taking.stated }
}

/// What says in whose name messages go: the journey's own property, else the organisation's where the journey knows its object. It
/// is a fact of the journey, declared or not.
fn principal(root: &Node, organisation: &Organisation, facts: &mut Facts) -> Option<Key> {
    let own = parsed(root, "principal", fact_path).map(Key::from);
    let knows = |key: &&Key| {
        let is_key = parsed(root, "run_per", fact_path).is_some_and(|path| path.object == key.object);
        is_key || facts.contains_key(&key.object) || texts(root, "parts").contains(&key.object)
    };
    let key = own.or_else(|| organisation.principal.as_ref().filter(knows).cloned())?;
    facts.entry(key.object.clone()).or_default().entry(key.property.clone()).or_insert(FactType::Text);
    Some(key)
}

fn definition(
    root: &Node,
    (organisation, principal): (&Organisation, Option<Key>),
    hash: VersionHash,
    taking: &mut Taking<'_>,
) -> Option<Definition> {
    let id = JourneyId::new(text(root, "journey")?);
    let path = &Path::Root;
    Some(Definition {
        title: text(root, "title").unwrap_or_default(),
        language: parsed(root, "language", Language::from_tag).unwrap_or(organisation.language),
        owner: text(root, "owner"),
        personas: texts(root, "personas"),
        address: parsed(root, "address", FormOfAddress::parse).or_else(|| {
            let personas = texts(root, "personas");
            personas.iter().find_map(|id| organisation.persona(id))?.voice.address
        }),
        run_per: parsed(root, "run_per", fact_path).map(Key::from),
        principal,
        again: parsed(root, "again", again).unwrap_or(match root.get("run_per") {
            Some(_) => Again::ByKey,
            None => Again::AfterEnd,
        }),
        parts: texts(root, "parts"),
        starts: taking.events(root, "starts", path),
        ends: items(root, "ends", |item, path| taking.end(item, path)),
        goal: taking.goal(root, path),
        human: touchpoint::human(root),
        facts: taking.facts.clone(),
        examples: examples(root, taking),
        names: called(root),
        pin: flag(root, "pin"),
        phases: items(root, "phases", |item, _| phase(item)),
        touchpoints: items(root, "touchpoints", |item, path| taking.touchpoint(item, path)),
        funnels: items(root, "funnels", |item, _| funnel(item)),
        hash,
        id,
    })
}

fn items<T>(root: &Node, key: &str, mut take: impl FnMut(&Node, &Path<'_>) -> Option<T>) -> Vec<T> {
    let items = root.get(key).map(Node::items).unwrap_or_default();
    let path = Path::Key(&Path::Root, key);
    items.iter().enumerate().filter_map(|(index, item)| take(item, &path.item(items, index))).collect()
}

fn facts(root: &Node) -> Facts {
    let objects = root.get("facts").map(Node::entries).unwrap_or_default();
    objects
        .iter()
        .map(|object| {
            let properties: BTreeMap<_, _> = object
                .value
                .entries()
                .iter()
                .filter_map(|property| {
                    let kind = property.value.get("type").unwrap_or(&property.value);
                    let kind = FactType::parse(kind.text()?)?;
                    Some((property.key.clone(), kind))
                })
                .collect();
            (object.key.clone(), properties)
        })
        .collect()
}

/// The declared examples; one that is not of its fact's type is told.
fn examples(root: &Node, taking: &mut Taking<'_>) -> Examples {
    let mut examples = Examples::new();
    for object in root.get("facts").map(Node::entries).unwrap_or_default() {
        for property in object.value.entries() {
            let Some(said) = property.value.get("example") else { continue };
            let path = FactPath { object: object.key.clone(), property: property.key.clone() };
            let kind = taking.facts.get(&path.object).and_then(|all| all.get(&path.property)).copied();
            match (kind, said.core()) {
                (None, _) | (_, None | Some(Core::Null)) => {}
                (Some(kind), Some(core)) => match example(kind, core, said) {
                    Some(value) => {
                        examples.insert(path, value);
                    }
                    None => taking.misread.push((Rule::Example(kind).into(), format!("facts.{path}.example"))),
                },
            }
        }
    }
    examples
}

fn example(kind: FactType, core: Core<'_>, said: &Node) -> Option<Value> {
    match (kind, core) {
        (FactType::Text, _) => said.text().map(|text| Value::from(text.trim())),
        (FactType::Number, Core::Number(number)) => Some(crate::example::number(number)),
        (FactType::Bool, Core::Bool(yes)) => Some(Value::from(yes)),
        _ => None,
    }
}

fn called(root: &Node) -> Names {
    let names = root.get("names").map(Node::entries).unwrap_or_default();
    names.iter().filter_map(|name| Some((name.key.clone(), name.value.text()?.trim().to_owned()))).collect()
}

fn phase(item: &Node) -> Option<Phase> {
    let id = PhaseId::new(text(item, "id")?);
    Some(Phase {
        title: text(item, "title").unwrap_or_else(|| id.to_string()),
        band: parsed(item, "band", Band::parse).unwrap_or(Band::During),
        id,
    })
}

fn funnel(item: &Node) -> Option<Funnel> {
    Some(Funnel {
        id: text(item, "id")?,
        title: text(item, "title"),
        steps: names(item, "steps", TouchpointId::new),
        within: span(item, "within"),
        order: parsed(item, "order", order).unwrap_or(Order::Loose),
    })
}

fn order(text: &str) -> Option<Order> {
    match text {
        "loose" => Some(Order::Loose),
        "strict" => Some(Order::Strict),
        "any" => Some(Order::Any),
        _ => None,
    }
}

fn again(text: &str) -> Option<Again> {
    match text {
        "never" => Some(Again::Never),
        "after_end" => Some(Again::AfterEnd),
        _ => Span::parse(text).map(Again::After),
    }
}
