//! Several processes, and several writers of one process, on one PostgreSQL.

use sqlx::{Connection, PgConnection};
use store::{
    AliasKind, Change, Conflict, Cursor, Error, Facts, Health, Inbox, Leases, Outbox, PoolSize, Postgres, Result,
    SendState, SqlStore, Travellers, customer_bucket,
};
use words::CustomerId;

use crate::{
    SIZE,
    concurrency::together,
    facts::read_all,
    identities::alias,
    leases::{lease, seconds},
    outbox::put,
    samples::{at, change, contact, customer, id, message, new_event, prepare, reparatie, rijnoever, run},
};

/// Several stores on one fresh schema, opened at once as several processes would, and its address.
async fn several(count: usize, size: PoolSize) -> Option<(Vec<SqlStore>, String)> {
    let url = postgres_for_tests::schema().await?;
    let opened = together((0..count).map(|_| Box::pin(Postgres::open(&url, size)) as _).collect()).await;
    let stores: Vec<SqlStore> = opened.into_iter().collect::<Result<_>>().expect("all of them open");
    prepare(&stores[0]).await.expect("the sample organisation is kept");
    Some((stores, url))
}

#[tokio::test]
async fn processes_that_start_at_once_make_the_tables_once() {
    let Some((stores, _)) = several(6, PoolSize { writers: 1, readers: 1 }).await else { return };
    for store in &stores {
        store.ready().await.expect("it works");
        assert_eq!(store.stats().await.expect("it reads")["organisations"], 2);
    }
}

#[tokio::test]
async fn a_message_goes_to_one_process() {
    let Some((stores, _)) = several(3, SIZE).await else { return };
    let rows = (1..=40).map(|number| message(number, customer(number), "bevestiging", SendState::Ready));
    put(&stores[0], rows.collect()).await.expect("they are kept");
    let lane = stores[0].ready_lanes(at(1)).await.expect("lanes").remove(0);
    let mut claimed: Vec<CustomerId> = Vec::new();
    // Who wanted what another took gets nothing and asks again.
    for _ in 0..40 {
        let claims = stores.iter().map(|store| store.claim(at(1), &lane, 7)).collect();
        for rows in together(claims).await {
            claimed.extend(rows.expect("it claims").iter().map(|row| row.customer));
        }
    }
    claimed.sort();
    assert_eq!(claimed, (1..=40).map(customer).collect::<Vec<_>>(), "each row to one of them");
}

#[tokio::test]
async fn of_two_processes_with_one_customer_one_is_told_to_look_again() {
    let Some((stores, _)) = several(2, SIZE).await else { return };
    for revision in 0..20 {
        let contend = |number: u128| {
            let mut change = change(customer(1), revision);
            let sequence = u32::try_from(revision).expect("small");
            change.contacts = vec![contact(number, customer(1), sequence, "melding", 1)];
            change.runs = vec![run(number, customer(1), None)];
            vec![change]
        };
        let commits = stores.iter().zip(1..).map(|(store, number)| store.commit(contend(number))).collect();
        let mut commits = together(commits).await.into_iter().collect::<Result<Vec<_>>>().expect("no error").concat();
        commits.sort_by_key(|commit| commit.is_err());
        assert_eq!(commits, [Ok(revision + 1), Err(Conflict::Revision(revision + 1))]);
    }
    assert_eq!(stores[0].stats().await.expect("it reads")["contacts"], 20, "what lost wrote nothing");
}

#[tokio::test]
async fn of_two_processes_with_one_name_one_is_told_whose_it_is() {
    let Some((stores, _)) = several(2, SIZE).await else { return };
    for round in 0..10_u128 {
        let name = format!("klant-{round}");
        let named = |number: u128| Change {
            aliases: vec![alias(AliasKind::User, &name)],
            ..change(customer(10 * (round + 1) + number), 0)
        };
        let commits = stores.iter().zip(1..).map(|(store, number)| store.commit(vec![named(number)])).collect();
        let commits = together(commits).await.into_iter().collect::<Result<Vec<_>>>().expect("no error").concat();
        assert_eq!(commits.iter().filter(|commit| **commit == Ok(1)).count(), 1, "{commits:?}");
        assert_eq!(commits.iter().filter(|commit| matches!(commit, Err(Conflict::Alias(_)))).count(), 1);
    }
    assert_eq!(stores[0].stats().await.expect("it reads")["customers"], 10);
}

