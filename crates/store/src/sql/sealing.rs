//! Secrets at rest: what lets us in elsewhere is kept encrypted, under a key that the store does not hold.
//!
//! AES-256-GCM with the place of the secret as associated data, so that it cannot be moved to another. The nonce is a MAC of
//! place and text under a key of its own (a synthetic one, as in RFC 8452): the same secret in the same place is the same text,
//! no two others share a nonce, and nothing here needs chance.

use std::fmt::Write;
use std::sync::Arc;

use async_trait::async_trait;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use serde_json::Value;
use words::OrganisationId;

use super::{SqlStore, read::Read, sql::sql};
use crate::{Error, Result, Secrets, SecretsSeen};

/// How a sealed text begins; the number is of the form.
const SEALED: &str = "sealed:1:";
/// Bytes by which a key is known.
const ID_LEN: usize = 4;
/// Where secrets stand.
pub(super) struct Place {
    table: &'static str,
    /// The column that tells it from others of an organisation.
    one: &'static str,
    column: &'static str,
    /// The fields of what the column holds as JSON; without any all of it is secret.
    fields: &'static [&'static str],
}

pub(super) const SENDERS: Place = Place {
    table: "senders",
    one: "channel",
    column: "config",
    fields: &["password", "dkim_key", "token", "app_secret"],
};
pub(super) const FETCHES: Place = Place { table: "fetches", one: "source", column: "secret", fields: &[] };
pub(super) const ENDPOINTS: Place =
    Place { table: "endpoints", one: "endpoint", column: "secrets", fields: &["secret", "previous"] };
pub(super) const WEBHOOKS: Place = Place { table: "webhooks", one: "source", column: "signing", fields: &["secret"] };

/// What secrets are sealed with.
pub struct SealingKey {
    id: [u8; ID_LEN],
    seal: LessSafeKey,
    nonce: hmac::Key,
}

impl SealingKey {
    /// Derived from a secret text. Short ones can be guessed: the caller sees to that.
    pub fn of(secret: &str) -> Self {
        let root = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let derived = |purpose: &str| hmac::sign(&root, purpose.as_bytes());
        let mut id = [0; ID_LEN];
        id.copy_from_slice(&derived("klantreis key id 1").as_ref()[..ID_LEN]);
        let seal = UnboundKey::new(&AES_256_GCM, derived("klantreis sealing 1").as_ref()).expect("32 bytes");
        let nonce = hmac::Key::new(hmac::HMAC_SHA256, derived("klantreis nonce 1").as_ref());
        Self { id, seal: LessSafeKey::new(seal), nonce }
    }

    fn nonce_for(&self, place: &str, text: &str) -> [u8; NONCE_LEN] {
        let mut whole = hmac::Context::with_key(&self.nonce);
        whole.update(&(place.len() as u64).to_be_bytes());
        whole.update(place.as_bytes());
        whole.update(text.as_bytes());
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(&whole.sign().as_ref()[..NONCE_LEN]);
        nonce
    }

    fn seal(&self, place: &str, text: &str) -> String {
        let nonce = self.nonce_for(place, text);
        let mut bytes = text.as_bytes().to_vec();
        let aad = Aad::from(place.as_bytes());
        let sealed = self.seal.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut bytes);
        sealed.expect("a short text can be sealed");
        format!("{SEALED}{}:{}{}", hex(&self.id), hex(&nonce), hex(&bytes))
    }

    fn open(&self, place: &str, sealed: &[u8]) -> Option<String> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut bytes = sealed.to_vec();
        let opened = self.seal.open_in_place(nonce, Aad::from(place.as_bytes()), &mut bytes).ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        write!(text, "{byte:02x}").expect("a text takes every byte");
    }
    text
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let is_hex = text.len().is_multiple_of(2) && text.bytes().all(|sign| sign.is_ascii_hexdigit());
    is_hex.then(|| (0..text.len()).step_by(2).filter_map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect())
}

/// Whether a text is a sealed secret. What is read from a store is one only when its key is not there.
pub fn is_sealed(text: &str) -> bool {
    parts(text).is_some()
}

