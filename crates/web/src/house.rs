use jiff::tz::TimeZone;
use store::OrganisationRow;
use words::{Language, OrganisationId};

use crate::language::CustomerWord;

/// What every page needs to know of its organisation, from `organisation.yaml`.
#[derive(Clone, Debug)]
pub struct House {
    /// Its short name.
    pub id: OrganisationId,
    /// As customers know it.
    pub name: String,
    /// Zone in which times are shown.
    pub zone: TimeZone,
    /// Language of people who have not chosen one.
    pub language: Language,
    /// Its word for customer.
    pub customer: CustomerWord,
    /// Its teams, in order.
    pub teams: Vec<String>,
}

impl House {
    /// Reads what is stored. Text with errors gives what can be read and defaults for the rest: a mistake in the settings
    /// must not close the page on which it can be mended.
    pub fn of(row: &OrganisationRow) -> Self {
        let (read, _) = journey::Organisation::parse(&row.text);
        let (one, many) = read.customer_word;
        Self {
            id: row.id.clone(),
            name: read.name,
            zone: read.zone,
            language: read.language,
            customer: CustomerWord::new(one, many),
            teams: read.teams,
        }
    }
}
