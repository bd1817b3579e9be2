//! The log book: who did what, newest first.

mod subject;

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use fluent_bundle::FluentArgs;
use minijinja::{Value, context};
use store::AuditRow;
use uuid::Uuid;

use self::subject::Known;
use crate::{
    App,
    language::Locale,
    paging::Sheet,
    problem::Answer,
    session::{Owner, Staff, audited},
};

const PATH: &str = "/instellingen/logboek";

pub(crate) fn router() -> Router<App> {
    Router::new().route(PATH, get(list))
}

async fn list(owner: Owner, State(app): State<App>, Query(sheet): Query<Sheet>) -> Answer {
    let listed = app.store.audit(&owner.house.id, sheet.paging()).await?;
    let accounts = app.store.accounts(&owner.house.id).await?;
    let names: BTreeMap<Uuid, String> = accounts.into_iter().map(|account| (account.id, account.name)).collect();
    let known = Known::gather(&app, &owner, &listed.rows).await?;
    let rows: Vec<Value> = listed.rows.iter().map(|row| line(&owner, row, &names, &known)).collect();
    owner.render("audit/list.html", context! { rows, paging => sheet.context(PATH, listed.total) })
}

fn line(staff: &Staff, row: &AuditRow, names: &BTreeMap<Uuid, String>, known: &Known) -> Value {
    let key = audited(&row.what);
    // What a later version wrote is shown as it stands.
    let what = Locale::of(staff.speech.language).say(&key, &FluentArgs::new());
    context! {
        time => row.time.to_string(),
        who => row.account.and_then(|id| names.get(&id)),
        by_command_line => row.account.is_none(),
        what,
        code => row.what.as_str(),
        subject => known.subject(staff, row),
    }
}
