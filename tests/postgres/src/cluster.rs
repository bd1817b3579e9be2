//! A server of one's own: in a folder that goes when the tests end, reached by a socket in that folder, durable as PostgreSQL
//! is by itself.

use std::{
    io::{BufRead, BufReader},
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

/// Who runs the server when the tests run as root, which PostgreSQL refuses: nobody.
const NOBODY: u32 = 65_534;

/// Says `ready` and stops when the other end of its input is gone, however the tests ended.
const SCRIPT: &str = r#"
set -e
trap '' INT TERM HUP
folder=$1 programs=$2
shift 2
cd "$folder"
"$@" "$programs/initdb" -D "$folder/data" -U klantreis --auth=trust --no-locale -E UTF8 --no-sync >"$folder/initdb.log" 2>&1
"$@" "$programs/pg_ctl" start -w -D "$folder/data" -l "$folder/server.log" \
    -o "-k $folder -c listen_addresses= -c max_connections=500" >/dev/null 2>&1
echo ready
read -r _ || true
"$@" "$programs/pg_ctl" stop -m immediate -D "$folder/data" >/dev/null 2>&1 || true
rm -rf "$folder"
"#;

static STARTED: AtomicU32 = AtomicU32::new(0);

/// Runs until it is dropped or the process ends.
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    /// Holds the input of the script.
    _script: Child,
}

impl Cluster {
    /// Makes and starts one; `None` where PostgreSQL is not installed.
    pub fn start() -> Option<Self> {
        let programs = programs()?;
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("klantreis-pg-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the server");
        let mut script = Command::new("sh");
        script.args(["-c", SCRIPT, "sh"]).arg(&folder).arg(&programs);
        if folder.metadata().expect("the folder").uid() == 0 {
            chown(&folder, Some(NOBODY), Some(NOBODY)).expect("a folder of nobody");
            let nobody = NOBODY.to_string();
            script.args(["setpriv", "--reuid", &nobody, "--regid", &nobody, "--clear-groups", "--"]);
        } else {
            script.arg("env");
        }
        script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut script = script.spawn().expect("a shell");
        let mut said = String::new();
        let output = script.stdout.take().expect("what the script says");
        BufReader::new(output).read_line(&mut said).expect("a line");
        let log = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert_eq!(said, "ready\n", "no server:\n{}{}", log("initdb.log"), log("server.log"));
        Some(Self { folder, programs, _script: script })
    }

    /// Kills it as a power cut would, and starts it again.
    pub fn crash(&self) {
        let (data, log) = (self.folder.join("data"), self.folder.join("server.log"));
        let told = |words: &[&str]| {
            let mut command = Command::new("setpriv");
            let nobody = NOBODY.to_string();
            if self.folder.metadata().expect("the folder").uid() == NOBODY {
                command.args(["--reuid", &nobody, "--regid", &nobody, "--clear-groups", "--"]);
                command.arg(self.programs.join("pg_ctl"));
            } else {
                command = Command::new(self.programs.join("pg_ctl"));
            }
            command.args(words).arg("-D").arg(&data).arg("-l").arg(&log).current_dir(&self.folder);
            let socket = format!("-k {} -c listen_addresses= -c max_connections=500", self.folder.display());
            let ended = command.arg("-o").arg(socket).stdout(Stdio::null()).stderr(Stdio::null()).status();
            assert!(ended.expect("pg_ctl runs").success(), "{words:?}");
        };
        told(&["stop", "-m", "immediate"]);
        told(&["start", "-w"]);
    }

    /// The socket that it listens on.
    pub fn socket(&self) -> PathBuf {
        self.folder.join(".s.PGSQL.5432")
    }

    /// Where it is reached.
    pub fn url(&self) -> String {
        let socket = self.folder.to_str().expect("a plain path").replace('/', "%2F");
        format!("postgres://klantreis@{socket}/postgres")
    }
}

/// The folder of `initdb` and `pg_ctl`: on the path, else where Debian puts it, the newest first.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.flatten().map(|entry| entry.path().join("bin")).collect())
        .unwrap_or_default();
    debian.sort_by_key(|folder| {
        let version = folder.parent().and_then(Path::file_name).and_then(|name| name.to_str()?.parse::<u32>().ok());
        std::cmp::Reverse(version)
    });
    folders.extend(debian);
    folders.into_iter().find(|folder| ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).exists()))
}
