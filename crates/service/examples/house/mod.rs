//! An organisation in which one reference journey is live, and the events of its customers: for measurements.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use service::sending::Transports;
use service::{Clock, Random, Service, reference};
use store::{JourneyRow, Mode, OrganisationRow, Sender, Store};
use words::{Channel, OrganisationId};

pub(crate) type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// Tokens that differ, also from those of another process of another number.
pub(crate) struct Counted(AtomicU64);

impl Counted {
    pub(crate) const fn from(process: u64) -> Self {
        Self(AtomicU64::new(process << 48))
    }
}

impl Random for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        let number = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        bytes.iter_mut().zip(number.into_iter().cycle()).for_each(|(byte, own)| *byte = own);
    }
}

/// Events of one customer.
pub(crate) const STEPS: usize = 6;
const JOURNEY: &str = "woning-reparatie";

/// The moment at which it all happens.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap_or_default()
}

/// One event of one customer.
pub(crate) fn event(customer: usize, step: usize) -> Value {
    let (repair, appointment) = (format!("R-{customer}"), format!("A-{customer}"));
    let start = now() + SignedDuration::from_hours(72 + (step / 3) as i64);
    let booked = json!({ "id": appointment, "repair_id": repair, "start": start.to_string(), "status": "booked",
        "end": (start + SignedDuration::from_hours(2)).to_string() });
    let (name, properties) = match step {
        0 => ("customer.identified", json!({ "email": format!("k{customer}@example.org"), "last_name": "de Vries" })),
        1 => ("repair.reported", json!({ "id": repair, "kind": "lekkage", "photo": true, "channel": "phone" })),
        2 => ("appointment.booked", booked),
        3 => ("appointment.moved", booked),
        4 => (
            "visit.completed",
            json!({ "id": format!("V-{customer}"), "appointment_id": appointment,
            "repair_id": repair, "outcome": "fixed", "technician": "Karim" }),
        ),
        _ => ("repair.closed", json!({ "id": repair })),
    };
    let time = now() - SignedDuration::from_secs((STEPS - step) as i64);
    json!({ "id": format!("{customer}-{step}"), "time": time.to_string(), "customer": format!("k{customer}"),
        "name": name, "properties": properties })
}

/// Makes it in an empty store. E-mail goes by this transport.
pub(crate) async fn house(
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    transports: Transports,
    (transport, config): (&str, Value),
) -> Result<(Service, OrganisationId), Trouble> {
    let service = Service::new(store.clone(), clock, Arc::new(Counted::from(0)), transports, "https://k.example");
    let id = OrganisationId::new("rijnoever");
    store
        .save_organisation(OrganisationRow { id: id.clone(), text: reference::organisation(), created: now() })
        .await?;
    let sender = Sender {
        organisation: id.clone(),
        channel: Channel::email(),
        transport: transport.into(),
        config,
        from_name: "Rijnoever".into(),
        from_address: "post@rijnoever.example".into(),
        reply_to: None,
        tested: Some(now()),
        per_minute: None,
        catch_up: None,
    };
    store.save_sender(sender).await?;
    let folder = reference::journeys().remove(JOURNEY).ok_or("the reference journey is gone")?;
    service.publisher.publish(&id, &folder, None, "", now()).await?;
    for row in store.journeys(&id).await? {
        store.save_journey(JourneyRow { mode: Mode::Live, ..row }).await?;
    }
    Ok((service, id))
}

/// Seconds of processor time that this program has used.
pub(crate) fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    after.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
