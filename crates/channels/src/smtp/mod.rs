//! E-mail over SMTP.

pub(crate) mod secured;
mod session;
mod settings;
pub(crate) mod trouble;

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use jiff::Timestamp;
use lettre::Message;
use tokio::sync::Semaphore;

use self::session::{Failed, Session};
use self::settings::Prepared;
pub use self::settings::{SettingsError, SmtpSettings, Tls};
use self::trouble::{Trouble, outcome};
use crate::mime::email;
use crate::{Outcome, Outgoing, Reason, Stage, Transport};

/// Carries e-mail to one mail server, over a few lines that are kept and used again.
///
/// *Accepted* follows only the server's answer to the whole message. A refusal before that is definite; a line lost or a
/// silence after it is unknown. The Message-ID hangs on the key, so that a repeat after unknown is seen to be one.
#[derive(Clone)]
pub struct SmtpTransport {
    prepared: Arc<Prepared>,
    idle: Arc<Mutex<Vec<Session>>>,
    lines: Arc<Semaphore>,
}

impl SmtpTransport {
    /// Checks the settings; connects when the first message comes.
    pub fn new(settings: SmtpSettings) -> Result<Self, SettingsError> {
        let prepared = Prepared::new(settings)?;
        let lines = Semaphore::new(prepared.settings.connections_max);
        Ok(Self { prepared: Arc::new(prepared), idle: Arc::default(), lines: Arc::new(lines) })
    }

    async fn carry(&self, message: &Message, time: Timestamp) -> Result<String, Failed> {
        let closed = |_| (Stage::Connect, Trouble::line("closed"));
        let _line = self.lines.acquire().await.map_err(closed)?;
        let mut session = self.session().await?;
        let mut written = message.formatted();
        if let Some(signer) = &self.prepared.settings.dkim {
            written = signer.signed(&written, time);
        }
        let carried = session.carry(message.envelope(), &written).await;
        let usable = match &carried {
            Ok(_) => true,
            Err((_, Trouble::Answer { .. })) => session.start_over().await,
            Err(_) => false,
        };
        if usable {
            self.keep(session);
        }
        carried
    }

    async fn session(&self) -> Result<Session, Failed> {
        while let Some(mut session) = self.kept() {
            if session.stands().await {
                return Ok(session);
            }
        }
        Session::open(&self.prepared).await
    }

    fn kept(&self) -> Option<Session> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn keep(&self, session: Session) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < self.prepared.settings.connections_max {
            idle.push(session);
        }
    }
}

#[async_trait]
impl Transport for SmtpTransport {
    async fn send(&self, message: &Outgoing) -> Outcome {
        let written = match email(message) {
            Ok(written) => written,
            Err(reason) => return Outcome::refused_for_good(reason),
        };
        match self.carry(&written, message.time).await {
            Ok(_) => {
                Outcome::Accepted { reference: written.headers().get_raw("Message-ID").unwrap_or_default().to_owned() }
            }
            Err((stage, trouble)) => outcome(stage, trouble),
        }
    }

    /// Greets, encrypts, logs in and says goodbye.
    async fn check(&self) -> Result<(), Reason> {
        match Session::open(&self.prepared).await {
            Ok(session) => {
                session.end().await;
                Ok(())
            }
            Err((stage, trouble)) => match outcome(stage, trouble) {
                Outcome::Refused { reason, .. } | Outcome::Unknown { reason } => Err(reason),
                Outcome::Accepted { .. } => Ok(()),
            },
        }
    }

    fn at_once(&self) -> usize {
        self.prepared.settings.connections_max
    }
}
