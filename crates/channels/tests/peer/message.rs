use channels::{Outgoing, Sender};
use words::Channel;

/// A message to a telephone, as the transports get it.
pub(crate) fn message(channel: &str) -> Outgoing {
    Outgoing {
        key: format!("run:1:herinnering:A-1:{channel}"),
        channel: Channel::new(channel),
        time: "2027-10-27T08:00:00Z".parse().unwrap(),
        from: Sender { name: "Rijnoever".into(), address: "+31201234567".into() },
        reply_to: None,
        to: "+31612345678".into(),
        subject: String::new(),
        text: "Morgen komt de vakman & hij belt aan. Past het niet? Bel 030 123 45 67 😀".into(),
        html: None,
        headers: Vec::new(),
        template: None,
        in_conversation: false,
        receipts: Some("https://reis.example/v1/channels/rijnoever/sms".into()),
    }
}
