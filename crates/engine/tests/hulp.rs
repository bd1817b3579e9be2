use std::sync::LazyLock;

use words::{Ending, Refusal, Status, TouchpointId};

use crate::support::{Shell, assert_golden, at};

static REPLAY: LazyLock<Shell> = LazyLock::new(|| Shell::replay("hulp-bij-inloggen", "2027-03-01T23:59:59+01:00"));

fn replay() -> &'static Shell {
    &REPLAY
}

#[test]
fn the_whole_trace_comes_out_as_the_golden_one() {
    assert_golden("hulp-bij-inloggen", replay());
}

#[test]
fn emma_is_helped_by_the_bot_and_then_by_a_person() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("emma", time, text);
    tells("1 Feb 19:30 +01:00", "contact 1 inloggen-mislukt (web), reason wachtwoord");
    tells("1 Feb 19:31 +01:00", "contact 2 inloggen-mislukt (web), reason wachtwoord, visit 2");
    tells("1 Feb 19:31:40 +01:00", "contact 3 inloggen-mislukt (web), reason wachtwoord, visit 3");
    tells("1 Feb 19:31:40 +01:00", "contact 4 inlogmail (email)");
    tells("1 Feb 19:33 +01:00", "contact 5 chat-open (chat)");
    tells("1 Feb 19:33 +01:00", "key C-1");
    tells("1 Feb 19:33 +01:00", "promise of chat-open: 1 Feb 19:33 +01:00 - 1 Feb 19:35 +01:00");
    tells("1 Feb 19:33:04 +01:00", "contact 6 bot-antwoord (chat)");
    tells("1 Feb 19:33:04 +01:00", "promise of chat-open until 1 Feb 19:35 +01:00 kept at 1 Feb 19:33:04 +01:00");
    tells("1 Feb 19:35 +01:00", "contact 7 geholpen (chat), outcome nee");
    tells("1 Feb 19:36:10 +01:00", "contact 8 medewerker (chat)");
    // The fourth failure, in the same run; the condition stayed true.
    tells("1 Feb 19:38 +01:00", "contact 9 inloggen-mislukt (web), reason wachtwoord, visit 4");
    shell.never_tells("emma", "1 Feb 19:38", "inlogmail");
    tells("1 Feb 19:40 +01:00", "contact 10 weer-ingelogd (web)");
    tells("1 Feb 19:40 +01:00", "goal at 1 Feb 19:40 +01:00");
    let Status::Ended { ending, listens_until, .. } = &shell.run("emma").run.status else { panic!("not ended") };
    assert_eq!((*ending, *listens_until), (Ending::Done, at("2027-02-08T19:48:00+01:00")));
    tells("1 Feb 19:58 +01:00", "contact 11 beoordeling (email)");
    tells("1 Feb 20:10 +01:00", "hulp +2.0 on contact 6");
    tells("1 Feb 20:10 +01:00", "hulp +2.0 on contact 8");
}

#[test]
fn bram_leaves_before_an_answer_and_gets_it_after_all() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("bram", time, text);
    tells("2 Feb 20:50 +01:00", "contact 1 chat-open (chat)");
    // Broken at 20:52; known when late events have had their 48 hours.
    tells("4 Feb 20:52 +01:00", "promise of chat-open broken at 2 Feb 20:52 +01:00");
    tells("2 Feb 20:53 +01:00", "contact 2 weggegaan (chat), reason wachttijd");
    tells("2 Feb 20:53 +01:00", "task whatsapp-vervolg for klantenservice, due 2 Feb 21:53 +01:00");
    tells("2 Feb 20:53:30 +01:00", "duplicate h-023 conversation.left refused");
    tells("3 Feb 09:05 +01:00", "contact 3 whatsapp-vervolg (whatsapp)");
    tells("3 Feb 09:05 +01:00", "task whatsapp-vervolg done, overdue");
    tells("3 Feb 09:20 +01:00", "contact 4 weer-ingelogd (web)");
    tells("3 Feb 09:20 +01:00", "goal at 3 Feb 09:20 +01:00");
    tells("3 Feb 09:30 +01:00", "ends Done at 3 Feb 09:30 +01:00");
    tells("3 Feb 09:40 +01:00", "contact 5 beoordeling (email)");
}

