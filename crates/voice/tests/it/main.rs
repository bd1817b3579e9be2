//! What the voice of an organisation does, told by examples.

mod adversarial;
mod approved;
mod check;
mod examples;
mod forms;
mod house;
mod injection;
mod limits;
mod missing;
mod parse;
mod patch;
mod reference;
mod remarks;
mod traps;
