//! What holds for every life, whatever the draws.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use sim::Life;
use store::SendState;
use words::{EffectKey, RunId, Verdict};

use crate::support::{JOURNEYS, at, life, lives, scene, staged};

const FROM: &str = "2026-09-01T08:30:00Z";
const UNTIL: &str = "2026-11-30T09:00:00Z";

#[test]
fn the_same_seed_lives_the_same_life() {
    let scene = scene();
    for id in JOURNEYS {
        let once = lives(&scene, id, 1..30, FROM, UNTIL);
        // Alone, or after others: it does not matter.
        for number in [29, 3] {
            let again = life(&scene, id, number, FROM, UNTIL);
            let first = &once[number as usize - 1];
            assert_eq!((&again.change, &again.events), (&first.change, &first.events), "{id} {number}");
        }
        assert_ne!(once[0].change.customer, once[1].change.customer);
    }
}

#[test]
fn every_life_keeps_the_rules_of_the_house() {
    let scene = scene();
    for id in JOURNEYS {
        let mut keys = BTreeSet::new();
        let mut names = BTreeSet::new();
        for life in lives(&scene, id, 1..=80, FROM, UNTIL) {
            no_effect_twice(&life, &mut keys);
            for new in &life.events {
                assert!(names.insert((new.event.source.clone(), new.event.id.clone())), "{id}: {:?} twice", new.event);
                assert!(new.event.received <= at(UNTIL));
            }
            contacts_in_order(&life);
            nothing_left_behind(&life);
            quiet_at_night(&life, &scene);
            asked_once_a_month(&life);
            let waits = life.change.outcomes.iter().filter(|o| o.state != store::EventState::Applied).count();
            assert_eq!((waits, life.events.len()), (0, life.change.outcomes.len()), "every event was taken in");
            let unmade = life
                .change
                .outbox
                .iter()
                .filter(|row| matches!(row.state, SendState::Refused { reason: words::Refusal::Unrenderable }));
            assert_eq!(unmade.count(), 0, "every message can be made");
        }
    }
}

fn no_effect_twice(life: &Life, keys: &mut BTreeSet<EffectKey>) {
    let messages = life.change.outbox.iter().map(|row| &row.key);
    for key in messages.chain(life.change.tasks.iter().map(|row| &row.key)) {
        assert!(keys.insert(key.clone()), "{key} twice");
    }
}

fn contacts_in_order(life: &Life) {
    let mut sequences: BTreeMap<RunId, u32> = BTreeMap::new();
    let mut recorded = Timestamp::MIN;
    for contact in &life.change.contacts {
        let last = sequences.entry(contact.run).or_default();
        assert_eq!(contact.sequence, *last + 1);
        *last = contact.sequence;
        assert!(contact.recorded >= recorded);
        recorded = contact.recorded;
    }
}

fn nothing_left_behind(life: &Life) {
    for run in &life.change.runs {
        assert!(run.run.due.is_none_or(|due| due > at(UNTIL)), "{:?}", run.run);
        let state: engine::State = serde_json::from_slice(&run.state).unwrap();
        assert_eq!(state.run, run.run);
    }
    for row in &life.change.outbox {
        match row.state {
            SendState::Held { until, .. } => assert!(until > at(UNTIL)),
            SendState::Sent { .. } | SendState::Refused { .. } | SendState::Withdrawn { .. } => {}
            ref other => panic!("{other:?}"),
        }
    }
    assert!(
        life.under_way || life.change.runs.iter().all(|run| run.run.due.is_none() || life.traveller.due().is_some())
    );
}

fn quiet_at_night(life: &Life, scene: &sim::Scene) {
    let quiet = scene.surroundings.organisation.quiet_hours.unwrap();
    let zone = TimeZone::get("Europe/Amsterdam").unwrap();
    for row in life.change.outbox.iter().filter(|row| !row.send.urgent) {
        if let SendState::Sent { time, .. } = row.state {
            let local = time.to_zoned(zone.clone()).time();
            assert!((quiet.until..quiet.from).contains(&local), "{} at {local}", row.touchpoint);
        }
    }
}

fn asked_once_a_month(life: &Life) {
    let mut asked: BTreeMap<_, Timestamp> = BTreeMap::new();
    let mut sent: Vec<_> = life.change.outbox.iter().filter(|row| !row.send.ask.is_empty()).collect();
    sent.sort_by_key(|row| row.decided);
    for row in sent {
        let SendState::Sent { time, .. } = row.state else { continue };
        if let Some(last) = asked.insert((&row.journey, &row.touchpoint), time) {
            assert!(time.duration_since(last) >= SignedDuration::from_hours(29 * 24 + 23));
        }
    }
}

