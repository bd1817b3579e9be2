//! What becomes of what customers write back, and of what staff answer: in the very commit that applies it.

use engine::due_by;
use journey::Replies;
use store::{TaskRow, TaskState};
use words::{Customer, CustomerId, EffectKey, Event, JourneyId, Language, PrincipalId, RunId, TouchpointId};

use super::batch::Batch;
use crate::Result;
use crate::answering::{self, By, NO_RUN, Said};

/// Tasks of one thread, one after another, at most; more make no new one.
const TASKS_MAX: u32 = 500;

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
        let run: RunId = event.text("run").and_then(|run| run.parse().ok()).unwrap_or(NO_RUN);
        // What comes too often counts as one thread of its hour.
        let hour = event.received.as_second().div_euclid(3_600).to_string();
        let thread = if said.excess { format!("{}:{hour}", said.address) } else { said.thread.clone() };
        let Some(key) = self.free_key(customer, (run, &thread), said.excess).await? else { return Ok(()) };
        let row = self.task_of(customer, event, said, (run, key));
        if let Some(stepping) = self.stepping.get_mut(&customer) {
            stepping.changing.task(row);
        }
        Ok(())
    }

    /// The key of a new task of a thread; `None` while one stands open, and for what comes too often also when one was done.
    async fn free_key(
        &self,
        customer: CustomerId,
        (run, thread): (RunId, &str),
        is_excess: bool,
    ) -> Result<Option<EffectKey>> {
        let name: String = words::digest(&[thread])[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        for number in 1..=TASKS_MAX {
            let key = EffectKey::stored(format!("{run}:0:reply:{name}:{number}"));
            let is_new = self.stepping.get(&customer).is_some_and(|stepping| stepping.changing.has_task(&key));
            if is_new {
                return Ok(None);
            }
            match self.store.task(self.organisation(), &key).await? {
                Some(task) if task.state == TaskState::Open => return Ok(None),
                Some(_) if is_excess => return Ok(None),
                Some(_) => {}
                None => return Ok(Some(key)),
            }
        }
        Ok(None)
    }

    fn task_of(&self, customer: CustomerId, event: &Event, said: &Said, (run, key): (RunId, EffectKey)) -> TaskRow {
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
        let language = organisation.language;
        let usual = || language.pick("klantcontact", "customer contact").to_owned();
        let known = self.stepping.get(&customer).map(|stepping| &stepping.traveller.profile.customer);
        let nobody = Customer::unknown(customer);
        let zone = self.world.setting.zone(known.unwrap_or(&nobody));
        TaskRow {
            key,
            organisation: self.organisation().clone(),
            customer,
            run,
            journey,
            touchpoint,
            team: named.or(team.clone()).or(human).or(organisation.teams.first().cloned()).unwrap_or_else(usual),
            title: title(said, language),
            due: due_by(*within, self.now, &zone),
            script: None,
            facts: serde_json::json!({}),
            object: Some(answering::task_object(&said.thread)),
            made: self.now,
            state: TaskState::Open,
        }
    }

    async fn answer(&mut self, customer: CustomerId, event: &Event, said: &Said) -> Result<()> {
        let Some(row) = answering::outbox_row(self.organisation(), customer, event, self.now) else { return Ok(()) };
        let address = (said.channel.clone(), said.address.clone());
        let suppressed = self.store.suppressed(self.organisation(), &[address]).await?;
        if let Some(stepping) = self.stepping.get_mut(&customer) {
            stepping.suppressed.extend(suppressed.into_iter().map(|one| (one.channel, one.address)));
        }
        self.decide(customer, row, false);
        Ok(())
    }
}

fn title(said: &Said, language: Language) -> String {
    if said.excess {
        let (nl, en) = (
            "Kijk wat hier gebeurt: dit adres schrijft steeds opnieuw",
            "See what happens here: this address writes again and again",
        );
        return language.pick(nl, en).to_owned();
    }
    let lead = language.pick("Beantwoord het bericht", "Answer the message");
    match said.subject.as_deref().filter(|subject| !subject.is_empty()) {
        Some(subject) => format!("{lead} “{}”", subject.chars().take(120).collect::<String>()),
        None => lead.to_owned(),
    }
}
