use channels::fetch::FetchError;
use channels::imap::ImapError;
use serde::{Deserialize, Serialize};
use words::{Language, limits::BATCH_EVENTS_MAX};

use crate::import::ImportError;

/// Why nothing, or not everything, was fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// No address that can be asked.
    BadAddress,
    /// Not https.
    NotHttps,
    /// A private address.
    Private(String),
    /// A name that leads nowhere.
    Unknown(String),
    /// No connection, or one that broke.
    Broken(String),
    /// It took too long.
    TimedOut,
    /// It led on and on.
    LedOn,
    /// The other side said no.
    Status(u16),
    /// More bytes than may come.
    TooLarge(u64),
    /// What is sent along cannot stand in a header.
    BadHeader,
    /// The next page stands with another host.
    OtherHost,
    /// A cursor that cannot be one.
    BadCursor,
    /// No JSON.
    NotJson(String),
    /// No list of events where it should stand.
    NoList(String),
    /// More events in one answer than may come.
    TooManyEvents(usize),
    /// The table cannot be read: why, in both languages.
    File {
        /// In Dutch.
        nl: String,
        /// In English.
        en: String,
    },
    /// The host has no folder for this organisation.
    NoFolder,
    /// No file of this name.
    NoFile(String),
    /// No file of this name that is new.
    NoNewFile(String),
    /// The file is still being written.
    BeingWritten(String),
    /// The mailbox was not read: why, in both languages.
    Mailbox {
        /// In Dutch.
        nl: String,
        /// In English.
        en: String,
    },
    /// Something on our side; it stands in the log.
    Ours,
}

impl From<FetchError> for Trouble {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::BadAddress => Self::BadAddress,
            FetchError::NotHttps => Self::NotHttps,
            FetchError::Private(host) => Self::Private(host),
            FetchError::Unknown(host) => Self::Unknown(host),
            FetchError::Broken(detail) => Self::Broken(detail.chars().take(200).collect()),
            FetchError::TimedOut => Self::TimedOut,
            FetchError::LedOn => Self::LedOn,
            FetchError::Status(status) => Self::Status(status),
            FetchError::TooLarge(bytes) => Self::TooLarge(bytes),
            FetchError::BadHeader => Self::BadHeader,
        }
    }
}

impl From<ImapError> for Trouble {
    fn from(error: ImapError) -> Self {
        let (nl, en) = match error {
            ImapError::Line(detail) => return Self::Broken(detail),
            ImapError::Silence => return Self::TimedOut,
            ImapError::NotSecure(detail) => (
                format!(
                    "De verbinding is niet veilig ({detail}). Gebruik poort 993 en de naam die op het certificaat staat."
                ),
                format!("The connection is not safe ({detail}). Use port 993 and the name on the certificate."),
            ),
            ImapError::LogIn(detail) => (
                format!(
                    "De mailserver laat ons niet binnen ({detail}). Controleer naam en wachtwoord; vaak is een app-wachtwoord nodig."
                ),
                format!(
                    "The mail server does not let us in ({detail}). Check name and password; often an app password is needed."
                ),
            ),
            ImapError::Folder(detail) => (
                format!("De map is niet te openen ({detail}). Meestal heet die INBOX."),
                format!("The folder cannot be opened ({detail}). Mostly it is called INBOX."),
            ),
            ImapError::Strange(detail) => (
                format!("De mailserver antwoordt anders dan afgesproken ({detail}). Is dit wel een IMAP-server?"),
                format!("The mail server answers otherwise than agreed ({detail}). Is this an IMAP server at all?"),
            ),
        };
        Self::Mailbox { nl, en }
    }
}

impl From<ImportError> for Trouble {
    fn from(error: ImportError) -> Self {
        Self::File { nl: error.say(Language::Nl), en: error.say(Language::En) }
    }
}

impl From<crate::Error> for Trouble {
    fn from(error: crate::Error) -> Self {
        tracing::warn!(%error, "a fetch failed");
        Self::Ours
    }
}

impl From<store::Error> for Trouble {
    fn from(error: store::Error) -> Self {
        crate::Error::from(error).into()
    }
}

impl Trouble {
    /// What is wrong and what to do about it.
    pub fn say(&self, language: Language) -> String {
        match language {
            Language::Nl => self.dutch(),
            Language::En => self.english(),
        }
    }

