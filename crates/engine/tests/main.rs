//! What the engine promises, told by the reference journeys.

mod support;

mod bibliotheek;
mod hulp;
mod webshop;
mod woning;
