//! YAML 1.2 with places: a tree in which every node knows which bytes of the text it is.

mod lines;
mod node;
mod read;
mod scalar;

pub(crate) use lines::Lines;
pub(crate) use node::{Entry, Kind, Node};
pub(crate) use read::read;
pub(crate) use scalar::Core;
