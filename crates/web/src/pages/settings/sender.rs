//! Senders: by which transport, and in whose name, each channel sends.

use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use minijinja::{Value, context};
use serde::{Deserialize, Serialize};
use serde_json::json;
use service::{hearing, principals::Faces, signing::keeping_key};
use store::{Purpose, Sender, SenderName, Trouble};
use words::{Channel, PrincipalId};

use super::sender_provider;
use crate::{
    App,
    form::{self, Remarks},
    language::Text,
    problem::{Answer, Problem},
    session::{Owner, Staff},
    views::data,
};

/// Messages per minute that can be said at most.
const PACE_MAX: u32 = 100_000;
/// Lines to a mail server that can be said at most.
const LINES_MAX: u8 = 20;

pub(super) const PATH: &str = "/instellingen/afzenders";

/// Transports that a channel may use: its own provider; paper a printer; every other channel can write to a folder, for trying out.
fn transports(channel: &Channel) -> &'static [&'static str] {
    match channel.as_str() {
        "email" => &["smtp", "file"],
        "sms" => &["twilio", "file"],
        "whatsapp" => &["whatsapp", "file"],
        _ if channel.is_paper() => &["print"],
        _ => &["file"],
    }
}

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/instellingen/afzenders/{channel}", get(show).post(save))
        .route("/instellingen/afzenders/{channel}/verwijderen", post(remove))
}

/// The form of a sender. Secrets are never sent back: left empty, the kept ones stay.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Filled {
    transport: String,
    from_name: String,
    from_address: String,
    reply_to: String,
    host: String,
    port: String,
    tls: String,
    user: String,
    lines: String,
    window: String,
    per_minute: String,
    catch_up: String,
    pub(super) account: String,
    pub(super) number: String,
    pub(super) base: String,
    pub(super) version: String,
    #[serde(skip_serializing)]
    password: String,
    #[serde(skip_serializing)]
    pub(super) token: String,
    #[serde(skip_serializing)]
    pub(super) app_secret: String,
}

/// The channels of one name, each with its sender as far as there is one.
pub(super) fn rows(senders: &[Sender], troubles: &[(SenderName, Trouble)], principal: &PrincipalId) -> Vec<Value> {
    Channel::SENDING
        .iter()
        .map(|channel| {
            let name = SenderName { channel: Channel::new(*channel), principal: principal.clone() };
            let sender = senders.iter().find(|sender| sender.name() == name);
            context! {
                channel => *channel,
                at => name.to_string(),
                from_name => sender.map(|sender| sender.from_name.as_str()),
                from_address => sender.map(|sender| sender.from_address.as_str()),
                transport => sender.map(|sender| sender.transport.as_str()),
                tested => sender.and_then(|sender| sender.tested).map(|time| time.to_string()),
                trouble => trouble(troubles, &name),
            }
        })
        .collect()
}

async fn show(owner: Owner, State(app): State<App>, Path(channel): Path<String>) -> Answer {
    let name = sending(&app, &owner, &channel).await?;
    let kept = kept(&app, &owner, &name).await?;
    let organisation = app.service.catalog.organisation(&owner.house.id).await?.ok_or(Problem::NotFound)?;
    let faces = Faces::load(app.store.as_ref(), &owner.house.id, &organisation).await?;
    let usual = faces.of(&name.principal).name.clone();
    let filled = kept.as_ref().map(filled_from).unwrap_or_else(|| Filled {
        transport: transports(&name.channel)[0].into(),
        from_name: usual,
        port: "587".into(),
        tls: "starttls".into(),
        ..Filled::default()
    });
    let troubles = app.store.troubles(&owner.house.id).await?;
    let trouble = trouble(&troubles, &name);
    page(&owner, StatusCode::OK, (&name, kept.as_ref(), trouble), &filled, &Remarks::default())
}

/// Why nothing goes by a channel for the moment, for a page.
fn trouble(troubles: &[(SenderName, Trouble)], name: &SenderName) -> Option<Value> {
    let (_, trouble) = troubles.iter().find(|(troubled, _)| troubled == name)?;
    let (since, until) = (trouble.since.to_string(), trouble.until.to_string());
    Some(context! { since, until, reason => trouble.reason.as_str() })
}