    fn dutch(&self) -> String {
        match self {
            Self::BadAddress => "Dit is geen adres dat te bereiken is. Schrijf het heel op, zoals https://api.voorbeeld.nl/orders, zonder gebruikersnaam erin.".into(),
            Self::NotHttps => "Het adres begint niet met https. Gebruik https, of vraag de beheerder van klantreis om deze host toe te staan.".into(),
            Self::Private(host) => format!("{host} staat op een eigen netwerk. Vraag de beheerder van klantreis om deze host toe te staan."),
            Self::Unknown(host) => format!("De naam {host} bestaat niet of is nu niet te vinden. Controleer het adres."),
            Self::Broken(detail) => format!("De verbinding lukte niet of brak af ({detail})."),
            Self::TimedOut => "Het duurde te lang.".into(),
            Self::LedOn => "Het adres stuurt steeds door. Vul het adres in waar het op uitkomt.".into(),
            Self::Status(status @ (401 | 403)) => format!("De andere kant laat ons niet toe ({status}). Controleer de kop en het geheim."),
            Self::Status(404) => "Op dit adres staat niets (404). Controleer het adres.".into(),
            Self::Status(429) => "De andere kant vindt dat we te vaak vragen (429). Vraag minder vaak.".into(),
            Self::Status(status) => format!("De andere kant antwoordde met {status}."),
            Self::TooLarge(bytes) => format!("Het antwoord is groter dan {bytes} bytes. Vraag om kleinere delen."),
            Self::BadHeader => "De kop of het geheim bevat tekens die daar niet mogen staan.".into(),
            Self::OtherHost => "De volgende bladzijde staat bij een andere host; daar sturen we het geheim niet heen. Wijs een andere plek aan.".into(),
            Self::BadCursor => "Wat de plek van de cursor bevat, is te lang of geen tekst. Wijs een andere plek aan.".into(),
            Self::NotJson(detail) => format!("Het antwoord is geen JSON ({detail}). Controleer het adres."),
            Self::NoList(place) => format!("In het antwoord staat bij “{place}” geen lijst. Wijs aan waar de lijst staat."),
            Self::TooManyEvents(count) => format!("Eén antwoord bevat {count} gebeurtenissen; hoogstens {BATCH_EVENTS_MAX} mag. Vraag om kleinere bladzijden."),
            Self::File { nl, .. } | Self::Mailbox { nl, .. } => nl.clone(),
            Self::NoFolder => "Voor deze organisatie is er geen map op de server. Vraag de beheerder van klantreis erom.".into(),
            Self::NoFile(name) => format!("Er staat geen bestand {name} in de map."),
            Self::NoNewFile(name) => format!("Er staat geen nieuw bestand {name} in de map; het nieuwste is al gelezen."),
            Self::BeingWritten(name) => format!("Het bestand {name} wordt nog geschreven."),
            Self::Ours => "Er ging bij klantreis zelf iets mis; het staat in het logboek van de server.".into(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::BadAddress => "This is no address that can be reached. Write it whole, such as https://api.example.com/orders, without a user name in it.".into(),
            Self::NotHttps => "The address does not begin with https. Use https, or ask who runs klantreis to allow this host.".into(),
            Self::Private(host) => format!("{host} stands on a private network. Ask who runs klantreis to allow this host."),
            Self::Unknown(host) => format!("The name {host} does not exist or cannot be found now. Check the address."),
            Self::Broken(detail) => format!("The connection failed or broke off ({detail})."),
            Self::TimedOut => "It took too long.".into(),
            Self::LedOn => "The address leads on and on. Fill in the address where it ends.".into(),
            Self::Status(status @ (401 | 403)) => format!("The other side does not let us in ({status}). Check the header and the secret."),
            Self::Status(404) => "Nothing stands at this address (404). Check the address.".into(),
            Self::Status(429) => "The other side finds that we ask too often (429). Ask less often.".into(),
            Self::Status(status) => format!("The other side answered with {status}."),
            Self::TooLarge(bytes) => format!("The answer is larger than {bytes} bytes. Ask for smaller parts."),
            Self::BadHeader => "The header or the secret holds characters that may not stand there.".into(),
            Self::OtherHost => "The next page stands with another host, to which we do not send the secret. Point at another place.".into(),
            Self::BadCursor => "What stands at the place of the cursor is too long or no text. Point at another place.".into(),
            Self::NotJson(detail) => format!("The answer is no JSON ({detail}). Check the address."),
            Self::NoList(place) => format!("In the answer there is no list at “{place}”. Point out where the list stands."),
            Self::TooManyEvents(count) => format!("One answer holds {count} events; at most {BATCH_EVENTS_MAX} are taken. Ask for smaller pages."),
            Self::File { en, .. } | Self::Mailbox { en, .. } => en.clone(),
            Self::NoFolder => "There is no folder on the server for this organisation. Ask who runs klantreis for it.".into(),
            Self::NoFile(name) => format!("There is no file {name} in the folder."),
            Self::NoNewFile(name) => format!("There is no new file {name} in the folder; the newest was read already."),
            Self::BeingWritten(name) => format!("The file {name} is still being written."),
            Self::Ours => "Something went wrong at klantreis itself; it stands in the server's log.".into(),
        }
    }
}
