use std::time::Duration;

use serde::{Deserialize, Serialize};
use words::Language;

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// The provider's last word was yes: it is responsible now.
    Accepted {
        /// What the provider or the message itself calls it.
        reference: String,
    },
    /// Certainly not sent.
    Refused {
        /// Why.
        reason: Reason,
        /// Trying this message again at this address is useless. If not: later, with a pause.
        permanent: bool,
        /// The address itself does not exist: never write to it again.
        suppress: bool,
    },
    /// Perhaps sent: the provider had it, and did not answer.
    Unknown {
        /// What happened.
        reason: Reason,
    },
}

impl Outcome {
    /// Not sent, and never will be in this form; the address may be good.
    pub(crate) fn refused_for_good(reason: Reason) -> Self {
        Self::Refused { reason, permanent: true, suppress: false }
    }

    /// Not sent; the same may go well later.
    pub(crate) fn refused_for_now(reason: Reason) -> Self {
        Self::Refused { reason, permanent: false, suppress: false }
    }

    /// Whether the provider failed rather than this message: then the next one is likely to fail too.
    pub fn is_trouble(&self) -> bool {
        match self {
            Self::Accepted { .. } | Self::Refused { permanent: true, .. } => false,
            Self::Unknown { .. } => true,
            Self::Refused { reason, .. } => match reason {
                Reason::NotSecure { .. }
                | Reason::Line { .. }
                | Reason::Silence { .. }
                | Reason::Busy { .. }
                | Reason::Disk { .. } => true,
                Reason::Provider { means, .. } => matches!(means, Means::Settings | Means::Outage),
                // Not taken, and not for good: from 500 on it is about us, 421 is about everybody (RFC 5321, 3.8).
                Reason::Answered { stage, code, .. } => {
                    matches!(stage, Stage::Connect | Stage::LogIn) || *code == 421 || *code >= 500
                }
                Reason::BadAddress { .. }
                | Reason::TooLong { .. }
                | Reason::Empty
                | Reason::BadHeader { .. }
                | Reason::NoTemplate
                | Reason::WrongChannel { .. } => false,
            },
        }
    }

    /// How long the provider asks to be left alone.
    pub fn asks_to_wait(&self) -> Option<Duration> {
        match self {
            Self::Refused { reason: Reason::Busy { seconds }, .. } => Some(Duration::from_secs(*seconds)),
            _ => None,
        }
    }

    /// Why, unless it was accepted.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Accepted { .. } => None,
            Self::Refused { reason, .. } | Self::Unknown { reason } => Some(reason),
        }
    }
}

/// How far a conversation with a provider had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Reaching it, greeting, encryption.
    Connect,
    /// Logging in.
    LogIn,
    /// The sender's address.
    Sender,
    /// The customer's address.
    Recipient,
    /// Asking leave to hand over the message.
    Data,
    /// The message itself was handed over.
    Message,
}

impl Stage {
    fn say(self, language: Language) -> &'static str {
        match self {
            Self::Connect => language.pick("de verbinding", "the connection"),
            Self::LogIn => language.pick("de aanmelding", "the log-in"),
            Self::Sender => language.pick("de afzender", "the sender"),
            Self::Recipient => language.pick("het adres van de ontvanger", "the recipient's address"),
            Self::Data | Self::Message => language.pick("het bericht", "the message"),
        }
    }
}

/// What a provider's own code for a refusal means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// It does not let us in, or does not let us send in this way: every message meets the same.
    Settings,
    /// Nobody can be reached at this address by this channel.
    Unreachable,
    /// Whoever is at this address said there that nothing may come any more.
    OptedOut,
    /// It does not know the template as it was asked for.
    Template,
    /// It does not carry this message.
    Message,
    /// It does not take it for this address at this moment.
    Later,
    /// It is out of order.
    Outage,
}

