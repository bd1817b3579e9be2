//! `klantreis-checker DATABASE [--provider LOG] [--accepted LOG] [--drained TIME]`: judges a SQLite file or a PostgreSQL.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

use std::process::ExitCode;

use checker::{Asked, Database, Logs, check};

const USAGE: &str = "klantreis-checker DATABASE [--provider LOG] [--accepted LOG] [--drained TIME]
DATABASE: the path of a SQLite file, or postgres://…
LOG: a line of JSON each; TIME: everything due by then is to be done, such as 2027-11-01T00:00:00Z";

#[derive(Default)]
struct Said {
    database: Option<String>,
    provider: Option<String>,
    accepted: String,
    asked: Asked,
}

fn said(arguments: impl Iterator<Item = String>) -> Result<Said, String> {
    let mut said = Said::default();
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        let text = |path: String| std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"));
        match argument.as_str() {
            "--provider" => said.provider = Some(text(value()?)?),
            "--accepted" => said.accepted = text(value()?)?,
            "--drained" => {
                let time = value()?;
                said.asked.drained = Some(time.parse().map_err(|_| format!("{time} is no moment"))?);
            }
            address if said.database.is_none() && !address.starts_with("--") => said.database = Some(argument),
            other => return Err(format!("{other} is not known")),
        }
    }
    Ok(said)
}

async fn judge() -> Result<usize, String> {
    let said = said(std::env::args().skip(1))?;
    let address = said.database.ok_or("which database?")?;
    let database = Database::read(&address).await.map_err(|error| error.to_string())?;
    let logs = Logs::read(said.provider.as_deref(), &said.accepted).map_err(|error| error.to_string())?;
    let found = check(&database, &logs, said.asked);
    for violation in &found {
        println!("{violation}");
    }
    let calls = logs.calls.as_ref().map_or_else(|| "no log of".to_owned(), |calls| calls.len().to_string());
    println!("{} violations in {calls} calls and {} answers", found.len(), logs.answers.len());
    Ok(found.len())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match judge().await {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(trouble) => {
            eprintln!("{trouble}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}
