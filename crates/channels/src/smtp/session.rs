use std::future::Future;
use std::time::Duration;

use lettre::Address;
use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::commands::{Data, Mail, Noop, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};

use tokio::net::TcpStream;

use super::secured::Secured;
use super::settings::Prepared;
use super::trouble::Trouble;
use crate::Stage;
use crate::checked::one_line;

/// What went wrong, and how far we were.
pub(super) type Failed = (Stage, Trouble);

/// One line to a mail server, greeted, encrypted and logged in.
///
/// The commands are given one by one, not by the library's own `send`, because only so one knows at which of them the line
/// was lost, and that is the difference between "not sent" and "perhaps sent".
pub(super) struct Session {
    line: AsyncSmtpConnection,
    answer_timeout: Duration,
    carried: u32,
}

impl Session {
    /// Messages over one line before it is made anew; many servers allow no more.
    const CARRIED_MAX: u32 = 100;

    pub(super) async fn open(prepared: &Prepared) -> Result<Self, Failed> {
        let limit = prepared.settings.connect_timeout;
        let mut stage = Stage::Connect;
        let opened = tokio::time::timeout(limit, Self::greet(prepared, &mut stage)).await;
        match opened {
            Ok(Ok(line)) => Ok(Self { line, answer_timeout: prepared.settings.answer_timeout, carried: 0 }),
            Ok(Err(trouble)) => Err((stage, trouble)),
            Err(_) => Err((stage, Trouble::Silence { waited: limit })),
        }
    }

    async fn greet(prepared: &Prepared, stage: &mut Stage) -> Result<AsyncSmtpConnection, Trouble> {
        let Prepared { settings, from_first_byte, upgrade, credentials } = prepared;
        let stream = undelayed((settings.host.as_str(), settings.port)).await?;
        let stream: Box<dyn AsyncTokioStream> = match from_first_byte {
            Some(tls) => Box::new(Secured::over(stream, &settings.host, tls).await?),
            None => Box::new(stream),
        };
        let hello = ClientId::default();
        let mut line = AsyncSmtpConnection::connect_with_transport(stream, &hello).await?;
        if let Some(tls) = upgrade {
            if !line.can_starttls() {
                return Err(Trouble::NotSecure { detail: "STARTTLS".into() });
            }
            line.starttls(tls.clone(), &hello).await?;
        }
        if let Some(credentials) = credentials {
            *stage = Stage::LogIn;
            line.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await?;
        }
        Ok(line)
    }

    /// Whether a line that lay idle still stands.
    pub(super) async fn stands(&mut self) -> bool {
        self.carried < Self::CARRIED_MAX && self.ask(|line| line.command(Noop)).await.is_ok()
    }

    /// Whether the line can carry another message after one was refused.
    pub(super) async fn start_over(&mut self) -> bool {
        !self.line.has_broken() && self.ask(|line| line.command(Rset)).await.is_ok()
    }

    /// Says goodbye. That the server is gone by then changes nothing.
    pub(super) async fn end(mut self) {
        let _ = self.ask(|line| line.command(Quit)).await;
    }

    /// Hands over one message; returns the server's last word.
    pub(super) async fn carry(&mut self, envelope: &Envelope, message: &[u8]) -> Result<String, Failed> {
        self.carried += 1;
        let options = self.options(envelope).map_err(|trouble| (Stage::Recipient, trouble))?;
        let mail = Mail::new(envelope.from().cloned(), options);
        self.ask(|line| line.command(mail)).await.map_err(|trouble| (Stage::Sender, trouble))?;
        for to in envelope.to() {
            let to = Rcpt::new(to.clone(), Vec::new());
            self.ask(|line| line.command(to)).await.map_err(|trouble| (Stage::Recipient, trouble))?;
        }
        let ready = self.ask(|line| line.command(Data)).await.map_err(|trouble| (Stage::Data, trouble))?;
        if !ready.has_code(354) {
            return Err((Stage::Data, Trouble::line(format!("{} in answer to DATA", ready.code()))));
        }
        let last = self.ask(|line| line.message(message)).await.map_err(|trouble| (Stage::Message, trouble))?;
        // A yes is 2xx; "go on" (3xx) after a whole message is not one.
        if u16::from(last.code()) >= 300 {
            return Err((Stage::Message, Trouble::line(format!("{} in answer to the message", last.code()))));
        }
        Ok(last.message().collect::<Vec<_>>().join(" "))
    }

    fn options(&self, envelope: &Envelope) -> Result<Vec<MailParameter>, Trouble> {
        let ascii = |address: &Address| address.user().is_ascii() && address.domain().is_ascii();
        if envelope.from().into_iter().chain(envelope.to()).all(ascii) {
            return Ok(Vec::new());
        }
        if self.line.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Ok(vec![MailParameter::SmtpUtfEight]);
        }
        // RFC 6531: what a server says that cannot carry such an address.
        Err(Trouble::Answer { code: 553, text: "5.6.7 SMTPUTF8 not supported".into() })
    }

    async fn ask<'a, F, T>(&'a mut self, asking: impl FnOnce(&'a mut AsyncSmtpConnection) -> F) -> Result<T, Trouble>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let limit = self.answer_timeout;
        match tokio::time::timeout(limit, asking(&mut self.line)).await {
            Ok(answered) => Ok(answered?),
            Err(_) => Err(Trouble::Silence { waited: limit }),
        }
    }
}

/// A message ends in a short write of its own, which the system would keep back until the server has acknowledged the long one
/// before it: 40 ms a message.
async fn undelayed(server: (&str, u16)) -> Result<TcpStream, Trouble> {
    let line = |error: std::io::Error| Trouble::line(one_line(&error.to_string()));
    let stream = TcpStream::connect(server).await.map_err(line)?;
    stream.set_nodelay(true).map_err(line)?;
    Ok(stream)
}
