use async_trait::async_trait;
use jiff::Timestamp;
use words::{Channel, CustomerId, EffectKey, JourneyId, OrganisationId, TouchpointId};

use super::{
    SqlStore, claim,
    driver::Row,
    due,
    leases::work,
    message_rows::read,
    read::{Read, all},
    sql::{Sql, sql},
    unsound::{self, State, readable},
};
use crate::{
    Due, Finished, Lane, Listed, MessageCount, NewEvent, Outbox, OutboxCounts, OutboxFilter, OutboxRow, Outcome,
    Paging, Result, SendState, customer_bucket, limits::ROWS_MAX,
};

pub(super) const LEFT: &str = "SELECT outbox.* FROM outbox WHERE state = 'sending' AND moment <= $1 {held}
        AND (moment < $2 OR (carried_by IS NOT NULL AND NOT EXISTS (SELECT 1 FROM leases
            WHERE leases.bucket = 0 AND leases.organisation = '' AND leases.lease = outbox.carried_by)))
    ORDER BY moment LIMIT $3";
pub(super) const OPEN: &str = "SELECT * FROM outbox WHERE bucket = $1 AND organisation = $2 AND customer = $3
    AND state IN ('held', 'ready') ORDER BY decided, key";
pub(super) const GET: &str = "SELECT * FROM outbox WHERE organisation = $1 AND key = $2";
pub(super) const BY_REFERENCE: &str = "SELECT * FROM outbox
    WHERE organisation = $1 AND reference = $2 AND channel = $3 ORDER BY decided DESC LIMIT 1";
pub(super) const LAST_SENT: &str = "SELECT * FROM outbox
    WHERE bucket = $1 AND organisation = $2 AND customer = $3 AND state = 'sent' AND channel = $4
    ORDER BY moment DESC, key LIMIT 1";
const LIST: &str = "SELECT * FROM outbox WHERE organisation = $1 AND ($2 IS NULL OR journey = $2)
    AND ($3 IS NULL OR touchpoint = $3) AND ($4 IS NULL OR customer = $4) AND ($5 IS NULL OR state = $5)
    AND ($6 IS NULL OR channel = $6) AND ($7 IS NULL OR reason = $7) AND decided >= $8
    AND ($9 IS NULL OR reference = $9) ORDER BY decided DESC, key LIMIT $10 OFFSET $11";
const COUNT: &str = "SELECT count(*) FROM outbox WHERE organisation = $1 AND ($2 IS NULL OR journey = $2)
    AND ($3 IS NULL OR touchpoint = $3) AND ($4 IS NULL OR customer = $4) AND ($5 IS NULL OR state = $5)
    AND ($6 IS NULL OR channel = $6) AND ($7 IS NULL OR reason = $7) AND decided >= $8
    AND ($9 IS NULL OR reference = $9)";
const BY_STATE: &str = "SELECT state, reason, count(*) AS count FROM outbox
    WHERE organisation = $1 AND ($2 IS NULL OR journey = $2) GROUP BY state, reason";
pub(super) const BY_TOUCHPOINT: &str = "SELECT touchpoint, state,
        CASE WHEN state IN ('failed', 'unknown') THEN '' ELSE reason END AS why, count(*) AS count
    FROM outbox WHERE organisation = $1 AND journey = $2 AND decided >= $3 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3";
pub(super) const ASKED: &str = "SELECT * FROM outbox WHERE bucket = $1 AND organisation = $2 AND customer = $3
    AND state IN ('ready', 'sending', 'printed', 'sent', 'unknown')";
const ANEW: &str = "UPDATE outbox SET state = 'held', reason = 'anew', moment = $2
    WHERE organisation = $1 AND (state = 'ready' OR (state = 'held' AND reason = 'halt'))";
const BEHIND: &str = "UPDATE outbox SET rank = rank + 2
    WHERE organisation = $1 AND journey = $2 AND state = 'ready' AND rank < 2 AND claim_at < $3";
const AGAIN: &str = "UPDATE outbox SET state = 'ready', reason = '', moment = NULL, next_attempt = $3, claim_at = $3
    WHERE organisation = $1 AND key = $2 AND state IN ('failed', 'unknown') AND channel IS NOT NULL";

