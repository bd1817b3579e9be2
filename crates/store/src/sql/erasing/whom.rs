//! Whom an erasure is about, and what names them.

use std::collections::BTreeSet;

use words::{Channel, Customer, CustomerId, OrganisationId, RunId};

use super::super::{
    driver::Conn,
    merges::members,
    read::Read,
    sql::{Sql, sql},
    travellers::read_customer,
};
use crate::{Erased, Result, customer_bucket};

const GET: &str = "SELECT * FROM customers WHERE bucket = $1 AND organisation = $2 AND customer = $3";
const ALIASES: &str = "SELECT kind, value FROM aliases WHERE organisation = $1 AND customer = $2";
const RUNS: &str = "SELECT run FROM runs WHERE bucket = $1 AND organisation = $2 AND customer = $3";
const OBJECTS: &str = "SELECT kind, object FROM objects WHERE organisation = $1 AND customer = $2";

/// Everything by which others may name someone.
#[derive(Default)]
pub(super) struct Names {
    pub(super) members: Vec<CustomerId>,
    pub(super) erased: BTreeSet<Erased>,
    /// Their runs: the key of a message begins with one.
    pub(super) runs: Vec<RunId>,
    /// As they were last known.
    pub(super) profile: Option<Customer>,
}

pub(super) fn of(text: &'static str, organisation: &OrganisationId, customer: CustomerId) -> Sql {
    sql(text).place(customer_bucket(organisation, customer), organisation).id(customer.uuid())
}

/// The profile of a customer; `None`: there is no such row. The flag: being erased.
pub(super) async fn profile(
    conn: &mut Conn,
    organisation: &OrganisationId,
    customer: CustomerId,
) -> Result<Option<(Customer, bool)>> {
    let Some(row) = of(GET, organisation, customer).row(conn).await? else { return Ok(None) };
    Ok(Some((read_customer(&row)?, Read::new(&row, "customer").flag("erased")?)))
}

pub(super) async fn names(conn: &mut Conn, organisation: &OrganisationId, customer: CustomerId) -> Result<Names> {
    let mut names = Names { members: members(conn, organisation, customer).await?, ..Names::default() };
    for member in names.members.clone() {
        names.erased.insert(Erased::Customer(member));
        let owned = |text| sql(text).text(organisation.as_str()).id(member.uuid());
        for row in owned(ALIASES).rows(conn).await? {
            let read = Read::new(&row, "alias");
            let value = read.text("value")?;
            let named = if read.text("kind")? == "user" { Erased::User(value) } else { Erased::Anonymous(value) };
            names.erased.insert(named);
        }
        for row in owned(OBJECTS).rows(conn).await? {
            let read = Read::new(&row, "object");
            names.erased.insert(Erased::Object(read.text("kind")?, read.text("object")?));
        }
        for row in of(RUNS, organisation, member).rows(conn).await? {
            names.runs.push(RunId::new(Read::new(&row, "run").id("run")?));
        }
        let Some((known, _)) = profile(conn, organisation, member).await? else { continue };
        names.erased.extend(addresses(&known).into_iter().map(|(_, address)| Erased::Address(address)));
        if member == customer {
            names.profile = Some(known);
        }
    }
    Ok(names)
}

/// Every address by which a customer is reached.
pub(in super::super) fn addresses(customer: &Customer) -> Vec<(Channel, String)> {
    let channels = Channel::SENDING.iter().map(|name| Channel::new(*name));
    channels.filter_map(|channel| Some((channel.clone(), customer.reached_by(&channel)?))).collect()
}

impl Names {
    /// Whether a text that belongs to nobody is about this customer: it holds a name by which systems know them, or an
    /// address, as a word of its own.
    pub(super) fn are_in(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        let words: BTreeSet<&str> = lower
            .split(|c: char| !(c.is_alphanumeric() || "@._+-".contains(c)))
            .filter(|word| !word.is_empty())
            .collect();
        let named = |name: &str| {
            let name = name.trim().to_lowercase();
            let digits: String = name.chars().filter(char::is_ascii_digit).collect();
            let is_number = name.starts_with('+') && digits.len() > 8;
            words.contains(name.as_str())
                || (name.chars().count() >= LONG && lower.contains(&name))
                || (is_number && lower.replace([' ', '-'], "").contains(&digits[2..]))
        };
        let by_name = self.erased.iter().any(|erased| match erased {
            Erased::User(name) | Erased::Anonymous(name) | Erased::Address(name) => named(name),
            Erased::Object(_, id) => id.chars().count() >= OBJECT_CHARS && named(id),
            Erased::Customer(id) => lower.contains(&id.to_string()),
        });
        let by_run = self.runs.iter().any(|run| lower.contains(&run.to_string()));
        by_name || by_run || self.full_name().is_some_and(|name| lower.contains(&name))
    }

    fn full_name(&self) -> Option<String> {
        let name = &self.profile.as_ref()?.name;
        Some(format!("{} {}", name.first.as_ref()?, name.last.as_ref()?).to_lowercase())
    }
}

/// From so many characters a name is looked for within words too.
const LONG: usize = 8;
/// The id of a thing shorter than this may be anyone's number.
const OBJECT_CHARS: usize = 4;
