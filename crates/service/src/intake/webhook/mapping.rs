use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use words::{Event, EventId, EventName, Identity, limits};

use crate::intake::{Code, Path, Reason, Receipt, Rejected, Taken, fields, name, profile};

/// Where the name of an event comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Named {
    /// From this place.
    At(Path),
    /// It is always the same.
    Always(EventName),
}

/// Where an event stands in JSON of another shape. A place inside the list of events is written from the body on, with `*`
/// for the item: `orders.*.id`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The list of events; `None`: the body is one event.
    pub list: Option<Path>,
    /// What happened.
    pub name: Named,
    /// What stands there, and what we call it. What is not here is read as [`super::super::event_name`] reads it.
    #[serde(default)]
    pub names: BTreeMap<String, EventName>,
    /// When: a time with its offset, or seconds or milliseconds since 1970. `None`: when it came.
    pub time: Option<Path>,
    /// The customer's id.
    pub customer: Option<Path>,
    /// The id of the event; `None`: that of the delivery, else the digest of the event.
    pub id: Option<Path>,
    /// The object whose fields are the properties; `None`: the item itself.
    pub properties: Option<Path>,
}

impl Mapping {
    /// Every place that it points at, by the word for it.
    pub fn places(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        let name = match &self.name {
            Named::At(path) => Some(path),
            Named::Always(_) => None,
        };
        [
            ("name", name),
            ("time", self.time.as_ref()),
            ("customer", self.customer.as_ref()),
            ("id", self.id.as_ref()),
            ("properties", self.properties.as_ref()),
        ]
        .into_iter()
        .filter_map(|(word, path)| Some((word, path?)))
    }

    /// The events of a delivery. `delivery` is its id, when its signature gives one.
    pub fn events(&self, body: Value, delivery: Option<&str>, receipt: &Receipt) -> Vec<Taken> {
        let refuse = |code, detail: &str, raw: &Value| {
            let reason = Reason::new(code, detail);
            vec![Err(Rejected::new(0, delivery.map(str::to_owned), reason, raw.to_string()))]
        };
        let Some(list) = &self.list else {
            let taken = self.read(&body, None, delivery.map(str::to_owned), receipt);
            return vec![
                taken.map_err(|reason| Rejected::new(0, delivery.map(str::to_owned), reason, body.to_string())),
            ];
        };
        let mut rest = body;
        let Some(items) = list.list_mut(&mut rest).map(std::mem::take) else {
            return refuse(Code::NoList, &list.to_string(), &rest);
        };
        if items.len() > limits::BATCH_EVENTS_MAX {
            let count = items.len().to_string();
            return refuse(Code::TooLarge, &count, &rest);
        }
        let is_one = items.len() == 1;
        items
            .into_iter()
            .enumerate()
            .map(|(index, item)| {
                let id = delivery.map(|id| if is_one { id.to_owned() } else { format!("{id}/{index}") });
                self.read(&rest, Some((list, &item)), id.clone(), receipt).map_err(|reason| {
                    // Kept as a delivery of this one item, so that it can be read again by itself.
                    let mut alone = rest.clone();
                    list.list_mut(&mut alone).into_iter().for_each(|list| list.push(item.clone()));
                    Rejected::new(index, id, reason, alone.to_string())
                })
            })
            .collect()
    }

    fn read(
        &self,
        body: &Value,
        item: Option<(&Path, &Value)>,
        delivery: Option<String>,
        receipt: &Receipt,
    ) -> Result<Event, Reason> {
        let whole = item.map_or(body, |(_, item)| item);
        let bytes = whole.to_string().len();
        if bytes > limits::EVENT_BYTES_MAX {
            return Err(Reason::new(Code::TooLarge, bytes.to_string()));
        }
        let find = |path: &Option<Path>| path.as_ref().and_then(|path| path.find(body, item));
        let id_at = |path: &Option<Path>| {
            let place = path.as_ref().map(Path::to_string).unwrap_or_default();
            fields::id_of(find(path), &place)
        };
        let name = self.name_in(body, item)?;
        let given = match &self.properties {
            Some(_) => find(&self.properties),
            None => Some(whole),
        };
        let mut properties = match name.as_str() {
            "customer.identified" => profile::from_traits(given, receipt)?,
            _ => fields::properties(given, true)?,
        };
        let stated = moment(find(&self.time))?.unwrap_or(receipt.received);
        if stated > receipt.received {
            properties.insert("time_stated".into(), Value::String(stated.to_string()));
        }
        let event = Event {
            id: EventId::new(id_at(&self.id)?.or(delivery).unwrap_or_else(|| fields::derived_id(whole))),
            source: receipt.source.clone(),
            name,
            time: stated.min(receipt.received),
            received: receipt.received,
            identity: Identity { customer: id_at(&self.customer)?, anonymous: None },
            properties,
            imported: false,
        };
        if event.identity == Identity::default() && event.objects().is_empty() {
            return Err(Code::NoIdentity.into());
        }
        Ok(event)
    }

    fn name_in(&self, body: &Value, item: Option<(&Path, &Value)>) -> Result<EventName, Reason> {
        let said = match &self.name {
            Named::Always(name) => return Ok(name.clone()),
            Named::At(path) => fields::id_of(path.find(body, item), &path.to_string())?.ok_or(Code::NoName)?,
        };
        match self.names.get(&said) {
            Some(ours) => Ok(ours.clone()),
            None => name::outside_name(&said),
        }
    }
}

