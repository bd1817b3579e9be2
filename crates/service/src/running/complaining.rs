//! What becomes of complaints: in the very commit that applies their event.

use engine::due_by;
use serde_json::Value;
use store::{Complaint, HeardBy, OutboxRow, TaskRow, TaskState};
use words::{CustomerId, EffectKey, Event, Experience, Language, Lesson, RunId};

use super::batch::Batch;
use super::replying::Place;
use crate::Result;
use crate::answering::{NO_RUN, Said};
use crate::complaining::{Own, Way, own_of, row, task_of};

impl Batch<'_> {
    /// A complaint gives staff a task and the customer word of it; what is told of one is noted at its task.
    pub(super) async fn complaining(&mut self, customer: CustomerId, event: &Event) -> Result<()> {
        if event.imported {
            return Ok(());
        }
        match event.name.as_str() {
            "complaint.made" => self.complaint(customer, event).await,
            "complaint.taken" => self.told(customer, event, |complaint, said| complaint.taken = uuid(said)).await,
            "complaint.rated" => {
                let felt = event.properties.get("after").and_then(Value::as_f64).and_then(Experience::new);
                self.told(customer, event, |complaint, _| complaint.after = felt.or(complaint.after)).await
            }
            "complaint.resolved" => self.resolved(customer, event).await,
            "message.sent" => self.acknowledged(customer, event).await,
            _ => Ok(()),
        }
    }

    async fn complaint(&mut self, customer: CustomerId, event: &Event) -> Result<()> {
        let said = Said::read(event);
        let way = said.as_ref().map_or_else(Way::any, |said| Way::back(&said.channel, &said.address));
        if let Some(task) = event.text("task") {
            let Some(task) = self.task_row(customer, &EffectKey::stored(task)).await? else { return Ok(()) };
            if task.complaint.is_some() || task.state != TaskState::Open {
                return Ok(());
            }
            let way = self.way_of(&task).await?.unwrap_or(way);
            return self.becomes(customer, event, task, way).await;
        }
        let Some(thread) = event.text("thread") else { return Ok(()) };
        let run: RunId = event.text("run").and_then(|run| run.parse().ok()).unwrap_or(NO_RUN);
        match self.place(customer, (run, &thread)).await? {
            Place::Open(task) if task.complaint.is_none() => self.becomes(customer, event, *task, way).await,
            // More was said about what is being looked at.
            Place::Open(_) | Place::Full => Ok(()),
            Place::Free(key) => {
                let task = self.new_task(customer, event, &thread, (run, key));
                if let Some(stepping) = self.stepping.get_mut(&customer) {
                    stepping.changing.task(task.clone());
                }
                self.becomes(customer, event, task, way).await
            }
        }
    }

    /// The task is one of a complaint from here on, and its customer hears of it.
    async fn becomes(&mut self, customer: CustomerId, event: &Event, task: TaskRow, way: Way) -> Result<()> {
        let organisation = &self.surroundings.organisation;
        let complaints = organisation.complaints.clone();
        let zone = self.zone_of(customer);
        let heard = event.text("heard").and_then(|heard| HeardBy::parse(&heard)).unwrap_or(HeardBy::Page);
        let said = event.properties.get("before").and_then(Value::as_f64).and_then(Experience::new);
        let before = match said {
            Some(felt) => Some(felt),
            None => self.felt(customer, &task).await?,
        };
        let text = event.text("text").unwrap_or_default();
        let complaint = Complaint { heard, text, before, acknowledged: None, taken: None, after: None };
        let task = TaskRow {
            team: complaints.team.or_else(|| organisation.replies.team.clone()).unwrap_or(task.team),
            title: title(organisation.language).to_owned(),
            due: due_by(complaints.within, self.now, &zone),
            complaint: Some(complaint),
            ..task
        };
        let told = complaints.acknowledge.then(|| row(&task, Own::Received, way, self.now));
        if let Some(stepping) = self.stepping.get_mut(&customer) {
            stepping.changing.retell(task);
        }
        match told {
            Some(told) => self.send_word(customer, told).await,
            None => Ok(()),
        }
    }

    async fn resolved(&mut self, customer: CustomerId, event: &Event) -> Result<()> {
        let Some(task) = event.text("task") else { return Ok(()) };
        let Some(task) = self.task_row(customer, &EffectKey::stored(task)).await? else { return Ok(()) };
        if task.complaint.is_none() {
            return Ok(());
        }
        let received = self.store.message(self.organisation(), &Own::Received.key(&task.key)).await?;
        let way = received.as_ref().map_or_else(Way::any, Way::of);
        self.send_word(customer, row(&task, Own::Resolved, way, self.now)).await
    }

    /// The customer knows that it came in.
    async fn acknowledged(&mut self, customer: CustomerId, event: &Event) -> Result<()> {
        let Some(key) = event.text("key").map(EffectKey::stored) else { return Ok(()) };
        let Some(task) = task_of(&key).filter(|task| Own::Received.key(task) == key) else { return Ok(()) };
        let time = event.time;
        self.change_complaint(customer, &task, |complaint| {
            complaint.acknowledged = complaint.acknowledged.or(Some(time));
        })
        .await
    }

    async fn told(
        &mut self,
        customer: CustomerId,
        event: &Event,
        change: impl FnOnce(&mut Complaint, &Event) + Send,
    ) -> Result<()> {
        let Some(task) = event.text("task") else { return Ok(()) };
        self.change_complaint(customer, &EffectKey::stored(task), |complaint| change(complaint, event)).await
    }

    async fn change_complaint(
        &mut self,
        customer: CustomerId,
        key: &EffectKey,
        change: impl FnOnce(&mut Complaint) + Send,
    ) -> Result<()> {
        let Some(mut task) = self.task_row(customer, key).await? else { return Ok(()) };
        let Some(complaint) = &mut task.complaint else { return Ok(()) };
        change(complaint);
        if let Some(stepping) = self.stepping.get_mut(&customer) {
            stepping.changing.retell(task);
        }
        Ok(())
    }

    /// A task of this customer as it will be when this batch is written.
    async fn task_row(&self, customer: CustomerId, key: &EffectKey) -> Result<Option<TaskRow>> {
        let here = self.stepping.get(&customer).and_then(|stepping| stepping.changing.task_row(key).cloned());
        let found = match here {
            Some(task) => Some(task),
            None => self.store.task(self.organisation(), key).await?,
        };
        Ok(found.filter(|task| self.follow(task.customer) == customer))
    }

    /// Back the way by which the thread of a task came.
    async fn way_of(&self, task: &TaskRow) -> Result<Option<Way>> {
        let thread = crate::answering::Conversation::of_task(self.store, task).await?;
        Ok(thread.and_then(|thread| {
            let last = thread.last_of_customer()?;
            Some(Way::back(&last.channel, &last.address))
        }))
    }

    /// What the customer last said of the touchpoint that a task is about, in its run.
    async fn felt(&self, customer: CustomerId, task: &TaskRow) -> Result<Option<Experience>> {
        if task.run == NO_RUN {
            return Ok(None);
        }
        let (contacts, learnt) = self.store.story_of(self.organisation(), customer).await?;
        let newest = contacts.iter().rfind(|one| one.run == task.run && one.touchpoint == task.touchpoint);
        Ok(newest.and_then(|contact| {
            let about = learnt.iter().filter(|l| l.run == contact.run && l.sequence == contact.sequence);
            let mut answered = about.filter_map(|learnt| match learnt.lesson {
                Lesson::Answered { score, .. } => Some(score),
                _ => None,
            });
            answered.next_back().or(contact.score)
        }))
    }

    /// A message of our own: decided as any other.
    async fn send_word(&mut self, customer: CustomerId, told: OutboxRow) -> Result<()> {
        debug_assert!(own_of(&told).is_some());
        if let Some(to) = told.send.facts["answer"]["to"].as_str() {
            let addresses = told.send.channels.iter().map(|channel| (channel.clone(), to.to_owned())).collect();
            self.look_at_suppression(customer, addresses).await?;
        }
        self.decide(customer, told, false);
        Ok(())
    }
}

fn uuid(event: &Event) -> Option<uuid::Uuid> {
    event.text("taken").and_then(|by| by.parse().ok())
}

fn title(language: Language) -> &'static str {
    language.pick("Los de klacht op", "Resolve the complaint")
}
