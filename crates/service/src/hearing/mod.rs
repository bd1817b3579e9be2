//! What providers tell of their own accord: what became of messages, and what customers write. It comes in any order, late and
//! more than once; whoever tells it is known by a signature.

mod inbound;
mod line;
mod receipt;
mod word;

use channels::Heard;
use jiff::Timestamp;
use words::{Channel, OrganisationId};

use crate::{Result, Service};

pub use line::{Callback, Line, address};

/// How often a message that moved on meanwhile is looked at anew.
const LOOKS_MAX: usize = 3;

/// Takes in what a provider told. Returns after the commit: then it may be acknowledged. `false`: it came before what it is
/// about was written down here; it is to be told again.
pub async fn hear(
    service: &Service,
    (organisation, channel): (&OrganisationId, &Channel),
    heard: Heard,
    now: Timestamp,
) -> Result<bool> {
    let shared = service.catalog.organisation(organisation).await?;
    let language = shared.map(|shared| shared.language).unwrap_or_default();
    match heard {
        Heard::Receipt(told) => {
            let store = service.store.as_ref();
            for _ in 0..LOOKS_MAX {
                match receipt::note(store, (organisation, channel), &told, (language, now)).await? {
                    receipt::Noted::Done => return Ok(true),
                    receipt::Noted::TooEarly => return Ok(false),
                    receipt::Noted::MovedOn => {}
                }
            }
            Ok(false)
        }
        Heard::Inbound(written) => {
            inbound::note(&service.store, (organisation, channel), &written, (language, now)).await?;
            service.wake();
            Ok(true)
        }
    }
}
