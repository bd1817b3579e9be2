use journey::Definition;
use measure::{Builder, Columns, Fate, Selection, Summary, TouchpointFigures, Who, members, summary, tally};
use proptest::prelude::*;
use words::{Ending, Figure, Learnt, Lesson, Rail, TouchpointId};

use super::logs::{Told, all, answer, at, definition, id, lesson, log, row, tell};

const REPAIR: &str = "
journey: reparatie
title: Reparatie
language: nl
starts: repair.reported
goal: { event: visit.completed, within: 21d }
phases: [{ id: melden, title: Melden, band: before }, { id: bezoek, title: Bezoek, band: during }]
touchpoints:
  - { id: melding, phase: melden, title: Ik meld, channel: [phone, web], category: interaction, seen: repair.reported, next_within: 2d }
  - id: bevestiging
    was: afspraakbrief
    phase: melden
    title: Mijn afspraak
    channel: [email, sms]
    category: message
    class: service
    when: appointment.booked
    send: bevestiging
    promise: { within: 2d, kept_by: visit.started }
  - { id: bezoek, phase: bezoek, title: De monteur komt, channel: visit, category: interaction, seen: visit.started }
  - { id: niet-gelukt, phase: bezoek, title: Het lukt niet, channel: visit, category: interaction, seen: visit.failed, back_to: bevestiging }
  - id: enquete
    phase: bezoek
    title: Wat vond u ervan
    channel: email
    category: interaction
    class: service
    when: visit.completed
    send: enquete
    ask: [{ question: mening, scale: mark, about: [bezoek] }]
funnels:
  - { id: bezoek, steps: [melding, bevestiging, bezoek], within: 21d }
";

const DAY: i64 = 86_400;

fn contacts(builder: &mut Builder, run: &str, steps: &[(&str, i64)]) {
    for (sequence, (touchpoint, seconds)) in (1..).zip(steps) {
        builder.contact(&row(run, sequence, touchpoint, *seconds)).unwrap();
    }
}

/// Six runs: fixed at once, fixed at the second visit, dropped off, left, waiting, and one under the old name.
fn repairs() -> Columns {
    let mut builder = Builder::new();
    let done = Some((Ending::Done, "enquete", None));
    tell(&mut builder, Told { goal: Some(100), ended: done, ..Told::open("fixed", 0) });
    let steps = [("melding", 0), ("bevestiging", 10), ("bezoek", 100), ("enquete", 7_300)];
    contacts(&mut builder, "fixed", &steps);
    tell(&mut builder, Told { goal: Some(30 * DAY), ended: done, ..Told::open("again", 0) });
    let steps = [("melding", 0), ("bevestiging", 20), ("bezoek", 50), ("niet-gelukt", 60), ("bevestiging", 90)];
    contacts(&mut builder, "again", &steps);
    builder.contact(&row("again", 6, "bezoek", 200)).unwrap();
    builder.contact(&row("again", 7, "enquete", 900)).unwrap();
    tell(&mut builder, Told { dropped: Some(("melding", None)), ..Told::open("dropped", 0) });
    contacts(&mut builder, "dropped", &[("melding", 0)]);
    tell(&mut builder, Told { ended: Some((Ending::Left, "niet-gelukt", None)), ..Told::open("left", 0) });
    contacts(&mut builder, "left", &[("melding", 0), ("bevestiging", 30), ("bezoek", 70)]);
    let mut failed = row("left", 4, "niet-gelukt", 80);
    failed.reason = Some("material");
    builder.contact(&failed).unwrap();
    tell(&mut builder, Told::open("waiting", 0));
    contacts(&mut builder, "waiting", &[("melding", 0), ("nieuwsbrief", 5)]);
    tell(&mut builder, Told::open("old", 0));
    contacts(&mut builder, "old", &[("melding", 0), ("afspraakbrief", 40)]);
    for (run, kept) in [("fixed", true), ("again", false), ("left", true)] {
        lesson(&mut builder, run, 2, if kept { Lesson::PromiseKept } else { Lesson::PromiseBroken });
    }
    lesson(&mut builder, "fixed", 2, Lesson::Read);
    answer(&mut builder, "fixed", 3, "mening", 8_000, -2.0);
    answer(&mut builder, "fixed", 3, "mening", 9_000, 1.0);
    builder.finish().unwrap()
}

