use std::io::{self, Read};

use channels::fetch::{Answer, Ask, Bytes};
use jiff::Timestamp;
use tokio::sync::mpsc::{Receiver, channel};

use super::{Fetching, From, Left, Trouble, api::header, folder};
use crate::connections::Fetch;
use crate::import::{ImportError, Limits, Source};
use crate::importing::{Mapping, Reader};
use crate::intake::Receipt;

/// The kinds of content that a table comes as.
pub(super) const ACCEPT: &str = "text/csv, application/gzip, */*;q=0.5";
/// Bytes of a table as it lies there. A night that brings more is a mistake, or is better divided.
const LIMITS: Limits =
    Limits { file_bytes_max: 100 << 20, plain_bytes_max: 1 << 30, item_bytes_max: 1 << 20, reasons_max: 0 };

impl Fetching {
    /// Reads the tables of a night.
    pub(super) async fn read_tables(
        &self,
        fetch: &mut Fetch,
        from: &From,
        mapping: &Mapping,
        (claimed, now): (Timestamp, Timestamp),
    ) -> Result<Left, Trouble> {
        match from {
            From::Address(at) => {
                let ask = Ask { address: at.url.clone(), header: header(at, fetch.secret.as_deref()), accept: ACCEPT };
                let answer = self.fetcher.open(&ask, LIMITS.file_bytes_max).await?;
                self.read_answer(fetch, answer, mapping, now).await?;
            }
            From::Folder(name) => {
                let files = self.files(fetch, name, now).await?;
                for file in files {
                    let opened = tokio::fs::File::open(&file.path).await.map_err(|_| Trouble::NoFile(name.clone()))?;
                    self.read_table(fetch, opened.into_std().await, mapping, now).await?;
                    fetch.place = Some(file.written.to_string());
                    if !self.step(fetch, claimed, Some(claimed)).await? {
                        return Ok(Left::ToOthers);
                    }
                }
            }
        }
        Ok(Left::Nothing)
    }

    pub(super) async fn files(&self, fetch: &Fetch, name: &str, now: Timestamp) -> Result<Vec<folder::File>, Trouble> {
        let folder = self.folder.clone().ok_or(Trouble::NoFolder)?;
        let (organisation, name, place) = (fetch.organisation.clone(), name.to_owned(), fetch.place.clone());
        let found = move || folder::newer(&folder, &organisation, &name, place.as_deref(), now);
        tokio::task::spawn_blocking(found).await.unwrap_or(Err(Trouble::Ours))
    }

    /// Reads an answer while it comes in.
    async fn read_answer(
        &self,
        fetch: &mut Fetch,
        mut answer: Answer,
        mapping: &Mapping,
        now: Timestamp,
    ) -> Result<(), Trouble> {
        let (pieces, arriving) = channel(4);
        let pumping = async move {
            loop {
                let (piece, ended) = match answer.next().await {
                    Ok(Some(piece)) => (Ok(piece), None),
                    Ok(None) => return Ok(()),
                    Err(error) => (Err(io::Error::other(error.to_string())), Some(error)),
                };
                // Nobody reads on when the table itself is wrong; that is told then.
                let is_heard = pieces.send(piece).await.is_ok();
                match ended {
                    Some(error) => return Err(Trouble::from(error)),
                    None if !is_heard => return Ok(()),
                    None => {}
                }
            }
        };
        let reading = self.read_table(fetch, Arriving { pieces: arriving, rest: Bytes::new() }, mapping, now);
        let (pumped, read) = tokio::join!(pumping, reading);
        // What broke the answer off is the cause of what was wrong with the table.
        pumped.and(read)
    }

    /// Reads one table to its end. What was taken before an error stays good: the next time it is known.
    async fn read_table(
        &self,
        fetch: &mut Fetch,
        file: impl Read + Send + 'static,
        mapping: &Mapping,
        now: Timestamp,
    ) -> Result<(), Trouble> {
        let (pieces, mut arriving) = channel(1);
        let (mapping, receipt) = (mapping.clone(), Receipt::new(fetch.source.clone(), now));
        let reading = tokio::task::spawn_blocking(move || {
            let reader = Reader::open(Source::new(file, LIMITS)?, mapping, receipt)?;
            reader.read_all(&pieces).map(|_| ())
        });
        let mut counts = fetch.progress.last;
        while let Some(rows) = arriving.recv().await {
            self.take(fetch, rows, (now, &mut counts)).await?;
            fetch.progress.last = counts;
        }
        let read: Result<(), ImportError> = reading.await.map_err(|_| Trouble::Ours)?;
        Ok(read?)
    }
}

/// What comes in, for a reader that waits for it.
struct Arriving {
    pieces: Receiver<io::Result<Bytes>>,
    rest: Bytes,
}

impl Read for Arriving {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            match self.pieces.blocking_recv() {
                Some(piece) => self.rest = piece?,
                None => return Ok(0),
            }
        }
        let amount = self.rest.len().min(into.len());
        into[..amount].copy_from_slice(&self.rest.split_to(amount));
        Ok(amount)
    }
}
