//! A source that posts JSON of a shape of its own: a [`Signing`] proves that it is the source, a [`Mapping`] says where in
//! its JSON an event stands.

mod mapping;
mod signing;

use words::limits::EVENT_BYTES_MAX;

use super::{BadBody, Code, Receipt, Rejected, Taken, body};

pub use mapping::{Mapping, Named};
pub use signing::{Signing, Way};

/// Reads a delivery. Before there is a mapping it waits in quarantine, whole, and serves as the sample to point at; one that is
/// too large to wait there is refused as too large.
pub fn events(
    bytes: &[u8],
    mapping: Option<&Mapping>,
    delivery: Option<&str>,
    receipt: &Receipt,
) -> Result<Vec<Taken>, BadBody> {
    let read = body::json(bytes)?;
    let Some(mapping) = mapping else {
        let raw = read.to_string();
        if raw.len() > EVENT_BYTES_MAX {
            return Err(BadBody::TooLarge { bytes: raw.len() });
        }
        return Ok(vec![Err(Rejected::new(0, delivery.map(str::to_owned), Code::NoMapping.into(), raw))]);
    };
    Ok(mapping.events(read, delivery, receipt))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_there_is_a_mapping_a_delivery_waits_whole() {
        let receipt = Receipt::new("kassa", "2027-03-01T10:00:00Z".parse().unwrap());
        let waits = events(br#"{"a":[1,2]}"#, None, Some("m"), &receipt).unwrap().remove(0).unwrap_err();
        assert_eq!((waits.reason.code, waits.raw.as_str()), (Code::NoMapping, r#"{"a":[1,2]}"#));
        let large = format!("[\"{}\"]", "x".repeat(EVENT_BYTES_MAX));
        assert!(matches!(events(large.as_bytes(), None, None, &receipt), Err(BadBody::TooLarge { .. })));
        assert!(matches!(events(b"nee", None, None, &receipt), Err(BadBody::NotJson(_))));
    }
}
