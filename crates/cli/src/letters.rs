use async_trait::async_trait;
use channels::{Outcome, Outgoing};
use service::sending::Transports;
use store::Sender;
use web::{Courier, Letter};
use words::{Language, OrganisationId};

use crate::house;

/// Carries the product's own letters with the transport of the sender.
pub(crate) struct Letters(pub(crate) Transports);

#[async_trait]
impl Courier for Letters {
    async fn carry(&self, organisation: &OrganisationId, sender: &Sender, letter: Letter) -> Result<(), String> {
        let transport = self.0.of(sender).map_err(|error| error.to_string())?;
        let message = Outgoing {
            key: format!("letter:{organisation}:{}", service::token::token(house::random().as_ref())),
            channel: sender.channel.clone(),
            time: house::clock().now(),
            from: channels::Sender { name: sender.from_name.clone(), address: sender.from_address.clone() },
            reply_to: sender.reply_to.clone(),
            to: letter.to,
            subject: letter.subject,
            text: letter.body,
            html: None,
            headers: Vec::new(),
        };
        match transport.send(&message).await {
            Outcome::Accepted { .. } => Ok(()),
            Outcome::Refused { reason, .. } | Outcome::Unknown { reason } => Err(reason.say(Language::Nl)),
        }
    }
}
