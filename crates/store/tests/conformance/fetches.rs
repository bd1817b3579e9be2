use store::{
    Class, Fetch, FetchState, Result, SaidRow, Store,
    limits::{FETCHED_AHEAD_MAX, FETCHED_ROWS_MAX},
};
use words::OrganisationId;

use crate::samples::{at, rijnoever};

fn fetch(source: &str, due: Option<i64>) -> Fetch {
    Fetch {
        organisation: rijnoever(),
        source: source.to_owned(),
        settings: "{}".to_owned(),
        secret: Some("Bearer geheim".to_owned()),
        mapping: None,
        state: FetchState { due: due.map(at), place: None, progress: "{}".to_owned() },
    }
}

pub(crate) async fn what_is_due_is_claimed_once(store: &impl Store) -> Result<()> {
    for (source, due) in [("later", Some(30)), ("second", Some(5)), ("first", Some(1)), ("never", None)] {
        store.save_fetch(fetch(source, due)).await?;
    }
    let due = store.due_fetches(at(10), 10).await?;
    assert_eq!(due.iter().map(|one| one.source.as_str()).collect::<Vec<_>>(), ["first", "second"]);
    assert!(!format!("{due:?}").contains("geheim"), "its secret is in no log");
    assert_eq!(store.due_fetches(at(10), 1).await?.len(), 1);
    let before = at(10) - FETCHED_AHEAD_MAX;
    assert_eq!(store.due_fetches(before, 9).await?.len(), 1, "the clock was set back: this is due too far ahead");
    assert_eq!(store.due_fetches(before - FETCHED_AHEAD_MAX, 9).await?.len(), 3);
    let claimed = FetchState { due: Some(at(60)), place: Some("12".to_owned()), progress: "{\"a\":1}".to_owned() };
    assert!(store.step_fetch(&rijnoever(), "first", at(1), claimed.clone()).await?);
    assert!(!store.step_fetch(&rijnoever(), "first", at(1), claimed.clone()).await?, "another has it");
    let kept = store.fetch(&rijnoever(), "first").await?.expect("it is there");
    assert_eq!((kept.state, kept.secret.as_deref()), (claimed, Some("Bearer geheim")));
    assert_eq!(store.fetch(&OrganisationId::new("elders"), "first").await?, None);
    Ok(())
}

pub(crate) async fn a_change_by_staff_wins_over_one_that_runs(store: &impl Store) -> Result<()> {
    store.save_fetch(fetch("api", Some(1))).await?;
    let claimed = FetchState { due: Some(at(60)), ..FetchState::default() };
    assert!(store.step_fetch(&rijnoever(), "api", at(1), claimed).await?);
    store.save_fetch(Fetch { secret: None, ..fetch("api", Some(2)) }).await?;
    let done = FetchState { due: Some(at(90)), place: Some("oud".to_owned()), progress: "{}".to_owned() };
    assert!(!store.step_fetch(&rijnoever(), "api", at(60), done).await?);
    assert_eq!(store.fetch(&rijnoever(), "api").await?, Some(Fetch { secret: None, ..fetch("api", Some(2)) }));
    Ok(())
}

pub(crate) async fn rows_are_remembered_by_what_they_said(store: &impl Store) -> Result<()> {
    let said = |row, said| SaidRow { row: [row; 16], said: [said; 16], seen: at(1) };
    store.remember_rows(&rijnoever(), "leden", vec![said(1, 7), said(2, 7)]).await?;
    store.remember_rows(&rijnoever(), "leden", vec![said(2, 8)]).await?;
    store.remember_rows(&rijnoever(), "elders", vec![said(1, 9)]).await?;
    let asked = vec![[1; 16], [2; 16], [3; 16]];
    assert_eq!(store.said_rows(&rijnoever(), "leden", asked.clone()).await?, [said(1, 7), said(2, 8)]);
    store.forget_rows(&rijnoever(), "leden").await?;
    assert!(store.said_rows(&rijnoever(), "leden", asked.clone()).await?.is_empty());
    assert_eq!(store.said_rows(&rijnoever(), "elders", asked).await?, [said(1, 9)]);
    store.save_fetch(fetch("leden", None)).await?;
    let late = SaidRow { seen: at(9), ..said(2, 7) };
    store.remember_rows(&rijnoever(), "leden", vec![said(1, 7), late]).await?;
    assert_eq!(store.let_go(&rijnoever(), Class::Fetched, at(2), 9).await?, 2, "by age, and of a source that is gone");
    assert_eq!(store.said_rows(&rijnoever(), "leden", vec![[1; 16], [2; 16]]).await?, [late]);
    let many = vec![[0; 16]; FETCHED_ROWS_MAX + 1];
    assert!(store.said_rows(&rijnoever(), "leden", many).await.is_err());
    let many = vec![said(1, 1); FETCHED_ROWS_MAX + 1];
    assert!(store.remember_rows(&rijnoever(), "leden", many).await.is_err());
    Ok(())
}
