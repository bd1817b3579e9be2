use std::collections::BTreeMap;

use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use service::intake::{
    Path, Receipt, Taken,
    correction::text,
    webhook::{Mapping, Named},
};
use store::Source;
use words::{EventName, limits::EVENT_BYTES_MAX};

use super::becomes::becomes;
use crate::{form::Remarks, language::Text, session::Staff};

/// Names that are translated.
const NAMES_MAX: usize = 200;
/// Characters of a value that stands behind its place.
const VALUE_SHOWN: usize = 40;

/// Events of a sample that are shown.
const SHOWN: usize = 5;

/// Where everything stands, as a form says it; empty is "nowhere".
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Pointed {
    sample: String,
    /// `one`: the body is one event; else the place of the list, led by `list:`.
    list: String,
    name: String,
    /// The name, when it is always the same.
    always: String,
    /// A line for each: their word, an equals sign, our name.
    names: String,
    time: String,
    customer: String,
    id: String,
    properties: String,
    step: String,
}

impl Pointed {
    /// As it is kept, with a sample to look at.
    pub(super) fn of(mapping: Option<&Mapping>, sample: String) -> Self {
        let Some(mapping) = mapping else { return Self { sample, list: "one".into(), ..Self::default() } };
        let place = |path: &Option<Path>| path.as_ref().map(Path::to_string).unwrap_or_default();
        let (name, always) = match &mapping.name {
            Named::At(path) => (path.to_string(), String::new()),
            Named::Always(name) => (String::new(), name.to_string()),
        };
        let names: Vec<String> = mapping.names.iter().map(|(theirs, ours)| format!("{theirs} = {ours}")).collect();
        Self {
            sample,
            list: mapping.list.as_ref().map_or_else(|| "one".to_owned(), |list| format!("list:{list}")),
            name,
            always,
            names: names.join("\n"),
            time: place(&mapping.time),
            customer: place(&mapping.customer),
            id: place(&mapping.id),
            properties: place(&mapping.properties),
            step: String::new(),
        }
    }

    pub(super) fn only_reads(&self) -> bool {
        self.step == "lees"
    }

    /// Whether a sample is to be fetched.
    pub(super) fn fetches(&self) -> bool {
        self.step == "haal"
    }

    /// With a sample that came in; where it is not said yet, the events stand in the only list.
    pub(super) fn with_sample(self, sample: &serde_json::Value) -> Self {
        let lists: Vec<Path> = Path::all(sample)
            .into_iter()
            .filter(|(path, value)| value.is_array() && !path.leads_elsewhere(None))
            .map(|(path, _)| path)
            .collect();
        let list = match (self.list.as_str(), lists.as_slice()) {
            ("" | "one", [only]) if self.name.is_empty() => format!("list:{only}"),
            _ => self.list,
        };
        Self { sample: serde_json::to_string_pretty(sample).unwrap_or_default(), list, ..self }
    }

    pub(super) fn saves(&self) -> bool {
        self.step == "bewaar"
    }

    /// The sample, when it is JSON of a size that an event may have.
    pub(super) fn sample(&self) -> Option<serde_json::Value> {
        (self.sample.len() <= EVENT_BYTES_MAX).then(|| serde_json::from_str(&self.sample).ok()).flatten()
    }

    pub(super) fn remarks_of_sample(&self) -> Remarks {
        let mut remarks = Remarks::default();
        remarks.expect(self.sample.len() <= EVENT_BYTES_MAX, "sample", "webhook-remark-large");
        remarks.expect(self.sample().is_some(), "sample", "webhook-remark-json");
        remarks
    }