impl Means {
    fn say(self, language: Language, said: &str) -> String {
        let (nl, en) = match self {
            Self::Settings => (
                format!("De aanbieder laat ons zo niet versturen ({said}). Controleer de gegevens van de afzender."),
                format!("The provider does not let us send like this ({said}). Check what the sender's settings say."),
            ),
            Self::Unreachable => (
                format!("Dit nummer kan via dit kanaal niets krijgen ({said}). Vraag de klant om een ander nummer."),
                format!("This number can get nothing by this channel ({said}). Ask the customer for another number."),
            ),
            Self::OptedOut => (
                format!(
                    "De klant heeft zich bij de aanbieder afgemeld ({said}). Via dit kanaal gaat er niets meer heen."
                ),
                format!(
                    "The customer said stop to the provider ({said}). Nothing goes there by this channel any more."
                ),
            ),
            Self::Template => (
                format!(
                    "De aanbieder kent het sjabloon zo niet ({said}). Controleer naam, taal en regels van het sjabloon."
                ),
                format!(
                    "The provider does not know the template like this ({said}). Check its name, language and lines."
                ),
            ),
            Self::Message => (
                format!("De aanbieder neemt dit bericht niet aan ({said})."),
                format!("The provider does not take this message ({said})."),
            ),
            Self::Later => (
                format!("De aanbieder neemt nu niets aan voor dit nummer ({said}). We proberen het later opnieuw."),
                format!("The provider takes nothing for this number now ({said}). We try again later."),
            ),
            Self::Outage => (
                format!("De aanbieder heeft een storing ({said}). We proberen het later opnieuw."),
                format!("The provider is out of order ({said}). We try again later."),
            ),
        };
        match language {
            Language::Nl => nl,
            Language::En => en,
        }
    }
}

/// Why a message was not, or perhaps not, accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Reason {
    /// This is no address of the channel.
    BadAddress {
        /// What it says, cut to a readable length.
        address: String,
    },
    /// Something is longer than we send.
    TooLong {
        /// Which part of the message.
        part: String,
        /// Its limit, in characters (text) or bytes (html).
        max: usize,
    },
    /// The message has no text.
    Empty,
    /// A header that a message may not set, or with a value that no header can have.
    BadHeader {
        /// Its name.
        name: String,
    },
    /// The transport does not serve this channel.
    WrongChannel {
        /// The channel's name.
        channel: String,
    },
    /// The server said no.
    Answered {
        /// To what.
        stage: Stage,
        /// Its three digits.
        code: u16,
        /// Its words.
        text: String,
    },
    /// The provider said no, in its own words and codes.
    Provider {
        /// What that means.
        means: Means,
        /// Its code; its status where it gave none.
        code: u32,
        /// Its words.
        text: String,
    },
    /// The provider carries no text of our own now, and the message has no template.
    NoTemplate,
    /// The server offers no encryption and the settings ask for it, or its certificate is not trusted.
    NotSecure {
        /// What was wrong.
        detail: String,
    },
    /// The line was lost, or could not be made.
    Line {
        /// How far we were.
        stage: Stage,
        /// What the network said.
        detail: String,
    },
    /// No answer within the time that the settings give.
    Silence {
        /// How far we were.
        stage: Stage,
        /// How long we waited, in milliseconds.
        waited_ms: u64,
    },
    /// The provider is busy and says for how long.
    Busy {
        /// Not before so many seconds.
        seconds: u64,
    },
    /// The message could not be written down.
    Disk {
        /// What the file system said.
        detail: String,
    },
}

impl Reason {
    /// What happened and what to do about it, for the people who look after the messages.
    pub fn say(&self, language: Language) -> String {
        match language {
            Language::Nl => self.dutch(),
            Language::En => self.english(),
        }
    }

    fn dutch(&self) -> String {
        match self {
            Self::BadAddress { address } => {
                format!("\"{address}\" is geen geldig adres voor dit kanaal. Verbeter het adres.")
            }
            Self::TooLong { part, max } => {
                format!("Het onderdeel \"{part}\" is te lang (hoogstens {max}). Kort het bericht in.")
            }
            Self::Empty => "Het bericht heeft geen tekst. Vul de tekst van het bericht in.".into(),
            Self::BadHeader { name } => {
                format!("De kopregel \"{name}\" mag niet worden meegestuurd. Haal hem weg of verbeter hem.")
            }
            Self::WrongChannel { channel } => {
                format!("Deze verzender kan niets versturen via {channel}. Kies een verzender voor dit kanaal.")
            }
            Self::Answered { stage, code, text } => {
                format!("De mailserver weigerde {} ({code} {text}).", stage.say(Language::Nl))
            }
            Self::Provider { means, code, text } => means.say(Language::Nl, format!("{code} {text}").trim()),
            Self::NoTemplate => {
                "De klant schreef ons langer dan 24 uur geleden; dan brengt de aanbieder alleen een goedgekeurd sjabloon. Vul bij het bericht een sjabloon in.".into()
            }
            Self::NotSecure { detail } => {
                format!(
                    "De mailserver biedt geen vertrouwde versleuteling ({detail}). Controleer de instellingen van de afzender."
                )
            }
            Self::Line { stage: Stage::Message, detail } => {
                format!(
                    "De verbinding viel weg nadat het bericht was overgedragen ({detail}). Misschien is het aangekomen."
                )
            }
            Self::Line { detail, .. } => {
                format!("De server van de aanbieder was niet bereikbaar ({detail}). We proberen het later opnieuw.")
            }
            Self::Silence { stage: Stage::Message, waited_ms } => {
                format!(
                    "De server van de aanbieder kreeg het bericht maar antwoordde niet binnen {waited_ms} ms. Misschien is het aangekomen."
                )
            }
            Self::Silence { waited_ms, .. } => {
                format!("De server van de aanbieder antwoordde niet binnen {waited_ms} ms. We proberen het later opnieuw.")
            }
            Self::Busy { seconds } => {
                format!(
                    "De aanbieder heeft het druk en vraagt {seconds} seconden te wachten. We proberen het later opnieuw."
                )
            }
            Self::Disk { detail } => {
                format!("Het bericht kon niet worden weggeschreven ({detail}). Controleer de map en de vrije ruimte.")
            }
        }
    }

