//! The pages, the API and what stands around them. HTTP lives here and nowhere below.
//!
//! [`router`] gives everything as one service. A page is a handler in `pages/<noun>`, a template in `templates/<noun>`,
//! its texts in `locales` and its look in `assets/css`; `docs/PAGES.md` tells how to add one.

mod api;
mod app;
mod assets;
#[cfg(test)]
mod checks;
mod cookies;
mod courier;
mod customer_name;
pub mod drawing;
mod first;
mod flash;
mod fonts;
mod form;
pub mod format;
mod guard;
mod house;
mod ids;
mod jobs;
mod language;
mod navigation;
mod pages;
mod paging;
mod password;
mod problem;
mod router;
mod secret;
mod serve;
mod session;
mod shell;
#[cfg(test)]
mod testing;
mod views;
mod watch;

pub use app::{App, Settings};
pub use assets::Assets;
pub use customer_name::customer_name;
pub use first::{First, FirstProblem, first_account, nobody_yet};
pub use form::Remarks;
pub use guard::FORM_BYTES_MAX;
pub use house::House;
pub use language::{Arg, CustomerWord, Speech, Text};
pub use pages::resume_imports;
pub use paging::Sheet;
pub use problem::{Answer, Problem};
pub use router::router;
pub use serve::{serve, serve_watched};
pub use session::{Editor, Owner, Staff, Viewer};
pub use shell::{Member, Shell, Visitor};
pub use views::data;