    /// What to keep; what is wrong is remarked beside its field.
    pub(super) fn mapping(&self) -> Result<Mapping, Remarks> {
        let mut remarks = match self.sample.trim() {
            "" => Remarks::default(),
            _ => self.remarks_of_sample(),
        };
        let list = match self.list.strip_prefix("list:") {
            Some(place) => {
                let list = Path::parse(place);
                let is_whole = list.as_ref().is_some_and(|list| !list.leads_elsewhere(None));
                remarks.expect(is_whole, "list", "webhook-remark-nested");
                list
            }
            None => None,
        };
        let mut place = |field: &'static str, typed: &str| {
            let path = Path::parse(typed);
            remarks.expect(path.is_some(), field, "webhook-remark-place");
            let path = path.filter(|_| !typed.trim().is_empty())?;
            remarks.expect(!path.leads_elsewhere(list.as_ref()), field, "webhook-remark-elsewhere");
            Some(path)
        };
        let at = place("name", &self.name);
        let (time, customer) = (place("time", &self.time), place("customer", &self.customer));
        let (id, properties) = (place("id", &self.id), place("properties", &self.properties));
        let always = EventName::parse(self.always.trim()).filter(may_be_sent);
        let is_always = !self.always.trim().is_empty();
        remarks.expect(!is_always || always.is_some(), "always", "webhook-remark-always");
        remarks.expect(at.is_some() || is_always, "name", "webhook-remark-name");
        let names = self.translated(&mut remarks);
        let name = match (always, at) {
            (Some(name), _) => Named::Always(name),
            (None, at) => Named::At(at.unwrap_or_default()),
        };
        let mapping = Mapping { list, name, names, time, customer, id, properties };
        if remarks.is_empty() { Ok(mapping) } else { Err(remarks) }
    }

    fn translated(&self, remarks: &mut Remarks) -> BTreeMap<String, EventName> {
        let lines = self.names.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let mut names = BTreeMap::new();
        for (number, line) in lines.take(NAMES_MAX + 1) {
            let pair = line.rsplit_once('=').and_then(|(theirs, ours)| {
                let ours = EventName::parse(ours.trim()).filter(may_be_sent)?;
                Some((theirs.trim().to_owned(), ours)).filter(|(theirs, _)| !theirs.is_empty())
            });
            match pair {
                Some((theirs, ours)) => {
                    names.insert(theirs, ours);
                }
                None => remarks.add("names", Text::new("webhook-remark-line").with("line", number + 1)),
            }
        }
        remarks.expect(names.len() <= NAMES_MAX, "names", "webhook-remark-names");
        names
    }

    /// The places that can be chosen for each field, with what stands there in the sample.
    pub(super) fn options(&self, sample: Option<&serde_json::Value>) -> Value {
        let found = sample.map(Path::all).unwrap_or_default();
        let option = |path: &Path, value: &serde_json::Value| {
            let shown: String = text(value).chars().take(VALUE_SHOWN).collect();
            [path.to_string(), format!("{path} ({shown})")]
        };
        let is_plain = |value: &serde_json::Value| !value.is_object() && !value.is_array();
        let plain: Vec<[String; 2]> =
            found.iter().filter(|(_, value)| is_plain(value)).map(|(path, value)| option(path, value)).collect();
        let objects: Vec<[String; 2]> = found
            .iter()
            .filter(|(path, value)| value.is_object() && *path != Path::default())
            .map(|(path, _)| [path.to_string(), path.to_string()])
            .collect();
        let lists: Vec<(String, usize)> = found
            .iter()
            .filter(|(path, _)| !path.leads_elsewhere(None))
            .filter_map(|(path, value)| Some((path.to_string(), value.as_array()?.len())))
            .collect();
        let with = |mut options: Vec<[String; 2]>, chosen: &str| {
            if !chosen.is_empty() && !options.iter().any(|option| option[0] == chosen) {
                options.push([chosen.to_owned(), chosen.to_owned()]);
            }
            options
        };
        let mut lists = lists;
        if let Some(chosen) = self.list.strip_prefix("list:")
            && !lists.iter().any(|(place, _)| place == chosen)
        {
            lists.push((chosen.to_owned(), 0));
        }
        let lists: Vec<Value> = lists.iter().map(|(place, count)| context! { place, count }).collect();
        context! {
            lists,
            name => with(plain.clone(), &self.name),
            time => with(plain.clone(), &self.time),
            customer => with(plain.clone(), &self.customer),
            id => with(plain.clone(), &self.id),
            properties => with(objects, &self.properties),
            plain,
        }
    }
}

