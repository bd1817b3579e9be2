use words::EventName;

use super::slug::words_of;
use super::{Code, Reason};

/// The name of an event that another system sent.
///
/// A name that has our form (`appointment.booked`) stays. Otherwise its words count, parted by spaces, signs or capitals:
/// the last is the action, those before it the object, so that "Order Completed" becomes `order.completed` and "Repair
/// Order Closed" `repair_order.closed`. A single word says too little and is refused.
pub fn event_name(text: &str) -> Result<EventName, Reason> {
    if text.trim().is_empty() {
        return Err(Code::NoName.into());
    }
    let bad = || Reason::new(Code::BadName, text);
    if text.len() > 200 {
        return Err(bad());
    }
    let name = EventName::parse(text).or_else(|| {
        let words = words_of(text);
        let (action, object) = words.split_last()?;
        EventName::parse(&format!("{}.{action}", object.join("_")))
    });
    name.ok_or_else(bad)
}

/// The same, for a source outside: names that our own pages and senders use are refused.
pub(super) fn outside_name(text: &str) -> Result<EventName, Reason> {
    let name = event_name(text)?;
    if EventName::RESERVED.contains(&name.as_str()) || name.object() == "message" {
        return Err(Reason::new(Code::ReservedName, name.as_str()));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_is_the_action() {
        for (text, expected) in [
            ("appointment.booked", "appointment.booked"),
            ("Appointment Booked", "appointment.booked"),
            ("Order Completed", "order.completed"),
            ("Repair Order Closed", "repair_order.closed"),
            ("order_completed", "order.completed"),
            ("orderCompleted", "order.completed"),
            ("Product.Viewed", "product.viewed"),
        ] {
            assert_eq!(event_name(text).map(|name| name.to_string()), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_name_that_says_too_little_is_refused() {
        for text in ["clicked", "2027 Booked", "日本 語", "!", &"a b".repeat(100)] {
            assert_eq!(event_name(text).unwrap_err().code, Code::BadName, "{text}");
        }
        assert_eq!(event_name(" ").unwrap_err().code, Code::NoName);
    }

    #[test]
    fn our_own_names_come_only_from_ourselves() {
        for text in ["answer.given", "Task Done", "message.sent", "message.anything", "Customer Identified"] {
            assert_eq!(outside_name(text).unwrap_err().code, Code::ReservedName, "{text}");
        }
    }
}
