use std::collections::BTreeSet;

use journey::FactType;
use words::Channel;

use crate::{
    Context, Declared, Fault, FaultKind, Field, Message, RenderError, Text,
    checker::{Noted, Rule, listen},
    document::unsafe_addresses,
    limits::FAULTS_MAX,
    render, render_question, sample, template,
};

/// Everything that keeps a message from being published: placeholders that nothing fills, links that lead nowhere, a
/// channel for which it cannot be made, a form of address that the journey does not use. By line; empty when all is well.
pub fn check(message: &Message, declared: &Declared) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (field, text) in message.fields() {
        faults.extend(placeholders(&field, text, declared));
    }
    if message.body.source.trim().is_empty() {
        faults.push(Fault::new(message.body.line, Field::Body, FaultKind::NoBody));
    }
    if faults.is_empty() {
        faults.extend(rendering(message, declared));
    }
    faults.extend(asking(message, declared));
    faults.extend(slips(message, declared));
    faults.sort_by_key(|fault| fault.line);
    faults
}

/// What breaks the form of address.
fn slips(message: &Message, declared: &Declared) -> Vec<Fault> {
    let noted = listen(message, declared).into_iter().filter(|noted| noted.remark.rule == Rule::Address);
    let fault = |Noted { field, line, remark, .. }| {
        let write = remark.rewrite.unwrap_or_else(|| declared.address.as_str().to_owned());
        let kind = FaultKind::FormOfAddress { wanted: declared.address, found: remark.found, write };
        Fault::new(line, field, kind)
    };
    noted.map(fault).take(FAULTS_MAX).collect()
}

fn placeholders(field: &Field, text: &Text, declared: &Declared) -> Vec<Fault> {
    let uses = template::uses(&text.source);
    let fault = |at: usize, kind| Fault::new(text.line_at(at), field, kind);
    let mut faults: Vec<_> = uses.faults.into_iter().take(FAULTS_MAX).map(|(at, kind)| fault(at, kind)).collect();
    for (name, at) in &uses.variables {
        if !declared.knows(name) {
            let kind = FaultKind::UnknownVariable { name: name.clone(), near: declared.near(name) };
            faults.push(fault(*at, kind));
        }
    }
    let links = declared.all_links();
    for (name, at) in uses.links {
        if !links.contains(&name) {
            faults.push(fault(at, FaultKind::UnknownLink { name }));
        }
    }
    if let (true, Err((line, detail))) = (faults.is_empty(), template::well_formed(&text.source)) {
        faults.push(Fault::new(text.line + line - 1, field, FaultKind::Syntax { detail }));
    }
    faults
}

/// Makes it for every channel with sample values, and once more without any, to walk the other branches too.
fn rendering(message: &Message, declared: &Declared) -> Vec<Fault> {
    let full = sample(declared, message.language);
    let bare = Context { facts: serde_json::Value::Null, ..full.clone() };
    let mut faults = Vec::new();
    let email = [Channel::email()].into_iter().collect();
    let channels: &BTreeSet<Channel> = if declared.channels.is_empty() { &email } else { &declared.channels };
    for channel in channels {
        let fields = message.fields_for(channel);
        if fields.contains(&Field::Subject) && message.subject.is_none() {
            faults.push(Fault::new(1, Field::Subject, FaultKind::NoSubject));
            continue;
        }
        let error = render(message, channel, &full).err().or_else(|| {
            let error = render(message, channel, &bare).err()?;
            let is_of_data = matches!(error, RenderError::Missing { .. } | RenderError::TemplateLine { .. });
            (!is_of_data).then_some(error)
        });
        if let Some(error) = error {
            let is_of_template = matches!(error, RenderError::TemplateName | RenderError::TemplateLine { .. });
            let field = if is_of_template { Some(Field::WhatsappTemplate) } else { fields.last().cloned() };
            let field = field.unwrap_or(Field::Body);
            let line = message.text(&field).map_or(1, |text| text.line);
            faults.push(Fault::new(line, field, FaultKind::Unrenderable { channel: channel.clone(), error }));
        }
    }
    for (name, text) in &message.questions {
        if let Some(Err(error)) = render_question(message, name, &full) {
            let kind = FaultKind::Unrenderable { channel: Channel::new("web"), error };
            faults.push(Fault::new(text.line, Field::Question(name.clone()), kind));
        }
    }
    faults.extend(bare_moments(message, declared, &full));
    for (field, text) in message.fields().into_iter().filter(|(field, _)| field.is_markdown()) {
        let Ok(markdown) = template::fill(&text.source, message.language, &full) else { continue };
        for url in unsafe_addresses(&markdown) {
            let at = text.source.find(url.as_str()).unwrap_or(0);
            faults.push(Fault::new(text.line_at(at), &field, FaultKind::BadUrl { url }));
        }
    }
    faults
}

/// Moments that are printed without a filter: their sample shows up in the result as it is.
fn bare_moments(message: &Message, declared: &Declared, full: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (field, text) in message.fields() {
        let Ok(filled) = template::fill(&text.source, message.language, full) else { continue };
        let filled = template::plain(&filled);
        for (name, at) in template::uses(&text.source).variables {
            let Some((object, property)) = name.split_once('.') else { continue };
            let kind = declared.facts.get(object).and_then(|properties| properties.get(property));
            let value = full.facts.get(object).and_then(|properties| properties.get(property));
            let shows = value.and_then(|value| value.as_str()).is_some_and(|value| filled.contains(value));
            if matches!(kind, Some(FactType::Time | FactType::Date)) && shows {
                faults.push(Fault::new(text.line_at(at), &field, FaultKind::BareMoment { variable: name }));
            }
        }
    }
    faults
}

/// What is asked has a text, and every channel leads to it.
fn asking(message: &Message, declared: &Declared) -> Vec<Fault> {
    let has_text = |question: &&String| message.text(&Field::Question((*question).clone())).is_some();
    let missing = declared.asks.iter().filter(|question| !has_text(question));
    let mut faults: Vec<_> = missing
        .map(|question| Fault::new(1, "questions", FaultKind::QuestionWithoutText { question: question.clone() }))
        .collect();
    if declared.asks.is_empty() {
        return faults;
    }
    let fields: BTreeSet<Field> =
        declared.channels.iter().filter_map(|channel| message.fields_for(channel).pop()).collect();
    for field in fields {
        // Who says it asks it.
        let Some(text) = message.text(&field).filter(|_| field != Field::Script) else { continue };
        if !template::uses(&text.source).links.contains_key("ask") {
            faults.push(Fault::new(text.line, field, FaultKind::AskWithoutLink));
        }
    }
    faults
}
