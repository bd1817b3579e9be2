//! What customers and systems do: the events of one customer going through one reference journey.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sim::Draws;
use words::{Event, EventId, EventName, Identity};

/// The reference journeys that reach customers.
pub(crate) const JOURNEYS: [&str; 4] =
    ["woning-reparatie", "bibliotheek-reserveren", "winkel-webshop", "hulp-bij-inloggen"];

/// One customer and what was told of it so far.
pub(crate) struct Story<'a> {
    number: usize,
    draws: &'a mut Draws,
    now: Timestamp,
    told: Vec<Event>,
}

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

/// The events of customer `number` in a journey, in the order of their times.
pub(crate) fn story(journey: &str, number: usize, start: Timestamp, draws: &mut Draws) -> Vec<Event> {
    let mut story = Story { number, draws, now: start, told: Vec::new() };
    match journey {
        "woning-reparatie" => story.repair(),
        "bibliotheek-reserveren" => story.hold(),
        "winkel-webshop" => story.order(),
        _ => story.help(),
    }
    story.told
}

/// The name of a customer in the sending systems.
pub(crate) fn name(number: usize) -> String {
    format!("k{number}")
}

/// An event of a customer's own.
pub(crate) fn event(id: String, name: &str, time: Timestamp, identity: Identity, properties: Value) -> Event {
    let properties = match properties {
        Value::Object(properties) => properties.into_iter().collect(),
        _ => [].into(),
    };
    let ours = matches!(name, "answer.given" | "task.done");
    Event {
        id: EventId::new(id),
        source: if ours { "klantreis" } else { "systeem" }.into(),
        name: EventName::parse(name).expect("a name of an event"),
        time,
        received: time,
        identity,
        properties,
        imported: false,
    }
}

/// Someone who is named.
pub(crate) fn named(number: usize) -> Identity {
    Identity { customer: Some(name(number)), anonymous: None }
}

