//! Mail servers and other providers, and how messages leave.

use std::time::Duration;

use channels::dns::{DnsError, Kind, Lookup, Told};
use channels::{Transport, twilio, whatsapp};
use store::Sender;
use words::{Channel, Language, OrganisationId};

use super::domain::{self, Found};
use super::{Area, Findings, Severity};
use crate::signing::Dkim;
use crate::{Result, Service};

/// How long a mail server may take to pick up and to let us in.
const REACHED_WITHIN: Duration = Duration::from_secs(8);

pub(super) async fn senders(findings: &mut Findings, service: &Service, names: Option<&dyn Lookup>) -> Result<()> {
    for organisation in service.store.organisations().await? {
        for (channel, trouble) in service.store.troubles(&organisation.id).await? {
            let (name, ago, why) = (organisation.id.as_str(), findings.ago(trouble.since), &trouble.reason);
            findings.add(
                (Area::Mail, Severity::Fault, Some(&organisation.id)),
                (
                    &format!("sinds {ago} gaat er voor {name} niets uit via {channel}: {why}"),
                    &format!("for {ago} nothing goes out for {name} by {channel}: {why}"),
                ),
                (
                    "de berichten wachten en gaan vanzelf als de aanbieder weer werkt; kijk anders bij Instellingen, Afzenders",
                    "the messages wait and go by themselves once the provider works again; else look at Settings, Senders",
                ),
            );
        }
        for sender in service.store.senders(&organisation.id).await? {
            let whose = |severity| (Area::Mail, severity, Some(&organisation.id));
            let (name, channel) = (organisation.id.as_str(), sender.name());
            if sender.tested.is_none() {
                findings.add(
                    whose(Severity::Warning),
                    (
                        &format!("de afzender voor {channel} van {name} is niet getest: er gaat niets uit"),
                        &format!("the sender for {channel} of {name} was not tested: nothing goes out"),
                    ),
                    ("stuur de testmail: Instellingen, Afzenders", "send the test message: Settings, Senders"),
                );
                continue;
            }
            if let Err(error) = service.carrier.transports.of(&sender) {
                findings.add(
                    whose(Severity::Fault),
                    (
                        &format!("de afzender voor {channel} van {name} kan niet gebruikt worden: {error}"),
                        &format!("the sender for {channel} of {name} cannot be used: {error}"),
                    ),
                    ("verbeter hem: Instellingen, Afzenders", "mend it: Settings, Senders"),
                );
                continue;
            }
            let Some(server) = server(&sender) else { continue };
            let transport = service.carrier.transports.of(&sender);
            match logged_in(transport.as_deref().ok(), findings.language).await {
                Ok(()) => findings.add(
                    whose(Severity::Fine),
                    (&format!("{server} neemt op en laat ons binnen"), &format!("{server} picks up and lets us in")),
                    ("", ""),
                ),
                Err(reason) => findings.add(
                    whose(Severity::Fault),
                    (
                        &format!("{server}, waarmee {name} via {channel} verstuurt, laat ons niet binnen: {reason}"),
                        &format!("{server}, by which {name} sends by {channel}, does not let us in: {reason}"),
                    ),
                    (
                        "kloppen adres, versleuteling, naam en wachtwoord of token, en laat de firewall deze machine erbij?",
                        "are address, encryption, name and password or token right, and does the firewall let this machine through?",
                    ),
                ),
            }
            if sender.channel == Channel::email() {
                domain(findings, (names, &organisation.id), &sender).await;
            }
        }
    }
    Ok(())
}

/// What the DNS says of the domain that the mail comes from.
async fn domain(
    findings: &mut Findings,
    (names, organisation): (Option<&dyn Lookup>, &OrganisationId),
    sender: &Sender,
) {
    let Some((names, domain)) = names.zip(domain::of(&sender.from_address)) else { return };
    match looked_up(names, domain, Dkim::of(sender).as_ref()).await {
        Ok(found) => found.into_iter().for_each(|found| {
            let (severity, [nl, en, nl_do, en_do]) = taken_apart(found);
            findings.add((Area::Mail, severity, Some(organisation)), (&nl, &en), (&nl_do, &en_do));
        }),
        Err(error) => findings.add(
            (Area::Mail, Severity::Warning, Some(organisation)),
            (
                &format!("wat het DNS van {domain} zegt is niet te zien: {error}"),
                &format!("what the DNS says of {domain} cannot be seen: {error}"),
            ),
            ("kijk of deze machine namen kan opzoeken", "see whether this machine can look up names"),
        ),
    }
}

fn taken_apart(found: Found) -> (Severity, [String; 4]) {
    match found {
        Found::Well(what) => (Severity::Fine, [what.clone(), what, String::new(), String::new()]),
        Found::Warning(said) => (Severity::Warning, said),
        Found::Fault(said) => (Severity::Fault, said),
    }
}

/// One thing that the DNS says of a sender's domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainFinding {
    /// How bad it is.
    pub severity: Severity,
    /// What is found.
    pub what: String,
    /// What to do; empty when nothing is to be done.
    pub advice: String,
}

