use std::sync::LazyLock;

use words::{Ending, Lesson, Status, TouchpointId};

use crate::support::{Shell, assert_golden, at};

static REPLAY: LazyLock<Shell> = LazyLock::new(|| Shell::replay("woning-reparatie", "2027-11-15T23:59:59+01:00"));

fn replay() -> &'static Shell {
    &REPLAY
}

#[test]
fn the_whole_trace_comes_out_as_the_golden_one() {
    assert_golden("woning-reparatie", replay());
}

#[test]
fn devries_moves_her_appointment_over_the_change_of_the_clock() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("devries", time, text);
    tells("26 Oct 09:12 +02:00", "contact 1 melding (web)");
    tells("26 Oct 09:20 +02:00", "contact 2 afspraak (web)");
    tells("26 Oct 09:20 +02:00", "contact 3 bevestiging (email)");
    tells("26 Oct 09:20 +02:00", "promise of bevestiging: 29 Oct 10:00 +02:00 - 29 Oct 12:00 +02:00");
    tells("26 Oct 09:20 +02:00", "herinnering for appointment:A-1 stands at 28 Oct 10:00 +02:00");
    // At once, in quiet hours: urgent.
    tells("27 Oct 21:40 +02:00", "contact 4 wijzigen (web)");
    tells("27 Oct 21:40 +02:00", "contact 5 bevestiging (email), visit 2");
    tells("27 Oct 21:40 +02:00", "promise of bevestiging until 29 Oct 12:00 +02:00 replaced");
    tells("27 Oct 21:40 +02:00", "promise of bevestiging: 1 Nov 08:00 +01:00 - 1 Nov 10:00 +01:00");
    shell.never_tells("devries", "28 Oct", "");
    tells("31 Oct 10:00 +01:00", "contact 6 herinnering (sms)");
    tells("1 Nov 07:40 +01:00", "contact 7 onderweg (sms)");
    tells("1 Nov 07:40 +01:00", "promise of onderweg: 1 Nov 08:00 +01:00 - 1 Nov 08:25 +01:00");
    tells("1 Nov 08:14 +01:00", "promise of bevestiging until 1 Nov 10:00 +01:00 kept at 1 Nov 08:14 +01:00");
    tells("1 Nov 08:14 +01:00", "promise of onderweg until 1 Nov 08:25 +01:00 kept at 1 Nov 08:14 +01:00");
    shell.never_tells("devries", "1 Nov 08:14", "contact");
    tells("1 Nov 09:05 +01:00", "contact 8 gerepareerd (visit), outcome fixed");
    tells("1 Nov 09:05 +01:00", "goal at 1 Nov 09:05 +01:00");
    tells("1 Nov 11:05 +01:00", "contact 9 enquete (email)");
    // The newest bevestiging; uitloop did not happen.
    tells("1 Nov 12:30 +01:00", "werk +1.5 on contact 8");
    for contact in [5, 6, 7] {
        tells("1 Nov 12:30 +01:00", &format!("communicatie +1.0 on contact {contact}"));
    }
    shell.never_tells("devries", "1 Nov 12:30", "communicatie +1.0 on contact 3");
    let Status::Ended { ending, listens_until, .. } = &shell.run("devries").run.status else { panic!("not ended") };
    assert_eq!((*ending, *listens_until), (Ending::Done, at("2027-11-15T17:00:00+01:00")));
}

