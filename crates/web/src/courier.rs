use channels::{Outcome, Outgoing, Sender as From, whatsapp::WINDOW};
use store::Sender;
use words::{Channel, Language};

use crate::{App, House, problem::Problem};

/// A letter of the product itself, to staff: an invitation, a new password, a test. These pass no journey and no outbox, so
/// that a sender can be tested before it may send to customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    /// To which address, of the sender's channel.
    pub(crate) to: String,
    /// For channels that have one.
    pub(crate) subject: String,
    /// Plain text.
    pub(crate) body: String,
    /// The same with its layout, for a mail.
    pub(crate) html: Option<String>,
}

/// Hands a letter to a sender's transport. The error says in plain words what the other side answered.
pub(crate) async fn carry(app: &App, sender: &Sender, letter: Letter, language: Language) -> Result<(), String> {
    let transport = app.transports.of(sender).map_err(|error| error.to_string())?;
    let in_conversation = is_talking(app, sender, &letter.to).await.unwrap_or_default();
    let outgoing = Outgoing {
        key: format!("letter:{}", crate::ids::fresh(app)),
        channel: sender.channel.clone(),
        time: app.clock.now(),
        from: From { name: sender.from_name.clone(), address: sender.from_address.clone() },
        reply_to: sender.reply_to.clone(),
        to: letter.to,
        subject: letter.subject,
        text: letter.body,
        html: letter.html.filter(|_| sender.channel == Channel::email()),
        headers: Vec::new(),
        template: None,
        in_conversation,
        receipts: None,
    };
    match transport.send(&outgoing).await {
        Outcome::Accepted { .. } => Ok(()),
        Outcome::Refused { reason, .. } | Outcome::Unknown { reason } => Err(reason.say(language)),
    }
}

/// Whether somebody wrote to us from an address so short ago that WhatsApp takes a text of ours.
async fn is_talking(app: &App, sender: &Sender, to: &str) -> store::Result<bool> {
    let asked = [(sender.channel.clone(), to.to_owned())];
    let heard = app.store.last_heard(&sender.organisation, &asked).await?;
    Ok(heard.iter().any(|heard| app.clock.now().duration_since(heard.time) < WINDOW))
}

/// Mails a letter to staff; `false` when the organisation has no tested sender for mail, or the mail server refused.
pub(crate) async fn mail(app: &App, house: &House, letter: Letter) -> Result<bool, Problem> {
    let senders = app.store.senders(&house.id).await?;
    let by_mail = service::sending::sender_of(&senders, &Channel::email());
    let Some(sender) = by_mail.filter(|sender| sender.tested.is_some()) else {
        return Ok(false);
    };
    match carry(app, sender, letter, Language::En).await {
        Ok(()) => Ok(true),
        Err(reason) => {
            tracing::warn!(reason, "a letter to staff was not sent");
            Ok(false)
        }
    }
}
