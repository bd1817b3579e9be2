//! A body as blocks. Markdown is read here, once; HTML, text and print are written from the same blocks.

use std::iter::Peekable;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};
use words::paper::{Block, Inline};

use crate::{
    RenderError,
    limits::NESTING_MAX,
    template::{Piece, is_mask, pieces, plain},
};

/// A line that closes a letter ("Met vriendelijke groet,") is at most this long.
const CLOSING_CHARS_MAX: usize = 40;

/// Reads filled Markdown whose values are still masked. HTML in it is text; images are their description.
pub(crate) fn read(markdown: &str) -> Result<Vec<Block>, RenderError> {
    let mut depth = 0usize;
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        // A list is two levels, and one paragraph with one emphasis lies within.
        if depth > 2 * NESTING_MAX + 2 {
            return Err(RenderError::TooDeep);
        }
    }
    let mut reader = Reader { events: Parser::new_ext(markdown, Options::empty()).peekable() };
    Ok(reader.blocks())
}

/// The text of inlines, without marks.
pub(crate) fn inline_text(inlines: &[Inline]) -> String {
    let texts = inlines.iter().map(|inline| match inline {
        Inline::Text(text) => text.clone(),
        Inline::Strong(inner) | Inline::Emphasis(inner) => inline_text(inner),
        Inline::Link { label, .. } => label.clone(),
        Inline::Break => "\n".to_owned(),
    });
    texts.collect()
}

struct Reader<'a> {
    events: Peekable<Parser<'a>>,
}

impl<'a> Reader<'a> {
    /// Blocks up to the end that closes them.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        loop {
            match self.events.peek() {
                None => return blocks,
                Some(Event::End(_)) => {
                    self.events.next();
                    return blocks;
                }
                Some(Event::Start(tag)) if is_inline(tag) => blocks.push(Block::Paragraph(self.loose())),
                Some(Event::Start(_)) => {
                    if let Some(Event::Start(tag)) = self.events.next() {
                        blocks.extend(self.block(&tag));
                    }
                }
                Some(Event::Rule) => {
                    self.events.next();
                    blocks.push(Block::Rule);
                }
                // The items of a tight list hold text without a paragraph.
                Some(_) => blocks.push(Block::Paragraph(self.loose())),
            }
        }
    }

    fn block(&mut self, tag: &Tag<'a>) -> Option<Block> {
        match tag {
            Tag::Heading { level, .. } => {
                let inlines = self.inlines();
                Some(if *level <= HeadingLevel::H6 { Block::Heading(inlines) } else { Block::Paragraph(inlines) })
            }
            Tag::List(start) => {
                let mut items = Vec::new();
                while let Some(Event::Start(Tag::Item)) = self.events.next() {
                    items.push(self.blocks());
                }
                Some(Block::List { start: *start, items })
            }
            Tag::BlockQuote(_) => Some(Block::Quote(self.blocks())),
            Tag::CodeBlock(_) => Some(Block::Code(inline_text(&self.inlines()).trim_end().to_owned())),
            _ => {
                let inlines = self.inlines();
                match inlines.as_slice() {
                    [] => None,
                    [Inline::Link { label, url }] if label != url => {
                        Some(Block::Button { label: label.clone(), url: url.clone() })
                    }
                    _ => Some(Block::Paragraph(inlines)),
                }
            }
        }
    }

    /// Inlines up to the end that closes them, which is taken.
    fn inlines(&mut self) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some(event) = self.events.next() {
            if matches!(event, Event::End(_)) {
                break;
            }
            self.inline(event, &mut inlines);
        }
        tidy(inlines)
    }

    /// Inlines without a paragraph around them, up to a block or the end around them, which stays.
    fn loose(&mut self) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some(event) = self.events.next_if(|event| match event {
            Event::End(_) | Event::Rule => false,
            Event::Start(tag) => is_inline(tag),
            _ => true,
        }) {
            self.inline(event, &mut inlines);
        }
        tidy(inlines)
    }

    fn inline(&mut self, event: Event<'a>, out: &mut Vec<Inline>) {
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => push_text(&text, out),
            Event::Code(text) => out.push(Inline::Text(plain(&text))),
            Event::SoftBreak if closes_letter(out) => out.push(Inline::Break),
            Event::SoftBreak => push_text(" ", out),
            Event::HardBreak => out.push(Inline::Break),
            Event::Start(Tag::Strong) => out.push(Inline::Strong(self.inlines())),
            Event::Start(Tag::Emphasis) => out.push(Inline::Emphasis(self.inlines())),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let label = inline_text(&self.inlines());
                match address(&dest_url) {
                    Some(url) if !label.trim().is_empty() => out.push(Inline::Link { label, url }),
                    _ => out.push(Inline::Text(label)),
                }
            }
            Event::Start(_) => out.extend(self.inlines()),
            _ => {}
        }
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough)
}

