use store::{Draft, Files, JourneyRow, Mode, Result, Saved, Store, Version, limits};
use words::VersionHash;

use crate::samples::{at, id, journey_row, reparatie, rijnoever, version};

fn files(text: &str) -> Files {
    Files::from([("journey.yaml".to_owned(), text.to_owned())])
}

fn draft(text: &str, revision: u64) -> Draft {
    Draft {
        organisation: rijnoever(),
        journey: reparatie(),
        files: files(text),
        base: None,
        revision,
        updated: at(1),
        updated_by: Some(id(1)),
    }
}

fn published(hash: VersionHash, text: &str, minute: i64) -> Version {
    Version {
        organisation: rijnoever(),
        journey: reparatie(),
        number: 0,
        hash,
        files: files(text),
        published: at(minute),
        published_by: None,
        note: text.to_owned(),
    }
}

pub(crate) async fn journeys_change_but_not_what_is_live(store: &impl Store) -> Result<()> {
    let changed = JourneyRow {
        title: "Reparatie".to_owned(),
        mode: Mode::Live,
        paused: true,
        live: Some(version()),
        ..journey_row(rijnoever())
    };
    store.save_journey(changed.clone()).await?;
    let expected = JourneyRow { live: None, ..changed };
    assert_eq!(store.journey(&rijnoever(), &reparatie()).await?, Some(expected.clone()), "publishing alone makes live");
    assert_eq!(store.journeys(&rijnoever()).await?, [expected]);
    store.save_draft(draft("a", 0)).await?;
    assert!(store.delete_journey(&rijnoever(), &reparatie()).await?);
    assert_eq!(store.draft(&rijnoever(), &reparatie()).await?, None, "its draft goes with it");

    store.save_journey(journey_row(rijnoever())).await?;
    store.publish(published(version(), "a", 1)).await?;
    assert!(!store.delete_journey(&rijnoever(), &reparatie()).await?, "what was published stays");
    Ok(())
}

pub(crate) async fn two_editors_never_overwrite_each_other(store: &impl Store) -> Result<()> {
    assert_eq!(store.save_draft(draft("begin", 0)).await?, Saved::Saved(1));
    let loaded = store.draft(&rijnoever(), &reparatie()).await?.expect("it is there");
    assert_eq!(loaded, draft("begin", 1));
    assert_eq!(store.save_draft(draft("van Anne", loaded.revision)).await?, Saved::Saved(2));
    let overtaken = store.save_draft(draft("van Bram", loaded.revision)).await?;
    assert_eq!(overtaken, Saved::Overtaken(Some(draft("van Anne", 2))), "Bram sees what Anne made of it");
    assert_eq!(store.save_draft(draft("opnieuw", 0)).await?, Saved::Overtaken(Some(draft("van Anne", 2))));
    assert!(store.delete_draft(&rijnoever(), &reparatie()).await?);
    assert_eq!(store.save_draft(draft("van Anne", 2)).await?, Saved::Overtaken(None), "thrown away meanwhile");
    Ok(())
}

pub(crate) async fn an_edit_of_a_draft_can_be_taken_back(store: &impl Store) -> Result<()> {
    let max = limits::DRAFT_TEXTS_MAX;
    for revision in 0..=max + 1 {
        store.save_draft(draft(&format!("tekst {revision}"), revision)).await?;
    }
    store.save_draft(draft("te laat", 3)).await?;
    let earlier = store.earlier_drafts(&rijnoever(), &reparatie()).await?;
    let revisions: Vec<u64> = earlier.iter().map(|draft| draft.revision).collect();
    assert_eq!(revisions, (2..=max + 1).rev().collect::<Vec<_>>(), "so many, newest first; the oldest is forgotten");
    assert!(earlier.iter().all(|draft| draft.files.is_empty()));
    let before = store.earlier_draft(&rijnoever(), &reparatie(), max + 1).await?;
    assert_eq!(before, Some(draft(&format!("tekst {max}"), max + 1)));
    assert_eq!(store.earlier_draft(&rijnoever(), &reparatie(), 1).await?, None);
    store.delete_draft(&rijnoever(), &reparatie()).await?;
    assert_eq!(store.earlier_drafts(&rijnoever(), &reparatie()).await?, [], "thrown away with the draft");
    Ok(())
}

pub(crate) async fn while_one_types_few_earlier_texts_are_kept(store: &impl Store) -> Result<()> {
    let typed = |text: &str, revision, second, by: u128| Draft {
        updated: at(second),
        updated_by: Some(id(by)),
        ..draft(text, revision)
    };
    store.save_draft(typed("begin", 0, 1, 1)).await?;
    assert_eq!(store.keep_draft(typed("begin, en", 1, 2, 1)).await?, Saved::Saved(2));
    let kept = async || -> Result<Vec<u64>> {
        let earlier = store.earlier_drafts(&rijnoever(), &reparatie()).await?;
        Ok(earlier.iter().map(|draft| draft.revision).collect())
    };
    assert_eq!(kept().await?, [1], "what stood there when one began");
    for (revision, second) in [(2, 3), (3, 4)] {
        assert_eq!(store.keep_draft(typed("begin, en nog", revision, second, 1)).await?, Saved::Saved(revision + 1));
    }
    assert_eq!(kept().await?, [1], "not every word");
    store.keep_draft(typed("van een ander", 4, 5, 2)).await?;
    assert_eq!(kept().await?, [4, 1], "what somebody else had written");
    let later = 5 + limits::TYPING_KEPT_SECONDS;
    store.keep_draft(typed("later", 5, later, 2)).await?;
    assert_eq!(kept().await?, [5, 4, 1], "and now and then");
    assert!(matches!(store.keep_draft(typed("te laat", 3, later, 2)).await?, Saved::Overtaken(Some(_))));
    Ok(())
}

pub(crate) async fn versions_are_numbered_and_never_change(store: &impl Store) -> Result<()> {
    let second = VersionHash::new("b".repeat(64));
    assert_eq!(store.publish(published(version(), "een", 1)).await?, Some(1));
    assert_eq!(store.publish(published(second.clone(), "twee", 2)).await?, Some(2));
    assert_eq!(store.publish(published(version(), "anders", 3)).await?, Some(1), "the same hash is the same version");
    let live = store.journey(&rijnoever(), &reparatie()).await?.and_then(|row| row.live);
    assert_eq!(live, Some(version()), "and is live again");
    let first = store.version(&rijnoever(), &reparatie(), &version()).await?;
    assert_eq!(first, Some(Version { number: 1, ..published(version(), "een", 1) }), "as it was published");
    let list = store.versions(&rijnoever(), &reparatie()).await?;
    assert_eq!(list.iter().map(|version| (version.number, version.files.len())).collect::<Vec<_>>(), [(2, 0), (1, 0)]);
    let nowhere = Version { journey: "geen".into(), ..published(second, "x", 1) };
    assert_eq!(store.publish(nowhere).await?, None);
    Ok(())
}