async fn save(owner: Owner, State(app): State<App>, Path(channel): Path<String>, Form(filled): Form<Filled>) -> Answer {
    let name = sending(&app, &owner, &channel).await?;
    let kept = kept(&app, &owner, &name).await?;
    let sender = match read(&owner, &name, &filled, kept.as_ref()) {
        Ok(sender) => sender,
        Err(remarks) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return page(&owner, status, (&name, kept.as_ref(), None), &filled, &remarks);
        }
    };
    if sender.tested.is_none() {
        // A code that travelled by the old settings proves nothing about the new.
        app.store.revoke_links(&owner.house.id, Purpose::SenderTest, &name.to_string()).await?;
    }
    app.store.save_sender(sender).await?;
    owner.record("sender.saved", &name.to_string(), json!({ "transport": filled.transport })).await?;
    owner.go(&format!("{PATH}/{name}"), Text::new("sender-saved"))
}

async fn remove(owner: Owner, State(app): State<App>, Path(channel): Path<String>) -> Answer {
    let name = sending(&app, &owner, &channel).await?;
    if app.store.delete_sender(&owner.house.id, &name).await? {
        // What was to go by it goes by another channel, or not at all.
        app.store.decide_anew(&owner.house.id, app.clock.now()).await?;
        owner.record("sender.removed", &name.to_string(), json!({})).await?;
    }
    owner.go(PATH, Text::new("sender-removed"))
}

/// A channel that one can send by, in a name that there is.
pub(super) async fn sending(app: &App, staff: &Staff, name: &str) -> Result<SenderName, Problem> {
    let name = SenderName::parse(name);
    let known = name.principal.is_own()
        || app.store.principals(&staff.house.id).await?.iter().any(|principal| principal.id == name.principal);
    if name.channel.sends() && known { Ok(name) } else { Err(Problem::NotFound) }
}

/// The sender of this name, as far as there is one.
pub(super) async fn kept(app: &App, staff: &Staff, name: &SenderName) -> Result<Option<Sender>, Problem> {
    Ok(app.store.senders(&staff.house.id).await?.into_iter().find(|sender| sender.name() == *name))
}

pub(super) fn filled_from(sender: &Sender) -> Filled {
    let text = |key: &str| sender.config[key].as_str().unwrap_or_default().to_owned();
    let mut filled = Filled {
        transport: sender.transport.clone(),
        from_name: sender.from_name.clone(),
        from_address: sender.from_address.clone(),
        reply_to: sender.reply_to.clone().unwrap_or_default(),
        host: text("host"),
        port: sender.config["port"].as_u64().unwrap_or(587).to_string(),
        tls: text("tls"),
        user: text("user"),
        window: text("window"),
        lines: sender.config["lines"].as_u64().map(|lines| lines.to_string()).unwrap_or_default(),
        per_minute: sender.per_minute.map(|pace| pace.to_string()).unwrap_or_default(),
        catch_up: sender.catch_up.map(|pace| pace.to_string()).unwrap_or_default(),
        ..Filled::default()
    };
    sender_provider::fill(&mut filled, sender);
    filled
}

/// The sender that a form describes. Any change other than of the names asks for a new test.
fn read(staff: &Staff, name: &SenderName, filled: &Filled, kept: Option<&Sender>) -> Result<Sender, Remarks> {
    let channel = &name.channel;
    let mut remarks = Remarks::default();
    let from_name = form::line(&filled.from_name, 100);
    let from_address = match (channel.as_str(), filled.transport.as_str()) {
        ("email", _) => form::email(&filled.from_address),
        (_, transport @ ("twilio" | "whatsapp")) => sender_provider::from_address(transport, &filled.from_address),
        _ => form::line(&filled.from_address, 100),
    };
    let reply_to = (!filled.reply_to.trim().is_empty()).then(|| form::email(&filled.reply_to));
    remarks.expect(transports(channel).contains(&filled.transport.as_str()), "transport", "remark-choice");
    remarks.expect(from_name.is_some(), "from_name", "remark-name");
    let is_number = ["twilio", "whatsapp"].contains(&filled.transport.as_str());
    let remark = if is_number { "sender-remark-from" } else { "remark-address" };
    remarks.expect(from_address.is_some(), "from_address", remark);
    remarks.expect(reply_to != Some(None), "reply_to", "remark-email");
    let per_minute = pace("per_minute", &filled.per_minute, &mut remarks);
    let catch_up = pace("catch_up", &filled.catch_up, &mut remarks);
    let config = match filled.transport.as_str() {
        "smtp" => match (smtp(filled, kept, &mut remarks), kept, &from_address) {
            (config, Some(kept), Some(from)) => keeping_key(config, kept, from),
            (config, ..) => config,
        },
        "twilio" => sender_provider::twilio(&staff.app, filled, kept, &mut remarks),
        "whatsapp" => sender_provider::whatsapp(&staff.app, filled, kept, &mut remarks),
        "print" => {
            remarks.expect(::post::Window::parse(&filled.window).is_some(), "window", "remark-choice");
            json!({ "window": filled.window })
        }
        _ => json!({}),
    };
    let (Some(from_name), Some(from_address), true) = (from_name, from_address, remarks.is_empty()) else {
        return Err(remarks);
    };
    let is_same = kept.filter(|kept| {
        kept.transport == filled.transport && kept.config == config && kept.from_address == from_address
    });
    Ok(Sender {
        organisation: staff.house.id.clone(),
        channel: channel.clone(),
        principal: name.principal.clone(),
        transport: filled.transport.clone(),
        config,
        from_name,
        from_address,
        reply_to: reply_to.flatten(),
        tested: is_same.and_then(|kept| kept.tested),
        per_minute,
        catch_up,
    })
}

