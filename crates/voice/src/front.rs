//! The head of a message file, with the place of every value, so that one value can be replaced and the rest stays.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::{Fault, FaultKind, Field, field::is_question_name, limits::QUESTIONS_MAX};

/// One value of the head.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// What it fills.
    pub(crate) field: Field,
    /// Its text, without quotes.
    pub(crate) value: String,
    /// Line of the file, from 1, on which the value starts.
    pub(crate) line: usize,
    /// Bytes of its key in the file.
    pub(crate) key: Range<usize>,
    /// Bytes of its value in the file, quotes included.
    pub(crate) span: Range<usize>,
}

/// The parts of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Front {
    /// Every value, in the order of the text.
    pub(crate) entries: Vec<Entry>,
    /// Bytes of the key `questions`.
    pub(crate) questions: Option<Range<usize>>,
    /// Bytes between the two `---` lines; `None` without a head.
    pub(crate) head: Option<Range<usize>>,
    /// The byte at which the body starts.
    pub(crate) body: usize,
}

impl Front {
    pub(crate) fn entry(&self, field: &Field) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.field == *field)
    }
}

/// Splits a file and reads its head. Collects every fault it can.
pub(crate) fn read(source: &str) -> Result<Front, Vec<Fault>> {
    let head = match split(source) {
        Ok(Some((head, body))) => (head, body),
        Ok(None) => return Ok(Front::default()),
        Err(fault) => return Err(vec![fault]),
    };
    let mut reader = Reader {
        source,
        offset: head.0.start,
        chars: source[head.0.clone()].char_indices().map(|(at, _)| at).collect(),
        end: head.0.len(),
        front: Front { head: Some(head.0.clone()), body: head.1, ..Front::default() },
        faults: Vec::new(),
    };
    reader.read(&source[head.0]);
    if reader.faults.is_empty() { Ok(reader.front) } else { Err(reader.faults) }
}

/// The bytes of the head and the start of the body; `None` when the file does not open with `---`.
fn split(source: &str) -> Result<Option<(Range<usize>, usize)>, Fault> {
    let is_fence = |line: &str| line.trim_end() == "---";
    let mut at = 0;
    let mut start = None;
    for line in source.split_inclusive('\n') {
        let next = at + line.len();
        match start {
            None if is_fence(line) => start = Some(next),
            None => return Ok(None),
            Some(start) if is_fence(line) => return Ok(Some((start..at, next))),
            Some(_) => {}
        }
        at = next;
    }
    match start {
        None => Ok(None),
        Some(_) => Err(Fault::new(1, "---", FaultKind::FrontMatterOpen)),
    }
}

struct Reader<'s> {
    source: &'s str,
    offset: usize,
    chars: Vec<usize>,
    end: usize,
    front: Front,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn read(&mut self, head: &str) {
        let mut parser = Parser::new_from_str(head);
        let mut events = Vec::new();
        loop {
            match parser.next_event() {
                None => break,
                Some(Ok((Event::StreamEnd, _))) => break,
                Some(Ok(event)) => events.push(event),
                Some(Err(error)) => {
                    let detail = error.info().to_owned();
                    return self.fault(error.marker().line(), "---", FaultKind::Yaml { detail });
                }
            }
        }
        let mut events = events.into_iter().peekable();
        while let Some((event, span)) = events.next() {
            match event {
                Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd
                | Event::MappingStart(..)
                | Event::MappingEnd => {}
                Event::Scalar(key, ..) => {
                    let value = events.next();
                    match (key.as_ref(), value) {
                        ("questions", Some((Event::MappingStart(..), _))) => {
                            self.front.questions = Some(self.bytes(span));
                            self.questions(&mut events);
                        }
                        ("questions", Some((Event::Scalar(text, ..), _))) if text.is_empty() || text == "~" => {
                            self.front.questions = Some(self.bytes(span));
                        }
                        ("subject", value) => self.value(Field::Subject, span, value),
                        ("sms", value) => self.value(Field::Sms, span, value),
                        ("whatsapp", value) => self.value(Field::Whatsapp, span, value),
                        ("whatsapp_template", value) => self.value(Field::WhatsappTemplate, span, value),
                        ("print", value) => self.value(Field::Print, span, value),
                        ("script", value) => self.value(Field::Script, span, value),
                        ("questions", _) => return self.fault(span.start.line(), "questions", FaultKind::NotText),
                        (key, _) => {
                            return self.fault(span.start.line(), key, FaultKind::UnknownKey { key: key.to_owned() });
                        }
                    }
                }
                _ => return self.fault(span.start.line(), "---", FaultKind::NotText),
            }
            if !self.faults.is_empty() {
                return;
            }
        }
    }

    fn questions<'a>(&mut self, events: &mut impl Iterator<Item = (Event<'a>, Span)>) {
        let mut count = 0;
        while let Some((Event::Scalar(name, ..), span)) = events.next() {
            count += 1;
            if count > QUESTIONS_MAX {
                return self.fault(span.start.line(), "questions", FaultKind::TooManyQuestions);
            }
            if !is_question_name(&name) {
                return self.fault(span.start.line(), format!("questions.{name}"), FaultKind::QuestionName);
            }
            self.value(Field::Question(name.into_owned()), span, events.next());
        }
    }

    fn value(&mut self, field: Field, key: Span, value: Option<(Event<'_>, Span)>) {
        let line = key.start.line();
        let Some((Event::Scalar(text, style, 0, None), span)) = value else {
            return self.fault(line, field, FaultKind::NotText);
        };
        let source = self.source;
        let value_line = span.start.line() + 1;
        if self.front.entry(&field).is_some() {
            return self.fault(line, field, FaultKind::Twice);
        }
        let key = self.bytes(key);
        let span = match style {
            // The parser's span of a block starts at its text; the sign before it belongs to the value.
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let sign = source[key.end..].find(['|', '>']).unwrap_or(0);
                let end = self.bytes(span).end;
                let text = &source[key.end + sign..end];
                key.end + sign..key.end + sign + text.trim_end().len()
            }
            ScalarStyle::DoubleQuoted | ScalarStyle::SingleQuoted => within_quotes(source, self.bytes(span)),
            ScalarStyle::Plain => self.bytes(span),
        };
        self.front.entries.push(Entry { field, value: text.into_owned(), line: value_line, key, span });
    }

    /// Bytes in the file of a span in characters of the head.
    fn bytes(&self, span: Span) -> Range<usize> {
        let byte = |index: usize| self.offset + self.chars.get(index).copied().unwrap_or(self.end);
        byte(span.start.index())..byte(span.end.index())
    }

    /// Lines of the head count from the line after the first `---`.
    fn fault(&mut self, line: usize, field: impl ToString, kind: FaultKind) {
        self.faults.push(Fault::new(line + 1, field, kind));
    }
}

/// Up to the closing quote: the parser's span runs on over spaces and a comment.
fn within_quotes(source: &str, span: Range<usize>) -> Range<usize> {
    let text = &source[span.clone()];
    let mut chars = text.char_indices().peekable();
    let quote = chars.next().map_or('"', |(_, quote)| quote);
    while let Some((at, c)) = chars.next() {
        let doubled = quote == '\'' && c == quote && chars.peek().is_some_and(|(_, next)| *next == quote);
        if doubled || (c == '\\' && quote == '"') {
            chars.next();
        } else if c == quote {
            return span.start..span.start + at + 1;
        }
    }
    span
}
