//! Rows that cannot be read, put aside where work is looked for: one of them does not keep the others waiting.

use jiff::Timestamp;
use serde_json::json;
use words::{CustomerId, OrganisationId, derived_id};

use super::{
    SqlStore,
    driver::{Conn, Row},
    event_rows, message_rows,
    quarantine::reject,
    read::Read,
    sql::sql,
};
use crate::{
    Error, OutboxRow, Rejected, Result, StoredEvent, UNREADABLE, UNREADABLE_MESSAGE, customer_bucket,
    limits::REASON_CHARS_MAX,
};

pub(super) const PUT_EVENT: &str =
    "UPDATE events SET state = 'quarantined', reason = $5, detail = $6, waits_for = NULL, until = NULL
    WHERE bucket = $1 AND organisation = $2 AND source = $3 AND event = $4 AND state IN ('new', 'waiting')";
pub(super) const PUT_MESSAGE: &str =
    "UPDATE outbox SET state = $5, reason = $6, last_error = $7, moment = NULL, next_attempt = NULL, attempt = NULL
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND key = $4 AND state IN ($8, $9)
        AND COALESCE(attempt, -1) = COALESCE($10, attempt, -1)";

/// Rows that cannot be read, each with what is wrong with it.
type Unsound<'r> = Vec<(&'r Row, String)>;

/// Reads what can be read; of the rest each row and what is wrong with it.
fn sound<T>(rows: &[Row], read: impl Fn(&Row) -> Result<T>) -> Result<(Vec<T>, Unsound<'_>)> {
    let (mut sound, mut unsound) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        match read(row) {
            Ok(one) => sound.push(one),
            Err(error @ Error::Unreadable { .. }) => unsound.push((row, error.to_string())),
            Err(error) => return Err(error),
        }
    }
    Ok((sound, unsound))
}

/// For lists that people look at: what cannot be read is left out, and told in the log.
pub(super) fn readable<T>(rows: &[Row], read: impl Fn(&Row) -> Result<T>) -> Result<Vec<T>> {
    let (sound, unsound) = sound(rows, read)?;
    if !unsound.is_empty() {
        // What is wrong with them may quote what stands in them.
        tracing::warn!(db.rows = unsound.len(), "rows that cannot be read are left out of a list");
    }
    Ok(sound)
}

/// Where a message that cannot be read comes to stand.
#[derive(Clone, Copy)]
pub(super) enum State {
    /// Nothing of it left.
    Failed,
    /// It may have.
    Unknown,
}

impl State {
    const fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// The states that it comes from.
    const fn from(self) -> [&'static str; 2] {
        match self {
            Self::Failed => ["held", "ready"],
            Self::Unknown => ["sending", "sending"],
        }
    }
}

/// What is wrong, as it can be kept: a NUL is a sign that PostgreSQL does not take.
fn cut(detail: &str) -> String {
    detail.chars().filter(|sign| *sign != '\0').take(REASON_CHARS_MAX).collect()
}

/// A message as far as it must be known to put it aside.
pub(super) struct Message {
    organisation: OrganisationId,
    customer: CustomerId,
    key: String,
    decided: Timestamp,
    attempt: Option<u32>,
    reason: &'static str,
    detail: String,
}

impl Message {
    /// That the outcome of an attempt cannot be written, and why.
    pub(super) fn of(row: &Row, attempt: u32, detail: &str) -> Result<Self> {
        Ok(Self { attempt: Some(attempt), ..Self::new(row, "", detail)? })
    }

    fn new(row: &Row, reason: &'static str, detail: &str) -> Result<Self> {
        let read = Read::new(row, "key of a message");
        Ok(Self {
            organisation: read.organisation()?,
            customer: read.customer()?,
            key: read.text("key")?,
            decided: read.time("decided").unwrap_or(Timestamp::UNIX_EPOCH),
            attempt: None,
            reason,
            detail: cut(detail),
        })
    }
}