    fn english(&self) -> String {
        match self {
            Self::BadAddress { address } => {
                format!("\"{address}\" is no valid address for this channel. Correct it with the customer.")
            }
            Self::TooLong { part, max } => {
                format!("The part \"{part}\" is too long (at most {max}). Shorten the message.")
            }
            Self::Empty => "The message has no text. Fill in the message's text.".into(),
            Self::BadHeader { name } => format!("The header \"{name}\" may not be sent along. Remove or correct it."),
            Self::WrongChannel { channel } => {
                format!("This sender cannot send by {channel}. Choose a sender for this channel.")
            }
            Self::Answered { stage, code, text } => {
                format!("The mail server refused {} ({code} {text}).", stage.say(Language::En))
            }
            Self::Provider { means, code, text } => means.say(Language::En, format!("{code} {text}").trim()),
            Self::NoTemplate => {
                "The customer wrote to us longer than 24 hours ago; then the provider carries an approved template only. Fill in a template with the message.".into()
            }
            Self::NotSecure { detail } => {
                format!("The mail server offers no trusted encryption ({detail}). Check the sender's settings.")
            }
            Self::Line { stage: Stage::Message, detail } => {
                format!("The line was lost after the message was handed over ({detail}). It may have arrived.")
            }
            Self::Line { detail, .. } => {
                format!("The provider's server could not be reached ({detail}). We try again later.")
            }
            Self::Silence { stage: Stage::Message, waited_ms } => {
                format!(
                    "The provider's server got the message but did not answer within {waited_ms} ms. It may have arrived."
                )
            }
            Self::Silence { waited_ms, .. } => {
                format!("The provider's server did not answer within {waited_ms} ms. We try again later.")
            }
            Self::Busy { seconds } => {
                format!("The provider is busy and asks to wait {seconds} seconds. We try again later.")
            }
            Self::Disk { detail } => {
                format!("The message could not be written down ({detail}). Check the folder and the free space.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_what_happened_and_what_to_do() {
        let refused = Reason::Answered { stage: Stage::Recipient, code: 550, text: "5.1.1 User unknown".into() };
        assert_eq!(
            refused.say(Language::Nl),
            "De mailserver weigerde het adres van de ontvanger (550 5.1.1 User unknown)."
        );
        let lost = |stage| Reason::Line { stage, detail: "reset".into() }.say(Language::En);
        assert!(lost(Stage::Message).ends_with("It may have arrived."));
        assert!(lost(Stage::Recipient).ends_with("We try again later."));
    }

    #[test]
    fn trouble_is_what_the_next_message_would_meet_too() {
        let answered =
            |stage, code| Outcome::refused_for_now(Reason::Answered { stage, code, text: String::new() }).is_trouble();
        assert!(answered(Stage::Connect, 450) && answered(Stage::LogIn, 535) && answered(Stage::Data, 421));
        assert!(answered(Stage::Sender, 530), "settings");
        assert!(!answered(Stage::Recipient, 450), "a full mailbox is one customer's");
        assert!(!answered(Stage::Message, 451));
        let gone = Reason::Answered { stage: Stage::Recipient, code: 550, text: String::new() };
        assert!(!Outcome::refused_for_good(gone).is_trouble());
        let busy = Outcome::refused_for_now(Reason::Busy { seconds: 30 });
        assert!(busy.is_trouble());
        assert_eq!(busy.asks_to_wait(), Some(Duration::from_secs(30)));
    }

    #[test]
    fn an_outcome_can_be_kept() {
        let outcome = Outcome::refused_for_good(Reason::TooLong { part: "subject".into(), max: 250 });
        let kept = serde_json::to_string(&outcome).unwrap();
        assert_eq!(serde_json::from_str::<Outcome>(&kept).unwrap(), outcome);
    }
}