/// Words and values become text; the address of a link of ours becomes a link.
fn push_text(text: &str, out: &mut Vec<Inline>) {
    for piece in pieces(text) {
        let text = match piece {
            Piece::Link(url) if has_safe_scheme(&url) => {
                out.push(Inline::Link { label: url.clone(), url });
                continue;
            }
            Piece::Words(text) | Piece::Value(text) | Piece::Link(text) => text,
        };
        match out.last_mut() {
            Some(Inline::Text(before)) => before.push_str(&text),
            _ => out.push(Inline::Text(text)),
        }
    }
}

/// The closing of a letter keeps its line end: "Groet," and then the name.
fn closes_letter(inlines: &[Inline]) -> bool {
    let line = inline_text(inlines);
    !line.contains('\n') && line.ends_with(',') && line.chars().count() <= CLOSING_CHARS_MAX
}

/// Without line ends and spaces at either side.
fn tidy(mut inlines: Vec<Inline>) -> Vec<Inline> {
    let is_blank = |inline: Option<&Inline>| match inline {
        Some(Inline::Text(text)) => text.trim().is_empty(),
        Some(Inline::Break) => true,
        _ => false,
    };
    while is_blank(inlines.last()) {
        inlines.pop();
    }
    let blank = inlines.iter().take_while(|inline| is_blank(Some(inline))).count();
    inlines.drain(..blank);
    inlines
}

/// The address behind a link: ours as it is; the writer's with values in it percent-encoded. `None` when it is not safe, as
/// when a value stands where the site belongs.
pub(crate) fn address(masked: &str) -> Option<String> {
    let parts = pieces(masked);
    if let [Piece::Link(url)] = parts.as_slice() {
        return has_safe_scheme(url).then(|| url.clone());
    }
    let words = masked.split(is_mask).next().unwrap_or_default();
    let site_is_ours = match words.split_once("://") {
        Some((_, rest)) => !masked.contains(is_mask) || rest.contains('/'),
        None => words.contains(':'),
    };
    let mut url = String::new();
    for piece in parts {
        match piece {
            Piece::Words(text) => url.push_str(&text),
            Piece::Value(text) if words.starts_with("tel:") => {
                url.extend(text.chars().filter(|c| c.is_ascii_digit() || *c == '+'))
            }
            Piece::Value(text) | Piece::Link(text) => url.push_str(&percent_encoded(&text)),
        }
    }
    (site_is_ours && has_safe_scheme(&url)).then_some(url)
}

/// Whether an address is of a kind that a message may hold.
pub(crate) fn has_safe_scheme(url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let spaced = url.chars().any(|c| c.is_whitespace() || c.is_control());
    url.contains(':') && !spaced && matches!(scheme.as_str(), "https" | "http" | "mailto" | "tel")
}

/// RFC 3986: everything but the unreserved characters.
fn percent_encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Whether an address may stand behind a link: of a site, a mail address or a telephone number.
pub fn is_safe_address(url: &str) -> bool {
    let rest = url.split_once(':').map_or("", |(_, rest)| rest.trim_start_matches('/'));
    has_safe_scheme(url) && !rest.is_empty() && !url.chars().any(|c| c.is_whitespace() || c.is_control() || is_mask(c))
}

/// Addresses that the writer wrote and that would not become a link, as they stand in the Markdown of a template.
pub(crate) fn unsafe_addresses(markdown: &str) -> Vec<String> {
    let links = Parser::new_ext(markdown, Options::empty()).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url),
        _ => None,
    });
    links.filter(|url| address(url).is_none()).map(|url| plain(&url)).collect()
}
