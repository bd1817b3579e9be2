use sqlx::{SqliteConnection, sqlite::SqliteRow};

use super::sql::{Sql, sql};
use crate::Result;

/// Rows of one statement. Few sizes, so that each text is prepared once and kept.
const SIZES: [usize; 4] = [64, 16, 4, 1];

/// One statement over many rows: `head (…), (…) tail`. Performed in as few pieces as the sizes allow; gives what comes back.
pub(super) async fn bulk<R>(
    conn: &mut SqliteConnection,
    text: (&'static str, usize, &'static str),
    rows: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Result<Vec<SqliteRow>> {
    let mut given = Vec::new();
    for piece in pieces(rows) {
        given.extend(statement(text, piece, &bind).rows(conn).await?);
    }
    Ok(given)
}

/// The same for a statement that gives nothing back; how many rows it wrote.
pub(super) async fn bulk_run<R>(
    conn: &mut SqliteConnection,
    text: (&'static str, usize, &'static str),
    rows: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Result<u64> {
    let mut written = 0;
    for piece in pieces(rows) {
        written += statement(text, piece, &bind).run(conn).await?;
    }
    Ok(written)
}

/// The rows in pieces of the known sizes.
fn pieces<R>(rows: &[R]) -> impl Iterator<Item = &[R]> {
    let mut rest = rows;
    std::iter::from_fn(move || {
        let size = SIZES.into_iter().find(|size| *size <= rest.len())?;
        let (piece, after) = rest.split_at(size);
        rest = after;
        Some(piece)
    })
}

fn statement<R>(
    (head, columns, tail): (&'static str, usize, &'static str),
    piece: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Sql {
    piece.iter().fold(sql(text(head, columns, piece.len(), tail)), bind)
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
    fn pieces_are_as_large_as_they_may_be() {
        let sizes = |rows: usize| pieces(&vec![0; rows]).map(<[i32]>::len).collect::<Vec<_>>();
        assert_eq!(sizes(150), [64, 64, 16, 4, 1, 1]);
        assert!(sizes(0).is_empty());
    }

    #[test]
    fn writes_a_place_for_every_value() {
        assert_eq!(
            text("INSERT INTO t (a, b) VALUES", 2, 2, "ON CONFLICT DO NOTHING"),
            "INSERT INTO t (a, b) VALUES (?,?), (?,?) ON CONFLICT DO NOTHING"
        );
    }
}
