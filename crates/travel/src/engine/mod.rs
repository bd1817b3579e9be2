//! Routing engines over HTTP.

mod osrm;
mod valhalla;

use async_trait::async_trait;
use channels::fetch::{CallError, Fetcher, Reply};

pub use self::osrm::Osrm;
pub use self::valhalla::Valhalla;
use crate::{Place, Table, TravelError, When, limits};

/// Answers for a few places at once.
#[async_trait]
trait Pieces: Sync {
    async fn piece(&self, from: &[Place], to: &[Place], when: When) -> Result<Table, TravelError>;
}

/// Asks for a table in pieces that an engine takes, and puts the pieces together.
async fn in_pieces(engine: &dyn Pieces, from: &[Place], to: &[Place], when: When) -> Result<Table, TravelError> {
    let most = from.len().max(to.len());
    if most > limits::PLACES_MAX {
        return Err(TravelError::TooMany(most));
    }
    let mut whole = Table::empty(from.len(), to.len());
    for (above, rows) in from.chunks(limits::ASKED_AT_ONCE).enumerate() {
        for (before, columns) in to.chunks(limits::ASKED_AT_ONCE).enumerate() {
            let piece = engine.piece(rows, columns, when).await?;
            for row in 0..rows.len() {
                for column in 0..columns.len() {
                    let (at_row, at_column) =
                        (above * limits::ASKED_AT_ONCE + row, before * limits::ASKED_AT_ONCE + column);
                    whole.set(at_row, at_column, piece.way(row, column));
                }
            }
        }
    }
    Ok(whole)
}

/// What an engine answered, as JSON.
fn read<T: serde::de::DeserializeOwned>(replied: Result<Reply, CallError>) -> Result<T, TravelError> {
    let reply = replied.map_err(|error| TravelError::NoAnswer(error.to_string()))?;
    let body = reply.body.map_err(|error| TravelError::NoAnswer(error.to_string()))?;
    if reply.status != 200 {
        return Err(TravelError::Refused(format!("status {}", reply.status)));
    }
    serde_json::from_slice(&body).map_err(|error| TravelError::Refused(error.to_string()))
}

/// Whether a table has the shape that was asked.
fn check(rows: &[Vec<Option<f64>>], shape: (usize, usize)) -> Result<(), TravelError> {
    let is_whole = rows.len() == shape.0 && rows.iter().all(|row| row.len() == shape.1);
    if is_whole { Ok(()) } else { Err(TravelError::Refused("a table of another size".into())) }
}

/// Asks with the fetcher's limits.
async fn call(fetcher: &Fetcher, call: &channels::fetch::Call) -> Result<Reply, CallError> {
    fetcher.call(call, limits::ANSWER_BYTES_MAX).await
}
