//! Writes blocks as plain text: the text part of a mail, the words for a person, WhatsApp with its own marks.

use words::paper::{Block, Inline};

use crate::html::shown;

/// Which marks the text may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marks {
    /// None.
    None,
    /// `*strong*` and `_emphasis_`, as WhatsApp shows them.
    Whatsapp,
}

impl Marks {
    /// Blocks with an empty line between them.
    pub(crate) fn blocks(self, blocks: &[Block]) -> String {
        blocks.iter().map(|block| self.block(block)).collect::<Vec<_>>().join("\n\n")
    }

    fn block(self, block: &Block) -> String {
        match block {
            Block::Paragraph(inlines) | Block::Heading(inlines) => self.inlines(inlines),
            Block::Button { label, url } => format!("{label}: {}", shown(url)),
            Block::Quote(inner) => indented(&self.blocks(inner), "> ", "> "),
            Block::Code(text) => text.clone(),
            Block::Rule => "--".to_owned(),
            Block::List { start, items } => {
                let items = items.iter().zip(0..).map(|(item, index)| {
                    let mark =
                        start.map_or_else(|| "- ".to_owned(), |start| format!("{}. ", start.saturating_add(index)));
                    indented(&self.blocks(item), &mark, &" ".repeat(mark.len()))
                });
                items.collect::<Vec<_>>().join("\n")
            }
        }
    }

    fn inlines(self, inlines: &[Inline]) -> String {
        let parts = inlines.iter().map(|inline| match (inline, self) {
            (Inline::Text(text), Self::Whatsapp) => unmarked(text),
            (Inline::Text(text), Self::None) => text.clone(),
            (Inline::Strong(inner), Self::Whatsapp) => format!("*{}*", self.inlines(inner)),
            (Inline::Emphasis(inner), Self::Whatsapp) => format!("_{}_", self.inlines(inner)),
            (Inline::Strong(inner) | Inline::Emphasis(inner), Self::None) => self.inlines(inner),
            (Inline::Link { label, url }, _) if label == url || label == shown(url) => label.clone(),
            (Inline::Link { label, url }, _) => format!("{label} ({})", shown(url)),
            (Inline::Break, _) => "\n".to_owned(),
        });
        parts.collect()
    }
}

/// Signs that WhatsApp would take for marks, as signs that look the same. An underscore only marks at the edge of a word and
/// belongs to addresses, so it stays.
pub(crate) fn unmarked(text: &str) -> String {
    text.replace('*', "∗").replace('~', "∼").replace('`', "'")
}

fn indented(text: &str, first: &str, rest: &str) -> String {
    let lines = text.lines().enumerate().map(|(index, line)| {
        let line = format!("{}{line}", if index == 0 { first } else { rest });
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}
