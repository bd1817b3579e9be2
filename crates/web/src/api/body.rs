use std::io::Read;

use flate2::read::MultiGzDecoder;
use words::limits::BATCH_BYTES_MAX;

/// The body as the client meant it. Clients that compress do not all say so, so the bytes themselves decide; a bomb stops at
/// one byte over the limit, which the reader of the body then refuses by its size.
pub(super) fn plain(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    const GZIP: [u8; 2] = [0x1f, 0x8b];
    if !bytes.starts_with(&GZIP) {
        return Ok(bytes.to_vec());
    }
    let mut plain = Vec::new();
    MultiGzDecoder::new(bytes).take(BATCH_BYTES_MAX as u64 + 1).read_to_end(&mut plain)?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn packed_and_plain_say_the_same() {
        assert_eq!(plain(b"{}").unwrap(), b"{}");
        assert_eq!(plain(&packed(b"{}")).unwrap(), b"{}");
        assert!(plain(&[0x1f, 0x8b, 0, 0]).is_err());
    }

    #[test]
    fn a_bomb_stops_just_over_the_limit() {
        let bomb = packed(&vec![b'a'; 50 * BATCH_BYTES_MAX]);
        assert!(bomb.len() < BATCH_BYTES_MAX);
        assert_eq!(plain(&bomb).unwrap().len(), BATCH_BYTES_MAX + 1);
    }
}
