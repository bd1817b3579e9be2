//! Letters and cards on paper: laid out for a window envelope, and written as a PDF that any program opens, whose text can be
//! copied and read aloud (PDF/UA-1), with its fonts inside. Pure: plain data in, bytes out, the same bytes each time.

mod card;
mod code;
mod flow;
mod ink;
mod labels;
mod letter;
mod measure;
mod pdf;
mod sheet;
mod trouble;
mod wrap;

use words::paper::Letter;

pub use code::Code;
pub use labels::labels;
pub use trouble::{Cause, Trouble};

/// Letters or cards in one PDF.
pub const LETTERS_MAX: usize = 500;
/// Pages of one letter.
pub const PAGES_MAX: usize = 8;

/// On which side of the envelope the window is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Window {
    /// As on most envelopes C5/6 and C5, and DIN 5008 B.
    #[default]
    Left,
    /// As on the Dutch envelopes "venster rechts".
    Right,
}

impl Window {
    /// Reads `left` and `right`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "left" => Some(Self::Left),
            "right" => Some(Self::Right),
            _ => None,
        }
    }
}

/// Pages that a letter or card takes, and nothing else of it; why it cannot be printed.
pub fn pages(letter: &Letter, window: Window) -> Result<usize, Cause> {
    laid_out(letter, window).map(|laid| laid.sheets.len())
}

/// Prints letters, or cards, one after the other. Each starts on a page of its own and, so that printing on both sides goes well,
/// on a sheet of its own. `title` is what the document is called. What cannot be printed is named, and nothing is printed then.
pub fn print(letters: &[Letter], window: Window, title: &str) -> Result<Vec<u8>, Trouble> {
    if letters.len() > LETTERS_MAX {
        return Err(Trouble { letter: LETTERS_MAX, cause: Cause::TooMany });
    }
    let mut laid = Vec::with_capacity(letters.len());
    for (place, letter) in letters.iter().enumerate() {
        laid.push(laid_out(letter, window).map_err(|cause| Trouble { letter: place, cause })?);
    }
    pdf::write(&laid, title).map_err(|cause| Trouble { letter: 0, cause })
}

fn laid_out(letter: &Letter, window: Window) -> Result<sheet::Laid, Cause> {
    ink::printable(letter)?;
    if letter.card { card::lay_out(letter) } else { letter::lay_out(letter, window) }
}
