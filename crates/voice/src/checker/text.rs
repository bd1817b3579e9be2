//! Passages of messages: a field as its writer wrote it, and a message as one customer gets it.

use journey::FactPath;
use serde_json::Value;
use words::{Channel, Language};

use super::{
    markdown,
    passage::{Draft, Owner, Passage, Tongue},
};
use crate::{
    Context, Declared, Field, Message, RenderError,
    template::{self, Piece, Tag, Token},
};

impl Passage {
    /// A field as written, with every branch of it; where data comes stand the examples that the journey gives, or others of the
    /// kind. `None` when it is left out, and of what fills a template: the provider has the sentences.
    /// [`Passage::in_source`] gives places in the field's own text.
    pub fn of_field(message: &Message, field: &Field, declared: &Declared) -> Option<Self> {
        let read = message.text(field).filter(|_| *field != Field::WhatsappTemplate)?;
        let source = read.source.as_str();
        let mut draft = Draft::new(Tongue::from(message.language));
        let (tags, fault) = template::tags(source);
        let end = fault.map_or(source.len(), |(at, _)| at);
        let own = Own { source: &source[..end], tags, declared, language: message.language };
        if field.is_markdown() {
            markdown::read(&own.masked(), &mut draft, |draft, piece, range| {
                if piece.len() == range.len() {
                    own.push(draft, range);
                } else {
                    draft.push(piece, Owner::Writer, range.start);
                }
            });
        } else {
            own.push(&mut draft, 0..end);
        }
        Some(draft.finish())
    }

    /// The texts that one customer gets by a channel, each with its field.
    pub fn of_rendered(
        message: &Message,
        channel: &Channel,
        context: &Context,
    ) -> Result<Vec<(Field, Self)>, RenderError> {
        let fields = message.fields_for(channel).into_iter();
        let passages = fields.filter_map(|field| {
            let text = message.text(&field)?;
            let filled = template::fill(&text.source, message.language, context);
            Some(filled.map(|filled| {
                let mut draft = Draft::new(Tongue::from(message.language));
                if field.is_markdown() {
                    markdown::read(&filled, &mut draft, |draft, piece, _| push_pieces(draft, piece));
                } else {
                    push_pieces(&mut draft, &filled);
                }
                (field, draft.finish())
            }))
        });
        passages.collect()
    }
}

fn push_pieces(draft: &mut Draft, masked: &str) {
    for piece in template::pieces(masked) {
        let (text, owner) = match piece {
            Piece::Words(text) => (text, Owner::Writer),
            Piece::Value(text) | Piece::Link(text) => (text, Owner::Data),
        };
        let at = draft.text.len();
        draft.push(&text, owner, at);
    }
}

/// A template with its tags.
struct Own<'a> {
    source: &'a str,
    tags: Vec<Tag<'a>>,
    declared: &'a Declared,
    language: Language,
}

impl Own<'_> {
    /// The template with letters in the place of tags: of the same length, and a word for Markdown.
    fn masked(&self) -> String {
        let mut bytes = self.source.as_bytes().to_vec();
        for tag in &self.tags {
            let range = tag.range.start..tag.range.end.min(bytes.len());
            bytes[range].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b'x');
        }
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Adds a part of the template, a value in the place of each tag that begins there.
    fn push(&self, draft: &mut Draft, range: std::ops::Range<usize>) {
        let mut at = range.start;
        for tag in self.tags.iter().filter(|tag| tag.range.start < range.end && tag.range.end > range.start) {
            if tag.range.start > at {
                draft.push(&self.source[at..tag.range.start], Owner::Writer, at);
            }
            if tag.range.start >= range.start && !tag.statement {
                self.value(draft, tag);
            }
            at = at.max(tag.range.end.min(range.end));
        }
        if at < range.end {
            draft.push(&self.source[at..range.end], Owner::Writer, at);
        }
    }

    /// The example of a fact.
    fn example(&self, name: &str) -> Option<String> {
        let (object, property) = name.split_once('.')?;
        let fact = FactPath { object: object.to_owned(), property: property.to_owned() };
        match self.declared.examples.get(&fact)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// What may stand there: the writer's own words where a fact is missing, else something of the kind.
    fn value(&self, draft: &mut Draft, tag: &Tag<'_>) {
        for three in tag.tokens.windows(3) {
            if let [(Token::Name("default"), _), (Token::Sign("("), _), (Token::Text(text), at)] = three {
                draft.push(text, Owner::Writer, at + 1);
                return;
            }
        }
        let filtered = |name: &str| tag.tokens.iter().any(|(token, _)| *token == Token::Name(name));
        let usual = match tag.tokens.first().map(|(token, _)| token) {
            _ if filtered("time") => "10.00",
            _ if filtered("day") => self.language.pick("maandag 3 mei", "Monday 3 May"),
            _ if filtered("window") => self.language.pick("tussen 10 en 12 uur", "between 10 and 12"),
            Some(Token::Name("link")) => "https://example.org/x",
            Some(Token::Name("salutation")) => self.language.pick("Goedendag", "Hello"),
            Some(Token::Name("human.phone")) => "030 123 45 67",
            Some(Token::Name("organisation.name")) if !self.declared.organisation.is_empty() => {
                &self.declared.organisation
            }
            Some(Token::Name("human.team")) => self.language.pick("klantenservice", "customer service"),
            Some(Token::Name("staff.first_name")) => "Fatima",
            Some(Token::Name("customer.first_name")) => "Sanne",
            Some(Token::Name("customer.last_name")) => "de Vries",
            _ => "…",
        };
        let name = match tag.tokens.as_slice() {
            [(Token::Name(name), _)] => Some(*name),
            _ => None,
        };
        let value = name.and_then(|name| self.example(name));
        draft.push(value.as_deref().unwrap_or(usual), Owner::Data, tag.range.start);
    }
}
