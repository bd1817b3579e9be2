//! Mail servers and how messages leave.

use std::time::Duration;

use tokio::net::TcpStream;

use super::{Area, Findings, Severity};
use crate::{Result, Service};

/// How long a mail server may take to pick up.
const REACHED_WITHIN: Duration = Duration::from_secs(5);

pub(super) async fn senders(findings: &mut Findings, service: &Service) -> Result<()> {
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
            let (name, channel) = (organisation.id.as_str(), sender.channel.as_str());
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
            let Some((host, port)) = server(&sender) else { continue };
            match reached(&host, port).await {
                Ok(()) => findings.add(
                    whose(Severity::Fine),
                    (&format!("{host}:{port} neemt op"), &format!("{host}:{port} picks up")),
                    ("", ""),
                ),
                Err(error) => findings.add(
                    whose(Severity::Fault),
                    (
                        &format!("de mailserver {host}:{port} van {name} is niet te bereiken: {error}"),
                        &format!("the mail server {host}:{port} of {name} cannot be reached: {error}"),
                    ),
                    (
                        "klopt het adres, en laat de firewall deze machine erbij?",
                        "is the address right, and does the firewall let this machine through?",
                    ),
                ),
            }
        }
    }
    Ok(())
}

fn server(sender: &store::Sender) -> Option<(String, u16)> {
    let host = sender.config.get("host")?.as_str()?.to_owned();
    let port = sender.config.get("port")?.as_u64()?;
    (sender.transport == "smtp").then_some((host, u16::try_from(port).ok()?))
}

async fn reached(host: &str, port: u16) -> std::io::Result<()> {
    let reached = tokio::time::timeout(REACHED_WITHIN, TcpStream::connect((host, port))).await;
    reached.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into())).map(|_| ())
}
