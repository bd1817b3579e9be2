//! Simulated customers of the reference journeys.

mod behaviours;
mod figures;
mod house;
mod lives;
mod rehearsing;
mod stored;
mod support;
