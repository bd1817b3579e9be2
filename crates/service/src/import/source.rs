use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use super::{ImportError, TooMuch};

/// What an import takes at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it lies there.
    pub file_bytes_max: u64,
    /// Bytes after decompression; what stops a small file that unpacks to a mountain.
    pub plain_bytes_max: u64,
    /// Bytes of one row or XML element.
    pub item_bytes_max: u64,
    /// Reasons that a report lists one by one.
    pub reasons_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes_max: 200 << 20, plain_bytes_max: 4 << 30, item_bytes_max: 1 << 20, reasons_max: 100 }
    }
}

/// How many bytes of the file were read; may be asked from another thread.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    /// Bytes so far.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A file that is read as a stream, within limits; gzip is recognised by its first bytes.
pub struct Source {
    inner: Box<dyn BufRead + Send>,
    progress: Progress,
    pub(super) limits: Limits,
    plain_bytes_left: u64,
    item_bytes_left: u64,
}

impl Source {
    /// Wraps a reader of the file.
    pub fn new(file: impl Read + Send + 'static, limits: Limits) -> Result<Self, ImportError> {
        let progress = Progress::default();
        let counted = Counted { inner: file, progress: progress.clone(), max: limits.file_bytes_max };
        let mut raw = BufReader::with_capacity(64 * 1024, counted);
        let first = raw.fill_buf().map_err(|error| ImportError::from_io(&error, 0))?;
        let inner: Box<dyn BufRead + Send> = if first.starts_with(&[0x1f, 0x8b]) {
            Box::new(BufReader::with_capacity(64 * 1024, MultiGzDecoder::new(raw)))
        } else if first.starts_with(b"PK\x03\x04") {
            return Err(ImportError::WrongKind("CSV / XES (gz)"));
        } else {
            Box::new(raw)
        };
        Ok(Self {
            inner,
            progress,
            limits,
            plain_bytes_left: limits.plain_bytes_max,
            item_bytes_left: limits.item_bytes_max,
        })
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Another row or element begins: it has the whole limit again.
    pub(super) fn begin_item(&mut self) {
        self.item_bytes_left = self.limits.item_bytes_max;
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = usize::try_from(self.plain_bytes_left.min(self.item_bytes_left)).unwrap_or(usize::MAX);
        let bytes = self.inner.fill_buf()?;
        if left > 0 || bytes.is_empty() {
            return Ok(&bytes[..bytes.len().min(left)]);
        }
        let passed = if self.plain_bytes_left == 0 {
            TooMuch::Plain(self.limits.plain_bytes_max)
        } else {
            TooMuch::Item(self.limits.item_bytes_max)
        };
        Err(io::Error::other(passed))
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
        self.plain_bytes_left = self.plain_bytes_left.saturating_sub(amount as u64);
        self.item_bytes_left = self.item_bytes_left.saturating_sub(amount as u64);
    }
}

impl Read for Source {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.fill_buf()?;
        let amount = bytes.read(into)?;
        self.consume(amount);
        Ok(amount)
    }
}

struct Counted<R> {
    inner: R,
    progress: Progress,
    max: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let amount = self.inner.read(into)?;
        let before = self.progress.0.fetch_add(amount as u64, Ordering::Relaxed);
        if before.saturating_add(amount as u64) > self.max {
            return Err(io::Error::other(TooMuch::File(self.max)));
        }
        Ok(amount)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;

    pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn read(bytes: Vec<u8>, limits: Limits) -> Result<Vec<u8>, ImportError> {
        let mut source = Source::new(io::Cursor::new(bytes), limits)?;
        let mut read = Vec::new();
        source.read_to_end(&mut read).map_err(|error| ImportError::from_io(&error, 1))?;
        Ok(read)
    }

    #[test]
    fn gzip_is_recognised_and_progress_counts_the_file_itself() {
        let plain = b"a;b\n".repeat(5_000);
        let packed = gzip(&plain);
        let mut source = Source::new(io::Cursor::new(packed.clone()), Limits::default()).unwrap();
        let progress = source.progress();
        let mut read = Vec::new();
        source.read_to_end(&mut read).unwrap();
        assert_eq!((read, progress.bytes()), (plain, packed.len() as u64));
    }

    #[test]
    fn a_small_file_that_unpacks_to_a_mountain_is_stopped() {
        let limits = Limits { plain_bytes_max: 10_000, ..Limits::default() };
        let bomb = gzip(&vec![0; 10_000_000]);
        assert!(bomb.len() < 20_000);
        assert_eq!(read(bomb, limits), Err(ImportError::TooMuch { what: TooMuch::Plain(10_000), place: 1 }));
    }

    #[test]
    fn the_file_and_one_item_have_limits() {
        let limits = Limits { file_bytes_max: 100, ..Limits::default() };
        assert!(matches!(read(vec![b'x'; 101], limits), Err(ImportError::TooMuch { what: TooMuch::File(100), .. })));
        assert!(read(vec![b'x'; 100], limits).is_ok());
        let limits = Limits { item_bytes_max: 100, ..Limits::default() };
        assert!(matches!(read(vec![b'x'; 101], limits), Err(ImportError::TooMuch { what: TooMuch::Item(100), .. })));
        assert!(read(vec![b'x'; 100], limits).is_ok());
    }

    #[test]
    fn what_is_no_gzip_after_all_is_unreadable() {
        assert!(matches!(read(vec![0x1f, 0x8b, 1, 2, 3], Limits::default()), Err(ImportError::Unreadable(_))));
        assert!(matches!(read(b"PK\x03\x04zip".to_vec(), Limits::default()), Err(ImportError::WrongKind(_))));
    }
}
