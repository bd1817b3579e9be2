//! The one message that customers get instead of those that staff hold back.

use jiff::Timestamp;
use store::{OutboxRow, SendState};
use voice::{Message, Text};
use words::{EffectKey, Halt, HaltId, Language, Notice, SendEffect, TouchpointId, Waits};

/// What leads the id of a halt where a message names its touchpoint, and in the occurrence of its key.
const LEAD: &str = "halt:";

/// The halt that a message tells of; `None`: it is no notice.
pub fn notice_of(row: &OutboxRow) -> Option<HaltId> {
    halt_of(&row.touchpoint)
}

/// A notice is no message of a journey; in the place of a touchpoint it names its halt.
pub fn notice_touchpoint(halt: HaltId) -> TouchpointId {
    TouchpointId::new(format!("{LEAD}{halt}"))
}

/// The halt that stands in the place of a touchpoint.
pub fn halt_of(touchpoint: &TouchpointId) -> Option<HaltId> {
    touchpoint.as_str().strip_prefix(LEAD)?.parse().ok()
}

/// The notice for whom a message is held back: by the same channels, about the same.
pub(crate) fn notice(halt: &Halt, held: &OutboxRow, now: Timestamp) -> OutboxRow {
    let send = SendEffect {
        message: String::new(),
        class: words::Class::Service,
        urgent: true,
        until: Some(halt.until),
        ask: Vec::new(),
        behind: false,
        ..held.send.clone()
    };
    let about: Vec<&str> = held.key.as_str().splitn(4, ':').take(3).collect();
    OutboxRow {
        key: EffectKey::stored(format!("{}:{LEAD}{}", about.join(":"), halt.id)),
        touchpoint: notice_touchpoint(halt.id),
        decided: now,
        send,
        state: SendState::Held { until: now, why: Waits::Anew },
        channel: None,
        to: None,
        tried: Vec::new(),
        attempts: 0,
        next_attempt: None,
        last_error: None,
        doubt: None,
        rendered: None,
        ..held.clone()
    }
}

/// The notice as a message of the voice.
pub fn noticed(notice: &Notice, language: Language) -> Message {
    let text = |source: &str| Text { source: source.trim().to_owned(), line: 1 };
    Message {
        language,
        subject: Some(text(&notice.subject)),
        sms: None,
        whatsapp: None,
        whatsapp_template: None,
        print: None,
        script: None,
        questions: Vec::new(),
        body: text(&notice.text),
    }
}
