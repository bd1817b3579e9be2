//! Somebody is erased: no table and no file holds anything of them any more, and every figure stays what it was. Everybody is
//! given what is held of them, and what was kept long enough goes.

mod everywhere;
mod given;
mod house;
mod kept;
mod later;
mod many;
#[path = "../support/mod.rs"]
mod support;
mod underway;
