use std::sync::LazyLock;

use words::{Ending, Refusal, Status, TouchpointId};

use crate::support::{Shell, assert_golden, at};

static REPLAY: LazyLock<Shell> = LazyLock::new(|| Shell::replay("winkel-webshop", "2027-03-01T23:59:59+01:00"));

fn replay() -> &'static Shell {
    &REPLAY
}

#[test]
fn the_whole_trace_comes_out_as_the_golden_one() {
    assert_golden("winkel-webshop", replay());
}

#[test]
fn lotte_goes_from_advert_to_second_order() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("lotte", time, text);
    tells("11 Jan 20:00 +01:00", "contact 1 advertentie (social)");
    tells("11 Jan 20:00:20 +01:00", "contact 2 site (web)");
    tells("11 Jan 20:14 +01:00", "is lotte");
    assert_eq!(shell.customer("a-1"), shell.customer("lotte"), "nothing moves");
    tells("11 Jan 20:15 +01:00", "contact 3 bestellen (web)");
    tells("11 Jan 20:15 +01:00", "key O-1");
    tells("11 Jan 20:15 +01:00", "goal at 11 Jan 20:15 +01:00");
    tells("11 Jan 20:15 +01:00", "contact 4 bevestiging (email)");
    tells("11 Jan 20:15 +01:00", "promise of bevestiging: 11 Jan 20:15 +01:00 - 14 Jan 23:59:59 +01:00");
    tells("11 Jan 20:15 +01:00", "task kaartje for magazijn, due 12 Jan 20:15 +01:00");
    tells("12 Jan 11:00 +01:00", "contact 5 kaartje (post)");
    tells("12 Jan 11:00 +01:00", "task kaartje done");
    tells("13 Jan 16:00 +01:00", "contact 6 bezorgbericht (email)");
    tells("14 Jan 10:30 +01:00", "contact 7 bezorgd (post)");
    tells("14 Jan 10:30 +01:00", "promise of bevestiging until 14 Jan 23:59:59 +01:00 kept at 14 Jan 10:30 +01:00");
    tells("17 Jan 19:00 +01:00", "contact 8 enquete (email)");
    tells("17 Jan 19:40 +01:00", "product +2.0 on contact 7");
    tells("13 Feb 10:00 +01:00", "contact 9 herhaalaanbod (email)");
    tells("13 Feb 10:20 +01:00", "run 2 of winkel-webshop");
    tells("13 Feb 10:20 +01:00", "contact 1 site (web)");
    tells("13 Feb 10:30 +01:00", "contact 2 bestellen (web)");
    tells("13 Feb 10:30 +01:00", "key O-2");
    tells("13 Feb 10:30 +01:00", "contact 3 bevestiging (email)");
    tells("13 Feb 10:30 +01:00", "task kaartje for magazijn, due 14 Feb 10:30 +01:00");
    tells("16 Feb 13:00 +01:00", "contact 4 bezorgd (post)");
    tells("16 Feb 13:00 +01:00", "promise of bevestiging until 16 Feb 23:59:59 +01:00 kept at 16 Feb 13:00 +01:00");
    tells("19 Feb 19:00 +01:00", "contact 5 enquete (email)");
    let runs = &shell.traveller("lotte").runs;
    let Status::Ended { ending, exit, .. } = &runs[0].run.status else { panic!("not ended") };
    assert_eq!((*ending, exit.time), (Ending::Done, at("2027-02-28T10:30:00+01:00")));
    assert_eq!(runs[1].run.key.as_deref(), Some("O-2"));
    assert!(runs[1].is_open());
}