#[test]
fn chantal_comes_back_within_the_week() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("chantal", time, text);
    tells("3 Feb 20:40 +01:00", "contact 1 chat-open (chat)");
    tells("3 Feb 20:40:03 +01:00", "contact 2 bot-antwoord (chat)");
    tells("3 Feb 20:40:03 +01:00", "promise of chat-open until 3 Feb 20:42 +01:00 kept at 3 Feb 20:40:03 +01:00");
    tells("3 Feb 20:44 +01:00", "contact 3 geholpen (chat), outcome ja");
    tells("3 Feb 20:55 +01:00", "ends Done at 3 Feb 20:55 +01:00");
    tells("3 Feb 21:05 +01:00", "beoordeling held until 4 Feb 08:00 +01:00");
    tells("4 Feb 08:00 +01:00", "contact 4 beoordeling (email)");
    tells("5 Feb 10:00 +01:00", "contact 5 opnieuw (chat)");
    tells("5 Feb 10:00 +01:00", "task opnieuw for klantenservice, due 5 Feb 11:00 +01:00");
    tells("5 Feb 10:20 +01:00", "contact 6 medewerker (chat)");
    tells("5 Feb 10:20 +01:00", "task opnieuw done");
    assert_eq!(shell.run("chantal").loops(), 1);
    // The second end changes nothing about the end; the same question is refused.
    let Status::Ended { exit, listens_until, .. } = &shell.run("chantal").run.status else { panic!("not ended") };
    assert_eq!((exit.time, *listens_until), (at("2027-02-03T20:55:00+01:00"), at("2027-02-10T20:55:00+01:00")));
    tells("5 Feb 10:40 +01:00", "beoordeling refused: asked on 3 Feb 21:05 +01:00");
    shell.never_tells("chantal", "5 Feb 10:40", "contact");
}

#[test]
fn dewi_logs_in_and_a_late_page_view_falls_into_place() {
    let shell = replay();
    let tells = |time: &str, text: &str| shell.tells("dewi", time, text);
    tells("2 Feb 23:10 +01:00", "contact 1 inloggen-mislukt (web), reason wachtwoord");
    tells("2 Feb 23:15 +01:00", "is dewi");
    tells("2 Feb 23:15:05 +01:00", "contact 2 weer-ingelogd (web)");
    tells("2 Feb 23:15:05 +01:00", "goal at 2 Feb 23:15:05 +01:00");
    tells("2 Feb 23:40 +01:00", "contact 3 uitlegpagina (web), at 2 Feb 23:11 +01:00");
    assert_eq!(shell.run("dewi").run.at, Some(TouchpointId::new("weer-ingelogd")), "the newest by its own time");
    assert_eq!(shell.run("dewi").run.dropped, None);
    let Status::Ended { ending, exit, .. } = &shell.run("dewi").run.status else { panic!("not ended") };
    assert_eq!((*ending, exit.time), (Ending::Done, at("2027-02-09T23:15:05+01:00")));
}

#[test]
fn fons_gives_up() {
    let shell = replay();
    shell.tells("fons", "2 Feb 14:00 +01:00", "contact 1 inloggen-mislukt (web), reason pas verlopen");
    shell.tells("fons", "2 Feb 15:00 +01:00", "dropped off at inloggen-mislukt on 2 Feb 15:00 +01:00");
    let Status::Ended { ending, exit, .. } = &shell.run("fons").run.status else { panic!("not ended") };
    assert_eq!((*ending, exit.time), (Ending::Left, at("2027-02-09T14:00:00+01:00")));
}

#[test]
fn totals() {
    let shell = replay();
    assert_eq!(shell.runs().count(), 5);
    let sent: Vec<(&str, usize)> = shell.sent().into_iter().collect();
    assert_eq!(sent, [("beoordeling", 3), ("inlogmail", 1)]);
    assert_eq!(shell.refusals(), [Refusal::AskedRecently]);
    let tasks: Vec<_> = shell.standing_tasks().collect();
    assert_eq!((tasks.len(), tasks.iter().filter(|task| task.done.is_some()).count()), (2, 2));
    assert_eq!(shell.runs().filter(|run| run.run.goal.is_some()).count(), 3);
    assert_eq!(shell.duplicates, 1);
}
