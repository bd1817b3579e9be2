//! What the engine promises, told by the reference journeys.

mod support;

mod bibliotheek;
mod contract;
mod deciding;
mod defects;
mod hulp;
mod limits;
mod properties;
mod publishing;
mod runs;
mod webshop;
mod woning;
