//! What the caller may choose; the layout stays the same.

use words::TouchpointId;

/// For paper or for a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Stands alone: A3 in millimetres, white ground, fonts embedded, one image to a screen reader.
    #[default]
    Print,
    /// Part of a page: sized by it, fonts from its CSS (`font-family: Inter`), with links and labels.
    Screen,
}

/// What a sheet is laid out on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// A3 landscape, with title, provenance and legend above the map.
    #[default]
    A3,
    /// A page of the screen that has a title of its own: narrow columns, so that texts are large enough to read; the legend
    /// below; as high as its lanes.
    Screen {
        /// Columns beside each other at most (3..=14); further sheets follow below each other.
        columns: usize,
    },
}

/// Where links on the screen lead. In a pattern `{id}` stands for the touchpoint, `{to}` for the end of a loop. What is
/// left out is no link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// A column.
    pub touchpoint: Option<String>,
    /// Those who reached a touchpoint.
    pub reached: Option<String>,
    /// Those still under way when a step begins: the number on the ribbon.
    pub entering: Option<String>,
    /// Those who left after a touchpoint.
    pub exit: Option<String>,
    /// Those who took a loop.
    pub looped: Option<String>,
    /// Open complaints about a touchpoint.
    pub complaints: Option<String>,
    /// Those who reached the goal.
    pub goal: Option<String>,
}

/// How to draw a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Paper or page.
    pub look: Look,
    /// The size of a sheet.
    pub page: Page,
    /// Links, on the screen only.
    pub links: Links,
    /// One customer's touchpoints in order, drawn on the rails; empty: none. Unknown ids are passed over.
    pub path: Vec<TouchpointId>,
    /// The column to point out.
    pub selected: Option<TouchpointId>,
}

impl Options {
    /// A print sheet.
    pub fn print() -> Self {
        Self::default()
    }

    /// A map on a page.
    pub fn screen(links: Links) -> Self {
        Self { look: Look::Screen, links, ..Self::default() }
    }
}
