use channels::{Heard, twilio, whatsapp};
use store::{Sender, SenderName};
use words::OrganisationId;

use crate::sending::providers::{TwilioConfig, WhatsAppConfig};
use crate::token;

/// Letters of what Meta asks to have said back.
const CHALLENGE_MAX: usize = 200;

/// The address at which a provider tells us something about a sender of an organisation. `base`: where our pages are reached.
pub fn address(base: &str, organisation: &OrganisationId, sender: &SenderName) -> String {
    format!("{}/v1/channels/{organisation}/{sender}", base.trim_end_matches('/'))
}

/// What a provider posts to us.
pub struct Callback<'a> {
    /// Our own address, without what follows the `?`.
    pub address: &'a str,
    /// What follows the `?`, as it came.
    pub query: &'a str,
    /// The header that carries the signature; `name` in small letters.
    pub header: &'a dyn Fn(&str) -> Option<&'a str>,
    /// As it came.
    pub body: &'a [u8],
}

/// What listens to a provider: who it is and how it proves itself.
pub enum Line {
    /// A provider of text messages that speaks as Twilio does.
    Twilio(TwilioConfig),
    /// Meta.
    WhatsApp(WhatsAppConfig),
}

impl Line {
    /// That of a sender; `None`: nobody tells us anything about it, or its settings cannot be read.
    pub fn of(sender: &Sender) -> Option<Self> {
        let config = sender.config.clone();
        match sender.transport.as_str() {
            "twilio" => serde_json::from_value(config).ok().map(Self::Twilio),
            "whatsapp" => serde_json::from_value(config).ok().map(Self::WhatsApp),
            _ => None,
        }
    }

    /// Whether its secret can be used; sealed under a key that is not there it proves nothing.
    pub fn is_open(&self) -> bool {
        let secret = match self {
            Self::Twilio(config) => &config.token,
            Self::WhatsApp(config) => &config.app_secret,
        };
        !store::is_sealed(secret)
    }

    /// What Meta is to hear when it asks whether this address is ours; `None`: it is not asked as Meta asks it.
    pub fn challenged(&self, query: &str) -> Option<String> {
        let Self::WhatsApp(config) = self else { return None };
        let pairs = pairs(query.as_bytes());
        let said = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let given = said("hub.verify_token").filter(|given| !given.is_empty())?;
        // Digests of the same length: how long it takes tells nothing of the token.
        let is_ours = token::hash(given) == token::hash(&config.verify_token) && said("hub.mode") == Some("subscribe");
        let challenge = said("hub.challenge").filter(|challenge| challenge.len() <= CHALLENGE_MAX)?;
        let is_plain = challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        (is_ours && is_plain).then(|| challenge.to_owned())
    }

    /// What a provider tells; `None`: it did not prove that it is the provider.
    pub fn hears(&self, callback: &Callback<'_>) -> Option<Vec<Heard>> {
        match self {
            Self::Twilio(config) => {
                let form = pairs(callback.body);
                let signature = (callback.header)("x-twilio-signature")?;
                let address = match callback.query {
                    "" => callback.address.to_owned(),
                    query => format!("{}?{query}", callback.address),
                };
                let is_signed = twilio::is_signed(&config.token, &address, &form, signature);
                is_signed.then(|| twilio::heard(&form, &pairs(callback.query.as_bytes())).into_iter().collect())
            }
            Self::WhatsApp(config) => {
                let signature = (callback.header)("x-hub-signature-256")?;
                let is_signed = whatsapp::is_signed(&config.app_secret, callback.body, signature);
                is_signed.then(|| whatsapp::heard(callback.body, &config.number).unwrap_or_default())
            }
        }
    }
}

fn pairs(form: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(form).into_owned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta() -> Line {
        Line::WhatsApp(WhatsAppConfig {
            number: "106".into(),
            token: "t".into(),
            app_secret: "Jefe".into(),
            verify_token: "onze".into(),
            base: None,
            version: None,
        })
    }

    #[test]
    fn meta_hears_its_word_back_when_it_knows_ours() {
        let asked = |query: &str| meta().challenged(query);
        assert_eq!(asked("hub.mode=subscribe&hub.challenge=115&hub.verify_token=onze").as_deref(), Some("115"));
        for no in [
            "",
            "hub.mode=subscribe&hub.challenge=115&hub.verify_token=andere",
            "hub.mode=subscribe&hub.challenge=115&hub.verify_token=",
            "hub.mode=unsubscribe&hub.challenge=115&hub.verify_token=onze",
            "hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=onze",
            "hub.mode=subscribe&hub.verify_token=onze",
        ] {
            assert_eq!(asked(no), None, "{no}");
        }
    }

    #[test]
    fn who_proves_nothing_is_not_heard() {
        let no_header: &dyn Fn(&str) -> Option<&'static str> = &|_| None;
        let wrong: &dyn Fn(&str) -> Option<&'static str> = &|_| Some("sha256=00");
        for header in [no_header, wrong] {
            assert!(meta().hears(&Callback { address: "https://k.example", query: "", header, body: b"{}" }).is_none());
        }
        let hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let right = format!("sha256={hex}");
        let header = |_: &str| Some(right.as_str());
        let body = b"what do ya want for nothing?";
        let heard = meta().hears(&Callback { address: "https://k.example", query: "", header: &header, body });
        assert_eq!(heard, Some(vec![]), "it is Meta, and tells nothing that can be read");
    }
}
