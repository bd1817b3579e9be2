//! What is left open in a form or is no number, in words at its field, before the language reads it.

use journey::Span;

use super::fields::{Fields, group_of};
use crate::language::Text;

/// A remark and the group of fields that it stands at.
pub(super) type Remark = (String, Text);

/// Of the form of a moment.
pub(super) fn of_moment(typed: &Fields) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut need = |is_open: bool, group: &str, text: &'static str| {
        if is_open {
            remarks.push((group.to_owned(), Text::new(text)));
        }
    };
    match typed.get("when.kind") {
        "moment" => {
            let before = typed.get("when.side") != "after";
            let anchor = if before { "blank-anchor-before" } else { "blank-anchor-after" };
            need(!typed.has("when.anchor"), "when", anchor);
            need(!typed.has("when.by.number"), "when", "blank-number");
            need(typed.has("when.at") && !is_clock(typed.get("when.at")), "when", "blank-clock");
        }
        "events" => need(typed.rows("when.events").is_empty(), "when", "blank-event"),
        "every" => need(!is_clock(typed.get("when.every_at")), "when", "blank-clock"),
        "becomes" => need(!typed.has("when.becomes"), "when", "blank-becomes"),
        _ => {}
    }
    let within = typed.get("promise.kind") == "within";
    need(within && !typed.has("promise.span.number"), "promise", "blank-number");
    remarks.extend(no_numbers(typed));
    remarks
}

/// Of the form of the journey.
pub(super) fn of_journey(typed: &Fields) -> Vec<Remark> {
    let hangs = |row: &usize| typed.has(&format!("ends.{row}.after")) && !typed.has(&format!("ends.{row}.by.number"));
    let open = typed.rows("ends").into_iter().filter(hangs);
    open.map(|_| ("ends".to_owned(), Text::new("blank-number"))).chain(no_numbers(typed)).collect()
}

/// `9:00` or `09:00`.
fn is_clock(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once(':') else { return false };
    let number =
        |part: &str, below: u8| part.bytes().all(|b| b.is_ascii_digit()) && part.parse().is_ok_and(|n: u8| n < below);
    matches!(hour.len(), 1 | 2) && minute.len() == 2 && number(hour, 24) && number(minute, 60)
}

/// Lengths of time that are typed otherwise than as a number, or are longer than the language takes.
fn no_numbers(typed: &Fields) -> Vec<Remark> {
    let remark = |field: String| {
        let number = typed.get(&field);
        let unit = typed.get(field.strip_suffix("number").map(|lead| format!("{lead}unit")).as_deref()?);
        let text = if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            Text::new("blank-no-number").with("typed", number)
        } else if matches!(unit, "s" | "m" | "h" | "d" | "w") && Span::parse(&format!("{number}{unit}")).is_none() {
            Text::new("blank-span")
        } else {
            return None;
        };
        Some((group_of(&field).to_owned(), text))
    };
    typed.ending(".number").into_iter().filter_map(remark).collect()
}
