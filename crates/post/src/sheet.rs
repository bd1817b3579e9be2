//! What stands where on the pages of one letter or card.

use faces::Face;
use words::Language;

use crate::{code::Code, wrap::Piece};

/// What something is, for who has the document read aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Paragraph,
    /// The subject.
    Title,
    /// A heading in the text, with its words.
    Heading(String),
    /// The mark before an item of a list.
    Label,
    /// An item of a list.
    Item,
    Quote,
    Code,
    /// A picture, with the words for it.
    Picture(String),
}

/// A mark on a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mark {
    /// A line of text; `y` is its base.
    Text { x: f64, y: f64, size: f64, pieces: Vec<Piece> },
    /// A line across.
    Rule { x: f64, y: f64, width: f64, thick: f64 },
    /// A code to scan, in a square of `side`.
    Code { x: f64, y: f64, side: f64, code: Code },
}

/// A mark with what it belongs to: a place in [`Laid::elements`]; `None`: it only looks good.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub(crate) element: Option<usize>,
    pub(crate) mark: Mark,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sheet {
    pub(crate) items: Vec<Item>,
}

/// A letter or card on its pages.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Laid {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) language: Language,
    /// What it is called in the list of contents.
    pub(crate) title: String,
    /// In the order in which they are read.
    pub(crate) elements: Vec<Role>,
    pub(crate) sheets: Vec<Sheet>,
}

impl Laid {
    pub(crate) fn new((width, height): (f64, f64), language: Language, title: String) -> Self {
        Self { width, height, language, title, elements: Vec::new(), sheets: vec![Sheet::default()] }
    }

    /// Begins something; its marks follow.
    pub(crate) fn begin(&mut self, role: Role) -> Option<usize> {
        self.elements.push(role);
        Some(self.elements.len() - 1)
    }

    /// Puts a mark on the last page.
    pub(crate) fn put(&mut self, element: Option<usize>, mark: Mark) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.items.push(Item { element, mark });
        }
    }

    /// A line of plain text.
    pub(crate) fn line(&mut self, element: Option<usize>, text: &str, face: Face, (x, y, size): (f64, f64, f64)) {
        let pieces = vec![Piece { x: 0.0, text: crate::ink::clean(text), face }];
        self.put(element, Mark::Text { x, y, size, pieces });
    }

    /// Lines that belong together, under each other, each with a space behind it for who copies them.
    pub(crate) fn lines(&mut self, lines: &[String], (x, y, size): (f64, f64, f64), leading: f64) {
        let element = self.begin(Role::Paragraph);
        for (place, text) in lines.iter().enumerate() {
            let text = if place + 1 < lines.len() { format!("{text} ") } else { text.clone() };
            self.line(element, &text, Face::Regular, (x, y + leading * place as f64, size));
        }
    }
}
