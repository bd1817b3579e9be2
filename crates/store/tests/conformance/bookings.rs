use jiff::civil::{Date, date};
use store::{CaseRow, DayRow, Error, ResourceRow, Result, Store, limits};

use crate::samples::{at, new_event, other, rijnoever};

const MONDAY: Date = date(2027, 3, 1);

fn day(resource: &str, day: Date, version: u64, text: &str) -> DayRow {
    DayRow { resource: resource.into(), day, version, unsettled: None, text: text.into() }
}

fn repair(revision: u64, text: &str) -> CaseRow {
    CaseRow { kind: "repair".into(), object: "R1".into(), revision, unsettled: None, text: text.into() }
}

pub(crate) async fn days_are_saved_as_one_and_only_as_they_were_seen(store: &impl Store) -> Result<()> {
    let anne = ResourceRow { resource: "anne".into(), text: "{}".into() };
    store.save_resource(&rijnoever(), anne.clone()).await?;
    assert_eq!(store.resources(&rijnoever()).await?, [anne]);
    let first = vec![day("bas", MONDAY, 0, "b1"), day("anne", MONDAY, 0, "a1")];
    assert!(store.save_resource_days(&rijnoever(), first.clone()).await?);
    assert!(!store.save_resource_days(&rijnoever(), first).await?, "they are there by now");
    let stale = vec![day("anne", MONDAY, 1, "a2"), day("bas", MONDAY, 7, "b2"), day("cor", MONDAY, 0, "c1")];
    assert!(!store.save_resource_days(&rijnoever(), stale).await?);
    let days = store.resource_days(&rijnoever(), MONDAY, MONDAY).await?;
    assert_eq!(days, [day("anne", MONDAY, 1, "a1"), day("bas", MONDAY, 1, "b1")], "nothing of it was saved");
    let tuesday = MONDAY.tomorrow().expect("a day");
    let both = vec![day("anne", MONDAY, 1, "a2"), day("anne", tuesday, 0, "a3")];
    assert!(store.save_resource_days(&rijnoever(), both).await?);
    assert_eq!(store.resource_days(&rijnoever(), tuesday, tuesday).await?, [day("anne", tuesday, 1, "a3")]);
    assert_eq!(store.resource_days(&other(), MONDAY, tuesday).await?, []);
    let long = "x".repeat(limits::BOOKING_BYTES_MAX + 1);
    let refused = store.save_resource_days(&rijnoever(), vec![day("anne", MONDAY, 2, &long)]).await;
    assert!(matches!(refused, Err(Error::TooMuch { .. })));
    Ok(())
}

pub(crate) async fn a_case_is_saved_with_what_it_tells(store: &impl Store) -> Result<()> {
    let told = || vec![new_event("e1", "anne", 10)];
    assert_eq!(store.case(&rijnoever(), "repair", "R1").await?, None);
    assert!(store.save_case(&rijnoever(), repair(0, "one"), vec![]).await?);
    assert!(!store.save_case(&rijnoever(), repair(0, "two"), told()).await?);
    assert!(!store.save_case(&rijnoever(), repair(2, "two"), told()).await?);
    assert!(store.pending(10).await?.is_empty(), "nothing is told of what was not saved");
    assert!(store.save_case(&rijnoever(), repair(1, "two"), told()).await?);
    assert_eq!(store.case(&rijnoever(), "repair", "R1").await?, Some(repair(2, "two")));
    assert_eq!(store.pending(10).await?.len(), 1);
    assert_eq!(store.case(&other(), "repair", "R1").await?, None);
    assert!(store.forget_case(&rijnoever(), "repair", "R1").await?);
    assert!(!store.forget_case(&rijnoever(), "repair", "R1").await?);
    Ok(())
}

pub(crate) async fn what_is_to_be_settled_is_found(store: &impl Store) -> Result<()> {
    let later = |seconds| Some(at(seconds));
    let days = [("anne", 50), ("bas", 20), ("cor", 90)];
    let days = days.map(|(resource, seconds)| DayRow { unsettled: later(seconds), ..day(resource, MONDAY, 0, "{}") });
    assert!(store.save_resource_days(&rijnoever(), days.to_vec()).await?);
    let found = store.unsettled_days(&rijnoever(), at(60)).await?;
    assert_eq!(found.iter().map(|day| day.resource.as_str()).collect::<Vec<_>>(), ["bas", "anne"]);
    assert!(store.save_case(&rijnoever(), CaseRow { unsettled: later(30), ..repair(0, "{}") }, vec![]).await?);
    assert_eq!(store.unsettled_cases(&rijnoever(), at(29)).await?, []);
    assert_eq!(store.unsettled_cases(&rijnoever(), at(30)).await?.len(), 1);
    assert!(store.save_case(&rijnoever(), repair(1, "{}"), vec![]).await?);
    assert_eq!(store.unsettled_cases(&rijnoever(), at(30)).await?, []);
    Ok(())
}
