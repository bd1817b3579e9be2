use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Steps of a path.
const STEPS_MAX: usize = 12;
/// Characters of a path.
const CHARS_MAX: usize = 300;
/// Paths that a sample is read for.
const LISTED_MAX: usize = 300;
/// The item at hand of a list.
const ITEM: &str = "*";

/// Where a value stands in JSON: names joined by dots, `order.customer.id`. Places in a list are numbers; `*` is whichever
/// item is at hand. A dot in a name is written `\.`; the empty path is the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Path(Vec<String>);

impl Path {
    /// Reads a path; `None` when it is too long or has an empty step.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Self::default());
        }
        if text.chars().count() > CHARS_MAX || text.chars().any(char::is_control) {
            return None;
        }
        let (mut steps, mut escaped) = (vec![String::new()], false);
        for letter in text.chars() {
            match (letter, escaped) {
                ('\\', false) => escaped = true,
                ('.', false) => steps.push(String::new()),
                (letter, _) => {
                    steps.last_mut()?.push(letter);
                    escaped = false;
                }
            }
        }
        let fits = steps.len() <= STEPS_MAX && steps.iter().all(|step| !step.is_empty());
        fits.then_some(Self(steps))
    }

    /// What stands there. `item` is the item at hand and the list that it stands in.
    pub fn find<'v>(&self, body: &'v Value, item: Option<(&Self, &'v Value)>) -> Option<&'v Value> {
        if let Some((list, item)) = item
            && let Some((ITEM, rest)) = self.0.strip_prefix(list.0.as_slice()).and_then(split)
        {
            return walk(item, rest);
        }
        walk(body, &self.0)
    }

    /// Whether it leads through an item of a list, other than the one at hand in this list.
    pub fn leads_elsewhere(&self, list: Option<&Self>) -> bool {
        let rest = match list.and_then(|list| self.0.strip_prefix(list.0.as_slice()).and_then(split)) {
            Some((ITEM, rest)) => rest,
            _ => &self.0,
        };
        rest.iter().any(|step| step == ITEM)
    }

    /// Puts a value there, making objects on the way. `false`: something else stands on the way.
    pub fn put(&self, body: &mut Value, value: Value) -> bool {
        let Some((last, way)) = self.0.split_last() else { return false };
        let mut at = body;
        for step in way {
            at = match at {
                Value::Object(object) => object.entry(step.clone()).or_insert_with(|| Value::Object(Map::new())),
                Value::Array(items) => match step.parse().ok().and_then(|place: usize| items.get_mut(place)) {
                    Some(item) => item,
                    None => return false,
                },
                _ => return false,
            };
        }
        match at {
            Value::Object(object) => {
                object.insert(last.clone(), value);
                true
            }
            _ => false,
        }
    }

    /// Takes the value of an object away from there.
    pub fn take(&self, body: &mut Value) -> Option<Value> {
        let (last, way) = self.0.split_last()?;
        let mut at = body;
        for step in way {
            at = match at {
                Value::Object(object) => object.get_mut(step)?,
                Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        at.as_object_mut()?.remove(last)
    }

    /// The list that stands there, to be changed.
    pub(super) fn list_mut<'v>(&self, body: &'v mut Value) -> Option<&'v mut Vec<Value>> {
        let mut at = body;
        for step in &self.0 {
            at = at.as_object_mut()?.get_mut(step)?;
        }
        at.as_array_mut()
    }

    /// Every place in a sample with what stands there: plain values, objects and lists; of a list its first item. A few
    /// hundred at most.
    pub fn all(sample: &Value) -> Vec<(Self, &Value)> {
        let mut found = Vec::new();
        gather(sample, &mut Vec::new(), &mut found);
        found
    }
}

fn split(steps: &[String]) -> Option<(&str, &[String])> {
    steps.split_first().map(|(first, rest)| (first.as_str(), rest))
}

fn walk<'v>(value: &'v Value, steps: &[String]) -> Option<&'v Value> {
    steps.iter().try_fold(value, |at, step| match at {
        Value::Object(object) => object.get(step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}

fn gather<'v>(value: &'v Value, way: &mut Vec<String>, found: &mut Vec<(Path, &'v Value)>) {
    if found.len() >= LISTED_MAX || way.len() >= STEPS_MAX {
        return;
    }
    found.push((Path(way.clone()), value));
    let mut inside = |step: &str, value: &'v Value| {
        way.push(step.to_owned());
        gather(value, way, found);
        way.pop();
    };
    match value {
        Value::Object(object) => {
            object.iter().filter(|(name, _)| !name.is_empty()).for_each(|(name, value)| inside(name, value));
        }
        Value::Array(items) => items.iter().take(1).for_each(|item| inside(ITEM, item)),
        _ => {}
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, step) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str(".")?;
            }
            f.write_str(&step.replace('\\', r"\\").replace('.', r"\."))?;
        }
        Ok(())
    }
}

impl From<Path> for String {
    fn from(path: Path) -> Self {
        path.to_string()
    }
}

impl TryFrom<String> for Path {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("no path")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn path(text: &str) -> Path {
        Path::parse(text).unwrap()
    }

    #[test]
    fn a_path_leads_to_a_value() {
        let body = json!({ "a": { "b.c": [1, { "d": 2 }] } });
        assert_eq!(path(r"a.b\.c.1.d").find(&body, None), Some(&json!(2)));
        assert_eq!(path("a.x").find(&body, None), None);
        assert_eq!(path("").find(&body, None), Some(&body));
        for wrong in ["a..b", ".a", "a\nb", &"a.".repeat(20), &"a".repeat(301)] {
            assert_eq!(Path::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_star_is_the_item_at_hand_of_its_own_list() {
        let body = json!({ "who": 5, "orders": [{ "id": "A" }, { "id": "B" }] });
        let list = path("orders");
        let item = Some((&list, &body["orders"][1]));
        assert_eq!(path("orders.*.id").find(&body, item), Some(&json!("B")));
        assert_eq!(path("who").find(&body, item), Some(&json!(5)));
        assert!(!path("orders.*.id").leads_elsewhere(Some(&list)) && path("orders.*.id").leads_elsewhere(None));
        assert!(path("orders.*.lines.*.id").leads_elsewhere(Some(&list)));
    }

    #[test]
    fn a_value_is_put_and_taken() {
        let mut body = json!({ "userId": null, "n": 1 });
        assert!(path("properties.order.id").put(&mut body, json!("O-1")));
        assert!(!path("n.x").put(&mut body, json!(2)), "a number has no fields");
        assert_eq!(path("properties.order.id").take(&mut body), Some(json!("O-1")));
        assert_eq!(body, json!({ "userId": null, "n": 1, "properties": { "order": {} } }));
    }

    #[test]
    fn a_sample_is_read_in_a_few_hundred_places() {
        let places = |sample: &Value| Path::all(sample).iter().map(|(path, _)| path.to_string()).collect::<Vec<_>>();
        assert_eq!(places(&json!({ "a": [{ "b": 1 }, { "c": 2 }], "d": null })), ["", "a", "a.*", "a.*.b", "d"]);
        let wide: Map<String, Value> = (0..1_000).map(|number| (number.to_string(), json!(1))).collect();
        assert_eq!(places(&Value::Object(wide)).len(), LISTED_MAX);
    }

    proptest! {
        #[test]
        fn a_written_path_is_read_back(steps in proptest::collection::vec("[a-z.\\\\*]{1,5}", 1..6)) {
            let path = Path(steps);
            prop_assert_eq!(Path::parse(&path.to_string()), Some(path));
        }
    }
}