fn made(columns: &Columns, selection: &Selection) -> Summary {
    summary(columns, &definition(REPAIR), selection).unwrap()
}

fn touchpoint<'a>(summary: &'a Summary, id: &str) -> &'a TouchpointFigures {
    summary.touchpoints.iter().find(|touchpoint| touchpoint.id.as_str() == id).unwrap()
}

fn part(figure: &Figure) -> (f64, u64) {
    ((figure.value.unwrap() * figure.n as f64).round(), figure.n)
}

/// One day after the start of every run.
fn soon() -> Selection {
    Selection { as_of: at(DAY), ..all() }
}

#[test]
fn every_run_has_one_fate() {
    let made = made(&repairs(), &soon());
    let counts =
        [&made.started, &made.open, &made.dropped, &made.done, &made.left, &made.stopped].map(|figure| figure.n);
    assert_eq!(counts, [6, 2, 1, 2, 1, 0]);
    for touchpoint in &made.touchpoints {
        let fates = &touchpoint.fates;
        let all = [&fates.went_on, &fates.open, &fates.dropped, &fates.done, &fates.left, &fates.stopped];
        assert_eq!(all.iter().map(|figure| figure.n).sum::<u64>(), touchpoint.runs.n, "{}", touchpoint.id);
    }
}

#[test]
fn reach_counts_runs_and_an_old_name_counts_as_the_new() {
    let made = made(&repairs(), &soon());
    let confirmed = touchpoint(&made, "bevestiging");
    assert_eq!((part(&confirmed.reach), confirmed.contacts.n), ((4.0, 6), 5));
    assert_eq!(part(&confirmed.again), (1.0, 4));
    assert_eq!(confirmed.since_previous.value, Some(30.0), "of 10, 20, 30, 30 and 40");
    assert_eq!(touchpoint(&made, "melding").since_previous.value, None, "it has no contact before it");
    let flow: Vec<u64> = made.touchpoints.iter().map(|touchpoint| touchpoint.flow.n).collect();
    assert_eq!(flow, [6, 4, 3, 3, 2], "the ribbon never grows");
}

#[test]
fn who_goes_away_is_one_figure_and_its_reasons_add_up_to_it() {
    let made = made(&repairs(), &soon());
    let first = touchpoint(&made, "melding");
    assert_eq!(part(&first.left), (1.0, 5), "`waiting` is still open: the newsletter is not of this journey");
    assert_eq!((first.exits[0].fate, first.exits[0].reason.as_deref()), (Fate::Dropped, None), "unknown is shown");
    let failed = touchpoint(&made, "niet-gelukt");
    assert_eq!(failed.exits[0].reason.as_deref(), Some("material"), "from the contact, since the exit has none");
    assert_eq!(part(&failed.exits[0].share), (1.0, 2));
    for touchpoint in &made.touchpoints {
        let by_reason: u64 = touchpoint.exits.iter().map(|exit| exit.runs).sum();
        assert_eq!(
            (by_reason, touchpoint.left.n),
            (touchpoint.fates.exits(), touchpoint.runs.n - touchpoint.fates.open.n)
        );
        assert!(touchpoint.exits.iter().all(|exit| exit.share.n == touchpoint.left.n), "one denominator");
        let behind = [Fate::Dropped, Fate::Left, Fate::Stopped].map(|fate| Who::Fate {
            at: Some(touchpoint.id.clone()),
            fate,
            reason: None,
        });
        let behind: usize =
            behind.iter().map(|who| members(&repairs(), &definition(REPAIR), &soon(), who).unwrap().len()).sum();
        assert_eq!(behind as u64, by_reason, "the customers behind the number are as many");
    }
}

#[test]
fn the_goal_is_counted_in_time_and_overall() {
    let soon = made(&repairs(), &soon());
    assert_eq!(part(soon.goal.as_ref().unwrap()), (2.0, 6));
    assert_eq!(soon.goal_open.unwrap().n, 2);
    assert_eq!(part(soon.goal_within.as_ref().unwrap()), (1.0, 4), "one took 30 days, two are undecided");
    let later = made(&repairs(), &all());
    assert_eq!(part(later.goal_within.as_ref().unwrap()), (1.0, 6));
}

