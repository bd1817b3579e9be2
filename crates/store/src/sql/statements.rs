//! Every statement of the hot path leads to rows by their bucket, and none reads a table from end to end.

use sqlx::{AssertSqlSafe, PgConnection, Row as _};

use super::{
    PoolSize, Postgres, Sqlite, bulk, claim, commit, customers, delivery_rows,
    driver::Conn,
    due, endpoints, erasing, event_rows, facts, fetches, identities, inbox, leases, merges, message_rows, migrations,
    outbox, pace, postponing,
    read::Read,
    run_rows, search,
    sql::{Sql, sql},
    task_rows, tasks, travellers, unsound, waking,
};

/// Writes out a statement over many rows.
type Write = fn(bulk::Many<'static>) -> String;

fn for_sqlite(many: bulk::Many<'static>) -> String {
    bulk::text(many)
}

/// With the kinds of columns by their names.
fn for_server(many: bulk::Many<'static>) -> String {
    let names = many.0.split_once('(').and_then(|(_, rest)| rest.split_once(')')).expect("columns").0;
    let of_runs = many.0.starts_with("INSERT INTO runs");
    let of_contacts = many.0.starts_with("INSERT INTO contacts");
    let kind = |name: &str| match name.trim() {
        "score" => "double precision[]",
        "customer" | "run" | "digest" | "forwards_to" | "memory" | "done_by" | "carried_by" => "bytea[]",
        "state" if of_runs => "bytea[]",
        "place" if of_contacts => "text[]",
        "bucket" | "time" | "until" | "seq" | "place" | "sequence" | "received" | "arrival" | "revision"
        | "created" | "updated" | "generation" | "started" | "ended" | "listens_until" | "goal" | "dropped" | "due"
        | "visit" | "recorded" | "decided" | "rank" | "claim_at" | "moment" | "attempt" | "attempts"
        | "next_attempt" | "carried" | "again" | "given_back" | "made" | "done" => "bigint[]",
        _ => "text[]",
    };
    let kinds: Vec<&str> = names.split(',').map(kind).collect();
    assert_eq!(kinds.len(), many.1, "{names}");
    bulk::list_text(many, &kinds)
}

fn hot(write: Write) -> Vec<String> {
    let many = [
        event_rows::ACCEPT,
        event_rows::MARK,
        identities::ALIASES,
        identities::OBJECTS,
        identities::FORWARDS,
        travellers::CUSTOMERS,
        travellers::RUNS,
        run_rows::SAVE,
        message_rows::INSERT,
        task_rows::INSERT,
        delivery_rows::INSERT,
        erasing::TOMBSTONES,
        claim::CLAIM,
        claim::FINISH,
    ];
    let many = many.into_iter().chain(commit::HOT_CUSTOMERS).chain(commit::HOT_STORY).chain(commit::HOT_CHECK);
    let many = many.map(write);
    let single = [event_rows::COUNT, inbox::GET].into_iter().chain(claim::HOT);
    many.chain(single.chain(commit::HOT_EFFECTS).map(str::to_owned)).collect()
}

/// Seldom, and in the same transactions as the hot path.
fn of_merges() -> impl Iterator<Item = String> {
    commit::HOT_MOVES.into_iter().map(str::to_owned)
}

/// What runs all the time but looks for rows of any bucket: the worker that owns the buckets asks.
fn asked_again_and_again(write: Write) -> Vec<String> {
    let single = [
        event_rows::KEPT,
        leases::OWN,
        inbox::RECENT,
        inbox::NAMED,
        due::MARK[0],
        due::MARK[1],
        due::NEXT_RUN,
        due::NEXT_HELD,
        due::NEXT_READY,
        claim::NEXT_LANE,
        due::NEXT_WAITED,
        pace::WAY,
        endpoints::DUE,
        delivery_rows::DUE,
        delivery_rows::NEWEST,
        delivery_rows::OF,
        delivery_rows::LET_GO,
        fetches::DUE,
        fetches::AHEAD,
        outbox::OPEN,
        outbox::GET,
        outbox::BY_REFERENCE,
        outbox::UNDELIVERED,
        outbox::LAST_SENT,
        outbox::ASKED,
        outbox::BY_TOUCHPOINT,
        postponing::POSTPONE[0],
        postponing::POSTPONE[1],
        postponing::POSTPONE[2],
        unsound::PUT_EVENT,
        unsound::PUT_MESSAGE,
        tasks::GET,
        tasks::COUNTS,
        tasks::COMPLAINTS,
        customers::LIST,
        customers::RUNS,
        customers::CONTACTS,
        customers::LEARNT,
        customers::DECISIONS,
        customers::EVENTS,
        customers::ACTIVE,
        facts::BOUNDS,
        facts::CONTACTS,
        facts::LEARNT,
        facts::RUNS,
        facts::REMOVED,
        facts::CONTACTS_OF,
        facts::LEARNT_OF,
        facts::RUN_OF,
        facts::BY_TOUCHPOINT,
        search::BY_WORD,
        merges::LIST,
        merges::INTO,
    ];
    let many = [travellers::WAITING, inbox::WAITING_FOR];
    let many = many.map(write);
    let work =
        [inbox::PENDING, inbox::WAITED, waking::NOBODYS, due::RUNS, due::HELD, outbox::LEFT, claim::ANY, claim::READY];
    let work = work.into_iter().flat_map(|text| [leases::everyones(text), leases::narrowed(text)]);
    single.into_iter().map(str::to_owned).chain(work.map(String::from)).chain(many).collect()
}

#[test]
fn every_statement_of_the_hot_path_names_the_bucket() {
    for text in hot(for_sqlite).into_iter().chain(of_merges()) {
        let leads = text.contains("(bucket, organisation") || text.contains("bucket = $1 AND organisation = $2");
        let follows = [
            "found.bucket = wanted.bucket",
            "events.bucket = marked.bucket",
            "runs.bucket = learning.bucket",
            "outbox.bucket = claimed.bucket",
            "outbox.bucket = finished.bucket",
        ];
        let joined = text.starts_with("WITH");
        assert!(leads && (!joined || follows.iter().any(|one| text.contains(one))), "not led by the bucket: {text}");
    }
}

/// What SQLite would do, with nothing in every place.
fn explained(text: &str) -> Sql {
    let numbered = (1..).take_while(|number| text.contains(&format!("${number}"))).count();
    let places = numbered.max(text.matches('?').count());
    (0..places).fold(sql(format!("EXPLAIN QUERY PLAN {text}")), |asked, _| asked.int_if(None))
}

#[tokio::test]
async fn no_statement_reads_a_table_from_end_to_end() {
    let store = Sqlite::in_memory().await.expect("it opens");
    let mut conn = store.reader().await.expect("a reader");
    let mut slow = Vec::new();
    for text in hot(for_sqlite).into_iter().chain(asked_again_and_again(for_sqlite)).chain(of_merges()) {
        let plan = explained(&text).rows(&mut conn).await.expect(&text);
        for row in &plan {
            let step = Read::new(row, "plan").text("detail").expect("a step");
            let given = [
                "wanted",
                "marked",
                "learning",
                "claimed",
                "finished",
                "ready",
                "4-ROW VALUES CLAUSE",
                "4 CONSTANT ROWS",
                "CONSTANT ROW",
            ];
            let given = given.map(|rows| format!("SCAN {rows}"));
            // The numbered rows of a merge.
            let numbered = step.starts_with("SCAN (subquery");
            let queue = step == "SCAN events USING INDEX events_to_apply";
            let scan = step.starts_with("SCAN") && !queue && !numbered && !given.contains(&step);
            // Of a lease's bucket these two are the whole key.
            let whole = step.starts_with("SEARCH held ");
            if scan || (step.ends_with("(bucket=? AND organisation=?)") && !whole) || step.contains("AUTOMATIC") {
                slow.push(format!("{step}\n    {text}"));
            }
        }
    }
    assert_eq!(slow, Vec::<String>::new(), "{}", slow.join("\n"));
}

/// What PostgreSQL does for a statement whatever its values are.
async fn plan(conn: &mut PgConnection, text: &str) -> Vec<String> {
    let ask = |text: String| sqlx::raw_sql(AssertSqlSafe(text));
    let prepare = format!("DEALLOCATE ALL; PREPARE asked AS {text}");
    ask(prepare).execute(&mut *conn).await.expect(text);
    let types = "SELECT unnest(parameter_types)::text AS kind FROM pg_prepared_statements WHERE name = 'asked'";
    let types = ask(types.to_owned()).fetch_all(&mut *conn).await.expect("types");
    let values: Vec<&str> = types
        .iter()
        .map(|row| match row.get::<&str, _>("kind") {
            "bigint" | "double precision" => "1",
            "bytea" => "'\\x00'::bytea",
            list if list.ends_with("[]") => "'{}'",
            _ => "'x'",
        })
        .collect();
    let values = if values.is_empty() { String::new() } else { format!("({})", values.join(", ")) };
    let rows = ask(format!("EXPLAIN (COSTS OFF) EXECUTE asked{values}")).fetch_all(&mut *conn).await.expect(text);
    rows.iter().map(|row| row.get::<String, _>(0)).collect()
}

#[tokio::test]
async fn no_statement_reads_a_table_of_a_server_from_end_to_end() {
    let Some(url) = postgres_for_tests::schema().await else { return };
    let store = Postgres::open(&url, PoolSize { writers: 1, readers: 1 }).await.expect("it opens");
    let Conn::Server(mut conn) = store.reader().await.expect("a reader") else { unreachable!("it is a server") };
    // Then only a statement without an index for it reads a table from end to end.
    let settings = "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan";
    sqlx::raw_sql(settings).execute(&mut *conn).await.expect("settings");
    let unled = plan(&mut conn, "SELECT * FROM contacts WHERE staff = $1").await;
    assert!(unled.iter().any(|step| step.contains("Seq Scan")), "it is seen where it happens: {unled:?}");
    let mut slow = Vec::new();
    for text in hot(for_server).into_iter().chain(asked_again_and_again(for_server)).chain(of_merges()) {
        let plan = plan(&mut conn, &text).await;
        if plan.iter().any(|step| step.contains("Seq Scan")) {
            slow.push(format!("{}\n    {text}", plan.join("\n")));
        }
    }
    assert_eq!(slow, Vec::<String>::new(), "{}", slow.join("\n"));
}

/// A server that never counted a table takes any two columns for as good as a key.
#[tokio::test]
async fn the_hot_path_of_a_server_goes_by_keys_before_anything_is_counted() {
    let Some(url) = postgres_for_tests::schema().await else { return };
    let store = Postgres::open(&url, PoolSize { writers: 1, readers: 1 }).await.expect("it opens");
    let Conn::Server(mut conn) = store.reader().await.expect("a reader") else { unreachable!("it is a server") };
    let filled = "INSERT INTO events (bucket, organisation, source, event, arrival, time, received, name, body, state)
        SELECT n % 1024, 'rijnoever', 'website', 'e' || n, n, n, n, 'repair.reported', '{}', 'new'
        FROM generate_series(1, 2000) AS n";
    let settings = "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan";
    for text in [filled, settings] {
        sqlx::raw_sql(text).execute(&mut *conn).await.expect(text);
    }
    let mut slow = Vec::new();
    // Of empty tables every index is as good; messages and tasks come slowly enough for the server to count them meanwhile.
    let by_event = |text: &String| !["outbox", "tasks"].iter().any(|table| text.contains(table));
    for text in hot(for_server).into_iter().filter(by_event) {
        let plan = plan(&mut conn, &text).await;
        if plan.iter().any(|step| step.contains("Index Scan using") && !step.contains("_pkey on")) {
            slow.push(format!("{}\n    {text}", plan.join("\n")));
        }
    }
    assert_eq!(slow, Vec::<String>::new(), "{}", slow.join("\n"));
}

#[tokio::test]
async fn the_events_of_a_name_are_found_by_their_index() {
    let store = Sqlite::in_memory().await.expect("it opens");
    let mut conn = store.reader().await.expect("a reader");
    let plan = explained(inbox::NAMED).rows(&mut conn).await.expect("a plan");
    let steps: Vec<String> = plan.iter().map(|row| Read::new(row, "plan").text("detail").expect("a step")).collect();
    assert!(steps.len() == 1 && steps[0].contains("events_named"), "{steps:?}");
}

#[tokio::test]
async fn every_table_is_counted() {
    let store = Sqlite::in_memory().await.expect("it opens");
    let mut conn = store.reader().await.expect("a reader");
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table'
        AND name NOT IN ('openings', 'open_blocks', 'leases', 'held_buckets', '_sqlx_migrations') ORDER BY name";
    let rows = sql(tables).rows(&mut conn).await.expect("the tables");
    let stored: Vec<String> = rows.iter().map(|row| Read::new(row, "table").text("name").expect("a name")).collect();
    let mut counted: Vec<&str> = migrations::tables().map(|table| table.name).collect();
    counted.sort_unstable();
    assert_eq!(stored, counted);
}
