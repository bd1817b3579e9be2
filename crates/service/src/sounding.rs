//! How all messages of a journey sound, each by itself and one after the other as a customer hears them.

use journey::{Definition, Folder, Organisation};
use voice::{
    Declared, Field, Message,
    checker::{Heard, Noted, Passage, along, listen},
};
use words::Language;

/// A message and what can be said about how it sounds.
#[derive(Clone, Debug)]
pub struct Sound {
    /// Its name.
    pub name: String,
    /// In which language.
    pub language: Language,
    /// As it was read.
    pub message: Message,
    /// Its texts, as a reader sees them.
    pub passages: Vec<(Field, Passage)>,
    /// In the order of its fields and their text.
    pub noted: Vec<Noted>,
}

/// Every message that can be read, per language, in the order in which a customer comes upon them; those that nothing sends last.
pub fn sounds(folder: &Folder, definition: &Definition, organisation: &Organisation) -> Vec<Sound> {
    let mut all = Vec::new();
    for language in Language::ALL {
        let names = in_order(folder, definition).into_iter();
        let mut sounds: Vec<Sound> = names
            .filter_map(|name| {
                let message = Message::parse(folder.message(name, language)?, language).ok()?;
                let declared = Declared::of(definition, organisation, name);
                let fields = message.fields().into_iter();
                let passages = fields
                    .filter_map(|(field, _)| Some((field.clone(), Passage::of_field(&message, &field, &declared)?)))
                    .collect();
                let noted = listen(&message, &declared);
                Some(Sound { name: name.to_owned(), language, message, passages, noted })
            })
            .collect();
        for (index, noted) in together(&sounds) {
            sounds[index].noted.push(noted);
        }
        all.extend(sounds);
    }
    all
}

fn in_order<'a>(folder: &'a Folder, definition: &'a Definition) -> Vec<&'a str> {
    let sent = definition.touchpoints.iter().flat_map(|one| one.send.iter().chain(&one.variants)).map(String::as_str);
    let mut names: Vec<&str> = Vec::new();
    for name in sent.chain(folder.messages()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What sounds different from what the same customer heard before, unless it was noted by itself already.
fn together(sounds: &[Sound]) -> Vec<(usize, Noted)> {
    let passages: Vec<(usize, &Field, &Passage)> = sounds
        .iter()
        .enumerate()
        .flat_map(|(index, sound)| sound.passages.iter().map(move |(field, passage)| (index, field, passage)))
        .collect();
    let heard: Vec<Heard<'_>> =
        passages.iter().map(|(index, _, passage)| Heard { passage, name: &sounds[*index].name }).collect();
    let differs = along(&heard).into_iter().filter_map(|(at, remark)| {
        let (index, field, passage) = &passages[at];
        let sound = &sounds[*index];
        let text = sound.message.text(field)?;
        let range = passage.in_source(&remark.at);
        let is_known = sound
            .noted
            .iter()
            .any(|noted| noted.field == **field && noted.range.start < range.end && range.start < noted.range.end);
        let line = text.line_at(range.start);
        (!is_known).then(|| (*index, Noted { field: (*field).clone(), line, range, remark }))
    });
    differs.collect()
}
