use std::fmt;

/// A part of a message file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The subject of the e-mail, the title of a script or card.
    Subject,
    /// The text message.
    Sms,
    /// The WhatsApp message.
    Whatsapp,
    /// The template by which WhatsApp carries it outside a conversation.
    WhatsappTemplate,
    /// What a letter or card says, in Markdown.
    Print,
    /// What a person says, at a desk, by telephone, at the door; in Markdown.
    Script,
    /// One of the questions, by its name.
    Question(String),
    /// The Markdown below the front matter.
    Body,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Subject => f.write_str("subject"),
            Self::Sms => f.write_str("sms"),
            Self::Whatsapp => f.write_str("whatsapp"),
            Self::WhatsappTemplate => f.write_str("whatsapp_template"),
            Self::Print => f.write_str("print"),
            Self::Script => f.write_str("script"),
            Self::Question(name) => write!(f, "questions.{name}"),
            Self::Body => f.write_str("body"),
        }
    }
}

impl Field {
    /// Whether it is written in Markdown; the others are plain lines.
    pub fn is_markdown(&self) -> bool {
        matches!(self, Self::Body | Self::Print | Self::Script)
    }

    /// Reads what [`Display`](fmt::Display) writes; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "subject" => Some(Self::Subject),
            "sms" => Some(Self::Sms),
            "whatsapp" => Some(Self::Whatsapp),
            "whatsapp_template" => Some(Self::WhatsappTemplate),
            "print" => Some(Self::Print),
            "script" => Some(Self::Script),
            "body" => Some(Self::Body),
            _ => {
                let name = text.strip_prefix("questions.")?;
                is_question_name(name).then(|| Self::Question(name.to_owned()))
            }
        }
    }
}

/// A name of a question: letters, digits, `-` and `_`, at most 40, led by a letter.
pub(crate) fn is_question_name(name: &str) -> bool {
    name.len() <= 40
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}
