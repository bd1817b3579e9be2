use serde_json::json;
use store::{NewEvent, OutboxRow, Rendered, SendState, Store};
use words::{
    Channel, Class, CustomerId, EffectKey, Event, EventName, JourneyId, OrganisationId, PrincipalId, Quiet, RunId,
    SendEffect, TouchpointId, Waits,
};

use super::conversation::Conversation;
use super::reply::{cut, limits};
use super::said::{By, Said};
use super::whose::digest;
use crate::{Result, complaining};

/// What leads the name of a thread where a message names its touchpoint.
const LEAD: &str = "answer:";

/// What a member of staff answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// To whom.
    pub customer: CustomerId,
    /// In the run of the task that is answered, or [`super::NO_RUN`].
    pub run: RunId,
    /// Who answers.
    pub staff: String,
    /// What.
    pub text: String,
    /// Makes it the same answer when the form is sent again.
    pub nonce: String,
}

impl Answer {
    /// The event by which it goes; `None` when the customer wrote nothing in this thread that can be answered.
    pub fn event(&self, thread: &Conversation, now: jiff::Timestamp) -> Option<NewEvent> {
        let last = thread.last_of_customer()?;
        let said = Said {
            by: By::Staff(cut(&self.staff, limits::SUBJECT_CHARS_MAX)),
            time: now,
            thread: last.thread.clone(),
            channel: last.channel.clone(),
            address: last.address.clone(),
            name: None,
            subject: (last.channel == Channel::email()).then(|| re(last.subject.as_deref().unwrap_or_default())),
            text: cut(&self.text, limits::TEXT_CHARS_MAX),
            reference: None,
            excess: false,
        };
        let mut properties = said.properties();
        properties.insert("run".into(), json!(self.run));
        if let Some(reference) = &last.reference {
            properties.insert("in_reply_to".into(), json!(reference));
            properties.insert("references".into(), json!(thread.references()));
        }
        let began = thread.began.as_ref().filter(|row| !row.principal.is_own());
        if let Some(row) = began {
            properties.insert("principal".into(), json!(row.principal));
        }
        let id = format!("answer:{}:{}", digest(&[&last.thread]), cut(&self.nonce, 60));
        let name = EventName::parse(said.event_name()).expect("a reserved name");
        let event = Event::ours(id, now, name, properties);
        Some(NewEvent::about(self.organisation.clone(), self.customer, event))
    }
}

/// `Re: ` before a subject, once.
fn re(subject: &str) -> String {
    let bare = subject.trim();
    let is_answer = bare.get(..3).is_some_and(|lead| lead.eq_ignore_ascii_case("re:"));
    let subject = if is_answer { bare.to_owned() } else { format!("Re: {bare}") };
    cut(&subject, limits::SUBJECT_CHARS_MAX)
}

/// The message that carries an answer. It belongs to no journey, so that none that stands still keeps it back.
pub(crate) fn outbox_row(
    organisation: &OrganisationId,
    customer: CustomerId,
    event: &Event,
    now: jiff::Timestamp,
) -> Option<OutboxRow> {
    let said = Said::read(event).filter(|said| matches!(said.by, By::Staff(_)))?;
    let run: RunId = event.text("run").and_then(|run| run.parse().ok()).unwrap_or(super::NO_RUN);
    let told = json!({ "thread": said.thread, "to": said.address, "in_reply_to": event.text("in_reply_to"),
                       "references": event.text("references") });
    Some(OutboxRow {
        key: EffectKey::stored(format!("{run}:0:{}", event.id)),
        organisation: organisation.clone(),
        customer,
        run,
        journey: JourneyId::new(""),
        touchpoint: TouchpointId::new(format!("{LEAD}{}", digest(&[&said.thread]))),
        decided: now,
        send: SendEffect {
            message: String::new(),
            class: Class::Service,
            channels: vec![said.channel.clone()],
            urgent: true,
            quiet: Quiet::Hold,
            attention: None,
            behind: false,
            until: None,
            ask: Vec::new(),
            facts: json!({ "answer": told }),
        },
        state: SendState::Held { until: now, why: Waits::Anew },
        channel: Some(said.channel),
        to: None,
        principal: PrincipalId::new(event.text("principal").unwrap_or_default()),
        tried: Vec::new(),
        attempts: 0,
        next_attempt: None,
        last_error: None,
        doubt: None,
        rendered: Some(Rendered {
            subject: said.subject,
            text: said.text,
            html: None,
            unsubscribe: None,
            template: None,
            letter: None,
        }),
    })
}

fn told<'a>(row: &'a OutboxRow, name: &str) -> Option<&'a str> {
    let leads = [LEAD, complaining::LEAD];
    let is_told = leads.into_iter().any(|lead| row.touchpoint.as_str().starts_with(lead));
    is_told.then(|| row.send.facts["answer"][name].as_str())?
}

/// The address that an answer of staff, or word of a complaint, goes back to; `None`: the message is none, or goes to wherever
/// the customer is reached.
pub(crate) fn answer_to(row: &OutboxRow) -> Option<&str> {
    told(row, "to")
}

/// Whether a message is what a member of staff answered.
pub fn is_answer(row: &OutboxRow) -> bool {
    row.touchpoint.as_str().starts_with(LEAD) && answer_to(row).is_some()
}

/// The thread that an answer of staff goes in.
pub(super) fn answered_thread(row: &OutboxRow) -> Option<&str> {
    told(row, "thread")
}

/// The message that began the thread of this one.
pub(super) async fn begun_by(store: &dyn Store, row: OutboxRow) -> Result<OutboxRow> {
    let Some(thread) = answered_thread(&row) else { return Ok(row) };
    let began = store.message(&row.organisation, &EffectKey::stored(thread)).await?;
    Ok(began.unwrap_or(row))
}

/// What the answer follows on, by which a mail program shows it in its thread: the newest, and all.
pub(crate) fn follows(row: &OutboxRow) -> [Option<&str>; 2] {
    [told(row, "in_reply_to"), told(row, "references")]
}

#[cfg(test)]
mod tests {
    use super::re;

    #[test]
    fn an_answer_says_once_that_it_is_one() {
        assert_eq!(
            ["Uw afspraak", "RE: uw afspraak", " re: x"].map(re),
            ["Re: Uw afspraak", "RE: uw afspraak", "re: x"]
        );
        assert_eq!(re(""), "Re:");
    }
}
