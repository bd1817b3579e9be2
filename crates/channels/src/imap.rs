//! Reading a mailbox (IMAP4rev1, RFC 3501), always encrypted. It is only looked at: nothing in it is marked, moved or removed.

use std::time::Duration;

use jiff::civil::Date;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::checked::one_line;
use crate::smtp::secured::{Secured, connector};
use crate::smtp::trouble::Trouble;

/// What a mailbox may say at most. Each has a test.
pub mod limits {
    /// Bytes of a line.
    pub const LINE_BYTES_MAX: usize = 64 * 1024;
    /// Lines in answer to one command.
    pub const LINES_MAX: usize = 1_000;
    /// Bytes of a mail that are read; what hangs on it behind that is left there.
    pub const MAIL_BYTES_MAX: usize = 2 * 1024 * 1024;
    /// Mails that are read at one time.
    pub const MAILS_MAX: usize = 50;
}

/// How long reaching the server, and each answer, may take.
const ANSWERED_WITHIN: Duration = Duration::from_secs(30);

/// Where a mailbox stands.
#[derive(Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Name of the server; its certificate must carry it.
    pub host: String,
    /// Port; usually 993.
    pub port: u16,
    /// User name.
    pub user: String,
    /// Password.
    pub password: String,
    /// Folder; usually INBOX.
    pub folder: String,
    /// A certificate authority to trust besides the public ones, in PEM.
    pub trusted_pem: Option<String>,
}

/// How far a mailbox was read: its mails are numbered anew when the first number changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// By which numbering.
    pub validity: u32,
    /// Up to and including which mail.
    pub last: u32,
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Mails with the place behind each, in order.
    pub mails: Vec<(Place, Vec<u8>)>,
    /// Where to go on.
    pub place: Place,
    /// There are more.
    pub has_more: bool,
}

/// Why a mailbox was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImapError {
    /// Not reached, or the line broke.
    #[error("the mail server cannot be reached: {0}")]
    Line(String),
    /// No encryption, or none that we trust.
    #[error("the line to the mail server is not safe: {0}")]
    NotSecure(String),
    /// It took too long.
    #[error("the mail server does not answer")]
    Silence,
    /// The log-in was refused.
    #[error("the mail server refuses the log-in: {0}")]
    LogIn(String),
    /// There is no such folder.
    #[error("the mail server does not open the folder: {0}")]
    Folder(String),
    /// It says something that we do not understand, or too much.
    #[error("the mail server answers in a way that is not understood: {0}")]
    Strange(String),
}

/// Reads what is new behind a place. Without a place: nothing, only where to begin. Where the numbering changed, what came since a day.
pub async fn read(mailbox: &Mailbox, place: Option<Place>, since: Option<Date>) -> Result<Read, ImapError> {
    let within = async {
        let tls = connector(mailbox.trusted_pem.as_deref()).map_err(ImapError::NotSecure)?;
        let stream = TcpStream::connect((mailbox.host.as_str(), mailbox.port)).await;
        let stream = stream.map_err(|error| ImapError::Line(one_line(&error.to_string())))?;
        Secured::over(stream, &mailbox.host, &tls).await.map_err(|trouble| match trouble {
            Trouble::NotSecure { detail } => ImapError::NotSecure(detail),
            other => ImapError::Line(format!("{other:?}")),
        })
    };
    let line = tokio::time::timeout(ANSWERED_WITHIN, within).await.map_err(|_| ImapError::Silence)??;
    Session { line: BufReader::new(line), number: 0 }.read(mailbox, place, since).await
}

/// One conversation.
struct Session<S> {
    line: BufReader<S>,
    number: u32,
}

/// What was said in answer to a command.
#[derive(Default)]
struct Said {
    lines: Vec<String>,
    /// What came in one piece: a mail.
    literals: Vec<Vec<u8>>,
    /// `OK`, `NO` or `BAD`, and why.
    ended: String,
}

impl Said {
    fn is_ok(&self) -> bool {
        self.ended.to_ascii_uppercase().starts_with("OK")
    }