#[test]
fn loops_are_counted_by_run_and_by_pass() {
    let made = made(&repairs(), &soon());
    let [back] = made.loops.as_slice() else { panic!("one loop") };
    assert_eq!((back.from.as_str(), back.to.as_str()), ("niet-gelukt", "bevestiging"));
    assert_eq!((part(&back.share), part(&back.of_visitors), back.passes.n), ((1.0, 6), (1.0, 2), 1));
}

#[test]
fn promises_messages_and_answers_have_their_denominators() {
    let made = made(&repairs(), &soon());
    let confirmed = touchpoint(&made, "bevestiging");
    assert_eq!(part(confirmed.promise_kept.as_ref().unwrap()), (2.0, 3));
    assert_eq!(part(confirmed.delivered.as_ref().unwrap()), (1.0, 5), "what was read has arrived");
    assert_eq!(part(touchpoint(&made, "enquete").response.as_ref().unwrap()), (1.0, 2));
    assert_eq!(touchpoint(&made, "melding").promise_kept, None);
    let visit = touchpoint(&made, "bezoek");
    assert_eq!((visit.experience.n, visit.experience.value), (1, None), "one answer is not told");
    assert_eq!(
        (visit.offline.contacts.n, visit.online.contacts.n),
        (4, 0),
        "a visit is offline though no contact says so"
    );
    assert_eq!(touchpoint(&made, "melding").online.contacts.n, 0, "phone or web: unknown");
}

#[test]
fn funnels_of_the_definition_come_along() {
    let made = made(&repairs(), &soon());
    let reached: Vec<u64> = made.funnels[0].steps.iter().map(|step| step.runs.n).collect();
    assert_eq!(reached, [6, 4, 3]);
    let subset = Selection { touchpoints: Some(["melding".into(), "bezoek".into()].into()), ..soon() };
    let part_only = summary(&repairs(), &definition(REPAIR), &subset).unwrap();
    assert!(part_only.funnels.is_empty() && part_only.loops.is_empty(), "without its steps a funnel would say zero");
    assert_eq!(part_only.touchpoints.len(), 2);
    assert_eq!(touchpoint(&part_only, "bezoek").since_previous.value, Some(85.0), "of 50, 70, 100 and 150");
}

/// Ten customers who give the first touchpoint a 9 and the visit a 4, and four who rate only the confirmation.
fn rated() -> Columns {
    let mut builder = Builder::new();
    for n in 0..14 {
        let run = format!("run {n}");
        contacts(&mut builder, &run, &[("melding", 0), ("bevestiging", 1), ("bezoek", 2)]);
        if n < 10 {
            answer(&mut builder, &run, 1, "a", 5, 1.5);
            answer(&mut builder, &run, 3, "a", 5, -1.5);
            answer(&mut builder, &run, 3, "b", 5, -0.5);
        } else {
            answer(&mut builder, &run, 2, "a", 5, 2.0);
        }
    }
    builder.finish().unwrap()
}

#[test]
fn experience_is_told_from_five_answers_and_drawn_in_the_curve_from_ten() {
    let made = made(&rated(), &all());
    let first = touchpoint(&made, "melding");
    assert_eq!((first.experience.value, first.high.value, first.low.value), (Some(1.5), Some(1.0), Some(0.0)));
    let visit = touchpoint(&made, "bezoek");
    assert_eq!((visit.experience.value, visit.low.value), (Some(-1.0), Some(1.0)), "the mean of both questions");
    let few = touchpoint(&made, "bevestiging");
    assert_eq!((few.experience.n, few.experience.value, few.high.value), (4, None, None));
    assert_eq!((made.mean.value, made.peak_end.value), (Some(0.25), Some(0.25)));
    assert_eq!(
        (made.end.value, made.end.n, made.ends_at.clone()),
        (None, 10, None),
        "too few to stand for the journey"
    );
    assert_eq!(made.answers.n, 24);
    assert_eq!(made.run_mean.n, 14, "one mean per run that answered");
    assert_eq!(made.run_peak_end.value, Some((10.0 * 0.25 + 4.0 * 2.0) / 14.0));
    assert_eq!(visit.offline.experience.value, Some(-1.0));
}

