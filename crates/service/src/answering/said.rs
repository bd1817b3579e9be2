use jiff::Timestamp;
use serde_json::{Value, json};
use words::{Channel, Event, Properties};

/// Who wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The customer.
    Customer,
    /// A machine of the customer: out of office, a receipt.
    Machine,
    /// A member of staff, by name.
    Staff(String),
}

/// One thing that was said in a thread, as its event keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who wrote.
    pub by: By,
    /// When.
    pub time: Timestamp,
    /// In which thread.
    pub thread: String,
    /// By which channel.
    pub channel: Channel,
    /// The customer's address: where it came from, or went to.
    pub address: String,
    /// What the mail program of the writer calls the writer.
    pub name: Option<String>,
    /// For channels that have one.
    pub subject: Option<String>,
    /// What was written.
    pub text: String,
    /// What the provider calls it; of a mail its Message-ID.
    pub reference: Option<String>,
    /// More than one address may write in an hour: it makes no task of its own.
    pub excess: bool,
}

impl Said {
    /// The name of its event.
    pub(super) fn event_name(&self) -> &'static str {
        match self.by {
            By::Customer => "message.replied",
            By::Machine => "message.auto_replied",
            By::Staff(_) => "message.answered",
        }
    }

    /// What an event says; `None` when it is another kind of event.
    pub fn read(event: &Event) -> Option<Self> {
        let by = match event.name.as_str() {
            "message.replied" | "message.misaddressed" | "complaint.made" => By::Customer,
            "message.auto_replied" => By::Machine,
            "message.answered" => By::Staff(event.text("staff").unwrap_or_default()),
            _ => return None,
        };
        Some(Self {
            by,
            time: event.time,
            thread: event.text("thread")?,
            channel: Channel::new(event.text("channel")?),
            address: event.text("address")?,
            name: event.text("name"),
            subject: event.text("subject"),
            text: event.text("text").unwrap_or_default(),
            reference: event.text("reference"),
            excess: event.properties.get("excess") == Some(&Value::Bool(true)),
        })
    }

    /// The properties of its event.
    pub(crate) fn properties(&self) -> Properties {
        let staff = match &self.by {
            By::Staff(name) => Some(name.clone()),
            By::Customer | By::Machine => None,
        };
        let told = [
            ("staff", staff),
            ("thread", Some(self.thread.clone())),
            ("channel", Some(self.channel.to_string())),
            ("address", Some(self.address.clone())),
            ("name", self.name.clone()),
            ("subject", self.subject.clone()),
            ("text", Some(self.text.clone())),
            ("reference", self.reference.clone()),
        ];
        let mut properties: Properties =
            told.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value?)))).collect();
        if self.excess {
            properties.insert("excess".into(), json!(true));
        }
        properties
    }
}
