use sqlx::{SqliteConnection, sqlite::SqliteRow};

use super::sql::{Sql, sql};
use crate::Result;

/// Rows of one statement. Few sizes, so that each text is prepared once and kept.
const SIZES: [usize; 4] = [64, 16, 4, 1];

/// One statement over many rows: `head (…), (…) tail`. Performed in as few pieces as the sizes allow; gives what comes back.
pub(super) async fn bulk<R>(
    conn: &mut SqliteConnection,
    (head, columns, tail): (&'static str, usize, &'static str),
    rows: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Result<Vec<SqliteRow>> {
    let mut given = Vec::new();
    let mut rest = rows;
    while !rest.is_empty() {
        let size = SIZES.into_iter().find(|size| *size <= rest.len()).unwrap_or(1);
        let (piece, after) = rest.split_at(size);
        let statement = sql(text(head, columns, size, tail));
        given.extend(piece.iter().fold(statement, &bind).rows(conn).await?);
        rest = after;
    }
    Ok(given)
}

/// Without numbers: SQLite looks a numbered parameter up among all others, which costs more than the rows themselves.
pub(super) fn text(head: &str, columns: usize, rows: usize, tail: &str) -> String {
    let mut text = String::with_capacity(head.len() + tail.len() + rows * (columns * 2 + 4));
    text.push_str(head);
    for row in 0..rows {
        text.push_str(if row == 0 { " (" } else { ", (" });
        for column in 0..columns {
            if column > 0 {
                text.push(',');
            }
            text.push('?');
        }
        text.push(')');
    }
    text.push(' ');
    text.push_str(tail);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_a_place_for_every_value() {
        assert_eq!(
            text("INSERT INTO t (a, b) VALUES", 2, 2, "ON CONFLICT DO NOTHING"),
            "INSERT INTO t (a, b) VALUES (?,?), (?,?) ON CONFLICT DO NOTHING"
        );
    }
}
