//! Everything of one store into another, whatever database either is in.

use super::{
    SqlStore,
    bulk::bulk_run,
    driver::{Conn, Row, Value},
    leases,
    migrations::{Table, tables},
    numbers,
    sql::{Sql, sql},
};
use crate::{Error, Health, Result};

/// How far a copy came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopyProgress {
    /// The table that is being copied.
    pub table: &'static str,
    /// Rows copied, of all tables.
    pub copied: u64,
    /// Rows in all tables.
    pub total: u64,
}

/// A table that was copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Its name.
    pub table: &'static str,
    /// Rows that both stores have now.
    pub rows: u64,
}

/// Copies everything as it is at this moment; rows per table, counted in both stores afterwards. `to` must be empty, and is
/// closed in the end: opened anew, its numbers go on behind those that were copied. After an error `to` holds a part.
pub async fn copy_store(from: &SqlStore, to: SqlStore, mut told: impl FnMut(CopyProgress)) -> Result<Vec<Copied>> {
    let mut target = to.reader().await?;
    for table in tables() {
        let first = format!("SELECT count(*) FROM (SELECT 1 FROM {} LIMIT 1) AS first", table.name);
        if sql(first).number(&mut target).await? > 0 {
            return Err(Error::NotEmpty { table: table.name });
        }
    }
    drop(target);
    let mut conn = from.reader().await?;
    conn.begin_reading().await?;
    let copied = copy(&mut conn, &to, &mut told).await;
    if conn.rollback().await.is_err() {
        conn.discard().await;
    }
    let copied = copied?;
    to.close().await;
    Ok(copied)
}

async fn copy(conn: &mut Conn, to: &SqlStore, told: &mut impl FnMut(CopyProgress)) -> Result<Vec<Copied>> {
    let mut counts = Vec::new();
    for table in tables() {
        counts.push((table, count(conn, table).await?));
    }
    let total = counts.iter().map(|(_, rows)| rows).sum();
    let mut copied = 0;
    for (table, _) in &counts {
        let mut behind = None;
        while let Some((written, last)) = piece(conn, to, *table, behind).await? {
            copied += written;
            told(CopyProgress { table: table.name, copied, total });
            behind = Some(last);
        }
    }
    let last = numbers::blocks(conn).await?.last;
    to.write(None, 1, last, |conn, _, last| Box::pin(numbers::go_on_behind(conn, *last))).await?;
    let format = leases::highest(conn).await?;
    to.write(None, 1, format, |conn, _, format| Box::pin(leases::raise(conn, *format))).await?;
    let mut target = to.reader().await?;
    let mut done = Vec::new();
    for (table, rows) in counts {
        let there = count(&mut target, table).await?;
        if there != rows {
            return Err(Error::Uneven { table: table.name, from: rows, to: there });
        }
        done.push(Copied { table: table.name, rows });
    }
    Ok(done)
}

async fn count(conn: &mut Conn, table: Table) -> Result<u64> {
    sql(format!("SELECT count(*) FROM {}", table.name)).number(conn).await
}

/// The next rows in the order of the key; how many, and the key of the last.
async fn piece(
    conn: &mut Conn,
    to: &SqlStore,
    table: Table,
    behind: Option<Vec<Value>>,
) -> Result<Option<(u64, Vec<Value>)>> {
    let rows = page(table, behind).rows(conn).await?;
    let Some(last) = rows.last() else { return Ok(None) };
    let columns: Vec<String> = last.columns().into_iter().map(str::to_owned).collect();
    let key = key_of(table, last)?;
    let values = rows.iter().map(Row::values).collect::<Result<Vec<_>>>()?;
    let head = format!("INSERT INTO {} ({}) VALUES", table.name, columns.join(", "));
    let written = to.write(None, values.len(), (head, columns.len(), values), |conn, _, (head, columns, values)| {
        Box::pin(bulk_run(conn, (head, *columns, ""), values, |row, values| {
            values.iter().cloned().fold(row, Sql::value)
        }))
    });
    Ok(Some((written.await?, key)))
}

pub(super) fn page(table: Table, behind: Option<Vec<Value>>) -> Sql {
    let Table { name, key, rows_at_once } = table;
    let Some(behind) = behind else {
        return sql(format!("SELECT * FROM {name} ORDER BY {key} LIMIT $1")).count(rows_at_once);
    };
    let places: Vec<String> = (1..=behind.len()).map(|place| format!("${place}")).collect();
    let (places, limit) = (places.join(", "), behind.len() + 1);
    let text = format!("SELECT * FROM {name} WHERE ({key}) > ({places}) ORDER BY {key} LIMIT ${limit}");
    behind.into_iter().fold(sql(text), Sql::value).count(rows_at_once)
}

pub(super) fn key_of(table: Table, row: &Row) -> Result<Vec<Value>> {
    let values = row.values()?;
    let named: Vec<(&str, Value)> = row.columns().into_iter().zip(values).collect();
    let value = |column: &str| {
        let found = named.iter().find(|(name, _)| *name == column);
        found
            .map(|(_, value)| value.clone())
            .ok_or_else(|| Error::Unreadable { what: "key", detail: format!("{}.{column}", table.name) })
    };
    table.key.split(", ").map(value).collect()
}
