//! Two customers who turn out to be one, through the whole shell and on a real store of each kind: what they had under way
//! goes on as if they had been one from the start, nothing goes out twice, and a wrong merge is taken back.

mod chains;
mod house;
#[path = "../support/mod.rs"]
mod support;
mod timing;
mod together;
mod undoing;
