//! The display list: what to draw, in order, in millimetres. It knows nothing of SVG or HTML.

use words::{Language, TouchpointId};

use crate::colour::Colour;
use faces::{Face, width};

/// One sheet, ready to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct DisplayList {
    /// Millimetres.
    pub width: f64,
    /// Millimetres.
    pub height: f64,
    /// What it is called.
    pub title: String,
    /// What it shows, in one or two sentences, for who cannot see it.
    pub description: String,
    /// Of its texts.
    pub language: Language,
    /// Back to front.
    pub items: Vec<Item>,
}

impl DisplayList {
    /// The box of every text, from cap height to descender, with the text.
    pub fn text_boxes(&self) -> Vec<(Rect, &str)> {
        let mut boxes = Vec::new();
        collect(&self.items, &mut boxes);
        boxes
    }
}

fn collect<'a>(items: &'a [Item], boxes: &mut Vec<(Rect, &'a str)>) {
    for item in items {
        match item {
            Item::Text(text) => boxes.push((text.bounds(), &text.content)),
            Item::Group(group) => collect(&group.items, boxes),
            _ => {}
        }
    }
}

/// Something to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A rectangle with rounded corners of this radius.
    Rect(Rect, f64, Paint),
    /// Centre x, centre y, radius.
    Circle(f64, f64, f64, Paint),
    /// Lines and curves.
    Path(Outline, Paint),
    /// One line of text.
    Text(Text),
    /// Draws nothing: where its group may be pointed at.
    Area(Rect),
    /// Items that belong to one thing.
    Group(Group),
}

/// Items with what they stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What they stand for.
    pub mark: Mark,
    /// What it says, in words.
    pub label: String,
    /// Back to front.
    pub items: Vec<Item>,
}

/// A pointer also finds what it just misses, by this (mm).
const REACH: f64 = 1.0;

impl Group {
    /// Where it may be pointed at: its area, or else around all that it draws.
    pub fn area(&self) -> Rect {
        let areas = self.items.iter().filter_map(|item| match item {
            Item::Area(rect) => Some(*rect),
            _ => None,
        });
        let drawn = || self.items.iter().filter_map(Item::bounds).reduce(Rect::around).map(|rect| rect.grown(REACH));
        areas.reduce(Rect::around).or_else(drawn).unwrap_or_default()
    }
}

impl Item {
    /// The box around it; curves count with their controls.
    fn bounds(&self) -> Option<Rect> {
        match self {
            Self::Rect(rect, _, _) | Self::Area(rect) => Some(*rect),
            Self::Circle(x, y, radius, _) => Some(Rect::centred(*x, *y, 2.0 * radius, 2.0 * radius)),
            Self::Path(outline, _) => {
                let at = |(x, y): (f64, f64)| Rect::new(x, y, 0.0, 0.0);
                outline.0.iter().flat_map(Segment::points).map(at).reduce(Rect::around)
            }
            Self::Text(text) => Some(text.bounds()),
            Self::Group(group) => Some(group.area()),
        }
    }
}

/// What a group of items stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A touchpoint's column.
    Touchpoint(TouchpointId),
    /// Those who reached it.
    Reached(TouchpointId),
    /// Those still under way when its step begins.
    Entering(TouchpointId),
    /// Those who left after it.
    Exit(TouchpointId),
    /// Those who went from one back to another.
    Looped {
        /// From.
        from: TouchpointId,
        /// To.
        to: TouchpointId,
    },
    /// Open complaints about it.
    Complaints(TouchpointId),
    /// Those who reached the goal.
    Goal,
}

/// A rectangle: left, top, width, height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// By its left upper corner.
    pub const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    /// By its centre.
    pub const fn centred(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self::new(x - w / 2.0, y - h / 2.0, w, h)
    }

    /// Right side.
    pub const fn right(self) -> f64 {
        self.x + self.w
    }

    /// Lower side.
    pub const fn bottom(self) -> f64 {
        self.y + self.h
    }

    /// Whether two share more than an edge.
    pub fn overlaps(self, other: Self) -> bool {
        const EDGE: f64 = 1e-6;
        self.x + EDGE < other.right()
            && other.x + EDGE < self.right()
            && self.y + EDGE < other.bottom()
            && other.y + EDGE < self.bottom()
    }

    /// Whether a point lies inside.
    pub fn contains(self, (x, y): (f64, f64)) -> bool {
        (self.x..=self.right()).contains(&x) && (self.y..=self.bottom()).contains(&y)
    }

    /// The smallest that holds both.
    pub fn around(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self::new(x, y, self.right().max(other.right()) - x, self.bottom().max(other.bottom()) - y)
    }

    /// Larger on every side.
    pub fn grown(self, by: f64) -> Self {
        Self::new(self.x - by, self.y - by, self.w + 2.0 * by, self.h + 2.0 * by)
    }
}

