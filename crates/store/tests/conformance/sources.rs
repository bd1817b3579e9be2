use jiff::civil::date;
use serde_json::json;
use store::{ImportJob, ImportState, Result, Source, SourceDay, SourceTally, Store, Webhook};

use crate::samples::{at, id, rijnoever};

fn tally(minute: i64, day: i8, received: u32) -> SourceTally {
    SourceTally {
        organisation: rijnoever(),
        source: "website".to_owned(),
        day: date(2026, 3, day),
        time: at(minute),
        received,
        refused: 1,
        duplicate: 2,
    }
}

pub(crate) async fn counts_add_up_per_day_and_for_ever(store: &impl Store) -> Result<()> {
    let source = Source {
        organisation: rijnoever(),
        id: "website".to_owned(),
        name: "Website".to_owned(),
        kind: "segment".to_owned(),
        created: at(0),
        last_received: None,
        usual_gap_seconds: None,
        received: 0,
        refused: 0,
        duplicate: 0,
    };
    store.save_source(source.clone()).await?;
    store.tally(vec![tally(10, 2, 5), tally(11, 2, 3), tally(10, 3, 4)]).await?;
    store.tally(vec![tally(20, 3, 1)]).await?;
    let stored = store.source(&rijnoever(), "website").await?.expect("it is there");
    assert_eq!((stored.received, stored.refused, stored.duplicate), (13, 4, 8));
    assert_eq!(stored.last_received, Some(at(20)), "an older delivery does not turn it back");
    // Gaps of one minute, then nine: 60 · 7/8 + 540 · 1/8.
    assert_eq!(stored.usual_gap_seconds, Some(120.0));
    let day = |day, received, times, gap| SourceDay {
        day,
        received,
        refused: times,
        duplicate: 2 * times,
        longest_gap_seconds: Some(gap),
    };
    let days = store.source_days(&rijnoever(), "website", date(2026, 3, 2)).await?;
    assert_eq!(days, [day(date(2026, 3, 2), 8, 2, 60.0), day(date(2026, 3, 3), 5, 2, 540.0)]);

    store.save_source(Source { name: "Portaal".to_owned(), ..source }).await?;
    let renamed = store.sources(&rijnoever()).await?;
    assert_eq!((renamed[0].name.as_str(), renamed[0].received), ("Portaal", 13), "its counts stay");
    store.tally(vec![SourceTally { source: "onbekend".to_owned(), ..tally(1, 2, 1) }]).await?;
    assert_eq!(store.sources(&rijnoever()).await?.len(), 2, "a source nobody saved shows itself");
    Ok(())
}

pub(crate) async fn imports_are_followed(store: &impl Store) -> Result<()> {
    let job = ImportJob {
        id: id(1),
        organisation: rijnoever(),
        file_name: "meldingen.csv".to_owned(),
        kind: "csv".to_owned(),
        mapping: json!({ "klant": "customer" }),
        state: ImportState::Mapping,
        read_bytes: 0,
        total_bytes: 2_000,
        report: json!({}),
        created: at(0),
        finished: None,
    };
    store.save_import(job.clone()).await?;
    store.save_import(ImportJob { id: id(2), created: at(1), ..job.clone() }).await?;
    for state in [ImportState::Reading, ImportState::Failed, ImportState::Done] {
        let changed = ImportJob { state, read_bytes: 2_000, finished: Some(at(5)), ..job.clone() };
        store.save_import(changed.clone()).await?;
        assert_eq!(store.import(&rijnoever(), id(1)).await?, Some(changed));
    }
    let newest = store.imports(&rijnoever(), 1).await?;
    assert_eq!(newest.iter().map(|job| job.id).collect::<Vec<_>>(), [id(2)]);
    Ok(())
}

pub(crate) async fn a_webhook_is_kept_and_replaced(store: &impl Store) -> Result<()> {
    let webhook = Webhook {
        organisation: rijnoever(),
        source: "kassa".to_owned(),
        signing: r#"{"secret":"geheim"}"#.to_owned(),
        mapping: None,
    };
    assert_eq!(store.webhook(&rijnoever(), "kassa").await?, None);
    store.save_webhook(webhook.clone()).await?;
    let mapped = Webhook { mapping: Some("{}".to_owned()), ..webhook };
    store.save_webhook(mapped.clone()).await?;
    assert!(!format!("{mapped:?}").contains("geheim"), "its secret is in no log");
    assert_eq!(store.webhook(&rijnoever(), "kassa").await?, Some(mapped));
    assert_eq!(store.webhook(&words::OrganisationId::new("elders"), "kassa").await?, None);
    Ok(())
}
