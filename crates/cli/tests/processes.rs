//! Several processes of the real binary.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Ends with the test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn klantreis(words: &[&str], data: &Path) -> Running {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klantreis"));
    command.args(words).arg("--data").arg(data).env_remove("KLANTREIS_STORE");
    Running(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
}

impl Running {
    /// Reads what it says until a line begins so.
    fn says(&mut self, start: &str) {
        let mut lines = BufReader::new(self.0.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().trim_start().starts_with(start)), "it never said {start}");
    }

    /// Whether it ended well, and what it complained of.
    fn ended(mut self) -> (bool, String) {
        let well = self.0.wait().unwrap().success();
        let mut said = String::new();
        self.0.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (well, said)
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("klantreis-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

const SERVE: [&str; 3] = ["serve", "--port", "0"];

#[test]
fn a_second_server_of_a_file_says_so_and_a_killed_one_is_followed_up_at_once() {
    let data = folder("second");
    let mut first = klantreis(&SERVE, &data);
    first.says("begin");
    let (well, said) = klantreis(&SERVE, &data).ended();
    assert!(!well && said.contains("klantreis.db is being worked on by another klantreis"), "{said}");
    // Killed, not asked to end.
    drop(first);
    klantreis(&SERVE, &data).says("begin");
    std::fs::remove_dir_all(&data).unwrap();
}

#[test]
fn what_shares_the_work_says_that_a_file_cannot_be_shared() {
    let data = folder("shares");
    for words in [vec!["web"], vec!["worker", "--url", "https://k.example"]] {
        let (well, said) = klantreis(&words, &data).ended();
        assert!(!well && said.contains("--store postgres://"), "{said}");
    }
}
