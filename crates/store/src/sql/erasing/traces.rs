//! Looking for texts in every column of every row.

use super::super::{
    copy::{key_of, page},
    driver::{Conn, Value},
    migrations::tables,
};
use crate::Result;

pub(super) async fn find(conn: &mut Conn, texts: &[String]) -> Result<Vec<(&'static str, u64)>> {
    let mut found = Vec::new();
    for table in tables() {
        let (mut behind, mut rows) = (None, 0);
        loop {
            let piece = page(table, behind).rows(conn).await?;
            let Some(last) = piece.last() else { break };
            for row in &piece {
                rows += u64::from(row.values()?.iter().any(|value| holds(value, texts)));
            }
            behind = Some(key_of(table, last)?);
        }
        if rows > 0 {
            found.push((table.name, rows));
        }
    }
    Ok(found)
}

fn holds(value: &Value, texts: &[String]) -> bool {
    match value {
        Value::Text(Some(value)) => texts.iter().any(|text| value.contains(text.as_str())),
        Value::Bytes(Some(value)) => {
            let holds = |text: &String| value.windows(text.len().max(1)).any(|part| part == text.as_bytes());
            texts.iter().any(holds)
        }
        _ => false,
    }
}
