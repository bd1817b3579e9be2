//! The map: one deterministic layout of a journey, from plain data to SVG.
//!
//! [`Sheet`] holds everything that is drawn and nothing else. [`draw`] lays it out on A3 landscape (420 × 297 mm) as
//! [`DisplayList`]s, which know no HTML; [`svg`] writes these. Same input, same bytes. Beyond 14 columns, or when the
//! curves would get less than 46 mm, further sheets follow, with the rail and the phases repeated.
//!
//! The rules by which pains, peaks and summary marks are found are public: [`rules`].

mod canvas;
mod colour;
mod columns;
mod curve;
mod display;
mod format;
mod frame;
mod from;
mod glyphs;
mod lanes;
mod layout;
mod measured;
mod options;
mod passing;
mod place;
pub mod rules;
mod sheet;
mod svg;
mod terms;
mod text;

pub use colour::Colour;
pub use curve::Spline;
pub use display::{Anchor, Cap, DisplayList, Group, Item, Mark, Outline, Paint, Rect, Segment, Stroke, Text};
pub use faces::Face;
pub use format::duration;
pub use from::{Edition, from};
pub use layout::draw;
pub use measured::{AtTouchpoint, GoalReached, Measured};
pub use options::{Links, Look, Options, Page};
pub use sheet::{
    Backstage, ChannelOn, Complaints, Exit, Experiences, Goal, Header, Loop, Measurement, Persona, Phase, Reached,
    Sheet, State, Totals, Touchpoint,
};
pub use svg::{path_data, svg};
