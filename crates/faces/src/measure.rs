//! Widths from the font itself: advances and pair kerning.

use std::{ops::Range, sync::OnceLock};

use ttf_parser::GlyphId;
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};

use crate::Face;

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

    fn glyphs(&self, text: &str) -> Vec<Glyph> {
        let mut glyphs: Vec<Glyph> = Vec::new();
        let mut before: Option<GlyphId> = None;
        for (at, c) in text.char_indices() {
            let glyph = self.face.glyph_index(c);
            if let (Some(left), Some(right), Some(last)) = (before, glyph, glyphs.last_mut()) {
                last.advance_em += self.kern_em(left, right);
            }
            let advance_em = self.advance_em(glyph);
            glyphs.push(Glyph { id: glyph.map(|glyph| glyph.0), text: at..at + c.len_utf8(), advance_em });
            before = glyph;
        }
        glyphs
    }
}

/// A character as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Its number in the font; `None`: the font has no such character.
    pub id: Option<u16>,
    /// Its bytes in the text.
    pub text: Range<usize>,
    /// How far the next one stands, in em, kerning included.
    pub advance_em: f64,
}

fn metrics(face: Face) -> Option<&'static Metrics> {
    static METRICS: OnceLock<[Option<Metrics>; 3]> = OnceLock::new();
    METRICS.get_or_init(|| Face::ALL.map(Metrics::read))[face as usize].as_ref()
}

/// The glyphs of one line of a text, from left to right.
pub fn glyphs(text: &str, face: Face) -> Vec<Glyph> {
    metrics(face).map(|metrics| metrics.glyphs(text)).unwrap_or_default()
}

/// The width of a text in the unit of `size`.
pub fn width(text: &str, face: Face, size: f64) -> f64 {
    match metrics(face) {
        Some(metrics) => metrics.glyphs(text).iter().map(|glyph| glyph.advance_em).sum::<f64>() * size,
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
