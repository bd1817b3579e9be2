//! Runs a command against a PostgreSQL store of its own: `cargo run -p postgres-for-tests -- COMMAND…` gives it the URL of an
//! empty schema as `KLANTREIS_STORE`.

use std::process::{Command, ExitCode};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1);
    let program = words.next().expect("a command");
    let Some(url) = postgres_for_tests::schema().await else { return ExitCode::SUCCESS };
    let ended = Command::new(program).args(words).env("KLANTREIS_STORE", url).status().expect("the command runs");
    if ended.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
