use super::{
    driver::{Conn, List, Row, Value, lists},
    sql::{Sql, sql},
};
use crate::Result;

/// A statement over many rows: its head up to `VALUES`, the number of columns, its tail.
pub(super) type Many<'t> = (&'t str, usize, &'t str);

/// Rows of one statement for a server.
const LIST_MAX: usize = 2_000;

/// One statement over many rows; gives what comes back.
pub(super) async fn bulk<R>(
    conn: &mut Conn,
    many: Many<'_>,
    rows: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Result<Vec<Row>> {
    found(conn, many, "", rows, bind).await
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
    found(conn, many, &format!(" ORDER BY {order} FOR UPDATE OF found"), rows, bind).await
}

async fn found<R>(
    conn: &mut Conn,
    many: Many<'_>,
    locks: &str,
    rows: &[R],
    bind: impl Fn(Sql, &R) -> Sql,
) -> Result<Vec<Row>> {
    if !conn.is_shared() {
        return row_by_row(many, rows, bind).rows_each(conn, many.1).await;
    }
    let mut given = Vec::new();
    for piece in rows.chunks(LIST_MAX) {
        given.extend(listed(many, locks, piece, &bind)?.rows(conn).await?);
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
    if !conn.is_shared() {
        return row_by_row(many, rows, bind).run_each(conn, many.1).await;
    }
    let mut written = 0;
    for piece in rows.chunks(LIST_MAX) {
        written += listed(many, "", piece, &bind)?.run(conn).await?;
    }
    Ok(written)
}

/// SQLite performs a statement of one row as often as there are rows: of one with many it keeps what was there, to take
/// back a statement that fails half-way.
fn row_by_row<R>(many: Many<'_>, rows: &[R], bind: impl Fn(Sql, &R) -> Sql) -> Sql {
    rows.iter().fold(sql(text(many)), bind)
}

/// The statement of one row. Without numbers, since no value stands in two places.
pub(super) fn text((head, columns, tail): Many<'_>) -> String {
    format!("{head} ({}) {tail}", vec!["?"; columns].join(","))
}

/// A server takes a list for every column: one text for any number of rows.
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
    fn writes_a_place_for_every_value_or_every_column() {
        let insert = ("INSERT INTO t (a, b) VALUES", 2, "ON CONFLICT DO NOTHING");
        assert_eq!(text(insert), "INSERT INTO t (a, b) VALUES (?,?) ON CONFLICT DO NOTHING");
        assert_eq!(
            list_text(insert, &["bigint[]", "text[]"]),
            "INSERT INTO t (a, b) SELECT * FROM unnest($1::bigint[],$2::text[]) ON CONFLICT DO NOTHING"
        );
    }
}
