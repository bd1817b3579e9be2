//! WhatsApp by the Cloud API of Meta.

mod answer;
mod callback;

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use hyper::body::Bytes;
use jiff::SignedDuration;
use serde_json::{Value, json};
use words::{Channel, Template};

use crate::checked::check;
use crate::fetch::{Call, Fetcher, Trusted};
use crate::provider::{ANSWER_BYTES_MAX, ProviderSettingsError, is_name, unheard};
use crate::{Outcome, Outgoing, Reason, Transport};

pub use callback::{heard, is_signed};

/// Where Meta is reached.
pub const BASE: &str = "https://graph.facebook.com";
/// The version of its interface that is spoken unless the settings say otherwise.
pub const VERSION: &str = "v23.0";
/// How long after a customer's own message a text of ours is taken.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(24);
/// Characters of a text (Cloud API, `text.body`).
const TEXT_CHARS_MAX: usize = 4_096;
/// Characters of what fills one place of a template.
const PARAMETER_CHARS_MAX: usize = 1_024;
/// Bytes of the key that is given along (Cloud API, `biz_opaque_callback_data`).
const KEY_BYTES_MAX: usize = 512;

/// How Meta is reached and lets us in.
#[derive(Clone, PartialEq, Eq)]
pub struct WhatsAppSettings {
    /// Its address, without a path.
    pub base: String,
    /// The version of its interface, such as `v23.0`.
    pub version: String,
    /// The id of the telephone number, which is not the number.
    pub number: String,
    /// The access token.
    pub token: String,
    /// How long it may take to answer.
    pub answer_within: Duration,
}

impl fmt::Debug for WhatsAppSettings {
    /// Without the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WhatsAppSettings")
            .field("base", &self.base)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

/// Carries messages by WhatsApp: a text in a conversation, else the message's template. *Accepted* follows Meta's answer with the
/// message's id.
pub struct WhatsAppTransport {
    settings: WhatsAppSettings,
    fetcher: Fetcher,
}

impl WhatsAppTransport {
    /// Checks the settings. `trusted`: hosts that may be called although they are private.
    pub fn new(settings: WhatsAppSettings, trusted: Vec<Trusted>) -> Result<Self, ProviderSettingsError> {
        let fetcher = Fetcher::new(trusted).patient(settings.answer_within);
        fetcher.check(&settings.base).map_err(ProviderSettingsError::Address)?;
        for (part, text) in [("phone number ID", &settings.number), ("API version", &settings.version)] {
            if !is_name(text) {
                return Err(ProviderSettingsError::Part(part));
            }
        }
        if settings.token.is_empty() {
            return Err(ProviderSettingsError::Part("access token"));
        }
        Ok(Self { settings, fetcher })
    }

    fn call(&self, path: &str, body: Option<&Value>) -> Call {
        let WhatsAppSettings { base, version, number, token, .. } = &self.settings;
        Call {
            address: format!("{}/{version}/{number}{path}", base.trim_end_matches('/')),
            headers: vec![("authorization".into(), format!("Bearer {token}"))],
            body: body.map(|body| ("application/json", Bytes::from(body.to_string()))),
        }
    }
}

/// The message as Meta takes it. Outside a conversation it is its template.
fn body(message: &Outgoing) -> Result<Value, Reason> {
    let too_long = |part: &str, max| Err(Reason::TooLong { part: part.to_owned(), max });
    let (kind, said) = match &message.template {
        _ if message.in_conversation => {
            if message.text.chars().count() > TEXT_CHARS_MAX {
                return too_long("text", TEXT_CHARS_MAX);
            }
            ("text", json!({ "preview_url": false, "body": message.text }))
        }
        Some(template) => {
            if template.parameters.iter().any(|text| text.chars().count() > PARAMETER_CHARS_MAX) {
                return too_long("template", PARAMETER_CHARS_MAX);
            }
            ("template", filled(template))
        }
        None => return Err(Reason::NoTemplate),
    };
    let mut body = json!({
        "messaging_product": "whatsapp", "recipient_type": "individual", "to": message.to, "type": kind, kind: said,
    });
    // Meta's own document takes it beside a template alone. A text is known by the id that Meta gives it.
    if kind == "template" && message.key.len() <= KEY_BYTES_MAX {
        body["biz_opaque_callback_data"] = message.key.as_str().into();
    }
    Ok(body)
}

fn filled(template: &Template) -> Value {
    let parameters: Vec<Value> =
        template.parameters.iter().map(|text| json!({ "type": "text", "text": text })).collect();
    let mut said = json!({
        "name": template.name, "language": { "policy": "deterministic", "code": template.language },
    });
    if !parameters.is_empty() {
        said["components"] = json!([{ "type": "body", "parameters": parameters }]);
    }
    said
}

#[async_trait]
impl Transport for WhatsAppTransport {
    async fn send(&self, message: &Outgoing) -> Outcome {
        if message.channel != Channel::new("whatsapp") {
            return Outcome::refused_for_good(Reason::WrongChannel { channel: message.channel.to_string() });
        }
        let body = match check(message).and_then(|()| body(message)) {
            Ok(body) => body,
            Err(reason) => return Outcome::refused_for_good(reason),
        };
        match self.fetcher.call(&self.call("/messages", Some(&body)), ANSWER_BYTES_MAX).await {
            Ok(reply) => answer::outcome(&reply),
            Err(error) => unheard(error, self.settings.answer_within),
        }
    }

    async fn check(&self) -> Result<(), Reason> {
        let told = match self.fetcher.call(&self.call("", None), ANSWER_BYTES_MAX).await {
            Ok(reply) if reply.status == 200 => return Ok(()),
            Ok(reply) => answer::refusal(&reply),
            Err(error) => unheard(error, self.settings.answer_within),
        };
        told.reason().cloned().map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outgoing::tests::mail;

    fn message() -> Outgoing {
        Outgoing { channel: Channel::new("whatsapp"), to: "+31612345678".into(), ..mail("k") }
    }

    fn template(parameters: &[&str]) -> Template {
        let parameters = parameters.iter().map(|text| (*text).to_owned()).collect();
        Template { name: "bezoek".into(), language: "nl".into(), parameters }
    }

    #[test]
    fn in_a_conversation_goes_the_text_and_outside_it_the_template() {
        let both = Outgoing { template: Some(template(&["morgen"])), ..message() };
        let inside = body(&Outgoing { in_conversation: true, ..both.clone() }).unwrap();
        assert_eq!(inside["biz_opaque_callback_data"], Value::Null);
        assert_eq!((&inside["type"], inside["text"]["body"].as_str()), (&json!("text"), Some(both.text.as_str())));
        let outside = body(&both).unwrap();
        assert_eq!(outside["type"], "template");
        assert_eq!(outside["template"]["components"][0]["parameters"], json!([{ "type": "text", "text": "morgen" }]));
        assert_eq!(outside["biz_opaque_callback_data"], "k");
        assert_eq!(body(&message()), Err(Reason::NoTemplate));
        let bare = body(&Outgoing { template: Some(template(&[])), ..message() }).unwrap();
        assert_eq!(bare["template"]["components"], Value::Null);
    }

    #[test]
    fn what_is_longer_than_meta_takes_is_not_sent() {
        let refused = |message: Outgoing| match body(&message) {
            Err(Reason::TooLong { part, .. }) => part,
            other => panic!("{other:?}"),
        };
        let long = |count| "é".repeat(count);
        assert_eq!(refused(Outgoing { text: long(4_097), in_conversation: true, ..message() }), "text");
        assert_eq!(refused(Outgoing { template: Some(template(&[&long(1_025)])), ..message() }), "template");
    }
}
