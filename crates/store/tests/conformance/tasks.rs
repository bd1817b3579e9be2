use store::{
    Change, Complaint, ComplaintCounts, HeardBy, NewEvent, Paging, Result, Store, TaskCounts, TaskFilter, TaskRow,
    TaskState,
};
use words::{Channel, Experience};

use crate::samples::{at, change, customer, event, id, rijnoever, task};

async fn put(store: &impl Store, tasks: Vec<TaskRow>) -> Result<()> {
    for row in tasks {
        let change = Change { tasks: vec![row.clone()], ..change(row.customer, 0) };
        store.commit(vec![change]).await?.remove(0).expect("no conflict");
    }
    Ok(())
}

pub(crate) async fn a_task_is_done_once(store: &impl Store) -> Result<()> {
    let row = task(1, customer(1), "vakmensen", Some(at(30)));
    put(store, vec![row.clone()]).await?;
    assert_eq!(store.task(&rijnoever(), &row.key).await?, Some(row.clone()));
    let done = TaskState::Done {
        time: at(20),
        by: Some(id(7)),
        channel: Some(Channel::new("phone")),
        note: "gebeld".to_owned(),
    };
    let told = |name: &str| NewEvent::about(rijnoever(), customer(1), event(name, None, &[], 20));
    assert!(store.finish_task(&rijnoever(), &row.key, done.clone(), told("done-1")).await?);
    assert!(!store.finish_task(&rijnoever(), &row.key, done.clone(), told("done-2")).await?, "a colleague was first");
    assert!(!store.finish_task(&rijnoever(), &words::EffectKey::stored("geen"), done.clone(), told("done-3")).await?);
    assert_eq!(store.task(&rijnoever(), &row.key).await?.map(|row| row.state), Some(done));
    let pending: Vec<_> = store.pending(10).await?.into_iter().map(|stored| stored.event.id).collect();
    assert_eq!(pending, ["done-1".into()], "the engine is told once");
    Ok(())
}

pub(crate) async fn tasks_are_listed_by_urgency(store: &impl Store) -> Result<()> {
    put(
        store,
        vec![
            task(1, customer(1), "vakmensen", None),
            task(2, customer(2), "vakmensen", Some(at(30))),
            task(3, customer(3), "vakmensen", Some(at(10))),
            task(4, customer(4), "balie", Some(at(20))),
            TaskRow {
                state: TaskState::Withdrawn { reason: "x".to_owned() },
                ..task(5, customer(5), "balie", Some(at(1)))
            },
        ],
    )
    .await?;
    let list = async |filter: TaskFilter| {
        let listed = store.tasks(&rijnoever(), &filter, Paging::first(10)).await?;
        assert_eq!(listed.total, listed.rows.len() as u64);
        Ok::<_, store::Error>(listed.rows.into_iter().map(|row| row.customer).collect::<Vec<_>>())
    };
    let open = TaskFilter { open: true, ..TaskFilter::default() };
    assert_eq!(list(open.clone()).await?, [3, 4, 2, 1].map(customer));
    assert_eq!(list(TaskFilter { team: Some("balie".to_owned()), ..open.clone() }).await?, [customer(4)]);
    assert_eq!(list(TaskFilter { due_before: Some(at(20)), ..open.clone() }).await?, [customer(3)]);
    assert_eq!(list(TaskFilter { customer: Some(customer(5)), ..TaskFilter::default() }).await?, [customer(5)]);
    assert_eq!(list(TaskFilter { journey: Some("andere".into()), ..open }).await?, []);
    let count = |team: &str, open, overdue| TaskCounts { team: team.to_owned(), open, overdue };
    assert_eq!(store.task_counts(&rijnoever(), at(15)).await?, [count("balie", 1, 0), count("vakmensen", 3, 1)]);
    Ok(())
}

pub(crate) async fn a_task_may_turn_out_to_be_a_complaint(store: &impl Store) -> Result<()> {
    let row = task(1, customer(1), "vakmensen", Some(at(30)));
    put(store, vec![row.clone(), task(2, customer(2), "vakmensen", Some(at(5)))]).await?;
    let complaint = Complaint {
        heard: HeardBy::Reply,
        text: "Niemand belt terug".to_owned(),
        before: Experience::new(-1.0),
        acknowledged: None,
        taken: Some(id(7)),
        after: None,
    };
    let told = TaskRow {
        team: "balie".to_owned(),
        title: "Los de klacht op".to_owned(),
        due: Some(at(60)),
        complaint: Some(complaint),
        ..row.clone()
    };
    store.commit(vec![Change { retold: vec![told.clone()], ..change(row.customer, 1) }]).await?.remove(0).unwrap();
    assert_eq!(store.task(&rijnoever(), &row.key).await?, Some(told.clone()));
    let only = TaskFilter { complaints: true, touchpoint: Some(row.touchpoint.clone()), ..TaskFilter::default() };
    assert_eq!(store.tasks(&rijnoever(), &only, Paging::first(10)).await?.rows, std::slice::from_ref(&told));
    let elsewhere = TaskFilter { touchpoint: Some("anders".into()), ..only.clone() };
    assert_eq!(store.tasks(&rijnoever(), &elsewhere, Paging::first(10)).await?.total, 0);
    let done = TaskFilter { done: true, ..only };
    assert_eq!(store.tasks(&rijnoever(), &done, Paging::first(10)).await?.total, 0);
    let count = |open, overdue| ComplaintCounts { touchpoint: row.touchpoint.clone(), open, overdue };
    assert_eq!(store.complaint_counts(&rijnoever(), &row.journey, at(59)).await?, [count(1, 0)]);
    assert_eq!(store.complaint_counts(&rijnoever(), &row.journey, at(61)).await?, [count(1, 1)]);
    let state = TaskState::Done { time: at(61), by: None, channel: None, note: "gebeld".to_owned() };
    let event = NewEvent::about(rijnoever(), customer(1), event("done", None, &[], 61));
    assert!(store.finish_task(&rijnoever(), &row.key, state, event).await?);
    assert_eq!(store.tasks(&rijnoever(), &done, Paging::first(10)).await?.total, 1);
    assert_eq!(store.complaint_counts(&rijnoever(), &row.journey, at(62)).await?, []);
    Ok(())
}
