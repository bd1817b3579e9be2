use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use channels::fetch::Trusted;
use clap::{Parser, Subcommand};
use jiff::SignedDuration;
use service::Service;
use sim::rehearse::Plan;
use words::Language;

use crate::location::Location;

/// A customer journey, written down once: drawn, run and measured.
#[derive(Parser)]
#[command(version, about)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// How the log is written to standard error: text or json
    #[arg(long, global = true, default_value = "text", env = "KLANTREIS_LOG_FORMAT")]
    pub(crate) log: LogForm,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum LogForm {
    /// For people.
    Text,
    /// An object per line, for programs.
    Json,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Start with four sample journeys and simulated customers, to look around
    Demo(Demo),
    /// Start for real, on one SQLite file or on PostgreSQL
    Serve(Serve),
    /// Only the pages and the intake; `klantreis worker` on the same PostgreSQL does the work
    Web(Serve),
    /// Only the work: apply events, fire moments, send messages; as many as you like on one PostgreSQL
    Worker(Work),
    /// Say what is wrong with journeys; exits with 1 when something is
    Check(Check),
    /// Make the folder of a new journey, from a sample or empty
    Init(Init),
    /// Bring in history: an event log in XES (gz), a table of events or of customers in CSV
    Import(Import),
    /// Put a journey's folder live
    Publish(Publish),
    /// Say what a journey's folder would do before it is put live: on what was recorded, or with simulated customers. Nothing goes
    /// to anybody and nothing is written
    Rehearse(Rehearse),
    /// Plan who goes where: a problem in VROOM's language (JSON) in, a plan out
    Plan(PlanProblem),
    /// Give a customer everything that is held of them, or erase them
    #[command(subcommand)]
    Customer(Customer),
    /// Copy everything from one store into another that is empty: a SQLite file, or postgres://user:password@host/database
    MoveStore(MoveStore),
    /// Write everything into one file, while it is being worked on
    Backup(Backup),
    /// Find what is wrong, and say what to do; exits with 1 when somebody has to look, with 2 when something does not work
    Doctor(Doctor),
    /// Put a backup into an empty store; what went out since is not sent once more
    Restore(Restore),
}

/// Where everything is kept.
#[derive(clap::Args)]
pub(crate) struct Kept {
    /// postgres://user:password@host/database, or a SQLite file; without it klantreis.db in the data folder
    #[arg(long, env = "KLANTREIS_STORE", hide_env_values = true)]
    pub(crate) store: Option<Location>,
}

/// About which organisation a command is, and in which language it answers.
#[derive(clap::Args)]
pub(crate) struct Of {
    /// Folder in which everything is kept
    #[arg(long, default_value = "data", env = "KLANTREIS_DATA_FOLDER")]
    pub(crate) data: PathBuf,
    #[command(flatten)]
    pub(crate) kept: Kept,
    /// Which organisation, when there are several
    #[arg(long)]
    pub(crate) organisation: Option<String>,
    /// Language of the answers: nl or en
    #[arg(long, value_parser = language, default_value = "nl", env = "KLANTREIS_LANGUAGE")]
    pub(crate) language: Language,
}

/// Where the pages are reached.
#[derive(clap::Args)]
pub(crate) struct Listen {
    /// Port to listen on; without it 8030, or a free one when that is taken; 0 for any free one
    #[arg(long, env = "KLANTREIS_PORT")]
    pub(crate) port: Option<u16>,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1", env = "KLANTREIS_LISTEN")]
    pub(crate) listen: IpAddr,
    /// Address under which people reach it, when another server stands in front
    #[arg(long, env = "KLANTREIS_URL")]
    pub(crate) url: Option<String>,
}

/// Backups that are made beside the work.
#[derive(clap::Args, Clone)]
pub(crate) struct Backups {
    /// Folder for a backup every so often; without it none are made
    #[arg(long = "backup-to", value_name = "FOLDER", env = "KLANTREIS_BACKUP_TO")]
    pub(crate) to: Option<PathBuf>,
    /// How often: 15m, 1h, 1d
    #[arg(long = "backup-every", alias = "every", default_value = "1h", value_parser = crate::backup::span, env = "KLANTREIS_BACKUP_EVERY")]
    pub(crate) every: SignedDuration,
    /// How many are kept; the oldest goes
    #[arg(long = "backup-keep", alias = "keep", default_value_t = 48, value_parser = clap::value_parser!(u16).range(1..), env = "KLANTREIS_BACKUP_KEEP")]
    pub(crate) keep: u16,
}

