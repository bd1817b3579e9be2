//! Markdown as a passage: its words without its marks. Quotations, code and titles in italics are not the writer's.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::passage::{Draft, Owner};

/// A line that closes a letter is at most this long: "Met vriendelijke groet,".
const CLOSING_CHARS_MAX: usize = 40;

/// Reads Markdown into a draft. `text` adds a piece of text, given with its bytes in the Markdown.
pub(super) fn read(markdown: &str, draft: &mut Draft, mut text: impl FnMut(&mut Draft, &str, Range<usize>)) {
    let (mut quoted, mut stressed) = (Vec::new(), Vec::new());
    for (event, range) in Parser::new_ext(markdown, Options::empty()).into_offset_iter() {
        match event {
            Event::Text(piece) | Event::Html(piece) | Event::InlineHtml(piece) => text(draft, &piece, range),
            Event::Code(piece) => draft.push(&piece, Owner::Code, range.start),
            Event::SoftBreak if closes_line(&draft.text) => draft.gap("\n", range.start),
            Event::SoftBreak => draft.gap(" ", range.start),
            Event::HardBreak => draft.gap("\n", range.start),
            Event::Rule => draft.gap("\n\n", range.start),
            Event::Start(Tag::Emphasis) => stressed.push(draft.text.len()),
            Event::End(TagEnd::Emphasis) => {
                let from = stressed.pop().unwrap_or(draft.text.len());
                if is_title(&draft.text, from) {
                    draft.set(from..draft.text.len(), Owner::Quoted);
                }
            }
            Event::Start(tag) if is_block(&tag.to_end()) => {
                draft.gap("\n\n", range.start);
                if matches!(tag, Tag::BlockQuote(_) | Tag::CodeBlock(_)) {
                    quoted.push(draft.text.len());
                }
            }
            Event::End(tag) if is_block(&tag) => {
                if matches!(tag, TagEnd::BlockQuote(_) | TagEnd::CodeBlock) {
                    let from = quoted.pop().unwrap_or(draft.text.len());
                    draft.set(from..draft.text.len(), Owner::Quoted);
                }
                draft.gap("\n\n", range.end);
            }
            _ => {}
        }
    }
}

fn is_block(tag: &TagEnd) -> bool {
    !matches!(tag, TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image | TagEnd::Strikethrough)
}

fn closes_line(text: &str) -> bool {
    // Only the end of a long text is looked at.
    let tail = &text[text.floor_char_boundary(text.len().saturating_sub(4 * CLOSING_CHARS_MAX + 1))..];
    let line = tail.rsplit('\n').next().unwrap_or_default();
    line.ends_with(',') && line.chars().count() <= CLOSING_CHARS_MAX
}

/// Words in italics that begin with a capital in the middle of a sentence: a title. One word is only stressed.
fn is_title(text: &str, from: usize) -> bool {
    let words = text[from..].split_whitespace().count();
    let capital = text[from..].starts_with(char::is_uppercase);
    let before = text[..from].trim_end();
    words >= 2 && capital && before.ends_with(|c: char| c.is_alphanumeric() || c == ',')
}
