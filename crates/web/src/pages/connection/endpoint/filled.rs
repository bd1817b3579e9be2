use std::collections::BTreeSet;

use serde::Serialize;
use service::telling::Kind;
use store::Endpoint;

use crate::{
    form::{self, Remarks},
    language::Text,
    session::Staff,
};

/// What a form says of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(super) struct Filled {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) kinds: Vec<String>,
}

impl Filled {
    pub(super) fn of(endpoint: &Endpoint) -> Self {
        let (name, address) = (endpoint.name.clone(), endpoint.address.clone());
        Self { name, address, kinds: endpoint.kinds.iter().cloned().collect() }
    }

    pub(super) fn posted(posted: Vec<(String, String)>) -> Self {
        let mut filled = Self::default();
        for (field, value) in posted {
            match field.as_str() {
                "name" => filled.name = value,
                "address" => filled.address = value.trim().to_owned(),
                "kind" => filled.kinds.push(value),
                _ => {}
            }
        }
        filled
    }

    /// Name, address and kinds; `None`: something is remarked.
    pub(super) fn read(&self, staff: &Staff, remarks: &mut Remarks) -> Option<(String, String, BTreeSet<String>)> {
        let name = form::line(&self.name, 100);
        remarks.expect(name.is_some(), "name", "endpoint-remark-name");
        if let Err(trouble) = staff.app.service.teller.check(&self.address) {
            remarks
                .add("address", Text::new("endpoint-remark-address").with("why", trouble.say(staff.speech.language)));
        }
        let kinds: BTreeSet<String> =
            self.kinds.iter().filter_map(|kind| Kind::parse(kind)).map(|kind| kind.as_str().to_owned()).collect();
        remarks.expect(!kinds.is_empty(), "kind", "endpoint-remark-kind");
        remarks.is_empty().then_some((name?, self.address.clone(), kinds))
    }
}
