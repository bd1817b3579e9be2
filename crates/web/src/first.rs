use store::{Account, OrganisationRow, Role, Store};
use uuid::Uuid;
use words::OrganisationId;

use crate::{form, password};
use jiff::Timestamp;
use service::Random;

/// The first organisation of an installation and the account that manages it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    /// As customers know the organisation.
    pub organisation: String,
    /// The person's name.
    pub name: String,
    /// To log in with.
    pub email: String,
    /// To log in with.
    pub password: String,
    /// Tag of the language of pages and messages.
    pub language: words::Language,
}

/// Why there is no first account.
#[derive(Clone, Debug, thiserror::Error)]
pub enum FirstProblem {
    /// There is an account already.
    #[error("there is an account already; log in, or ask a colleague for an invitation")]
    Exists,
    /// A part is missing or cannot be used.
    #[error("{0} is missing or cannot be used")]
    Unusable(&'static str),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Whether nobody can log in yet.
pub async fn nobody_yet(store: &dyn Store) -> store::Result<bool> {
    for organisation in store.organisations().await? {
        if !store.accounts(&organisation.id).await?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Makes the first account, as owner, and its organisation. Where the store already holds one and no other (history was brought
/// in before anybody logged in), that is the one; it takes the name that is given now if it had none of its own.
pub async fn first_account(
    store: &dyn Store,
    random: &dyn Random,
    id: Uuid,
    now: Timestamp,
    first: First,
) -> Result<Account, FirstProblem> {
    let organisation = form::line(&first.organisation, 200).ok_or(FirstProblem::Unusable("organisation"))?;
    let short = short_name(&organisation).ok_or(FirstProblem::Unusable("organisation"))?;
    let name = form::line(&first.name, 200).ok_or(FirstProblem::Unusable("name"))?;
    let email = form::email(&first.email).ok_or(FirstProblem::Unusable("email"))?;
    if !password::acceptable(&first.password) {
        return Err(FirstProblem::Unusable("password"));
    }
    let hash = password::hash(&first.password, random).ok_or(FirstProblem::Unusable("password"))?;
    if !nobody_yet(store).await? {
        return Err(FirstProblem::Exists);
    }
    let house = house_of(store, OrganisationId::new(short), now).await?;
    let id_of_house = house.id.clone();
    if journey::Organisation::parse(&house.text).0.name == house.id.as_str() {
        let text = text_of(&organisation, first.language);
        store.save_organisation(OrganisationRow { text, ..house }).await?;
    }
    let account = Account {
        id,
        organisation: id_of_house,
        email,
        name,
        role: Role::Owner,
        password_hash: Some(hash),
        language: first.language.tag().to_owned(),
        team: None,
        created: now,
    };
    store.save_account(account.clone()).await?;
    Ok(account)
}

/// The only organisation there is, else the one of this id; where neither is there, a new one that has no name but its id.
async fn house_of(store: &dyn Store, id: OrganisationId, now: Timestamp) -> store::Result<OrganisationRow> {
    let mut all = store.organisations().await?;
    let found = if all.len() == 1 { all.pop() } else { all.into_iter().find(|row| row.id == id) };
    let text = format!("name: {}\n", serde_json::Value::from(id.as_str()));
    Ok(found.unwrap_or(OrganisationRow { id, text, created: now }))
}

/// The `organisation.yaml` of an organisation of which only name and language are known.
fn text_of(name: &str, language: words::Language) -> String {
    // A JSON string is a YAML string too, whatever is in it.
    let name = serde_json::Value::from(name);
    format!("name: {name}\nlanguage: {}\nzone: Europe/Amsterdam\n", language.tag())
}

/// "Rijnoever Wonen" gives `rijnoever-wonen`; `None` when no letter or digit is left.
fn short_name(name: &str) -> Option<String> {
    let letters: String =
        name.to_lowercase().chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    let parts: Vec<&str> = letters.split('-').filter(|part| !part.is_empty()).collect();
    let short: String = parts.join("-").chars().take(60).collect();
    (!short.is_empty()).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_name_is_made_of_letters_digits_and_dashes() {
        assert_eq!(short_name("Rijnoever Wonen"), Some("rijnoever-wonen".into()));
        assert_eq!(short_name("  't Huis & Co. "), Some("t-huis-co".into()));
        assert_eq!(short_name("&&&"), None);
    }

    #[test]
    fn the_text_of_a_new_organisation_has_no_errors() {
        let text = text_of("De \"Bibliotheek\": Zuid", words::Language::Nl);
        let (organisation, findings) = journey::Organisation::parse(&text);
        assert_eq!(organisation.name, "De \"Bibliotheek\": Zuid");
        assert!(findings.is_empty(), "{findings:?}");
    }
}