#[test]
fn shares_come_out_as_the_behaviour_says() {
    let scene = scene();
    let all = 1_500;
    let lives = lives(&scene, "bibliotheek-reserveren", 1..=all, FROM, UNTIL);
    let had = |name: &str| {
        let with = lives.iter().filter(|life| life.events.iter().any(|new| new.event.name.as_str() == name));
        with.count() as f64
    };
    let placed = had("hold.placed");
    assert!((placed / f64::from(all) - 0.52).abs() < 0.04, "{placed}");
    assert!((had("hold.delayed") / placed - 0.18).abs() < 0.04);
    let available = had("hold.available") / placed;
    assert!((0.84..0.97).contains(&available), "{available}: .78 + .18 * .88, less those who chose something else");
    let answered = had("answer.given") / had("hold.collected");
    assert!((answered - 0.27).abs() < 0.06, "{answered}");
    let consents = lives.iter().filter(|life| life.traveller.profile.customer.consents_to("leestips")).count() as f64;
    assert!((consents / f64::from(all) - 0.35).abs() < 0.04, "{consents}");
}

#[test]
fn an_appointment_that_moves_takes_the_visit_along() {
    let scene = scene();
    let moved = lives(&scene, "woning-reparatie", 1..=120, FROM, UNTIL).into_iter().filter_map(|life| {
        let time =
            |name: &str| life.events.iter().find(|new| new.event.name.as_str() == name).map(|new| new.event.clone());
        Some((time("appointment.moved")?, time("arrival.predicted")?))
    });
    let mut count = 0;
    for (moved, predicted) in moved {
        let start: Timestamp = moved.text("start").unwrap().parse().unwrap();
        let same = moved.text("id") == predicted.text("appointment_id");
        if same && moved.time < predicted.time {
            count += 1;
            assert_eq!(predicted.time, start - SignedDuration::from_mins(30));
        }
    }
    assert!(count >= 5, "{count}");
}

#[test]
fn a_nameless_visitor_gets_a_name_with_the_order() {
    let scene = scene();
    let lives = lives(&scene, "winkel-webshop", 1..=150, FROM, UNTIL);
    let of = |life: &Life, name: &str| life.events.iter().position(|new| new.event.name.as_str() == name);
    let ordered: Vec<&Life> = lives.iter().filter(|life| of(life, "order.placed").is_some()).collect();
    assert!(ordered.len() > 8, "{}", ordered.len());
    for life in ordered {
        assert!(of(life, "ad.clicked") < of(life, "customer.identified"));
        assert!(of(life, "customer.identified") < of(life, "order.placed"));
        assert_eq!(life.change.aliases.len(), 2, "one anonymous, one of the shop");
    }
    let nameless = lives.iter().find(|life| of(life, "customer.identified").is_none()).unwrap();
    assert_eq!(nameless.change.profile.as_ref().unwrap().email, None);
}

#[test]
fn somebody_with_a_second_order_has_a_second_run() {
    let scene = scene();
    let mut lives = (1..).map(|number| life(&scene, "winkel-webshop", number, FROM, "2027-01-15T09:00:00Z"));
    let twice = lives.find(|life| life.traveller.runs.len() == 2).unwrap();
    let keys: BTreeSet<_> = twice.traveller.runs.iter().map(|run| run.run.key.clone()).collect();
    assert_eq!(keys.len(), 2);
}

#[test]
fn one_story_of_each_journey() {
    let scene = scene();
    for (id, length) in JOURNEYS.into_iter().zip([9, 8, 10, 12]) {
        let story = (1..).map(|number| life(&scene, id, number, FROM, UNTIL)).find(|life| {
            life.change.contacts.len() >= length
                && life.change.contacts.iter().any(|c| c.event.as_str().contains("message.sent"))
        });
        insta::assert_snapshot!(format!("story_{id}"), told(&story.unwrap(), staged(&scene, id)));
    }
}

