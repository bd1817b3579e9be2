use std::sync::LazyLock;

use words::{Ending, Status, TouchpointId};

use crate::support::{Shell, assert_golden, at};

static REPLAY: LazyLock<Shell> = LazyLock::new(|| Shell::replay("bibliotheek-reserveren", "2027-05-31T23:59:59+02:00"));

fn replay() -> &'static Shell {
    &REPLAY
}

#[test]
fn the_whole_trace_comes_out_as_the_golden_one() {
    assert_golden("bibliotheek-reserveren", replay());
}

#[test]
fn sanne_waits_collects_reads_and_gets_tips() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("sanne", time, text);
    tells("16 Mar 20:05 +01:00", "contact 1 uitgeleend (web)");
    tells("16 Mar 20:15 +01:00", "contact 2 reserveren (web)");
    tells("16 Mar 20:15 +01:00", "key H-1");
    tells("16 Mar 20:15 +01:00", "contact 3 bevestiging (email)");
    tells("16 Mar 20:15 +01:00", "promise of bevestiging: 16 Mar 20:15 +01:00 - 6 Apr 23:59:59 +02:00");
    // Twelve civil days; 288 hours would be 21:15.
    tells("28 Mar 10:00 +02:00", "task alternatief for collectie, due 29 Mar 10:00 +02:00");
    tells("30 Mar 09:40 +02:00", "contact 4 alternatief (phone), outcome wacht liever");
    tells("30 Mar 09:40 +02:00", "task alternatief done, overdue");
    tells("2 Apr 14:20 +02:00", "contact 5 ligt-klaar (email)");
    tells("2 Apr 14:20 +02:00", "promise of bevestiging until 6 Apr 23:59:59 +02:00 kept at 2 Apr 14:20 +02:00");
    tells("2 Apr 14:20 +02:00", "ophaalherinnering for hold:H-1 stands at 10 Apr 10:00 +02:00");
    tells("5 Apr 16:30 +02:00", "contact 6 ophalen (desk), place Centrum");
    tells("5 Apr 16:30 +02:00", "goal at 5 Apr 16:30 +02:00");
    tells("10 Apr 10:00 +02:00", "ophaalherinnering not: only_if is false");
    tells("5 Apr 16:31 +02:00", "contact 7 lezen (product)");
    tells("6 Apr 19:00 +02:00", "contact 8 enquete (email)");
    tells("6 Apr 19:22 +02:00", "gemak +2.0 on contact 1");
    tells("6 Apr 19:22 +02:00", "gemak +2.0 on contact 2");
    tells("6 Apr 19:22:10 +02:00", "ophalen +1.0 on contact 6");
    tells("23 Apr 06:00 +02:00", "contact 9 inlevermail (email)");
    tells("26 Apr 11:00 +02:00", "ends Done at 26 Apr 11:00 +02:00");
    tells("27 Apr 16:00 +02:00", "contact 10 tips (email)");
    assert_eq!(shell.learnt.iter().filter(|l| matches!(&l.lesson, words::Lesson::Answered { .. })).count(), 3);
}

#[test]
fn pieter_is_told_of_the_delay_in_the_morning_and_never_collects() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("pieter", time, text);
    tells("18 Mar 09:00 +01:00", "contact 1 reserveren (desk)");
    tells("18 Mar 09:00 +01:00", "promise of bevestiging: 18 Mar 09:00 +01:00 - 30 Mar 23:59:59 +02:00");
    tells("26 Mar 06:30 +01:00", "vertraging held until 26 Mar 08:00 +01:00");
    tells("26 Mar 06:45 +01:00", "duplicate b-018 hold.delayed refused");
    tells("26 Mar 08:00 +01:00", "contact 3 vertraging (email)");
    tells("26 Mar 08:00 +01:00", "promise of bevestiging until 30 Mar 23:59:59 +02:00 replaced");
    tells("26 Mar 08:00 +01:00", "promise of vertraging: 26 Mar 08:00 +01:00 - 9 Apr 23:59:59 +02:00");
    tells("30 Mar 10:00 +02:00", "alternatief not: only_if is false");
    tells("8 Apr 15:10 +02:00", "contact 4 ligt-klaar (email)");
    tells("8 Apr 15:10 +02:00", "promise of vertraging until 9 Apr 23:59:59 +02:00 kept at 8 Apr 09:00 +02:00");
    tells("16 Apr 10:00 +02:00", "contact 5 ophaalherinnering (email)");
    let Status::Ended { ending, exit, .. } = &shell.run("pieter").run.status else { panic!("not ended") };
    assert_eq!((*ending, exit.reason.as_deref()), (Ending::Left, Some("niet opgehaald")));
    assert_eq!(exit.time, at("2027-04-19T03:00:00+02:00"));
    let facts = shell.run("pieter").facts().find(|(_, property, _)| *property == "expected").unwrap().2;
    assert_eq!(facts, "2027-04-09", "the message names 9 April");
}

