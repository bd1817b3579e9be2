//! A PostgreSQL for tests: the one that `KLANTREIS_POSTGRES` names by its URL, else a server of one's own. Each test gets a
//! schema for itself.

#![expect(clippy::print_stderr, reason = "who runs the tests is told what was left out")]

mod cluster;

use std::sync::{
    OnceLock,
    atomic::{AtomicU32, Ordering},
};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

pub use cluster::Cluster;

/// How schemas of tests are called.
const PREFIX: &str = "klantreis_test_";

enum Server {
    Named(String),
    Own(Cluster),
    Missing,
}

impl Server {
    fn find() -> Self {
        match std::env::var("KLANTREIS_POSTGRES") {
            Ok(url) if !url.is_empty() => Self::Named(url),
            _ => Cluster::start().map_or(Self::Missing, Self::Own),
        }
    }

    fn url(&self) -> Option<String> {
        match self {
            Self::Named(url) => Some(url.clone()),
            Self::Own(cluster) => Some(cluster.url()),
            Self::Missing => None,
        }
    }
}

static SERVER: OnceLock<Server> = OnceLock::new();
static SCHEMAS: AtomicU32 = AtomicU32::new(0);

/// The URL of an empty schema. `None`, and a word about it, where there is no PostgreSQL; with `KLANTREIS_REQUIRE_PEERS` that
/// is a failure.
pub async fn schema() -> Option<String> {
    let Some(url) = SERVER.get_or_init(Server::find).url() else {
        assert!(std::env::var_os("KLANTREIS_REQUIRE_PEERS").is_none(), "PostgreSQL is required (Debian: postgresql)");
        eprintln!("left out: no PostgreSQL here");
        return None;
    };
    let number = SCHEMAS.fetch_add(1, Ordering::Relaxed);
    let mut connection = PgConnection::connect(&url).await.expect("the server answers");
    let own = format!("{PREFIX}{}_", std::process::id());
    if number == 0 && matches!(SERVER.get(), Some(Server::Named(_))) {
        clear(&mut connection, &own).await;
    }
    let name = format!("{own}{number}");
    perform(&mut connection, format!("CREATE SCHEMA {name}")).await;
    let sign = if url.contains('?') { '&' } else { '?' };
    Some(format!("{url}{sign}options[search_path]={name}"))
}

/// Takes away what earlier tests left on a server that stays.
async fn clear(connection: &mut PgConnection, own: &str) {
    let left = "SELECT nspname::text FROM pg_namespace
        WHERE starts_with(nspname::text, $1) AND NOT starts_with(nspname::text, $2)";
    let left = sqlx::query_scalar(left).bind(PREFIX).bind(own);
    let left: Vec<String> = left.fetch_all(&mut *connection).await.expect("the schemas");
    for name in left {
        perform(connection, format!("DROP SCHEMA IF EXISTS {name} CASCADE")).await;
    }
}

async fn perform(connection: &mut PgConnection, statement: String) {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(connection).await.expect("a statement");
}