/// What a sample becomes: a line for each of its first events.
pub(super) fn previewed(staff: &Staff, source: &Source, mapping: &Mapping, sample: &serde_json::Value) -> Vec<Value> {
    let receipt = Receipt::new(source.id.clone(), staff.speech.now);
    let taken = mapping.events(sample.clone(), None, &receipt);
    let line = |taken: &Taken| match taken {
        Ok(event) => {
            let properties = serde_json::to_string_pretty(&event.properties).unwrap_or_default();
            context! { goes => true, text => becomes(staff, event, 1), time => event.time.to_string(), properties }
        }
        Err(rejected) => context! { goes => false, text => rejected.reason.say(staff.speech.language) },
    };
    taken.iter().take(SHOWN).map(line).collect()
}

/// Whether a source outside may say this.
fn may_be_sent(name: &EventName) -> bool {
    let is_own = EventName::RESERVED.contains(&name.as_str()) || name.object() == "message";
    !is_own || name.as_str() == "customer.identified"
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r#"{"klant":7,"regels":[{"wat":"verkocht","bon":"B-1","meer":{"prijs":3}}]}"#;

    fn pointed() -> Pointed {
        Pointed {
            sample: SAMPLE.into(),
            list: "list:regels".into(),
            name: "regels.*.wat".into(),
            names: "verkocht = order.completed\n\nwat = dan ook = order.returned".into(),
            customer: "klant".into(),
            id: "regels.*.bon".into(),
            ..Pointed::default()
        }
    }

    #[test]
    fn what_was_pointed_out_is_kept_and_shown_again() {
        let mapping = pointed().mapping().unwrap();
        assert_eq!(mapping.names.keys().collect::<Vec<_>>(), ["verkocht", "wat = dan ook"]);
        let again = Pointed::of(Some(&mapping), SAMPLE.into());
        assert_eq!(again.mapping().unwrap(), mapping);
    }

    #[test]
    fn places_are_offered_with_what_stands_there() {
        let sample = pointed().sample();
        let options = serde_json::to_value(pointed().options(sample.as_ref())).unwrap();
        assert_eq!(options["lists"], serde_json::json!([{ "place": "regels", "count": 1 }]));
        assert_eq!(options["customer"][0], serde_json::json!(["klant", "klant (7)"]));
        assert_eq!(options["properties"][0][0], "regels.*");
        let kept = Pointed { customer: "elders".into(), ..Pointed::default() };
        let kept = serde_json::to_value(kept.options(None)).unwrap();
        assert_eq!(kept["customer"], serde_json::json!([["elders", "elders"]]), "what was chosen stays to choose");
    }

    #[test]
    fn what_is_wrong_is_told_beside_its_field() {
        let wrong = |pointed: Pointed, field: &str| {
            let remarks = pointed.mapping().unwrap_err();
            assert!(remarks.mentions(field), "{field}: {remarks:?}");
        };
        wrong(Pointed { name: String::new(), ..pointed() }, "name");
        wrong(Pointed { sample: "{".into(), ..pointed() }, "sample");
        wrong(Pointed { sample: format!("\"{}\"", "x".repeat(EVENT_BYTES_MAX)), ..pointed() }, "sample");
        wrong(Pointed { list: "one".into(), ..pointed() }, "name");
        wrong(Pointed { customer: "a..b".into(), ..pointed() }, "customer");
        wrong(Pointed { always: "message.sent".into(), ..pointed() }, "always");
        wrong(Pointed { names: "verkocht".into(), ..pointed() }, "names");
        let many: Vec<String> = (0..=NAMES_MAX).map(|number| format!("{number} = a.b")).collect();
        wrong(Pointed { names: many.join("\n"), ..pointed() }, "names");
        let always = Pointed { name: String::new(), always: "order.completed".into(), ..pointed() };
        assert!(matches!(always.mapping().unwrap().name, Named::Always(_)));
    }
}
