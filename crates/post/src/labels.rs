//! Addresses on sheets of labels: three beside each other and seven below, of 63.5 by 38.1 mm (the format that shops call L7160).

use faces::{Face, width};
use words::{Language, paper::Letter};

use crate::{
    Cause, LETTERS_MAX, Trouble,
    measure::mm,
    pdf,
    sheet::{Laid, Sheet},
};

const PAGE: (f64, f64) = (mm(210.0), mm(297.0));
const ACROSS: usize = 3;
const ON_SHEET: usize = 21;
const FIRST: (f64, f64) = (mm(7.2), mm(15.1));
const STEP: (f64, f64) = (mm(66.0), mm(38.1));
const INSIDE: f64 = mm(5.0);
const ROOM: f64 = mm(63.5) - 2.0 * INSIDE;

/// The addresses of letters and cards on labels, in their order.
pub fn labels(letters: &[Letter], language: Language, title: &str) -> Result<Vec<u8>, Trouble> {
    if letters.len() > LETTERS_MAX {
        return Err(Trouble { letter: LETTERS_MAX, cause: Cause::TooMany });
    }
    let mut laid = Laid::new(PAGE, language, title.to_owned());
    for (place, letter) in letters.iter().enumerate() {
        crate::ink::printable(letter).map_err(|cause| Trouble { letter: place, cause })?;
        if place > 0 && place % ON_SHEET == 0 {
            laid.sheets.push(Sheet::default());
        }
        let on = place % ON_SHEET;
        let (column, row) = ((on % ACROSS) as f64, (on / ACROSS) as f64);
        let widest = letter.to.iter().map(|line| width(line, Face::Regular, 1.0)).fold(1.0, f64::max);
        let size = (ROOM / widest).min(10.0);
        let at = (FIRST.0 + column * STEP.0 + INSIDE, FIRST.1 + row * STEP.1 + mm(12.0), size);
        laid.lines(&letter.to, at, 13.5);
    }
    pdf::write(&[laid], title).map_err(|cause| Trouble { letter: 0, cause })
}
