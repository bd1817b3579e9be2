//! Messages as simulated customers see them.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use service::complaining::own_of;
use service::sending::{Making, Who};
use service::{Random, links};
use store::{Link, OutboxRow, Rendered};
use words::{Customer, digest};

use crate::scene::Scene;

/// Tokens of links in messages to people who do not exist: by the message, so that the same seed writes the same letter.
struct Tokens {
    key: String,
    given: AtomicU64,
}

impl Random for Tokens {
    fn fill(&self, bytes: &mut [u8]) {
        for piece in bytes.chunks_mut(32) {
            let count = self.given.fetch_add(1, Ordering::Relaxed).to_string();
            let drawn = digest(&["link", &self.key, &count]);
            piece.copy_from_slice(&drawn[..piece.len()]);
        }
    }
}

/// Makes the message; `None` when it cannot be made for this customer.
pub(crate) fn write(
    scene: &Scene,
    customer: &Customer,
    row: &OutboxRow,
    now: Timestamp,
) -> Option<(Rendered, Vec<Link>)> {
    let organisation = &scene.surroundings.organisation;
    let channel = row.channel.as_ref()?;
    let live = scene.surroundings.live.iter().find(|live| live.row.id == row.journey);
    let published = live.map(|live| live.published.as_ref());
    if published.is_none() && own_of(row).is_none() {
        return None;
    }
    let faces = &scene.surroundings.faces;
    let who = Who { faces, principal: &row.principal, base: &scene.base };
    let making = Making { published, organisation, customer, channel, now, staff: None, who };
    let tokens = Tokens { key: row.key.as_str().to_owned(), given: AtomicU64::new(0) };
    let names = making.links(row);
    let made = links::make(names, (row, channel), organisation, &faces.base(&row.principal, &scene.base), now, &tokens);
    let rendered = making.render(row, made.addresses).ok()?;
    Some((rendered, made.links))
}
