//! Simulated customers of the reference journeys.

mod behaviours;
mod figures;
mod lives;
mod stored;
mod support;
