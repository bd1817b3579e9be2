//! What happened to a customer, in time: contacts with what was learnt of them, what did not go and why, tasks, events.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use journey::Saying;
use serde::Serialize;
use service::answering::{By, Said, is_answer};
use service::complaining::own_of;
use store::{EventState, OutboxRow, SendState, StoredEvent, TaskRow, TaskState};
use words::{Contact, Ending, EventName, JourneyId, Lesson, RunId, Starter, Status, TouchpointId, Verdict};

use super::{
    Portrait,
    told::{CheckShown, checks, refusal, waits, withdrawn},
};
use crate::{
    format,
    language::{Speech, Text},
    pages::{message, naming},
};

/// Items of the story that a page shows; the oldest are left out first.
const ITEMS_MAX: usize = 250;

/// One day of the story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Day {
    date: Date,
    items: Vec<Item>,
}

/// One thing that happened, or did not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Item {
    pub(crate) time: Timestamp,
    /// `customer`, `we`, `task`, `dot` or `none` for what did not go.
    look: &'static str,
    icon: Option<&'static str>,
    what: String,
    why: Vec<String>,
    checks: Vec<CheckShown>,
    href: Option<String>,
}

impl Item {
    fn new(time: Timestamp, look: &'static str, what: String) -> Self {
        Self { time, look, icon: None, what, why: Vec::new(), checks: Vec::new(), href: None }
    }

    fn rank(&self) -> u8 {
        match self.look {
            "dot" => 0,
            "customer" => 1,
            "we" => 2,
            _ => 3,
        }
    }
}

/// The story by day, oldest first, and whether older items were left out.
pub(crate) fn story(portrait: &Portrait, speech: &Speech) -> (Vec<Day>, bool) {
    let telling = Telling { portrait, speech };
    let mut items = telling.items();
    // What came in goes before what it brought about.
    items.sort_by_key(|item| (item.time, item.rank()));
    let left_out = items.len() > ITEMS_MAX;
    items.drain(..items.len().saturating_sub(ITEMS_MAX));
    let mut days: Vec<Day> = Vec::new();
    for item in items {
        let date = speech.date_of(item.time);
        match days.last_mut() {
            Some(day) if day.date == date => day.items.push(item),
            _ => days.push(Day { date, items: vec![item] }),
        }
    }
    (days, left_out)
}

struct Telling<'a> {
    portrait: &'a Portrait,
    speech: &'a Speech,
}

