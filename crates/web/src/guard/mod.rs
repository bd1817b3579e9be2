//! What every request passes before it reaches a page.

pub(crate) mod forgery;
pub(crate) mod headers;
mod limit;
pub(crate) mod request;
pub(crate) mod timeout;

pub(crate) use limit::Limits;

/// Bytes of a form that a page takes; uploads set their own limit.
pub const FORM_BYTES_MAX: usize = 1024 * 1024;
