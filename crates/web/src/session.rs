//! Who is logged in: sessions in the store by the hash of their token, and the extractors that ask for a role.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, request::Parts},
};
use jiff::{SignedDuration, Timestamp};
use service::token;
use store::{Account, AuditRow, Role, Session};

use crate::{
    App, cookies,
    house::House,
    problem::Problem,
    shell::{Member, Shell},
};

/// How long a log-in lasts.
const SESSION_DAYS: i64 = 30;
/// How often its use is noted.
const TOUCH_MINUTES: i64 = 5;

/// The member of staff behind a request, if any.
pub(crate) async fn member(app: &App, headers: &HeaderMap) -> Result<Option<Member>, Problem> {
    let Some(token) = cookies::value(headers, cookies::SESSION) else {
        return Ok(None);
    };
    let now = app.clock.now();
    let hash = token::hash(&token);
    let Some((session, account)) = app.store.session(&hash, now).await? else {
        return Ok(None);
    };
    if now.duration_since(session.last_seen) > SignedDuration::from_mins(TOUCH_MINUTES) {
        app.store.touch_session(&hash, now).await?;
    }
    let Some(row) = app.store.organisation(&account.organisation).await? else {
        return Ok(None);
    };
    Ok(Some(Member { account, house: House::of(&row) }))
}

/// Opens a session; the header sets its cookie.
pub(crate) async fn open(app: &App, account: &Account) -> Result<HeaderValue, Problem> {
    let token = token::token(app.random.as_ref());
    let now = app.clock.now();
    let lasts = SignedDuration::from_hours(24 * SESSION_DAYS);
    app.store
        .save_session(Session {
            token_hash: token::hash(&token),
            organisation: account.organisation.clone(),
            account: account.id,
            created: now,
            expires: now.checked_add(lasts).unwrap_or(Timestamp::MAX),
            last_seen: now,
        })
        .await?;
    Ok(cookies::set(app, cookies::SESSION, token, lasts.as_secs()))
}

/// Ends the session of a request; the header takes its cookie away.
pub(crate) async fn close(app: &App, headers: &HeaderMap) -> Result<HeaderValue, Problem> {
    if let Some(token) = cookies::value(headers, cookies::SESSION) {
        app.store.delete_session(&token::hash(&token)).await?;
    }
    Ok(cookies::clear(app, cookies::SESSION))
}

/// A member of staff who is logged in: the shell of the page, and who it is for.
pub struct Staff {
    shell: Shell,
    /// Who.
    pub account: Account,
    /// Where.
    pub house: House,
}

impl std::ops::Deref for Staff {
    type Target = Shell;

    fn deref(&self) -> &Shell {
        &self.shell
    }
}

impl Staff {
    async fn of_parts(app: &App, parts: &Parts, at_least: Role) -> Result<Self, Problem> {
        let Some(member) = member(app, &parts.headers).await? else {
            let back = parts.method == Method::GET;
            let then = if back { parts.uri.path_and_query() } else { None };
            return Err(Problem::LogIn { then: then.map(ToString::to_string).unwrap_or_default() });
        };
        if member.account.role < at_least {
            return Err(Problem::Forbidden);
        }
        Ok(Self { shell: Shell::new(app, parts, Some(member.clone())), account: member.account, house: member.house })
    }

    /// Notes in the log book what this person did: `what` as `noun.verb`, to which subject.
    pub async fn record(&self, what: &str, subject: &str, detail: serde_json::Value) -> Result<(), Problem> {
        record(what, (&self.app, &self.account), subject, detail).await
    }
}

/// The same for who is not logged in yet.
pub(crate) async fn record(
    what: &str,
    (app, account): (&App, &Account),
    subject: &str,
    detail: serde_json::Value,
) -> Result<(), Problem> {
    let row = AuditRow {
        id: crate::ids::fresh(app),
        organisation: account.organisation.clone(),
        time: app.clock.now(),
        account: Some(account.id),
        what: what.to_owned(),
        subject: subject.to_owned(),
        detail,
    };
    Ok(app.store.record(row).await?)
}

/// The text that says what a line of the log book was: `member.role_changed` is told by `audited-member-role-changed`.
pub(crate) fn audited(what: &str) -> String {
    format!("audited-{}", what.replace(['.', '_'], "-"))
}

macro_rules! role_extractor {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub struct $name(pub Staff);

        impl std::ops::Deref for $name {
            type Target = Staff;

            fn deref(&self) -> &Staff {
                &self.0
            }
        }

        impl FromRequestParts<App> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
                Staff::of_parts(app, parts, Role::$name).await.map(Self)
            }
        }
    };
}

role_extractor!(
    /// Anyone who is logged in: may look, and do tasks.
    Viewer
);
role_extractor!(
    /// May change and publish journeys.
    Editor
);
role_extractor!(
    /// May manage accounts, senders and keys.
    Owner
);
