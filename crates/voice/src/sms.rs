//! How many text messages a text takes: 3GPP TS 23.038 (alphabet) and TS 23.040 (joined messages).

/// The alphabet of a text message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// 160 septets alone, 153 each when joined.
    Gsm7,
    /// 70 units of UTF-16 alone, 67 each when joined.
    Ucs2,
}

/// The size of a text message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sms {
    /// One character outside GSM-7 makes the whole UCS-2.
    pub encoding: Encoding,
    /// Septets or UTF-16 units.
    pub units: u32,
    /// Messages that are paid for.
    pub parts: u32,
}

const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// These take an escape before them.
const EXTENDED: &str = "^{}\\[~]|€\u{c}";

impl Sms {
    /// Measures a text.
    pub fn of(text: &str) -> Self {
        let gsm = text.chars().map(septets).collect::<Option<Vec<_>>>();
        match gsm {
            Some(sizes) => Self::count(Encoding::Gsm7, &sizes, 160, 153),
            None => {
                let sizes: Vec<u32> = text.chars().map(|c| if c.len_utf16() == 2 { 2 } else { 1 }).collect();
                Self::count(Encoding::Ucs2, &sizes, 70, 67)
            }
        }
    }

    /// A character of two units is never split over two messages.
    fn count(encoding: Encoding, sizes: &[u32], alone: u32, joined: u32) -> Self {
        let units = sizes.iter().sum();
        if units <= alone {
            return Self { encoding, units, parts: 1 };
        }
        let (mut parts, mut filled) = (1, 0);
        for size in sizes {
            if filled + size > joined {
                parts += 1;
                filled = 0;
            }
            filled += size;
        }
        Self { encoding, units, parts }
    }
}

fn septets(c: char) -> Option<u32> {
    if BASIC.contains(c) { Some(1) } else { EXTENDED.contains(c).then_some(2) }
}

/// Typographic signs as GSM-7 has them, because one curly quote would more than double the price.
pub(crate) fn simplified(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '‘' | '’' | '‚' | '′' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '–' | '—' | '‑' | '‐' => out.push('-'),
            '…' => out.push_str("..."),
            '\u{A0}' | '\u{202F}' => out.push(' '),
            '\u{AD}' | '\u{200B}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Encoding, u32, u32) {
        let sms = Sms::of(text);
        (sms.encoding, sms.units, sms.parts)
    }

    #[test]
    fn counts_as_the_networks_do() {
        use Encoding::{Gsm7, Ucs2};
        assert_eq!(parts(&"a".repeat(160)), (Gsm7, 160, 1));
        assert_eq!(parts(&"a".repeat(161)), (Gsm7, 161, 2));
        assert_eq!(parts(&"a".repeat(306)), (Gsm7, 306, 2));
        assert_eq!(parts(&"a".repeat(307)), (Gsm7, 307, 3));
        assert_eq!(parts("Eén € é"), (Gsm7, 8, 1));
        assert_eq!(parts("ë"), (Ucs2, 1, 1));
        assert_eq!(parts(&"ë".repeat(71)), (Ucs2, 71, 2));
        assert_eq!(parts("😀"), (Ucs2, 2, 1));
        assert_eq!(parts(""), (Gsm7, 0, 1));
        // The euro sign of two septets does not fit in the last place of the first message.
        assert_eq!(parts(&format!("{}€{}", "a".repeat(152), "a".repeat(152))), (Gsm7, 306, 3));
    }

    #[test]
    fn typographic_signs_do_not_double_the_price() {
        assert_eq!(simplified("‘zo’ – “nu”…"), "'zo' - \"nu\"...");
    }
}
