//! Simulated customers: seeded, on a virtual clock.

pub mod behaviour;
mod draws;

pub use behaviour::Behaviour;
pub use draws::Draws;
