//! What a page answers when it cannot do what was asked. Handlers return a [`Problem`]; one layer turns it into a page that
//! says what to do next, in the reader's language.

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::context;

use crate::{App, guard::request::RequestId, language::Text, shell::Shell};

/// What a handler returns.
pub type Answer = Result<Response, Problem>;

/// Why there is no page.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// Nobody is logged in: off to the log-in page, and back here afterwards.
    LogIn {
        /// Where to go back to.
        then: String,
    },
    /// There is no such page or thing (any more).
    NotFound,
    /// The account's role does not allow it.
    Forbidden,
    /// The request came from another site.
    Forged,
    /// What was sent cannot be used; the text says why.
    Invalid(Text),
    /// Too many attempts.
    TooMany {
        /// How long to wait.
        seconds: u64,
    },
    /// More bytes than are taken.
    TooLarge,
    /// It went wrong on our side. Logged where it was made.
    Broken,
    /// It cannot be done at this moment, but may be soon.
    Busy,
}

impl Problem {
    /// The status that it is answered with.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::LogIn { .. } => StatusCode::SEE_OTHER,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::Forged => StatusCode::FORBIDDEN,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Title and text of its page.
    fn texts(&self) -> (Text, Text) {
        match self {
            Self::LogIn { .. } | Self::NotFound => {
                (Text::new("problem-not-found"), Text::new("problem-not-found-text"))
            }
            Self::Forbidden => (Text::new("problem-forbidden"), Text::new("problem-forbidden-text")),
            Self::Forged => (Text::new("problem-forged"), Text::new("problem-forged-text")),
            Self::Invalid(text) => (Text::new("problem-invalid"), text.clone()),
            Self::TooMany { seconds } => {
                (Text::new("problem-too-many"), Text::new("problem-too-many-text").with("seconds", *seconds))
            }
            Self::TooLarge => (Text::new("problem-too-large"), Text::new("problem-too-large-text")),
            Self::Broken => (Text::new("problem-broken"), Text::new("problem-broken-text")),
            Self::Busy => (Text::new("problem-busy"), Text::new("problem-busy-text")),
        }
    }

    /// The problem that a bare answer of the router or an extractor stands for.
    fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => Self::Forbidden,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::GATEWAY_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Self::Busy,
            status if status.is_client_error() => Self::Invalid(Text::new("problem-invalid-text")),
            _ => Self::Broken,
        }
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        if matches!(error, store::Error::NoKey) {
            return Self::Invalid(Text::new("problem-no-key"));
        }
        tracing::error!(%error, "the store did not answer a page");
        if error.is_temporary() { Self::Busy } else { Self::Broken }
    }
}

impl From<service::Error> for Problem {
    fn from(error: service::Error) -> Self {
        let error = match error {
            service::Error::Store(error @ store::Error::NoKey) => return error.into(),
            other => other,
        };
        tracing::error!(%error, "the service did not answer a page");
        Self::Broken
    }
}

impl From<minijinja::Error> for Problem {
    fn from(error: minijinja::Error) -> Self {
        tracing::error!(error = %format!("{error:#}"), "a page could not be made");
        Self::Broken
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Self::LogIn { then } = &self {
            let to = format!("/inloggen?verder={}", crate::pages::encoded(then));
            return Redirect::to(&to).into_response();
        }
        let mut response = self.status().into_response();
        if let Self::TooMany { seconds } = &self {
            response.headers_mut().insert(header::RETRY_AFTER, (*seconds).into());
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives every bare error its page. Answers that have a body of their own (a page with remarks beside its fields) stay.
pub(crate) async fn pages(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let response = next.run(Request::from_parts(parts.clone(), body)).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || has_page(&response) {
        return response;
    }
    let problem = response.extensions().get::<Problem>().cloned().unwrap_or_else(|| Problem::of_status(status));
    let shell = Shell::of_parts(&app, &parts).await;
    let (title, text) = problem.texts();
    let page = context! {
        title => shell.say(&title),
        text => shell.say(&text),
        status => status.as_u16(),
        request => parts.extensions.get::<RequestId>().map(|request| request.0.as_str()),
    };
    match shell.render_as(status, "problem/show.html", page) {
        Ok(mut page) => {
            for name in [header::RETRY_AFTER, header::ALLOW] {
                if let Some(value) = response.headers().get(&name) {
                    page.headers_mut().insert(name, value.clone());
                }
            }
            page
        }
        Err(_) => response,
    }
}

fn has_page(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"))
}
