use std::borrow::Cow;
use std::io::BufRead;

use csv::{ByteRecord, QuoteStyle, Reader, ReaderBuilder, WriterBuilder};
use serde_json::{Map, Value};

use super::{ImportError, Limits, Progress, Source, TooMuch};
use crate::intake::{Code, Reason, Rejected};

/// A CSV file with a header: delimiter and encoding are found out.
///
/// The delimiter is whichever of `;`, `,` and tab the header has most of. A value that is no UTF-8 is Windows-1252, the
/// way in which spreadsheets of Dutch offices save.
pub struct Table {
    reader: Reader<Source>,
    record: ByteRecord,
    progress: Progress,
    limits: Limits,
    headers: Vec<String>,
    /// Lines end in two characters, of which the reader counts the second with the line after.
    is_crlf: bool,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// What stands in it.
    pub values: Vec<String>,
}

impl Table {
    /// Columns of one table.
    const COLUMNS_MAX: u64 = 300;

    /// Reads the header.
    pub fn open(mut source: Source) -> Result<Self, ImportError> {
        let start = source.fill_buf().map_err(|error| ImportError::from_io(&error, 1))?;
        if start.is_empty()
            || start.starts_with(&[0xff, 0xfe])
            || start.starts_with(&[0xfe, 0xff])
            || start.contains(&0)
        {
            return Err(ImportError::WrongKind("CSV (UTF-8, Windows-1252)"));
        }
        let mark = if start.starts_with(&[0xef, 0xbb, 0xbf]) { 3 } else { 0 };
        let delimiter = delimiter(&start[mark..]);
        let first_end = start.iter().position(|byte| *byte == b'\n');
        let is_crlf = first_end.is_some_and(|at| at > 0 && start[at - 1] == b'\r');
        source.consume(mark);
        let (progress, limits) = (source.progress(), source.limits);
        let reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(source);
        let mut table = Self { reader, record: ByteRecord::new(), progress, limits, headers: Vec::new(), is_crlf };
        table.headers = match table.read()? {
            Some(row) if row.values.len() as u64 > Self::COLUMNS_MAX => {
                return Err(ImportError::TooMuch { what: TooMuch::Columns(Self::COLUMNS_MAX), place: 1 });
            }
            Some(row) => row.values.iter().map(|header| header.trim().to_owned()).collect(),
            None => return Err(ImportError::WrongKind("CSV")),
        };
        Ok(table)
    }

    /// The columns, as the header names them.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The limits under which it is read.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// The place of a column that the mapping names.
    pub(super) fn column(&self, name: &str) -> Result<usize, ImportError> {
        let found = self.headers.iter().position(|header| header == name);
        found.ok_or_else(|| ImportError::NoColumn(name.to_owned()))
    }

    /// The next rows, at most so many, to look at before anything is read in.
    pub fn look(&mut self, rows: usize) -> Result<Vec<Vec<String>>, ImportError> {
        let mut looked = Vec::new();
        while looked.len() < rows
            && let Some(row) = self.read()?
        {
            looked.push(row.values);
        }
        Ok(looked)
    }

    /// The next row; a row with another number of values than the header comes with the reason.
    pub fn next_row(&mut self) -> Result<Option<(Row, Option<Reason>)>, ImportError> {
        let Some(row) = self.read()? else { return Ok(None) };
        let (found, expected) = (row.values.len(), self.headers.len());
        let reason = (found != expected).then(|| Reason::new(Code::BadColumns, format!("{found} / {expected}")));
        Ok(Some((row, reason)))
    }

    /// A row that was not taken, as JSON by the names of the columns; values beyond the header are numbered.
    pub(super) fn rejected(&self, row: &Row, reason: Reason) -> Rejected {
        let name =
            |at: usize| self.headers.get(at).cloned().unwrap_or_else(|| format!("+{}", at + 1 - self.headers.len()));
        let values = row.values.iter().enumerate().map(|(at, value)| (name(at), Value::String(value.clone())));
        let raw = Value::Object(values.collect()).to_string();
        Rejected::new(usize::try_from(row.line).unwrap_or(usize::MAX), None, reason, raw)
    }

    /// A table of one row, from JSON as [`Table::rejected`] writes it.
    pub(crate) fn of_one(row: &Map<String, Value>, limits: Limits) -> Result<Self, ImportError> {
        let unreadable = |error: csv::Error| ImportError::Unreadable(error.to_string());
        // All in quotes: what stands in a name is no delimiter then.
        let mut writer = WriterBuilder::new().quote_style(QuoteStyle::Always).from_writer(Vec::new());
        writer.write_record(row.keys()).map_err(unreadable)?;
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        writer.write_record(row.values().map(text)).map_err(unreadable)?;
        let written = writer.into_inner().map_err(|error| ImportError::Unreadable(error.to_string()))?;
        Self::open(Source::new(std::io::Cursor::new(written), limits)?)
    }

