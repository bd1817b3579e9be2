//! Lets blocks flow down the pages.

use faces::{Face, width};
use words::paper::{Block, Inline, short_address};

use crate::{
    Cause,
    code::Code,
    ink::{self, Run},
    measure::{Type, mm},
    sheet::{Laid, Mark, Role, Sheet},
    wrap::{Piece, wrap},
};

/// The side of a code.
const CODE: f64 = mm(22.0);
/// How far items, quotations and what they hold stand in.
const INDENT: f64 = 16.0;

/// Where text may stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) x: f64,
    pub(crate) width: f64,
    /// The top of further pages.
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    pub(crate) pages_max: usize,
    pub(crate) full: fn() -> Cause,
}

/// A place on the last page, and how to go on.
pub(crate) struct Flow<'a> {
    pub(crate) laid: &'a mut Laid,
    pub(crate) column: Column,
    pub(crate) body: Type,
    /// Where the next line begins: its top.
    pub(crate) y: f64,
    inset: f64,
    role: Option<Role>,
}

impl<'a> Flow<'a> {
    pub(crate) fn new(laid: &'a mut Laid, column: Column, body: Type, y: f64) -> Self {
        Self { laid, column, body, y, inset: 0.0, role: None }
    }

    /// Every block, with room between them.
    pub(crate) fn blocks(&mut self, blocks: &[Block]) -> Result<(), Cause> {
        for (place, block) in blocks.iter().enumerate() {
            if place > 0 {
                self.y += self.body.leading * 0.55;
            }
            self.block(block)?;
        }
        Ok(())
    }

    fn block(&mut self, block: &Block) -> Result<(), Cause> {
        match block {
            Block::Paragraph(inlines) => self.paragraph(inlines, Face::Regular),
            Block::Heading(inlines) => {
                self.room(3.0 * self.body.leading)?;
                self.y += self.body.leading * 0.4;
                let runs = ink::runs(inlines, Face::SemiBold);
                let words = runs.iter().map(|run| run.text.as_str()).collect();
                self.text(Role::Heading(words), &runs, self.body)
            }
            Block::Button { label, url } => self.button(label, url),
            Block::List { start, items } => self.list(*start, items),
            Block::Quote(inner) => self.within(Role::Quote, inner),
            Block::Code(text) => self.text(Role::Code, &[Run::new(text, Face::Regular)], self.body),
            Block::Rule => {
                self.room(self.body.leading)?;
                let (x, y) = (self.x(), self.y + self.body.leading / 2.0);
                self.laid.put(None, Mark::Rule { x, y, width: self.width(), thick: 0.5 });
                self.y += self.body.leading;
                Ok(())
            }
        }
    }

    fn paragraph(&mut self, inlines: &[Inline], face: Face) -> Result<(), Cause> {
        let role = self.role.clone().unwrap_or(Role::Paragraph);
        self.text(role, &ink::runs(inlines, face), self.body)
    }

    /// Lines of one element; at least two of a longer one stay together.
    pub(crate) fn text(&mut self, role: Role, runs: &[Run], kind: Type) -> Result<(), Cause> {
        let element = self.laid.begin(role);
        let lines = wrap(runs, kind.size, self.width());
        let count = lines.len();
        for (place, line) in lines.into_iter().enumerate() {
            let together = if place == 0 && count > 1 || place + 2 == count && count > 3 { 2.0 } else { 1.0 };
            self.room(kind.leading * together)?;
            self.put(element, line, kind);
        }
        Ok(())
    }

    fn put(&mut self, element: Option<usize>, pieces: Vec<Piece>, kind: Type) {
        let y = self.y + kind.leading * 0.5 + kind.size * 0.36;
        if !pieces.is_empty() {
            self.laid.put(element, Mark::Text { x: self.x(), y, size: kind.size, pieces });
        }
        self.y += kind.leading;
    }

    /// A code with its words beside it; an address that has none is printed behind its words.
    fn button(&mut self, label: &str, url: &str) -> Result<(), Cause> {
        let address = short_address(url);
        let Some(code) = Code::of(url) else {
            let text = format!("{label}: {address}");
            return self.paragraph(&[Inline::Text(text)], Face::Regular);
        };
        self.room(CODE)?;
        let (top, side, shift) = (self.y, CODE, CODE + 12.0);
        let picture = self.laid.begin(Role::Picture(address.to_owned()));
        self.laid.put(picture, Mark::Code { x: self.x(), y: top, side, code });
        let words = [Run::new(label, Face::SemiBold), Run::new(&format!("\n{address}"), Face::Regular)];
        self.inset += shift;
        let lines = wrap(&words, self.body.size, self.width()).len() as f64;
        self.y = top + ((side - lines * self.body.leading) / 2.0).max(0.0);
        let said = self.text(Role::Paragraph, &words, self.body);
        self.inset -= shift;
        self.y = self.y.max(top + side);
        said
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>]) -> Result<(), Cause> {
        for (place, item) in items.iter().enumerate() {
            let mark = start.map_or_else(|| "•".to_owned(), |start| format!("{}.", start.saturating_add(place as u64)));
            self.room(self.body.leading)?;
            let label = self.laid.begin(Role::Label);
            let y = self.y + self.body.leading * 0.5 + self.body.size * 0.36;
            self.laid.line(label, &format!("{mark} "), Face::Regular, (self.x(), y, self.body.size));
            let inset = INDENT.max(width(&mark, Face::Regular, self.body.size) + 6.0);
            self.inset += inset;
            let before = self.role.replace(Role::Item);
            let done = self.blocks(item);
            self.role = before;
            self.inset -= inset;
            done?;
        }
        Ok(())
    }

    fn within(&mut self, role: Role, inner: &[Block]) -> Result<(), Cause> {
        self.inset += INDENT;
        let before = self.role.replace(role);
        let done = self.blocks(inner);
        self.role = before;
        self.inset -= INDENT;
        done
    }

    /// Goes to the next page when less than this is left.
    fn room(&mut self, height: f64) -> Result<(), Cause> {
        if self.y + height <= self.column.bottom || self.y <= self.column.top {
            return Ok(());
        }
        if self.laid.sheets.len() >= self.column.pages_max {
            return Err((self.column.full)());
        }
        self.laid.sheets.push(Sheet::default());
        self.y = self.column.top;
        Ok(())
    }

    fn x(&self) -> f64 {
        self.column.x + self.inset
    }

    /// Something is always left, however deep it stands.
    fn width(&self) -> f64 {
        (self.column.width - self.inset).max(mm(30.0))
    }
}
