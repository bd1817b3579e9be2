//! A code to scan with a telephone.

use qrcodegen::{QrCode, QrCodeEcc};

/// Which squares of a code are dark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Squares along one side.
    pub squares: i32,
    dark: Vec<bool>,
}

impl Code {
    /// Of an address on the web; `None` for any other, and for one too long to be scanned from paper.
    pub fn of(url: &str) -> Option<Self> {
        const BYTES_MAX: usize = 300;
        if !(url.starts_with("https://") || url.starts_with("http://")) || url.len() > BYTES_MAX {
            return None;
        }
        let code = QrCode::encode_text(url, QrCodeEcc::Medium).ok()?;
        let squares = code.size();
        let dark = (0..squares).flat_map(|y| (0..squares).map(move |x| (x, y))).map(|(x, y)| code.get_module(x, y));
        Some(Self { squares, dark: dark.collect() })
    }

    /// The dark stretches: column, row and length.
    pub fn dark(&self) -> Vec<(i32, i32, i32)> {
        let mut stretches: Vec<(i32, i32, i32)> = Vec::new();
        let all = (0..self.squares).flat_map(|y| (0..self.squares).map(move |x| (x, y)));
        for ((x, y), _) in all.zip(&self.dark).filter(|(_, dark)| **dark) {
            match stretches.last_mut() {
                Some((column, row, length)) if *row == y && *column + *length == x => *length += 1,
                _ => stretches.push((x, y, 1)),
            }
        }
        stretches
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_telephone_opens_has_a_code() {
        assert!(Code::of("https://mijn.rijnoever.nl/a/K7Q2").is_some_and(|code| code.dark().len() > 100));
        assert_eq!(Code::of("tel:0301234567"), None);
        assert_eq!(Code::of(&format!("https://x.nl/{}", "a".repeat(300))), None);
    }
}
