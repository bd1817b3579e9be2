use channels::fetch::Ask;
use jiff::Timestamp;
use serde_json::Value;
use words::limits::BATCH_EVENTS_MAX;

use super::{Address, Cursor, Fetching, Left, Trouble};
use crate::connections::Fetch;
use crate::intake::{Receipt, webhook::Mapping};

/// Bytes of one answer.
pub(super) const BYTES_MAX: u64 = 4 << 20;
/// Answers that are read at one time; the rest comes a little later.
const PAGES_MAX: usize = 50;

impl Fetching {
    /// Asks an API for what is new, answer by answer. After each what came is kept before the place moves on, so that an
    /// interruption loses nothing; what then comes twice is known by its id.
    pub(super) async fn poll(
        &self,
        fetch: &mut Fetch,
        (at, cursor): (&Address, &Cursor),
        mapping: &Mapping,
        (claimed, now): (Timestamp, Timestamp),
    ) -> Result<Left, Trouble> {
        let mut asked = cursor.address(&at.url, fetch.place.as_deref())?;
        let receipt = Receipt::new(fetch.source.clone(), now);
        for _ in 0..PAGES_MAX {
            let body = self.answer(at, fetch.secret.as_deref(), &asked).await?;
            let items = items(mapping, &body)?;
            let list = mapping.list.as_ref();
            let after = cursor.after((&at.url, &asked), &body, (list, items), fetch.place.as_deref())?;
            let rows = mapping.events(body, None, &receipt).into_iter().map(|taken| taken.map(|event| vec![event]));
            let rows = rows.collect();
            let mut counts = fetch.progress.last;
            self.take(fetch, rows, (now, &mut counts)).await?;
            fetch.progress.last = counts;
            fetch.place = after.place;
            match after.more {
                Some(more) => asked = more,
                None => return Ok(Left::Nothing),
            }
            if !self.step(fetch, claimed, Some(claimed)).await? {
                return Ok(Left::ToOthers);
            }
        }
        Ok(Left::More)
    }

    /// One answer, as JSON.
    pub(super) async fn answer(&self, at: &Address, secret: Option<&str>, asked: &str) -> Result<Value, Trouble> {
        let ask = Ask { address: asked.to_owned(), header: header(at, secret), accept: "application/json" };
        let bytes = self.fetcher.read(&ask, BYTES_MAX).await?;
        serde_json::from_slice(&bytes).map_err(|error| Trouble::NotJson(error.to_string()))
    }
}

/// The header that lets us in.
pub(super) fn header(at: &Address, secret: Option<&str>) -> Option<(String, String)> {
    Some((at.header.clone()?, secret?.to_owned()))
}

/// The events of an answer. An answer of another shape is nothing to put in quarantine: it says that the mapping or the address
/// is wrong.
fn items<'b>(mapping: &Mapping, body: &'b Value) -> Result<&'b [Value], Trouble> {
    let Some(list) = &mapping.list else { return Ok(std::slice::from_ref(body)) };
    let items = list.find(body, None).and_then(Value::as_array);
    let items = items.ok_or_else(|| Trouble::NoList(list.to_string()))?;
    match items.len() > BATCH_EVENTS_MAX {
        true => Err(Trouble::TooManyEvents(items.len())),
        false => Ok(items),
    }
}