#[test]
fn daan_waits_long_gets_two_parcels_and_no_offer() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("daan", time, text);
    tells("12 Jan 09:00 +01:00", "contact 1 bestellen (web)");
    tells("12 Jan 09:00 +01:00", "goal at 12 Jan 09:00 +01:00");
    tells("12 Jan 09:00 +01:00", "task kaartje for magazijn, due 13 Jan 09:00 +01:00");
    tells("12 Jan 09:00 +01:00", "promise of bevestiging: 12 Jan 09:00 +01:00 - 15 Jan 23:59:59 +01:00");
    shell.never_tells("daan", "13 Jan", "");
    tells("15 Jan 15:00 +01:00", "contact 3 vertraagd (email)");
    tells("15 Jan 15:00 +01:00", "promise of bevestiging until 15 Jan 23:59:59 +01:00 replaced");
    tells("15 Jan 15:00 +01:00", "promise of vertraagd: 15 Jan 15:00 +01:00 - 27 Jan 23:59:59 +01:00");
    tells("22 Jan 15:00 +01:00", "contact 4 vertraagd (email), visit 2");
    tells("26 Jan 09:00 +01:00", "contact 5 bezorgbericht (email)");
    tells("26 Jan 14:00 +01:00", "contact 6 bezorgd (post)");
    tells("26 Jan 14:00 +01:00", "promise of vertraagd until 27 Jan 23:59:59 +01:00 kept at 26 Jan 14:00 +01:00");
    tells("26 Jan 14:00 +01:00", "enquete for parcel:P-3 stands at 29 Jan 19:00 +01:00");
    tells("26 Jan 14:02 +01:00", "duplicate w-034 parcel.delivered refused");
    tells("27 Jan 09:00 +01:00", "contact 7 bezorgbericht (email), visit 2");
    tells("28 Jan 14:00 +01:00", "contact 8 bezorgd (post), visit 2");
    tells("28 Jan 14:00 +01:00", "enquete for parcel:P-4 stands at 31 Jan 19:00 +01:00");
    tells("29 Jan 15:00 +01:00", "vertraagd not: only_if is false");
    shell.never_tells("daan", "29 Jan 19:00", "");
    tells("31 Jan 19:00 +01:00", "contact 9 enquete (email)");
    tells("27 Feb 10:00 +01:00", "herhaalaanbod refused: no_consent");
    let kaartje = shell.tasks.iter().find(|(key, task)| {
        key.as_str().starts_with(&shell.run("daan").run.id.to_string()) && task.touchpoint.as_str() == "kaartje"
    });
    assert_eq!(kaartje.unwrap().1.done, None, "never done");
    assert_eq!(shell.why("daan", "herhaalaanbod"), "Niet verstuurd: er is geen toestemming voor aanbiedingen.");
    assert!(shell.run("daan").run.dropped.is_none());
}

#[test]
fn noor_gets_her_answer_too_late() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("noor", time, text);
    tells("11 Jan 10:40 +01:00", "contact 1 winkeladvies (desk), place Utrecht");
    tells("11 Jan 11:00 +01:00", "contact 2 bestellen (desk), place Utrecht");
    tells("11 Jan 11:00 +01:00", "key O-5");
    tells("11 Jan 11:00 +01:00", "goal at 11 Jan 11:00 +01:00");
    tells("11 Jan 11:00 +01:00", "contact 3 bevestiging (email)");
    tells("11 Jan 11:00 +01:00", "task kaartje for magazijn, due 12 Jan 11:00 +01:00");
    tells("12 Jan 15:00 +01:00", "contact 4 kaartje (post)");
    tells("12 Jan 15:00 +01:00", "task kaartje done, overdue");
    tells("14 Jan 12:00 +01:00", "contact 5 bezorgd (post)");
    tells("14 Jan 12:00 +01:00", "promise of bevestiging until 14 Jan 23:59:59 +01:00 kept at 14 Jan 12:00 +01:00");
    tells("14 Jan 21:30 +01:00", "contact 6 klacht (email), reason damaged");
    tells("14 Jan 21:30 +01:00", "task klacht for klantenservice, due 15 Jan 21:30 +01:00");
    tells("14 Jan 21:30 +01:00", "promise of klacht: 14 Jan 21:30 +01:00 - 15 Jan 21:30 +01:00");
    // Broken at 15 Jan 21:30; known when late events have had their 48 hours.
    tells("17 Jan 21:30 +01:00", "promise of klacht broken at 15 Jan 21:30 +01:00");
    tells("16 Jan 10:00 +01:00", "contact 7 klacht-opgelost (phone)");
    tells("16 Jan 10:00 +01:00", "task klacht done, overdue");
    tells("17 Jan 19:00 +01:00", "contact 8 enquete (email)");
    tells("18 Jan 08:10 +01:00", "product -1.0 on contact 5");
    tells("13 Feb 10:00 +01:00", "contact 9 herhaalaanbod (email)");
    tells("28 Feb 12:00 +01:00", "ends Done at 28 Feb 12:00 +01:00");
}

