//! What is true of every page at once: each template renders in both languages, each text exists and is used.

mod recorded;
mod templates;
mod texts;