fn filtered(text: &'static str, organisation: &OrganisationId, filter: &OutboxFilter) -> Sql {
    sql(text)
        .text(organisation.as_str())
        .text_if(filter.journey.as_ref().map(JourneyId::as_str))
        .text_if(filter.touchpoint.as_ref().map(TouchpointId::as_str))
        .id_if(filter.customer.map(CustomerId::uuid))
        .text_if(filter.state.as_deref())
        .text_if(filter.channel.as_ref().map(Channel::as_str))
        .text_if(filter.reason.as_deref())
        .time(filter.since.unwrap_or(Timestamp::MIN))
        .text_if(filter.reference.as_deref())
}

fn asked_at(message: &OutboxRow) -> Timestamp {
    match &message.state {
        SendState::Sent { time, .. } => *time,
        _ => message.decided,
    }
}

#[async_trait]
impl Outbox for SqlStore {
    async fn ready_lanes(&self, now: Timestamp) -> Result<Vec<Lane>> {
        claim::lanes(&mut self.reader().await?, self.held, now).await
    }

    async fn claim(&self, now: Timestamp, lane: &Lane, limit: u32) -> Result<Vec<OutboxRow>> {
        let limit = limit.min(ROWS_MAX);
        let asked = (self.held, lane.clone(), now, limit);
        self.write(None, limit as usize, asked, |conn, _, (held, lane, now, limit)| {
            Box::pin(claim::claim(conn, *held, lane, *now, *limit))
        })
        .await
    }

    async fn finish(&self, finished: Vec<Finished>) -> Result<Vec<bool>> {
        let bucket = finished.first().map(|one| customer_bucket(&one.organisation, one.customer));
        self.write(bucket, finished.len() * 2, finished, |conn, numbers, finished| {
            Box::pin(claim::finish(conn, numbers, finished))
        })
        .await
    }

    async fn told(&self, message: &OutboxRow, outcome: Option<Outcome>, events: Vec<NewEvent>) -> Result<bool> {
        let bucket = customer_bucket(&message.organisation, message.customer);
        let told = (message.clone(), outcome, events);
        self.write(Some(bucket), told.2.len() + 2, told, |conn, numbers, (message, outcome, events)| {
            Box::pin(claim::told(conn, numbers, message, outcome.as_ref(), events))
        })
        .await
    }

    async fn left_sending(&self, started_before: Timestamp, limit: u32) -> Result<Vec<OutboxRow>> {
        let left =
            work(LEFT, self.held, |ask| ask.time(Timestamp::MAX).time(started_before).int(limit.min(ROWS_MAX).into()));
        let rows = left.rows(&mut self.reader().await?).await?;
        // Who holds no lease only looks.
        if self.held.is_none() {
            return readable(&rows, read);
        }
        self.sound_messages(rows, State::Unknown).await
    }

    async fn put_aside(
        &self,
        organisation: &OrganisationId,
        key: &EffectKey,
        attempt: u32,
        reason: &str,
    ) -> Result<bool> {
        let get = sql(GET).text(organisation.as_str()).text(key.as_str());
        let Some(row) = get.row(&mut self.reader().await?).await? else { return Ok(false) };
        let aside = unsound::Message::of(&row, attempt, reason)?;
        self.write(None, 2, aside, |conn, _, aside| Box::pin(unsound::put_message(conn, aside, State::Unknown))).await
    }

    async fn held_due(&self, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
        due::held(&mut self.reader().await?, self.held, now, limit).await
    }

    async fn open_messages(&self, organisation: &OrganisationId, customer: CustomerId) -> Result<Vec<OutboxRow>> {
        let open = sql(OPEN).place(customer_bucket(organisation, customer), organisation).id(customer.uuid());
        let rows = open.rows(&mut self.reader().await?).await?;
        self.sound_messages(rows, State::Failed).await
    }

    async fn message(&self, organisation: &OrganisationId, key: &EffectKey) -> Result<Option<OutboxRow>> {
        let get = sql(GET).text(organisation.as_str()).text(key.as_str());
        get.row(&mut self.reader().await?).await?.as_ref().map(read).transpose()
    }

