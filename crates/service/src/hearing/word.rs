//! The words by which somebody says that nothing is to come any more, or that it may come again.

use words::Channel;

/// What a word asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Stop,
    Start,
}

/// Words that mean it by every channel.
const STOP: [&str; 8] = ["STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "OPTOUT", "AFMELDEN", "UITSCHRIJVEN", "STOPPEN"];
/// Words that networks take so in text messages; elsewhere they may be an answer.
const STOP_BY_SMS: [&str; 4] = ["CANCEL", "END", "QUIT", "REVOKE"];
const START: [&str; 3] = ["START", "UNSTOP", "AANMELDEN"];

/// The word that a text is; `None`: it says something else.
pub(super) fn word(channel: &Channel, text: &str) -> Option<Word> {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase();
    let is_in = |words: &[&str]| words.contains(&bare.as_str());
    if is_in(&STOP) || (channel.as_str() == "sms" && is_in(&STOP_BY_SMS)) {
        return Some(Word::Stop);
    }
    is_in(&START).then_some(Word::Start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_word_alone_is_the_word() {
        let (sms, whatsapp) = (Channel::new("sms"), Channel::new("whatsapp"));
        for text in ["STOP", "stop", " Stop! ", "stop all", "Afmelden.", "uitschrijven", "\u{200b}STOP"] {
            assert_eq!(word(&sms, text), Some(Word::Stop), "{text}");
            assert_eq!(word(&whatsapp, text), Some(Word::Stop), "{text}");
        }
        assert_eq!((word(&sms, "cancel"), word(&whatsapp, "cancel")), (Some(Word::Stop), None));
        assert_eq!((word(&sms, "Start"), word(&sms, "UNSTOP")), (Some(Word::Start), Some(Word::Start)));
        for text in ["", "stop ermee te bellen voor 9 uur", "Kan de monteur stoppen bij nummer 5?", "ja", "0"] {
            assert_eq!(word(&sms, text), None, "{text}");
        }
    }
}
