//! The log book: who did what, newest first.

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use minijinja::{Value, context};
use store::AuditRow;
use uuid::Uuid;

use crate::{App, paging::Sheet, problem::Answer, session::Owner};

const PATH: &str = "/instellingen/logboek";

pub(crate) fn router() -> Router<App> {
    Router::new().route(PATH, get(list))
}

async fn list(owner: Owner, State(app): State<App>, Query(sheet): Query<Sheet>) -> Answer {
    let listed = app.store.audit(&owner.house.id, sheet.paging()).await?;
    let accounts = app.store.accounts(&owner.house.id).await?;
    let names: BTreeMap<Uuid, String> = accounts.into_iter().map(|account| (account.id, account.name)).collect();
    let rows: Vec<Value> = listed.rows.iter().map(|row| line(row, &names)).collect();
    owner.render("audit/list.html", context! { rows, paging => sheet.context(PATH, listed.total) })
}

fn line(row: &AuditRow, names: &BTreeMap<Uuid, String>) -> Value {
    // What a later version or another part wrote is shown as it stands.
    let what = KNOWN.contains(&row.what.as_str()).then(|| row.what.replace(['.', '_'], "-"));
    context! {
        time => row.time.to_string(),
        who => row.account.and_then(|id| names.get(&id)),
        by_command_line => row.account.is_none(),
        what,
        code => row.what.as_str(),
        subject => row.subject.as_str(),
    }
}

/// What the texts `audit-…` tell.
const KNOWN: &[&str] = &[
    "organisation.changed",
    "member.invited",
    "member.role_changed",
    "member.link_made",
    "member.removed",
    "key.made",
    "key.revoked",
    "address.suppressed",
    "address.unsuppressed",
    "sender.saved",
    "sender.tested",
    "sender.removed",
    "source.made",
    "source.renamed",
    "source.key_made",
    "import.started",
    "quarantine.discarded",
    "quarantine.taken_again",
    "journey.published",
    "journey.paused",
    "journey.resumed",
    "journey.live",
    "journey.proof",
];
