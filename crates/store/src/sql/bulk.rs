use super::{
    driver::{Conn, Places, Row},
    sql::{Sql, sql},
};
use crate::Result;

/// Rows of one statement. Few sizes, so that each text is prepared once and kept.
const SIZES: [usize; 4] = [64, 16, 4, 1];

/// One statement over many rows: `head (…), (…) tail`. Performed in as few pieces as the sizes allow; gives what comes back.
pub(super) async fn bulk<R>(
    conn: &mut Conn,
    text: (&str, usize, &str),
    rows: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Result<Vec<Row>> {
    let mut given = Vec::new();
    for piece in pieces(rows) {
        given.extend(statement(conn, text, "", piece, &bind).rows(conn).await?);
    }
    Ok(given)
}

/// The same; what is found (`AS found`) stays as it is until the end of the transaction.
pub(super) async fn bulk_locked<R>(
    conn: &mut Conn,
    text: (&str, usize, &str),
    rows: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Result<Vec<Row>> {
    let mut given = Vec::new();
    for piece in pieces(rows) {
        given.extend(statement(conn, text, conn.locks(), piece, &bind).rows(conn).await?);
    }
    Ok(given)
}

/// The same for a statement that gives nothing back; how many rows it wrote.
pub(super) async fn bulk_run<R>(
    conn: &mut Conn,
    text: (&str, usize, &str),
    rows: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Result<u64> {
    let mut written = 0;
    for piece in pieces(rows) {
        written += statement(conn, text, "", piece, &bind).run(conn).await?;
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
    conn: &Conn,
    (head, columns, tail): (&str, usize, &str),
    locks: &str,
    piece: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Sql {
    let text = text((head, columns, tail), piece.len(), conn.places()) + locks;
    piece.iter().fold(sql(text), bind)
}

/// The statement for so many rows.
pub(super) fn text((head, columns, tail): (&str, usize, &str), rows: usize, places: Places) -> String {
    let mut text = String::with_capacity(head.len() + tail.len() + rows * (columns * 5 + 4));
    text.push_str(head);
    for row in 0..rows {
        text.push_str(if row == 0 { " (" } else { ", (" });
        for column in 0..columns {
            if column > 0 {
                text.push(',');
            }
            match places {
                Places::InOrder => text.push('?'),
                Places::Numbered => {
                    text.push('$');
                    text.push_str(&(row * columns + column + 1).to_string());
                }
            }
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
        let insert = ("INSERT INTO t (a, b) VALUES", 2, "ON CONFLICT DO NOTHING");
        assert_eq!(text(insert, 2, Places::InOrder), "INSERT INTO t (a, b) VALUES (?,?), (?,?) ON CONFLICT DO NOTHING");
        assert_eq!(
            text(insert, 2, Places::Numbered),
            "INSERT INTO t (a, b) VALUES ($1,$2), ($3,$4) ON CONFLICT DO NOTHING"
        );
    }
}
