use jiff::civil::time;
use jiff::tz::TimeZone;
use words::{FormOfAddress, Language, Rail};

use crate::finding::Finding;
use crate::language::{ORGANISATION, RAILS, scalar};
use crate::model::{
    AfterErasure, Budget, Complaints, Key, Organisation, OwnVoice, Persona, QuietHours, Replies, Retention, Span,
    TaskDue, Voice,
};
use crate::parse::File;
use crate::read::fact_path;
use crate::yaml::{Core, Node};

impl Organisation {
    /// The name of its file.
    pub const FILE: &'static str = "organisation.yaml";

    /// An organisation of which only the name is known; everything else as most Dutch organisations have it.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            zone: TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC),
            language: Language::Nl,
            address: FormOfAddress::U,
            voice: Voice::default(),
            quiet_hours: Some(QuietHours { from: time(21, 0, 0, 0), until: time(8, 0, 0, 0) }),
            message_budget: None,
            customer_word: ("klant".to_owned(), "klanten".to_owned()),
            principal: None,
            teams: Vec::new(),
            personas: Vec::new(),
            links: Default::default(),
            channels: Default::default(),
            replies: Replies::default(),
            complaints: Complaints::default(),
            after_erasure: AfterErasure::default(),
            retention: Retention::default(),
        }
    }

    /// Reads `organisation.yaml`: as much as possible, with all that is wrong. What is left out is as in
    /// [`Organisation::named`].
    pub fn parse(text: &str) -> (Self, Vec<Finding>) {
        let mut file = File::read(Self::FILE, text, &ORGANISATION);
        let organisation = match file.root.take() {
            Some(root) => take(&root),
            None => Self::named(""),
        };
        (organisation, file.findings)
    }

    /// The rail of a channel: the language's own or the organisation's. `None`: nobody knows it.
    pub fn rail(&self, channel: &words::Channel) -> Option<Rail> {
        channel.known_rail().or_else(|| self.channels.get(channel.as_str()).copied())
    }

    /// How those are spoken to whom a journey is for: as the first of its personas that this organisation knows.
    pub fn voice_towards(&self, personas: &[String]) -> Voice {
        match personas.iter().find_map(|id| self.persona(id)) {
            Some(persona) => self.voice.towards(&persona.voice),
            None => self.voice.clone(),
        }
    }

    /// A persona by the name that journeys use.
    pub fn persona(&self, id: &str) -> Option<&Persona> {
        self.personas.iter().find(|persona| persona.id == id)
    }
}

fn take(root: &Node) -> Organisation {
    let text = |key: &str| root.get(key).and_then(Node::text);
    let texts = |key: &str| {
        let items = root.get(key).map(Node::items).unwrap_or_default();
        items.iter().filter_map(Node::text).map(str::to_owned)
    };
    let named = |key: &str| {
        let entries = root.get(key).map(Node::entries).unwrap_or_default();
        entries.iter().filter_map(|entry| Some((entry.key.clone(), entry.value.text()?)))
    };
    let default = Organisation::named(text("name").unwrap_or_default());
    Organisation {
        zone: text("zone").and_then(|zone| TimeZone::get(zone).ok()).unwrap_or(default.zone),
        language: text("language").and_then(Language::from_tag).unwrap_or(default.language),
        address: text("address").and_then(FormOfAddress::parse).unwrap_or(default.address),
        voice: root.get("voice").map(voice).unwrap_or_default(),
        quiet_hours: match text("quiet_hours") {
            Some("none") => None,
            Some(hours) => scalar::hours(hours).map(|(from, until)| QuietHours { from, until }).or(default.quiet_hours),
            None => default.quiet_hours,
        },
        message_budget: root.get("message_budget").and_then(budget),
        customer_word: root
            .get("customer")
            .and_then(|word| {
                let one = word.get("one")?.text()?.to_owned();
                Some((one, word.get("many")?.text()?.to_owned()))
            })
            .unwrap_or(default.customer_word),
        principal: text("principal").and_then(fact_path).map(Key::from),
        teams: texts("teams").collect(),
        personas: root.get("personas").map(Node::items).unwrap_or_default().iter().filter_map(persona).collect(),
        links: named("links").map(|(name, link)| (name, link.to_owned())).collect(),
        channels: named("channels")
            .filter_map(|(name, rail)| {
                let rail = RAILS.iter().find(|(known, _)| *known == rail)?.1;
                Some((name, rail))
            })
            .collect(),
        replies: root.get("replies").map(replies).unwrap_or_default(),
        complaints: root.get("complaints").map(complaints).unwrap_or_default(),
        after_erasure: match text("after_erasure") {
            Some("anonymous") => AfterErasure::Anonymous,
            _ => default.after_erasure,
        },
        retention: root.get("retention").map(retention).unwrap_or_default(),
        name: default.name,
    }
}