/// The key by which it was sealed, and the bytes.
fn parts(text: &str) -> Option<([u8; ID_LEN], Vec<u8>)> {
    let (id, bytes) = text.strip_prefix(SEALED)?.split_once(':')?;
    Some((unhex(id)?.try_into().ok()?, unhex(bytes)?))
}

/// How a store keeps secrets.
#[derive(Clone, Default)]
pub struct Sealing {
    current: Option<Arc<SealingKey>>,
    /// Keys that were current before: they open, and seal nothing any more.
    old: Vec<Arc<SealingKey>>,
    is_demanded: bool,
}

impl Sealing {
    /// Under this key; what stands under an older one is opened by that.
    pub fn under(current: SealingKey, old: Vec<SealingKey>) -> Self {
        let old = old.into_iter().map(Arc::new).collect();
        Self { current: Some(Arc::new(current)), old, is_demanded: true }
    }

    /// No secret is taken until there is a key.
    pub fn demanded(old: Vec<SealingKey>) -> Self {
        Self { current: None, old: old.into_iter().map(Arc::new).collect(), is_demanded: true }
    }

    fn seal_text(&self, named: &str, text: &str) -> Result<String> {
        match &self.current {
            // What could not be opened stays as it is.
            _ if text.is_empty() || is_sealed(text) => Ok(text.to_owned()),
            Some(key) => Ok(key.seal(named, text)),
            None if self.is_demanded => Err(Error::NoKey),
            None => Ok(text.to_owned()),
        }
    }

    fn open_text(&self, named: &str, text: String) -> String {
        let Some((id, bytes)) = parts(&text) else { return text };
        let mut keys = self.current.iter().chain(&self.old).filter(|key| key.id == id);
        keys.find_map(|key| key.open(named, &bytes)).unwrap_or(text)
    }

    /// What a column holds, as it is to be kept. `at`: of which organisation, and which one of it.
    pub(super) fn seal(&self, place: &Place, at: (&OrganisationId, &str), kept: &str) -> Result<String> {
        let named = place.named(at);
        place.change(kept, |text| self.seal_text(&named, &text))
    }

    /// As it was given; a sealed text whose key is not there stays one.
    pub(super) fn open(&self, place: &Place, at: (&OrganisationId, &str), kept: String) -> String {
        let named = place.named(at);
        place.change(&kept, |text| Ok(self.open_text(&named, text))).unwrap_or(kept)
    }
}

impl Place {
    /// Of a secret: what it is sealed together with.
    fn named(&self, (organisation, one): (&OrganisationId, &str)) -> String {
        format!("{}/{organisation}/{one}", self.table)
    }

    /// Changes the secrets in what a column holds, as far as there are any.
    fn change(&self, kept: &str, mut change: impl FnMut(String) -> Result<String>) -> Result<String> {
        if self.fields.is_empty() {
            return change(kept.to_owned());
        }
        let Ok(mut whole) = serde_json::from_str::<Value>(kept) else { return Ok(kept.to_owned()) };
        let mut has_any = false;
        for field in self.fields {
            if let Some(Value::String(secret)) = whole.get_mut(field) {
                *secret = change(std::mem::take(secret))?;
                has_any = true;
            }
        }
        Ok(if has_any { whole.to_string() } else { kept.to_owned() })
    }
}

impl SqlStore {
    /// The same store, which keeps secrets so. Stores that this one makes of itself do too.
    #[must_use]
    pub fn sealing(&self, sealing: Sealing) -> Self {
        Self { sealing, ..self.clone() }
    }

    async fn look_at_secrets(&self, seals: bool) -> Result<SecretsSeen> {
        let mut seen = SecretsSeen::default();
        for place in [SENDERS, FETCHES, WEBHOOKS, ENDPOINTS] {
            let Place { table, one, column, .. } = place;
            let list = format!("SELECT bucket, organisation, {one} AS one, {column} AS kept FROM {table}");
            let change = format!(
                "UPDATE {table} SET {column} = $4 WHERE bucket = $1 AND organisation = $2 AND {one} = $3 AND {column} = $5"
            );
            let rows = sql(list).rows(&mut self.reader().await?).await?;
            for row in &rows {
                let read = Read::new(row, "secret");
                let Some(kept) = read.text_if("kept")? else { continue };
                let (organisation, one) = (read.organisation()?, read.text("one")?);
                let at = (&organisation, one.as_str());
                let opened = self.sealing.open(&place, at, kept.clone());
                let wanted = match self.sealing.seal(&place, at, &opened) {
                    Ok(wanted) => wanted,
                    Err(Error::NoKey) => kept.clone(),
                    Err(error) => return Err(error),
                };
                seen.count(&place, &opened, &wanted)?;
                if seals && wanted != kept {
                    let change = sql(change.clone()).place(read.bucket()?, &organisation).text(&one);
                    seen.rewritten += u64::from(self.change(change.text(&wanted).text(&kept)).await?);
                }
            }
        }
        Ok(seen)
    }
}

