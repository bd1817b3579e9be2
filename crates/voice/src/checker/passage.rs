use std::ops::Range;

use words::Language;

use super::aside;

/// Bytes of a text that are looked at; what follows is left alone.
pub const PASSAGE_BYTES_MAX: usize = 256 * 1024;

/// The language that a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// Dutch, of the Netherlands and of Flanders.
    Dutch,
    /// English.
    English,
    /// German.
    German,
}

impl From<Language> for Tongue {
    fn from(language: Language) -> Self {
        match language {
            Language::Nl => Self::Dutch,
            Language::En => Self::English,
        }
    }
}

/// Whose words a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The writer's.
    Writer,
    /// A value's: a title, a name, a date from data.
    Data,
    /// Somebody's who is quoted, or of a title.
    Quoted,
    /// An address or code.
    Code,
}

/// A text with, for every part of it, whose words it is and where it stands in its source.
#[derive(Clone, Debug)]
pub struct Passage {
    pub(crate) text: String,
    pub(crate) tongue: Tongue,
    owners: Vec<Owner>,
    /// Where a piece begins: in the text and in the source.
    places: Vec<(usize, usize)>,
}

impl Passage {
    /// A text of which every word is the writer's, as one pastes it.
    pub fn plain(text: &str, tongue: Tongue) -> Self {
        Self::with_data(text, &[], tongue)
    }

    /// A text of which some spans (in bytes) came from data. Spans beyond the text or within a character are stretched to whole
    /// characters.
    pub fn with_data(text: &str, data: &[Range<usize>], tongue: Tongue) -> Self {
        let mut draft = Draft::new(tongue);
        draft.push(text, Owner::Writer, 0);
        for span in data {
            let from = draft.text.floor_char_boundary(span.start);
            let to = draft.text.ceil_char_boundary(span.end.min(draft.text.len()));
            draft.set(from..to, Owner::Data);
        }
        draft.finish()
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The language.
    pub fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// Whose words stand there: those of the first byte of a range.
    pub(crate) fn owner(&self, at: usize) -> Owner {
        self.owners.get(at).copied().unwrap_or(Owner::Writer)
    }

    /// The bytes of the source that a range of the text came from. Between two pieces of text this is where the first stands.
    pub fn in_source(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let index = self.places.partition_point(|(text, _)| *text <= at).saturating_sub(1);
            self.places.get(index).map_or(at, |(text, source)| source + at.saturating_sub(*text))
        };
        let from = place(range.start);
        let last = place(range.end.saturating_sub(1).max(range.start));
        from..(last + usize::from(range.end > range.start)).max(from)
    }
}

/// A passage that is being put together.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) text: String,
    tongue: Tongue,
    owners: Vec<Owner>,
    places: Vec<(usize, usize)>,
}

impl Draft {
    pub(crate) fn new(tongue: Tongue) -> Self {
        Self { text: String::new(), tongue, owners: Vec::new(), places: Vec::new() }
    }

    /// Adds a piece that stands at a byte of the source.
    pub(crate) fn push(&mut self, piece: &str, owner: Owner, source: usize) {
        let room = PASSAGE_BYTES_MAX.saturating_sub(self.text.len());
        let piece = &piece[..piece.floor_char_boundary(room)];
        self.places.push((self.text.len(), source));
        self.text.push_str(piece);
        self.owners.resize(self.text.len(), owner);
    }

    /// A space, a line end or an empty line, unless there is one already.
    pub(crate) fn gap(&mut self, gap: &str, source: usize) {
        let has = match gap {
            " " => self.text.ends_with(char::is_whitespace),
            _ => self.text.ends_with(gap),
        };
        if !has && !self.text.is_empty() {
            self.push(gap, Owner::Writer, source);
        }
    }

    pub(crate) fn set(&mut self, range: Range<usize>, owner: Owner) {
        let end = range.end.min(self.owners.len());
        for slot in self.owners.get_mut(range.start.min(end)..end).into_iter().flatten() {
            // What a value says stays a value within a quotation.
            if *slot != Owner::Data {
                *slot = owner;
            }
        }
    }

    /// Finds what is quoted, and is done.
    pub(crate) fn finish(mut self) -> Passage {
        for (range, owner) in aside::found(&self.text, self.tongue) {
            self.set(range, owner);
        }
        Passage { text: self.text, tongue: self.tongue, owners: self.owners, places: self.places }
    }
}
