//! How mail is signed (DKIM): a key per sender that we make, whose public half the organisation publishes in its DNS. Nothing is signed
//! before the key is seen there, because a signature that cannot be checked is worse than none.

use channels::dkim::{NewKey, generate, same_key};
use channels::dns::{DnsError, Kind, Lookup, Told};
use jiff::civil::Date;
use serde_json::{Value, json};
use store::Sender;

use crate::doctor::domain_of;
use crate::{Random, Result};

const SELECTOR: &str = "dkim_selector";
const RECORD: &str = "dkim_record";
const KEY: &str = "dkim_key";
const IS_ON: &str = "dkim_on";

/// The key of a sender, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dkim {
    /// For which domain: that of the sender's address.
    pub domain: String,
    /// Under which name.
    pub selector: String,
    /// What is to be published.
    pub record: String,
    /// Mail is signed with it.
    pub is_on: bool,
}

/// What stands in the DNS in the place of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// Our key.
    Ours,
    /// Another.
    Another,
    /// Nothing.
    Nothing,
}

impl Dkim {
    /// Of a sender; `None`: it has no key.
    pub fn of(sender: &Sender) -> Option<Self> {
        let text = |name: &str| sender.config.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            domain: domain_of(&sender.from_address)?.to_owned(),
            selector: text(SELECTOR)?,
            record: text(RECORD)?,
            is_on: sender.config.get(IS_ON) == Some(&Value::Bool(true)),
        })
    }

    /// Where its record stands.
    pub fn name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    /// What stands there now.
    pub async fn published(&self, names: &dyn Lookup) -> std::result::Result<Published, DnsError> {
        let records = match names.ask(&self.name(), Kind::Txt).await? {
            Told::Records(records) => records,
            Told::NoName => Vec::new(),
        };
        Ok(match records.as_slice() {
            [] => Published::Nothing,
            all if all.iter().any(|record| same_key(record, &self.record)) => Published::Ours,
            _ => Published::Another,
        })
    }
}

/// Makes a key; takes about a second.
pub fn new_key(random: &dyn Random) -> Result<NewKey> {
    Ok(generate(&mut |bytes| random.fill(bytes))?)
}

/// The sender with a new key that is not signed with yet.
pub fn with_key(mut sender: Sender, key: NewKey, day: Date) -> Sender {
    sender.config[SELECTOR] = json!(format!("kr{}", day.strftime("%Y%m%d")));
    sender.config[RECORD] = json!(key.record);
    sender.config[KEY] = json!(key.private);
    sender.config[IS_ON] = json!(false);
    sender
}

/// The sender, whose mail is signed from now on.
pub fn switched_on(mut sender: Sender) -> Sender {
    sender.config[IS_ON] = json!(true);
    sender
}

/// The sender without a key.
pub fn without_key(mut sender: Sender) -> Sender {
    if let Some(config) = sender.config.as_object_mut() {
        [SELECTOR, RECORD, KEY, IS_ON].into_iter().for_each(|name| drop(config.remove(name)));
    }
    sender
}

/// Settings with the key of what was kept, where it is of the same domain: it is not among the fields of a form.
pub fn keeping_key(mut config: Value, kept: &Sender, from_address: &str) -> Value {
    if domain_of(&kept.from_address) == domain_of(from_address) {
        for name in [SELECTOR, RECORD, KEY, IS_ON] {
            if let Some(value) = kept.config.get(name) {
                config[name] = value.clone();
            }
        }
    }
    config
}