/// Messages per minute; left empty: none said.
fn pace(field: &'static str, text: &str, remarks: &mut Remarks) -> Option<u32> {
    let pace = text.trim().parse().ok().filter(|pace| (1..=PACE_MAX).contains(pace));
    remarks.expect(pace.is_some() || text.trim().is_empty(), field, "sender-remark-pace");
    pace
}

fn smtp(filled: &Filled, kept: Option<&Sender>, remarks: &mut Remarks) -> serde_json::Value {
    let host = form::line(&filled.host, 253).filter(|host| !host.contains(' '));
    let port = filled.port.trim().parse::<u16>().ok().filter(|port| *port > 0);
    remarks.expect(host.is_some(), "host", "sender-remark-host");
    remarks.expect(port.is_some(), "port", "sender-remark-port");
    remarks.expect(["starttls", "tls", "none"].contains(&filled.tls.as_str()), "tls", "remark-choice");
    let lines = filled.lines.trim().parse::<u8>().ok().filter(|lines| (1..=LINES_MAX).contains(lines));
    remarks.expect(lines.is_some() || filled.lines.trim().is_empty(), "lines", "sender-remark-lines");
    let kept_password = kept.and_then(|kept| kept.config["password"].as_str()).unwrap_or_default();
    let password = if filled.password.is_empty() { kept_password } else { &filled.password };
    let mut config = json!({
        "host": host,
        "port": port,
        "tls": filled.tls,
        "user": filled.user.trim(),
        "password": password,
    });
    if let Some(lines) = lines {
        config["lines"] = lines.into();
    }
    config
}

fn page(
    staff: &Staff,
    status: StatusCode,
    (name, kept, trouble): (&SenderName, Option<&Sender>, Option<Value>),
    filled: &Filled,
    remarks: &Remarks,
) -> Answer {
    let channel = &name.channel;
    let has = |secret: &str| kept.is_some_and(|kept| kept.config[secret].as_str().is_some_and(|kept| !kept.is_empty()));
    let told = kept.filter(|kept| ["twilio", "whatsapp"].contains(&kept.transport.as_str()));
    let callback = told.map(|_| hearing::address(&staff.app.settings.public_url, &staff.house.id, name));
    let page = context! {
        channel => channel.as_str(),
        at => name.to_string(),
        is_paper => channel.is_paper(),
        transports => data(transports(channel)),
        exists => kept.is_some(),
        tested => kept.and_then(|kept| kept.tested).map(|time| time.to_string()),
        has_password => has("password"),
        has_token => has("token"),
        has_app_secret => has("app_secret"),
        callback_is_reached => callback.as_ref().is_some_and(|callback| callback.starts_with("https://")),
        callback,
        verify_token => told.and_then(|kept| kept.config["verify_token"].as_str()),
        transport => kept.map(|kept| kept.transport.as_str()),
        trouble,
        filled => data(filled),
        remarks => remarks.said_by(staff),
        own_email => staff.account.email.as_str(),
    };
    staff.render_as(status, "sender/edit.html", page)
}
