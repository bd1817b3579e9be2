use journey::{Definition, Expression};
use words::{Customer, Event};

use crate::State;
use crate::expression::Scope;

/// Whether a condition holds for a run as it is now; for callers that ask of a run what a definition could ask.
///
/// `event` is what `event` stands for in the condition, and whose objects it means. A missing value makes it false.
pub fn holds(
    definition: &Definition,
    run: &State,
    customer: &Customer,
    event: Option<&Event>,
    condition: &Expression,
) -> bool {
    Scope { definition, state: run, customer, event, focus: None }.judge(condition).holds()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use journey::{Folder, Organisation, parse};
    use serde_json::json;
    use words::CustomerId;

    use super::*;

    /// What `check` lets pass can be judged here: every operator and function on values as they come in.
    #[test]
    fn conditions_that_check_lets_pass_are_judged() {
        let text = "journey: x\nfacts: { hold: { days: number, status: text } }\nphases: []\ntouchpoints: []\n";
        let parsed = parse(&Folder::of_definition(text), &Organisation::named("x"));
        let definition = parsed.sound().unwrap();
        let now = Timestamp::UNIX_EPOCH;
        let run = serde_json::from_value(json!({
            "id": "00000000-0000-0000-0000-000000000000", "customer": "00000000-0000-0000-0000-000000000000",
            "journey": "x", "version": "", "key": null, "generation": 1, "started": now, "status": { "status": "open" },
            "goal": null, "dropped": null, "at": null, "due": null, "revision": 0,
        }));
        let run = State::new(run.unwrap(), now);
        let customer = Customer::unknown(CustomerId::derived(&["x"]));
        let event = serde_json::from_value(json!({
            "id": "1", "source": "test", "name": "hold.placed", "time": now, "received": now,
            "identity": { "customer": "x", "anonymous": null },
            "properties": { "days": 3, "half": 2.5, "status": "waiting" },
        }));
        let event: Event = event.unwrap();
        for (condition, expected) in [
            ("event.days + 1.0 > 3", true),
            ("event.half + 1.0 == 3.5", true),
            ("event.days >= 3 && event.days in [3, 4]", true),
            ("event.days / 2.0 == 1.5", true),
            ("-event.days < 0", true),
            ("size(event.status) == 7 && event.status.startsWith('wait')", true),
            ("size(customer.consents) == 0", true),
            ("!('leestips' in customer.consents)", true),
            ("has(event.status)", true),
            ("has(event.nothing)", false),
            ("has(hold.status)", false),
            ("!has(hold.status) || hold.status != 'waiting'", true),
            ("hold.status != 'waiting'", false),
            ("!happened('x')", true),
        ] {
            let expression = Expression::compile(condition).unwrap();
            let found = holds(definition, &run, &customer, Some(&event), &expression);
            assert_eq!(found, expected, "{condition}");
        }
    }
}
