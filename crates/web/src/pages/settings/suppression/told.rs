//! A table of addresses from elsewhere: what each row says, and why a row cannot be taken.

use std::collections::BTreeSet;
use std::io::Cursor;

use jiff::{Timestamp, tz::TimeZone};
use service::import::{ImportError, Limits, Row, Source, Table, read_moment};
use store::Suppression;
use words::{Channel, OrganisationId};

use super::{REASON_MAX, REASONS, normal};
use crate::{form, language::Text};

/// Rows of one table.
pub(super) const ROWS_MAX: usize = 20_000;
/// Bytes of one table.
pub(super) const BYTES_MAX: u64 = 4 << 20;

/// Whose table it is, and when it came in.
pub(super) struct Origin<'a> {
    pub(super) organisation: &'a OrganisationId,
    pub(super) zone: &'a TimeZone,
    pub(super) now: Timestamp,
}

/// A row that cannot be taken.
#[derive(Debug, PartialEq)]
pub(super) struct Fault {
    pub(super) line: u64,
    pub(super) why: Text,
    /// As it stands.
    values: Vec<String>,
}

/// What a table says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Told {
    pub(super) rows: Vec<Suppression>,
    pub(super) faults: Vec<Fault>,
    /// Rows that say what another said.
    pub(super) repeated: usize,
    headers: Vec<String>,
}

/// The columns that we look for, with what tables call them.
const COLUMNS: [(&str, &[&str]); 4] = [
    (
        "address",
        &["address", "adres", "email", "e-mail", "mail", "e-mailadres", "emailadres", "nummer", "mobiel", "number"],
    ),
    ("channel", &["channel", "kanaal"]),
    ("reason", &["reason", "reden"]),
    ("date", &["date", "datum", "since", "sinds"]),
];

/// What tables call our channels.
const CHANNELS: [(&str, &[&str]); 6] = [
    ("email", &["email", "e-mail", "mail"]),
    ("sms", &["sms", "text message", "sms-bericht"]),
    ("whatsapp", &["whatsapp"]),
    ("push", &["push", "pushbericht", "push message"]),
    ("post", &["post", "brief", "letter"]),
    ("card", &["card", "kaart"]),
];

/// Which of these a word is.
fn known<'a>(lists: &[(&'a str, &[&str])], word: &str) -> Option<&'a str> {
    let word = word.trim().to_lowercase();
    lists.iter().find(|(_, names)| names.contains(&word.as_str())).map(|(name, _)| *name)
}

impl Told {
    /// Reads a table; the error says why it is none.
    pub(super) fn read(bytes: Vec<u8>, origin: &Origin<'_>) -> Result<Self, Text> {
        let limits = Limits { file_bytes_max: BYTES_MAX, plain_bytes_max: BYTES_MAX, ..Limits::default() };
        let mut table = Source::new(Cursor::new(bytes), limits).and_then(Table::open).map_err(unreadable)?;
        let columns = Columns::of(table.headers()).ok_or_else(|| Text::new("suppression-no-address"))?;
        let mut told = Self { headers: table.headers().to_vec(), ..Self::default() };
        let mut seen = BTreeSet::new();
        let mut count = 0;
        while let Some((row, uneven)) = table.next_row().map_err(unreadable)? {
            if row.values.iter().all(|value| value.trim().is_empty()) {
                continue;
            }
            count += 1;
            if count > ROWS_MAX {
                return Err(Text::new("suppression-many").with("max", ROWS_MAX));
            }
            let read = match uneven {
                Some(_) => Err(Text::new("suppression-fault-columns")),
                None => columns.read(&row, origin),
            };
            match read {
                Ok(one) if !seen.insert((one.channel.clone(), one.address.clone())) => told.repeated += 1,
                Ok(one) => told.rows.push(one),
                Err(why) => told.faults.push(Fault { line: row.line, why, values: row.values }),
            }
        }
        Ok(told)
    }

