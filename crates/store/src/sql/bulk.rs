use super::{
    driver::{Conn, List, Row, Value, lists},
    sql::{Sql, sql},
};
use crate::Result;

/// A statement over many rows: its head up to `VALUES`, the number of columns, its tail.
pub(super) type Many<'t> = (&'t str, usize, &'t str);

/// Rows of one statement for SQLite. Few sizes, so that each text is prepared once and kept.
const SIZES: [usize; 4] = [64, 16, 4, 1];
/// Rows of one statement for a server.
const LIST_MAX: usize = 2_000;

/// One statement over many rows, performed in few pieces; gives what comes back.
pub(super) async fn bulk<R>(
    conn: &mut Conn,
    many: Many<'_>,
    rows: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Result<Vec<Row>> {
    let mut given = Vec::new();
    for statement in statements(conn, many, "", rows, bind)? {
        given.extend(statement.rows(conn).await?);
    }
    Ok(given)
}

/// The same; what is found (`AS found`) stays as it is until the end of the transaction. It is locked by these columns, so
/// that two who look for the same rows do not wait for each other.
pub(super) async fn bulk_locked<R>(
    conn: &mut Conn,
    many: Many<'_>,
    order: &str,
    rows: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Result<Vec<Row>> {
    let locks = if conn.is_shared() { format!(" ORDER BY {order} FOR UPDATE OF found") } else { String::new() };
    let mut given = Vec::new();
    for statement in statements(conn, many, &locks, rows, bind)? {
        given.extend(statement.rows(conn).await?);
    }
    Ok(given)
}

/// The same for a statement that gives nothing back; how many rows it wrote.
pub(super) async fn bulk_run<R>(
    conn: &mut Conn,
    many: Many<'_>,
    rows: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Result<u64> {
    let mut written = 0;
    for statement in statements(conn, many, "", rows, bind)? {
        written += statement.run(conn).await?;
    }
    Ok(written)
}

/// SQLite takes a place for every value, a server a list for every column: one text for any number of rows.
fn statements<R>(
    conn: &Conn,
    many: Many<'_>,
    locks: &str,
    rows: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Result<Vec<Sql>> {
    if conn.is_shared() {
        return rows.chunks(LIST_MAX).map(|piece| listed(many, locks, piece, &bind)).collect();
    }
    Ok(pieces(rows).map(|piece| piece.iter().fold(sql(text(many, piece.len())), &bind)).collect())
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

/// The statement for SQLite. Without numbers: it looks a numbered place up among all others, which costs more than the rows
/// themselves.
pub(super) fn text((head, columns, tail): Many<'_>, rows: usize) -> String {
    let mut text = String::with_capacity(head.len() + tail.len() + rows * (columns * 2 + 4));
    text.push_str(head);
    for row in 0..rows {
        text.push_str(if row == 0 { " (" } else { ", (" });
        for column in 0..columns {
            text.push_str(if column == 0 { "?" } else { ",?" });
        }
        text.push(')');
    }
    text.push(' ');
    text.push_str(tail);
    text
}

fn listed<R>(many: Many<'_>, locks: &str, piece: &[R], bind: impl Fn(Sql, &R) -> Sql) -> Result<Sql> {
    let rows = piece.iter().map(|row| bind(sql(""), row).into_values()).collect::<Result<_>>()?;
    let lists = lists(rows)?;
    let kinds: Vec<&str> = lists.iter().map(List::kind).collect();
    let text = list_text(many, &kinds) + locks;
    Ok(lists.into_iter().fold(sql(text), |statement, list| statement.value(Value::List(list))))
}

/// The statement for a server; `kinds`: of the lists, one per column.
pub(super) fn list_text((head, _, tail): Many<'_>, kinds: &[&str]) -> String {
    let head = head.trim_end_matches("VALUES");
    let places: Vec<String> = (1..).zip(kinds).map(|(place, kind)| format!("${place}::{kind}")).collect();
    format!("{head}SELECT * FROM unnest({}) {tail}", places.join(","))
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
    fn writes_a_place_for_every_value_or_every_column() {
        let insert = ("INSERT INTO t (a, b) VALUES", 2, "ON CONFLICT DO NOTHING");
        assert_eq!(text(insert, 2), "INSERT INTO t (a, b) VALUES (?,?), (?,?) ON CONFLICT DO NOTHING");
        assert_eq!(
            list_text(insert, &["bigint[]", "text[]"]),
            "INSERT INTO t (a, b) SELECT * FROM unnest($1::bigint[],$2::text[]) ON CONFLICT DO NOTHING"
        );
    }
}
