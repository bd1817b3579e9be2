//! In whose name an organisation writes to a customer: its own, or that of one for whom it works. A property of the journey says
//! whose; what nobody here is called so goes in the organisation's own name.

use std::collections::BTreeMap;

use jiff::Timestamp;
use journey::{Definition, Organisation};
use serde_json::Value;
use store::{Face, Store};
use voice::Brand;
use words::{OrganisationId, PrincipalId};

use crate::Result;

/// A logo in a mail, at most so wide and high, in pixels.
const LOGO_SHOWN: (u32, u32) = (280, 64);

/// What customers see of everybody in whose name an organisation writes.
#[derive(Clone, Debug)]
pub struct Faces {
    organisation: OrganisationId,
    own: Face,
    others: BTreeMap<PrincipalId, Face>,
}

/// What the data of a message says of whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Nothing is said of it, or the organisation itself.
    Own,
    /// That of one for whom it works.
    Principal(PrincipalId),
    /// A name that nobody here has; it goes in the organisation's own.
    Unknown(String),
}

impl Whose {
    /// In whose name it goes.
    pub fn id(&self) -> PrincipalId {
        match self {
            Self::Principal(id) => id.clone(),
            Self::Own | Self::Unknown(_) => PrincipalId::own(),
        }
    }
}

impl Faces {
    /// Only the organisation, of which nothing more is known than its name.
    pub fn plain(id: &OrganisationId, organisation: &Organisation) -> Self {
        let own = Face { name: organisation.name.clone(), ..Face::default() };
        Self { organisation: id.clone(), own, others: BTreeMap::new() }
    }

    /// Reads them.
    pub async fn load(store: &dyn Store, id: &OrganisationId, organisation: &Organisation) -> Result<Self> {
        let mut faces = Self::plain(id, organisation);
        for principal in store.principals(id).await? {
            if principal.id.is_own() {
                // Its name is that of the organisation, wherever it is said.
                faces.own = Face { name: organisation.name.clone(), ..principal.face };
            } else {
                faces.others.insert(principal.id, principal.face);
            }
        }
        Ok(faces)
    }

    /// What customers see of one; of one that is not there any more, the organisation itself.
    pub fn of(&self, id: &PrincipalId) -> &Face {
        self.others.get(id).unwrap_or(&self.own)
    }

    /// Those for whom the organisation works.
    pub fn others(&self) -> impl Iterator<Item = (&PrincipalId, &Face)> {
        self.others.iter()
    }

    /// Whom a name of another system's data means.
    pub fn named(&self, said: &str) -> Whose {
        let is = |name: &str| !said.trim().is_empty() && name.trim().to_lowercase() == said.trim().to_lowercase();
        let calls = |face: &Face| is(&face.name) || face.known_as.iter().any(|name| is(name));
        let found = self.others.iter().find(|(id, face)| is(id.as_str()) || calls(face));
        match found {
            Some((id, _)) => Whose::Principal(id.clone()),
            None if said.trim().is_empty() || calls(&self.own) => Whose::Own,
            None => Whose::Unknown(said.trim().to_owned()),
        }
    }

    /// In whose name a message with these facts goes.
    pub fn whose(&self, definition: Option<&Definition>, facts: &Value) -> Whose {
        let Some(key) = definition.and_then(|definition| definition.principal.as_ref()) else { return Whose::Own };
        match &facts[&key.object][&key.property] {
            Value::String(said) => self.named(said),
            Value::Number(said) => self.named(&said.to_string()),
            _ => Whose::Own,
        }
    }

    /// Where the links in its messages lead: its own host, else ours.
    pub fn base(&self, id: &PrincipalId, ours: &str) -> String {
        match &self.of(id).host {
            Some(host) => format!("https://{host}"),
            None => ours.trim_end_matches('/').to_owned(),
        }
    }

    /// Where its logo is seen. The address is the same for everybody, so that nobody can tell who opened a mail.
    pub fn logo_address(&self, id: &PrincipalId, ours: &str) -> Option<String> {
        let logo = self.of(id).logo.as_ref()?;
        Some(format!("{}/logo/{}/{}.{}", self.base(id, ours), self.organisation, logo.hash, logo.kind))
    }

    /// How its mails look.
    pub fn brand(&self, id: &PrincipalId, ours: &str) -> Brand {
        let face = self.of(id);
        let shown = |logo: &store::Logo| {
            let (width, height) = (f64::from(logo.width.max(1)), f64::from(logo.height.max(1)));
            let scale = (f64::from(LOGO_SHOWN.0) / width).min(f64::from(LOGO_SHOWN.1) / height).min(1.0);
            ((width * scale).round().max(1.0) as u32, (height * scale).round().max(1.0) as u32)
        };
        let logo = face.logo.as_ref().zip(self.logo_address(id, ours)).map(|(logo, address)| {
            let (width, height) = shown(logo);
            (address, width, height)
        });
        Brand { logo, accent: face.accent.clone() }
    }
}

