//! What a process asked of its files, in order, as `strace` saw it.

use std::collections::HashMap;
use std::path::Path;

/// One thing that was asked.
#[derive(Debug)]
pub(super) enum Asked {
    /// Bytes of a file from here on.
    Write { file: String, at: usize, bytes: Vec<u8> },
    /// A file is to be so long.
    Cut { file: String, length: usize },
    /// Everything of a file that was asked before this place of the record is on the disk.
    Synced { file: String, before: usize },
}

/// A line of `strace -f -y -xx`: `PID call(FD<path>, "bytes", …) = result`, texts in hexadecimal.
struct Line<'a> {
    process: &'a str,
    call: &'a str,
    arguments: &'a str,
}

impl<'a> Line<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (process, rest) = text.split_once(' ')?;
        let (call, arguments) = rest.trim_start().split_once('(')?;
        Some(Self { process, call, arguments })
    }

    /// The name of the file, without its folders.
    fn file(&self) -> Option<String> {
        let (_, rest) = self.arguments.split_once('<')?;
        let path = String::from_utf8(bytes(rest.split_once('>')?.0)).ok()?;
        Some(path.rsplit('/').next().unwrap_or_default().to_owned())
    }

    fn text(&self) -> Option<Vec<u8>> {
        let (_, rest) = self.arguments.split_once(", \"")?;
        Some(bytes(rest.split_once('"')?.0))
    }

    /// The last number among the arguments.
    fn number(&self) -> Option<usize> {
        let listed = self.arguments.split(')').next()?.split(" <unfinished").next()?;
        listed.rsplit(", ").next()?.trim().parse().ok()
    }
}

/// `\x61\x62` as bytes.
fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits = hexadecimal.split("\\x").skip(1);
    digits.map(|pair| u8::from_str_radix(pair, 16).expect("two digits")).collect()
}

/// Reads a record. Files that are only added to are written at their end.
pub(super) fn read(record: &Path) -> Vec<Asked> {
    let text = std::fs::read_to_string(record).expect("what was recorded");
    let mut asked = Vec::new();
    // Where somebody began to sync something that was not done yet on that line.
    let mut begun: HashMap<String, (String, usize)> = HashMap::new();
    let mut ends: HashMap<String, usize> = HashMap::new();
    for text in text.lines() {
        if let Some((process, _)) = text.split_once(" <... f") {
            if let Some((file, before)) = begun.remove(process.trim()) {
                asked.push(Asked::Synced { file, before });
            }
            continue;
        }
        let Some(line) = Line::read(text) else { continue };
        let Some(file) = line.file() else { continue };
        match line.call {
            "pwrite64" => {
                let (bytes, at) = (line.text().expect("bytes"), line.number().expect("a place"));
                asked.push(Asked::Write { file, at, bytes });
            }
            "write" => {
                let bytes = line.text().expect("bytes");
                let end = ends.entry(file.clone()).or_default();
                let at = *end;
                *end += bytes.len();
                asked.push(Asked::Write { file, at, bytes });
            }
            "ftruncate" => asked.push(Asked::Cut { file, length: line.number().expect("a length") }),
            "fsync" | "fdatasync" if text.contains("<unfinished") => {
                begun.insert(line.process.to_owned(), (file, asked.len()));
            }
            "fsync" | "fdatasync" => asked.push(Asked::Synced { file, before: asked.len() }),
            other => panic!("{other} was not expected"),
        }
    }
    asked
}
