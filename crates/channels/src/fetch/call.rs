use std::fmt;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HOST, HeaderName, HeaderValue, RETRY_AFTER, USER_AGENT};
use hyper::{Method, Request, Response, client::conn::http1};
use hyper_util::rt::TokioIo;
use thiserror::Error;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::target::Target;
use super::{Answer, CONNECT, FetchError, Fetcher, connect};

/// Bytes of the headers of an answer.
const HEAD_BYTES_MAX: usize = 64 * 1024;

/// What is asked of another system. It goes to its address alone: an answer that leads elsewhere is not followed.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// Where.
    pub address: String,
    /// Headers, such as what lets us in.
    pub headers: Vec<(String, String)>,
    /// What is posted, and its kind of content; `None`: nothing, the address is only read.
    pub body: Option<(&'static str, Bytes)>,
}

impl fmt::Debug for Call {
    /// Without what lets us in, and without what is told.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("address", &self.address).finish_non_exhaustive()
    }
}

/// What the other side answered, whether it was content or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Its three digits.
    pub status: u16,
    /// It asks to be left alone for so many seconds.
    pub retry_after: Option<u64>,
    /// What it said, or why that could not be read whole.
    pub body: Result<Vec<u8>, FetchError>,
}

/// Why a call got no answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CallError {
    /// It was not handed over: nothing came of it.
    #[error("{0}")]
    Before(FetchError),
    /// It may have been handed over: nobody knows what came of it.
    #[error("{0}")]
    After(FetchError),
}

impl CallError {
    /// What went wrong, whenever that was.
    pub fn into_error(self) -> FetchError {
        match self {
            Self::Before(error) | Self::After(error) => error,
        }
    }
}

/// One request as it goes over the line.
pub(super) struct Sent<'a> {
    pub(super) target: &'a Target,
    pub(super) headers: &'a [(String, String)],
    pub(super) accept: &'static str,
    pub(super) body: Option<&'a (&'static str, Bytes)>,
}

impl Fetcher {
    /// Makes a call and reads what is answered; of an answer of more than `bytes_max` bytes only the status is known.
    pub async fn call(&self, call: &Call, bytes_max: u64) -> Result<Reply, CallError> {
        let target = Target::read(&call.address, &self.trusted).map_err(CallError::Before)?;
        let asked =
            Sent { target: &target, headers: &call.headers, accept: "application/json", body: call.body.as_ref() };
        let (response, connection) = self.once(asked).await?;
        let status = response.status().as_u16();
        let wait = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        let body = Answer::of(response, connection, bytes_max).whole().await;
        Ok(Reply { status, retry_after: wait, body })
    }

    pub(super) async fn once(&self, asked: Sent<'_>) -> Result<(Response<Incoming>, JoinSet<()>), CallError> {
        let tls = self.tls.as_ref().map_err(|error| CallError::Before(error.clone()))?;
        let request = asked.request().map_err(CallError::Before)?;
        let connected = timeout(CONNECT, connect::connect(asked.target, tls)).await;
        let stream = connected.unwrap_or(Err(FetchError::TimedOut)).map_err(CallError::Before)?;
        let broken = |error: hyper::Error| FetchError::Broken(error.to_string());
        let (mut sender, connection) = http1::Builder::new()
            .max_buf_size(HEAD_BYTES_MAX)
            .max_header_size(HEAD_BYTES_MAX)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|error| CallError::Before(broken(error)))?;
        // Ends with the answer that it belongs to.
        let mut connections = JoinSet::new();
        connections.spawn(async move {
            // What goes wrong is told by the answer.
            let _ = connection.await;
        });
        match timeout(self.patience, sender.send_request(request)).await {
            Ok(Ok(response)) => Ok((response, connections)),
            // The line was gone before anything went over it.
            Ok(Err(error)) if error.is_canceled() => Err(CallError::Before(broken(error))),
            Ok(Err(error)) => Err(CallError::After(broken(error))),
            Err(_) => Err(CallError::After(FetchError::TimedOut)),
        }
    }
}

impl Sent<'_> {
    fn request(&self) -> Result<Request<Full<Bytes>>, FetchError> {
        let url = &self.target.url;
        let (host, _) = self.target.host().ok_or(FetchError::BadAddress)?;
        let host = url.port().map_or_else(|| host.to_string(), |port| format!("{host}:{port}"));
        let mut request = Request::builder()
            .method(if self.body.is_some() { Method::POST } else { Method::GET })
            .uri(&url[url::Position::BeforePath..url::Position::AfterQuery])
            .header(HOST, host)
            .header(USER_AGENT, concat!("klantreis/", env!("CARGO_PKG_VERSION")))
            .header(ACCEPT, self.accept)
            .header(ACCEPT_ENCODING, "identity");
        if let Some((kind, _)) = self.body {
            request = request.header(CONTENT_TYPE, *kind);
        }
        let body = self.body.map(|(_, body)| body.clone()).unwrap_or_default();
        let mut request = request.body(Full::new(body)).map_err(|_| FetchError::BadAddress)?;
        for (name, value) in self.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| FetchError::BadHeader)?;
            let mut value = HeaderValue::from_str(value).map_err(|_| FetchError::BadHeader)?;
            value.set_sensitive(true);
            request.headers_mut().insert(name, value);
        }
        Ok(request)
    }
}