fn whole(node: &Node) -> Option<u32> {
    match node.core()? {
        Core::Number(number) => Some(number as u32),
        _ => None,
    }
}

fn replies(map: &Node) -> Replies {
    let text = |key: &str| map.get(key).and_then(Node::text).map(str::trim);
    let within = text("within").and_then(TaskDue::parse);
    Replies { team: text("team").map(str::to_owned), within: within.unwrap_or(Replies::default().within) }
}

fn complaints(map: &Node) -> Complaints {
    let text = |key: &str| map.get(key).and_then(Node::text).map(str::trim);
    let usual = Complaints::default();
    Complaints {
        team: text("team").map(str::to_owned),
        within: text("within").and_then(TaskDue::parse).unwrap_or(usual.within),
        acknowledge: !matches!(map.get("acknowledge").and_then(Node::core), Some(Core::Bool(false))),
        mark: map.get("mark").and_then(whole).filter(|mark| (1..=10).contains(mark)).unwrap_or(usual.mark),
    }
}

fn budget(node: &Node) -> Option<Budget> {
    let days = match Span::parse(node.get("within")?.text()?)? {
        Span::Days(days) => days,
        _ => return None,
    };
    Some(Budget { messages: whole(node.get("messages")?)?, days })
}

fn retention(map: &Node) -> Retention {
    let usual = Retention::default();
    let days = |key: &str, usual: Option<u32>| match map.get(key).and_then(Node::text) {
        Some("never") => None,
        Some(span) => {
            Span::parse(span).map(|span| u32::try_from(span.seconds_about().div_ceil(86_400)).unwrap_or(u32::MAX))
        }
        None => usual,
    };
    Retention {
        events: days("events", usual.events),
        messages: days("messages", usual.messages),
        quarantine: days("quarantine", usual.quarantine),
        decisions: days("decisions", usual.decisions),
        audit: days("audit", usual.audit),
        runs: days("runs", usual.runs),
        fetched: days("fetched", usual.fetched),
        deliveries: days("deliveries", usual.deliveries),
        anonymous: days("anonymous", usual.anonymous),
    }
}

fn persona(item: &Node) -> Option<Persona> {
    let text = |key: &str| item.get(key).and_then(Node::text).map(str::to_owned);
    let voice = item.get("voice").map(own_voice).unwrap_or_default();
    Some(Persona { id: text("id")?, name: text("name")?, about: text("about"), goal: text("goal"), voice })
}

fn voice(map: &Node) -> Voice {
    let own = own_voice(map);
    let strict = matches!(map.get("strict").and_then(Node::core), Some(Core::Bool(true)));
    Voice { strict, ..Voice::default().towards(&own) }
}

