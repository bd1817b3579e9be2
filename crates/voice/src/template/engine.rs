use std::{collections::BTreeMap, fmt, io, ops::Range, sync::Arc};

use minijinja::{
    Environment, Error, ErrorKind, Output, UndefinedBehavior,
    value::{Object, Value, ValueKind},
};
use words::Language;

use super::{
    mask,
    tags::{Token, tags},
    uses,
};
use crate::{
    Context, RenderError,
    context::scope,
    limits::{FUEL_MAX, OUTPUT_BYTES_MAX, RECURSION_MAX},
    moment::{self, Clock, Trouble},
};

/// Fills a template. Values in the result are masked.
pub(crate) fn fill(source: &str, language: Language, context: &Context) -> Result<String, RenderError> {
    let used = uses(source);
    if let Some((_, kind)) = used.faults.into_iter().next() {
        let fault = crate::Fault::new(1, "", kind);
        return Err(RenderError::Template { detail: fault.what(language) });
    }
    let clock = Clock { zone: context.zone.clone(), now: context.now, language };
    let environment = environment(clock, context.links.clone());
    let template = environment.template_from_str(source).map_err(|error| explain(&error, source))?;
    let mut out = Bounded(Vec::new());
    let scope = scope(context, language, used.variables.keys().map(String::as_str));
    template.render_captured_to(scope, &mut out).map_err(|error| explain(&error, source))?;
    String::from_utf8(out.0).map_err(|_| RenderError::TooLarge)
}

/// Whether the template engine can read it; the text of its complaint and the line within the template.
pub(crate) fn well_formed(source: &str) -> Result<(), (usize, String)> {
    let mut environment = Environment::empty();
    environment.set_recursion_limit(RECURSION_MAX);
    match environment.template_from_str(source) {
        Ok(_) => Ok(()),
        Err(error) => {
            let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
            Err((error.line().unwrap_or(1), detail))
        }
    }
}

fn environment(clock: Clock, links: BTreeMap<String, String>) -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_fuel(Some(FUEL_MAX));
    environment.set_recursion_limit(RECURSION_MAX);
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    let language = clock.language;
    environment.set_formatter(move |out, _, value| print(out, value, language));
    let (days, times) = (clock.clone(), clock.clone());
    environment.add_filter("day", move |value: Value| Ok::<_, Error>(moment::day(&text(&value)?, &days)?));
    environment.add_filter("time", move |value: Value| Ok::<_, Error>(moment::time(&text(&value)?, &times)?));
    environment.add_filter("window", move |value: Value| {
        let side = |name: &'static str| {
            let side = value.get_attr(name).unwrap_or_default();
            text(&side).map_err(|_| Error::from(Trouble::Missing(name)))
        };
        moment::window(&side("start")?, &side("end")?, &clock).map_err(Error::from)
    });
    environment.add_filter("default", minijinja::filters::default);
    environment.add_function("link", move |name: String| match links.get(&name) {
        Some(url) => Ok(Value::from_object(Link(url.clone()))),
        None => Err(Error::from(ErrorKind::UndefinedError)),
    });
    environment
}

/// The address of a link that we made; told apart from a value, which may not become one.
#[derive(Debug)]
struct Link(String);

impl Object for Link {
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn print(out: &mut Output<'_>, value: &Value, language: Language) -> Result<(), Error> {
    if let Some(link) = value.downcast_object_ref::<Link>() {
        return Ok(out.write_str(&mask::link(&link.0))?);
    }
    let text = match value.kind() {
        ValueKind::String => value.as_str().unwrap_or_default().to_owned(),
        ValueKind::Number if language == Language::Nl => value.to_string().replace('.', ","),
        ValueKind::Number => value.to_string(),
        ValueKind::Bool if value.is_true() => language.pick("ja", "yes").to_owned(),
        ValueKind::Bool => language.pick("nee", "no").to_owned(),
        ValueKind::Undefined | ValueKind::None => return Err(Error::from(ErrorKind::UndefinedError)),
        _ => return Err(Error::from(ErrorKind::NonPrimitive)),
    };
    Ok(out.write_str(&mask::value(&text))?)
}

fn text(value: &Value) -> Result<String, Error> {
    match value.as_str() {
        Some(text) => Ok(text.to_owned()),
        None if value.is_undefined() => Err(Error::from(ErrorKind::UndefinedError)),
        None => Err(Error::from(Trouble::NotAMoment)),
    }
}

impl From<Trouble> for Error {
    fn from(trouble: Trouble) -> Self {
        Self::new(ErrorKind::InvalidOperation, trouble.to_string()).with_source(trouble)
    }
}

/// A writer that stops at the limit.
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > OUTPUT_BYTES_MAX {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn explain(error: &Error, source: &str) -> RenderError {
    let variable = error.range().map_or_else(String::new, |range| expression(source, range));
    let trouble = std::error::Error::source(error).and_then(|source| source.downcast_ref::<Trouble>());
    match (error.kind(), trouble) {
        (_, Some(Trouble::Missing(side))) => RenderError::Missing { variable: format!("{variable}.{side}") },
        (_, Some(Trouble::NotAMoment)) => RenderError::NotAMoment { variable },
        (ErrorKind::UndefinedError, _) => RenderError::Missing { variable },
        (ErrorKind::NonPrimitive, _) => RenderError::NotPrintable { variable },
        (ErrorKind::OutOfFuel, _) => RenderError::TooMuchWork,
        (ErrorKind::WriteFailure, _) => RenderError::TooLarge,
        _ => RenderError::Template { detail: error.detail().map_or_else(|| error.kind().to_string(), str::to_owned) },
    }
}

/// The variable that an error is about. Of a filter the error points at the filter; the variable stands before it.
fn expression(source: &str, range: Range<usize>) -> String {
    let (tags, _) = tags(source);
    let Some(tag) = tags.iter().find(|tag| tag.range.contains(&range.start)) else {
        return String::new();
    };
    let tokens = &tag.tokens;
    let mut index = tokens.iter().rposition(|(_, at)| *at <= range.start).unwrap_or(0);
    while index >= 2 && tokens[index - 1].0 == Token::Sign("|") {
        index -= 2;
        if tokens[index].0 == Token::Sign(")") {
            let open = tokens[..index].iter().rposition(|(token, _)| *token == Token::Sign("("));
            index = open.unwrap_or(index).saturating_sub(1);
        }
    }
    match &tokens[index..] {
        [(Token::Name(name), _), (Token::Sign("("), _), (Token::Text(text), _), ..] => format!("{name}('{text}')"),
        [(Token::Name(name), _), ..] => (*name).to_owned(),
        _ => source.get(range).unwrap_or_default().to_owned(),
    }
}
