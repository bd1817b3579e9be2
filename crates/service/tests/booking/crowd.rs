//! Many at the same time. `KLANTREIS_ROUNDS` says how often.

use std::sync::Arc;

use service::booking::Refusal;
use tokio::task::JoinSet;

use crate::desk::Desk;

fn asked(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// How many ask at the same time.
const CROWD: usize = 200;

pub(crate) async fn of_many_who_want_the_last_place_one_gets_it(mut desk: Desk) {
    desk.works("anne", &[], &[]).await;
    for round in 0..asked("KLANTREIS_ROUNDS", 3) {
        let shared = Arc::new(desk);
        let mut crowd = JoinSet::new();
        for who in 0..CROWD {
            let desk = shared.clone();
            crowd.spawn(async move { desk.book(desk.long(&format!("R{round}-{who}")), 0, 0).await });
        }
        let answers = crowd.join_all().await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "round {round}");
        assert!(answers.iter().flatten().count() == 1 && answers.iter().all(|a| a.is_ok() || *a == Err(Refusal::Full)));
        desk = Arc::into_inner(shared).expect("nobody else has it");
        let objects: Vec<String> = (0..CROWD).map(|who| format!("R{round}-{who}")).collect();
        desk.is_whole(&objects).await;
        let [(_, booked)] = &desk.plan().await[..] else { panic!("one has it") };
        let key = service::booking::CaseKey::new("repair", &booked[0]);
        desk.booking.cancel(&desk.organisation, &key, 1, "customer", desk.now).await.unwrap().unwrap();
        desk.later(1);
    }
}

pub(crate) async fn one_thing_has_one_appointment_however_often_it_is_booked(mut desk: Desk) {
    desk.works("anne", &[], &[]).await;
    desk.works("bas", &[], &[]).await;
    let shared = Arc::new(desk);
    let mut crowd = JoinSet::new();
    for which in 0..20 {
        let desk = shared.clone();
        crowd.spawn(async move { desk.book(desk.short("R1"), which % 2, 0).await });
    }
    let answers = crowd.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    desk = Arc::into_inner(shared).expect("nobody else has it");
    desk.later(2);
    desk.booking.settle(&desk.organisation, desk.now).await.unwrap();
    desk.is_whole(&["R1".to_owned()]).await;
    assert_eq!(desk.told().await, ["appointment.booked R1"]);
}