#[test]
fn yilmaz_goes_through_the_loop_by_sms() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("yilmaz", time, text);
    tells("25 Oct 08:30 +02:00", "contact 1 melding (phone)");
    tells("25 Oct 08:36 +02:00", "contact 2 afspraak (phone)");
    tells("25 Oct 08:36 +02:00", "contact 3 bevestiging (sms)");
    tells("25 Oct 08:36 +02:00", "promise of bevestiging: 28 Oct 13:00 +02:00 - 28 Oct 15:00 +02:00");
    tells("25 Oct 08:37 +02:00", "duplicate r-011 appointment.booked refused");
    tells("27 Oct 10:00 +02:00", "contact 4 herinnering (sms)");
    tells("28 Oct 12:50 +02:00", "contact 5 onderweg (sms)");
    tells("28 Oct 12:50 +02:00", "promise of onderweg: 28 Oct 13:20 +02:00 - 28 Oct 13:40 +02:00");
    tells("28 Oct 13:15 +02:00", "contact 6 uitloop (sms)");
    tells("28 Oct 13:15 +02:00", "promise of onderweg until 28 Oct 13:40 +02:00 replaced");
    tells("28 Oct 13:15 +02:00", "promise of uitloop: 28 Oct 14:00 +02:00 - 28 Oct 14:25 +02:00");
    tells("28 Oct 14:10 +02:00", "promise of bevestiging until 28 Oct 15:00 +02:00 kept at 28 Oct 14:10 +02:00");
    tells("28 Oct 14:10 +02:00", "promise of uitloop until 28 Oct 14:25 +02:00 kept at 28 Oct 14:10 +02:00");
    tells("28 Oct 14:35 +02:00", "contact 7 niet-gelukt (visit), reason material");
    tells("28 Oct 14:35 +02:00", "task niet-gelukt for vakmensen, due 28 Oct 14:35 +02:00");
    tells("28 Oct 14:40 +02:00", "contact 8 afspraak (visit), visit 2");
    tells("28 Oct 14:40 +02:00", "task niet-gelukt done");
    tells("28 Oct 14:40 +02:00", "contact 9 bevestiging (sms), visit 2");
    tells("28 Oct 14:40 +02:00", "loop from niet-gelukt to bevestiging");
    tells("28 Oct 14:40 +02:00", "promise of bevestiging: 29 Oct 09:00 +02:00 - 29 Oct 11:00 +02:00");
    tells("28 Oct 14:40 +02:00", "herinnering skipped: 28 Oct 10:00 +02:00 is past");
    shell.never_tells("yilmaz", "28 Oct 14:41", "");
    tells("28 Oct 16:35 +02:00", "contact 10 tussenvraag (sms)");
    tells("29 Oct 08:45 +02:00", "contact 11 onderweg (sms), visit 2");
    tells("29 Oct 08:45 +02:00", "promise of onderweg: 29 Oct 09:05 +02:00 - 29 Oct 09:25 +02:00");
    tells("29 Oct 10:15 +02:00", "contact 12 gerepareerd (visit), outcome fixed");
    tells("29 Oct 10:15 +02:00", "goal at 29 Oct 10:15 +02:00");
    tells("29 Oct 10:20 +02:00", "promise of bevestiging until 29 Oct 11:00 +02:00 kept at 29 Oct 09:12 +02:00");
    tells("29 Oct 10:20 +02:00", "promise of onderweg until 29 Oct 09:25 +02:00 kept at 29 Oct 09:12 +02:00");
    shell.never_tells("yilmaz", "29 Oct 10:20", "contact");
    tells("29 Oct 12:15 +02:00", "contact 13 enquete (sms)");
    assert_eq!(shell.why("yilmaz", "herinnering").matches("28 oktober 10:00").count(), 1);
}

#[test]
fn jansen_is_not_at_home_and_drops_off_after_five_civil_days() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("jansen", time, text);
    tells("26 Oct 11:05 +02:00", "contact 3 bevestiging (sms)");
    tells("27 Oct 10:00 +02:00", "contact 4 herinnering (sms)");
    tells("28 Oct 08:50 +02:00", "contact 5 onderweg (sms)");
    tells("28 Oct 11:10 +02:00", "contact 6 niet-thuis (visit), reason not_home, at 28 Oct 09:25 +02:00");
    tells("28 Oct 11:10 +02:00", "promise of bevestiging until 28 Oct 10:00 +02:00 kept at 28 Oct 09:25 +02:00");
    tells("28 Oct 11:10 +02:00", "promise of onderweg until 28 Oct 09:30 +02:00 kept at 28 Oct 09:25 +02:00");
    tells("28 Oct 11:10 +02:00", "task niet-thuis for klantcontactcentrum, due 28 Oct 15:10 +02:00");
    tells("2 Nov 09:25 +01:00", "dropped off at niet-thuis on 2 Nov 09:25 +01:00");
    let dropped = shell.run("jansen").run.dropped.as_ref().unwrap();
    assert_eq!(dropped.time, at("2027-11-02T09:25:00+01:00"), "120 hours would be 08:25");
    assert_eq!(dropped.after, Some(TouchpointId::new("niet-thuis")));
    assert_eq!(dropped.reason.as_deref(), Some("not_home"));
}

