//! A sample call of each event, in the form that the API takes.

use jiff::{Zoned, civil::DateTime};
use journey::NeededEvent;
use serde_json::Value;

/// The customer in every sample.
const CUSTOMER: &str = "10234";

/// A call: where to, and with which body.
pub(super) struct Call {
    /// The end of the address: `track`.
    pub(super) path: &'static str,
    /// The body, written so that a person can read it.
    pub(super) body: String,
}

impl Call {
    /// The call that sends one event of this name with every field.
    pub(super) fn of(event: &NeededEvent, now: &Zoned) -> Self {
        let is_identify = event.name.as_str() == "customer.identified";
        let mut lines = vec![match event.counted {
            true => pair("anonymousId", &Value::from("daily-count")),
            false => pair("userId", &Value::from(CUSTOMER)),
        }];
        if !is_identify {
            lines.push(pair("event", &Value::from(event.name.as_str())));
        }
        lines.push(pair("messageId", &Value::from(format!("{}-0001", event.name))));
        lines.push(pair("timestamp", &Value::from(written(now))));
        let fields: Vec<String> =
            event.fields.iter().map(|field| format!("  {}", pair(&field.name, &field.example))).collect();
        let name = if is_identify { "traits" } else { "properties" };
        if !fields.is_empty() {
            lines.push(format!("  \"{name}\": {{\n{}\n  }}", fields.join(",\n")));
        }
        let path = if is_identify { "identify" } else { "track" };
        Self { path, body: format!("{{\n{}\n}}", lines.join(",\n")) }
    }

    /// The same as a command.
    pub(super) fn curl(&self, endpoint: &str, key: &str) -> String {
        let body = self.body.replace('\'', r"'\''");
        let path = self.path;
        format!(
            "curl {endpoint}/v1/{path} \\\n  -u '{key}:' \\\n  -H 'Content-Type: application/json' \\\n  -d '{body}'"
        )
    }
}

fn pair(name: &str, value: &Value) -> String {
    format!("  {}: {}", Value::from(name), spaced(value))
}

/// A value on one line, with the spaces that people write.
fn spaced(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let pairs: Vec<String> = object
                .iter()
                .map(|(name, value)| format!("{}: {}", Value::from(name.as_str()), spaced(value)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        other => other.to_string(),
    }
}

/// A moment to the second, with its offset.
fn written(now: &Zoned) -> String {
    let whole: DateTime = now.datetime().with().subsec_nanosecond(0).build().unwrap_or(now.datetime());
    format!("{}{}", whole.strftime("%Y-%m-%dT%H:%M:%S"), now.strftime("%:z"))
}
