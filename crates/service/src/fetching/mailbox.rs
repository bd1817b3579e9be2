use channels::imap::{self, Mailbox, Place};
use channels::inbound;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::{Fetching, Left, MailboxAt, Trouble};
use crate::connections::Fetch;
use crate::receiving::Received;

impl Fetching {
    /// Looks into a mailbox for what is new. The place moves on behind every mail, so that an interruption loses nothing; what is
    /// then read twice is known by its Message-ID. A mail that cannot be read stays where it is, and is counted.
    pub(super) async fn read_mailbox(
        &self,
        fetch: &mut Fetch,
        at: &MailboxAt,
        (claimed, now): (Timestamp, Timestamp),
    ) -> Result<Left, Trouble> {
        let since = fetch.progress.went_well.map(|time| time.to_zoned(TimeZone::UTC).date().saturating_sub(1.days()));
        let read = imap::read(&mailbox(at, fetch.secret.as_deref()), place(fetch), since).await?;
        for (place, raw) in read.mails {
            let parsed = tokio::task::spawn_blocking(move || inbound::read(&raw)).await;
            match parsed {
                Ok(Ok(mail)) => {
                    let (received, event) = self.receiving.take(&fetch.organisation, mail, now).await?;
                    match received {
                        Received::Again | Received::Ignored => fetch.progress.last.known += 1,
                        _ => fetch.progress.last.received += 1,
                    }
                    if event.is_some() {
                        self.wake.notify_one();
                    }
                }
                _ => fetch.progress.last.refused += 1,
            }
            fetch.place = Some(written(place));
            if !self.step(fetch, claimed, Some(claimed)).await? {
                return Ok(Left::ToOthers);
            }
        }
        fetch.place = Some(written(read.place));
        Ok(if read.has_more { Left::More } else { Left::Nothing })
    }

    /// Whether a mailbox can be read with these; nothing is taken in.
    pub async fn try_mailbox(&self, at: &MailboxAt, password: &str) -> Result<(), Trouble> {
        Ok(imap::read(&mailbox(at, Some(password)), None, None).await.map(|_| ())?)
    }
}

fn mailbox(at: &MailboxAt, password: Option<&str>) -> Mailbox {
    Mailbox {
        host: at.host.clone(),
        port: at.port,
        user: at.user.clone(),
        password: password.unwrap_or_default().to_owned(),
        folder: at.folder.clone(),
        trusted_pem: at.trusted_pem.clone(),
    }
}

fn written(place: Place) -> String {
    format!("{}:{}", place.validity, place.last)
}

fn place(fetch: &Fetch) -> Option<Place> {
    let (validity, last) = fetch.place.as_deref()?.split_once(':')?;
    Some(Place { validity: validity.parse().ok()?, last: last.parse().ok()? })
}