    async fn messages(
        &self,
        organisation: &OrganisationId,
        filter: &OutboxFilter,
        paging: Paging,
    ) -> Result<Listed<OutboxRow>> {
        let mut conn = self.reader().await?;
        let total = filtered(COUNT, organisation, filter).number(&mut conn).await?;
        let rows = filtered(LIST, organisation, filter).paged(paging).rows(&mut conn).await?;
        Ok(Listed { rows: readable(&rows, read)?, total })
    }

    async fn message_by_reference(
        &self,
        organisation: &OrganisationId,
        channel: &Channel,
        reference: &str,
    ) -> Result<Option<OutboxRow>> {
        let get = sql(BY_REFERENCE).text(organisation.as_str()).text(reference).text(channel.as_str());
        get.row(&mut self.reader().await?).await?.as_ref().map(read).transpose()
    }

    async fn last_sent(
        &self,
        organisation: &OrganisationId,
        customer: CustomerId,
        channel: &Channel,
    ) -> Result<Option<OutboxRow>> {
        let last = sql(LAST_SENT).place(customer_bucket(organisation, customer), organisation).id(customer.uuid());
        last.text(channel.as_str()).row(&mut self.reader().await?).await?.as_ref().map(read).transpose()
    }

    async fn outbox_counts(&self, organisation: &OrganisationId, journey: Option<&JourneyId>) -> Result<OutboxCounts> {
        let counts = sql(BY_STATE).text(organisation.as_str()).text_if(journey.map(JourneyId::as_str));
        let rows = counts.rows(&mut self.reader().await?).await?;
        let read = |row| {
            let read = Read::new(row, "count");
            Ok(((read.text("state")?, read.text("reason")?), read.count("count")?))
        };
        rows.iter().map(read).collect()
    }

    async fn message_counts(
        &self,
        organisation: &OrganisationId,
        journey: &JourneyId,
        since: Timestamp,
    ) -> Result<Vec<MessageCount>> {
        let counts = sql(BY_TOUCHPOINT).text(organisation.as_str()).text(journey.as_str()).time(since);
        let read = |row: &Row| {
            let read = Read::new(row, "count");
            Ok(MessageCount {
                touchpoint: TouchpointId::new(read.text("touchpoint")?),
                state: read.text("state")?,
                reason: read.text("why")?,
                count: read.count("count")?,
            })
        };
        all(&counts.rows(&mut self.reader().await?).await?, read)
    }

    async fn last_asked(
        &self,
        organisation: &OrganisationId,
        customer: CustomerId,
    ) -> Result<Vec<(JourneyId, TouchpointId, Timestamp)>> {
        let asked = sql(ASKED).place(customer_bucket(organisation, customer), organisation).id(customer.uuid());
        let messages = readable(&asked.rows(&mut self.reader().await?).await?, read)?;
        let mut newest = std::collections::BTreeMap::new();
        for message in &messages {
            for touchpoint in message.send.ask.iter().flat_map(|ask| &ask.about) {
                let moment = newest.entry((message.journey.clone(), touchpoint.clone())).or_insert(Timestamp::MIN);
                *moment = asked_at(message).max(*moment);
            }
        }
        Ok(newest.into_iter().map(|((journey, touchpoint), moment)| (journey, touchpoint, moment)).collect())
    }

    async fn decide_anew(&self, organisation: &OrganisationId, now: Timestamp) -> Result<u64> {
        self.changes(sql(ANEW).text(organisation.as_str()).time(now)).await
    }

    async fn fall_behind(&self, organisation: &OrganisationId, journey: &JourneyId, since: Timestamp) -> Result<u64> {
        self.changes(sql(BEHIND).text(organisation.as_str()).text(journey.as_str()).time(since)).await
    }

    async fn send_again(&self, organisation: &OrganisationId, key: &EffectKey, now: Timestamp) -> Result<bool> {
        self.change(sql(AGAIN).text(organisation.as_str()).text(key.as_str()).time(now)).await
    }
}
