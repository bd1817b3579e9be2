use axum::http::{HeaderName, header};
use channels::fetch::linked;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use service::{
    connections::Fetch,
    fetching::{Address, Cursor, Fetching, From, Rows, Settings, Trouble},
};

use crate::form::Remarks;

/// Headers that say how a request is made, and so are not for what lets us in.
const NOT_OURS: [HeaderName; 5] =
    [header::HOST, header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::CONNECTION, header::ACCEPT_ENCODING];
/// Characters of what a header says.
const SECRET_CHARS_MAX: usize = 2_000;

/// Says whether an address can be asked at all.
pub(super) type Check<'c> = &'c dyn Fn(&str) -> Result<(), Trouble>;

/// Where a source stands and how often it is fetched, as a form says it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    url: String,
    header: String,
    /// Typed anew, else empty: what is kept is never shown.
    #[serde(skip_serializing)]
    secret: String,
    /// Minutes, of an API.
    every: String,
    /// `folder`, or anything else for an address.
    from: String,
    /// The name of the files in the folder.
    name: String,
    /// At what time of the day a table is read.
    time: String,
    /// `customers`, or anything else for events.
    rows: String,
}

impl Asked {
    pub(super) fn of(settings: &Settings) -> Self {
        let at = settings.address().cloned().unwrap_or_default();
        let mut asked = Self { url: at.url, header: at.header.unwrap_or_default(), ..Self::default() };
        match settings {
            Settings::Mailbox(_) => {}
            Settings::Api { every_minutes, .. } => asked.every = every_minutes.to_string(),
            Settings::Table { from, time, rows } => {
                asked.time = time.strftime("%H:%M").to_string();
                asked.rows = if *rows == Rows::Customers { "customers" } else { "events" }.into();
                asked.from = if matches!(from, From::Folder(_)) { "folder" } else { "address" }.into();
                if let From::Folder(name) = from {
                    asked.name.clone_from(name);
                }
            }
        }
        asked
    }

    /// What to keep, with the secret. `check`: whether an address can be asked at all.
    pub(super) fn read(&self, old: &Fetch, check: Check<'_>) -> Result<(Settings, Option<String>), Remarks> {
        let mut remarks = Remarks::default();
        let from_folder = matches!(old.settings, Settings::Table { .. }) && self.from == "folder";
        let (at, secret) = match from_folder {
            true => (Address::default(), None),
            false => self.address(old, check, &mut remarks),
        };
        let settings = match &old.settings {
            Settings::Mailbox(at) => Settings::Mailbox(at.clone()),
            Settings::Api { cursor, .. } => {
                let every = self.every.trim().parse().ok().filter(|every| Settings::EVERY_MINUTES.contains(every));
                remarks.expect(every.is_some(), "every", "fetch-remark-every");
                Settings::Api { at, every_minutes: every.unwrap_or(15), cursor: cursor.clone() }
            }
            Settings::Table { .. } => {
                let time = Time::strptime("%H:%M", self.time.trim()).ok();
                remarks.expect(time.is_some(), "time", "fetch-remark-time");
                let name = self.name.trim();
                remarks.expect(!from_folder || Fetching::is_file_name(name), "name", "fetch-remark-name");
                let from = if from_folder { From::Folder(name.to_owned()) } else { From::Address(at) };
                let rows = if self.rows == "customers" { Rows::Customers } else { Rows::Events };
                Settings::Table { from, time: time.unwrap_or_default(), rows }
            }
        };
        if remarks.is_empty() { Ok((settings, secret)) } else { Err(remarks) }
    }

    fn address(&self, old: &Fetch, check: Check<'_>, remarks: &mut Remarks) -> (Address, Option<String>) {
        let url = self.url.trim();
        remarks.expect(check(url).is_ok(), "url", "fetch-remark-url");
        let typed = self.header.trim().to_ascii_lowercase();
        if typed.is_empty() {
            return (Address { url: url.to_owned(), header: None }, None);
        }
        let name = HeaderName::from_bytes(typed.as_bytes()).ok().filter(|name| !NOT_OURS.contains(name));
        remarks.expect(name.is_some() && typed.len() <= 100, "header", "webhook-remark-header");
        let secret = self.secret.trim();
        let fits = secret.len() <= SECRET_CHARS_MAX && secret.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        remarks.expect(fits, "secret", "fetch-remark-secret");
        let secret = match secret {
            // What lets us in at one host is not told to another.
            "" => {
                let stays = old.settings.address().is_some_and(|at| linked(&at.url, url).is_some());
                let kept = old.secret.clone().filter(|_| stays);
                remarks.expect(kept.is_some(), "secret", "fetch-remark-secret-again");
                kept
            }
            typed => Some(typed.to_owned()),
        };
        (Address { url: url.to_owned(), header: Some(typed) }, secret)
    }
}

/// How an API is asked for what is new, as a form says it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Next {
    pub(super) cursor: String,
    pub(super) cursor_at: String,
    pub(super) parameter: String,
}

impl Next {
    pub(super) fn of(cursor: &Cursor) -> Self {
        let (word, parameter) = match cursor {
            Cursor::None => ("none", ""),
            Cursor::Token { parameter, .. } => ("token", parameter.as_str()),
            Cursor::Link { .. } => ("link", ""),
            Cursor::Newest { parameter, .. } => ("newest", parameter.as_str()),
        };
        let place = cursor.place().map(ToString::to_string).unwrap_or_default();
        Self { cursor: word.into(), cursor_at: place, parameter: parameter.into() }
    }

