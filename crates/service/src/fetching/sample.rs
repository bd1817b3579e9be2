use channels::fetch::Ask;
use jiff::Timestamp;
use serde_json::Value;
use std::io::{Cursor as Bytes, Read};
use words::limits::EVENT_BYTES_MAX;

use super::{Fetching, From, Settings, Trouble, api::header, table::ACCEPT};
use crate::connections::Fetch;
use crate::import::{Limits, Source, Table};

/// Bytes of a table that are looked at.
const LOOKED_BYTES: u64 = 256 * 1024;
/// Rows of a table that are looked at.
const LOOKED_ROWS: usize = 20;
/// Items of a list that a sample keeps, from many to few until it is small enough to point at.
const ITEMS: [usize; 3] = [5, 2, 1];

/// A look at what a source gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Sample {
    /// Of an API: an answer, its lists shortened.
    Json(Value),
    /// Of a table: its columns and first rows.
    Table {
        /// As the header names them.
        columns: Vec<String>,
        /// The first rows.
        rows: Vec<Vec<String>>,
    },
}

impl Fetching {
    /// Looks at what a source gives now. Nothing is taken in.
    pub async fn sample(&self, fetch: &Fetch, now: Timestamp) -> Result<Sample, Trouble> {
        fetch.is_open()?;
        match &fetch.settings {
            // What stands in it is nobody's to look at before it is taken in.
            Settings::Mailbox(_) => Err(Trouble::Ours),
            Settings::Api { at, .. } => {
                let answer = self.answer(at, fetch.secret.as_deref(), &at.url).await?;
                let short = ITEMS.into_iter().map(|items| shortened(&answer, items));
                let fits = |sample: &Value| sample.to_string().len() <= EVENT_BYTES_MAX;
                short.into_iter().find(fits).map(Sample::Json).ok_or(Trouble::TooLarge(EVENT_BYTES_MAX as u64))
            }
            Settings::Table { from: From::Address(at), .. } => {
                let ask = Ask { address: at.url.clone(), header: header(at, fetch.secret.as_deref()), accept: ACCEPT };
                let mut answer = self.fetcher.open(&ask, u64::MAX).await?;
                let mut bytes = Vec::new();
                while (bytes.len() as u64) < LOOKED_BYTES
                    && let Some(piece) = answer.next().await?
                {
                    bytes.extend_from_slice(&piece);
                }
                look(bytes)
            }
            Settings::Table { from: From::Folder(name), .. } => {
                let anew = Fetch { place: None, ..fetch.clone() };
                let file = self.files(&anew, name, now).await?.pop().ok_or_else(|| Trouble::NoFile(name.clone()))?;
                let read = move || {
                    let mut bytes = Vec::new();
                    let opened = std::fs::File::open(&file.path)?;
                    opened.take(LOOKED_BYTES).read_to_end(&mut bytes)?;
                    Ok::<_, std::io::Error>(bytes)
                };
                let bytes = tokio::task::spawn_blocking(read).await.map_err(|_| Trouble::Ours)?;
                look(bytes.map_err(|_| Trouble::NoFile(name.clone()))?)
            }
        }
    }
}

fn look(bytes: Vec<u8>) -> Result<Sample, Trouble> {
    let mut table = Table::open(Source::new(Bytes::new(bytes), Limits::default())?)?;
    let columns = table.headers().to_vec();
    // The end of what was looked at may lie in the middle of a row.
    let rows = table.look(LOOKED_ROWS).unwrap_or_default();
    Ok(Sample::Table { columns, rows })
}

fn shortened(value: &Value, items: usize) -> Value {
    match value {
        Value::Array(list) => list.iter().take(items).map(|item| shortened(item, items)).collect(),
        Value::Object(object) => {
            Value::Object(object.iter().map(|(name, value)| (name.clone(), shortened(value, items))).collect())
        }
        value => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_are_shortened_however_deep_they_stand() {
        let answer = json!({ "a": [{ "b": [1, 2, 3] }, 2, 3], "n": "x" });
        assert_eq!(shortened(&answer, 2), json!({ "a": [{ "b": [1, 2] }, 2], "n": "x" }));
    }

    #[test]
    fn a_table_is_looked_at_by_its_first_rows() {
        let Ok(Sample::Table { columns, rows }) = look(b"a;b\n1;2\n3;4\n".to_vec()) else { panic!("a table") };
        assert_eq!(
            (columns, rows),
            (vec!["a".to_owned(), "b".into()], vec![vec!["1".to_owned(), "2".into()], vec!["3".into(), "4".into()]])
        );
        assert!(matches!(look(Vec::new()), Err(Trouble::File { .. })));
    }
}
