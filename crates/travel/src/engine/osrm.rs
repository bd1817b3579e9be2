use std::fmt::Write as _;

use async_trait::async_trait;
use channels::fetch::{Call, Fetcher};
use serde::Deserialize;

use super::{Pieces, call, check, in_pieces, read};
use crate::way::{Source, Spread};
use crate::{Place, Table, TravelError, TravelTimes, Way, When};

/// An OSRM server (`GET /table/v1/{profile}/…`, HTTP API 5.x). It knows no time of day.
pub struct Osrm {
    fetcher: Fetcher,
    address: String,
    profile: String,
}

#[derive(Deserialize)]
struct Answered {
    code: String,
    #[serde(default)]
    durations: Vec<Vec<Option<f64>>>,
    #[serde(default)]
    distances: Vec<Vec<Option<f64>>>,
}

impl Osrm {
    /// At an address such as `http://localhost:5000`, for a profile such as `driving`.
    #[must_use]
    pub fn new(fetcher: Fetcher, address: &str, profile: &str) -> Self {
        Self { fetcher, address: address.trim_end_matches('/').to_owned(), profile: profile.to_owned() }
    }

    fn asked(&self, from: &[Place], to: &[Place]) -> Call {
        let mut address = format!("{}/table/v1/{}/", self.address, self.profile);
        for (at, place) in from.iter().chain(to).enumerate() {
            let between = if at == 0 { "" } else { ";" };
            // Writing to a text does not fail.
            let _ = write!(address, "{between}{:.5},{:.5}", place.longitude, place.latitude);
        }
        let list = |range: std::ops::Range<usize>| range.map(|at| at.to_string()).collect::<Vec<_>>().join(";");
        let (sources, destinations) = (list(0..from.len()), list(from.len()..from.len() + to.len()));
        let _ = write!(address, "?sources={sources}&destinations={destinations}&annotations=duration,distance");
        Call { address, headers: Vec::new(), body: None }
    }
}

#[async_trait]
impl Pieces for Osrm {
    async fn piece(&self, from: &[Place], to: &[Place], _when: When) -> Result<Table, TravelError> {
        let answered: Answered = read(call(&self.fetcher, &self.asked(from, to)).await)?;
        if answered.code != "Ok" {
            return Err(TravelError::Refused(answered.code));
        }
        check(&answered.durations, (from.len(), to.len()))?;
        check(&answered.distances, (from.len(), to.len()))?;
        let mut table = Table::empty(from.len(), to.len());
        for (row, (durations, distances)) in answered.durations.iter().zip(&answered.distances).enumerate() {
            for (column, (duration, distance)) in durations.iter().zip(distances).enumerate() {
                let way = duration.zip(*distance).map(|(seconds, metres)| Way {
                    seconds,
                    metres,
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
impl TravelTimes for Osrm {
    async fn table(&self, from: &[Place], to: &[Place], when: When) -> Result<Table, TravelError> {
        in_pieces(self, from, to, when).await
    }
}
