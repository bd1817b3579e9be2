//! TLS from the first byte over a line of our own making: the library's own holds back the end of each message.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};

use super::trouble::Trouble;
use crate::checked::one_line;

/// An encrypted line.
#[derive(Debug)]
pub(crate) struct Secured(TlsStream<TcpStream>);

/// Trusts what browsers trust, and these certificates. The error says what is wrong with them.
pub(crate) fn connector(trusted_pem: Option<&str>) -> Result<TlsConnector, String> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for certificate in CertificateDer::pem_slice_iter(trusted_pem.unwrap_or_default().as_bytes()) {
        let certificate = certificate.map_err(|error| error.to_string())?;
        roots.add(certificate).map_err(|error| error.to_string())?;
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(TlsConnector::from(Arc::new(config.with_root_certificates(roots).with_no_client_auth())))
}

impl Secured {
    pub(crate) async fn over(stream: TcpStream, host: &str, tls: &TlsConnector) -> Result<Self, Trouble> {
        let name = ServerName::try_from(host.to_owned());
        let name = name.map_err(|error| Trouble::NotSecure { detail: error.to_string() })?;
        match tls.connect(name, stream).await {
            Ok(stream) => Ok(Self(stream)),
            // What is wrong with a certificate, or with a server that speaks no TLS, is told as invalid data.
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                Err(Trouble::NotSecure { detail: one_line(&error.to_string()) })
            }
            Err(error) => Err(Trouble::line(one_line(&error.to_string()))),
        }
    }
}

impl AsyncTokioStream for Secured {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.0.get_ref().0.peer_addr()
    }
}

impl AsyncRead for Secured {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Secured {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
