//! The pages' own template environment: strict, escaping, with the texts and the formats of the reader.

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::{Timestamp, civil::Date};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, State, TemplateSource, UndefinedBehavior, Value,
    value::{Kwargs, Serde, ValueKind},
};
use rust_embed::RustEmbed;
use serde::Serialize;

use crate::{assets, format, language::Speech};

#[derive(RustEmbed)]
#[folder = "templates"]
pub(crate) struct Templates;

/// The name under which a page's context holds its [`Speech`].
pub(crate) const SPEECH: &str = "speech";

/// Data as a template sees it.
pub fn data<T: Serialize>(data: T) -> Value {
    Value::from(Serde(data))
}

/// The environment, made once. In a debug build an edited template is read again at the next request.
pub(crate) fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_auto_escape_callback(|_| AutoEscape::Html);
        env.set_fuel(Some(5_000_000));
        env.set_loader(|name| {
            Ok(Templates::get(name)
                .and_then(|file| String::from_utf8(file.data.into_owned()).ok())
                .map(|text| TemplateSource::new(text).with_uptodate_check(|| !cfg!(debug_assertions))))
        });
        add_functions(&mut env);
        add_filters(&mut env);
        env
    })
}

fn add_functions(env: &mut Environment<'static>) {
    env.add_function("t", |state: &State, key: &str, kwargs: Kwargs| {
        let args = fluent_args(&kwargs)?;
        Ok::<_, Error>(speech(state)?.say_key(key, args))
    });
    env.add_function("asset", |path: &str| {
        assets::Assets::get().url(path).ok_or_else(|| wrong(format!("there is no asset {path}")))
    });
    env.add_function("icon", |name: &str, kwargs: Kwargs| {
        let class: Option<String> = kwargs.get("class")?;
        kwargs.assert_all_used()?;
        let body = assets::icon(name).ok_or_else(|| wrong(format!("there is no icon {name}")))?;
        let class = class.map(|class| format!(" {class}")).unwrap_or_default();
        Ok::<_, Error>(Value::from_safe_string(format!(
            "<svg class=\"icon{class}\" viewBox=\"0 0 20 20\" aria-hidden=\"true\">{body}</svg>"
        )))
    });
}

fn add_filters(env: &mut Environment<'static>) {
    // "vrijdag 27 november" of a date or a moment.
    env.add_filter("day", |state: &State, value: Value| {
        let speech = speech(state)?;
        let date = date_of(speech.value(), &value)?;
        Ok::<_, Error>(format::day(speech.language, date, speech.today()))
    });
    // "27 november 2026".
    env.add_filter("date", |state: &State, value: Value| {
        let speech = speech(state)?;
        let date = date_of(speech.value(), &value)?;
        Ok::<_, Error>(format::date(speech.language, date))
    });
    // "27 nov".
    env.add_filter("day_of_month", |state: &State, value: Value| {
        let speech = speech(state)?;
        let date = date_of(speech.value(), &value)?;
        Ok::<_, Error>(format::day_of_month(speech.language, date))
    });
    // "10:05".
    env.add_filter("time", |state: &State, value: Value| {
        let speech = speech(state)?;
        Ok::<_, Error>(format::time(moment_of(&value)?, &speech.zone))
    });
    // "vandaag 10:05", "27 nov 2026, 10:05".
    env.add_filter("moment", |state: &State, value: Value| {
        let speech = speech(state)?;
        let moment = moment_of(&value)?;
        Ok::<_, Error>(format::moment(speech.language, moment, &speech.zone, speech.now))
    });
    // "3 minuten geleden".
    env.add_filter("ago", |state: &State, value: Value| {
        let speech = speech(state)?;
        Ok::<_, Error>(format::ago(speech.language, moment_of(&value)?, speech.now))
    });
    // "1.284"; with the number of decimals as argument.
    env.add_filter("number", |state: &State, value: f64, decimals: Option<usize>| {
        let language = speech(state)?.language;
        Ok::<_, Error>(format::number(language, value, decimals.unwrap_or(0)))
    });
    // "8,6".
    env.add_filter("mark", |state: &State, value: f64| {
        Ok::<_, Error>(format::number(speech(state)?.language, value, 1))
    });
    // "+0,9".
    env.add_filter("signed", |state: &State, value: f64| {
        Ok::<_, Error>(format::signed(speech(state)?.language, value))
    });
    // A text as part of an address.
    env.add_filter("urlencode", |text: &str| crate::pages::encoded(text));
    // The first letter as a capital; the rest stays.
    env.add_filter("capital", |text: &str| {
        let mut letters = text.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    });
    // "86 %" of a share 0..1.
    env.add_filter("percent", |state: &State, value: f64| {
        let text = format::number(speech(state)?.language, value * 100.0, 0);
        Ok::<_, Error>(format!("{text}\u{a0}%"))
    });
}

/// The speech of the page being made.
struct Spoken(Value);

impl Spoken {
    fn value(&self) -> &Speech {
        // `speech` has seen that it is one.
        self.0.downcast_object_ref().expect("a speech")
    }
}

impl std::ops::Deref for Spoken {
    type Target = Speech;

    fn deref(&self) -> &Speech {
        self.value()
    }
}

fn speech(state: &State) -> Result<Spoken, Error> {
    state
        .lookup(SPEECH)
        .filter(|value| value.downcast_object_ref::<Speech>().is_some())
        .map(Spoken)
        .ok_or_else(|| wrong("the page has no speech".into()))
}

fn fluent_args(kwargs: &Kwargs) -> Result<FluentArgs<'static>, Error> {
    let mut args = FluentArgs::new();
    for name in kwargs.args() {
        let value: Value = kwargs.get(name)?;
        let value = if value.kind() == ValueKind::Number {
            FluentValue::from(f64::try_from(value)?)
        } else {
            FluentValue::from(value.to_string())
        };
        args.set(name.to_owned(), value);
    }
    Ok(args)
}

fn moment_of(value: &Value) -> Result<Timestamp, Error> {
    value.as_str().and_then(|text| text.parse().ok()).ok_or_else(|| wrong(format!("{value} is no moment")))
}

fn date_of(speech: &Speech, value: &Value) -> Result<Date, Error> {
    let text = value.as_str().unwrap_or_default();
    match text.parse::<Timestamp>() {
        Ok(moment) => Ok(speech.date_of(moment)),
        Err(_) => text.parse().map_err(|_| wrong(format!("{value} is no date"))),
    }
}

fn wrong(message: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, message)
}