#[test]
fn the_end_of_a_journey_is_told_from_thirty_answers_with_the_moment_it_is_of() {
    let told = |runs: usize| {
        let mut builder = Builder::new();
        for n in 0..runs {
            let run = format!("run {n}");
            contacts(&mut builder, &run, &[("melding", 0), ("bezoek", 2)]);
            answer(&mut builder, &run, 2, "a", 5, if n % 2 == 0 { 1.0 } else { 0.5 });
        }
        made(&builder.finish().unwrap(), &all())
    };
    let (few, some, enough) = (told(4), told(29), told(30));
    assert_eq!((few.end.value, few.end.interval, few.end.n, few.mean.n), (None, None, 4, 4), "but counted");
    assert_eq!((some.end.value, some.end.n, some.ends_at), (None, 29, None));
    assert_eq!((enough.end.value, enough.end.n), (Some(0.75), 30));
    assert_eq!(enough.ends_at, Some("bezoek".into()));
    assert!(enough.end.interval.is_some());
}

#[test]
fn a_recommendation_is_a_figure_of_its_own_and_never_an_experience() {
    let recommending = REPAIR.replace("scale: mark, about: [bezoek]", "scale: nps, about: [melding, bezoek]");
    let definition = definition(&recommending);
    let mut builder = Builder::new();
    for (n, given) in [10, 9, 9, 7, 3, 0].iter().enumerate() {
        let run = format!("run {n}");
        contacts(&mut builder, &run, &[("melding", 0), ("bezoek", 2), ("enquete", 3)]);
        for sequence in [1, 2] {
            let said = |answer| Lesson::Recommended { question: "mening".to_owned(), answer };
            lesson(&mut builder, &run, sequence, said(5));
            builder.learnt(&Learnt { run: id(&run), sequence, time: at(9), lesson: said(*given) }).unwrap();
        }
    }
    let columns = builder.finish().unwrap();
    assert_eq!(Columns::decode(&columns.encode()).unwrap(), columns);
    assert_eq!(measure::merge(&columns, &Columns::default()).unwrap(), columns);
    let made = summary(&columns, &definition, &all()).unwrap();
    let visit = touchpoint(&made, "bezoek");
    let nps = visit.nps.as_ref().unwrap();
    assert_eq!((nps.value.unwrap().round(), nps.n), (17.0, 6), "three promote, two detract; the newest answer counts");
    assert!(nps.interval.unwrap().0 < 0.0);
    assert_eq!(made.nps.as_ref().map(|nps| nps.n), Some(6), "once per run, though asked of two touchpoints");
    assert_eq!((visit.experience.n, made.answers.n), (0, 0));
    assert_eq!(part(touchpoint(&made, "enquete").response.as_ref().unwrap()), (6.0, 6), "it is an answer all the same");
    assert_eq!(touchpoint(&made, "bevestiging").nps, None, "nobody is asked about it");
}

#[test]
fn an_organisations_own_channel_has_the_rail_it_says() {
    let mut builder = Builder::new();
    for (n, channel) in ["balie_app", "phone", "web"].iter().enumerate() {
        let mut contact = row(&format!("run {n}"), 1, "melding", 0);
        contact.channel = Some(channel);
        builder.contact(&contact).unwrap();
    }
    let columns = builder.finish().unwrap();
    let selection = Selection { rails: [("balie_app".to_owned(), Rail::Online)].into(), ..all() };
    let counts = |selection: &Selection| {
        let made = made(&columns, selection);
        let first = touchpoint(&made, "melding");
        (first.online.contacts.n, first.offline.contacts.n)
    };
    assert_eq!(counts(&selection), (2, 1));
    assert_eq!(counts(&all()), (1, 1));
}