fn own_voice(map: &Node) -> OwnVoice {
    let number = |key: &str| map.get(key).and_then(whole);
    OwnVoice {
        address: map.get("address").and_then(Node::text).and_then(FormOfAddress::parse),
        openings: map.get("openings").map(phrases),
        closings: map.get("closings").map(phrases),
        emoji: number("emoji"),
        exclamations: number("exclamations"),
        sentence_words: number("sentence_words"),
        say: map
            .get("say")
            .map(Node::entries)
            .unwrap_or_default()
            .iter()
            .map(|entry| (entry.key.clone(), phrases(&entry.value)))
            .collect(),
        avoid: map.get("avoid").map(phrases).unwrap_or_default(),
        flemish: match map.get("flemish").and_then(Node::core) {
            Some(Core::Bool(flemish)) => Some(flemish),
            _ => None,
        },
    }
}

/// One phrase, or a list.
fn phrases(node: &Node) -> Vec<String> {
    node.items().iter().filter_map(Node::text).map(|text| text.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use words::Scale;

    use super::*;
    use crate::{Folder, parse};

    const TEXT: &str = "name: Rijnoever
voice: { emoji: 0, avoid: kosteloos, say: { e-book: ebook, lid: [klant] } }
personas:
  - { id: jeugd, name: Noor, voice: { address: je, emoji: 3, avoid: [dienen], say: { klant: bezoeker } } }
  - { id: senior, name: Wim }
";

    #[test]
    fn a_persona_hears_its_own_voice_and_the_rest_of_the_organisations() {
        let (organisation, findings) = Organisation::parse(TEXT);
        assert!(findings.is_empty(), "{findings:?}");
        let own = organisation.voice_towards(&["onbekend".into(), "jeugd".into(), "senior".into()]);
        assert_eq!((own.emoji, own.exclamations), (3, 1));
        assert_eq!(own.avoid, ["kosteloos", "dienen"]);
        // What this persona is to hear is replaced by nothing.
        assert!(own.say["lid"].is_empty() && own.say["klant"] == ["bezoeker"] && own.say["e-book"] == ["ebook"]);
        assert_eq!(organisation.voice_towards(&["senior".into()]), organisation.voice);
    }

    #[test]
    fn a_journey_speaks_to_its_persona_unless_it_says_otherwise() {
        let (organisation, _) = Organisation::parse(TEXT);
        let address = |more: &str| {
            let text = format!("journey: x\ntitle: X\nstarts: a.b\n{more}\n");
            parse(&Folder::of_definition(text), &organisation).definition.expect("it can be read").address
        };
        assert_eq!(address("personas: [jeugd]"), Some(FormOfAddress::Je));
        assert_eq!(address("personas: [jeugd]\naddress: u"), Some(FormOfAddress::U));
        assert_eq!(address("personas: [senior]"), None);
    }

    #[test]
    fn complaints_are_dealt_with_as_the_organisation_says() {
        let (organisation, findings) =
            Organisation::parse("name: x\ncomplaints: { team: klachten, within: 3wd, acknowledge: false, mark: 4 }\n");
        assert!(findings.is_empty(), "{findings:?}");
        let complaints = organisation.complaints;
        assert_eq!((complaints.team.as_deref(), complaints.acknowledge), (Some("klachten"), false));
        let low = |scale, answer| complaints.is_low(scale, answer);
        assert!(low(Scale::Mark, 4.0) && !low(Scale::Mark, 5.0) && low(Scale::Csat, 2.0) && !low(Scale::Csat, 3.0));
        assert!(low(Scale::Ces, 2.0) && !low(Scale::Ces, 3.0) && !low(Scale::Nps, 0.0));
        let usual = Complaints::default();
        assert!(usual.is_low(Scale::Mark, 5.0) && usual.is_low(Scale::Ces, 3.0) && !usual.is_low(Scale::Mark, 6.0));
    }

    #[test]
    fn what_is_no_voice_is_refused() {
        let (_, findings) = Organisation::parse("name: x\nvoice: { emoji: -1, openings: 3, loud: true }\n");
        assert_eq!(findings.len(), 3, "{findings:?}");
    }
}
