use jiff::civil::Time;
use words::Channel;

use crate::model::{Anchor, EventMatch, Every, Human, Late, Moment, Side, When};

/// A value to write into the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text; quoted when it must be.
    Text(String),
    /// `[a, b]`.
    List(Vec<Written>),
    /// `{ a: b }`, in this order.
    Map(Vec<(String, Written)>),
}

impl Written {
    /// A mapping of these keys; those without a value are left out.
    pub fn map<'a>(entries: impl IntoIterator<Item = (&'a str, Option<Self>)>) -> Self {
        let entries = entries.into_iter();
        Self::Map(entries.filter_map(|(key, value)| Some((key.to_owned(), value?))).collect())
    }
}

impl From<&str> for Written {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Written {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Written {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Written {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl<T: Into<Written>> From<Vec<T>> for Written {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl From<&Channel> for Written {
    fn from(channel: &Channel) -> Self {
        Self::from(channel.as_str())
    }
}

impl From<&Human> for Written {
    fn from(human: &Human) -> Self {
        Self::map([("team", Some(human.team.as_str().into())), ("phone", human.phone.as_deref().map(Self::from))])
    }
}

/// A trigger as one writes it; what is the default is left out.
impl From<&When> for Written {
    fn from(when: &When) -> Self {
        match when {
            When::Events(events) => Self::from(events.as_slice()),
            When::Moment(moment) => Self::from(moment),
            When::Every(every) => Self::from(every),
            When::Becomes(condition) => Self::map([("becomes", Some(condition.source().into()))]),
        }
    }
}

impl From<&[EventMatch]> for Written {
    fn from(events: &[EventMatch]) -> Self {
        match events {
            [one] => Self::from(one),
            many => Self::List(many.iter().map(Self::from).collect()),
        }
    }
}

impl From<&EventMatch> for Written {
    fn from(matched: &EventMatch) -> Self {
        if matched.only.is_none() && matched.late.is_none() {
            return Self::from(matched.event.as_str());
        }
        Self::map([
            ("event", Some(matched.event.as_str().into())),
            ("where", matched.only.as_ref().map(|only| only.source().into())),
            ("late", matched.late.map(late)),
        ])
    }
}

impl From<&Moment> for Written {
    fn from(moment: &Moment) -> Self {
        let (side, default) = match moment.side {
            Side::Before => ("before", Late::Skip),
            Side::After => ("after", Late::DEFAULT),
        };
        let anchor = match &moment.anchor {
            Anchor::Fact(fact) => fact.to_string(),
            Anchor::Event(event) => event.to_string(),
            Anchor::Touchpoint(id) => id.to_string(),
        };
        Self::map([
            (side, Some(anchor.into())),
            ("by", Some(moment.by.to_string().into())),
            ("at", moment.at.map(clock)),
            ("late", (moment.late != default).then(|| late(moment.late))),
        ])
    }
}

impl From<&Every> for Written {
    fn from(every: &Every) -> Self {
        let day = every.day.map_or("day", crate::read::day_name);
        Self::map([
            ("every", Some(day.into())),
            ("at", Some(clock(every.at))),
            ("late", (every.late != Late::DEFAULT).then(|| late(every.late))),
        ])
    }
}

fn late(late: Late) -> Written {
    match late {
        Late::Skip => "skip".into(),
        Late::Send => "send".into(),
        Late::Within(span) => format!("within {span}").into(),
    }
}

fn clock(time: Time) -> Written {
    format!("{:02}:{:02}", time.hour(), time.minute()).into()
}
