use jiff::Timestamp;
use serde_json::{Value, json};
use store::{Accepted, EventRef, HeardBy, NewEvent};
use words::{
    Channel, Customer, Event, EventName, Experience, JourneyId, OrganisationId, Properties, RunId, TouchpointId,
    derived_id,
};

use crate::Result;
use crate::answering::{Answering, By, NO_RUN, Said, cut, limits, normal};

/// What makes a reply a complaint.
#[derive(Clone, Debug, PartialEq)]
pub struct Grievance {
    /// How it came in.
    pub heard: HeardBy,
    /// How the customer felt, when that was said.
    pub before: Option<Experience>,
    /// What it is about, when that is something else than the message that is answered.
    pub about: Option<TouchpointId>,
}

impl Grievance {
    /// What its event says beside the reply.
    pub(crate) fn properties(&self) -> impl Iterator<Item = (String, Value)> + use<> {
        let said = [
            ("heard", Some(json!(self.heard.as_str()))),
            ("before", self.before.map(|felt| json!(felt.value()))),
            ("touchpoint", self.about.as_ref().map(|about| json!(about))),
        ];
        said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)))
    }
}

/// A complaint that a member of staff heard and wrote down.
#[derive(Clone, Debug, PartialEq)]
pub struct Noted {
    /// To which organisation.
    pub organisation: OrganisationId,
    /// At a desk or by telephone.
    pub heard: HeardBy,
    /// What the customer said.
    pub text: String,
    /// How the customer felt, when that was asked.
    pub before: Option<Experience>,
    /// What it is about.
    pub about: Option<(RunId, JourneyId, TouchpointId)>,
    /// Who wrote it down.
    pub staff: String,
    /// Makes it the same when the form is sent again.
    pub nonce: String,
}

impl Answering {
    /// Keeps a complaint that staff noted; to be applied with [`crate::Service::applied`]. `None`: it was kept before.
    pub async fn noted(&self, noted: &Noted, customer: &Customer, now: Timestamp) -> Result<Option<EventRef>> {
        let name = derived_id(&[&noted.nonce, &customer.id.to_string()]);
        let thread = format!("noted:{}", name.simple());
        let text = cut(&noted.text, limits::TEXT_CHARS_MAX);
        // What is answered goes to where the customer is reached in writing.
        let written = [Channel::email(), Channel::new("whatsapp"), Channel::new("sms")];
        let reached = written.into_iter().find_map(|channel| Some((channel.clone(), customer.reached_by(&channel)?)));
        let mut properties = Properties::from([("thread".into(), json!(thread)), ("text".into(), json!(text))]);
        if let Some((channel, address)) = reached {
            let address = normal(&channel, &address);
            let said = Said {
                by: By::Customer,
                time: now,
                thread,
                channel,
                address,
                name: None,
                subject: None,
                text,
                reference: None,
                excess: false,
            };
            properties = said.properties();
        }
        let grievance = Grievance { heard: noted.heard, before: noted.before, about: None };
        properties.extend(grievance.properties());
        let (run, journey, touchpoint) =
            noted.about.clone().unwrap_or((NO_RUN, JourneyId::new(""), TouchpointId::new("")));
        let about = [("run", json!(run)), ("journey", json!(journey)), ("touchpoint", json!(touchpoint))];
        properties.extend(about.map(|(name, value)| (name.to_owned(), value)));
        properties.insert("by".into(), json!(noted.staff));
        let event = EventName::parse("complaint.made").expect("a reserved name");
        let event = Event::ours(format!("complaint:{name}"), now, event, properties);
        let new = NewEvent::about(noted.organisation.clone(), customer.id, event);
        let reference = new.reference();
        let accepted = self.store.accept(vec![new]).await?;
        Ok(matches!(accepted.first(), Some(Accepted::New)).then_some(reference))
    }
}
