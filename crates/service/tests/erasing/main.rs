//! Somebody is erased: no table and no file holds anything of them any more, and every figure stays what it was.

mod everywhere;
mod house;
mod later;
mod many;
#[path = "../support/mod.rs"]
mod support;