/// In whose name the page of a link speaks, as the link keeps it.
pub fn of_link(link: &store::Link) -> PrincipalId {
    PrincipalId::new(link.subject["principal"].as_str().unwrap_or_default())
}

/// What of a property is not known, over the newest messages: each name with how often it came.
pub async fn unknown_names(
    store: &dyn Store,
    catalog: &crate::Catalog,
    id: &OrganisationId,
    since: Timestamp,
) -> Result<Vec<(String, u64)>> {
    let Some(organisation) = catalog.organisation(id).await? else { return Ok(Vec::new()) };
    let faces = Faces::load(store, id, &organisation).await?;
    let live = catalog.live(id).await?;
    let has_key = |live: &&crate::Live| live.published.definition.principal.is_some();
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for live in live.iter().filter(has_key) {
        let filter = store::OutboxFilter { journey: Some(live.row.id.clone()), ..store::OutboxFilter::default() };
        for row in store.messages(id, &filter, store::Paging::first(LOOKED_AT)).await?.rows {
            if row.decided < since {
                continue;
            }
            if let Whose::Unknown(said) = faces.whose(Some(&live.published.definition), &row.send.facts) {
                *counts.entry(said).or_default() += 1;
            }
        }
    }
    Ok(counts.into_iter().collect())
}

/// Messages of a journey that are looked through.
const LOOKED_AT: u32 = 500;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faces() -> Faces {
        let own = Face { name: "Vakwerk".into(), ..Face::default() };
        let other = Face {
            name: "Woonstede".into(),
            known_as: vec!["WS-01".into()],
            host: Some("klant.woonstede.example".into()),
            logo: Some(store::Logo { hash: "ab".into(), kind: "png".into(), width: 1_120, height: 128 }),
            ..Face::default()
        };
        let others = [(PrincipalId::new("woonstede"), other)].into();
        Faces { organisation: OrganisationId::new("vakwerk"), own, others }
    }

    #[test]
    fn a_principal_is_known_by_its_id_its_name_and_what_data_calls_it() {
        let faces = faces();
        for said in ["woonstede", " Woonstede ", "ws-01"] {
            assert_eq!(faces.named(said), Whose::Principal("woonstede".into()), "{said}");
        }
        assert_eq!(faces.named("VAKWERK"), Whose::Own);
        assert_eq!(faces.named(" "), Whose::Own);
        assert_eq!(faces.named("Wonstede"), Whose::Unknown("Wonstede".into()));
        assert_eq!(Whose::Unknown("x".into()).id(), PrincipalId::own());
    }

    #[test]
    fn what_a_journey_names_says_whose_a_message_is() {
        let text = "journey: a\ntitle: A\nprincipal: repair.for\nfacts: { repair: { kind: text } }\n";
        let mut folder = journey::Folder::default();
        folder.put("journey.yaml", text.to_owned());
        let definition = journey::parse(&folder, &Organisation::named("x")).definition.expect("it reads");
        assert_eq!(definition.facts["repair"].len(), 2, "what the key names is a fact");
        let whose = |facts| faces().whose(Some(&definition), &facts);
        assert_eq!(whose(json!({ "repair": { "for": "WS-01" } })), Whose::Principal("woonstede".into()));
        assert_eq!(whose(json!({ "repair": { "for": "?" } })), Whose::Unknown("?".into()));
        assert_eq!(whose(json!({ "repair": {} })), Whose::Own);
        assert_eq!(faces().whose(None, &json!({})), Whose::Own);
    }

    #[test]
    fn links_and_logo_stand_at_the_host_of_the_principal_without_a_customer_in_them() {
        let faces = faces();
        let (own, other) = (PrincipalId::own(), PrincipalId::new("woonstede"));
        assert_eq!(faces.base(&own, "https://k.example/"), "https://k.example");
        assert_eq!(faces.base(&other, "https://k.example"), "https://klant.woonstede.example");
        let brand = faces.brand(&other, "https://k.example");
        let address = "https://klant.woonstede.example/logo/vakwerk/ab.png".to_owned();
        assert_eq!(brand.logo, Some((address, 280, 32)));
        assert_eq!(faces.brand(&own, "https://k.example").logo, None);
        assert_eq!(faces.of(&PrincipalId::new("gone")).name, "Vakwerk");
    }
}
