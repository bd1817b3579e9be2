//! From text to definition: the form is checked by the tables of the language, then the values are taken over.

mod events;
mod form;
mod path;
mod take;
mod touchpoint;
mod values;

pub(crate) use events::day_name;
pub(crate) use form::check_form;
pub(crate) use path::{Path, find, locate, steps};
pub(crate) use take::take;
pub(crate) use values::{Stated, fact_path};
