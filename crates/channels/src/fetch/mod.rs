//! Asking an address that staff typed. The address is not trusted and neither is the answer: https alone, no private
//! addresses, at most so many bytes, so many redirects and so long. What is fetched is followed where it leads; a call is made
//! once, where it was meant to be.

mod call;
mod connect;
mod error;
mod public;
mod target;

use std::fmt;
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::Response;
use hyper::body::Incoming;
use hyper::header::LOCATION;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use self::call::Sent;
use self::target::Target;

pub use call::{Call, CallError, Reply};
pub use error::FetchError;
pub use hyper::body::Bytes;
pub use target::{Trusted, linked, with_parameter};

/// Times that an answer may lead on to another address.
const LED_ON_MAX: usize = 3;
/// How long finding and reaching a host may take.
pub(crate) const CONNECT: Duration = Duration::from_secs(10);
/// How long the other side may be silent.
pub(crate) const SILENT: Duration = Duration::from_secs(30);

/// What is asked for.
#[derive(Clone, PartialEq, Eq)]
pub struct Ask {
    /// Where.
    pub address: String,
    /// A header that lets us in, and what it says. It goes to the host of the address alone.
    pub header: Option<(String, String)>,
    /// The kind of content that is wanted.
    pub accept: &'static str,
}

impl fmt::Debug for Ask {
    /// Without what lets us in.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ask").field("address", &self.address).field("accept", &self.accept).finish_non_exhaustive()
    }
}

/// Fetches.
pub struct Fetcher {
    trusted: Vec<Trusted>,
    tls: Result<TlsConnector, FetchError>,
    patience: Duration,
}

impl Fetcher {
    /// Of the hosts that are trusted although they are private; usually none.
    pub fn new(trusted: Vec<Trusted>) -> Self {
        Self { trusted, tls: connect::tls(connect::roots()), patience: SILENT }
    }

    /// The same, which waits so long for the first byte of an answer.
    #[must_use]
    pub fn patient(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Whether an address can be asked at all; where its name leads is looked at when it is asked.
    pub fn check(&self, address: &str) -> Result<(), FetchError> {
        Target::read(address, &self.trusted).map(|_| ())
    }

    /// Asks and follows where it leads; the answer as it comes in. More than `bytes_max` bytes end it.
    pub async fn open(&self, ask: &Ask, bytes_max: u64) -> Result<Answer, FetchError> {
        let first = Target::read(&ask.address, &self.trusted)?;
        let mut target = first.clone();
        for _ in 0..=LED_ON_MAX {
            let headers = ask.header.as_slice();
            let headers = if target.is_of_same_origin(&first) { headers } else { &[] };
            let asked = Sent { target: &target, headers, accept: ask.accept, body: None };
            let (response, connection) = self.once(asked).await.map_err(CallError::into_error)?;
            let status = response.status();
            if status.is_redirection() {
                let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
                let location = location.ok_or(FetchError::Status(status.as_u16()))?;
                target = target.led_to(location, &self.trusted)?;
                continue;
            }
            if !status.is_success() {
                return Err(FetchError::Status(status.as_u16()));
            }
            return Ok(Answer::of(response, connection, bytes_max));
        }
        Err(FetchError::LedOn)
    }

    /// The whole answer.
    pub async fn read(&self, ask: &Ask, bytes_max: u64) -> Result<Vec<u8>, FetchError> {
        self.open(ask, bytes_max).await?.whole().await
    }
}

/// An answer as it comes in.
pub struct Answer {
    body: Incoming,
    left: u64,
    bytes_max: u64,
    _connection: JoinSet<()>,
}

impl Answer {
    fn of(response: Response<Incoming>, connection: JoinSet<()>, bytes_max: u64) -> Self {
        Self { body: response.into_body(), left: bytes_max, bytes_max, _connection: connection }
    }

    async fn whole(mut self) -> Result<Vec<u8>, FetchError> {
        let mut bytes = Vec::new();
        while let Some(piece) = self.next().await? {
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }

    /// The next piece; `None` at the end. An answer that breaks off is an error.
    pub async fn next(&mut self) -> Result<Option<Bytes>, FetchError> {
        loop {
            let frame = timeout(SILENT, self.body.frame()).await.map_err(|_| FetchError::TimedOut)?;
            let Some(frame) = frame else { return Ok(None) };
            let frame = frame.map_err(|error| FetchError::Broken(error.to_string()))?;
            let Ok(piece) = frame.into_data() else { continue };
            let left = self.left.checked_sub(piece.len() as u64);
            self.left = left.ok_or(FetchError::TooLarge(self.bytes_max))?;
            return Ok(Some(piece));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
    use tokio_rustls::rustls::{RootCertStore, ServerConfig, crypto::ring};

    use super::*;

    const ROOT: &[u8] = include_bytes!("../../tests/tls/root.der");
    const SERVER: &[u8] = include_bytes!("../../tests/tls/server.der");
    const KEY: &[u8] = include_bytes!("../../tests/tls/server.key.der");

    /// Speaks https as `localhost`; its certificate is vouched for by a root that no browser knows.
    async fn server() -> u16 {
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(KEY));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(SERVER)], key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = TlsAcceptor::from(Arc::new(config.clone())).accept(stream).await else { continue };
                let _ = stream.read(&mut [0; 4_096]).await;
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nklaar").await;
            }
        });
        port
    }

    #[tokio::test]
    async fn a_certificate_counts_only_when_it_is_vouched_for_and_of_that_host() {
        let port = server().await;
        let mut known = RootCertStore::empty();
        known.add(CertificateDer::from(ROOT)).unwrap();
        let trusted = || vec!["localhost".parse().unwrap(), "127.0.0.1".parse().unwrap()];
        let ask = |host: &str| Ask { address: format!("https://{host}:{port}/"), header: None, accept: "*/*" };
        let knowing = Fetcher { tls: connect::tls(known), ..Fetcher::new(trusted()) };
        assert_eq!(knowing.read(&ask("localhost"), 100).await, Ok(b"klaar".to_vec()));
        assert!(matches!(knowing.read(&ask("127.0.0.1"), 100).await, Err(FetchError::Broken(_))), "another name");
        assert!(matches!(Fetcher::new(trusted()).read(&ask("localhost"), 100).await, Err(FetchError::Broken(_))));
    }
}
