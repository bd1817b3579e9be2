use store::{Change, NewEvent, Paging, Result, Store, TaskCounts, TaskFilter, TaskRow, TaskState};
use words::Channel;

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
