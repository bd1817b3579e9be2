//! What the pages say, in Dutch and English. Texts live in `locales/<language>/*.ftl` (Fluent) and nowhere else.

mod locale;
mod speech;
mod text;

pub(crate) use locale::Locale;
#[cfg(test)]
pub(crate) use locale::sources;
pub use speech::Speech;
pub use text::{Arg, Text};
pub use words::CustomerWord;