#[tokio::test]
async fn an_event_that_comes_to_two_processes_is_kept_once() {
    let Some((stores, _)) = several(2, SIZE).await else { return };
    let events: Vec<_> = (0..50).map(|number| new_event(&format!("e{number}"), "anne", 1)).collect();
    let accepts = stores.iter().map(|store| store.accept(events.clone())).collect();
    let accepted = together(accepts).await.into_iter().collect::<Result<Vec<_>>>().expect("no error").concat();
    assert_eq!(accepted.iter().filter(|one| **one == store::Accepted::New).count(), 50);
    assert_eq!(stores[0].pending(100).await.expect("it reads").len(), 50);
}

fn told(number: u128) -> Change {
    let who = customer(number);
    Change {
        aliases: vec![alias(AliasKind::User, &format!("klant-{number}"))],
        runs: vec![run(number, who, None)],
        contacts: vec![contact(number, who, 1, "melding", 1)],
        ..change(who, 0)
    }
}

/// Two customers of different writers, where there are two; the first of the writer that is asked for.
fn of_both_writers(first: u16, from: u128) -> [u128; 2] {
    let of = |writer| (from..).find(|number| customer_bucket(&rijnoever(), customer(*number)).number() % 2 == writer);
    [of(first), of(1 - first)].map(|number| number.expect("some customer"))
}

/// Holds the name of a customer until it is taken back: whoever wants to write that name has its numbers and waits.
async fn hold<'c>(
    connection: &'c mut PgConnection,
    number: u128,
) -> sqlx::Result<sqlx::Transaction<'c, sqlx::Postgres>> {
    let value = format!("klant-{number}");
    let mut holding = connection.begin().await?;
    sqlx::query("INSERT INTO aliases (bucket, organisation, kind, value, customer) VALUES ($1, $2, 'user', $3, $4)")
        .bind(i64::from(words::Bucket::of(&rijnoever(), &value).number()))
        .bind(rijnoever().as_str())
        .bind(&value)
        .bind(vec![0_u8; 16])
        .execute(&mut *holding)
        .await?;
    Ok(holding)
}

#[tokio::test]
async fn a_reader_never_skips_what_is_committed_late() {
    let Some((stores, url)) = several(1, SIZE).await else { return };
    let mut outside = PgConnection::connect(&url).await.expect("a connection");
    let mut watching = PgConnection::connect(&url).await.expect("a connection");
    for [late, early] in [of_both_writers(0, 1), of_both_writers(1, 1_000)] {
        let (_, start) = read_all(&stores[0], Cursor::start(), 10).await.expect("it reads");
        let holding = hold(&mut outside, late).await.expect("it is held");
        let store = stores[0].clone();
        let waiting = tokio::spawn(async move { store.commit(vec![told(late)]).await });
        let waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
        while sqlx::query_scalar::<_, i64>(waits).fetch_one(&mut watching).await.expect("it reads") == 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(stores[0].commit(vec![told(early)]).await.expect("it commits"), [Ok(1)], "the other goes on");
        let (pieces, cursor) = read_all(&stores[0], start, 10).await.expect("it reads");
        assert_eq!(pieces.iter().flat_map(|piece| &piece.runs).count(), 1);

        holding.rollback().await.expect("it lets go");
        assert_eq!(waiting.await.expect("it ends").expect("it commits"), [Ok(1)]);
        let (pieces, _) = read_all(&stores[0], cursor, 10).await.expect("it reads");
        let contacts: Vec<_> = pieces.iter().flat_map(|piece| &piece.contacts).collect();
        assert_eq!(contacts.iter().map(|contact| contact.customer).collect::<Vec<_>>(), [customer(late)]);
    }
}

#[tokio::test]
async fn facts_of_many_writers_and_starts_are_read_once() {
    let Some((mut stores, url)) = several(2, SIZE).await else { return };
    let mut cursor = Cursor::start();
    let (mut seen, mut number) = (Vec::new(), 0);
    for round in 0..6 {
        for store in &stores {
            let changes = (0..8).map(|_| {
                number += 1;
                store.commit(vec![told(number)])
            });
            together(changes.map(|commit| Box::pin(commit) as _).collect::<Vec<_>>()).await;
        }
        let (pieces, next) = read_all(&stores[1], cursor, 3).await.expect("it reads");
        seen.extend(pieces.iter().flat_map(|piece| &piece.contacts).map(|contact| contact.customer));
        cursor = next;
        // One of them ends in good order and starts again; every other time it just goes away.
        if round % 2 == 0 {
            stores[0].close().await;
        }
        stores[0] = Postgres::open(&url, SIZE).await.expect("it opens");
    }
    seen.sort();
    assert_eq!(seen, (1..=number).map(customer).collect::<Vec<_>>());
    let afresh = stores[0].facts_after(&rijnoever(), &reparatie(), &Cursor::start(), 1_000).await.expect("it reads");
    assert_eq!(afresh.contacts.len(), seen.len());
}

