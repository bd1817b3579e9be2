//! Addresses in messages: our own pages by a token, others by the organisation's list of links.

use std::collections::BTreeMap;

use jiff::Timestamp;
use journey::Organisation;
use serde_json::{Value, json};
use store::{Link, OutboxRow, Purpose};
use words::Channel;

use crate::{Random, token};

/// How long an answer may be given after the question was sent.
const ASK_DAYS: i64 = 60;
/// How long one may say that one wants no more: as good as always.
const UNSUBSCRIBE_DAYS: i64 = 1_096;
/// The link by which one says so.
pub(crate) const UNSUBSCRIBE: &str = "unsubscribe";
/// How long a message has a page, and lets a customer change preferences.
const MESSAGE_DAYS: i64 = 365;
/// How long a customer may look at the page about a run.
const FOLLOW_DAYS: i64 = 180;
/// The page of the message itself, and those that one opens from it.
pub(crate) const MESSAGE: &str = "message";
pub(crate) const PREFERENCES: &str = "preferences";
const COMPLAINT: &str = "complaint";

/// The addresses that one message uses, and the tokens to be kept for them.
pub struct Made {
    /// By the name that the message uses.
    pub addresses: BTreeMap<String, String>,
    /// To be kept before the message goes.
    pub links: Vec<Link>,
}

/// Makes the addresses for these names: `ask` is our page with the questions, `message` the message's own page, `preferences` the
/// customer's own choices, `complaint` where one complains of what it is about, a name that the organisation lists is its address with `{id}` filled in, any other our page about this
/// run. On paper they are ones that a person can type over. What one opens from the message's own page has its token.
pub fn make(
    names: impl IntoIterator<Item = String>,
    (row, channel): (&OutboxRow, &Channel),
    organisation: &Organisation,
    base: &str,
    now: Timestamp,
    random: &dyn Random,
) -> Made {
    let mut made = Made { addresses: BTreeMap::new(), links: Vec::new() };
    let mut of_message: Option<String> = None;
    for name in names {
        if let Some(listed) = organisation.links.get(&name) {
            made.addresses.insert(name.clone(), filled(listed, &name, &row.send.facts));
            continue;
        }
        let (purpose, path, days) = match name.as_str() {
            "ask" => (Purpose::Ask, "vraag", ASK_DAYS),
            UNSUBSCRIBE => (Purpose::Unsubscribe, "afmelden", UNSUBSCRIBE_DAYS),
            MESSAGE => (Purpose::Message, "bericht", MESSAGE_DAYS),
            COMPLAINT => (Purpose::Message, "klacht", MESSAGE_DAYS),
            PREFERENCES => (Purpose::Message, "voorkeuren", MESSAGE_DAYS),
            _ => (Purpose::Follow, "mijn", FOLLOW_DAYS),
        };
        let known = of_message.clone().filter(|_| purpose == Purpose::Message);
        let is_new = known.is_none();
        let fresh = || if channel.is_paper() { token::on_paper(random) } else { token::token(random) };
        let token = known.unwrap_or_else(fresh);
        made.addresses.insert(name.clone(), format!("{}/{path}/{token}", base.trim_end_matches('/')));
        if purpose == Purpose::Message {
            of_message = Some(token.clone());
        }
        if is_new {
            made.links.push(link(&token, purpose, row, now, days));
        }
    }
    made
}

fn link(token: &str, purpose: Purpose, row: &OutboxRow, now: Timestamp, days: i64) -> Link {
    let mut subject = json!({ "key": row.key, "customer": row.customer, "run": row.run, "journey": row.journey,
                          "touchpoint": row.touchpoint, "channel": row.channel });
    if !row.principal.is_own() {
        subject["principal"] = json!(row.principal);
    }
    Link::new(token::hash(token), purpose, &row.organisation, (row.key.as_str(), subject), (now, 24 * days))
}

/// Fills `{id}` with the id of the object of the link's name. Only letters, digits and `-_.~` go in as they are.
fn filled(address: &str, object: &str, facts: &Value) -> String {
    let id = match &facts[object]["id"] {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => String::new(),
    };
    let escaped: String = id.bytes().map(escape).collect();
    address.replace("{id}", &escaped)
}

fn escape(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_change_the_address() {
        let facts = json!({ "hold": { "id": "H-3/../x?a=b" }, "order": { "id": 17 } });
        let address = "https://mijn.example/r/{id}";
        assert_eq!(filled(address, "hold", &facts), "https://mijn.example/r/H-3%2F..%2Fx%3Fa%3Db");
        assert_eq!(filled(address, "order", &facts), "https://mijn.example/r/17");
        assert_eq!(filled(address, "nobody", &facts), "https://mijn.example/r/");
    }
}
