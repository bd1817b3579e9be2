//! A logo that came in: only what is a whole PNG or JPEG by its own bytes, of a sensible size.

use store::Logo;

use crate::{language::Text, secret};

/// Bytes of a logo.
pub(super) const BYTES_MAX: usize = 200 * 1024;
/// Pixels on a side.
const SIDE: std::ops::RangeInclusive<u32> = 16..=4_000;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const PNG_END: &[u8] = b"IEND\xaeB\x60\x82";
const JPEG_END: &[u8] = &[0xff, 0xd9];

/// What the bytes are; why they cannot be a logo.
pub(super) fn read(bytes: &[u8]) -> Result<Logo, Text> {
    if bytes.len() > BYTES_MAX {
        return Err(Text::new("principal-logo-large").with("max", BYTES_MAX / 1024));
    }
    let (kind, size) = if bytes.starts_with(PNG) { ("png", png(bytes)) } else { ("jpeg", jpeg(bytes)) };
    let (width, height) = size.ok_or_else(|| Text::new("principal-logo-kind"))?;
    if !SIDE.contains(&width) || !SIDE.contains(&height) {
        let sides = Text::new("principal-logo-side").with("min", *SIDE.start()).with("max", *SIDE.end());
        return Err(sides);
    }
    Ok(Logo { hash: secret::hex(&secret::digest(bytes)), kind: kind.to_owned(), width, height })
}

fn big(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let piece = bytes.get(at..at + length)?;
    Some(piece.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

/// The size that its header names; it must end as a PNG does, with nothing behind.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let is_whole = bytes.get(12..16) == Some(b"IHDR") && bytes.ends_with(PNG_END);
    is_whole.then_some(())?;
    Some((big(bytes, 16, 4)?, big(bytes, 20, 4)?))
}

/// The size that its frame names, behind the segments before it.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    (bytes.starts_with(&[0xff, 0xd8, 0xff]) && bytes.ends_with(JPEG_END)).then_some(())?;
    let mut at = 2;
    loop {
        let [0xff, marker] = bytes.get(at..at + 2)? else { return None };
        let length = usize::try_from(big(bytes, at + 2, 2)?).ok().filter(|length| *length >= 2)?;
        // Frames, but for what lies between them: tables of Huffman and of arithmetic coding.
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            return Some((big(bytes, at + 7, 2)?, big(bytes, at + 5, 2)?));
        }
        if matches!(marker, 0xd9 | 0xda) {
            return None;
        }
        at += 2 + length;
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let head =
            [PNG, &[0, 0, 0, 13], b"IHDR", &width.to_be_bytes(), &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
        [head, vec![0; 8], PNG_END.to_vec()].concat()
    }

    fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
        let frame =
            [&[0xff, 0xc0, 0, 11, 8][..], &height.to_be_bytes(), &width.to_be_bytes(), &[1, 1, 0x11, 0]].concat();
        [vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2], frame, JPEG_END.to_vec()].concat()
    }

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let logo = read(&png_of(320, 80)).unwrap();
        assert_eq!((logo.kind.as_str(), logo.width, logo.height, logo.hash.len()), ("png", 320, 80, 64));
        let logo = read(&jpeg_of(300, 60)).unwrap();
        assert_eq!((logo.kind.as_str(), logo.width, logo.height), ("jpeg", 300, 60));
    }

    #[test]
    fn what_is_no_picture_or_more_than_one_is_refused() {
        let kind = Err(Text::new("principal-logo-kind"));
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
        let with_more = [png_of(320, 80), b"<script>".to_vec()].concat();
        let cut = png_of(320, 80)[..30].to_vec();
        let endless = vec![0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xd9];
        for wrong in [svg, with_more, cut, endless, Vec::new(), b"GIF89a".to_vec()] {
            assert_eq!(read(&wrong), kind, "{wrong:?}");
        }
        let side = Err(Text::new("principal-logo-side").with("min", 16u32).with("max", 4_000u32));
        assert_eq!(read(&png_of(15, 80)), side);
        assert_eq!(read(&png_of(320, 4_001)), side);
        let mut large = png_of(320, 80);
        large.resize(BYTES_MAX + 1, 0);
        assert_eq!(read(&large), Err(Text::new("principal-logo-large").with("max", 200usize)));
    }
}
