//! The state of a run, packed: many runs fill a page together, and each is written anew with all that happens to it.
//!
//! LZ4 blocks with a dictionary: what a state mostly consists of. A first byte says with which; one that was kept before this
//! was done begins with the brace of its JSON.

use lz4_flex::block;

use crate::{Error, Result};

/// The dictionary that goes with [`PACKED`]. It never changes: another one gets another byte.
static DICTIONARY: &[u8] = include_bytes!("packed.dictionary");
const PACKED: u8 = 1;
const PLAIN: u8 = b'{';
/// Before what was put to rest, so that it is told from what was not.
pub(super) const RESTED: u8 = b' ';
/// Bytes of a state at most; what says it is larger is not one.
const STATE_BYTES_MAX: usize = 16 << 20;

pub(super) fn pack(state: &[u8]) -> Vec<u8> {
    let mut packed = vec![PACKED];
    packed.extend(block::compress_prepend_size_with_dict(state, DICTIONARY));
    packed
}

/// The same for what was put to rest.
pub(super) fn pack_rested(state: &[u8]) -> Vec<u8> {
    [vec![RESTED], pack(state)].concat()
}

pub(super) fn unpack(kept: Vec<u8>) -> Result<Vec<u8>> {
    match kept.split_first() {
        Some((&RESTED, rested)) if rested.first() != Some(&RESTED) => unpack(rested.to_vec()),
        Some((&PACKED, packed)) => {
            let (size, packed) = block::uncompressed_size(packed).map_err(unreadable)?;
            if size > STATE_BYTES_MAX {
                return Err(unreadable(format!("{size} bytes, of at most {STATE_BYTES_MAX}")));
            }
            block::decompress_with_dict(packed, size, DICTIONARY).map_err(unreadable)
        }
        Some((&PLAIN, _)) => Ok(kept),
        first => Err(unreadable(format!("begins with {:?}", first.map(|(first, _)| first)))),
    }
}

fn unreadable(detail: impl ToString) -> Error {
    Error::Unreadable { what: "state of a run", detail: detail.to_string() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_back(state in proptest::collection::vec(any::<u8>(), 0..4_096)) {
            prop_assert_eq!(unpack(pack(&state)).unwrap(), state.clone());
            prop_assert_eq!(unpack(pack_rested(&state)).unwrap(), state);
        }

        #[test]
        fn what_is_no_state_says_so(kept in proptest::collection::vec(any::<u8>(), 0..256)) {
            let _ = unpack(kept);
        }
    }

    #[test]
    fn a_state_takes_a_fifth_of_its_room() {
        let state =
            String::from_utf8(DICTIONARY.to_vec()).unwrap().replace("A-7", "A-19").replace("gerepareerd", "klaar");
        assert!(pack(state.as_bytes()).len() * 5 < state.len());
    }

    #[test]
    fn one_from_before_is_read() {
        assert_eq!(unpack(b"{}".to_vec()).unwrap(), b"{}");
    }

    #[test]
    fn what_claims_to_be_huge_is_not_believed() {
        let huge = [&[PACKED][..], &u32::MAX.to_le_bytes(), &[0; 8]].concat();
        assert!(unpack(huge).unwrap_err().to_string().contains("of at most"));
    }
}
