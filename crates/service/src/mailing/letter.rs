use journey::Folder;
use serde_json::Value;
use words::{Channel, Class, Language};

use super::GROUP;

/// A one-off message as it is first written down.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Id of its journey.
    pub id: String,
    /// What staff call it.
    pub title: String,
    /// Whether it needs consent.
    pub class: Class,
    /// In order of preference.
    pub channels: Vec<Channel>,
    /// Whom a customer reaches: team and telephone number.
    pub human: (String, Option<String>),
    /// Its language.
    pub language: Language,
    /// The subject of a mail, the title of a letter.
    pub subject: String,
    /// The text, in Markdown.
    pub text: String,
}

/// How long answers to it are listened for.
const LISTENS: &str = "14d";

impl Letter {
    /// The journey and its message, as they are edited and published from here on.
    pub fn folder(&self) -> Folder {
        let quoted = |text: &str| Value::from(text).to_string();
        let english = self.language == Language::En;
        let channels: Vec<&str> = self.channels.iter().map(Channel::as_str).collect();
        let phone = self.human.1.as_deref().map(|phone| format!(", phone: {}", quoted(phone))).unwrap_or_default();
        // Of its own, so that no other message begins by it.
        let chosen = format!("{GROUP}.chosen_{}", self.id.replace('-', "_"));
        let need = if english { "To know what is going on" } else { "Weten wat er speelt" };
        let phase = if english { "Message" } else { "Bericht" };
        let definition = format!(
            "journey: {id}\ntitle: {title}\nlanguage: {language}\nowner: {team}\nstarts: [{chosen}]\nagain: never\nends:\n  \
             - {{ after: bericht, by: {LISTENS}, as: done }}\ngoal: {{ event: message.sent, within: {LISTENS} }}\nhuman: {{ team: {team}{phone} \
             }}\n\nphases:\n  - {{ id: bericht, title: {phase}, band: during }}\n\ntouchpoints:\n  - id: bericht\n    phase: bericht\n    \
             title: {title}\n    channel: [{channels}]\n    category: message\n    by: automatic\n    class: {class}\n    need: {need}\n    \
             when: {chosen}\n    send: bericht\n",
            id = self.id,
            title = quoted(&self.title),
            language = self.language.tag(),
            team = quoted(&self.human.0),
            channels = channels.join(", "),
            class = self.class.as_str(),
        );
        let mut folder = Folder::of_definition(definition);
        let message = format!("---\nsubject: {}\n---\n{}\n", quoted(&self.subject), self.text.trim());
        folder.put(format!("messages/bericht.{}.md", self.language.tag()), message);
        folder
    }
}

#[cfg(test)]
mod tests {
    use journey::Organisation;

    use super::*;
    use crate::{mailing::chosen, workbench};

    #[test]
    fn what_is_written_down_can_be_published_whatever_it_is_called() {
        for title in ["Nieuwsbrief", "De \"storm\": wat nu? # {{ x", "- [lijst]"] {
            let letter = Letter {
                id: "nieuwsbrief-2".into(),
                title: title.into(),
                class: Class::Marketing,
                channels: vec![Channel::email(), Channel::new("sms")],
                human: ("klantenservice".into(), Some("020 765 43 21".into())),
                language: Language::Nl,
                subject: "Nieuws: december".into(),
                text: "{{ salutation }},\n\nEr is nieuws. Bel {{ human.phone }}.\n\nGroet,\n{{ organisation.name }}"
                    .into(),
            };
            let reading = workbench::read(&letter.folder(), &Organisation::named("Bieb"));
            let definition = reading.definition.as_ref().unwrap();
            assert_eq!(definition.title, title);
            assert_eq!(chosen(definition).unwrap().as_str(), "group.chosen_nieuwsbrief_2");
            assert!(reading.publishable(), "{title}");
        }
    }
}
