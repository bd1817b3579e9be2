//! Room on a disk.

use std::path::Path;

/// Bytes of the disk under a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// That we may still write.
    pub free: u64,
    /// In all.
    pub total: u64,
}

/// The room under a folder; `None` where that cannot be known.
pub fn under(folder: &Path) -> Option<Space> {
    let about = rustix::fs::statvfs(folder).ok()?;
    Some(Space { free: about.f_bavail * about.f_frsize, total: about.f_blocks * about.f_frsize })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_somewhere_and_none_nowhere() {
        let space = under(&std::env::temp_dir()).expect("a disk");
        assert!(space.free <= space.total && space.total > 0);
        assert_eq!(under(Path::new("/there/is/no/such/folder")), None);
    }
}
