use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use channels::dkim::Signer;
use channels::fetch::Trusted;
use channels::{FileTransport, SmtpSettings, SmtpTransport, Tls, Transport};
use serde::Deserialize;
use store::Sender;

use super::providers;
use crate::signing::Dkim;

/// What the settings of a mail server look like in [`Sender::config`].
#[derive(Deserialize)]
struct SmtpConfig {
    host: String,
    port: u16,
    #[serde(default)]
    tls: Tls,
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    password: Option<String>,
    #[serde(default)]
    trusted_pem: Option<String>,
    #[serde(default)]
    answer_timeout_seconds: Option<u64>,
    #[serde(default)]
    connect_timeout_seconds: Option<u64>,
    #[serde(default)]
    lines: Option<usize>,
    /// The private key, while mail is signed.
    #[serde(default)]
    dkim_key: Option<String>,
}

/// Why a sender cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
pub enum UnknownTransport {
    /// Not one that we have.
    #[error("no transport is called {0}")]
    Name(String),
    /// The password is sealed under a key that is not there.
    #[error("its password was sealed under another key: set KLANTREIS_SECRET as it was, or type the password anew")]
    Sealed,
    /// The settings do not fit.
    #[error("the settings of the sender do not fit: {0}")]
    Settings(String),
}

/// What carries messages, made once per sender and kept while its settings stay the same.
#[derive(Clone)]
pub struct Transports {
    files: PathBuf,
    trusted: Vec<Trusted>,
    made: Arc<Mutex<BTreeMap<String, Arc<dyn Transport>>>>,
    given: Option<Arc<dyn Transport>>,
}

impl Transports {
    /// `files`: the folder below which the file transport writes.
    pub fn new(files: impl Into<PathBuf>) -> Self {
        Self { files: files.into(), trusted: Vec::new(), made: Arc::default(), given: None }
    }

    /// Everything by this one, whatever a sender says: for tests and simulation.
    pub fn only(transport: Arc<dyn Transport>) -> Self {
        Self { given: Some(transport), ..Self::new("") }
    }

    /// Calls providers also on these hosts, although they are private.
    #[must_use]
    pub fn trusting(self, trusted: Vec<Trusted>) -> Self {
        Self { trusted, made: Arc::default(), ..self }
    }

    /// Whether everything goes by one transport.
    pub(super) fn carries_all(&self) -> bool {
        self.given.is_some()
    }

    /// Takes away what was written into a file for the message with this key.
    pub(crate) async fn forget(&self, organisation: &words::OrganisationId, key: &str) {
        if self.given.is_some() {
            return;
        }
        let path = FileTransport::new(self.files.join(organisation.as_str())).path(key);
        for path in [path.with_extension("part"), path] {
            if let Err(error) = tokio::fs::remove_file(path).await
                && error.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(%error, "the file of a message could not be removed");
            }
        }
    }

    /// What carries the messages of this sender.
    pub fn of(&self, sender: &Sender) -> Result<Arc<dyn Transport>, UnknownTransport> {
        if let Some(given) = &self.given {
            return Ok(given.clone());
        }
        let (organisation, called, from) = (&sender.organisation, sender.name(), &sender.from_address);
        let name = format!("{organisation}:{called}:{from}:{}:{}", sender.transport, sender.config);
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(transport) = made.get(&name) {
            return Ok(transport.clone());
        }
        let transport: Arc<dyn Transport> = match sender.transport.as_str() {
            "file" => Arc::new(FileTransport::new(self.files.join(sender.organisation.as_str()))),
            "smtp" => Arc::new(smtp(sender)?),
            "twilio" => providers::twilio(&sender.config, self.trusted.clone())?,
            "whatsapp" => providers::whatsapp(&sender.config, self.trusted.clone())?,
            other => return Err(UnknownTransport::Name(other.to_owned())),
        };
        // The settings before a change serve nobody any more.
        let stem = format!("{organisation}:{called}:");
        made.retain(|key, _| !key.starts_with(&stem));
        made.insert(name, transport.clone());
        Ok(transport)
    }
}

fn smtp(sender: &Sender) -> Result<SmtpTransport, UnknownTransport> {
    let unfit = |error: &dyn std::fmt::Display| UnknownTransport::Settings(error.to_string());
    let config: SmtpConfig = serde_json::from_value(sender.config.clone()).map_err(|error| unfit(&error))?;
    if [&config.password, &config.dkim_key].into_iter().flatten().any(|secret| store::is_sealed(secret)) {
        return Err(UnknownTransport::Sealed);
    }
    let mut settings = SmtpSettings::new(config.host, config.port, config.tls);
    settings.log_in =
        config.user.filter(|user| !user.is_empty()).map(|user| (user, config.password.unwrap_or_default()));
    settings.trusted_pem = config.trusted_pem;
    if let (Some(dkim), Some(key)) = (Dkim::of(sender).filter(|dkim| dkim.is_on), &config.dkim_key) {
        let signer = Signer::new(&dkim.domain, &dkim.selector, key).map_err(|error| unfit(&error))?;
        settings.dkim = Some(signer);
    }
    if let Some(seconds) = config.answer_timeout_seconds {
        settings.answer_timeout = Duration::from_secs(seconds);
    }
    if let Some(seconds) = config.connect_timeout_seconds {
        settings.connect_timeout = Duration::from_secs(seconds);
    }
    if let Some(lines) = config.lines {
        settings.connections_max = lines;
    }
    SmtpTransport::new(settings).map_err(|error| unfit(&error))
}

/// The organisation's own sender of a channel.
pub fn sender_of<'a>(senders: &'a [Sender], channel: &words::Channel) -> Option<&'a Sender> {
    senders.iter().find(|sender| sender.channel == *channel && sender.principal.is_own())
}
