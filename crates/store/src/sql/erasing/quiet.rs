//! From here on nothing reaches the customer, and other systems are told nothing of them.

use words::{CustomerId, OrganisationId};

use super::{
    super::{driver::Conn, merges::members},
    whom::of,
};
use crate::Result;

/// A newer revision: what was being decided meanwhile is not written.
const STOP: &str = "UPDATE customers SET erased = 1, revision = revision + 1
    WHERE bucket = $1 AND organisation = $2 AND customer = $3";
const NOT_DUE: &str = "UPDATE runs SET due = NULL
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND due IS NOT NULL";
const WITHDRAW: &str = "UPDATE outbox SET state = 'withdrawn', reason = 'erased', moment = NULL, next_attempt = NULL
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND state IN ('held', 'ready', 'printed')";
const UNTOLD: &str = "DELETE FROM deliveries WHERE bucket = $1 AND organisation = $2 AND customer = $3";
const SENDING: &str = "SELECT count(*) FROM outbox
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND state = 'sending'";

/// How many messages are being carried at this moment.
pub(super) async fn quieten(conn: &mut Conn, organisation: &OrganisationId, customer: CustomerId) -> Result<u64> {
    let mut sending = 0;
    for member in members(conn, organisation, customer).await? {
        for text in [STOP, NOT_DUE, WITHDRAW, UNTOLD] {
            of(text, organisation, member).run(conn).await?;
        }
        sending += of(SENDING, organisation, member).number(conn).await?;
    }
    Ok(sending)
}