/// Whether it was there to be put aside.
pub(super) async fn put_message(conn: &mut Conn, message: &Message, state: State) -> Result<bool> {
    let at = sql(PUT_MESSAGE).place(customer_bucket(&message.organisation, message.customer), &message.organisation);
    let reason = if message.reason.is_empty() { &message.detail } else { message.reason };
    let put = at.id(message.customer.uuid()).text(&message.key).text(state.name()).text(reason).text(&message.detail);
    let [from, or_from] = state.from();
    let put = put.text(from).text(or_from).int_if(message.attempt.map(i64::from));
    if put.run(conn).await? == 0 {
        return Ok(false);
    }
    tracing::error!(organisation = %message.organisation, state = state.name(), "a message is put aside; see the quarantine");
    let told = Rejected {
        // The same row however often it is told.
        id: derived_id(&[UNREADABLE_MESSAGE, message.organisation.as_str(), &message.key]),
        organisation: message.organisation.clone(),
        source: words::Event::OURS.to_owned(),
        received: message.decided,
        reason: UNREADABLE_MESSAGE.to_owned(),
        detail: message.detail.clone(),
        raw: json!({ "customer": message.customer, "message": message.key }).to_string(),
    };
    reject(conn, &[told]).await?;
    Ok(true)
}

/// Messages that can be read; the others are put aside within the transaction.
pub(super) async fn messages(conn: &mut Conn, rows: &[Row], state: State) -> Result<Vec<OutboxRow>> {
    let (messages, unsound) = sound(rows, message_rows::read)?;
    for (row, detail) in unsound {
        put_message(conn, &Message::new(row, UNREADABLE, &detail)?, state).await?;
    }
    Ok(messages)
}

impl SqlStore {
    /// The same for rows that were read outside of one.
    pub(super) async fn sound_messages(&self, rows: Vec<Row>, state: State) -> Result<Vec<OutboxRow>> {
        let (messages, unsound) = sound(&rows, message_rows::read)?;
        for (row, detail) in unsound {
            let aside = Message::new(row, UNREADABLE, &detail)?;
            self.write(None, 2, (aside, state), |conn, _, (aside, state)| Box::pin(put_message(conn, aside, *state)))
                .await?;
        }
        Ok(messages)
    }

    /// Events that can be read; the others go to quarantine.
    pub(super) async fn sound_events(&self, rows: Vec<Row>) -> Result<Vec<StoredEvent>> {
        let (events, unsound) = sound(&rows, event_rows::read)?;
        for (row, detail) in unsound {
            let read = Read::new(row, "key of an event");
            let put = sql(PUT_EVENT).place(read.bucket()?, &read.organisation()?).text(&read.text("source")?);
            if self.change(put.text(&read.text("event")?).text(UNREADABLE).text(&cut(&detail))).await? {
                tracing::error!(source = read.text("source")?, "an event cannot be read and stands in quarantine");
            }
        }
        Ok(events)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use uuid::Uuid;
    use words::{
        Channel, Class, EffectKey, Event, EventId, EventName, Identity, JourneyId, Quiet, RunId, SendEffect,
        TouchpointId,
    };

    use super::super::stores;
    use super::*;
    use crate::{
        Change, Inbox, Lane, Leases, NewEvent, NewLease, OrganisationRow, Organisations, Outbox, OutboxFilter, Paging,
        Quarantine, QuarantineFilter, SendState, Travellers,
    };

    fn organisation() -> OrganisationId {
        OrganisationId::new("rijnoever")
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).expect("a moment")
    }

    fn event(id: &str) -> Event {
        Event {
            id: EventId::new(id),
            source: "website".into(),
            name: EventName::parse("repair.reported").expect("a name"),
            time: at(0),
            received: at(0),
            identity: Identity { customer: Some(id.to_owned()), anonymous: None },
            properties: BTreeMap::new(),
            imported: false,
        }
    }

    fn message(number: u128) -> OutboxRow {
        OutboxRow {
            key: EffectKey::stored(format!("m{number}")),
            organisation: organisation(),
            customer: CustomerId::new(Uuid::from_u128(number)),
            run: RunId::new(Uuid::from_u128(number)),
            journey: JourneyId::new("reparatie"),
            touchpoint: TouchpointId::new("bevestiging"),
            decided: at(0),
            send: SendEffect {
                message: "bevestiging".into(),
                class: Class::Service,
                channels: vec![Channel::email()],
                urgent: false,
                quiet: Quiet::Hold,
                attention: None,
                behind: false,
                until: None,
                ask: Vec::new(),
                facts: json!({}),
            },
            state: SendState::Ready,
            channel: Some(Channel::email()),
            to: Some("anne@example.org".into()),
            principal: words::PrincipalId::own(),
            tried: Vec::new(),
            attempts: 0,
            next_attempt: None,
            last_error: None,
            doubt: None,
            rendered: None,
        }
    }

