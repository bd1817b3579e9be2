//! The settings of providers that are called over https, as they stand in [`store::Sender::config`].

use std::fmt;
use std::sync::Arc;

use channels::fetch::Trusted;
use channels::twilio::{self, TwilioSettings, TwilioTransport};
use channels::whatsapp::{self, WhatsAppSettings, WhatsAppTransport};
use channels::{ANSWER_WITHIN, Transport};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::transports::UnknownTransport;

/// Of a provider that speaks as Twilio does.
#[derive(Deserialize)]
pub struct TwilioConfig {
    /// The account's SID.
    pub account: String,
    /// The account's auth token.
    #[serde(default)]
    pub token: String,
    /// Where it is reached, when not at Twilio.
    #[serde(default)]
    pub base: Option<String>,
}

/// Of a telephone number at Meta.
#[derive(Deserialize)]
pub struct WhatsAppConfig {
    /// The id of the telephone number.
    pub number: String,
    /// The access token.
    #[serde(default)]
    pub token: String,
    /// By which Meta signs what it tells.
    #[serde(default)]
    pub app_secret: String,
    /// Which Meta says when it asks whether an address is ours.
    #[serde(default)]
    pub verify_token: String,
    /// Where it is reached, when not at Meta itself.
    #[serde(default)]
    pub base: Option<String>,
    /// The version of its interface, when another than ours.
    #[serde(default)]
    pub version: Option<String>,
}

impl fmt::Debug for TwilioConfig {
    /// Without the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioConfig").field("account", &self.account).finish_non_exhaustive()
    }
}

impl fmt::Debug for WhatsAppConfig {
    /// Without the secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WhatsAppConfig").field("number", &self.number).finish_non_exhaustive()
    }
}

fn unfit(error: &dyn fmt::Display) -> UnknownTransport {
    UnknownTransport::Settings(error.to_string())
}

fn read<T: DeserializeOwned>(config: &serde_json::Value) -> Result<T, UnknownTransport> {
    serde_json::from_value(config.clone()).map_err(|error| unfit(&error))
}

/// What is written, unless it is empty.
fn or(written: Option<String>, usual: &str) -> String {
    written.filter(|text| !text.is_empty()).unwrap_or_else(|| usual.to_owned())
}

pub(super) fn twilio(
    config: &serde_json::Value,
    trusted: Vec<Trusted>,
) -> Result<Arc<dyn Transport>, UnknownTransport> {
    let TwilioConfig { account, token, base } = read(config)?;
    if store::is_sealed(&token) {
        return Err(UnknownTransport::Sealed);
    }
    let settings = TwilioSettings { base: or(base, twilio::BASE), account, token, answer_within: ANSWER_WITHIN };
    Ok(Arc::new(TwilioTransport::new(settings, trusted).map_err(|error| unfit(&error))?))
}

pub(super) fn whatsapp(
    config: &serde_json::Value,
    trusted: Vec<Trusted>,
) -> Result<Arc<dyn Transport>, UnknownTransport> {
    let WhatsAppConfig { number, token, base, version, .. } = read(config)?;
    if store::is_sealed(&token) {
        return Err(UnknownTransport::Sealed);
    }
    let settings = WhatsAppSettings {
        base: or(base, whatsapp::BASE),
        version: or(version, whatsapp::VERSION),
        number,
        token,
        answer_within: ANSWER_WITHIN,
    };
    Ok(Arc::new(WhatsAppTransport::new(settings, trusted).map_err(|error| unfit(&error))?))
}
