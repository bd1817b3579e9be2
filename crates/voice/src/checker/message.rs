use std::ops::Range;

use super::{
    examine::{Setting, examine},
    passage::Passage,
    remark::Remark,
};
use crate::{Declared, Field, Message};

/// A remark on a message, where it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Which field.
    pub field: Field,
    /// Line of the file, from 1.
    pub line: usize,
    /// Bytes of the field's source.
    pub range: Range<usize>,
    /// What.
    pub remark: Remark,
}

/// Everything that can be said about how a message sounds, field by field, in every branch of it.
pub fn listen(message: &Message, declared: &Declared) -> Vec<Noted> {
    let mut noted = Vec::new();
    for (field, text) in message.fields() {
        let Some(passage) = Passage::of_field(message, &field, declared) else { continue };
        let setting = Setting { whole: is_read_alone(&field, declared), ..declared.setting() };
        for remark in examine(&passage, &setting) {
            let range = passage.in_source(&remark.at);
            let range = range.start.min(text.source.len())..range.end.min(text.source.len());
            noted.push(Noted { field: field.clone(), line: text.line_at(range.start), range, remark });
        }
    }
    noted
}

/// Whether the customer reads it as a whole with nobody beside: not a script, not a card.
fn is_read_alone(field: &Field, declared: &Declared) -> bool {
    let channels = &declared.channels;
    let goes_by = |names: &[&str]| channels.iter().any(|channel| names.contains(&channel.as_str()));
    match field {
        Field::Body => channels.is_empty() || goes_by(&["email", "post", "print"]),
        Field::Print => goes_by(&["post", "print"]),
        _ => false,
    }
}
