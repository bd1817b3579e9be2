//! Where lanes draw: layers from back to front, and one group of items per column.

use crate::colour::Colour;
use crate::display::{Anchor, Group, Item, Outline, Paint, Rect, Text};
use crate::text::Style;

/// Items in drawing order.
#[derive(Default)]
pub(crate) struct Layer(pub(crate) Vec<Item>);

impl Layer {
    pub(crate) fn rect(&mut self, rect: Rect, paint: Paint) {
        self.0.push(Item::Rect(rect, 0.0, paint));
    }

    pub(crate) fn rounded(&mut self, rect: Rect, radius: f64, paint: Paint) {
        self.0.push(Item::Rect(rect, radius, paint));
    }

    pub(crate) fn circle(&mut self, (x, y): (f64, f64), radius: f64, paint: Paint) {
        self.0.push(Item::Circle(x, y, radius, paint));
    }

    pub(crate) fn path(&mut self, outline: Outline, paint: Paint) {
        if outline.0.len() > 1 {
            self.0.push(Item::Path(outline, paint));
        }
    }

    pub(crate) fn line(&mut self, a: (f64, f64), b: (f64, f64), paint: Paint) {
        self.path(Outline::between(a, b), paint);
    }

    pub(crate) fn group(&mut self, group: Group) {
        if !group.items.is_empty() {
            self.0.push(Item::Group(group));
        }
    }

    pub(crate) fn write(&mut self, pen: Pen, (x, y): (f64, f64), text: impl Into<String>) {
        self.0.push(Item::Text(pen.text(x, y, text.into())));
    }

    /// Lines below each other, the first on the baseline given.
    pub(crate) fn write_lines(&mut self, pen: Pen, (x, y): (f64, f64), lines: &[String]) {
        for (nth, line) in lines.iter().enumerate() {
            self.write(pen, (x, y + pen.style.leading * nth as f64), line.as_str());
        }
    }
}

/// How the next text is set.
#[derive(Clone, Copy)]
pub(crate) struct Pen {
    pub(crate) style: Style,
    colour: Colour,
    anchor: Anchor,
    halo: bool,
    spacing: f64,
}

impl Pen {
    pub(crate) const fn new(style: Style, colour: Colour) -> Self {
        Self { style, colour, anchor: Anchor::Start, halo: false, spacing: 0.0 }
    }

    pub(crate) const fn ink(style: Style) -> Self {
        Self::new(style, Colour::INK)
    }

    pub(crate) const fn second(style: Style) -> Self {
        Self::new(style, Colour::SECOND)
    }

    pub(crate) const fn middle(mut self) -> Self {
        self.anchor = Anchor::Middle;
        self
    }

    pub(crate) const fn end(mut self) -> Self {
        self.anchor = Anchor::End;
        self
    }

    pub(crate) const fn halo(mut self) -> Self {
        self.halo = true;
        self
    }

    pub(crate) const fn spaced(mut self, by: f64) -> Self {
        self.spacing = by;
        self
    }

    fn text(self, x: f64, y: f64, content: String) -> Text {
        Text {
            x,
            y,
            anchor: self.anchor,
            face: self.style.face,
            size: self.style.size,
            spacing: self.spacing,
            colour: self.colour,
            halo: self.halo,
            content,
        }
    }
}

/// One sheet under construction.
pub(crate) struct Canvas {
    /// Tints and the selected column.
    pub(crate) ground: Layer,
    /// Rules, rails and curves.
    pub(crate) lines: Layer,
    /// What belongs to a column.
    pub(crate) columns: Vec<Layer>,
    /// What lies over all of it.
    pub(crate) front: Layer,
}

impl Canvas {
    pub(crate) fn new(columns: usize) -> Self {
        Self {
            ground: Layer::default(),
            lines: Layer::default(),
            columns: (0..columns).map(|_| Layer::default()).collect(),
            front: Layer::default(),
        }
    }
}
