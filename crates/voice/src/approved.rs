//! A template that the provider approved beforehand, as a message asks for it: on the first line its name and, if it is another
//! than the message's own, its language; on each further line what fills its next place.

use words::Template;

use crate::{Context, Message, RenderError, limits::TEMPLATE_LINES_MAX, template};

/// What a message says that is asked for by name; `None`: it names no template.
pub(crate) fn approved(message: &Message, context: &Context) -> Option<Result<Template, RenderError>> {
    let text = message.whatsapp_template.as_ref()?;
    let mut lines = text.source.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut first = lines.next().unwrap_or_default().split_whitespace();
    let (name, language) = (first.next().unwrap_or_default(), first.next().unwrap_or(message.language.tag()));
    if !is_name(name) || !is_language(language) || first.next().is_some() {
        return Some(Err(RenderError::TemplateName));
    }
    let parameters: Result<Vec<String>, RenderError> = lines.map(|line| parameter(line, message, context)).collect();
    let template = parameters.and_then(|parameters| match parameters.len() {
        ..=TEMPLATE_LINES_MAX => Ok(Template { name: name.to_owned(), language: language.to_owned(), parameters }),
        _ => Err(RenderError::TooLarge),
    });
    Some(template)
}

/// On one line, and never empty: the provider refuses anything else.
fn parameter(line: &str, message: &Message, context: &Context) -> Result<String, RenderError> {
    let filled = template::plain(&template::fill(line, message.language, context)?);
    let filled = filled.split_whitespace().collect::<Vec<_>>().join(" ");
    if filled.is_empty() {
        return Err(RenderError::TemplateLine { line: line.to_owned() });
    }
    Ok(filled)
}

/// Small letters, digits and `_` (Meta, message templates).
fn is_name(name: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    (1..=512).contains(&name.len()) && name.bytes().all(known)
}

/// `nl`, `en_US`.
fn is_language(language: &str) -> bool {
    let (own, place) = language.split_once('_').unwrap_or((language, "NL"));
    (2..=3).contains(&own.len())
        && own.bytes().all(|byte| byte.is_ascii_lowercase())
        && place.len() == 2
        && place.bytes().all(|byte| byte.is_ascii_uppercase())
}