/// What sources may be fetched from.
#[derive(clap::Args)]
pub(crate) struct Fetched {
    /// Host on a private network, or without https, that sources may be fetched from and providers of SMS and WhatsApp be called
    /// at: planning.intern or 10.0.0.5:8443; may be given more than once
    #[arg(long = "fetch-from", value_name = "HOST", value_delimiter = ',', env = "KLANTREIS_FETCH_FROM")]
    pub(crate) trusted: Vec<Trusted>,
    /// Folder with a folder for each organisation, by its id, out of which tables may be read; without it `incoming` in the data
    /// folder
    #[arg(long = "fetch-folder", value_name = "FOLDER", env = "KLANTREIS_FETCH_FOLDER")]
    pub(crate) folder: Option<PathBuf>,
}

impl Fetched {
    /// The service with what it may fetch.
    pub(crate) fn for_work_of(self, service: Service, data: &Path) -> Service {
        let folder = self.folder.unwrap_or_else(|| data.join("incoming"));
        service.fetching_from(self.trusted, Some(folder))
    }
}

#[derive(clap::Args)]
pub(crate) struct Demo {
    /// Folder in which the demo keeps its file
    #[arg(long, default_value = "demo-data")]
    pub(crate) data: PathBuf,
    /// Days of history to simulate
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=365))]
    pub(crate) days: u16,
    /// How many customers, as a factor
    #[arg(long, default_value_t = 1.0)]
    pub(crate) scale: f64,
    #[command(flatten)]
    pub(crate) kept: Kept,
    #[command(flatten)]
    pub(crate) listen: Listen,
}

#[derive(clap::Args)]
pub(crate) struct Serve {
    /// Folder in which everything is kept
    #[arg(long, default_value = "data", env = "KLANTREIS_DATA_FOLDER")]
    pub(crate) data: PathBuf,
    #[command(flatten)]
    pub(crate) kept: Kept,
    #[command(flatten)]
    pub(crate) listen: Listen,
    #[command(flatten)]
    pub(crate) fetched: Fetched,
    #[command(flatten)]
    pub(crate) backups: Backups,
    /// Who shows this token may read /metrics; without one only this machine, as long as --url is not given
    #[arg(long, env = "KLANTREIS_METRICS_TOKEN", hide_env_values = true)]
    pub(crate) metrics_token: Option<String>,
}

#[derive(clap::Args)]
pub(crate) struct Work {
    /// Folder below which messages are written that are sent to files
    #[arg(long, default_value = "data", env = "KLANTREIS_DATA_FOLDER")]
    pub(crate) data: PathBuf,
    #[command(flatten)]
    pub(crate) kept: Kept,
    /// Address under which customers reach the pages; it stands in the links of messages
    #[arg(long, env = "KLANTREIS_URL")]
    pub(crate) url: String,
    #[command(flatten)]
    pub(crate) fetched: Fetched,
    #[command(flatten)]
    pub(crate) backups: Backups,
    /// Address and port on which /health, /health/ready and /metrics are answered: 127.0.0.1:8031; without it none are
    #[arg(long, value_name = "ADDRESS:PORT", env = "KLANTREIS_WATCH")]
    pub(crate) watch: Option<SocketAddr>,
    /// Who shows this token may read /metrics; without one only this machine
    #[arg(long, env = "KLANTREIS_METRICS_TOKEN", hide_env_values = true)]
    pub(crate) metrics_token: Option<String>,
}

#[derive(clap::Args)]
pub(crate) struct Check {
    /// Folders of journeys
    #[arg(required = true)]
    pub(crate) folders: Vec<PathBuf>,
    /// The organisation's file; without it `organisation.yaml` in the journey's folder or the one above it
    #[arg(long)]
    pub(crate) organisation: Option<PathBuf>,
    /// Do not ask for what only publishing needs
    #[arg(long)]
    pub(crate) sketch: bool,
    /// Language of the answers: nl or en
    #[arg(long, value_parser = language, default_value = "nl", env = "KLANTREIS_LANGUAGE")]
    pub(crate) language: Language,
}

#[derive(clap::Args)]
pub(crate) struct Init {
    /// Folder to make
    pub(crate) folder: PathBuf,
    /// The sample to start from; without it an empty journey
    #[arg(long)]
    pub(crate) from: Option<String>,
}

#[derive(clap::Args)]
pub(crate) struct Publish {
    /// The journey's folder
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) of: Of,
    /// What changed, for the list of versions
    #[arg(long, default_value = "")]
    pub(crate) note: String,
    /// Only say what changes and whom it touches; nothing goes live
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write the customers whom it touches to this file (CSV)
    #[arg(long, requires = "dry_run")]
    pub(crate) list: Option<PathBuf>,
}

#[derive(clap::Args)]
pub(crate) struct Rehearse {
    /// The journey's folder
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) of: Of,
    /// With so many simulated customers; without it on what was recorded
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=i64::from(Plan::CUSTOMERS_MAX)))]
    pub(crate) customers: Option<u32>,
    /// The recorded days that are looked at, or the days in which simulated customers come
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=i64::from(Plan::DAYS_MAX)))]
    pub(crate) days: u16,
    /// The same number gives the same simulated customers doing the same
    #[arg(long, default_value_t = 1, requires = "customers")]
    pub(crate) seed: u64,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(clap::Args)]
