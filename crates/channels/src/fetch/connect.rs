use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName};
use url::Host;

use super::{FetchError, public::is_public, target::Target};

/// Addresses of one host that are tried.
const TRIED_MAX: usize = 4;

/// A connection, with or without TLS.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// What browsers trust.
pub(super) fn roots() -> RootCertStore {
    RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() }
}

/// Trusts who these vouch for.
pub(super) fn tls(roots: RootCertStore) -> Result<TlsConnector, FetchError> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| FetchError::Broken(error.to_string()))?;
    Ok(TlsConnector::from(Arc::new(config.with_root_certificates(roots).with_no_client_auth())))
}

/// The addresses of a host. One private address among them is enough to refuse: the connection goes to what was looked at here,
/// so that a name cannot lead elsewhere a moment later.
async fn addresses(target: &Target) -> Result<Vec<SocketAddr>, FetchError> {
    let (host, port) = target.host().ok_or(FetchError::BadAddress)?;
    let found: Vec<SocketAddr> = match &host {
        Host::Ipv4(address) => vec![(*address, port).into()],
        Host::Ipv6(address) => vec![(*address, port).into()],
        Host::Domain(name) => tokio::net::lookup_host((name.as_str(), port))
            .await
            .map_err(|_| FetchError::Unknown(name.clone()))?
            .collect(),
    };
    if found.is_empty() {
        return Err(FetchError::Unknown(host.to_string()));
    }
    if !target.is_trusted && !found.iter().all(|address| is_public(address.ip())) {
        return Err(FetchError::Private(host.to_string()));
    }
    Ok(found)
}

/// Connects to a target.
pub(super) async fn connect(target: &Target, tls: &TlsConnector) -> Result<Box<dyn Stream>, FetchError> {
    let broken = |error: std::io::Error| FetchError::Broken(error.kind().to_string());
    let mut last = FetchError::BadAddress;
    for address in addresses(target).await?.into_iter().take(TRIED_MAX) {
        let stream = match TcpStream::connect(address).await {
            Ok(stream) => stream,
            Err(error) => {
                last = broken(error);
                continue;
            }
        };
        if target.url.scheme() == "http" {
            return Ok(Box::new(stream));
        }
        let (host, _) = target.host().ok_or(FetchError::BadAddress)?;
        let name = match host {
            Host::Domain(name) => ServerName::try_from(name).map_err(|_| FetchError::BadAddress)?,
            Host::Ipv4(address) => ServerName::from(std::net::IpAddr::V4(address)),
            Host::Ipv6(address) => ServerName::from(std::net::IpAddr::V6(address)),
        };
        // What is wrong with a certificate stands in the error's text.
        let secured = tls.connect(name, stream).await.map_err(|error| FetchError::Broken(error.to_string()))?;
        return Ok(Box::new(secured));
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_private_address_is_refused_before_anything_is_sent() {
        for private in ["https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "https://localhost/"]
        {
            let target = Target::read(private, &[]).unwrap();
            assert!(matches!(addresses(&target).await, Err(FetchError::Private(_))), "{private}");
        }
        let trusted = Target::read("https://127.0.0.1:8443/", &["127.0.0.1".parse().unwrap()]).unwrap();
        assert_eq!(addresses(&trusted).await, Ok(vec!["127.0.0.1:8443".parse().unwrap()]));
        let unknown = Target::read("https://nergens.invalid/", &[]).unwrap();
        assert!(matches!(addresses(&unknown).await, Err(FetchError::Unknown(_))));
    }
}
