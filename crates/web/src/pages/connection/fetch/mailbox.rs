//! The mailbox in which customers answer.

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
};
use minijinja::context;
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::{
    connections::Fetch,
    fetching::{MailboxAt, Progress, Settings},
};
use store::Source;

use super::{kept, path, save as keep, told::state};
use crate::{
    App,
    form::{self, Remarks},
    language::Text,
    problem::{Answer, Problem},
    session::{Owner, Staff},
    views::data,
};

/// The form. The password is never sent back: left empty, the kept one stays.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Filled {
    host: String,
    port: String,
    user: String,
    folder: String,
    #[serde(skip_serializing)]
    password: String,
}

fn of(at: &MailboxAt) -> Filled {
    Filled {
        host: at.host.clone(),
        port: at.port.to_string(),
        user: at.user.clone(),
        folder: at.folder.clone(),
        password: String::new(),
    }
}

fn at(fetch: &Fetch) -> Result<&MailboxAt, Problem> {
    match &fetch.settings {
        Settings::Mailbox(at) => Ok(at),
        _ => Err(Problem::NotFound),
    }
}

pub(super) async fn show(owner: Owner, Path(id): Path<String>) -> Answer {
    let (source, fetch) = kept(&owner, &id).await?;
    let filled = of(at(&fetch)?);
    page(&owner, &source, &fetch, (&filled, &Remarks::default(), None))
}

/// Keeps where the mailbox stands once it let us in.
pub(super) async fn save(
    owner: Owner,
    State(app): State<App>,
    Path(id): Path<String>,
    Form(filled): Form<Filled>,
) -> Answer {
    let (source, old) = kept(&owner, &id).await?;
    let trusted_pem = at(&old)?.trusted_pem.clone();
    let mut remarks = Remarks::default();
    let host = form::line(&filled.host, 253).filter(|host| !host.contains(' '));
    let port = filled.port.trim().parse::<u16>().ok().filter(|port| *port > 0);
    let (user, folder) = (form::line(&filled.user, 200), form::line(&filled.folder, 200));
    let password =
        if filled.password.is_empty() { old.secret.clone().unwrap_or_default() } else { filled.password.clone() };
    remarks.expect(host.is_some(), "host", "sender-remark-host");
    remarks.expect(port.is_some(), "port", "sender-remark-port");
    remarks.expect(user.is_some(), "user", "mailbox-remark-user");
    remarks.expect(folder.is_some(), "folder", "mailbox-remark-folder");
    remarks.expect(!password.is_empty(), "password", "mailbox-remark-password");
    let (Some(host), Some(port), Some(user), Some(folder), true) = (host, port, user, folder, remarks.is_empty())
    else {
        return page(&owner, &source, &old, (&filled, &remarks, None));
    };
    let at = MailboxAt { host, port, user, folder, trusted_pem };
    if let Err(trouble) = app.service.fetching.try_mailbox(&at, &password).await {
        let trouble = trouble.say(owner.speech.language);
        return page(&owner, &source, &old, (&filled, &remarks, Some(trouble)));
    }
    let settings = Settings::Mailbox(at);
    let goes_on = old.settings.goes_on_with(&settings);
    let (place, progress) =
        if goes_on { (old.place.clone(), old.progress.clone()) } else { (None, Progress::default()) };
    let fetch = Fetch { settings, secret: Some(password), due: Some(owner.speech.now), place, progress, ..old };
    keep(&owner, &fetch).await?;
    owner.record("source.fetch_changed", &source.name, json!({})).await?;
    app.service.wake();
    owner.go(&path(&source), Text::new("mailbox-saved"))
}

fn page(
    staff: &Staff,
    source: &Source,
    fetch: &Fetch,
    (filled, remarks, trouble): (&Filled, &Remarks, Option<String>),
) -> Answer {
    let is_well = remarks.is_empty() && trouble.is_none();
    let status = if is_well { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = context! {
        source => context! { id => source.id.as_str(), name => source.name.as_str() },
        fetch => state(staff, fetch),
        filled => data(filled),
        has_password => fetch.secret.is_some(),
        trouble,
        remarks => remarks.said_by(staff),
    };
    staff.render_as(status, "fetch/mailbox.html", page)
}
