//! What cannot be done in a customer for the moment steps out of the queue.

use jiff::Timestamp;
use words::{CustomerId, OrganisationId};

use super::{driver::Conn, sql::sql};
use crate::{Result, customer_bucket};

/// The column is the queue; the state of the run says when it was due.
pub(super) const POSTPONE: [&str; 3] = [
    "UPDATE runs SET due = $5 WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND due <= $4",
    "UPDATE outbox SET moment = $5
        WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND state = 'held' AND moment <= $4",
    "UPDATE events SET until = $4 WHERE organisation = $1 AND customer = $2 AND state = 'waiting' AND until <= $3",
];

pub(super) async fn postpone(
    conn: &mut Conn,
    organisation: &OrganisationId,
    customer: CustomerId,
    (now, until): (Timestamp, Timestamp),
) -> Result<()> {
    let [runs, messages, events] = POSTPONE;
    for own in [runs, messages] {
        let own = sql(own).place(customer_bucket(organisation, customer), organisation).id(customer.uuid());
        own.time(now).time(until).run(conn).await?;
    }
    // An event keeps the bucket of whoever it named.
    sql(events).text(organisation.as_str()).id(customer.uuid()).time(now).time(until).run(conn).await?;
    Ok(())
}
