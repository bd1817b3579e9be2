//! Text messages by the HTTP interface of Twilio (API version 2010-04-01), which other providers offer too.

mod answer;
mod callback;

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use hyper::body::Bytes;
use url::form_urlencoded::Serializer;
use words::Channel;

use crate::checked::check;
use crate::fetch::{Call, Fetcher, Trusted};
use crate::provider::{ANSWER_BYTES_MAX, ProviderSettingsError, is_name, unheard};
use crate::{Outcome, Outgoing, Reason, Transport};

pub use callback::{heard, is_signed};

/// Where Twilio itself is reached.
pub const BASE: &str = "https://api.twilio.com";
/// Characters of one message (Twilio, "Body").
const TEXT_CHARS_MAX: usize = 1_600;
/// The parameter of the callback's address that brings the key of a message back.
const KEY: &str = "m";

/// How a provider is reached and lets us in.
#[derive(Clone, PartialEq, Eq)]
pub struct TwilioSettings {
    /// Its address, without a path.
    pub base: String,
    /// The account's SID.
    pub account: String,
    /// The account's auth token.
    pub token: String,
    /// How long it may take to answer.
    pub answer_within: Duration,
}

impl fmt::Debug for TwilioSettings {
    /// Without the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioSettings")
            .field("base", &self.base)
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}

/// Carries text messages to a provider. *Accepted* follows its answer with the message's SID.
///
/// The interface has no key by which a repeat is seen to be one: a silence after the message was handed over stays unknown until
/// the provider tells what became of it.
pub struct TwilioTransport {
    settings: TwilioSettings,
    fetcher: Fetcher,
}

impl TwilioTransport {
    /// Checks the settings. `trusted`: hosts that may be called although they are private.
    pub fn new(settings: TwilioSettings, trusted: Vec<Trusted>) -> Result<Self, ProviderSettingsError> {
        let fetcher = Fetcher::new(trusted).patient(settings.answer_within);
        fetcher.check(&settings.base).map_err(ProviderSettingsError::Address)?;
        if !is_name(&settings.account) {
            return Err(ProviderSettingsError::Part("account SID"));
        }
        if settings.token.is_empty() {
            return Err(ProviderSettingsError::Part("auth token"));
        }
        Ok(Self { settings, fetcher })
    }

    fn call(&self, path: &str, form: Option<String>) -> Call {
        let TwilioSettings { base, account, token, .. } = &self.settings;
        let pair = STANDARD.encode(format!("{account}:{token}"));
        Call {
            address: format!("{}/2010-04-01/Accounts/{account}{path}", base.trim_end_matches('/')),
            headers: vec![("authorization".into(), format!("Basic {pair}"))],
            body: form.map(|form| ("application/x-www-form-urlencoded", Bytes::from(form))),
        }
    }
}

/// Whether it names a messaging service, which chooses among numbers of its own, and not a number.
fn is_service(from: &str) -> bool {
    from.strip_prefix("MG").is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn form(message: &Outgoing) -> String {
    let mut form = Serializer::new(String::new());
    form.append_pair("To", &message.to).append_pair("Body", &message.text);
    let from = message.from.address.trim();
    form.append_pair(if is_service(from) { "MessagingServiceSid" } else { "From" }, from);
    if let Some(receipts) = &message.receipts {
        let query = Serializer::new(String::new()).append_pair(KEY, &message.key).finish();
        form.append_pair("StatusCallback", &format!("{receipts}?{query}"));
    }
    form.finish()
}

#[async_trait]
impl Transport for TwilioTransport {
    async fn send(&self, message: &Outgoing) -> Outcome {
        if message.channel != Channel::new("sms") {
            return Outcome::refused_for_good(Reason::WrongChannel { channel: message.channel.to_string() });
        }
        if let Err(reason) = check(message) {
            return Outcome::refused_for_good(reason);
        }
        if message.text.chars().count() > TEXT_CHARS_MAX {
            return Outcome::refused_for_good(Reason::TooLong { part: "text".into(), max: TEXT_CHARS_MAX });
        }
        match self.fetcher.call(&self.call("/Messages.json", Some(form(message))), ANSWER_BYTES_MAX).await {
            Ok(reply) => answer::outcome(&reply),
            Err(error) => unheard(error, self.settings.answer_within),
        }
    }

    async fn check(&self) -> Result<(), Reason> {
        let told = match self.fetcher.call(&self.call(".json", None), ANSWER_BYTES_MAX).await {
            Ok(reply) if reply.status == 200 => return Ok(()),
            Ok(reply) => answer::refusal(&reply),
            Err(error) => unheard(error, self.settings.answer_within),
        };
        told.reason().cloned().map_or(Ok(()), Err)
    }
}
