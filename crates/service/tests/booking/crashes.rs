//! Somebody dies at each call to the store, before it is made or after it was; somebody else settles what is left.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use service::booking::CaseKey;
use store::{Between, Call, Error, Result};

use crate::desk::Desk;

/// Every call from this one on fails.
struct Dies {
    at: usize,
    calls: AtomicUsize,
    is_after: bool,
}

impl Dies {
    fn strikes(&self, counts: bool) -> Result<()> {
        let call = self.calls.fetch_add(usize::from(counts), Ordering::Relaxed);
        if call >= self.at { Err(Error::Unavailable("it died".into())) } else { Ok(()) }
    }
}

#[async_trait]
impl Between for Dies {
    async fn before(&self, _: Call) -> Result<()> {
        if self.is_after && self.calls.load(Ordering::Relaxed) <= self.at {
            Ok(())
        } else {
            self.strikes(!self.is_after)
        }
    }

    async fn after(&self, _: Call) -> Result<()> {
        if self.is_after { self.strikes(true) } else { Ok(()) }
    }
}

pub(crate) async fn wherever_somebody_dies_the_rest_is_settled(mut desk: Desk) {
    desk.works("anne", &[], &[]).await;
    desk.works("bas", &[], &[]).await;
    let (mut points, mut number) = (0, 0);
    for what in ["book", "move", "cancel"] {
        for is_after in [false, true] {
            for at in 0.. {
                number += 1;
                let object = format!("R{number}");
                let key = CaseKey::new("repair", &object);
                if what != "book" {
                    desk.book(desk.short(&object), 0, 0).await.unwrap();
                }
                let dies = Arc::new(Dies { at, calls: AtomicUsize::new(0), is_after });
                let booking = desk.with(dies.clone());
                let finished = match what {
                    "cancel" => booking.cancel(&desk.organisation, &key, 1, "customer", desk.now).await.is_ok(),
                    _ => {
                        let seen = u32::from(what == "move");
                        let change = desk.change(desk.short(&object), 1, seen);
                        booking.book(&desk.organisation, &change, &desk.rules, desk.now).await.is_ok()
                    }
                };
                desk.later(2);
                desk.booking.settle(&desk.organisation, desk.now).await.unwrap();
                desk.is_whole(std::slice::from_ref(&object)).await;
                let case = desk.case(&object).await;
                let told = desk.told().await.iter().filter(|told| told.ends_with(&format!(" {object}"))).count();
                assert_eq!(told as u32, case.sequence, "{what} at {at}: everybody was told what is so");
                if let Some(appointment) = case.booked() {
                    assert!(what != "cancel" || case.sequence == 1);
                    let expected = if what == "book" || case.sequence == 2 { 1 } else { 0 };
                    assert_eq!(appointment.window, desk.window(expected));
                    let seen = case.sequence;
                    desk.booking.cancel(&desk.organisation, &key, seen, "staff", desk.now).await.unwrap().unwrap();
                }
                points += 1;
                if finished {
                    break;
                }
            }
        }
    }
    assert!(points > 40, "only {points} points were looked at");
}
