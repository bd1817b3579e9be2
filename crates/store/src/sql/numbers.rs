//! Numbers that say what came after what.
//!
//! *Facts* are numbered so that a reader can go on where it was. Several write at the same time, and what got a lower number
//! may be committed later; so each writer takes a block of 2^40 numbers for itself and gives them out in the order of its
//! commits. Within a block, whoever sees a number sees all before it. Blocks rise: what a writer does after a start comes
//! after what it did before. A block that was given back grows no more.
//!
//! Who crashes gives nothing back. So whoever starts takes all blocks away; a writer looks within every transaction whether
//! its block is still its own, and takes another when it is not.
//!
//! *Arrivals* put events in order for those who apply them. They follow the moments at which events came in and never go
//! back within a process, so that an event that was sent after another was answered stands behind it, in whichever process,
//! as far as their clocks agree.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use jiff::Timestamp;

use super::{
    driver::{Conn, Row},
    read::Read,
    sql::sql,
};
use crate::Result;

const TAKE: &str = "UPDATE openings SET times = times + 1 WHERE bucket = 0 AND organisation = '' RETURNING times";
const OPEN: &str = "INSERT INTO open_blocks (bucket, organisation, block) VALUES (0, '', $1)";
const GIVE_BACK: &str = "DELETE FROM open_blocks WHERE bucket = 0 AND organisation = '' AND block = $1";
const OWN: &str = "SELECT count(*) FROM (SELECT 1 FROM open_blocks AS found
    WHERE found.bucket = 0 AND found.organisation = '' AND found.block = $1";
const BLOCKS: &str = "SELECT openings.times AS times, open_blocks.block AS block FROM openings
    LEFT JOIN open_blocks ON open_blocks.bucket = openings.bucket AND open_blocks.organisation = openings.organisation
    WHERE openings.bucket = 0 AND openings.organisation = '' ORDER BY block";
const GO_ON_BEHIND: &str = "UPDATE openings SET times = $1 WHERE bucket = 0 AND organisation = '' AND times < $1";
const LAST_PENDING: &str = "SELECT max(arrival) FROM events WHERE state = 'new'";

const BLOCK_BITS: u32 = 40;

/// The last number before a block.
pub(super) const fn before(block: u64) -> u64 {
    (block << BLOCK_BITS) - 1
}

/// A writer's own numbers.
pub(super) struct Numbers {
    block: u64,
    next: AtomicU64,
    arrivals: Arc<AtomicU64>,
    is_given_back: AtomicBool,
}

impl Numbers {
    /// Takes a block, in a transaction of its own.
    pub(super) async fn take(conn: &mut Conn, arrivals: Arc<AtomicU64>) -> Result<Self> {
        conn.begin().await?;
        let taken = async {
            // Many that start at once take turns at one row, and hold nothing else meanwhile.
            conn.be_patient().await?;
            let block = sql(TAKE).number(conn).await?;
            sql(OPEN).count(block).run(conn).await?;
            conn.commit().await?;
            Ok(block)
        };
        match taken.await {
            Ok(block) => Ok(Self::of(block, arrivals)),
            Err(error) => {
                // Whether it goes or not, nothing was taken that anyone will use.
                let _ = conn.rollback().await;
                Err(error)
            }
        }
    }

    fn of(block: u64, arrivals: Arc<AtomicU64>) -> Self {
        Self { block, next: AtomicU64::new(block << BLOCK_BITS), arrivals, is_given_back: AtomicBool::default() }
    }

    /// The next number of a fact. Called by the writer alone, within a transaction.
    pub(super) fn fact(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// The next number of an event that came in at this moment.
    pub(super) fn arrival(&self, received: Timestamp) -> u64 {
        let received = u64::try_from(received.as_microsecond()).unwrap_or(0);
        let next = |last: u64| received.max(last + 1);
        let last = self.arrivals.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(next(last)));
        next(last.unwrap_or_else(|last| last))
    }

    /// Whether the block is still this writer's, and then until the end of the transaction.
    pub(super) async fn are_own(&self, conn: &mut Conn) -> Result<bool> {
        let lock = if conn.is_shared() { " FOR KEY SHARE" } else { "" };
        let is_own = sql(format!("{OWN}{lock}) AS own")).count(self.block).number(conn).await? > 0;
        if !is_own {
            self.is_given_back.store(true, Ordering::Relaxed);
        }
        Ok(is_own)
    }

    /// Gives the block back: after this transaction nothing is written with its numbers any more.
    pub(super) async fn give_back(&self, conn: &mut Conn) -> Result<()> {
        self.is_given_back.store(true, Ordering::Relaxed);
        sql(GIVE_BACK).count(self.block).run(conn).await.map(|_| ())
    }

    pub(super) fn is_given_back(&self) -> bool {
        self.is_given_back.load(Ordering::Relaxed)
    }
}

/// Takes away what others left open, or still write with; these wait for a transaction, and take a new one.
pub(super) async fn take_away(conn: &mut Conn) -> Result<()> {
    for block in blocks(conn).await?.open {
        if let Err(error) = sql(GIVE_BACK).count(block).run(conn).await {
            // Somebody is writing with it. Another start takes it away, or its writer gives it back.
            tracing::debug!(db.error = %error, db.block = block, "a block of numbers stays open");
        }
    }
    Ok(())
}

/// Arrivals, from behind the last event that still waits.
pub(super) async fn arrivals(conn: &mut Conn) -> Result<Arc<AtomicU64>> {
    Ok(Arc::new(AtomicU64::new(sql(LAST_PENDING).number(conn).await?)))
}

/// Blocks that are taken from now on come behind this one.
pub(super) async fn go_on_behind(conn: &mut Conn, block: u64) -> Result<()> {
    sql(GO_ON_BEHIND).count(block).run(conn).await.map(|_| ())
}

/// Blocks of facts at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Blocks {
    /// The last that was taken.
    pub(super) last: u64,
    /// Those that may still grow, rising.
    pub(super) open: Vec<u64>,
}

/// Asked before the facts themselves: what was given back by then is all there to be read.
pub(super) async fn blocks(conn: &mut Conn) -> Result<Blocks> {
    let rows: Vec<Row> = sql(BLOCKS).rows(conn).await?;
    let mut blocks = Blocks { last: 0, open: Vec::new() };
    for row in &rows {
        let read = Read::new(row, "block");
        blocks.last = read.count("times")?;
        blocks.open.extend(read.number_if("block")?);
    }
    Ok(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrivals_follow_the_moment_and_never_go_back() {
        let numbers = Numbers::of(1, Arc::default());
        let at = |micros| numbers.arrival(Timestamp::from_microsecond(micros).unwrap());
        assert_eq!([at(50), at(10), at(51), at(900), at(900), at(-5)], [50, 51, 52, 900, 901, 902]);
    }
}