#[test]
fn milan_cancels_before_his_order_comes_in() {
    let shell = replay();
    let tells = |text: &str| shell.tells("milan", "13 Jan 14:05 +01:00", text);
    tells("contact 1 bestellen (web), at 13 Jan 13:00 +01:00");
    tells("goal at 13 Jan 13:00 +01:00");
    tells("bevestiging skipped: 13 Jan 13:00 +01:00 is past");
    tells("kaartje withdrawn: ended");
    let Status::Ended { ending, exit, .. } = &shell.run("milan").run.status else { panic!("not ended") };
    assert_eq!((*ending, exit.reason.as_deref()), (Ending::Left, Some("verkeerde maat")));
    assert_eq!(exit.time, at("2027-01-13T13:40:00+01:00"));
    let run = shell.run("milan").run.id.to_string();
    assert!(shell.decisions.iter().all(|decision| !decision.key.as_str().starts_with(&run)), "nothing is sent");
    assert!(shell.tasks.iter().filter(|(key, _)| key.as_str().starts_with(&run)).all(|(_, task)| task.withdrawn));
    assert!(shell.traveller("milan").profile.waiting.is_empty());
}

#[test]
fn a_visitor_who_goes_away_drops_off_at_the_site() {
    let shell = replay();
    let dropped = shell.run("a-9").run.dropped.clone().unwrap();
    assert_eq!((dropped.time, dropped.reason), (at("2027-01-19T22:00:15+01:00"), None));
    assert_eq!(dropped.after, Some(TouchpointId::new("site")));
}

#[test]
fn views_of_an_advert_are_a_daily_count() {
    let shell = replay();
    let [count] = &shell.counts[..] else { panic!("{:?}", shell.counts) };
    assert_eq!(
        (count.touchpoint.as_str(), count.date.to_string().as_str(), count.count),
        ("advertentie", "2027-01-11", 18_250)
    );
}

#[test]
fn totals() {
    let shell = replay();
    assert_eq!(shell.runs().count(), 6);
    let sent: Vec<(&str, usize)> = shell.sent().into_iter().collect();
    assert_eq!(sent, [("bevestiging", 4), ("enquete", 4), ("herhaalaanbod", 2), ("vertraagd", 2)]);
    assert_eq!(sent.iter().map(|(_, count)| count).sum::<usize>(), 12);
    assert_eq!(shell.refusals(), [Refusal::NoConsent]);
    let late = shell.notes.iter().filter(|note| matches!(note.what, engine::Thought::TooLate { .. }));
    assert_eq!(late.count(), 1);
    let tasks: Vec<_> = shell.standing_tasks().collect();
    let of = |touchpoint: &str| tasks.iter().filter(|task| task.touchpoint.as_str() == touchpoint).count();
    assert_eq!((of("kaartje"), of("klacht"), tasks.len()), (4, 1, 5));
    assert_eq!(tasks.iter().filter(|task| task.done.is_some()).count(), 3);
    assert_eq!(shell.duplicates, 1);
}