pub(crate) struct PlanProblem {
    /// The problem; - reads it from standard input
    pub(crate) file: PathBuf,
    /// How long to look for a better plan
    #[arg(long, default_value_t = 2.0)]
    pub(crate) seconds: f64,
    /// The same number finds the same plan, as far as the machine is as fast
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Address of an OSRM server that says how long ways take; without one a straight line guesses
    #[arg(long, conflicts_with = "valhalla")]
    pub(crate) osrm: Option<String>,
    /// Address of a Valhalla server that does
    #[arg(long)]
    pub(crate) valhalla: Option<String>,
}

#[derive(clap::Args)]
pub(crate) struct Import {
    /// The file
    pub(crate) file: PathBuf,
    /// Folder of the journey that the events are for; it is put live first
    #[arg(long)]
    pub(crate) journey: Option<PathBuf>,
    /// What happened to what: `application` makes events such as `application.a_submitted`; without it what the journey's runs
    /// are about
    #[arg(long)]
    pub(crate) object: Option<String>,
    /// File in JSON that says which column is what; without it that is guessed
    #[arg(long)]
    pub(crate) mapping: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) of: Of,
}

#[derive(Subcommand)]
pub(crate) enum Customer {
    /// Write everything that is held of a customer into a folder: one document (JSON) and a table per kind (CSV)
    Export(CustomerExport),
    /// Erase a customer everywhere; totals stay
    Erase(CustomerErase),
}

/// Which customer, and where.
#[derive(clap::Args)]
pub(crate) struct OneCustomer {
    /// The customer's id here, id in a sending system, or e-mail address
    pub(crate) customer: String,
    #[command(flatten)]
    pub(crate) of: Of,
}

#[derive(clap::Args)]
pub(crate) struct CustomerExport {
    #[command(flatten)]
    pub(crate) one: OneCustomer,
    /// Folder to write into; made when it is not there
    #[arg(long)]
    pub(crate) to: PathBuf,
}

#[derive(clap::Args)]
pub(crate) struct CustomerErase {
    #[command(flatten)]
    pub(crate) one: OneCustomer,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(clap::Args)]
pub(crate) struct MoveStore {
    /// The store that is copied; it stays as it is
    pub(crate) from: Location,
    /// The store that gets everything; it must be empty
    pub(crate) to: Location,
    /// Language of the answers: nl or en
    #[arg(long, value_parser = language, default_value = "nl", env = "KLANTREIS_LANGUAGE")]
    pub(crate) language: Language,
}

#[derive(clap::Args)]
pub(crate) struct Backup {
    /// The file to write; it must not be there
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
    /// Folder in which everything is kept
    #[arg(long, default_value = "data", env = "KLANTREIS_DATA_FOLDER")]
    pub(crate) data: PathBuf,
    #[command(flatten)]
    pub(crate) kept: Kept,
    /// Language of the answers: nl or en
    #[arg(long, value_parser = language, default_value = "nl", env = "KLANTREIS_LANGUAGE")]
    pub(crate) language: Language,
}

#[derive(clap::Args)]
pub(crate) struct Doctor {
    /// Folder in which everything is kept
    #[arg(long, default_value = "data", env = "KLANTREIS_DATA_FOLDER")]
    pub(crate) data: PathBuf,
    #[command(flatten)]
    pub(crate) kept: Kept,
    /// Address under which people reach it
    #[arg(long, env = "KLANTREIS_URL")]
    pub(crate) url: Option<String>,
    #[command(flatten)]
    pub(crate) backups: Backups,
    /// As JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Language of the answers: nl or en
    #[arg(long, value_parser = language, default_value = "nl", env = "KLANTREIS_LANGUAGE")]
    pub(crate) language: Language,
}

#[derive(clap::Args)]
pub(crate) struct Restore {
    /// The backup
    pub(crate) file: PathBuf,
    /// Folder in which everything is kept
    #[arg(long, default_value = "data", env = "KLANTREIS_DATA_FOLDER")]
    pub(crate) data: PathBuf,
    #[command(flatten)]
    pub(crate) kept: Kept,
    /// The sent log of a worker, besides the one beside the store; may be given more than once
    #[arg(long = "sent-log", value_name = "FILE")]
    pub(crate) sent_logs: Vec<PathBuf>,
    /// The sent logs are those of all workers since the backup: what is in none of them was not sent
    #[arg(long)]
    pub(crate) all_logs: bool,
    /// Language of the answers: nl or en
    #[arg(long, value_parser = language, default_value = "nl", env = "KLANTREIS_LANGUAGE")]
    pub(crate) language: Language,
}

fn language(tag: &str) -> Result<Language, String> {
    Language::from_tag(tag).ok_or_else(|| "nl or en".to_owned())
}
