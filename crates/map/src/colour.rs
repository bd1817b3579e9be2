/// A colour of the map, as `#RRGGBB`. Every hue that carries meaning has a second sign beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub &'static str);

impl Colour {
    /// Paper.
    pub const WHITE: Self = Self("#FFFFFF");
    /// Text and the measured curve.
    pub const INK: Self = Self("#16212B");
    /// Phases and the journey line.
    pub const SLATE: Self = Self("#31475A");
    /// Second text.
    pub const SECOND: Self = Self("#52606C");
    /// Phase boundaries.
    pub const BOUNDARY: Self = Self("#8A98A4");
    /// Rules between lanes.
    pub const RULE: Self = Self("#C9D1D8");
    /// Hairlines.
    pub const HAIR: Self = Self("#DDE3E8");
    /// The ribbon of customers.
    pub const RIBBON: Self = Self("#B4C2CE");
    /// The ribbon after the goal.
    pub const RIBBON_AFTER: Self = Self("#E3E9EE");
    /// The expected curve.
    pub const EXPECTED: Self = Self("#6F7C87");
    /// The 95 % band.
    pub const MARGIN: Self = Self("#5B6873");
    /// A neutral face.
    pub const NEUTRAL: Self = Self("#66727D");
    /// The customer starts (Okabe and Ito's orange).
    pub const CUSTOMER: Self = Self("#E69F00");
    /// We start; also what is desired (blue).
    pub const US: Self = Self("#0072B2");
    /// Good (bluish green).
    pub const GOOD: Self = Self("#009E73");
    /// Good, as text.
    pub const GOOD_TEXT: Self = Self("#00694D");
    /// Bad (vermilion).
    pub const BAD: Self = Self("#D55E00");
    /// Bad, as text.
    pub const BAD_TEXT: Self = Self("#A94A00");
    /// One customer's path (reddish purple, darkened for text).
    pub const PATH: Self = Self("#A3477F");
}
