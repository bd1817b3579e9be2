//! A draft that is rehearsed before anybody gets anything.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::SignedDuration;
use journey::Folder;
use sim::rehearse::{Finding, Habits, Kind, Plan, Progress, Rehearsal, Report, Way, Who, findings, rehearse};
use store::{OutboxFilter, Paging, SendState, SqlStore};
use words::{JourneyId, OrganisationId, Refusal};

use crate::house::{House, NOW};
use crate::support::{JOURNEYS, at, folder};

const RECORDED: Plan = Plan { days: 14, way: Way::Recorded { customers: 1_000 } };

fn rijnoever() -> OrganisationId {
    OrganisationId::new("rijnoever")
}

fn simulated(seed: u64, customers: u32) -> Plan {
    Plan { days: 7, way: Way::Simulated { customers, seed, habits: None } }
}

async fn rehearsed(house: &House, draft: Folder, plan: Plan, id: &str) -> Report {
    let go_on = |_: Progress| ControlFlow::Continue(());
    told(house, draft, plan, id, &go_on).await.expect("nobody calls it off")
}

async fn told(
    house: &House,
    draft: Folder,
    plan: Plan,
    id: &str,
    told: &(dyn Fn(Progress) -> ControlFlow<()> + Sync),
) -> Option<Report> {
    let service = &house.drive.service;
    let row = service.store.journey(&rijnoever(), &JourneyId::new(id)).await.unwrap().unwrap();
    let rehearsal = Rehearsal { organisation: rijnoever(), row, draft, plan };
    rehearse(service.store.as_ref(), &service.catalog, rehearsal, at(NOW), told).await.unwrap()
}

/// The repair journey with one message more: after every visit that went well.
fn with_thanks() -> Folder {
    let mut folder = folder("woning-reparatie");
    let thanks = "  - id: bedankt\n    phase: nazorg\n    title: Ik word bedankt\n    channel: [email, sms]\n    category: message\n    \
                  by: automatic\n    class: service\n    urgent: true\n    need: Weten dat het klaar is\n    expected: 1\n    \
                  when: { event: visit.completed, where: \"event.outcome == 'fixed'\" }\n    send: bedankt\n\n";
    let text = folder.get("journey.yaml").unwrap().to_owned();
    let place = text.find("  - id: niet-thuis").unwrap();
    folder.put("journey.yaml", format!("{}{thanks}{}", &text[..place], &text[place..]));
    let message =
        "---\nsubject: \"Dank u\"\nsms: \"Dank u\"\n---\n{{ salutation }},\n\nDank u.\n\n{{ organisation.name }}\n";
    folder.put("messages/bedankt.nl.md", message.to_owned());
    folder
}