#[test]
fn behind_every_count_stand_its_runs() {
    let (columns, definition) = (repairs(), definition(REPAIR));
    let who = |who: Who| members(&columns, &definition, &soon(), &who).unwrap();
    let fate = |at: &str, fate| Who::Fate { at: Some(at.into()), fate, reason: None };
    assert_eq!(who(Who::Started).len(), 6);
    assert_eq!(who(Who::HadAgain("bevestiging".into())), [id("again")]);
    assert_eq!(who(fate("melding", Fate::Dropped)), [id("dropped")]);
    assert_eq!(who(Who::Looped { from: "niet-gelukt".into(), to: "bevestiging".into() }), [id("again")]);
    assert!(columns.started(id("again")).is_some() && columns.started(id("nobody")).is_none());
    assert_eq!(who(fate("melding", Fate::Open)), [id("waiting")]);
    assert_eq!(who(fate("melding", Fate::WentOn)).len(), 4);
    let material = Some(Some("material".to_owned()));
    assert_eq!(who(Who::Fate { at: None, fate: Fate::Left, reason: material }), [id("left")]);
    assert_eq!(who(Who::Goal(true)).len(), 2);
    assert_eq!(who(Who::FunnelReached("bezoek".into(), 2)).len(), 3);
    assert_eq!(who(Who::FunnelLost("bezoek".into(), 0)), [id("dropped")]);
    assert_eq!(who(Who::FunnelOpen("bezoek".into(), 1)), [id("old")]);
}

#[test]
fn without_runs_nothing_is_made_up() {
    let made = made(&log(&[]), &all());
    assert_eq!((made.started.n, made.mean.value, made.goal.unwrap().value), (0, None, None));
    let first = &made.touchpoints[0];
    assert_eq!((first.reach.value, first.experience.value, first.since_previous.value), (None, None, None));
}

fn is_close(a: Option<f64>, b: Option<f64>) -> bool {
    a.zip(b).map_or(a == b, |(a, b)| (a - b).abs() < 1e-9)
}

proptest! {
    /// Bucket by bucket gives the same as all at once.
    #[test]
    fn a_summary_of_buckets_is_the_summary_of_the_whole(
        runs in prop::collection::vec(prop::collection::vec((0..5_usize, 0..50_i64, -2..3_i64), 0..6), 0..30),
        cut in 0..30_usize,
    ) {
        let definition: Definition = definition(REPAIR);
        let ids: Vec<TouchpointId> = definition.touchpoints.iter().map(|touchpoint| touchpoint.id.clone()).collect();
        let cut = cut.min(runs.len());
        let columns = |places: std::ops::Range<usize>| {
            let mut builder = Builder::new();
            for place in places {
                let run = format!("run {place}");
                tell(&mut builder, Told::open(&run, 0));
                for (sequence, (touchpoint, seconds, score)) in (1..).zip(&runs[place]) {
                    builder.contact(&row(&run, sequence, ids[*touchpoint].as_str(), *seconds)).unwrap();
                    answer(&mut builder, &run, sequence, "q", 9, *score as f64);
                }
            }
            builder.finish().unwrap()
        };
        let whole = summary(&columns(0..runs.len()), &definition, &all()).unwrap();
        let mut parts = tally(&columns(0..cut), &definition, &all()).unwrap();
        parts.merge(&tally(&columns(cut..runs.len()), &definition, &all()).unwrap());
        let merged = parts.figures(&definition, &all());
        prop_assert_eq!(&whole.started, &merged.started);
        prop_assert_eq!(&whole.funnels, &merged.funnels);
        prop_assert_eq!(&whole.loops, &merged.loops);
        prop_assert!(is_close(whole.run_mean.value, merged.run_mean.value));
        for (a, b) in whole.touchpoints.iter().zip(&merged.touchpoints) {
            prop_assert_eq!((&a.fates, &a.reach, &a.since_previous, &a.flow), (&b.fates, &b.reach, &b.since_previous, &b.flow));
            prop_assert!(is_close(a.experience.value, b.experience.value));
            let high = |figure: &Figure| figure.interval.map(|interval| interval.1);
            prop_assert!(is_close(high(&a.experience), high(&b.experience)));
        }
        let flow: Vec<u64> = whole.touchpoints.iter().map(|touchpoint| touchpoint.flow.n).collect();
        prop_assert!(flow.is_sorted_by(|a, b| a >= b));
    }
}
