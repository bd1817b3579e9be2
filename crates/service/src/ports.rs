//! What the outside gives: time and randomness. The binary passes the real ones, tests and simulation their own.

use jiff::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// This moment.
    fn now(&self) -> Timestamp;
}

/// Gives bytes that nobody can guess.
pub trait Random: Send + Sync + 'static {
    /// Fills the buffer.
    fn fill(&self, bytes: &mut [u8]);

    /// Sixteen bytes: enough for a token in a link or an id.
    fn bytes16(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        bytes
    }

    /// From 0 to 1, to spread what would otherwise happen at one moment.
    fn fraction(&self) -> f64 {
        f64::from(self.bytes16()[0]) / 255.0
    }
}
