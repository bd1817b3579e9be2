//! What becomes of what customers write back, and of what staff answer: in the very commit that applies it.

use engine::due_by;
use jiff::tz::TimeZone;
use journey::Replies;
use store::{TaskRow, TaskState};
use words::{Channel, Customer, CustomerId, EffectKey, Event, JourneyId, Language, PrincipalId, RunId, TouchpointId};

use super::batch::Batch;
use crate::Result;
use crate::answering::{self, By, NO_RUN, Said, Wrong};

/// Tasks of one thread, one after another, at most; more make no new one.
const TASKS_MAX: u32 = 500;

/// Where the next task of a thread goes.
pub(super) enum Place {
    /// It is a new one.
    Free(EffectKey),
    /// One stands open: what comes joins it.
    Open(Box<TaskRow>),
    /// It had as many as there may be.
    Full,
}

impl Batch<'_> {
    /// A reply gives staff a task, an answer is sent; other events are none of this.
    pub(super) async fn answering(&mut self, customer: CustomerId, event: &Event) -> Result<()> {
        let Some(said) = Said::read(event).filter(|_| !event.imported) else { return Ok(()) };
        match said.by {
            By::Customer => self.reply(customer, event, &said).await,
            By::Machine => Ok(()),
            By::Staff(_) => self.answer(customer, event, &said).await,
        }
    }

    async fn reply(&mut self, customer: CustomerId, event: &Event, said: &Said) -> Result<()> {
        if event.name.as_str() == "complaint.made" {
            return Ok(());
        }
        let run: RunId = event.text("run").and_then(|run| run.parse().ok()).unwrap_or(NO_RUN);
        // What comes too often counts as one thread of its hour.
        let hour = event.received.as_second().div_euclid(3_600).to_string();
        let thread = if said.excess { format!("{}:{hour}", said.address) } else { said.thread.clone() };
        let Place::Free(key) = self.place(customer, (run, &thread)).await? else { return Ok(()) };
        if said.excess && !key.as_str().ends_with(":1") {
            // That of this hour was done.
            return Ok(());
        }
        let wrong = event.text("wrong").as_deref().and_then(Wrong::parse);
        let title = title(said, wrong, self.surroundings.organisation.language);
        let row = TaskRow { title, ..self.new_task(customer, event, &said.thread, (run, key)) };
        if let Some(stepping) = self.stepping.get_mut(&customer) {
            stepping.changing.task(row);
        }
        Ok(())
    }

    /// Where the next task of a thread goes.
    pub(super) async fn place(&self, customer: CustomerId, (run, thread): (RunId, &str)) -> Result<Place> {
        let name: String = words::digest(&[thread])[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        for number in 1..=TASKS_MAX {
            let key = EffectKey::stored(format!("{run}:0:reply:{name}:{number}"));
            let new = self.stepping.get(&customer).and_then(|stepping| stepping.changing.task_row(&key));
            if let Some(new) = new {
                return Ok(Place::Open(Box::new(new.clone())));
            }
            match self.store.task(self.organisation(), &key).await? {
                Some(task) if task.state == TaskState::Open => return Ok(Place::Open(Box::new(task))),
                Some(_) => {}
                None => return Ok(Place::Free(key)),
            }
        }
        Ok(Place::Full)
    }

    /// A task about a thread, as one that answers it.
    pub(super) fn new_task(
        &self,
        customer: CustomerId,
        event: &Event,
        thread: &str,
        (run, key): (RunId, EffectKey),
    ) -> TaskRow {
        let organisation = &self.surroundings.organisation;
        let Replies { team, within } = &organisation.replies;
        let journey = JourneyId::new(event.text("journey").unwrap_or_default());
        let touchpoint = TouchpointId::new(event.text("touchpoint").unwrap_or_default());
        let human = self.world.journey(&journey).and_then(|definition| {
            let at = definition.touchpoint(&touchpoint).and_then(|touchpoint| definition.human_at(touchpoint));
            at.or(definition.human.as_ref()).map(|human| human.team.clone())
        });
        let principal = event.text("principal").map(PrincipalId::new);
        let named = principal.and_then(|id| self.surroundings.faces.of(&id).team.clone());
        let usual = || organisation.language.pick("klantcontact", "customer contact").to_owned();
        TaskRow {
            key,
            organisation: self.organisation().clone(),
            customer,
            run,
            journey,
            touchpoint,
            team: named.or(team.clone()).or(human).or(organisation.teams.first().cloned()).unwrap_or_else(usual),
            title: String::new(),
            due: due_by(*within, self.now, &self.zone_of(customer)),
            script: None,
            facts: serde_json::json!({}),
            object: Some(answering::task_object(thread)),
            made: self.now,
            complaint: None,
            state: TaskState::Open,
        }
    }

    pub(super) fn zone_of(&self, customer: CustomerId) -> TimeZone {
        let known = self.stepping.get(&customer).map(|stepping| &stepping.traveller.profile.customer);
        let nobody = Customer::unknown(customer);
        self.world.setting.zone(known.unwrap_or(&nobody))
    }

    async fn answer(&mut self, customer: CustomerId, event: &Event, said: &Said) -> Result<()> {
        let Some(row) = answering::outbox_row(self.organisation(), customer, event, self.now) else { return Ok(()) };
        self.look_at_suppression(customer, vec![(said.channel.clone(), said.address.clone())]).await?;
        self.decide(customer, row, false);
        Ok(())
    }

    /// Which of these addresses are suppressed, beside those that the customer is known by.
    pub(super) async fn look_at_suppression(
        &mut self,
        customer: CustomerId,
        addresses: Vec<(Channel, String)>,
    ) -> Result<()> {
        let suppressed = self.store.suppressed(self.organisation(), &addresses).await?;
        if let Some(stepping) = self.stepping.get_mut(&customer) {
            stepping.suppressed.extend(suppressed.into_iter().map(|one| (one.channel, one.address)));
        }
        Ok(())
    }
}

fn title(said: &Said, wrong: Option<Wrong>, language: Language) -> String {
    if said.excess {
        let (nl, en) = (
            "Kijk wat hier gebeurt: dit adres schrijft steeds opnieuw",
            "See what happens here: this address writes again and again",
        );
        return language.pick(nl, en).to_owned();
    }
    match wrong {
        Some(Wrong::NotMe) => {
            let (nl, en) = (
                "Zoek uit wat het goede adres is: een bericht was niet voor wie het kreeg",
                "Find out the right address: a message was not for who got it",
            );
            return language.pick(nl, en).to_owned();
        }
        Some(Wrong::Moved) => {
            return language.pick("Werk het adres bij: verhuisd", "Bring the address up to date: moved").to_owned();
        }
        None => {}
    }
    let lead = language.pick("Beantwoord het bericht", "Answer the message");
    match said.subject.as_deref().filter(|subject| !subject.is_empty()) {
        Some(subject) => format!("{lead} “{}”", subject.chars().take(120).collect::<String>()),
        None => lead.to_owned(),
    }
}