impl SecretsSeen {
    /// One more: as it was opened, and as it is to be kept.
    fn count(&mut self, place: &Place, opened: &str, wanted: &str) -> Result<()> {
        let count = |kept: &str, is_so: fn(&str) -> bool| {
            let mut count = 0;
            place.change(kept, |text| {
                count += u64::from(is_so(&text));
                Ok(text)
            })?;
            Ok(count)
        };
        self.secrets += count(opened, |secret| !secret.is_empty())?;
        self.unopened += count(opened, is_sealed)?;
        self.plain += count(wanted, |secret| !secret.is_empty() && !is_sealed(secret))?;
        Ok(())
    }
}

#[async_trait]
impl Secrets for SqlStore {
    async fn secrets(&self) -> Result<SecretsSeen> {
        self.look_at_secrets(false).await
    }

    async fn seal_secrets(&self) -> Result<SecretsSeen> {
        self.look_at_secrets(true).await
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;
    use words::{Channel, OrganisationId};

    use super::super::{copy, stores};
    use super::*;
    use crate::{Fetch, FetchState, Fetches, Sender, Senders, Webhook, Webhooks};

    const SECRET: &str = "zo geheim als het maar kan";

    fn organisation() -> OrganisationId {
        OrganisationId::new("rijnoever")
    }

    fn sender(password: &str) -> Sender {
        Sender {
            organisation: organisation(),
            channel: Channel::email(),
            principal: words::PrincipalId::own(),
            transport: "smtp".into(),
            config: json!({ "host": "mail.example", "port": 587, "user": "post", "password": password }),
            from_name: "Rijnoever".into(),
            from_address: "post@rijnoever.example".into(),
            reply_to: None,
            tested: Some(Timestamp::UNIX_EPOCH),
            per_minute: None,
            catch_up: None,
        }
    }

    fn fetch() -> Fetch {
        Fetch {
            organisation: organisation(),
            source: "planning".into(),
            settings: "{}".into(),
            secret: Some(SECRET.into()),
            mapping: None,
            state: FetchState::default(),
        }
    }

    fn webhook() -> Webhook {
        let signing = json!({ "secret": SECRET }).to_string();
        Webhook { organisation: organisation(), source: "betalingen".into(), signing, mapping: None }
    }

    async fn fill(store: &SqlStore) {
        store.save_sender(sender(SECRET)).await.expect("kept");
        store.save_fetch(fetch()).await.expect("kept");
        store.save_webhook(webhook()).await.expect("kept");
    }

    /// How many of the three can be read as they were given.
    async fn opened(store: &SqlStore) -> usize {
        let senders = store.senders(&organisation()).await.expect("a list");
        let fetched = store.fetch(&organisation(), "planning").await.expect("read");
        let due = store.due_fetches(Timestamp::MAX, 9).await.expect("read");
        assert!(due.is_empty());
        let posted = store.webhook(&organisation(), "betalingen").await.expect("read");
        let all = [senders == [sender(SECRET)], fetched == Some(fetch()), posted == Some(webhook())];
        all.into_iter().filter(|is_so| *is_so).count()
    }

    /// Whether the secret stands anywhere as it was given.
    async fn is_in_clear(store: &SqlStore) -> bool {
        let mut conn = store.reader().await.expect("a reader");
        let mut found = false;
        for table in super::super::migrations::tables() {
            for row in copy::page(table, None).rows(&mut conn).await.expect("rows") {
                let holds = |value: &super::super::driver::Value| format!("{value:?}").contains(SECRET);
                found |= row.values().expect("values").iter().any(holds);
            }
        }
        found
    }

    fn under(current: &str, old: &[&str]) -> Sealing {
        Sealing::under(SealingKey::of(current), old.iter().map(|old| SealingKey::of(old)).collect())
    }

    #[tokio::test]
    async fn secrets_are_kept_sealed_and_read_as_they_were_given() {
        for store in stores().await {
            let first = store.sealing(under("eerste", &[]));
            fill(&first).await;
            assert!(!is_in_clear(&store).await);
            assert_eq!(opened(&first).await, 3);
            let stranger = store.sealing(under("andere", &[]));
            assert_eq!(opened(&stranger).await, 0);
            let seen = stranger.seal_secrets().await.expect("looked at");
            assert_eq!(seen, SecretsSeen { secrets: 3, unopened: 3, plain: 0, rewritten: 0 });
            for sender in stranger.senders(&organisation()).await.expect("a list") {
                assert!(is_sealed(sender.config["password"].as_str().expect("a text")));
                stranger.save_sender(sender).await.expect("saved for another reason");
            }
            assert_eq!(opened(&first).await, 3, "nothing is lost by who has not the key");
            let second = store.sealing(under("tweede", &["eerste"]));
            assert_eq!(opened(&second).await, 3, "a key may be followed by another");
            assert_eq!(second.seal_secrets().await.expect("sealed anew").rewritten, 3);
            assert_eq!((opened(&first).await, opened(&store.sealing(under("tweede", &[]))).await), (0, 3));
            assert_eq!(second.seal_secrets().await.expect("looked at").rewritten, 0);
        }
    }

    #[tokio::test]
    async fn what_stands_in_clear_is_read_and_sealed_at_the_start() {
        for store in stores().await {
            fill(&store).await;
            assert!(is_in_clear(&store).await);
            let demanding = store.sealing(Sealing::demanded(Vec::new()));
            assert_eq!(opened(&demanding).await, 3, "it goes on working");
            assert_eq!(demanding.secrets().await.expect("looked at").plain, 3);
            assert_eq!(demanding.seal_secrets().await.expect("looked at").rewritten, 0);
            assert!(matches!(demanding.save_sender(sender("nieuw")).await, Err(Error::NoKey)));
            assert!(matches!(demanding.save_fetch(fetch()).await, Err(Error::NoKey)));
            assert!(matches!(demanding.save_webhook(webhook()).await, Err(Error::NoKey)));
            demanding.save_sender(sender("")).await.expect("without a secret there is nothing to seal");
            store.save_sender(sender(SECRET)).await.expect("kept");
            let sealed = store.sealing(under("eerste", &[]));
            assert_eq!(sealed.seal_secrets().await.expect("sealed").rewritten, 3);
            assert!(!is_in_clear(&store).await);
            assert_eq!(opened(&sealed).await, 3);
        }
    }

    #[tokio::test]
    async fn every_secret_of_a_sender_is_sealed() {
        for store in stores().await {
            let sealed = store.sealing(under("eerste", &[]));
            let config = json!({ "number": "106", "token": SECRET, "app_secret": format!("{SECRET}!") });
            let whatsapp = Sender { channel: Channel::new("whatsapp"), config, ..sender("") };
            sealed.save_sender(whatsapp.clone()).await.expect("kept");
            assert!(!is_in_clear(&store).await);
            assert_eq!(sealed.senders(&organisation()).await.expect("a list"), [whatsapp]);
            assert_eq!(sealed.secrets().await.expect("looked at").secrets, 2);
        }
    }

    #[test]
    fn a_sealed_text_belongs_to_its_place_and_is_whole() {
        let key = SealingKey::of("eerste");
        let place = "senders/rijnoever/email";
        let sealed = key.seal(place, SECRET);
        let bytes = parts(&sealed).expect("it is one").1;
        assert_eq!(key.open(place, &bytes).as_deref(), Some(SECRET));
        assert_eq!(key.open("senders/elders/email", &bytes), None);
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert_eq!(key.open(place, &other), None, "byte {at}");
        }
        assert_ne!(key.seal(place, "a"), key.seal("elders", "a"));
        for no in ["", "geheim", "sealed:1:", "sealed:1:00:zz", "sealed:2:00000000:00"] {
            assert!(!is_sealed(no), "{no}");
        }
    }
}
