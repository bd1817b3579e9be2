//! The proof: seeded worlds on a virtual clock in which calls fail, answers are lost and processes die, judged by a checker
//! that shares no code with the product. `docs/RELIABILITY.md` says what it holds.
//!
//! `KLANTREIS_SEED=7` lives that one world and prints its last steps; `KLANTREIS_SEEDS=10000` lives so many.

#![cfg(test)]
#![expect(clippy::print_stderr, reason = "whoever runs the proof is told its figures, and the seed that fails")]

mod aside;
mod clock;
mod dump;
mod fate;
mod happening;
mod lanes;
mod link;
mod many;
mod outside;
mod plan;
mod poison;
mod process;
mod races;
mod report;
mod seeds;
mod still;
mod stories;
mod sweep;
mod torn;
mod unwanted;
mod world;
