use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use words::{Channel, Template};

/// Who a message comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// What the customer reads.
    pub name: String,
    /// E-mail address, or the number or name that the channel shows.
    pub address: String,
}

/// One message for one customer, whole: nothing in it still has to be decided or filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// What makes it the same message when it is sent again: effect and attempt. Becomes the Message-ID of an e-mail.
    pub key: String,
    /// By which channel.
    pub channel: Channel,
    /// When it was decided to send it; the Date of an e-mail, so that a repeat is the same to the byte.
    pub time: Timestamp,
    /// From whom.
    pub from: Sender,
    /// Where an answer goes, when not to the sender.
    pub reply_to: Option<String>,
    /// The customer's address in the channel: an e-mail address, a number in E.164, a postal address.
    pub to: String,
    /// Subject; channels that have none leave it empty.
    pub subject: String,
    /// The message as plain text; every message has it.
    pub text: String,
    /// The same message with its layout.
    pub html: Option<String>,
    /// Further headers of an e-mail, such as `List-Unsubscribe`: name and value.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// What a provider carries that takes no text of our own now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Template>,
    /// The customer wrote to us by this channel so short ago that a provider takes a text of our own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_conversation: bool,
    /// The address at which a provider tells what became of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipts: Option<String>,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A message as the product sends it.
    pub(crate) fn mail(key: &str) -> Outgoing {
        Outgoing {
            key: key.into(),
            channel: Channel::email(),
            time: "2027-10-27T08:00:00Z".parse().unwrap(),
            from: Sender { name: "Woonstichting Rijnoever".into(), address: "reparatie@rijnoever.example".into() },
            reply_to: Some("klantcontact@rijnoever.example".into()),
            to: "devries@example.org".into(),
            subject: "Morgen komt de vakman – tussen 13 en 15 uur".into(),
            text: "Geachte mevrouw De Vries,\n\nMorgen komt de vakman.\n.\nTot ziens.".into(),
            html: Some("<p>Geachte mevrouw De Vries,</p><p>Morgen komt de vakman.</p>".into()),
            headers: vec![("List-Unsubscribe".into(), "<https://rijnoever.example/u/0123456789abcdef>".into())],
            template: None,
            in_conversation: false,
            receipts: None,
        }
    }
}
