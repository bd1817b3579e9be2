use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

/// Where the programs of the peers stand.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/peers")
}

/// Where their packages are installed.
pub(crate) fn packages() -> PathBuf {
    std::env::var_os("KLANTREIS_PEERS").map_or_else(root, PathBuf::from)
}

/// A real SMTP server in a process of its own (`tests/peers/smtp-server.cjs`); ends with the test.
pub(crate) struct Peer {
    child: Child,
    lines: BufReader<ChildStdout>,
    pub(crate) port: u16,
}

impl Peer {
    /// Starts it. `None`, with a note, where node or its package is absent and nothing says that it must be there.
    pub(crate) fn start(options: &Value) -> Option<Self> {
        let root = root();
        let packages = packages().join("node_modules");
        let spawned = packages.join("smtp-server").is_dir().then(|| {
            Command::new("node")
                .arg(root.join("smtp-server.cjs"))
                .arg(options.to_string())
                .env("NODE_PATH", &packages)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
        });
        let Some(Ok(mut child)) = spawned else {
            assert!(
                std::env::var_os("KLANTREIS_REQUIRE_PEERS").is_none(),
                "node and smtp-server are required: run ./test"
            );
            say("skipped: node or its package smtp-server is absent; ./test installs them");
            return None;
        };
        let lines = BufReader::new(child.stdout.take().expect("piped"));
        let mut peer = Self { child, lines, port: 0 };
        peer.port = u16::try_from(peer.next()["port"].as_u64().expect("a port")).expect("a port");
        Some(peer)
    }

    /// The next line it prints: a message that it received.
    pub(crate) fn next(&mut self) -> Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("the server still runs");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(crate) fn say(note: &str) {
    eprintln!("{note}");
}
