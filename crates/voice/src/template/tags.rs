//! Finds the tags of a template and the tokens in them, with their place.

use std::ops::Range;

use crate::{FaultKind, limits::TAG_BYTES_MAX};

/// One token within a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// A name with its dots: `appointment.start`.
    Name(&'a str),
    /// A text between quotes, without them.
    Text(&'a str),
    /// Digits, with or without a fraction.
    Number,
    /// Anything else that is allowed.
    Sign(&'a str),
}

/// One tag of a template.
#[derive(Clone, Debug)]
pub(crate) struct Tag<'a> {
    /// Its bytes, brackets included.
    pub(crate) range: Range<usize>,
    /// Whether it is `{% … %}`.
    pub(crate) statement: bool,
    /// What is in it, each with its first byte.
    pub(crate) tokens: Vec<(Token<'a>, usize)>,
}

/// Two signs go before one.
const SIGNS: &[&str] = &["==", "!=", "<=", ">=", "<", ">", "|", "(", ")", ","];

/// Every tag in order. What is wrong comes with the byte where it stands, and ends the reading.
pub(crate) fn tags(source: &str) -> (Vec<Tag<'_>>, Option<(usize, FaultKind)>) {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = next_tag(source, at) {
        let open = &source[start..start + 2];
        if open == "{#" {
            let Some(end) = source[start..].find("#}") else {
                return (tags, Some((start, FaultKind::TagOpen)));
            };
            at = start + end + 2;
            tags.push(Tag { range: start..at, statement: true, tokens: Vec::new() });
            continue;
        }
        let close = if open == "{{" { "}}" } else { "%}" };
        match tokens(source, start + 2, close) {
            Ok((tokens, end)) => {
                tags.push(Tag { range: start..end, statement: open == "{%", tokens });
                at = end;
            }
            Err(fault) => return (tags, Some(fault)),
        }
    }
    (tags, None)
}

/// The first byte of the next tag.
fn next_tag(source: &str, at: usize) -> Option<usize> {
    let brackets = source[at..].match_indices('{').map(|(found, _)| at + found);
    brackets.into_iter().find(|start| matches!(source.as_bytes().get(start + 1), Some(b'{' | b'%' | b'#')))
}

type Tokens<'a> = (Vec<(Token<'a>, usize)>, usize);

fn tokens<'a>(source: &'a str, start: usize, close: &str) -> Result<Tokens<'a>, (usize, FaultKind)> {
    let mut tokens = Vec::new();
    let mut at = start;
    if source[at..].starts_with(['-', '+']) {
        at += 1;
    }
    loop {
        let rest = &source[at..];
        let trimmed = rest.strip_prefix('-').filter(|rest| rest.starts_with(close));
        if let Some(rest) = trimmed.or(Some(rest)).filter(|rest| rest.starts_with(close)) {
            return Ok((tokens, source.len() - rest.len() + close.len()));
        }
        if at - start > TAG_BYTES_MAX {
            return Err((start, FaultKind::TagTooLong));
        }
        let Some(c) = rest.chars().next() else {
            return Err((start, FaultKind::TagOpen));
        };
        let (token, length) = if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        } else if c == '\'' || c == '"' {
            let end = rest[1..].find(c).ok_or((start, FaultKind::TagOpen))?;
            (Token::Text(&rest[1..=end]), end + 2)
        } else if c.is_alphabetic() || c == '_' {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len());
            (Token::Name(&rest[..end]), end)
        } else if c.is_ascii_digit() {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
            (Token::Number, end)
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            (Token::Sign(sign), sign.len())
        } else if rest.contains(close) {
            return Err((at, FaultKind::SignNotAllowed { sign: c.to_string() }));
        } else {
            return Err((start, FaultKind::TagOpen));
        };
        tokens.push((token, at));
        at += length;
    }
}
