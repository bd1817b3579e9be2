//! Widths from the font itself: advances and pair kerning of the Inter subset that the sheet is drawn with.

use std::sync::OnceLock;

use ttf_parser::GlyphId;
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};

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
            Self::Regular => include_bytes!("../../fonts/inter-regular.woff2"),
            Self::SemiBold => include_bytes!("../../fonts/inter-semibold.woff2"),
            Self::Italic => include_bytes!("../../fonts/inter-italic.woff2"),
        }
    }

    const fn otf(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../fonts/inter-regular.otf"),
            Self::SemiBold => include_bytes!("../../fonts/inter-semibold.otf"),
            Self::Italic => include_bytes!("../../fonts/inter-italic.otf"),
        }
    }
}

/// What a glyph that the subset lacks is taken to be wide, in em: wider than almost every letter, so text never overlaps.
const UNKNOWN_EM: f64 = 1.0;

struct Metrics {
    face: ttf_parser::Face<'static>,
    kerning: Vec<PairAdjustment<'static>>,
    units_per_em: f64,
}

impl Metrics {
    fn read(face: Face) -> Option<Self> {
        let face = ttf_parser::Face::parse(face.otf(), 0).ok()?;
        let kerning = face
            .tables()
            .gpos
            .map(|gpos| {
                gpos.lookups
                    .into_iter()
                    .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>())
                    .filter_map(|subtable| match subtable {
                        PositioningSubtable::Pair(pair) => Some(pair),
                        _ => None,
                    })
                    .collect()
            })
            .unwrap_or_default();
        Some(Self { units_per_em: f64::from(face.units_per_em()), kerning, face })
    }

    fn advance_em(&self, glyph: Option<GlyphId>) -> f64 {
        glyph
            .and_then(|glyph| self.face.glyph_hor_advance(glyph))
            .map_or(UNKNOWN_EM, |units| f64::from(units) / self.units_per_em)
    }

    /// The first pair table that knows the left glyph decides, as in a shaper.
    fn kern_em(&self, left: GlyphId, right: GlyphId) -> f64 {
        let units = self.kerning.iter().find_map(|pair| match pair {
            PairAdjustment::Format1 { coverage, sets } => {
                let set = sets.get(coverage.get(left)?)?;
                set.get(right).map(|(first, _)| first.x_advance)
            }
            PairAdjustment::Format2 { coverage, classes, matrix } => {
                coverage.get(left)?;
                matrix.get((classes.0.get(left), classes.1.get(right))).map(|(first, _)| first.x_advance)
            }
        });
        f64::from(units.unwrap_or(0)) / self.units_per_em
    }

    fn width_em(&self, text: &str) -> f64 {
        let mut em = 0.0;
        let mut before: Option<GlyphId> = None;
        for c in text.chars() {
            let glyph = self.face.glyph_index(c);
            em += self.advance_em(glyph);
            if let (Some(left), Some(right)) = (before, glyph) {
                em += self.kern_em(left, right);
            }
            before = glyph;
        }
        em
    }
}

/// The width of a text in the unit of `size`.
pub(crate) fn width(text: &str, face: Face, size: f64) -> f64 {
    static METRICS: OnceLock<[Option<Metrics>; 3]> = OnceLock::new();
    let metrics = &METRICS.get_or_init(|| Face::ALL.map(Metrics::read))[face as usize];
    match metrics {
        Some(metrics) => metrics.width_em(text) * size,
        None => text.chars().count() as f64 * UNKNOWN_EM * size,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_is_read() {
        for face in Face::ALL {
            let metrics = Metrics::read(face).expect("the committed font parses");
            assert!(!metrics.kerning.is_empty(), "{face:?} kerns");
        }
    }

    #[test]
    fn widths_are_those_of_a_shaper() {
        // From HarfBuzz over the same files, with kerning.
        let measured = [
            (Face::Regular, "Klantreis", 4.099_431_8),
            (Face::Regular, "AV", 1.284_090_9),
            (Face::SemiBold, "Te 1.248", 4.070_312_5),
            (Face::Italic, "‘Wat nu?’ 14 %", 6.645_596_6),
        ];
        for (face, text, em) in measured {
            assert!((width(text, face, 1.0) - em).abs() < 1e-6, "{text}: {}", width(text, face, 1.0));
        }
    }

    #[test]
    fn a_sign_outside_the_subset_is_taken_wide() {
        assert_eq!(width("☃", Face::Regular, 2.0), 2.0);
    }
}