impl Story<'_> {
    fn after(&mut self, least: i64, most: i64) {
        let spread = usize::try_from(most - least).unwrap_or_default() + 1;
        self.now += minutes(least + self.draws.below(spread) as i64);
    }

    fn tell_as(&mut self, identity: Identity, name: &str, properties: Value) {
        let id = format!("e{}-{}-{name}", self.number, self.told.len());
        self.told.push(event(id, name, self.now, identity, properties));
    }

    fn tell(&mut self, name: &str, properties: Value) {
        self.tell_as(named(self.number), name, properties);
    }

    /// By a system that knows only the thing.
    fn tell_of(&mut self, name: &str, properties: Value) {
        self.tell_as(Identity::default(), name, properties);
    }

    fn identified(&mut self, identity: Identity) {
        let n = self.number;
        let consents = json!({ "marketing": self.draws.happens(0.7), "leestips": self.draws.happens(0.7) });
        let mobile = self.draws.happens(0.6).then(|| format!("+316{n:08}"));
        let email = (mobile.is_none() || self.draws.happens(0.8)).then(|| format!("{}@example.org", name(n)));
        let properties = json!({
            "zone": "Europe/Amsterdam", "last_name": format!("Klant {n}"), "consents": consents,
            "email": email, "mobile": mobile,
        });
        self.tell_as(identity, "customer.identified", properties);
    }

    fn repair(&mut self) {
        let n = self.number;
        self.identified(named(n));
        self.after(5, 600);
        self.tell(
            "repair.reported",
            json!({ "id": format!("R{n}"), "kind": "kraan", "photo": false, "complete": 0.5 }),
        );
        if self.draws.happens(0.1) {
            self.after(60, 600);
            self.tell("repair.cancelled", json!({ "id": format!("R{n}"), "reason": "zelf opgelost" }));
            return;
        }
        for visit in 0..3 {
            if self.visit(visit) {
                break;
            }
        }
        self.after(30, 2_000);
        self.tell("repair.closed", json!({ "id": format!("R{n}") }));
        if self.draws.happens(0.5) {
            self.after(60, 2_000);
            let value = 1 + self.draws.below(10);
            let answer = json!({ "touchpoint": "enquete", "question": "werk", "value": value, "scale": "mark" });
            self.tell("answer.given", answer);
        }
    }

    /// One appointment and what came of it; whether it was repaired.
    fn visit(&mut self, number: usize) -> bool {
        let n = self.number;
        let (appointment, visit) = (format!("A{n}-{number}"), format!("V{n}-{number}"));
        self.after(5, 300);
        let mut start = self.now + minutes(1_440 + self.draws.below(6_000) as i64);
        let booked = |start: Timestamp| {
            json!({
                "id": appointment, "repair_id": format!("R{n}"), "start": start, "end": start + minutes(120),
                "status": "booked", "firm": "Kramer",
            })
        };
        self.tell("appointment.booked", booked(start));
        while self.draws.happens(0.4) {
            self.after(20, 900);
            start = start.max(self.now) + minutes(60 * self.draws.below(60) as i64);
            self.tell("appointment.moved", booked(start));
        }
        self.now = self.now.max(start);
        if self.draws.happens(0.5) {
            let arrival = json!({
                "id": format!("P{n}-{number}"), "visit_id": visit, "appointment_id": appointment,
                "start": start + minutes(10), "end": start + minutes(30),
            });
            self.tell_of("arrival.predicted", arrival);
            if self.draws.happens(0.4) {
                self.after(1, 10);
                let moved = json!({
                    "id": format!("P{n}-{number}"), "start": start + minutes(40), "end": start + minutes(60),
                    "shift_min": 30,
                });
                self.tell_of("arrival.changed", moved);
            }
        }
        self.after(10, 50);
        self.tell_of("visit.started", json!({ "id": visit, "appointment_id": appointment }));
        self.after(10, 90);
        if self.draws.happens(0.3) {
            let reason = if self.draws.happens(0.5) { "not_home" } else { "material" };
            self.tell_of("visit.failed", json!({ "id": visit, "appointment_id": appointment, "reason": reason }));
            return false;
        }
        self.tell_of("visit.completed", json!({ "id": visit, "appointment_id": appointment, "outcome": "fixed" }));
        true
    }

    fn hold(&mut self) {
        let n = self.number;
        let hold = |status: &str| json!({ "id": format!("H{n}"), "status": status });
        self.identified(named(n));
        self.after(5, 600);
        self.tell("title.viewed", json!({ "id": "T1", "name": "Eb", "genre": "roman", "on_loan": true }));
        self.after(2, 30);
        let day = |moment: Timestamp, days: i64| {
            let zoned = moment.to_zoned(jiff::tz::TimeZone::UTC);
            zoned.date().saturating_add(jiff::Span::new().days(days)).to_string()
        };
        let placed = json!({
            "id": format!("H{n}"), "title_id": "T1", "title": "Eb", "genre": "roman", "branch": "Zuid",
            "status": "waiting", "expected": day(self.now, 4), "channel": "web",
        });
        self.tell("hold.placed", placed);
        self.after(600, 6_000);
        if self.draws.happens(0.3) {
            let delayed = json!({ "id": format!("H{n}"), "status": "waiting", "expected": day(self.now, 16) });
            self.tell("hold.delayed", delayed);
            self.after(8_000, 22_000);
        }
        if self.draws.happens(0.15) {
            let mut cancelled = hold("cancelled");
            cancelled["reason"] = "toch gekocht".into();
            self.tell("hold.cancelled", cancelled);
            return;
        }
        let mut available = hold("available");
        available["pickup_until"] = day(self.now, 10).into();
        self.tell("hold.available", available);
        self.after(600, 9_000);
        self.tell("hold.collected", hold("collected"));
        self.after(1, 2);
        self.tell("loan.created", json!({ "id": format!("L{n}"), "hold_id": format!("H{n}") }));
        self.after(8_000, 20_000);
        self.tell_of("loan.returned", json!({ "id": format!("L{n}") }));
    }

    fn order(&mut self) {
        let n = self.number;
        let visitor = Identity { customer: None, anonymous: Some(format!("a{n}")) };
        if self.draws.happens(0.6) {
            self.tell_as(visitor.clone(), "ad.clicked", json!({ "campaign": "winter", "channel": "social" }));
            self.after(1, 10);
            self.tell_as(visitor, "page.viewed", json!({ "page": "/lampen" }));
            self.after(1, 30);
            self.identified(Identity { customer: Some(name(n)), anonymous: Some(format!("a{n}")) });
        } else {
            self.identified(named(n));
        }
        self.after(1, 30);
        let order = |status: &str| json!({ "id": format!("O{n}"), "status": status, "item": "vaas", "amount": 49.5 });
        self.tell("order.placed", order("paid"));
        if self.draws.happens(0.3) {
            self.after(600, 3_000);
            self.tell("order.delayed", order("delayed"));
            self.after(6_000, 16_000);
            self.tell("order.resumed", order("paid"));
        }
        self.after(900, 3_000);
        self.tell_of(
            "parcel.announced",
            json!({ "id": format!("P{n}"), "order_id": format!("O{n}"), "channel": "email" }),
        );
        self.after(900, 2_000);
        self.tell_of("parcel.delivered", json!({ "id": format!("P{n}"), "order_id": format!("O{n}") }));
        if self.draws.happens(0.3) {
            self.after(60, 600);
            let complaint =
                json!({ "id": format!("C{n}"), "order_id": format!("O{n}"), "status": "open", "reason": "damaged" });
            self.tell("complaint.received", complaint);
            self.after(600, 2_000);
            self.tell("complaint.answered", json!({ "id": format!("C{n}"), "status": "answered", "staff": "Iris" }));
        }
    }

    fn help(&mut self) {
        let n = self.number;
        let talk = |mut more: Value| {
            more["id"] = format!("C{n}").into();
            more
        };
        self.identified(named(n));
        self.after(5, 600);
        for failures in 1..=(1 + self.draws.below(4)) {
            self.tell("login.failed", json!({ "failures": failures, "reason": "wachtwoord" }));
            self.after(1, 3);
        }
        if self.draws.happens(0.2) {
            self.tell("login.succeeded", json!({ "failures": 0 }));
            return;
        }
        self.tell("conversation.opened", talk(json!({ "page": "/inloggen", "status": "open" })));
        self.after(0, 4);
        self.tell_of("reply.given", json!({ "id": format!("r{n}"), "conversation_id": format!("C{n}"), "by": "bot" }));
        self.after(1, 10);
        if self.draws.happens(0.4) {
            self.tell_of("conversation.left", talk(json!({ "left_waiting": true, "reason": "wachttijd" })));
            self.after(60, 900);
        } else {
            self.tell_of("conversation.checked", talk(json!({ "solved": true, "outcome": "ja" })));
            self.after(1, 10);
        }
        self.tell("login.succeeded", json!({ "failures": 0 }));
        self.after(1, 20);
        self.tell_of("conversation.closed", talk(json!({ "status": "closed" })));
        if self.draws.happens(0.5) {
            self.after(20, 300);
            let answer = json!({ "touchpoint": "beoordeling", "question": "hulp", "value": 4, "scale": "csat" });
            self.tell("answer.given", answer);
        }
    }
}