fn told(life: &Life, staged: &sim::Staged) -> String {
    let zone = TimeZone::get("Europe/Amsterdam").unwrap();
    let customer = &life.traveller.profile.customer;
    let mut lines = Vec::new();
    for new in &life.events {
        let properties = serde_json::to_string(&new.event.properties).unwrap();
        let shown = if new.event.name.object() == "message" { String::new() } else { format!(" {properties}") };
        lines.push((new.event.time, 0, format!("event {} ({}){shown}", new.event.name, new.event.source)));
    }
    for contact in &life.change.contacts {
        let channel = contact.channel.as_ref().map(ToString::to_string).unwrap_or_default();
        lines.push((contact.time, 1, format!("contact {} {} ({channel})", contact.sequence, contact.touchpoint)));
    }
    for learnt in &life.change.learnt {
        let what = serde_json::to_string(&learnt.lesson).unwrap();
        lines.push((learnt.time, 2, format!("learnt of {}: {what}", learnt.sequence)));
    }
    for decision in life.change.decisions.iter().filter(|d| !matches!(d.verdict, Verdict::Send { .. })) {
        lines.push((decision.time, 3, format!("decision {}", serde_json::to_string(&decision.verdict).unwrap())));
    }
    for task in &life.change.tasks {
        lines.push((task.made, 4, format!("task for {}: {}", task.team, task.title)));
    }
    lines.sort_by_key(|(time, order, _)| (*time, *order));
    let name =
        format!("{} {}", customer.name.first.as_deref().unwrap_or("?"), customer.name.last.as_deref().unwrap_or("?"));
    let mut text = format!("{name} in {}\n", staged.definition().title);
    for (time, _, line) in lines {
        let local = time.to_zoned(zone.clone());
        text.push_str(&format!("{}  {line}\n", local.strftime("%a %-d %b %H:%M:%S")));
    }
    for run in &life.traveller.runs {
        text.push_str(&format!("run {:?}: {:?}, goal {}\n", run.run.key, run.run.status, run.run.goal.is_some()));
    }
    text
}

#[test]
fn staff_do_their_tasks_in_time_but_for_a_few() {
    let scene = scene();
    let (mut done, mut late, mut old) = (0, 0, 0);
    for id in JOURNEYS {
        for life in lives(&scene, id, 1..=200, FROM, UNTIL) {
            for task in &life.change.tasks {
                assert!(task.due.is_none_or(|due| due >= task.made), "{id}: {} is late at birth", task.title);
                let change = &life.change;
                let closed = change.closed_tasks.iter().find(|(key, _)| *key == task.key).map(|(_, time)| *time);
                if change.withdrawn.iter().any(|withdrawn| withdrawn.key == task.key) {
                    continue;
                }
                let until = closed.unwrap_or(at(UNTIL));
                done += 1;
                let Some(since) = task.late_since(until) else { continue };
                late += 1;
                let hours = until.duration_since(since).as_hours();
                assert!(hours < 72, "{id}: {} is {hours} hours late", task.title);
                old += i32::from(hours > 30);
            }
        }
    }
    assert!(done > 100, "{done}");
    assert!(late > 0 && late * 5 < done && old * 20 < done, "{late} of {done} late, {old} by more than a day");
}

#[test]
fn providers_tell_what_arrived_and_what_was_read() {
    let scene = scene();
    let mut of: BTreeMap<String, [u32; 3]> = BTreeMap::new();
    for id in JOURNEYS {
        for life in lives(&scene, id, 1..=60, FROM, UNTIL) {
            let learnt = |contact: &words::Contact, lesson: &words::Lesson| {
                let about =
                    life.change.learnt.iter().filter(|l| (l.run, l.sequence) == (contact.run, contact.sequence));
                about.filter(|learnt| learnt.lesson == *lesson).map(|learnt| learnt.time).collect::<Vec<_>>()
            };
            for contact in life.change.contacts.iter().filter(|c| c.event.as_str().ends_with(":message.sent")) {
                let (delivered, read) =
                    (learnt(contact, &words::Lesson::Delivered), learnt(contact, &words::Lesson::Read));
                assert!(delivered.len() <= 1 && read.len() <= 1, "each once");
                assert!(
                    read.iter().all(|read| delivered.iter().any(|delivered| delivered <= read)),
                    "arrived, then read"
                );
                assert!(delivered.iter().all(|delivered| *delivered >= contact.time));
                let counts = of.entry(contact.channel.as_ref().unwrap().to_string()).or_default();
                let more = [1, delivered.len() as u32, read.len() as u32];
                counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
            }
        }
    }
    let [sent, delivered, read] = of["email"].map(f64::from);
    assert!(sent > 100.0 && delivered / sent > 0.95 && (0.45..0.75).contains(&(read / delivered)), "{of:?}");
    let [sent, delivered, read] = of["sms"].map(f64::from);
    assert!(delivered / sent > 0.9 && read == 0.0, "a text message tells nothing of reading: {of:?}");
}