    /// The rows that cannot be taken, as a table again.
    pub(super) fn left(&self) -> String {
        if self.faults.is_empty() {
            return String::new();
        }
        let mut writer = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
        let rows = std::iter::once(&self.headers).chain(self.faults.iter().map(|fault| &fault.values));
        // Memory takes everything.
        rows.for_each(|row| drop(writer.write_record(row)));
        writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

fn unreadable(error: ImportError) -> Text {
    match error {
        ImportError::TooMuch { .. } => Text::new("suppression-large").with("max", BYTES_MAX >> 20),
        _ => Text::new("suppression-unreadable"),
    }
}

/// Where the columns stand.
struct Columns {
    address: usize,
    channel: Option<usize>,
    reason: Option<usize>,
    date: Option<usize>,
}

impl Columns {
    fn of(headers: &[String]) -> Option<Self> {
        let find = |wanted: &str| headers.iter().position(|header| known(&COLUMNS, header) == Some(wanted));
        Some(Self { address: find("address")?, channel: find("channel"), reason: find("reason"), date: find("date") })
    }

    fn read(&self, row: &Row, origin: &Origin<'_>) -> Result<Suppression, Text> {
        let at = |column: Option<usize>| column.and_then(|at| row.values.get(at)).map_or("", |value| value.trim());
        // A spreadsheet gets a quote before a sign that begins a formula.
        let typed = at(Some(self.address)).trim_start_matches('\'');
        let channel = match at(self.channel) {
            "" if typed.contains('@') => "email",
            "" => return Err(Text::new("suppression-fault-no-channel").with("address", typed)),
            word => {
                known(&CHANNELS, word).ok_or_else(|| Text::new("suppression-fault-channel").with("channel", word))?
            }
        };
        let channel = Channel::new(channel);
        let address =
            normal(&channel, typed).ok_or_else(|| Text::new("suppression-fault-address").with("address", typed))?;
        let since = match at(self.date) {
            "" => origin.now,
            date => read_moment(date, None, origin.zone)
                .filter(|since| *since <= origin.now)
                .ok_or_else(|| Text::new("suppression-fault-date").with("date", date))?,
        };
        let reason = match at(self.reason) {
            "" => "by_hand".to_owned(),
            reason => match known(&REASONS, reason) {
                Some(reason) => reason.to_owned(),
                None => form::line(reason, REASON_MAX)
                    .ok_or_else(|| Text::new("suppression-fault-reason").with("max", REASON_MAX))?,
            },
        };
        Ok(Suppression { organisation: origin.organisation.clone(), channel, address, reason, since })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<Told, Text> {
        let origin = Origin {
            organisation: &OrganisationId::new("rijnoever"),
            zone: &TimeZone::get("Europe/Amsterdam").unwrap(),
            now: "2027-10-04T08:00:00Z".parse().unwrap(),
        };
        Told::read(text.as_bytes().to_vec(), &origin)
    }

    #[test]
    fn a_row_that_cannot_be_taken_is_told_and_the_others_are_kept() {
        let told = told(
            "Adres;Kanaal;Reden;Datum\nWeg@X.nl;;klaagde;01-02-2026\n'+31612345678;sms;;\n06 1234 5678;Sms;;\nno;e-mail;;\n\
             a@b.nl;fax;;\nb@b.nl;;;2028-01-01\nc@b.nl;;;99-99-2026\n0612;;;\nd@b.nl\n",
        )
        .unwrap();
        let kept: Vec<_> = told.rows.iter().map(|row| (row.address.as_str(), row.reason.as_str())).collect();
        assert_eq!(kept, [("weg@x.nl", "complained"), ("+31612345678", "by_hand")]);
        assert_eq!(told.rows[0].since.to_string(), "2026-01-31T23:00:00Z");
        assert_eq!(told.repeated, 1);
        let faults: Vec<_> = told.faults.iter().map(|fault| (fault.line, fault.why.clone())).collect();
        let fault = |line, key, name, value: &str| (line, Text::new(key).with(name, value));
        assert_eq!(
            faults,
            [
                fault(5, "suppression-fault-address", "address", "no"),
                fault(6, "suppression-fault-channel", "channel", "fax"),
                fault(7, "suppression-fault-date", "date", "2028-01-01"),
                fault(8, "suppression-fault-date", "date", "99-99-2026"),
                fault(9, "suppression-fault-no-channel", "address", "0612"),
                (10, Text::new("suppression-fault-columns")),
            ]
        );
        assert!(told.left().starts_with("Adres;Kanaal;Reden;Datum\nno;e-mail;;\n"), "{}", told.left());
        assert_eq!(told.left().lines().count(), 7);
    }

    #[test]
    fn what_is_no_table_of_addresses_is_refused_whole() {
        assert_eq!(told("naam;plaats\nx;y\n"), Err(Text::new("suppression-no-address")));
        assert_eq!(told(""), Err(Text::new("suppression-unreadable")));
        let many = format!("email\n{}", "a@b.nl\n".repeat(ROWS_MAX + 1));
        assert_eq!(told(&many), Err(Text::new("suppression-many").with("max", ROWS_MAX)));
        let large = format!("email\n{}", "a".repeat(BYTES_MAX as usize));
        assert_eq!(told(&large), Err(Text::new("suppression-large").with("max", BYTES_MAX >> 20)));
        let long = format!("email;reden\na@b.nl;{}\n", "x".repeat(REASON_MAX + 1));
        assert_eq!(told(&long).unwrap().faults[0].why, Text::new("suppression-fault-reason").with("max", REASON_MAX));
    }
}
