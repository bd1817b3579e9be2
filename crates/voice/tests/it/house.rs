//! Four journeys as the tests know them: what they declare and one real-looking customer of each.

use std::collections::{BTreeMap, BTreeSet};

use journey::{FactType, Facts, Voice};
use serde_json::{Value, json};
use voice::{Context, Declared, Message, sample};
use words::{Channel, FormOfAddress, Language, Name};

/// A journey with its messages.
pub(crate) struct Journey {
    pub(crate) name: &'static str,
    pub(crate) declared: Declared,
    pub(crate) facts: Value,
    pub(crate) customer: Name,
    pub(crate) organisation: &'static str,
}

pub(crate) fn journeys() -> Vec<Journey> {
    vec![repair(), library(), shop(), login()]
}

pub(crate) fn repair() -> Journey {
    Journey {
        name: "woning-reparatie",
        declared: declared(
            FormOfAddress::U,
            &[
                ("repair", &[("kind", FactType::Text), ("photo", FactType::Bool), ("complete", FactType::Number)]),
                (
                    "appointment",
                    &[
                        ("start", FactType::Time),
                        ("end", FactType::Time),
                        ("status", FactType::Text),
                        ("firm", FactType::Text),
                    ],
                ),
                ("visit", &[("outcome", FactType::Text), ("reason", FactType::Text), ("technician", FactType::Text)]),
                ("arrival", &[("start", FactType::Time), ("end", FactType::Time), ("shift_min", FactType::Number)]),
            ],
            &[],
        ),
        facts: json!({
            "repair": { "id": "R-1", "kind": "lekkende kraan" },
            "appointment": { "id": "A-1", "start": "2026-11-27T10:00:00+01:00", "end": "2026-11-27T12:00:00+01:00", "status": "booked" },
            "arrival": { "start": "2026-11-27T10:20:00+01:00", "end": "2026-11-27T10:40:00+01:00" },
        }),
        customer: name("Sanne", "de Vries", Some("mevrouw")),
        organisation: "Rijnoever Wonen",
    }
}

pub(crate) fn library() -> Journey {
    let text = FactType::Text;
    Journey {
        name: "bibliotheek-reserveren",
        declared: declared(
            FormOfAddress::Je,
            &[
                ("title", &[("name", text), ("genre", text), ("on_loan", FactType::Bool)]),
                (
                    "hold",
                    &[
                        ("title", text),
                        ("genre", text),
                        ("branch", text),
                        ("status", text),
                        ("expected", FactType::Date),
                        ("pickup_until", FactType::Date),
                    ],
                ),
            ],
            &["genre"],
        ),
        facts: json!({ "hold": {
            "id": "H-1", "title": "Heeft u nog *één* <b>uur</b>?", "genre": "spanning & avontuur", "branch": "Arnhem-Centrum",
            "status": "available", "expected": "2027-01-05", "pickup_until": "2026-12-04",
        } }),
        customer: name("ANNE-MARIE", "BOS", None),
        organisation: "Bibliotheek Rijnoever",
    }
}

fn shop() -> Journey {
    Journey {
        name: "winkel-webshop",
        declared: declared(
            FormOfAddress::Je,
            &[
                (
                    "order",
                    &[
                        ("status", FactType::Text),
                        ("expected", FactType::Date),
                        ("item", FactType::Text),
                        ("amount", FactType::Number),
                    ],
                ),
                ("parcel", &[("expected", FactType::Date), ("track", FactType::Text)]),
            ],
            &["offer"],
        ),
        facts: json!({ "order": { "id": "2026-0417", "item": "wollen deken", "expected": "2026-11-26", "amount": 49.95 } }),
        customer: name("J.P.", "van 't Hof", None),
        organisation: "De Wolwinkel",
    }
}

fn login() -> Journey {
    Journey {
        name: "hulp-bij-inloggen",
        declared: declared(
            FormOfAddress::Je,
            &[
                ("login", &[("failures", FactType::Number)]),
                ("conversation", &[("page", FactType::Text), ("status", FactType::Text)]),
            ],
            &["password", "help"],
        ),
        facts: json!({ "login": { "failures": 3 }, "conversation": { "id": "C-1", "page": "Mijn Bibliotheek" } }),
        customer: Name::default(),
        organisation: "Bibliotheek Rijnoever",
    }
}

fn name(first: &str, last: &str, salutation: Option<&str>) -> Name {
    Name { first: Some(first.into()), last: Some(last.into()), salutation: salutation.map(Into::into) }
}

type Objects<'a> = &'a [(&'a str, &'a [(&'a str, FactType)])];

fn declared(address: FormOfAddress, objects: Objects<'_>, links: &[&str]) -> Declared {
    let properties =
        |properties: &[(&str, FactType)]| properties.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
    let facts: Facts = objects.iter().map(|(object, named)| ((*object).to_owned(), properties(named))).collect();
    Declared {
        facts,
        examples: BTreeMap::new(),
        links: links.iter().map(|link| (*link).to_owned()).collect(),
        address,
        voice: Voice::default(),
        organisation: String::new(),
        channels: ["email", "sms", "whatsapp", "phone"].into_iter().map(Channel::new).collect(),
        asks: BTreeSet::new(),
    }
}

impl Journey {
    /// Every message by its name.
    pub(crate) fn messages(&self) -> BTreeMap<String, String> {
        let folder = format!("{}/tests/messages/{}", env!("CARGO_MANIFEST_DIR"), self.name);
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        files
            .map(|path| {
                let name = path.file_name().unwrap().to_str().unwrap().strip_suffix(".nl.md").unwrap().to_owned();
                (name, std::fs::read_to_string(path).unwrap())
            })
            .collect()
    }

    pub(crate) fn source(&self, name: &str) -> String {
        self.messages().remove(name).unwrap()
    }

    pub(crate) fn message(&self, name: &str) -> Message {
        Message::parse(&self.source(name), Language::Nl).unwrap()
    }

    /// A real-looking customer on 24 November 2026.
    pub(crate) fn context(&self) -> Context {
        let mut context = sample(&self.declared, Language::Nl);
        context.organisation = self.organisation.into();
        context.customer.name = self.customer.clone();
        context.facts = self.facts.clone();
        context.links = self
            .declared
            .all_links()
            .into_iter()
            .map(|link| (link.clone(), format!("https://rijnoever.nl/{link}/7kQ2")))
            .collect();
        context
    }
}

/// A message of one body, in Dutch.
pub(crate) fn body(body: &str) -> Message {
    Message::parse(&format!("---\nsubject: Proef\n---\n{body}\n"), Language::Nl).unwrap()
}
