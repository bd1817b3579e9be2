use std::{collections::BTreeSet, ops::Range};

use saphyr_parser::{Event, Parser, ScalarStyle, StrInput};

use super::{Entry, Kind, Lines, Node};
use crate::problem::Form;

/// Collections within collections; a definition needs seven.
pub(crate) const DEPTH_MAX: usize = 16;
/// Values in one file.
pub(crate) const NODES_MAX: usize = 40_000;

/// A mistake that stops the reading, and its byte.
pub(crate) type Stop = (Form, usize);

/// Reads one document. Duplicate keys do not stop it: they come back beside the tree, with their bytes.
pub(crate) fn read(text: &str, lines: &Lines) -> (Option<Node>, Vec<Stop>) {
    let mut reader =
        Reader { text, lines, open: Vec::new(), root: None, nodes: 0, documents: 0, findings: Vec::new(), last_end: 0 };
    match reader.run(Parser::new_from_str(text)) {
        Ok(()) => (reader.root, reader.findings),
        Err(stop) => {
            reader.findings.push(stop);
            (None, reader.findings)
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    lines: &'a Lines,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    documents: usize,
    findings: Vec<Stop>,
    /// Where the last scalar or flow collection ended: the end of a block collection.
    last_end: usize,
}

struct Open {
    node: Node,
    /// The keys so far.
    keys: BTreeSet<String>,
    /// The key that waits for its value.
    key: Option<(String, Range<usize>)>,
}

impl Reader<'_> {
    fn run(&mut self, parser: Parser<'_, StrInput<'_>>) -> Result<(), Stop> {
        for event in parser {
            let (event, span) = event.map_err(|error| {
                let mark = error.marker();
                let byte = self.lines.byte(mark.line(), mark.col());
                (Form::Yaml(error.info().to_owned()), byte)
            })?;
            let span = self.lines.range(span);
            let at = span.start;
            match event {
                Event::Alias(_) => return Err((Form::Anchors, at)),
                Event::Scalar(_, _, anchor, _) | Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _)
                    if anchor != 0 =>
                {
                    return Err((Form::Anchors, at));
                }
                Event::Scalar(.., Some(_)) | Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => {
                    return Err((Form::Tags, at));
                }
                Event::Scalar(text, style, ..) => {
                    let plain = style == ScalarStyle::Plain;
                    let span = self.trimmed(span);
                    if !span.is_empty() {
                        self.last_end = self.last_end.max(span.end);
                    }
                    let text = text.into_owned();
                    self.close(Node { kind: Kind::Scalar { text, plain }, span })?;
                }
                Event::SequenceStart(..) => {
                    let flow = self.text[at..].starts_with('[');
                    let items = Vec::new();
                    self.push(Kind::List { items, flow }, span)?;
                }
                Event::MappingStart(..) => {
                    let flow = self.text[at..].starts_with('{');
                    let entries = Vec::new();
                    self.push(Kind::Map { entries, flow }, span)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.pop(span)?,
                Event::DocumentStart(_) => {
                    self.documents += 1;
                    if self.documents > 1 {
                        return Err((Form::Documents, at));
                    }
                }
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
        }
        Ok(())
    }

    /// A block text ends before its last line's end mark.
    fn trimmed(&self, span: Range<usize>) -> Range<usize> {
        let own = self.text[span.clone()].trim_end();
        span.start..span.start + own.len()
    }

    fn push(&mut self, kind: Kind, span: Range<usize>) -> Result<(), Stop> {
        if self.open.len() >= DEPTH_MAX {
            return Err((Form::TooDeep(DEPTH_MAX), span.start));
        }
        self.open.push(Open { node: Node { kind, span }, keys: BTreeSet::new(), key: None });
        Ok(())
    }

    fn pop(&mut self, end: Range<usize>) -> Result<(), Stop> {
        let Some(mut open) = self.open.pop() else {
            return Ok(());
        };
        let flow = matches!(open.node.kind, Kind::List { flow: true, .. } | Kind::Map { flow: true, .. });
        if flow {
            // The scanner's mark runs on over white space and a comment; the bracket itself is one byte.
            self.last_end = self.last_end.max(end.start + 1).min(self.text.len());
        }
        open.node.span.end = self.last_end.max(open.node.span.start);
        self.close(open.node)
    }

    fn close(&mut self, node: Node) -> Result<(), Stop> {
        self.nodes += 1;
        if self.nodes > NODES_MAX {
            return Err((Form::TooMany(NODES_MAX), node.span.start));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.node.kind {
            Kind::Scalar { .. } => {}
            Kind::List { items, .. } => items.push(node),
            Kind::Map { entries, .. } => match open.key.take() {
                Some((key, key_span)) => {
                    if !open.keys.insert(key.clone()) {
                        self.findings.push((Form::Twice(key), key_span.start));
                    } else {
                        let value = behind_colon(self.text, &key_span, node);
                        self.last_end = self.last_end.max(value.span.end);
                        entries.push(Entry { key, key_span, value });
                    }
                }
                None => match node.kind {
                    Kind::Scalar { text, .. } => open.key = Some((text, node.span)),
                    _ => return Err((Form::KeyShape, node.span.start)),
                },
            },
        }
        Ok(())
    }
}

/// A value that is not written stands right behind the colon; the scanner puts it where the next thing begins.
fn behind_colon(text: &str, key: &Range<usize>, value: Node) -> Node {
    if !matches!(&value.kind, Kind::Scalar { text, plain: true } if text.is_empty()) {
        return value;
    }
    let rest = &text[key.end..];
    let colon = rest.trim_start().starts_with(':').then(|| rest.find(':')).flatten();
    let at = colon.map_or(key.end, |colon| key.end + colon + 1);
    Node { span: at..at, ..value }
}