/// How a shape is filled and stroked.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paint {
    /// Inside.
    pub fill: Option<Colour>,
    /// Of the fill, 0..1.
    pub opacity: Option<f64>,
    /// Along the edge.
    pub stroke: Option<Stroke>,
}

impl Paint {
    /// Filled.
    pub const fn fill(colour: Colour) -> Self {
        Self { fill: Some(colour), opacity: None, stroke: None }
    }

    /// Filled, thinly.
    pub const fn tint(colour: Colour, opacity: f64) -> Self {
        Self { fill: Some(colour), opacity: Some(opacity), stroke: None }
    }

    /// Stroked.
    pub const fn line(colour: Colour, width: f64) -> Self {
        Self { fill: None, opacity: None, stroke: Some(Stroke::new(colour, width)) }
    }

    /// With this inside.
    pub const fn filled(mut self, colour: Colour) -> Self {
        self.fill = Some(colour);
        self
    }

    /// With a broken stroke: on, off.
    pub const fn dashed(mut self, on: f64, off: f64) -> Self {
        if let Some(stroke) = &mut self.stroke {
            stroke.dash = Some((on, off));
        }
        self
    }

    /// With these ends.
    pub const fn cap(mut self, cap: Cap) -> Self {
        if let Some(stroke) = &mut self.stroke {
            stroke.cap = cap;
        }
        self
    }
}

/// A stroke.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Millimetres.
    pub width: f64,
    /// On and off, millimetres.
    pub dash: Option<(f64, f64)>,
    /// Its ends.
    pub cap: Cap,
}

impl Stroke {
    const fn new(colour: Colour, width: f64) -> Self {
        Self { colour, width, dash: None, cap: Cap::Round }
    }
}

/// How a stroke ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cap {
    /// Square with the end.
    Butt,
    /// Rounded past it.
    Round,
}

/// A part of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Lifts the pen.
    Move(f64, f64),
    /// Straight.
    Line(f64, f64),
    /// Quadratic: control, end.
    Quad(f64, f64, f64, f64),
    /// Cubic: two controls, end.
    Cubic(f64, f64, f64, f64, f64, f64),
    /// Back to where the pen came down.
    Close,
}

impl Segment {
    /// Where it goes, after its controls.
    fn points(&self) -> Vec<(f64, f64)> {
        match *self {
            Self::Move(x, y) | Self::Line(x, y) => vec![(x, y)],
            Self::Quad(a, b, x, y) => vec![(a, b), (x, y)],
            Self::Cubic(a, b, c, d, x, y) => vec![(a, b), (c, d), (x, y)],
            Self::Close => Vec::new(),
        }
    }
}

/// Lines and curves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline(pub Vec<Segment>);

impl Outline {
    /// Starting here.
    pub fn from(x: f64, y: f64) -> Self {
        Self(vec![Segment::Move(x, y)])
    }

    /// A straight line between two points.
    pub fn between(a: (f64, f64), b: (f64, f64)) -> Self {
        Self::from(a.0, a.1).to(b.0, b.1)
    }

    /// Straight on.
    pub fn to(mut self, x: f64, y: f64) -> Self {
        self.0.push(Segment::Line(x, y));
        self
    }

    /// Quadratic.
    pub fn quad(mut self, cx: f64, cy: f64, x: f64, y: f64) -> Self {
        self.0.push(Segment::Quad(cx, cy, x, y));
        self
    }

    /// Cubic.
    pub fn cubic(mut self, a: (f64, f64), b: (f64, f64), end: (f64, f64)) -> Self {
        self.0.push(Segment::Cubic(a.0, a.1, b.0, b.1, end.0, end.1));
        self
    }

    /// Closed.
    pub fn close(mut self) -> Self {
        self.0.push(Segment::Close);
        self
    }
}

/// Which point of a text its `x` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The left.
    Start,
    /// The middle.
    Middle,
    /// The right.
    End,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Where, by `anchor`.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// What `x` is.
    pub anchor: Anchor,
    /// Which cut of Inter.
    pub face: Face,
    /// Millimetres.
    pub size: f64,
    /// Added after every letter, millimetres.
    pub spacing: f64,
    /// Its colour.
    pub colour: Colour,
    /// With a white edge, to stand on lines.
    pub halo: bool,
    /// What it says.
    pub content: String,
}

impl Text {
    /// Its width, millimetres.
    pub fn width(&self) -> f64 {
        width(&self.content, self.face, self.size) + self.spacing * self.content.chars().count() as f64
    }

    /// From cap height to descender.
    pub fn bounds(&self) -> Rect {
        let w = self.width();
        let x = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - w / 2.0,
            Anchor::End => self.x - w,
        };
        Rect::new(x, self.y - 0.76 * self.size, w, 0.97 * self.size)
    }
}
