use std::fmt;
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, TlsParameters};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio_rustls::TlsConnector;

use super::secured::connector;
use crate::dkim::Signer;

/// How the line to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// Not at all: only for a server on the same machine or network.
    None,
    /// Begins in the clear and must be upgraded before anything is said (usually port 587).
    #[default]
    Starttls,
    /// From the first byte (usually port 465).
    Tls,
}

/// What is needed to reach a mail server.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpSettings {
    /// Name of the server; its certificate must carry it.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Protection of the line.
    pub tls: Tls,
    /// A certificate authority to trust besides the public ones, in PEM: for an organisation's own server.
    pub trusted_pem: Option<String>,
    /// User name and password, when the server wants them.
    pub log_in: Option<(String, String)>,
    /// For reaching the server, encryption and log-in together.
    pub connect_timeout: Duration,
    /// For each answer. A server may take its time over a message it already has: too short makes outcomes unknown.
    pub answer_timeout: Duration,
    /// Lines open at one time.
    pub connections_max: usize,
    /// What signs the mail (DKIM), when we do.
    pub dkim: Option<Signer>,
}

impl SmtpSettings {
    /// A server with the usual settings: 15 seconds to connect, two minutes for an answer, two lines.
    pub fn new(host: impl Into<String>, port: u16, tls: Tls) -> Self {
        Self {
            host: host.into(),
            port,
            tls,
            trusted_pem: None,
            log_in: None,
            connect_timeout: Duration::from_secs(15),
            answer_timeout: Duration::from_secs(120),
            connections_max: 2,
            dkim: None,
        }
    }
}

impl fmt::Debug for SmtpSettings {
    // A password must not reach a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("log_in", &self.log_in.is_some())
            .finish_non_exhaustive()
    }
}

/// Settings that cannot work.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SettingsError {
    /// No server, or a name that no server has.
    #[error("the mail server's name is empty or not valid: {0:?}")]
    Host(String),
    /// The certificate is not PEM.
    #[error("the trusted certificate cannot be read: {0}")]
    Certificate(String),
    /// Zero connections or no time at all.
    #[error("{0} must be more than zero")]
    Zero(&'static str),
}

/// The settings in the form in which a session uses them.
#[derive(Clone)]
pub(super) struct Prepared {
    pub(super) settings: SmtpSettings,
    /// For a line that is encrypted from the first byte.
    pub(super) from_first_byte: Option<TlsConnector>,
    /// For one that is to be upgraded.
    pub(super) upgrade: Option<TlsParameters>,
    pub(super) credentials: Option<Credentials>,
}

impl Prepared {
    pub(super) fn new(settings: SmtpSettings) -> Result<Self, SettingsError> {
        let host = &settings.host;
        if host.is_empty() || host.len() > 253 || host.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(SettingsError::Host(host.clone()));
        }
        for (name, zero) in [
            ("connections_max", settings.connections_max == 0),
            ("connect_timeout", settings.connect_timeout.is_zero()),
            ("answer_timeout", settings.answer_timeout.is_zero()),
        ] {
            if zero {
                return Err(SettingsError::Zero(name));
            }
        }
        let unfit = SettingsError::Certificate;
        let first = (settings.tls == Tls::Tls).then(|| connector(settings.trusted_pem.as_deref()).map_err(unfit));
        let from_first_byte = first.transpose()?;
        let upgrade = (settings.tls == Tls::Starttls).then(|| tls_parameters(&settings)).transpose()?;
        let credentials = settings.log_in.clone().map(|(user, password)| Credentials::new(user, password));
        Ok(Self { settings, from_first_byte, upgrade, credentials })
    }
}

fn tls_parameters(settings: &SmtpSettings) -> Result<TlsParameters, SettingsError> {
    let certificate = |error: lettre::transport::smtp::Error| SettingsError::Certificate(error.to_string());
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.trusted_pem {
        builder = builder.add_root_certificate(Certificate::from_pem(pem.as_bytes()).map_err(certificate)?);
    }
    builder.build().map_err(certificate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_cannot_work_are_refused_before_the_first_message() {
        let good = SmtpSettings::new("mail.rijnoever.example", 587, Tls::Starttls);
        assert!(Prepared::new(good.clone()).is_ok());
        let error = |settings| Prepared::new(settings).err().expect("refused");
        assert!(matches!(error(SmtpSettings { host: "a b".into(), ..good.clone() }), SettingsError::Host(_)));
        assert_eq!(error(SmtpSettings { connections_max: 0, ..good.clone() }), SettingsError::Zero("connections_max"));
        assert_eq!(
            error(SmtpSettings { answer_timeout: Duration::ZERO, ..good.clone() }),
            SettingsError::Zero("answer_timeout")
        );
        let broken = SmtpSettings {
            trusted_pem: Some("-----BEGIN CERTIFICATE-----\nnope\n-----END CERTIFICATE-----\n".into()),
            ..good
        };
        assert!(matches!(error(SmtpSettings { tls: Tls::Tls, ..broken.clone() }), SettingsError::Certificate(_)));
        assert!(matches!(error(broken), SettingsError::Certificate(_)));
    }

    #[test]
    fn a_password_is_never_printed() {
        let mut settings = SmtpSettings::new("mail.rijnoever.example", 587, Tls::Starttls);
        settings.log_in = Some(("user".into(), "hush".into()));
        assert!(!format!("{settings:?}").contains("hush"));
    }
}