    fn read(&mut self) -> Result<Option<Row>, ImportError> {
        self.reader.get_mut().begin_item();
        let read = self.reader.read_byte_record(&mut self.record);
        let behind = u64::from(self.is_crlf && !self.headers.is_empty());
        let line = self.record.position().map_or(1, csv::Position::line) + behind;
        match read {
            Ok(true) => {
                Ok(Some(Row { line, values: self.record.iter().map(|value| text(value).into_owned()).collect() }))
            }
            Ok(false) => Ok(None),
            Err(error) => Err(match error.kind() {
                csv::ErrorKind::Io(error) => ImportError::from_io(error, self.reader.position().line()),
                _ => ImportError::Unreadable(error.to_string()),
            }),
        }
    }
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// The commonest of the three outside quotes in the first line; `,` when there is none.
fn delimiter(start: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in start {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            byte => counts.iter_mut().filter(|(delimiter, _)| delimiter == byte).for_each(|(_, count)| *count += 1),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most).map_or(b',', |(delimiter, _)| *delimiter)
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::super::source::tests::gzip;
    use super::*;

    pub(crate) fn table(bytes: impl AsRef<[u8]>) -> Result<Table, ImportError> {
        Table::open(Source::new(std::io::Cursor::new(bytes.as_ref().to_vec()), Limits::default())?)
    }

    fn rows(bytes: impl AsRef<[u8]>) -> Vec<Vec<String>> {
        let mut table = table(bytes).unwrap();
        std::iter::from_fn(|| table.next_row().unwrap()).map(|(row, _)| row.values).collect()
    }

    #[test]
    fn a_row_is_on_its_line_however_lines_end() {
        for text in ["a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n"] {
            let mut table = table(text).unwrap();
            let lines: Vec<u64> = std::iter::from_fn(|| table.next_row().unwrap()).map(|(row, _)| row.line).collect();
            assert_eq!(lines, [2, 3], "{text:?}");
        }
    }

    #[test]
    fn the_delimiter_is_found_out() {
        for text in
            ["klant;naam\n1;Anna, de Vries\n", "klant,naam\n1,\"Anna, de Vries\"\n", "klant\tnaam\n1\tAnna, de Vries\n"]
        {
            assert_eq!(rows(text), [["1", "Anna, de Vries"]], "{text}");
        }
        assert_eq!(table("\"a;b;c\",d\n").unwrap().headers(), ["a;b;c", "d"], "not within quotes");
    }

    #[test]
    fn both_encodings_and_gzip_are_read() {
        let expected = [["Zoë", "€ 5"]];
        assert_eq!(rows("\u{feff}naam;bedrag\r\nZoë;€ 5\r\n"), expected);
        assert_eq!(rows(b"naam;bedrag\r\nZo\xeb;\x80 5\r\n"), expected);
        assert_eq!(rows(gzip("naam;bedrag\nZoë;€ 5".as_bytes())), expected);
        assert!(matches!(table(b"\xff\xfea\0;\0b\0\n\0"), Err(ImportError::WrongKind(_))), "UTF-16");
    }

    #[test]
    fn a_row_with_other_columns_is_reported_with_its_line() {
        let mut table = table("a;b\n1;2\n\"x\ny\"\n1;2;3\n").unwrap();
        let read: Vec<_> = std::iter::from_fn(|| table.next_row().unwrap())
            .map(|(row, reason)| (row.line, reason.map(|r| r.detail)))
            .collect();
        assert_eq!(read, [(2, None), (3, Some("1 / 2".into())), (5, Some("3 / 2".into()))]);
    }

    #[test]
    fn a_quote_that_never_closes_ends_the_import_near_its_line() {
        let limits = Limits { item_bytes_max: 20_000, ..Limits::default() };
        let text = format!("a;b\n1;2\n1;\"{}", "x\n".repeat(50_000));
        let mut table = Table::open(Source::new(std::io::Cursor::new(text), limits).unwrap()).unwrap();
        table.next_row().unwrap();
        let error = table.next_row().unwrap_err();
        assert!(matches!(error, ImportError::TooMuch { what: TooMuch::Item(20_000), .. }), "{error:?}");
    }

    #[test]
    fn a_look_shows_the_first_rows_as_they_are() {
        let mut table = table("a;b\n1;2\n3\n4;5\n").unwrap();
        assert_eq!(table.look(2).unwrap(), [vec!["1", "2"], vec!["3"]]);
        assert_eq!(table.look(9).unwrap(), [["4", "5"]]);
    }

    #[test]
    fn a_row_as_json_is_a_table_again() {
        let text = "a;\"b;c;d\"\n\"1;2\";\"x, y\"\n";
        let mut whole = table(text).unwrap();
        let (row, _) = whole.next_row().unwrap().unwrap();
        let rejected = whole.rejected(&row, Code::BadTime.into());
        let row = serde_json::from_str(&rejected.raw).unwrap();
        let mut one = Table::of_one(&row, Limits::default()).unwrap();
        assert_eq!(one.headers(), ["a", "b;c;d"]);
        assert_eq!(one.look(2).unwrap(), [["1;2", "x, y"]]);
    }

    #[test]
    fn a_table_has_a_limit_of_columns() {
        let header = vec!["a"; 301].join(";");
        assert!(matches!(table(header), Err(ImportError::TooMuch { what: TooMuch::Columns(300), .. })));
        assert!(table("").is_err());
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(mut table) = table(bytes) {
                while let Ok(Some(_)) = table.next_row() {}
            }
        }
    }
}