/// What the DNS says of the domain of a sender of mail: where answers go, who may send, signatures, what receivers do.
pub async fn domain_findings(
    names: &dyn Lookup,
    sender: &Sender,
    language: Language,
) -> std::result::Result<Vec<DomainFinding>, DnsError> {
    let Some(domain) = domain::of(&sender.from_address) else { return Ok(Vec::new()) };
    let found = looked_up(names, domain, Dkim::of(sender).as_ref()).await?;
    let said = found.into_iter().map(|found| {
        let (severity, [nl, en, nl_do, en_do]) = taken_apart(found);
        DomainFinding {
            severity,
            what: language.pick(&nl, &en).to_owned(),
            advice: language.pick(&nl_do, &en_do).to_owned(),
        }
    });
    Ok(said.collect())
}

async fn looked_up(names: &dyn Lookup, domain: &str, dkim: Option<&Dkim>) -> std::result::Result<Vec<Found>, DnsError> {
    let records = |told: Told| match told {
        Told::Records(records) => records,
        Told::NoName => Vec::new(),
    };
    let mut policy = Vec::new();
    for above in domain::with_parents(domain) {
        policy = records(names.ask(&format!("_dmarc.{above}"), Kind::Txt).await?);
        if !policy.is_empty() {
            break;
        }
    }
    let key = match dkim {
        Some(dkim) => domain::own_key(dkim, dkim.published(names).await?),
        None => {
            let keys = names.ask(&format!("_domainkey.{domain}"), Kind::Txt).await?;
            domain::dkim(domain, keys != Told::NoName)
        }
    };
    Ok(vec![
        domain::mx(domain, &records(names.ask(domain, Kind::Mx).await?)),
        domain::spf(domain, &records(names.ask(domain, Kind::Txt).await?)),
        key,
        domain::dmarc(domain, &policy),
    ])
}

/// What a sender asks to carry its messages.
fn server(sender: &store::Sender) -> Option<String> {
    let text = |name: &str| sender.config.get(name)?.as_str().filter(|text| !text.is_empty());
    match sender.transport.as_str() {
        "smtp" => Some(format!("{}:{}", text("host")?, sender.config.get("port")?.as_u64()?)),
        "twilio" => Some(text("base").unwrap_or(twilio::BASE).to_owned()),
        "whatsapp" => Some(text("base").unwrap_or(whatsapp::BASE).to_owned()),
        _ => None,
    }
}

/// The error in the reader's words.
async fn logged_in(transport: Option<&dyn Transport>, language: Language) -> std::result::Result<(), String> {
    let Some(transport) = transport else { return Ok(()) };
    match tokio::time::timeout(REACHED_WITHIN, transport.check()).await {
        Ok(checked) => checked.map_err(|reason| reason.say(language)),
        Err(_) => Err(language.pick("geen antwoord", "no answer").to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use async_trait::async_trait;

    use super::*;

    /// The DNS of a small world.
    #[derive(Debug)]
    struct Names(BTreeMap<&'static str, Vec<&'static str>>);

    #[async_trait]
    impl Lookup for Names {
        async fn ask(&self, name: &str, kind: Kind) -> std::result::Result<Told, DnsError> {
            let key = if kind == Kind::Mx { format!("mx {name}") } else { name.to_owned() };
            let records = self.0.get(key.as_str());
            Ok(records.map_or(Told::NoName, |all| Told::Records(all.iter().map(ToString::to_string).collect())))
        }
    }

    #[test]
    fn each_sender_names_whom_it_asks() {
        let named = |transport: &str, config: serde_json::Value| {
            let sender = store::Sender {
                organisation: OrganisationId::new("rijnoever"),
                channel: Channel::new("sms"),
                principal: words::PrincipalId::own(),
                transport: transport.into(),
                config,
                from_name: String::new(),
                from_address: String::new(),
                reply_to: None,
                tested: None,
                per_minute: None,
                catch_up: None,
            };
            server(&sender)
        };
        assert_eq!(named("smtp", serde_json::json!({ "host": "mail", "port": 587 })).as_deref(), Some("mail:587"));
        assert_eq!(named("twilio", serde_json::json!({ "base": "" })).as_deref(), Some("https://api.twilio.com"));
        let own = named("whatsapp", serde_json::json!({ "base": "https://wa.example" }));
        assert_eq!(own.as_deref(), Some("https://wa.example"));
        assert_eq!(named("file", serde_json::json!({})), None);
    }

    #[tokio::test]
    async fn the_records_of_a_domain_are_looked_up_where_they_stand() {
        let well = Names(BTreeMap::from([
            ("mx post.rijnoever.nl", vec!["10 mail.rijnoever.nl"]),
            ("post.rijnoever.nl", vec!["v=spf1 mx -all"]),
            ("_domainkey.post.rijnoever.nl", vec![]),
            ("_dmarc.rijnoever.nl", vec!["v=DMARC1; p=reject"]),
        ]));
        let found = looked_up(&well, "post.rijnoever.nl", None).await.unwrap();
        assert!(found.iter().all(|found| matches!(found, Found::Well(_))), "the domain above speaks for it: {found:?}");
        let bare = looked_up(&Names(BTreeMap::new()), "rijnoever.nl", None).await.unwrap();
        let faults = bare.iter().filter(|found| matches!(found, Found::Fault(_))).count();
        assert_eq!((bare.len(), faults), (4, 2), "{bare:?}");
    }
}
