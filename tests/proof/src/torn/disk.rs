//! What stands on a disk when the power fails: what was synced, and anything of what was not.

use std::collections::BTreeMap;
use std::path::Path;

use sim::Draws;

use super::recorded::Asked;

/// A disk writes so much whole or not at all.
const SECTOR: usize = 512;

/// What becomes of what was asked since the last sync.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unsynced {
    /// None of it is there.
    Lost,
    /// All of it is.
    Kept,
    /// It stops somewhere, in the middle of a write.
    CutOff,
    /// Any sectors of it, in no order.
    Some,
    /// Any sectors, and others hold what was never written, or zeros.
    Garbled,
}

impl Unsynced {
    pub(super) const ALL: [Self; 5] = [Self::Lost, Self::Kept, Self::CutOff, Self::Some, Self::Garbled];
}

type Files = BTreeMap<String, Vec<u8>>;

fn write(files: &mut Files, file: &str, at: usize, bytes: &[u8]) {
    let content = files.entry(file.to_owned()).or_default();
    content.resize(content.len().max(at + bytes.len()), 0);
    content[at..at + bytes.len()].copy_from_slice(bytes);
}

fn perform(files: &mut Files, asked: &Asked) {
    match asked {
        Asked::Write { file, at, bytes } => write(files, file, *at, bytes),
        Asked::Cut { file, length } => files.entry(file.clone()).or_default().resize(*length, 0),
        Asked::Synced { .. } => {}
    }
}

fn file_of(asked: &Asked) -> &str {
    match asked {
        Asked::Write { file, .. } | Asked::Cut { file, .. } | Asked::Synced { file, .. } => file,
    }
}

/// The files when the power fails after so much of the record. `outside`: files that stand for what others know, which a power
/// cut of ours does not touch.
pub(super) fn after(
    record: &[Asked],
    mut files: Files,
    outside: &[&str],
    unsynced: Unsynced,
    draws: &mut Draws,
) -> Files {
    let mut pending: Vec<(usize, &Asked)> = Vec::new();
    for (place, asked) in record.iter().enumerate() {
        match asked {
            Asked::Synced { file, before } => {
                let is_done = |(place, asked): &(usize, &Asked)| *place < *before && file_of(asked) == file;
                pending.iter().filter(|one| is_done(one)).for_each(|(_, asked)| perform(&mut files, asked));
                pending.retain(|one| !is_done(one));
            }
            asked if outside.contains(&file_of(asked)) => perform(&mut files, asked),
            asked => pending.push((place, asked)),
        }
    }
    let kept = draws.below(pending.len() + 1);
    for (number, (_, asked)) in pending.into_iter().enumerate() {
        match unsynced {
            Unsynced::Lost => return files,
            Unsynced::Kept => perform(&mut files, asked),
            Unsynced::CutOff if number < kept => perform(&mut files, asked),
            Unsynced::CutOff => {
                if let Asked::Write { file, at, bytes } = asked {
                    write(&mut files, file, *at, &bytes[..draws.below(bytes.len())]);
                }
                return files;
            }
            Unsynced::Some | Unsynced::Garbled => by_sectors(&mut files, asked, unsynced, draws),
        }
    }
    files
}

fn by_sectors(files: &mut Files, asked: &Asked, unsynced: Unsynced, draws: &mut Draws) {
    let Asked::Write { file, at, bytes } = asked else {
        if draws.happens(0.5) {
            perform(files, asked);
        }
        return;
    };
    let mut begin = 0;
    while begin < bytes.len() {
        let end = bytes.len().min((at + begin) / SECTOR * SECTOR + SECTOR - at);
        let piece = &bytes[begin..end];
        let (is_kept, is_garbled) = (draws.happens(0.5), draws.happens(0.5));
        if is_kept {
            write(files, file, at + begin, piece);
        } else if unsynced == Unsynced::Garbled && is_garbled {
            let zeros = draws.happens(0.5);
            let garbage: Vec<u8> = piece.iter().map(|_| if zeros { 0 } else { draws.below(256) as u8 }).collect();
            write(files, file, at + begin, &garbage);
        }
        begin = end;
    }
}

/// Puts the files into a folder.
pub(super) fn put(files: &Files, folder: &Path) {
    for (name, content) in files {
        std::fs::write(folder.join(name), content).expect("a file");
    }
}
