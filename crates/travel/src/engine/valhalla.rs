use async_trait::async_trait;
use channels::fetch::{Call, Fetcher};
use serde::Deserialize;
use serde_json::json;

use super::{Pieces, call, check, in_pieces, read};
use crate::way::{Source, Spread};
use crate::{Place, Table, TravelError, TravelTimes, Way, When};

/// A Valhalla server (`POST /sources_to_targets`, Valhalla 3.5 and later).
pub struct Valhalla {
    fetcher: Fetcher,
    address: String,
    costing: String,
}

#[derive(Deserialize)]
struct Answered {
    sources_to_targets: Matrix,
}

/// Seconds and kilometres, a row for each place one leaves from.
#[derive(Deserialize)]
struct Matrix {
    durations: Vec<Vec<Option<f64>>>,
    distances: Vec<Vec<Option<f64>>>,
}

impl Valhalla {
    /// At an address such as `http://localhost:8002`, for a costing such as `auto`.
    #[must_use]
    pub fn new(fetcher: Fetcher, address: &str, costing: &str) -> Self {
        Self { fetcher, address: address.trim_end_matches('/').to_owned(), costing: costing.to_owned() }
    }
}

#[async_trait]
impl Pieces for Valhalla {
    async fn piece(&self, from: &[Place], to: &[Place], when: When) -> Result<Table, TravelError> {
        let places = |places: &[Place]| {
            places.iter().map(|place| json!({ "lat": place.latitude, "lon": place.longitude })).collect::<Vec<_>>()
        };
        let asked = json!({
            "sources": places(from),
            "targets": places(to),
            "costing": self.costing,
            "verbose": false,
            "date_time": { "type": 1, "value": when.leaving.strftime("%Y-%m-%dT%H:%M").to_string() },
        });
        let body = Some(("application/json", asked.to_string().into_bytes().into()));
        let address = format!("{}/sources_to_targets", self.address);
        let answered: Answered = read(call(&self.fetcher, &Call { address, headers: Vec::new(), body }).await)?;
        let Matrix { durations, distances } = answered.sources_to_targets;
        check(&durations, (from.len(), to.len()))?;
        check(&distances, (from.len(), to.len()))?;
        let mut table = Table::empty(from.len(), to.len());
        for (row, (durations, distances)) in durations.iter().zip(&distances).enumerate() {
            for (column, (duration, distance)) in durations.iter().zip(distances).enumerate() {
                let way = duration.zip(*distance).map(|(seconds, kilometres)| Way {
                    seconds,
                    metres: kilometres * 1_000.0,
                    spread: Spread::ENGINE,
                    source: Source::Engine,
                });
                table.set(row, column, way);
            }
        }
        Ok(table)
    }
}

#[async_trait]
impl TravelTimes for Valhalla {
    async fn table(&self, from: &[Place], to: &[Place], when: When) -> Result<Table, TravelError> {
        in_pieces(self, from, to, when).await
    }
}
