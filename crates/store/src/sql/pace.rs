//! How much may go now: tokens that come back with time, a message each.

use std::collections::BTreeMap;

use jiff::Timestamp;
use words::OrganisationId;

use super::{driver::Conn, read::Read, sql::sql};
use crate::{Lane, Result, home};

/// Messages per minute that catch up where the sender says nothing of it.
pub(super) const CATCH_UP: u32 = 60;
/// A token in the unit that they are counted in.
const TOKEN: i64 = 1_000;
/// Tokens are saved up for this long at most.
const SAVED_SECONDS: i64 = 2;

pub(super) const WAY: &str = "SELECT channel, per_minute, catch_up FROM senders
    WHERE bucket = $1 AND organisation = $2 AND channel IN ($3, $4) AND (channel = $4 OR tested IS NOT NULL)
    ORDER BY channel DESC LIMIT 1";
/// Changes nothing of what is there, and keeps others from it until the end of the transaction.
const TAKE: &str = "INSERT INTO paces (bucket, organisation, name, tokens, filled) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (bucket, organisation, name) DO UPDATE SET tokens = paces.tokens RETURNING tokens, filled";
const PUT: &str = "UPDATE paces SET tokens = $4, filled = $5 WHERE bucket = $1 AND organisation = $2 AND name = $3";

/// How fast a sender goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) per_minute: Option<u32>,
    pub(super) catch_up: u32,
    /// The sender is the organisation's own.
    pub(super) is_own: bool,
}

/// That of a lane: of the sender in its name, else the organisation's own; `None`: it has no sender any more.
pub(super) async fn way(conn: &mut Conn, lane: &Lane) -> Result<Option<Way>> {
    let way = sql(WAY).place(home(&lane.organisation), &lane.organisation);
    let way = way.text(&lane.sender().to_string()).text(lane.channel.as_str());
    let row = way.row(conn).await?;
    row.as_ref()
        .map(|row| {
            let read = Read::new(row, "sender");
            Ok(Way {
                per_minute: read.small_if("per_minute")?,
                catch_up: read.small_if("catch_up")?.unwrap_or(CATCH_UP),
                is_own: read.text("channel")? == lane.channel.as_str(),
            })
        })
        .transpose()
}

/// What one organisation may send at this moment, by the name of a pace.
pub(super) struct Paces<'a> {
    organisation: &'a OrganisationId,
    now: Timestamp,
    known: BTreeMap<String, Known>,
}

struct Known {
    tokens: i64,
    /// Messages that may go, but did not yet.
    promised: i64,
}

impl<'a> Paces<'a> {
    pub(super) fn new(organisation: &'a OrganisationId, now: Timestamp) -> Self {
        Self { organisation, now, known: BTreeMap::new() }
    }

    /// How many messages a pace lets through now.
    pub(super) async fn left(&mut self, conn: &mut Conn, name: String, per_minute: u32) -> Result<i64> {
        if let Some(known) = self.known.get(&name) {
            return Ok(known.tokens / TOKEN - known.promised);
        }
        let take = sql(TAKE).place(home(self.organisation), self.organisation).text(&name);
        let taken = take.int(most(per_minute)).time(self.now).row(conn).await?;
        let tokens = match taken.as_ref().map(|row| Read::new(row, "pace")) {
            Some(read) => refilled(read.int("tokens")?, read.time("filled")?, self.now, per_minute),
            None => 0,
        };
        self.known.insert(name, Known { tokens, promised: 0 });
        Ok(tokens / TOKEN)
    }

    /// Messages of which some may go in the end.
    pub(super) fn promise(&mut self, name: &str, messages: usize) {
        if let Some(known) = self.known.get_mut(name) {
            known.promised += i64::try_from(messages).unwrap_or(i64::MAX);
        }
    }

    /// One that goes.
    pub(super) fn spend(&mut self, name: &str) {
        if let Some(known) = self.known.get_mut(name) {
            known.tokens -= TOKEN;
        }
    }

    /// Keeps what is left.
    pub(super) async fn put(self, conn: &mut Conn) -> Result<()> {
        for (name, known) in &self.known {
            let put = sql(PUT).place(home(self.organisation), self.organisation);
            put.text(name).int(known.tokens).time(self.now).run(conn).await?;
        }
        Ok(())
    }
}

fn most(per_minute: u32) -> i64 {
    (i64::from(per_minute) * SAVED_SECONDS * TOKEN / 60).max(TOKEN)
}

/// The tokens that there are, with those that came back since.
fn refilled(tokens: i64, filled: Timestamp, now: Timestamp, per_minute: u32) -> i64 {
    let passed = now.duration_since(filled).as_millis().clamp(0, 60_000);
    let back = i64::try_from(passed).unwrap_or(0) * i64::from(per_minute) * TOKEN / 60_000;
    (tokens + back).min(most(per_minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_come_back_with_time_and_are_saved_for_two_seconds() {
        let at = |millis| Timestamp::from_millisecond(millis).expect("a moment");
        assert_eq!(refilled(0, at(0), at(1_000), 600), 10 * TOKEN);
        assert_eq!(refilled(0, at(0), at(3_600_000), 600), 20 * TOKEN);
        assert_eq!(refilled(0, at(0), at(1_000), 6), 100, "a tenth of a message");
        assert_eq!(refilled(900, at(0), at(3_600_000), 6), TOKEN, "one at least can be saved for");
        assert_eq!(refilled(500, at(1_000), at(0), 600), 500, "a clock that goes back takes nothing");
    }
}
