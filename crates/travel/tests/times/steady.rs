//! An engine that is slow, gone or back, with the straight line behind it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::time::Duration;

use crate::served::{places, when};
use async_trait::async_trait;
use travel::{Place, Source, Spread, Steady, StraightLine, Table, TravelError, TravelTimes, Way, When};

/// Answers, is silent, or refuses, as it is told.
#[derive(Default)]
struct Moody {
    mood: AtomicU8,
    asked: AtomicUsize,
}

const WELL: u8 = 0;
const SILENT: u8 = 1;
const REFUSES: u8 = 2;

#[async_trait]
impl TravelTimes for Moody {
    async fn table(&self, from: &[Place], to: &[Place], _when: When) -> Result<Table, TravelError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        match self.mood.load(Ordering::Relaxed) {
            SILENT => std::future::pending().await,
            REFUSES => Err(TravelError::Refused("no".into())),
            _ => {
                let mut table = Table::empty(from.len(), to.len());
                let way = Way { seconds: 77.0, metres: 900.0, spread: Spread::ENGINE, source: Source::Engine };
                (0..from.len()).for_each(|row| (0..to.len()).for_each(|column| table.set(row, column, Some(way))));
                Ok(table)
            }
        }
    }
}

fn steady() -> (Arc<Moody>, Steady) {
    let engine = Arc::new(Moody::default());
    (engine.clone(), Steady::new(Some(engine), StraightLine::default()).patient(Duration::ZERO))
}

async fn source(steady: &Steady, count: usize, seconds: i64) -> Source {
    let table = steady.table(&places(count), &places(1), when(seconds)).await.unwrap();
    table.way(count - 1, 0).unwrap().source
}

#[tokio::test]
async fn what_was_said_is_remembered_for_a_week() {
    let (engine, steady) = steady();
    for (seconds, asked) in [(0, 1), (60, 1), (6 * 86_400, 1), (8 * 86_400, 2)] {
        assert_eq!(source(&steady, 3, seconds).await, Source::Engine);
        assert_eq!(engine.asked.load(Ordering::Relaxed), asked, "after {seconds} s");
    }
}

#[tokio::test]
async fn a_silent_engine_is_waited_for_three_times_and_then_left_alone() {
    let (engine, steady) = steady();
    engine.mood.store(SILENT, Ordering::Relaxed);
    for round in 1..=3 {
        assert_eq!(source(&steady, round, 0).await, Source::Line);
    }
    assert_eq!(source(&steady, 4, 4).await, Source::Line, "left alone");
    assert_eq!(engine.asked.load(Ordering::Relaxed), 3);
    let way = steady.table(&places(2), &places(1), when(4)).await.unwrap().way(1, 0).unwrap();
    assert!(way.spread.high - way.spread.low > Spread::ENGINE.high - Spread::ENGINE.low, "a wider interval");
}

#[tokio::test]
async fn it_is_asked_again_after_a_pause_that_grows_and_what_it_said_before_still_counts() {
    let (engine, steady) = steady();
    assert_eq!(source(&steady, 2, 0).await, Source::Engine);
    engine.mood.store(REFUSES, Ordering::Relaxed);
    for round in 3..6 {
        assert_eq!(source(&steady, round, 0).await, Source::Line);
    }
    assert_eq!(source(&steady, 2, 1).await, Source::Engine, "remembered");
    assert_eq!(source(&steady, 6, 5).await, Source::Line, "asked once, refused, and left alone for longer");
    assert_eq!(engine.asked.load(Ordering::Relaxed), 5);
    engine.mood.store(WELL, Ordering::Relaxed);
    assert_eq!(source(&steady, 6, 30).await, Source::Line);
    assert_eq!(source(&steady, 6, 36).await, Source::Engine);
    assert_eq!(source(&steady, 7, 37).await, Source::Engine, "all is well again");
}

#[tokio::test]
async fn a_clock_that_is_set_back_does_not_leave_it_alone_for_longer() {
    let (engine, steady) = steady();
    engine.mood.store(REFUSES, Ordering::Relaxed);
    for round in 1..4 {
        source(&steady, round, 1_000).await;
    }
    engine.mood.store(WELL, Ordering::Relaxed);
    assert_eq!(source(&steady, 5, 0).await, Source::Engine);
}
