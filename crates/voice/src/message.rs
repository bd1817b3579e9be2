use std::collections::BTreeSet;

use words::{Channel, Language, limits::MESSAGE_BYTES_MAX};

use crate::{Fault, FaultKind, Field, front, template};

/// A text with placeholders, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// As written, without quotes.
    pub source: String,
    /// Line of the file on which it starts, from 1.
    pub line: usize,
}

impl Text {
    /// The line of the file of a byte of this text. In a quoted text over several lines this is an estimate.
    pub fn line_at(&self, byte: usize) -> usize {
        let before = self.source.get(..byte).unwrap_or(&self.source);
        self.line + before.matches('\n').count()
    }
}

/// One message in one language: the file `messages/<id>.<language>.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// From the name of the file.
    pub language: Language,
    /// The subject of the e-mail, the title of a script or card.
    pub subject: Option<Text>,
    /// The text message; the body when left out.
    pub sms: Option<Text>,
    /// The WhatsApp message; the body when left out.
    pub whatsapp: Option<Text>,
    /// The template by which WhatsApp carries it outside a conversation: its name, and a line for each of its places.
    pub whatsapp_template: Option<Text>,
    /// What a letter or card says; the body when left out.
    pub print: Option<Text>,
    /// What a person says; the body when left out.
    pub script: Option<Text>,
    /// Questions by name, in the order of the text.
    pub questions: Vec<(String, Text)>,
    /// The body, in Markdown.
    pub body: Text,
}

impl Message {
    /// Reads a file. Placeholders are not looked at yet; [`check`](crate::check) does.
    pub fn parse(source: &str, language: Language) -> Result<Self, Vec<Fault>> {
        if source.len() > MESSAGE_BYTES_MAX {
            return Err(vec![Fault::new(1, Field::Body, FaultKind::TooLarge)]);
        }
        if let Some((at, c)) = source.char_indices().find(|(_, c)| is_forbidden(*c)) {
            let line = 1 + source[..at].matches('\n').count();
            return Err(vec![Fault::new(line, "---", FaultKind::ForbiddenCharacter { code: c as u32 })]);
        }
        let front = front::read(source)?;
        for entry in &front.entries {
            // An escape in quotes can spell what the file itself may not hold.
            if let Some(c) = entry.value.chars().find(|c| is_forbidden(*c)) {
                let kind = FaultKind::ForbiddenCharacter { code: c as u32 };
                return Err(vec![Fault::new(entry.line, &entry.field, kind)]);
            }
        }
        let body_line = 1 + source[..front.body].matches('\n').count();
        let mut message = Self {
            language,
            subject: None,
            sms: None,
            whatsapp: None,
            whatsapp_template: None,
            print: None,
            script: None,
            questions: Vec::new(),
            body: Text { source: source[front.body..].replace("\r\n", "\n"), line: body_line },
        };
        for entry in front.entries.into_iter().filter(|entry| !entry.value.trim().is_empty()) {
            let text = Text { source: entry.value.trim().to_owned(), line: entry.line };
            match entry.field {
                Field::Subject => message.subject = Some(text),
                Field::Sms => message.sms = Some(text),
                Field::Whatsapp => message.whatsapp = Some(text),
                Field::WhatsappTemplate => message.whatsapp_template = Some(text),
                Field::Print => message.print = Some(text),
                Field::Script => message.script = Some(text),
                Field::Question(name) => message.questions.push((name, text)),
                Field::Body => {}
            }
        }
        Ok(message)
    }

    /// The text of a field; `None` when left out.
    pub fn text(&self, field: &Field) -> Option<&Text> {
        match field {
            Field::Subject => self.subject.as_ref(),
            Field::Sms => self.sms.as_ref(),
            Field::Whatsapp => self.whatsapp.as_ref(),
            Field::WhatsappTemplate => self.whatsapp_template.as_ref(),
            Field::Print => self.print.as_ref(),
            Field::Script => self.script.as_ref(),
            Field::Question(name) => self.questions.iter().find(|(known, _)| known == name).map(|(_, text)| text),
            Field::Body => Some(&self.body),
        }
    }

    /// Every field that has a text, in the order of the language.
    pub fn fields(&self) -> Vec<(Field, &Text)> {
        let head = [
            (Field::Subject, &self.subject),
            (Field::Sms, &self.sms),
            (Field::Whatsapp, &self.whatsapp),
            (Field::WhatsappTemplate, &self.whatsapp_template),
            (Field::Print, &self.print),
            (Field::Script, &self.script),
        ];
        let head = head.into_iter().filter_map(|(field, text)| Some((field, text.as_ref()?)));
        let questions = self.questions.iter().map(|(name, text)| (Field::Question(name.clone()), text));
        head.chain(questions).chain([(Field::Body, &self.body)]).collect()
    }

    /// The fields that a channel uses: its own text or the body, with the subject where one is shown.
    pub fn fields_for(&self, channel: &Channel) -> Vec<Field> {
        let own = |own: Field| if self.text(&own).is_some() { own } else { Field::Body };
        match channel.as_str() {
            "sms" => vec![own(Field::Sms)],
            "whatsapp" => vec![own(Field::Whatsapp)],
            "push" => vec![Field::Subject, own(Field::Sms)],
            "print" => vec![Field::Subject, own(Field::Print)],
            _ if channel.is_paper() => vec![Field::Subject, own(Field::Print)],
            _ if channel.is_spoken() => vec![Field::Subject, own(Field::Script)],
            _ => vec![Field::Subject, Field::Body],
        }
    }

    /// The names without which one of its texts cannot be made: `appointment.start`, `salutation`. Those that an `if` asks for,
    /// or that have a `default`, may be missing.
    pub fn needed(&self) -> BTreeSet<String> {
        let texts = self.fields().into_iter().map(|(_, text)| template::uses(&text.source));
        let needed = |uses: template::Uses| {
            uses.variables.into_keys().filter(|name| !uses.spared.contains(name)).collect::<BTreeSet<_>>()
        };
        texts.flat_map(needed).collect()
    }

    /// The names of the links that any of its texts uses.
    pub fn all_links(&self) -> BTreeSet<String> {
        self.fields().into_iter().flat_map(|(_, text)| template::uses(&text.source).links.into_keys()).collect()
    }

    /// The names of the links that a channel's text uses, so that only those are made.
    pub fn links(&self, channel: &Channel) -> BTreeSet<String> {
        let own = (channel.as_str() == "whatsapp").then_some(Field::WhatsappTemplate);
        let fields = self.fields_for(channel).into_iter().chain(own);
        let texts = fields.filter_map(|field| self.text(&field).cloned());
        texts.flat_map(|text| template::uses(&text.source).links.into_keys()).collect()
    }
}

/// Control characters other than line ends and tabs, marks that turn the reading direction around, and the private range
/// in which values are masked while Markdown is read.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{F0000}'..='\u{F02FF}')
}