/// Everything that the store holds.
async fn content(store: &SqlStore) -> Vec<u8> {
    let folder = std::env::temp_dir().join(format!("klantreis-rehearsed-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("whole.db");
    store::backup_store(store, &file, at(NOW), |_, _| {}).await.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    bytes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_recorded_gives_what_the_product_did_and_the_same_draft_no_difference() {
    let mut house = House::filled().await;
    let hours = 20;
    house.live_on(at(NOW), hours).await;
    let now = at(NOW) + SignedDuration::from_hours(hours);
    for id in JOURNEYS {
        let service = &house.drive.service;
        let row = service.store.journey(&rijnoever(), &JourneyId::new(id)).await.unwrap().unwrap();
        let rehearsal = Rehearsal { organisation: rijnoever(), row, draft: folder(id), plan: RECORDED };
        let go_on = |_: Progress| ControlFlow::Continue(());
        let report = rehearse(service.store.as_ref(), &service.catalog, rehearsal, now, &go_on).await.unwrap().unwrap();
        assert!(report.is_same(), "{id}: {:?} {:?}", report.touchpoints, &report.rows[..report.rows.len().min(5)]);
        assert!(findings(&report).contains(&Finding::Same));
        assert_eq!(Some(&report.done), report.before.as_ref());

        let mut sent: BTreeMap<String, u64> = BTreeMap::new();
        let filter = OutboxFilter { journey: Some(JourneyId::new(id)), ..OutboxFilter::default() };
        for offset in (0..).step_by(1_000) {
            let rows =
                service.store.messages(&rijnoever(), &filter, Paging { offset, limit: 1_000 }).await.unwrap().rows;
            let inside = rows
                .iter()
                .filter(|row| matches!(row.state, SendState::Sent { .. }) && report.window.contains(row.decided));
            inside.for_each(|row| *sent.entry(row.touchpoint.to_string()).or_default() += 1);
            if rows.len() < 1_000 {
                break;
            }
        }
        let again = report.done.touchpoints.iter().map(|count| (count.id.clone(), count.all_sent()));
        let again: BTreeMap<String, u64> = again.filter(|(_, count)| *count > 0).collect();
        assert_eq!(again, sent, "{id}: what really went");
        assert!(report.done.days.iter().map(|day| day.messages).sum::<u64>() >= 5, "{id}: there is something to see");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_beside_the_live_version_and_nothing_leaves() {
    let house = House::filled().await;
    let before = content(&house.sql).await;
    one_message_more_is_exactly_those_messages(&house).await;
    it_can_be_called_off_at_any_moment(&house).await;
    of_more_customers_the_same_part_is_taken_every_time(&house).await;
    a_draft_that_cannot_be_read_is_refused(&house).await;
    the_same_seed_gives_the_same_report(&house).await;
    without_a_behaviour_people_do_what_the_journey_listens_to(&house).await;
    assert!(content(&house.sql).await == before, "the store holds what it held, byte by byte");
}

async fn one_message_more_is_exactly_those_messages(house: &House) {
    let report = rehearsed(house, with_thanks(), RECORDED, "woning-reparatie").await;
    let repaired = report.done.touchpoints.iter().find(|count| count.id == "gerepareerd").unwrap().happened;
    let thanks = report.done.touchpoints.iter().find(|count| count.id == "bedankt").unwrap();
    assert!(repaired > 5 && thanks.asked == repaired, "after every visit that went well: {thanks:?}");
    let new = report.touchpoints.iter().find(|one| one.id == "bedankt").unwrap().differs;
    assert_eq!((new.new, new.gone, new.tasks_new), (thanks.all_sent(), 0, 0));
    assert!(report.touchpoints.iter().all(|one| one.id == "bedankt" || one.differs.is_none()), "nothing else differs");
    assert!(report.rows.iter().all(|row| row.touchpoint.as_str() == "bedankt" && row.kind == Kind::New));
    assert!(report.rows.iter().all(|row| row.with_live.is_none() && matches!(row.who, Who::Customer(_))));
    assert_eq!((report.rows_of, report.rows.len() as u64), (thanks.all_sent(), thanks.all_sent()));
    assert!(findings(&report).contains(&Finding::More { messages: thanks.all_sent() }));

    // The other way round: what is taken out is what is gone.
    let mut fewer = folder("woning-reparatie");
    let text = fewer.get("journey.yaml").unwrap().replace("    send: onderweg\n", "");
    fewer.put("journey.yaml", text);
    let report = rehearsed(house, fewer, RECORDED, "woning-reparatie").await;
    let gone: BTreeSet<&str> =
        report.rows.iter().filter(|row| row.kind == Kind::Gone).map(|row| row.touchpoint.as_str()).collect();
    assert_eq!(gone, BTreeSet::from(["onderweg"]));
    let live = report.before.as_ref().unwrap();
    let sent = live.touchpoints.iter().find(|count| count.id == "onderweg").unwrap().all_sent();
    assert_eq!(report.rows_of, sent);
}

async fn the_same_seed_gives_the_same_report(house: &House) {
    let mut different = BTreeSet::new();
    for (place, id) in JOURNEYS.into_iter().enumerate() {
        for seed in [place as u64, 4_711] {
            let once = rehearsed(house, folder(id), simulated(seed, 15), id).await;
            let again = rehearsed(house, folder(id), simulated(seed, 15), id).await;
            assert_eq!(once, again, "{id} {seed}");
            assert!(once.is_same() && once.customers == 15 && once.done.runs > 0, "{id} {seed}: {once:?}");
            assert!(once.done.touchpoints.iter().map(|count| count.happened).sum::<u64>() > 15);
            different.insert(format!("{:?}", once.done));
        }
    }
    assert_eq!(different.len(), 2 * JOURNEYS.len(), "another seed, other people");
}

async fn without_a_behaviour_people_do_what_the_journey_listens_to(house: &House) {
    for id in JOURNEYS {
        let mut draft = folder(id);
        draft.remove("simulate.yaml");
        let organisation = &house.scene.surroundings.organisation;
        let definition = journey::parse(&draft, organisation).definition.unwrap();
        let habits = Habits::assumed(&definition).unwrap();
        assert!(!habits.then.is_empty() && habits.measured_from == 0);
        let plan = Plan { days: 7, way: Way::Simulated { customers: 30, seed: 1, habits: Some(habits.clone()) } };
        let report = rehearsed(house, draft.clone(), plan.clone(), id).await;
        let asked = report.done.touchpoints.iter().filter(|count| count.asked > 0).count();
        assert!(report.done.runs >= 30 && asked > 0, "{id}: {:?}", report.done);
        let unmade =
            report.done.touchpoints.iter().filter_map(|one| one.refused.get(&Refusal::Unrenderable)).sum::<u64>();
        let all: u64 = report.done.touchpoints.iter().map(|one| one.asked).sum();
        assert!(10 * unmade < all, "{id}: what is made up fills the messages: {unmade} of {all} lack something");
        assert_eq!(rehearsed(house, draft, plan, id).await, report);

        let recorded: Vec<Vec<words::Event>> = {
            let service = &house.drive.service;
            let mut all = Vec::new();
            for row in service.store.customers(&rijnoever(), Paging::first(200)).await.unwrap().rows {
                let events = service.store.events_of(&rijnoever(), row.customer.id, 1_000).await.unwrap();
                all.push(events.into_iter().map(|stored| stored.event).collect());
            }
            all
        };
        let measured = Habits::measured(&definition, &recorded, None).unwrap();
        assert!(measured.measured_from >= 5, "{id}: {measured:?}");
        assert!(measured.then.iter().all(|habit| (0.0..=1.0).contains(&habit.share)));
    }
}

async fn it_can_be_called_off_at_any_moment(house: &House) {
    for plan in [RECORDED, simulated(1, 20)] {
        for last in [0, 1, 5] {
            let calls = AtomicU64::new(0);
            let call_off = |_: Progress| match calls.fetch_add(1, Ordering::Relaxed) < last {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            };
            assert_eq!(told(house, with_thanks(), plan.clone(), "woning-reparatie", &call_off).await, None);
            assert_eq!(calls.load(Ordering::Relaxed), last + 1, "it stops at once");
        }
    }
}

async fn of_more_customers_the_same_part_is_taken_every_time(house: &House) {
    let few = Plan { days: 14, way: Way::Recorded { customers: 40 } };
    let some = rehearsed(house, with_thanks(), few.clone(), "woning-reparatie").await;
    assert!(some.customers <= 40 && some.customers_of > 40, "{} of {}", some.customers, some.customers_of);
    assert_eq!(rehearsed(house, with_thanks(), few, "woning-reparatie").await, some);
    let all = rehearsed(house, with_thanks(), RECORDED, "woning-reparatie").await;
    let whom =
        |report: &Report| report.rows.iter().map(|row| (row.who, row.with_draft.clone())).collect::<BTreeSet<_>>();
    assert!(whom(&some).is_subset(&whom(&all)), "who is taken is lived through the same");

    let many = Plan { days: 9_999, way: Way::Simulated { customers: 3, seed: 1, habits: None } };
    let report = rehearsed(house, folder("woning-reparatie"), many, "woning-reparatie").await;
    assert_eq!(report.plan.days, Plan::DAYS_MAX);
}

async fn a_draft_that_cannot_be_read_is_refused(house: &House) {
    let service = &house.drive.service;
    let row = service.store.journey(&rijnoever(), &JourneyId::new("woning-reparatie")).await.unwrap().unwrap();
    let draft = Folder::of_definition("journey: [");
    let rehearsal = Rehearsal { organisation: rijnoever(), row, draft, plan: RECORDED };
    let go_on = |_: Progress| ControlFlow::Continue(());
    let refused = rehearse(service.store.as_ref(), &service.catalog, rehearsal, at(NOW), &go_on).await;
    assert!(matches!(refused, Err(sim::Error::Draft(_))), "{refused:?}");
}
