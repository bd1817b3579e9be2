//! A notice as customers will read it, and what keeps it from being sent.

use std::collections::BTreeSet;

use journey::Organisation;
use service::sending::noticed;
use store::Rendered;
use voice::{Context, Declared, Exit, Message};
use words::{Channel, Customer, CustomerId, Notice};

use crate::pages::message::{Seen, seen};
use crate::session::Staff;

/// The channels that a notice is shown for.
const CHANNELS: [&str; 2] = ["email", "sms"];

/// What came of looking at it.
pub(super) struct Looked {
    /// In the reader's words; empty when it can go.
    pub(super) faults: Vec<String>,
    pub(super) previews: Vec<Seen>,
}

/// Looks at a notice as a message of a journey is looked at. It goes to customers of every journey, so it may say nothing that
/// is not known of each of them.
pub(super) fn look(staff: &Staff, organisation: &Organisation, notice: &Notice) -> Looked {
    let message = noticed(notice, organisation.language);
    let declared = Declared { channels: CHANNELS.map(Channel::new).into(), ..Declared::of_organisation(organisation) };
    let reader = staff.speech.language;
    let mut faults: Vec<String> = voice::check(&message, &declared).iter().map(|fault| fault.what(reader)).collect();
    let mut context = voice::sample(&declared, organisation.language);
    context.organisation.clone_from(&organisation.name);
    context.zone = organisation.zone.clone();
    context.links.clear();
    let bare = Context {
        customer: Customer::unknown(CustomerId::derived(&["nobody"])),
        staff_first_name: None,
        human: Exit { team: None, phone: None },
        ..context.clone()
    };
    if faults.is_empty() {
        let unmade = [&context, &bare].into_iter().flat_map(|context| unmade(&message, context));
        let unmade: BTreeSet<String> = unmade.map(|error| error.message(reader)).collect();
        faults.extend(unmade);
    }
    let previews = if faults.is_empty() { previews(&message, &context) } else { Vec::new() };
    let previews = previews.into_iter().map(|seen| seen.written_in(organisation.language, reader)).collect();
    Looked { faults, previews }
}

fn unmade<'a>(message: &'a Message, context: &'a Context) -> impl Iterator<Item = voice::RenderError> + 'a {
    CHANNELS.iter().filter_map(move |channel| voice::render(message, &Channel::new(*channel), context).err())
}

fn previews(message: &Message, context: &Context) -> Vec<Seen> {
    let made = CHANNELS.iter().filter_map(|channel| {
        let made = voice::render(message, &Channel::new(*channel), context).ok()?;
        // The text is what there is to look at; the whole document of a mail would need a frame of its own.
        let rendered = Rendered {
            subject: made.subject,
            text: made.text,
            html: None,
            unsubscribe: None,
            template: None,
            letter: None,
        };
        Some(seen(&rendered, channel, String::new()))
    });
    made.collect()
}
