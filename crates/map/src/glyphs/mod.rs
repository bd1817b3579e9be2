//! The map's own signs. Each is drawn from numbers here, so that no outside picture is needed.

pub(crate) mod badge;
pub(crate) mod channel;
pub(crate) mod face;
pub(crate) mod icon;
pub(crate) mod sign;
pub(crate) mod token;
