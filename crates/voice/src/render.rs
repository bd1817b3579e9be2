use words::{Channel, Language, Template, paper::Block};

use crate::{
    Context, Field, Message, RenderError, Text,
    approved::approved,
    document, foot,
    html::{ACCENT, Look},
    limits::{CARD_CHARS_MAX, SMS_PARTS_MAX, SUBJECT_CHARS_MAX, WHATSAPP_CHARS_MAX},
    mail,
    sms::{self, Sms},
    template::{self, Piece},
    text::{Marks, unmarked},
};

/// A message as one customer gets it by one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The subject of a mail, the title of a letter, script or card.
    pub subject: Option<String>,
    /// Plain text: what is sent by SMS and WhatsApp, the text part of a mail, the words of a script.
    pub text: String,
    /// A mail: the whole document. A letter, script or card: a fragment without styles. Else none.
    pub html: Option<String>,
    /// Text messages that it takes, by SMS.
    pub sms_parts: Option<u32>,
    /// What WhatsApp carries outside a conversation.
    pub template: Option<Template>,
    /// The text of a letter, script or card in its blocks; empty for all others.
    pub blocks: Vec<Block>,
}

impl Rendered {
    /// Words alone.
    fn plain(subject: Option<String>, text: String) -> Self {
        Self { subject, text, html: None, sms_parts: None, template: None, blocks: Vec::new() }
    }
}

/// Makes a message for one customer and one channel.
pub fn render(message: &Message, channel: &Channel, context: &Context) -> Result<Rendered, RenderError> {
    match channel.as_str() {
        "email" => email(message, context),
        "sms" => {
            let text = sms::simplified(&short(message, message.sms.as_ref(), Marks::None, context)?);
            let parts = Sms::of(&text).parts;
            if parts > SMS_PARTS_MAX {
                return Err(RenderError::TooManySms { parts });
            }
            Ok(Rendered { sms_parts: Some(parts), ..Rendered::plain(None, text) })
        }
        "whatsapp" => {
            let text = short(message, message.whatsapp.as_ref(), Marks::Whatsapp, context)?;
            if text.chars().count() > WHATSAPP_CHARS_MAX {
                return Err(RenderError::TooLarge);
            }
            let template = approved(message, context).transpose()?;
            Ok(Rendered { template, ..Rendered::plain(None, text) })
        }
        "push" => {
            let text = short(message, message.sms.as_ref(), Marks::None, context)?;
            Ok(Rendered::plain(subject(message, context)?, text))
        }
        name => {
            let own = match message.fields_for(channel).pop() {
                Some(Field::Print) => message.print.as_ref(),
                Some(Field::Script) => message.script.as_ref(),
                _ => None,
            };
            let mut made = person(message, own, context)?;
            if name == "post" {
                made.blocks.extend(foot::of_letter(&context.foot, message.language));
            }
            if name == "card" && made.text.chars().count() > CARD_CHARS_MAX {
                return Err(RenderError::TooLongForCard);
            }
            Ok(made)
        }
    }
}

/// The text of a question; `None` when the message has no such question.
pub fn render_question(message: &Message, name: &str, context: &Context) -> Option<Result<String, RenderError>> {
    let text = message.text(&Field::Question(name.to_owned()))?;
    Some(line(text, message.language, context))
}

fn email(message: &Message, context: &Context) -> Result<Rendered, RenderError> {
    let subject = subject(message, context)?.ok_or(RenderError::NoSubject)?;
    let blocks = body(message, context)?;
    let mut text = Marks::None.blocks(&blocks) + "\n";
    let lines = foot::lines(&context.foot, message.language);
    if !lines.is_empty() {
        text.push_str("\n--\n");
        lines.into_iter().for_each(|(label, url)| text.push_str(&format!("{label}: {url}\n")));
    }
    let html = mail::document(&mail::Frame {
        language: message.language,
        organisation: &context.organisation,
        subject: &subject,
        body: &Look::Mail(context.look.accent.as_deref().unwrap_or(ACCENT)).blocks(&blocks),
        logo: context.look.logo.as_ref(),
        foot: &context.foot,
    });
    Ok(Rendered { html: Some(html), ..Rendered::plain(Some(subject), text) })
}

/// What a person reads out, hands over or prints.
fn person(message: &Message, own: Option<&Text>, context: &Context) -> Result<Rendered, RenderError> {
    let blocks = blocks(message, own.unwrap_or(&message.body), context)?;
    let plain = Rendered::plain(subject(message, context)?, Marks::None.blocks(&blocks));
    Ok(Rendered { html: Some(Look::Print.blocks(&blocks)), blocks, ..plain })
}

fn body(message: &Message, context: &Context) -> Result<Vec<Block>, RenderError> {
    blocks(message, &message.body, context)
}

fn blocks(message: &Message, text: &Text, context: &Context) -> Result<Vec<Block>, RenderError> {
    document::read(&template::fill(&text.source, message.language, context)?)
}

/// A channel's own short text, else the body.
fn short(message: &Message, own: Option<&Text>, marks: Marks, context: &Context) -> Result<String, RenderError> {
    match own {
        None => Ok(marks.blocks(&body(message, context)?)),
        Some(text) => {
            let filled = template::fill(&text.source, message.language, context)?;
            let pieces = template::pieces(&filled).into_iter().map(|piece| match (piece, marks) {
                (Piece::Value(text), Marks::Whatsapp) => unmarked(&text),
                (Piece::Words(text) | Piece::Value(text) | Piece::Link(text), _) => text,
            });
            let filled: String = pieces.collect();
            let lines = filled.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
            Ok(lines.collect::<Vec<_>>().join("\n").trim().to_owned())
        }
    }
}

fn subject(message: &Message, context: &Context) -> Result<Option<String>, RenderError> {
    let Some(subject) = &message.subject else { return Ok(None) };
    let subject = line(subject, message.language, context)?;
    if subject.chars().count() <= SUBJECT_CHARS_MAX {
        return Ok(Some(subject));
    }
    let cut: String = subject.chars().take(SUBJECT_CHARS_MAX - 1).collect();
    let at = cut.rfind(' ').unwrap_or(cut.len());
    Ok(Some(format!("{}…", cut[..at].trim_end_matches([',', '.', ' ']))))
}

/// A text on one line; a header may hold no line end.
fn line(text: &Text, language: Language, context: &Context) -> Result<String, RenderError> {
    let filled = template::plain(&template::fill(&text.source, language, context)?);
    Ok(filled.split_whitespace().collect::<Vec<_>>().join(" "))
}
