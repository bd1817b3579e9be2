//! The settings of providers that are called over https: text messages, and WhatsApp.

use serde_json::{Value, json};
use service::intake::e164;
use service::token;
use store::Sender;

use super::sender::Filled;
use crate::{App, form, form::Remarks};

/// Letters of a secret that a provider gives.
const SECRET_MAX: usize = 1_000;
/// Letters of a name that a text message may come from (GSM 03.38).
const NAME_MAX: usize = 11;

/// What stands in the fields of a sender that is kept, but for its secrets.
pub(super) fn fill(filled: &mut Filled, sender: &Sender) {
    let text = |key: &str| sender.config[key].as_str().unwrap_or_default().to_owned();
    filled.account = text("account");
    filled.number = text("number");
    filled.base = text("base");
    filled.version = text("version");
}

/// The number, or the name or service, that messages come from; `None`: the provider knows nothing of the kind.
pub(super) fn from_address(transport: &str, typed: &str) -> Option<String> {
    let typed = typed.trim();
    let is_name = typed.len() <= NAME_MAX
        && typed.chars().any(|c| c.is_ascii_alphabetic())
        && typed.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ');
    let is_service = typed.len() == 34 && typed.starts_with("MG") && typed.bytes().all(|b| b.is_ascii_alphanumeric());
    if transport == "twilio" && (is_name || is_service) {
        return Some(typed.to_owned());
    }
    e164(typed, "31")
}

pub(super) fn twilio(app: &App, filled: &Filled, kept: Option<&Sender>, remarks: &mut Remarks) -> Value {
    let kept = kept.filter(|kept| kept.transport == "twilio");
    let account = word(&filled.account);
    remarks.expect(account.is_some(), "account", "sender-remark-account");
    let base = base(&filled.base, &|address| app.service.fetching.check(address).is_ok(), remarks);
    let same_place = kept.is_none_or(|kept| kept.config["base"].as_str().unwrap_or_default() == base);
    let token = secret(("token", &filled.token), kept, same_place, remarks);
    json!({ "account": account, "token": token, "base": base })
}

pub(super) fn whatsapp(app: &App, filled: &Filled, kept: Option<&Sender>, remarks: &mut Remarks) -> Value {
    let kept = kept.filter(|kept| kept.transport == "whatsapp");
    let number = word(&filled.number).filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    remarks.expect(number.is_some(), "number", "sender-remark-number-id");
    let base = base(&filled.base, &|address| app.service.fetching.check(address).is_ok(), remarks);
    let version = filled.version.trim();
    let digits = version.strip_prefix('v').and_then(|rest| rest.split_once('.'));
    let is_version = digits.is_some_and(|(a, b)| a.parse::<u8>().is_ok() && b.parse::<u8>().is_ok());
    remarks.expect(version.is_empty() || is_version, "version", "sender-remark-version");
    let same_place = kept.is_none_or(|kept| kept.config["base"].as_str().unwrap_or_default() == base);
    let token_given = secret(("token", &filled.token), kept, same_place, remarks);
    let app_secret = secret(("app_secret", &filled.app_secret), kept, true, remarks);
    // It opens nothing: Meta says it back when it asks whether an address is ours.
    let said_back = kept.and_then(|kept| kept.config["verify_token"].as_str()).filter(|kept| !kept.is_empty());
    let said_back = said_back.map_or_else(|| token::token(app.random.as_ref()), str::to_owned);
    json!({
        "number": number, "token": token_given, "app_secret": app_secret, "verify_token": said_back, "base": base,
        "version": version,
    })
}

/// Letters and digits, as providers name accounts and numbers.
fn word(typed: &str) -> Option<String> {
    form::line(typed, 100).filter(|text| text.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Where the provider is reached; empty: at its usual address.
fn base(typed: &str, can_be_asked: &dyn Fn(&str) -> bool, remarks: &mut Remarks) -> String {
    let typed = typed.trim().trim_end_matches('/');
    let is_address = typed.is_empty() || (can_be_asked(typed) && !typed.contains(['?', '#']));
    remarks.expect(is_address, "base", "sender-remark-base");
    typed.to_owned()
}

/// What was typed, else what is kept. What lets us in at one address is not sent to another because somebody changed the address.
fn secret(
    (field, typed): (&'static str, &str),
    kept: Option<&Sender>,
    same_place: bool,
    remarks: &mut Remarks,
) -> String {
    let typed = typed.trim();
    let kept = kept.and_then(|kept| kept.config[field].as_str()).filter(|_| same_place).unwrap_or_default();
    let secret = if typed.is_empty() { kept } else { typed };
    let fits = !secret.is_empty() && secret.len() <= SECRET_MAX && secret.bytes().all(|byte| byte.is_ascii_graphic());
    remarks.expect(fits, field, if same_place { "sender-remark-secret" } else { "sender-remark-secret-again" });
    secret.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_from_a_number_a_name_or_a_service() {
        let service = format!("MG{}", "0a".repeat(16));
        assert_eq!(from_address("twilio", "06 12345678").as_deref(), Some("+31612345678"));
        assert_eq!(from_address("twilio", " Rijnoever ").as_deref(), Some("Rijnoever"));
        assert_eq!(from_address("twilio", &service), Some(service.clone()));
        for (transport, wrong) in
            [("twilio", ""), ("twilio", "Woonstichting Rijnoever"), ("twilio", "112"), ("whatsapp", "Rijnoever")]
        {
            assert_eq!(from_address(transport, wrong), None, "{wrong}");
        }
        assert_eq!(from_address("whatsapp", &service), None);
    }

    #[test]
    fn an_address_of_a_provider_is_one() {
        let fetcher = channels::fetch::Fetcher::new(Vec::new());
        let told = |typed: &str| {
            let mut remarks = Remarks::default();
            (base(typed, &|address| fetcher.check(address).is_ok(), &mut remarks), remarks.is_empty())
        };
        assert_eq!(told(""), (String::new(), true));
        assert_eq!(told(" https://sms.example.nl/ "), ("https://sms.example.nl".into(), true));
        let wrong =
            ["sms.example.nl", "http://sms.example.nl", "https://u:p@sms.example.nl", "https://sms.example.nl/?a=b"];
        assert!(wrong.iter().all(|wrong| !told(wrong).1));
    }
}
