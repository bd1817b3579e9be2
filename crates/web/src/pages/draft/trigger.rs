//! What makes a moment happen, as the sentence that one fills in.

use journey::{Anchor, Late, Side, When, Written};

use super::{
    events,
    fields::{Fields, put_span},
};

/// The kinds of triggers, as the form names them.
pub(super) const KINDS: [&str; 5] = ["", "moment", "events", "every", "becomes"];
/// Days of a calendar rule, as a definition names them.
pub(super) const DAYS: [&str; 8] =
    ["day", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

pub(super) fn put(fields: &mut Fields, when: &When) {
    match when {
        When::Events(matched) => {
            fields.put("when.kind", "events");
            events::put(fields, "when.events", matched);
        }
        When::Moment(moment) => {
            fields.put("when.kind", "moment");
            fields.put("when.side", if moment.side == Side::Before { "before" } else { "after" });
            let anchor = match &moment.anchor {
                Anchor::Fact(fact) => fact.to_string(),
                Anchor::Event(event) => event.to_string(),
                Anchor::Touchpoint(id) => id.to_string(),
            };
            fields.put("when.anchor", anchor);
            put_span(fields, "when.by", moment.by);
            fields.put_if("when.at", moment.at.map(clock));
            put_late(fields, "when", moment.late);
        }
        When::Every(every) => {
            fields.put("when.kind", "every");
            let day = every.day.map_or(0, |day| usize::from(day.to_monday_one_offset().unsigned_abs()));
            fields.put("when.day", DAYS[day]);
            fields.put("when.every_at", clock(every.at));
            put_late(fields, "when.every", every.late);
        }
        When::Becomes(condition) => {
            fields.put("when.kind", "becomes");
            fields.put("when.becomes", condition.source());
        }
    }
}

fn put_late(fields: &mut Fields, lead: &str, late: Late) {
    let kind = match late {
        Late::Skip => "skip",
        Late::Send => "send",
        Late::Within(span) => {
            put_span(fields, &format!("{lead}.late_for"), span);
            "within"
        }
    };
    fields.put(format!("{lead}.late"), kind);
}

fn clock(time: jiff::civil::Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Only what belongs to the chosen kind counts; the rest stood hidden on the page.
pub(super) fn normalise(fields: &mut Fields) {
    events::compact(fields, "when.events");
    let kind = fields.get("when.kind").to_owned();
    let within = |lead: &str, fields: &Fields| fields.get(&format!("{lead}.late")) == "within";
    let (moment_within, every_within) = (within("when", fields), within("when.every", fields));
    fields.retain(|name| {
        if !name.starts_with("when.") || (name == "when.kind" && !kind.is_empty()) {
            return !name.starts_with("when.") || KINDS.contains(&kind.as_str());
        }
        match kind.as_str() {
            "moment" => {
                matches!(name, "when.side" | "when.anchor" | "when.at" | "when.late")
                    || name.starts_with("when.by.")
                    || (moment_within && name.starts_with("when.late_for."))
            }
            "events" => name.starts_with("when.events."),
            "every" => {
                matches!(name, "when.day" | "when.every_at" | "when.every.late")
                    || (every_within && name.starts_with("when.every.late_for."))
            }
            "becomes" => name == "when.becomes",
            _ => false,
        }
    });
}

/// As one writes it; what is the default is left out.
pub(super) fn written(fields: &Fields) -> Option<Written> {
    match fields.get("when.kind") {
        "moment" => {
            let before = fields.get("when.side") != "after";
            let default = if before { "skip" } else { "within 1h" };
            Some(Written::map([
                (if before { "before" } else { "after" }, fields.text("when.anchor")),
                ("by", fields.span("when.by")),
                ("at", fields.text("when.at").map(full_clock)),
                ("late", late(fields, "when", default)),
            ]))
        }
        "events" => events::written(fields, "when.events"),
        "every" => Some(Written::map([
            ("every", fields.text("when.day")),
            ("at", fields.text("when.every_at").map(full_clock)),
            ("late", late(fields, "when.every", "within 1h")),
        ])),
        "becomes" => fields.text("when.becomes").map(|condition| Written::map([("becomes", Some(condition))])),
        _ => None,
    }
}

/// "9:00" is "09:00"; a browser's own clock gives the whole.
fn full_clock(written: Written) -> Written {
    match written {
        Written::Text(text) if text.len() == 4 && text.get(1..2) == Some(":") => format!("0{text}").into(),
        other => other,
    }
}

fn late(fields: &Fields, lead: &str, default: &str) -> Option<Written> {
    let text = match fields.get(&format!("{lead}.late")) {
        "" => return None,
        "within" => {
            let at = |part: &str| fields.get(&format!("{lead}.late_for.{part}"));
            let (number, unit) = (at("number"), at("unit"));
            let (number, unit) = if number.is_empty() { ("1", "h") } else { (number, unit) };
            format!("within {number}{}", if unit.is_empty() { "h" } else { unit })
        }
        kind => kind.to_owned(),
    };
    (text != default).then(|| text.into())
}
