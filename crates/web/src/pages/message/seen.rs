//! A message as the customer sees it by one channel.

use serde::Serialize;
use service::{Service, sending::notice_of};
use store::{OutboxRow, Rendered};
use voice::Sms;
use words::{Customer, Language};

use crate::problem::Problem;

/// For a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Seen {
    pub(crate) channel: String,
    /// `mail`, `bubble` or `letter`.
    look: &'static str,
    subject: Option<String>,
    /// The lines of a text message or letter.
    text: String,
    /// Where the frame with the HTML is, when there is one.
    frame: Option<String>,
    /// Where the letter or card is as it is printed.
    pdf: Option<String>,
    /// Text messages that it takes.
    sms_parts: Option<u32>,
    /// The language that it is written in, when that is not the reader's.
    lang: Option<&'static str>,
}

impl Seen {
    /// With the address of its PDF, where there is a letter to print.
    pub(crate) fn printed_at(self, rendered: &Rendered, pdf: String) -> Self {
        Self { pdf: rendered.letter.as_ref().map(|_| pdf), ..self }
    }

    /// Says in which language it is, where the reader's is another.
    pub(crate) fn written_in(self, language: Language, reader: Language) -> Self {
        Self { lang: (language != reader).then(|| language.tag()), ..self }
    }
}

/// The language in which a message is written to this customer: the customer's own where the version has that text.
pub(crate) async fn language(service: &Service, row: &OutboxRow, customer: &Customer) -> Result<Language, Problem> {
    if notice_of(row).is_some() {
        let organisation = service.catalog.organisation(&row.organisation).await?;
        return Ok(organisation.map(|organisation| organisation.language).unwrap_or_default());
    }
    let live = service.catalog.live(&row.organisation).await?;
    let published = live.iter().find(|live| live.row.id == row.journey).map(|live| &live.published);
    let message = published.and_then(|published| published.message(&row.send.message, customer.language));
    let journey = || published.map(|published| published.definition.language);
    Ok(message.map(|message| message.language).or_else(journey).unwrap_or_default())
}

/// What the template shows. `frame`: the address of the document of [`document`].
pub(crate) fn seen(rendered: &Rendered, channel: &str, frame: String) -> Seen {
    let look = match channel {
        "email" => "mail",
        "sms" | "whatsapp" | "push" | "chat" => "bubble",
        _ => "letter",
    };
    Seen {
        channel: channel.to_owned(),
        look,
        subject: rendered.subject.clone(),
        text: rendered.text.clone(),
        frame: rendered.html.as_ref().map(|_| frame),
        pdf: None,
        sms_parts: (channel == "sms").then(|| Sms::of(&rendered.text).parts),
        lang: None,
    }
}

/// The policy of a frame with a message: nothing runs, loads or leaves; a mail styles itself in line.
pub(crate) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'self'";

/// The HTML of a message as a whole document. A letter or card is a fragment without styles: it gets the plainest frame.
pub(crate) fn document(html: &str) -> String {
    if html.trim_start().starts_with("<!") || html.trim_start().starts_with("<html") {
        return html.to_owned();
    }
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><title></title><style>:root{{color-scheme:light dark}}\
         body{{font:15px/1.6 system-ui,sans-serif;margin:24px;max-width:36em}}</style></head><body>{html}</body></html>"
    )
}
