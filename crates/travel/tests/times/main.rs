//! How long ways take: the straight line, the engines, and an engine with the straight line behind it.

mod engines;
mod line;
mod served;
mod steady;