#[test]
fn bakker_cancels_and_hears_nothing_more() {
    let shell = replay();
    shell.tells("bakker", "27 Oct 15:10 +02:00", "contact 3 bevestiging (email)");
    let Status::Ended { ending, exit, .. } = &shell.run("bakker").run.status else { panic!("not ended") };
    assert_eq!((*ending, exit.reason.as_deref()), (Ending::Left, Some("zelf opgelost")));
    assert_eq!(exit.time, at("2027-10-28T20:00:00+02:00"));
    shell.never_tells("bakker", "29 Oct", "");
    shell.never_tells("bakker", "30 Oct", "");
}

#[test]
fn smit_is_held_for_the_night_and_called_back_after_the_end() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("smit", time, text);
    tells("27 Oct 09:05 +02:00", "contact 3 bevestiging (email)");
    tells("27 Oct 09:05 +02:00", "promise of bevestiging: 29 Oct 18:00 +02:00 - 29 Oct 20:00 +02:00");
    tells("28 Oct 10:00 +02:00", "contact 4 herinnering (sms)");
    tells("29 Oct 19:20 +02:00", "contact 5 statusvraag (phone), reason status");
    tells("29 Oct 19:30 +02:00", "promise of bevestiging until 29 Oct 20:00 +02:00 kept at 29 Oct 19:30 +02:00");
    tells("29 Oct 20:00 +02:00", "contact 6 gerepareerd (visit), outcome fixed");
    tells("29 Oct 20:00 +02:00", "goal at 29 Oct 20:00 +02:00");
    tells("29 Oct 20:30 +02:00", "ends Done at 29 Oct 20:30 +02:00");
    let Status::Ended { listens_until, .. } = &shell.run("smit").run.status else { panic!("not ended") };
    assert_eq!(*listens_until, at("2027-11-12T20:30:00+01:00"));
    tells("29 Oct 22:00 +02:00", "enquete held until 30 Oct 08:00 +02:00");
    tells("30 Oct 08:00 +02:00", "contact 7 enquete (email)");
    tells("30 Oct 09:00 +02:00", "werk +1.0 on contact 6");
    tells("30 Oct 09:00 +02:00", "communicatie -1.0 on contact 3");
    tells("30 Oct 09:00 +02:00", "communicatie -1.0 on contact 4");
    tells("30 Oct 09:00 +02:00", "task teruggebeld for klantcontactcentrum, due 31 Oct 09:00 +01:00");
    tells("1 Nov 09:30 +01:00", "contact 8 teruggebeld (phone), outcome excuses gemaakt");
    tells("1 Nov 09:30 +01:00", "task teruggebeld done, overdue");
}

#[test]
fn an_object_that_nobody_knows_waits_48_hours() {
    let shell = replay();
    let nobody = shell.story.of_nobody();
    assert_eq!(nobody.len(), 2);
    assert!(nobody[0].starts_with("28 Oct 16:00 +02:00  r-029"));
    assert_eq!(nobody[1], "30 Oct 16:00 +02:00  r-029 visit.completed to quarantine: visit:V-99 is unknown");
}

#[test]
fn totals() {
    let shell = replay();
    assert_eq!(shell.runs().count(), 5);
    let sent: Vec<(&str, usize)> = shell.sent().into_iter().collect();
    let wanted =
        [("bevestiging", 7), ("enquete", 3), ("herinnering", 4), ("onderweg", 4), ("tussenvraag", 1), ("uitloop", 1)];
    assert_eq!(sent, wanted);
    assert_eq!(sent.iter().map(|(_, count)| count).sum::<usize>(), 20);
    assert_eq!(shell.standing_tasks().count(), 3);
    assert_eq!(shell.runs().filter(|run| run.run.goal.is_some()).count(), 3);
    assert_eq!(shell.ended(Ending::Left), 1);
    assert_eq!(shell.runs().filter(|run| run.run.dropped.is_some()).count(), 1);
    assert_eq!(shell.runs().map(engine::State::loops).sum::<u32>(), 1);
    assert_eq!((shell.quarantine.len(), shell.duplicates), (1, 1));
    let broken = shell.learnt.iter().filter(|learnt| learnt.lesson == Lesson::PromiseBroken);
    assert_eq!(broken.count(), 0, "every promise was kept or replaced");
}
