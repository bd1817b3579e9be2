//! The language of placeholders: a closed part of minijinja.
//!
//! `{{ name }}`, `{{ object.property | filter }}`, `{{ link('page') }}` and `{% if … %} {% elif … %} {% else %} {% endif %}`.
//! No loops, assignments, includes, macros, arithmetic or subscripts: nothing in a message needs them, and without them
//! nothing can grow.

mod engine;
mod mask;
mod tags;
mod uses;

pub(crate) use engine::{fill, well_formed};
pub(crate) use mask::{Piece, is_mask, pieces, plain};
pub(crate) use tags::{Tag, Token, tags};
pub(crate) use uses::{Uses, uses};