/// What somebody who crashed may have left is looked at no more, and who only seemed to be gone writes on.
#[tokio::test]
async fn a_start_takes_away_what_others_left_open() {
    let Some((mut stores, url)) = several(1, SIZE).await else { return };
    let open = "SELECT count(*) FROM open_blocks";
    let mut watching = PgConnection::connect(&url).await.expect("a connection");
    let (mut cursor, mut number) = (Cursor::start(), 0);
    for _ in 0..5 {
        // Those before stay as they are, as if they were killed: nothing is given back.
        stores.push(Postgres::open(&url, SIZE).await.expect("it opens"));
        let left: i64 = sqlx::query_scalar(open).fetch_one(&mut watching).await.expect("it reads");
        assert_eq!(left, i64::from(SIZE.writers), "only those of the newest");
        number += 1;
        assert_eq!(stores[0].commit(vec![told(number)]).await.expect("it writes on"), [Ok(1)]);
        let (pieces, next) = read_all(&stores[0], cursor, 3).await.expect("it reads");
        let told: Vec<_> = pieces.iter().flat_map(|piece| &piece.contacts).map(|contact| contact.customer).collect();
        assert_eq!(told, [customer(number)]);
        cursor = next;
    }
}

/// Several commands in a transaction take their locks in the order in which they came; of two that wait for each other one
/// gives way, and all is written once.
#[tokio::test]
async fn what_comes_in_opposite_orders_is_written() {
    let Some((stores, _)) = several(2, PoolSize { writers: 1, readers: 1 }).await else { return };
    for round in 0..10_u128 {
        let of = |number: u128| Change {
            aliases: vec![alias(AliasKind::User, &format!("klant-{round}-{number}"))],
            ..change(customer(1_000 * (round + 1) + number), 0)
        };
        let write = |store: usize, number: u128| stores[store].commit(vec![of(number)]);
        let all = (0..8).map(|number| write(0, number)).chain((0..8).rev().map(|number| write(1, number)));
        let commits = together(all.collect()).await.into_iter().collect::<Result<Vec<_>>>().expect("no error").concat();
        assert_eq!(commits.iter().filter(|commit| **commit == Ok(1)).count(), 8, "{commits:?}");
    }
}

/// What is being written as somebody takes over is written to its end first; what comes later is refused.
#[tokio::test]
async fn a_take_over_waits_for_what_is_being_written() {
    let Some((stores, url)) = several(2, SIZE).await else { return };
    let share = stores[0].begin_lease(lease(1), seconds(0), seconds(15)).await.expect("it begins");
    let (mut writing, mut watching) = (connected(&url).await, connected(&url).await);
    // As every write under the lease does.
    let mut write = writing.begin().await.expect("a transaction");
    let look = "SELECT lease FROM leases WHERE bucket = 0 AND organisation = '' AND lease = $1 FOR KEY SHARE";
    sqlx::query(look).bind(id(1).as_bytes().as_slice()).fetch_one(&mut *write).await.expect("its row");
    let other = stores[1].clone();
    let taking = tokio::spawn(async move { other.begin_lease(lease(2), seconds(15), seconds(30)).await });
    let waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    while sqlx::query_scalar::<_, i64>(waits).fetch_one(&mut watching).await.expect("it reads") == 0 {
        tokio::task::yield_now().await;
    }
    assert!(stores[0].renew_lease(id(1), seconds(20)).await.expect("it writes"), "the lease is still there");
    write.commit().await.expect("it is written");
    assert!(taking.await.expect("it ends").expect("it takes over").buckets.is_empty(), "renewed at the last moment");
    assert!(stores[1].balance(id(2), seconds(20)).await.expect("it works").expect("it holds on").is_all());
    let late = stores[0].held(&share).commit(vec![change(customer(1), 0)]).await;
    assert!(matches!(late, Err(Error::LeaseEnded)), "{late:?}");
}

async fn connected(url: &str) -> PgConnection {
    PgConnection::connect(url).await.expect("a connection")
}