#[test]
fn fatma_is_reminded_because_the_tap_came_in_late() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("fatma", time, text);
    tells("20 Mar 11:50 +01:00", "contact 1 zoeken (search)");
    tells("20 Mar 11:52 +01:00", "contact 2 reserveren (web)");
    tells("20 Mar 11:52 +01:00", "key H-3");
    tells("20 Mar 15:00 +01:00", "contact 4 ligt-klaar (email)");
    tells("20 Mar 15:00 +01:00", "promise of bevestiging until 22 Mar 23:59:59 +01:00 kept at 20 Mar 15:00 +01:00");
    tells("20 Mar 15:00 +01:00", "ophaalherinnering for hold:H-3 stands at 28 Mar 10:00 +02:00");
    tells("27 Mar 16:00 +01:00", "ophaalherinnering for hold:H-3 stands at 31 Mar 10:00 +02:00");
    shell.never_tells("fatma", "28 Mar", "");
    tells("31 Mar 10:00 +02:00", "contact 5 ophaalherinnering (email)");
    tells("31 Mar 11:15 +02:00", "contact 6 ophalen (desk), place Zuid, at 31 Mar 09:40 +02:00");
    tells("31 Mar 11:15 +02:00", "goal at 31 Mar 09:40 +02:00");
    shell.never_tells("fatma", "1 Apr 09:00", "");
    let until = shell.run("fatma").facts().find(|(_, property, _)| *property == "pickup_until").unwrap().2;
    assert_eq!(until, "2027-04-02", "an event of 25 March is older than that of 27 March");
    tells("1 Apr 19:00 +02:00", "contact 7 enquete (email)");
    assert_eq!(
        shell.why("fatma", "ophaalherinnering"),
        "Gebeurd op 31 maart 10:00. Toen was nog niet gemeld: de reservering is opgehaald (31 maart 09:40). Dat kwam pas \
         op 31 maart 11:15."
    );
}

#[test]
fn joris_bought_it_after_all() {
    let shell = replay();
    shell.tells("joris", "17 Mar 10:00 +01:00", "contact 1 reserveren (web)");
    shell.tells("joris", "17 Mar 10:00 +01:00", "contact 2 bevestiging (email)");
    let Status::Ended { ending, exit, .. } = &shell.run("joris").run.status else { panic!("not ended") };
    assert_eq!((*ending, exit.reason.as_deref()), (Ending::Left, Some("toch gekocht")));
    shell.never_tells("joris", "29 Mar", "");
}

#[test]
fn a_nameless_visitor_drops_off_and_gets_no_message() {
    let shell = replay();
    shell.tells("a-77", "19 Mar 22:10 +01:00", "contact 1 uitgeleend (web)");
    let dropped = shell.run("a-77").run.dropped.clone().unwrap();
    assert_eq!((dropped.time, dropped.reason), (at("2027-03-20T22:10:00+01:00"), None));
    assert_eq!(dropped.after, Some(TouchpointId::new("uitgeleend")));
    assert!(
        shell.decisions.iter().all(|decision| !decision.key.as_str().contains(&shell.run("a-77").run.id.to_string()))
    );
}

#[test]
fn totals() {
    let shell = replay();
    assert_eq!(shell.runs().count(), 5);
    let sent: Vec<(&str, usize)> = shell.sent().into_iter().collect();
    let wanted = [
        ("bevestiging", 4),
        ("enquete", 2),
        ("ligt-klaar", 3),
        ("ophaalherinnering", 2),
        ("tips", 1),
        ("vertraging", 1),
    ];
    assert_eq!(sent, wanted);
    assert_eq!(sent.iter().map(|(_, count)| count).sum::<usize>(), 13);
    assert_eq!(shell.standing_tasks().count(), 1);
    assert_eq!(shell.runs().filter(|run| run.run.goal.is_some()).count(), 2);
    assert_eq!(shell.ended(Ending::Left), 2);
    assert_eq!(shell.runs().filter(|run| run.run.dropped.is_some()).count(), 1);
    assert_eq!(shell.duplicates, 1);
}
