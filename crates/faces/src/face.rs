/// A cut of Inter. Each is embedded in a print sheet and expected from the page by the screen variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// Weight 400.
    Regular,
    /// Weight 600.
    SemiBold,
    /// Weight 400, italic.
    Italic,
}

impl Face {
    /// Every face.
    pub const ALL: [Self; 3] = [Self::Regular, Self::SemiBold, Self::Italic];

    /// The CSS weight.
    pub const fn weight(self) -> u16 {
        match self {
            Self::SemiBold => 600,
            Self::Regular | Self::Italic => 400,
        }
    }

    /// Whether it is slanted.
    pub const fn is_italic(self) -> bool {
        matches!(self, Self::Italic)
    }

    /// The subset as WOFF2, to embed or to serve (OFL-1.1, `fonts/OFL.txt`).
    pub const fn woff2(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../fonts/inter-regular.woff2"),
            Self::SemiBold => include_bytes!("../fonts/inter-semibold.woff2"),
            Self::Italic => include_bytes!("../fonts/inter-italic.woff2"),
        }
    }

    /// The same glyphs and kerning as OpenType with CFF outlines, to measure and to embed in a PDF.
    pub const fn otf(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../fonts/inter-regular.otf"),
            Self::SemiBold => include_bytes!("../fonts/inter-semibold.otf"),
            Self::Italic => include_bytes!("../fonts/inter-italic.otf"),
        }
    }
}