impl Telling<'_> {
    fn items(&self) -> Vec<Item> {
        let portrait = self.portrait;
        let mut items: Vec<Item> = portrait.contacts.iter().map(|contact| self.contact(contact)).collect();
        items.extend(portrait.messages.iter().filter_map(|row| self.message(row)));
        items.extend(portrait.tasks.iter().flat_map(|row| self.task(row)));
        let recognised: BTreeSet<&str> = portrait.contacts.iter().map(|contact| contact.event.as_str()).collect();
        let told = |stored: &&StoredEvent| {
            !recognised.contains(stored.event.id.as_str())
                && (stored.event.name.object() != "message" || Said::read(&stored.event).is_some())
                && !matches!(stored.event.name.as_str(), "task.done")
        };
        items.extend(portrait.events.iter().filter(told).map(|stored| self.event(stored)));
        items.extend(portrait.runs.iter().filter_map(|seen| self.end(seen)));
        items
    }

    fn title(&self, run: RunId, journey: &JourneyId, touchpoint: &TouchpointId) -> String {
        let definition = self.portrait.run(run).map(super::RunSeen::definition);
        let live = || {
            let live = self.portrait.surroundings.live.iter().find(|live| live.row.id == *journey);
            live.map(|live| live.published.definition.as_ref())
        };
        let found = definition.or_else(live).and_then(|definition| definition.touchpoint(touchpoint));
        found.map_or_else(|| touchpoint.to_string(), |touchpoint| touchpoint.title.clone())
    }

    /// The words of the journey that this run goes through; general ones when it is gone.
    fn saying_in(&self, run: RunId) -> Saying<'_> {
        let seen = self.portrait.run(run);
        seen.map_or(Saying::general(self.speech.language), |seen| naming::saying(seen.definition(), self.speech))
    }

    /// The words of a journey that knows this event: of a run of this customer, else of any that is live.
    fn saying_of(&self, event: &EventName) -> Saying<'_> {
        let runs = self.portrait.runs.iter().map(super::RunSeen::definition);
        let live = self.portrait.surroundings.live.iter().map(|live| live.published.definition.as_ref());
        let mut knowing = runs.chain(live).filter(|definition| definition.events().contains(&event));
        knowing.next().map_or(Saying::general(self.speech.language), |found| naming::saying(found, self.speech))
    }

    fn contact(&self, contact: &Contact) -> Item {
        let seen = self.portrait.run(contact.run);
        let touchpoint = seen.and_then(|seen| seen.definition().touchpoint(&contact.touchpoint));
        let by_customer = touchpoint.is_some_and(|touchpoint| touchpoint.from == Starter::Customer);
        let look = if by_customer { "customer" } else { "we" };
        let what = self.title(contact.run, &contact.journey, &contact.touchpoint);
        let mut item = Item::new(contact.time, look, what);
        item.icon = contact.channel.as_ref().and_then(|channel| icon(channel.as_str()));
        item.why = self.particulars(contact);
        let said = self.portrait.events.iter().find(|stored| stored.event.id == contact.event);
        item.why.extend(said.and_then(|stored| Said::read(&stored.event)).map(|said| quoted(&said.text)));
        if contact.sequence == 1
            && let Some(seen) = seen
        {
            item.why.push(self.speech.say(&Text::new("story-begins").with("journey", seen.definition().title.clone())));
        }
        let sent = contact.event.as_str().strip_suffix(":message.sent");
        let row = sent.and_then(|key| self.portrait.messages.iter().find(|row| row.key.as_str() == key));
        if let Some(row) = row {
            item.href = Some(message::path(&row.key));
            item.checks =
                self.portrait.decision(&row.key).map(|decision| checks(decision, self.speech)).unwrap_or_default();
        }
        item
    }

    fn particulars(&self, contact: &Contact) -> Vec<String> {
        let speech = self.speech;
        let mut why = Vec::new();
        let channel = contact.channel.as_ref().map(|channel| naming::channel(speech, channel.as_str()));
        let saying = self.saying_in(contact.run);
        let said = |value: &Option<String>| value.as_deref().map(|value| saying.value(value));
        let (outcome, reason) = (said(&contact.outcome), said(&contact.reason));
        let parts = [channel, contact.staff.clone(), contact.place.clone(), outcome, reason];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if !parts.is_empty() {
            why.push(format!("{}.", naming::capital(&parts.join(", "))));
        }
        let about = self.portrait.learnt.iter().filter(|l| l.run == contact.run && l.sequence == contact.sequence);
        for learnt in about {
            let moment = self.moment(learnt.time);
            let text = match &learnt.lesson {
                Lesson::Delivered => Text::new("lesson-delivered").with("moment", moment),
                Lesson::Read => Text::new("lesson-read").with("moment", moment),
                Lesson::Answered { question, score } => Text::new("lesson-answered")
                    .with("question", saying.value(question))
                    .with("mark", format::number(speech.language, score.mark(), 0)),
                Lesson::Recommended { question, answer } => Text::new("lesson-recommended")
                    .with("question", saying.value(question))
                    .with("answer", f64::from(*answer)),
                Lesson::PromiseKept => Text::new("lesson-promise-kept"),
                Lesson::PromiseBroken => Text::new("lesson-promise-broken"),
                Lesson::PromiseReplaced => Text::new("lesson-promise-replaced"),
                Lesson::Overdue => Text::new("lesson-overdue"),
            };
            why.push(speech.say(&text));
        }
        why
    }

    /// What did not go, or waits; what went is a contact, a notice apart.
    fn message(&self, row: &OutboxRow) -> Option<Item> {
        // What no journey asks for makes no contact.
        let own = own_of(row).map(|own| message::own_title(own, self.speech));
        let notice = message::notice(row, &self.portrait.halts, self.speech).or(own);
        if let (SendState::Sent { time, .. }, Some(notice)) = (&row.state, &notice) {
            let mut item = Item::new(*time, "we", notice.clone());
            item.icon = row.channel.as_ref().and_then(|channel| icon(channel.as_str()));
            item.href = Some(message::path(&row.key));
            return Some(item);
        }
        let title = match notice {
            Some(notice) => notice,
            // What went is told by what staff wrote.
            None if is_answer(row) => self.speech.say(&Text::new("message-answer")),
            None => self.title(row.run, &row.journey, &row.touchpoint),
        };
        let decision = self.portrait.decision(&row.key);
        let time = decision.map_or(row.decided, |decision| decision.time);
        let (text, why) = match &row.state {
            SendState::Sent { .. } => return None,
            SendState::Held { until, why } => ("story-held", waits(*why, *until, self.speech)),
            SendState::Ready | SendState::Sending { .. } | SendState::Printed { .. } => ("story-ready", String::new()),
            SendState::Refused { reason } => ("story-not-sent", refusal(*reason, self.speech)),
            SendState::Failed { reason } => ("story-failed", reason.clone()),
            SendState::Unknown { reason } => ("story-unknown", reason.clone()),
            SendState::Withdrawn { reason } => ("story-withdrawn", withdrawn(reason, self.speech)),
        };
        let mut item = Item::new(time, "none", self.speech.say(&Text::new(text).with("title", title)));
        item.why = Some(why).filter(|why| !why.is_empty()).into_iter().collect();
        item.checks = decision.map(|decision| checks(decision, self.speech)).unwrap_or_default();
        if let Some(Verdict::Send { .. }) = decision.map(|decision| &decision.verdict) {
            item.icon = row.channel.as_ref().and_then(|channel| icon(channel.as_str()));
        }
        item.href = Some(message::path(&row.key));
        Some(item)
    }

    fn task(&self, row: &TaskRow) -> Vec<Item> {
        let speech = self.speech;
        let made = Text::new("story-task").with("team", row.team.clone()).with("title", row.title.clone());
        let mut item = Item::new(row.made, "task", speech.say(&made));
        if let Some(due) = row.due {
            item.why.push(speech.say(&Text::new("story-task-due").with("moment", self.moment(due))));
        }
        match &row.state {
            TaskState::Open => vec![item],
            TaskState::Withdrawn { reason } => {
                item.look = "none";
                item.why.push(withdrawn(reason, self.speech));
                vec![item]
            }
            TaskState::Done { time, channel, note, .. } => {
                let done = speech.say(&Text::new("story-task-done").with("title", row.title.clone()));
                let mut after = Item::new(*time, "task", done);
                after.icon = Some("check");
                after.why.extend(
                    channel.as_ref().map(|c| format!("{}.", naming::capital(&naming::channel(speech, c.as_str())))),
                );
                after.why.extend(Some(note.clone()).filter(|note| !note.is_empty()));
                vec![item, after]
            }
        }
    }

    /// What was written back and forth.
    fn said(&self, said: &Said) -> Item {
        let (look, text, name) = match &said.by {
            By::Customer => ("customer", "story-replied", said.name.as_ref().unwrap_or(&said.address)),
            By::Machine => ("none", "story-auto-replied", &said.address),
            By::Staff(name) => ("we", "story-we-answered", name),
        };
        let mut item = Item::new(said.time, look, self.speech.say(&Text::new(text).with("name", name.clone())));
        item.icon = icon(said.channel.as_str());
        item.why.push(quoted(&said.text));
        item
    }

    fn event(&self, stored: &StoredEvent) -> Item {
        let speech = self.speech;
        let event = &stored.event;
        if let Some(said) = Said::read(event) {
            let mut item = self.said(&said);
            if event.name.as_str() == "complaint.made" {
                item.what = self.speech.say(&Text::new("story-complained"));
            }
            return item;
        }
        let what = match event.name.as_str() {
            "complaint.made" => speech.say(&Text::new("story-complained")),
            "complaint.taken" => speech.say(&Text::new("story-complaint-taken")),
            "complaint.resolved" => speech.say(&Text::new("story-complaint-resolved")),
            "complaint.rated" => speech.say(&Text::new("story-complaint-rated")),
            "customer.identified" => speech.say(&Text::new("story-identified")),
            "answer.given" => speech.say(&Text::new("story-answered")),
            _ => naming::capital(&self.saying_of(&event.name).event(&event.name)),
        };
        let mut item = Item::new(event.time, "dot", what);
        item.why.push(speech.say(&Text::new("story-source").with("source", event.source.clone())));
        item.why.extend(event.text("text").map(|text| format!("“{text}”")));
        match &stored.state {
            EventState::New => item.why.push(speech.say(&Text::new("story-event-new"))),
            EventState::Waiting { object, until } => {
                let waits = Text::new("story-event-waits")
                    .with("object", self.saying_of(&event.name).object(object))
                    .with("moment", self.moment(*until));
                item.why.push(speech.say(&waits));
            }
            EventState::Quarantined { reason, detail } => {
                item.why.push(service::quarantine_text(reason, detail, speech.language));
            }
            EventState::Applied | EventState::Discarded => {}
        }
        item
    }

    fn end(&self, seen: &super::RunSeen) -> Option<Item> {
        let Status::Ended { ending, exit, .. } = &seen.run().status else { return None };
        let text = Text::new(match ending {
            Ending::Done => "story-ended-done",
            Ending::Left => "story-ended-left",
            Ending::Stopped => "story-ended-stopped",
        });
        let what = self.speech.say(&text.with("journey", seen.definition().title.clone()));
        let mut item = Item::new(exit.time, "dot", what);
        let saying = self.saying_in(seen.run().id);
        item.why.extend(exit.reason.as_deref().map(|reason| format!("{}.", naming::capital(&saying.value(reason)))));
        Some(item)
    }

    fn moment(&self, moment: Timestamp) -> String {
        format::moment(self.speech.language, moment, &self.speech.zone, self.speech.now)
    }
}

/// What somebody wrote, as far as one line of the story holds it.
fn quoted(text: &str) -> String {
    const CHARS_MAX: usize = 280;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(CHARS_MAX).collect();
    if cut.len() < line.len() { format!("“{cut}…”") } else { format!("“{cut}”") }
}

/// The icon of a channel, where there is one.
pub(crate) fn icon(channel: &str) -> Option<&'static str> {
    match channel {
        "phone" => Some("phone"),
        "email" | "sms" | "whatsapp" | "post" | "card" => Some("mail"),
        "visit" | "desk" => Some("calendar"),
        _ => None,
    }
}