/// A moment as other systems write it: with its offset, or as seconds or milliseconds since 1970.
fn moment(value: Option<&Value>) -> Result<Option<Timestamp>, Reason> {
    /// In seconds this is the year 5138, in milliseconds 1973.
    const MILLISECONDS_FROM: i64 = 100_000_000_000;
    let Some(Value::Number(number)) = value else { return fields::moment_of(value) };
    let bad = || Reason::new(Code::BadTime, number.to_string());
    let count = number.as_i64().ok_or_else(bad)?;
    let time = match count {
        ..MILLISECONDS_FROM => Timestamp::from_second(count),
        _ => Timestamp::from_millisecond(count),
    };
    time.map(Some).map_err(|_| bad())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn path(text: &str) -> Path {
        Path::parse(text).unwrap()
    }

    fn mapping(list: Option<&str>, name: &str) -> Mapping {
        Mapping {
            list: list.map(path),
            name: Named::At(path(name)),
            names: BTreeMap::new(),
            time: None,
            customer: None,
            id: None,
            properties: None,
        }
    }

    fn receipt() -> Receipt {
        Receipt::new("kassa", "2027-03-01T10:00:00Z".parse().unwrap())
    }

    #[test]
    fn one_event_is_read_where_it_was_pointed_at() {
        let mapping = Mapping {
            time: Some(path("meta.at")),
            customer: Some(path("data.klant.nummer")),
            properties: Some(path("data")),
            names: [("verkocht".into(), EventName::parse("order.completed").unwrap())].into(),
            ..mapping(None, "meta.soort")
        };
        let body = json!({ "meta": { "soort": "verkocht", "at": 1_803_890_000 },
                           "data": { "orderId": "O-1", "klant": { "nummer": 10234 } } });
        let event = mapping.events(body, Some("msg_1"), &receipt()).remove(0).unwrap();
        assert_eq!((event.id.as_str(), event.name.as_str()), ("msg_1", "order.completed"));
        assert_eq!(event.identity.customer.as_deref(), Some("10234"));
        assert_eq!(event.properties["order_id"], "O-1");
        assert_eq!(event.time, Timestamp::from_second(1_803_890_000).unwrap());
    }

    #[test]
    fn a_list_gives_an_event_each_and_a_bad_one_can_be_read_again_alone() {
        let mapping = Mapping { customer: Some(path("klant")), id: None, ..mapping(Some("regels"), "regels.*.wat") };
        let body = json!({ "klant": "K-1", "regels": [{ "wat": "Order Paid", "id": 1 }, { "wat": "" }, { "wat": "Order Sent" }] });
        let taken = mapping.events(body, Some("m"), &receipt());
        let ids: Vec<_> = taken.iter().filter_map(|one| Some(one.as_ref().ok()?.id.as_str())).collect();
        assert_eq!(ids, ["m/0", "m/2"]);
        let bad = taken[1].as_ref().unwrap_err();
        assert_eq!((bad.reason.code, bad.index), (Code::NoName, 1));
        assert_eq!(bad.raw, r#"{"klant":"K-1","regels":[{"wat":""}]}"#);
        let mended = bad.raw.replace(r#""wat":"""#, r#""wat":"Order Lost""#);
        let again =
            crate::intake::again(&mended, &receipt(), Some(&crate::intake::Reading::Json(mapping))).remove(0).unwrap();
        assert_eq!((again.name.as_str(), again.identity.customer.as_deref()), ("order.lost", Some("K-1")));
    }

    #[test]
    fn the_body_itself_may_be_the_list() {
        let mapping = Mapping { customer: Some(path("*.k")), ..mapping(Some(""), "*.e") };
        let taken =
            mapping.events(json!([{ "e": "Order Paid", "k": 1 }, { "e": "Order Sent", "k": 2 }]), None, &receipt());
        assert!(taken.iter().all(Result::is_ok) && taken.len() == 2);
        assert!(mapping.events(json!([]), None, &receipt()).is_empty());
    }

    #[test]
    fn what_is_wrong_is_told() {
        let refused =
            |mapping: &Mapping, body: Value| mapping.events(body, None, &receipt()).remove(0).unwrap_err().reason.code;
        let one = mapping(None, "e");
        assert_eq!(refused(&one, json!({ "k": 1 })), Code::NoName);
        assert_eq!(refused(&one, json!({ "e": "Order Paid" })), Code::NoIdentity);
        assert_eq!(refused(&one, json!({ "e": "message.sent", "id": 1 })), Code::ReservedName);
        let timed = Mapping { time: Some(path("t")), ..mapping(None, "e") };
        assert_eq!(refused(&timed, json!({ "e": "Order Paid", "id": 1, "t": "1 maart" })), Code::BadTime);
        assert_eq!(refused(&timed, json!({ "e": "Order Paid", "id": 1, "t": i64::MAX })), Code::BadTime);
        let listed = mapping(Some("rows"), "rows.*.e");
        assert_eq!(refused(&listed, json!({ "rows": 5 })), Code::NoList);
        let many = json!({ "rows": vec![json!({ "e": "x" }); limits::BATCH_EVENTS_MAX + 1] });
        assert_eq!(refused(&listed, many), Code::TooLarge);
        let long = json!({ "e": "Order Paid", "id": "x".repeat(limits::EVENT_BYTES_MAX) });
        assert_eq!(refused(&one, long), Code::TooLarge);
    }

    #[test]
    fn a_mapping_is_kept_as_text() {
        let kept = serde_json::to_string(&mapping(Some("a"), r"a.*.b\.c")).unwrap();
        assert_eq!(serde_json::from_str::<Mapping>(&kept).unwrap(), mapping(Some("a"), r"a.*.b\.c"));
    }
}