    /// The number behind a name in brackets: `[UIDVALIDITY 17]`.
    fn number(&self, name: &str) -> Option<u32> {
        let all = self.lines.iter().map(String::as_str).chain([self.ended.as_str()]);
        all.filter_map(|line| {
            let upper = line.to_ascii_uppercase();
            let rest = &upper[upper.find(&format!("[{name} "))? + name.len() + 2..];
            rest.split(']').next()?.trim().parse().ok()
        })
        .next()
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    async fn read(&mut self, mailbox: &Mailbox, place: Option<Place>, since: Option<Date>) -> Result<Read, ImapError> {
        let greeting = self.line().await?;
        if !greeting.to_ascii_uppercase().starts_with("* OK") {
            return Err(ImapError::Strange(shown(&greeting)));
        }
        let logged_in = self.ask("LOGIN", &[&mailbox.user, &mailbox.password]).await?;
        if !logged_in.is_ok() {
            return Err(ImapError::LogIn(shown(&logged_in.ended)));
        }
        let opened = self.ask("EXAMINE", &[&mailbox.folder]).await?;
        if !opened.is_ok() {
            return Err(ImapError::Folder(shown(&opened.ended)));
        }
        let numbers = opened.number("UIDVALIDITY").zip(opened.number("UIDNEXT"));
        let (validity, next) = numbers.ok_or_else(|| ImapError::Strange("UIDVALIDITY".into()))?;
        let end = Place { validity, last: next.saturating_sub(1) };
        let uids = match (place, since) {
            (Some(place), _) if place.validity == validity => {
                self.search(&format!("UID {}:*", place.last.saturating_add(1)), place.last).await?
            }
            (Some(_), Some(day)) => self.search(&format!("SINCE {}", day.strftime("%-d-%b-%Y")), 0).await?,
            _ => Vec::new(),
        };
        let has_more = uids.len() > limits::MAILS_MAX;
        let mut mails = Vec::new();
        for uid in uids.into_iter().take(limits::MAILS_MAX) {
            if let Some(mail) = self.mail(uid).await? {
                mails.push((Place { validity, last: uid }, mail));
            }
        }
        // Whoever does not hear it notices that we are gone.
        let _ = self.ask("LOGOUT", &[]).await;
        let reached = mails.last().filter(|_| has_more).map(|(place, _)| *place);
        Ok(Read { place: reached.unwrap_or(end), mails, has_more })
    }

    /// The numbers of mails, rising, above one.
    async fn search(&mut self, what: &str, above: u32) -> Result<Vec<u32>, ImapError> {
        let said = self.ask(&format!("UID SEARCH {what}"), &[]).await?;
        if !said.is_ok() {
            return Err(ImapError::Strange(shown(&said.ended)));
        }
        let found = said.lines.iter().filter_map(|line| line.strip_prefix("* SEARCH"));
        let mut uids: Vec<u32> = found.flat_map(str::split_whitespace).filter_map(|uid| uid.parse().ok()).collect();
        uids.retain(|uid| *uid > above);
        uids.sort_unstable();
        uids.dedup();
        Ok(uids)
    }

    /// The mail of a number, as far as it is read; `None`: it is gone meanwhile.
    async fn mail(&mut self, uid: u32) -> Result<Option<Vec<u8>>, ImapError> {
        let said = self.ask(&format!("UID FETCH {uid} (BODY.PEEK[]<0.{}>)", limits::MAIL_BYTES_MAX), &[]).await?;
        if !said.is_ok() {
            return Err(ImapError::Strange(shown(&said.ended)));
        }
        Ok(said.literals.into_iter().next())
    }

    /// Gives a command with texts of any characters, and hears its answer.
    async fn ask(&mut self, command: &str, texts: &[&str]) -> Result<Said, ImapError> {
        self.number += 1;
        let tag = format!("k{}", self.number);
        let mut line = format!("{tag} {command}");
        for text in texts {
            line.push_str(&format!(" {{{}}}", text.len()));
            self.say(line.as_bytes()).await?;
            let go_on = self.line().await?;
            if !go_on.starts_with('+') {
                let ended = go_on.strip_prefix(&format!("{tag} ")).unwrap_or(&go_on).to_owned();
                return Ok(Said { ended, ..Said::default() });
            }
            line = (*text).to_owned();
        }
        self.say(line.as_bytes()).await?;
        self.answer(&tag).await
    }

    async fn say(&mut self, line: &[u8]) -> Result<(), ImapError> {
        let writing = async {
            self.line.get_mut().write_all(line).await?;
            self.line.get_mut().write_all(b"\r\n").await?;
            self.line.get_mut().flush().await
        };
        let written = tokio::time::timeout(ANSWERED_WITHIN, writing).await.map_err(|_| ImapError::Silence)?;
        written.map_err(|error| ImapError::Line(one_line(&error.to_string())))
    }

    async fn answer(&mut self, tag: &str) -> Result<Said, ImapError> {
        let mut said = Said::default();
        for _ in 0..limits::LINES_MAX {
            let line = self.line().await?;
            if let Some(ended) = line.strip_prefix(tag).and_then(|rest| rest.strip_prefix(' ')) {
                said.ended = ended.to_owned();
                return Ok(said);
            }
            if let Some(length) = literal(&line) {
                if length > limits::MAIL_BYTES_MAX {
                    return Err(ImapError::Strange(format!("{length} bytes")));
                }
                let mut bytes = vec![0; length];
                let reading = self.line.read_exact(&mut bytes);
                let read = tokio::time::timeout(ANSWERED_WITHIN, reading).await.map_err(|_| ImapError::Silence)?;
                read.map_err(|error| ImapError::Line(one_line(&error.to_string())))?;
                said.literals.push(bytes);
            }
            said.lines.push(line);
        }
        Err(ImapError::Strange("too many lines".into()))
    }

    /// The next line, without its end.
    async fn line(&mut self) -> Result<String, ImapError> {
        let mut bytes = Vec::new();
        let mut limited = (&mut self.line).take(limits::LINE_BYTES_MAX as u64 + 1);
        let reading = limited.read_until(b'\n', &mut bytes);
        let read = tokio::time::timeout(ANSWERED_WITHIN, reading).await.map_err(|_| ImapError::Silence)?;
        read.map_err(|error| ImapError::Line(one_line(&error.to_string())))?;
        match bytes.last() {
            Some(b'\n') => Ok(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()),
            _ if bytes.len() > limits::LINE_BYTES_MAX => Err(ImapError::Strange("a line without an end".into())),
            _ => Err(ImapError::Line("closed".into())),
        }
    }
}

/// How many bytes follow a line that ends so: `{1234}`.
fn literal(line: &str) -> Option<usize> {
    line.strip_suffix('}')?.rsplit_once('{')?.1.trim_end_matches('+').parse().ok()
}

/// As much of an answer as is told to people.
fn shown(text: &str) -> String {
    one_line(text).chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use tokio::io::{DuplexStream, duplex};

    use super::*;

    fn mailbox() -> Mailbox {
        let text = str::to_owned;
        Mailbox {
            host: text("h"),
            port: 993,
            user: text("post"),
            password: text("g\"e{h} é"),
            folder: text("INBOX"),
            trusted_pem: None,
        }
    }

    /// Answers each line that begins with a text by another; `#` stands for the tag. Gives what was asked.
    async fn server(line: DuplexStream, script: Vec<(&'static str, Vec<u8>)>) -> Vec<String> {
        let mut line = BufReader::new(line);
        let mut asked = Vec::new();
        line.get_mut().write_all(b"* OK hi\r\n").await.unwrap();
        for (expected, answer) in script {
            let mut said = String::new();
            if line.read_line(&mut said).await.unwrap_or(0) == 0 {
                break;
            }
            assert!(said.contains(expected), "{said:?} is not {expected:?}");
            let tag = format!("k{}", asked.len() / 8 + 1);
            let answer = String::from_utf8_lossy(&answer)
                .replace('#', said.split(' ').next().filter(|tag| tag.starts_with('k')).unwrap_or(&tag));
            asked.push(said);
            if line.get_mut().write_all(answer.as_bytes()).await.is_err() {
                break;
            }
        }
        asked
    }

    fn opening() -> Vec<(&'static str, Vec<u8>)> {
        vec![
            ("LOGIN {4}", b"+ go\r\n".to_vec()),
            ("post {9}", b"+ go\r\n".to_vec()),
            ("g\"e{h} é", b"k1 OK in\r\n".to_vec()),
            ("EXAMINE {5}", b"+ go\r\n".to_vec()),
            (
                "INBOX",
                b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 13] ok\r\nk2 OK [READ-ONLY] done\r\n".to_vec(),
            ),
        ]
    }

    async fn with(
        script: Vec<(&'static str, Vec<u8>)>,
        place: Option<Place>,
        since: Option<Date>,
    ) -> Result<Read, ImapError> {
        let (ours, theirs) = duplex(8 * 1024 * 1024);
        let server = tokio::spawn(server(theirs, script));
        let read = Session { line: BufReader::new(ours), number: 0 }.read(&mailbox(), place, since).await;
        server.await.unwrap();
        read
    }

    fn at(last: u32) -> Option<Place> {
        Some(Place { validity: 7, last })
    }

    #[tokio::test]
    async fn what_is_new_is_read_and_nothing_else() {
        let mut script = opening();
        script.push(("UID SEARCH UID 11:*", b"* SEARCH 12 11 10\r\n# OK\r\n".to_vec()));
        script.push(("UID FETCH 11 (BODY.PEEK[]", b"* 1 FETCH (UID 11 BODY[]<0> {5}\r\nhello)\r\n# OK\r\n".to_vec()));
        script.push(("UID FETCH 12", b"# OK gone\r\n".to_vec()));
        script.push(("LOGOUT", b"* BYE\r\n# OK\r\n".to_vec()));
        let read = with(script, at(10), None).await.unwrap();
        assert_eq!(read.mails, [(at(11).unwrap(), b"hello".to_vec())]);
        assert_eq!((read.place, read.has_more), (at(12).unwrap(), false));
    }

    #[tokio::test]
    async fn it_begins_with_what_comes_from_now_on_and_finds_its_way_back_when_all_is_numbered_anew() {
        let mut script = opening();
        script.push(("LOGOUT", b"# OK\r\n".to_vec()));
        let read = with(script, None, None).await.unwrap();
        assert_eq!((read.mails.len(), read.place), (0, at(12).unwrap()));
        let mut script = opening();
        script.push(("UID SEARCH SINCE 4-Oct-2027", b"* SEARCH\r\n# OK\r\n".to_vec()));
        script.push(("LOGOUT", b"# OK\r\n".to_vec()));
        let other = Some(Place { validity: 6, last: 900 });
        assert_eq!(with(script, other, Some(jiff::civil::date(2027, 10, 4))).await.unwrap().place, at(12).unwrap());
    }

    #[tokio::test]
    async fn what_goes_wrong_is_told_apart() {
        let refused =
            vec![opening()[0].clone(), opening()[1].clone(), ("g", b"k1 NO [AUTHENTICATIONFAILED] wrong\r\n".to_vec())];
        assert!(matches!(with(refused, None, None).await, Err(ImapError::LogIn(why)) if why.contains("wrong")));
        let mut no_folder = opening();
        no_folder[4].1 = b"k2 NO no such folder\r\n".to_vec();
        assert!(matches!(with(no_folder, None, None).await, Err(ImapError::Folder(_))));
        assert!(matches!(with(opening()[..2].to_vec(), None, None).await, Err(ImapError::Line(_))));
    }

    #[tokio::test]
    async fn a_server_that_says_too_much_is_left() {
        let with_answer = async |answer: Vec<u8>| {
            let mut script = opening();
            script.push(("UID SEARCH", answer));
            with(script, at(10), None).await
        };
        let strange = |read: &Result<Read, ImapError>| matches!(read, Err(ImapError::Strange(_)));
        assert!(strange(&with_answer(vec![b'a'; limits::LINE_BYTES_MAX + 2]).await));
        assert!(strange(&with_answer(b"* x\r\n".repeat(limits::LINES_MAX + 1)).await));
        assert!(strange(&with_answer(format!("* x {{{}}}\r\n", limits::MAIL_BYTES_MAX + 1).into_bytes()).await));
        let many: String = (11..=11 + limits::MAILS_MAX + 5).map(|uid| format!(" {uid}")).collect();
        let mut script = opening();
        script.push(("UID SEARCH", format!("* SEARCH{many}\r\n# OK\r\n").into_bytes()));
        for _ in 0..limits::MAILS_MAX {
            script.push(("UID FETCH", b"* 1 FETCH (BODY[] {1}\r\na)\r\n# OK\r\n".to_vec()));
        }
        script.push(("LOGOUT", b"# OK\r\n".to_vec()));
        let read = with(script, at(10), None).await.unwrap();
        assert!(read.has_more && read.mails.len() == limits::MAILS_MAX);
        assert_eq!(read.place, at(10 + u32::try_from(limits::MAILS_MAX).unwrap()).unwrap());
    }
}