    async fn spoil(store: &SqlStore, change: &'static str) {
        store.changes(sql(change)).await.expect("it is spoilt");
    }

    async fn why(store: &SqlStore, reason: &str) -> Vec<String> {
        let filter = QuarantineFilter { source: None, reason: Some(reason) };
        let seen = store.quarantine(&organisation(), filter, Paging::first(9)).await.expect("the quarantine").rows;
        for one in &seen {
            let alone = store.quarantined(&organisation(), &one.id).await.expect("it is read by itself");
            assert_eq!(alone.as_ref(), Some(one));
        }
        seen.into_iter().map(|one| one.detail).collect()
    }

    #[tokio::test]
    async fn an_event_that_cannot_be_read_leaves_the_others() {
        for store in stores().await {
            let new = ["a", "b", "c"].map(|id| NewEvent::from_outside(organisation(), event(id)));
            store.accept(new.to_vec()).await.expect("accepted");
            spoil(&store, "UPDATE events SET body = '{' WHERE event = 'b'").await;
            let ids = |events: Vec<StoredEvent>| {
                events.iter().map(|one| one.event.id.as_str().to_owned()).collect::<Vec<_>>()
            };
            assert_eq!(ids(store.pending(9).await.expect("the others")), ["a", "c"]);
            let seen = why(&store, UNREADABLE).await;
            assert!(seen.len() == 1 && seen[0].contains("ends too early"), "{seen:?}");
            spoil(
                &store,
                "UPDATE events SET state = 'waiting', waits_for = 'x:1', until = 5, body = '' WHERE event = 'c'",
            )
            .await;
            assert_eq!(ids(store.waited(at(9), 9).await.expect("the others")), Vec::<String>::new());
            assert_eq!(ids(store.recent_events(&organisation(), None, 9).await.expect("a list")), ["a"]);
            assert_eq!(why(&store, UNREADABLE).await.len(), 2);
            assert!(store.take_again(&new[1].reference()).await.expect("it is offered again"));
            assert_eq!(ids(store.pending(9).await.expect("the others")), ["a"]);
            assert_eq!(why(&store, UNREADABLE).await.len(), 2, "as often as it is offered");
        }
    }

    #[tokio::test]
    async fn a_message_that_cannot_be_read_leaves_the_others() {
        for store in stores().await {
            let row = OrganisationRow { id: organisation(), text: String::new(), created: at(0) };
            store.save_organisation(row).await.expect("kept");
            let changes = (1..=4).map(|number| Change {
                outbox: vec![message(number)],
                ..Change::new(organisation(), CustomerId::new(Uuid::from_u128(number)), 0, at(0))
            });
            store.commit(changes.collect()).await.expect("written");
            spoil(&store, "UPDATE outbox SET send = '{' WHERE key = 'm2'").await;
            let lane = Lane::own(organisation(), Channel::email());
            let claimed = store.claim(at(1), &lane, 9).await.expect("the others");
            assert_eq!(claimed.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), ["m1", "m3", "m4"]);
            spoil(&store, "UPDATE outbox SET tried = '' WHERE key = 'm3'").await;
            let lease = NewLease { id: Uuid::from_u128(9), format: 1, version: String::new() };
            let held = store.held(&store.begin_only_lease(lease).await.expect("a lease"));
            let left = store.left_sending(at(2), 9).await.expect("the others");
            assert_eq!(left.len(), 2, "who only looks leaves it");
            let left = held.left_sending(at(2), 9).await.expect("the others");
            assert_eq!(left.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), ["m1", "m4"]);
            spoil(&store, "UPDATE outbox SET state = 'ready', send = '[]' WHERE key = 'm4'").await;
            let own = CustomerId::new(Uuid::from_u128(4));
            assert_eq!(store.open_messages(&organisation(), own).await.expect("read"), []);
            let counts = store.outbox_counts(&organisation(), None).await.expect("counts");
            let of = |state: &str| counts.get(&(state.to_owned(), UNREADABLE.to_owned())).copied();
            assert_eq!((of("failed"), of("unknown")), (Some(2), Some(1)), "{counts:?}");
            assert_eq!(why(&store, UNREADABLE_MESSAGE).await.len(), 3, "staff see them");
            let list =
                store.messages(&organisation(), &OutboxFilter::default(), Paging::first(9)).await.expect("a list");
            assert_eq!((list.rows.len(), list.total), (1, 4));
        }
    }
}
