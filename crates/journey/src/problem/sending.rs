use words::CustomerWord;

use super::{Customer, Texts};

/// What can be wrong with what a touchpoint does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// A message that nothing sends.
    Never,
    /// `when` with nothing to do.
    Nothing,
    /// `only_if` without `when`.
    OnlyIf,
    /// Sent by another system, and by us.
    SentBy(String),
    /// No channel by which one can send.
    NoChannel(Vec<String>),
    /// Questions without a message.
    AskNeedsSend,
    /// Questions about something that nobody sees happen.
    AskUnseen(String),
    /// Variants without a message.
    VariantsNeedSend,
    /// A holdout of nothing.
    HoldoutOfNothing,
    /// Marketing that is not held for quiet hours.
    UrgentMarketing,
    /// A message file that no touchpoint uses.
    Unused(String),
}

impl Sending {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Never => "never_sent",
            Self::Nothing => "does_nothing",
            Self::OnlyIf => "only_if_without_when",
            Self::SentBy(_) => "sent_twice",
            Self::NoChannel(_) => "no_sending_channel",
            Self::AskNeedsSend => "ask_needs_send",
            Self::AskUnseen(_) => "ask_unseen",
            Self::VariantsNeedSend => "variants_need_send",
            Self::HoldoutOfNothing => "holdout_of_nothing",
            Self::UrgentMarketing => "urgent_marketing",
            Self::Unused(_) => "message_unused",
        }
    }

    pub(super) fn texts(&self, who: &CustomerWord) -> Texts {
        let (dutch, english) = match self {
            Self::SentBy(system) => {
                return (
                    format!(
                        "{system} verstuurt dit al, dus wij doen het niet. Haal send en when weg, of haal sent_by weg."
                    ),
                    format!("{system} sends this already, so we do not. Remove send and when, or remove sent_by."),
                );
            }
            Self::NoChannel(channels) => {
                return (
                    format!(
                        "Via {} kunnen wij niets versturen. Zet er email, sms, whatsapp of post bij, of maak er een taak van.",
                        channels.join(", ")
                    ),
                    format!(
                        "We cannot send anything by {}. Add email, sms, whatsapp or post, or make it a task.",
                        channels.join(", ")
                    ),
                );
            }
            Self::AskUnseen(touchpoint) => {
                return (
                    format!(
                        "Niemand ziet of '{touchpoint}' gebeurt, dus een oordeel erover komt nergens aan. Geef dat contactmoment seen of when."
                    ),
                    format!(
                        "Nobody sees whether '{touchpoint}' happens, so a score about it lands nowhere. Give that touchpoint seen or when."
                    ),
                );
            }
            Self::Unused(file) => {
                return (
                    format!("Geen contactmoment verstuurt {file}. Noem het bij send of variants, of haal het weg."),
                    format!("No touchpoint sends {file}. Name it at send or variants, or remove it."),
                );
            }
            Self::HoldoutOfNothing | Self::UrgentMarketing => return self.about(&Customer::of(who)),
            Self::Never => (
                "Dit bericht gaat nooit weg: when ontbreekt. Zeg wanneer het verstuurd wordt.",
                "This message is never sent: when is missing. Say when it is sent.",
            ),
            Self::Nothing => (
                "Er is een moment, maar er gebeurt dan niets. Voeg send (een bericht) of task (werk voor een medewerker) toe.",
                "There is a moment, but nothing happens then. Add send (a message) or task (work for a member of staff).",
            ),
            Self::OnlyIf => (
                "only_if geldt voor when, en dat ontbreekt. Zet de voorwaarde bij seen achter where, of voeg when toe.",
                "only_if applies to when, which is missing. Put the condition at seen, after where, or add when.",
            ),
            Self::AskNeedsSend => (
                "Een vraag gaat met een bericht mee. Voeg send toe.",
                "A question goes along with a message. Add send.",
            ),
            Self::VariantsNeedSend => (
                "variants zijn andere versies van het bericht bij send. Voeg send toe.",
                "variants are other versions of the message at send. Add send.",
            ),
        };
        (dutch.to_owned(), english.to_owned())
    }

    /// Those that speak of customers.
    fn about(&self, Customer { nl, nl_many, en, en_many }: &Customer) -> Texts {
        match self {
            Self::HoldoutOfNothing => (
                format!(
                    "holdout laat een deel van de {nl_many} dit bericht niet krijgen, maar er is geen bericht. Voeg send toe of haal holdout weg."
                ),
                format!(
                    "holdout keeps this message from a share of the {en_many}, but there is no message. Add send or remove holdout."
                ),
            ),
            Self::UrgentMarketing => (
                format!(
                    "Reclame wacht altijd tot na de stille uren. Haal urgent weg, of maak er class: service van als {nl} erom vroeg."
                ),
                format!(
                    "Marketing always waits until after the quiet hours. Remove urgent, or make it class: service if {en} asked for it."
                ),
            ),
            _ => Texts::default(),
        }
    }
}
