//! Numbers as bytes: unsigned as LEB128, signed zigzag before that, everything else little-endian.

use crate::MeasureError;

#[derive(Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn unsigned(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    pub(super) fn signed(&mut self, value: i64) {
        self.unsigned(((value << 1) ^ (value >> 63)) as u64);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.unsigned(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn take(&mut self, n: usize) -> Result<&'a [u8], MeasureError> {
        let (taken, rest) = self.rest.split_at_checked(n).ok_or(MeasureError::Damaged("cut off"))?;
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], MeasureError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub(super) fn unsigned(&mut self) -> Result<u64, MeasureError> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(MeasureError::Damaged("a number is too long"))
    }

    pub(super) fn signed(&mut self) -> Result<i64, MeasureError> {
        let value = self.unsigned()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// A count of things of which each takes at least one byte, so that no count can ask for more memory than came in.
    pub(super) fn count(&mut self) -> Result<usize, MeasureError> {
        let count = usize::try_from(self.unsigned()?).unwrap_or(usize::MAX);
        if count > self.rest.len() {
            return Err(MeasureError::Damaged("a count is too large"));
        }
        Ok(count)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, MeasureError> {
        let length = self.count()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| MeasureError::Damaged("a name is no text"))
    }

    /// A code below `limit`, or none.
    pub(super) fn code(&mut self, limit: usize) -> Result<u16, MeasureError> {
        let code = self.unsigned()?;
        match code.checked_sub(1) {
            None => Ok(crate::Names::NONE),
            Some(code) if code < limit as u64 => Ok(code as u16),
            Some(_) => Err(MeasureError::Damaged("a code without a name")),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}