    /// What to keep. `list`: where the events stand.
    pub(super) fn read(&self, list: Option<&service::intake::Path>, remarks: &mut Remarks) -> Cursor {
        let at = service::intake::Path::parse(&self.cursor_at).filter(|_| !self.cursor_at.trim().is_empty());
        let parameter = self.parameter.trim().to_owned();
        let is_parameter =
            (1..=100).contains(&parameter.len()) && parameter.bytes().all(|byte| byte.is_ascii_graphic());
        if self.cursor.is_empty() || self.cursor == "none" {
            return Cursor::None;
        }
        remarks.expect(at.is_some(), "cursor_at", "webhook-remark-place");
        let at = at.unwrap_or_default();
        let within = if self.cursor == "newest" { list } else { None };
        remarks.expect(!at.leads_elsewhere(within), "cursor_at", "fetch-remark-cursor");
        if self.cursor == "link" {
            return Cursor::Link { at };
        }
        remarks.expect(is_parameter, "parameter", "fetch-remark-parameter");
        match self.cursor.as_str() {
            "token" => Cursor::Token { at, parameter },
            _ => Cursor::Newest { at, parameter },
        }
    }
}

#[cfg(test)]
mod tests {
    use channels::fetch::Fetcher;
    use service::fetching::Progress;
    use words::OrganisationId;

    use super::*;

    fn old(settings: Settings) -> Fetch {
        Fetch {
            organisation: OrganisationId::new("rijnoever"),
            source: "planpakket".into(),
            settings,
            secret: Some("Bearer geheim".into()),
            reading: None,
            due: None,
            place: None,
            progress: Progress::default(),
        }
    }

    fn api() -> Settings {
        let at = Address { url: "https://api.example.nl/orders".into(), header: Some("authorization".into()) };
        Settings::Api { at, every_minutes: 15, cursor: Cursor::None }
    }

    fn read(asked: &Asked, settings: Settings) -> Result<(Settings, Option<String>), Remarks> {
        asked.read(&old(settings), &|url| Ok(Fetcher::new(Vec::new()).check(url)?))
    }

    #[test]
    fn what_lets_us_in_at_one_host_is_not_told_to_another() {
        let asked = Asked::of(&api());
        assert_eq!(read(&asked, api()).unwrap(), (api(), Some("Bearer geheim".into())));
        let elsewhere = Asked { url: "https://anders.example.nl/orders".into(), ..asked.clone() };
        assert!(read(&elsewhere, api()).unwrap_err().mentions("secret"));
        let typed = Asked { secret: "Bearer nieuw".into(), ..elsewhere };
        assert_eq!(read(&typed, api()).unwrap().1.as_deref(), Some("Bearer nieuw"));
        let open = Asked { header: String::new(), ..asked.clone() };
        assert_eq!(read(&open, api()).unwrap().1, None, "without a header nothing is sent along");
        assert!(!serde_json::to_string(&typed).unwrap().contains("nieuw"), "it is never shown");
    }

    #[test]
    fn what_cannot_be_is_remarked() {
        let wrong = |asked: Asked, field: &str| {
            let remarks = read(&asked, api()).unwrap_err();
            assert!(remarks.mentions(field), "{field}: {remarks:?}");
        };
        let asked = Asked::of(&api());
        wrong(Asked { url: "http://api.example.nl/".into(), ..asked.clone() }, "url");
        wrong(Asked { url: "https://u:p@api.example.nl/".into(), ..asked.clone() }, "url");
        wrong(Asked { header: "Host".into(), ..asked.clone() }, "header");
        wrong(Asked { header: "geen kop".into(), ..asked.clone() }, "header");
        wrong(Asked { secret: "a\nb".into(), ..asked.clone() }, "secret");
        wrong(Asked { every: "0".into(), ..asked.clone() }, "every");
        wrong(Asked { every: "1441".into(), ..asked }, "every");
    }

    #[test]
    fn a_table_comes_from_an_address_or_from_the_folder() {
        let table = |from| Settings::Table { from, time: Time::constant(3, 0, 0, 0), rows: Rows::Customers };
        let folder = table(From::Folder("leden-*.csv".into()));
        assert_eq!(read(&Asked::of(&folder), folder.clone()).unwrap(), (folder.clone(), None));
        let out = Asked { name: "../leden.csv".into(), ..Asked::of(&folder) };
        assert!(read(&out, folder.clone()).unwrap_err().mentions("name"));
        let late = Asked { time: "25:00".into(), ..Asked::of(&folder) };
        assert!(read(&late, folder).unwrap_err().mentions("time"));
    }

    #[test]
    fn how_it_goes_on_is_kept_and_shown_again() {
        let path = |text: &str| service::intake::Path::parse(text).unwrap();
        let list = path("rows");
        for cursor in [
            Cursor::None,
            Cursor::Token { at: path("next"), parameter: "after".into() },
            Cursor::Link { at: path("links.next") },
            Cursor::Newest { at: path("rows.*.at"), parameter: "since".into() },
        ] {
            let mut remarks = Remarks::default();
            assert_eq!(Next::of(&cursor).read(Some(&list), &mut remarks), cursor);
            assert!(remarks.is_empty(), "{cursor:?}");
        }
        let mut remarks = Remarks::default();
        let wrong = Next { cursor: "token".into(), cursor_at: "rows.*.at".into(), parameter: "a b".into() };
        wrong.read(Some(&list), &mut remarks);
        assert!(remarks.mentions("cursor_at") && remarks.mentions("parameter"));
    }
}
