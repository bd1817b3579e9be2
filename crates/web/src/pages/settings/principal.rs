//! In whose name an organisation writes: its own, and that of others for whom it works. Each has what customers see of it, and senders.

use axum::{
    Form, Router,
    extract::{DefaultBodyLimit, Multipart, Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse},
    routing::{get, post},
};
use jiff::SignedDuration;
use journey::{Edit, Organisation, patch_organisation};
use minijinja::{Value, context};
use serde::Deserialize;
use serde_json::json;
use service::principals::{Faces, unknown_names};
use store::{Face, Principal};
use words::{Channel, EventName, PrincipalId};

use super::{
    kept, logo,
    principal_fields::Filled,
    refusal,
    sender::{self, rows},
};
use crate::{
    App,
    form::Remarks,
    language::Text,
    pages::{draft, message::POLICY},
    problem::{Answer, Problem},
    session::{Owner, Staff},
    views::data,
};

/// Below it the pages of the names.
const NAMES: &str = "/instellingen/afzenders/namens";
/// What the page of the organisation itself is called.
const OWN: &str = "eigen";
/// Names of one organisation.
const PRINCIPALS_MAX: usize = 100;
/// Names that are not known are looked for in the messages of so many days.
const LOOKED_BACK_DAYS: i64 = 30;
/// Names that are not known and shown.
const UNKNOWN_SHOWN: usize = 20;
const UPLOAD_BYTES_MAX: usize = logo::BYTES_MAX + 64 * 1024;

pub(crate) fn router() -> Router<App> {
    let limit = DefaultBodyLimit::max(UPLOAD_BYTES_MAX);
    Router::new()
        .route(sender::PATH, get(list))
        .route("/instellingen/afzenders/eigenschap", post(said_by))
        .route("/instellingen/afzenders/namens", get(new).post(make).layer(limit))
        .route("/instellingen/afzenders/namens/{id}", get(show).post(save).layer(limit))
        .route("/instellingen/afzenders/namens/{id}/voorbeeld", get(preview))
        .route("/instellingen/afzenders/namens/{id}/weg", post(remove))
}

fn path(id: &PrincipalId) -> String {
    format!("{NAMES}/{}", if id.is_own() { OWN } else { id.as_str() })
}

/// Everything in whose name the organisation writes.
struct Opened {
    organisation: Organisation,
    faces: Faces,
}

impl Opened {
    async fn of(app: &App, owner: &Staff) -> Result<Self, Problem> {
        let (organisation, _) = Organisation::parse(&kept::row(app, owner).await?.text);
        let faces = Faces::load(app.store.as_ref(), &owner.house.id, &organisation).await?;
        Ok(Self { organisation, faces })
    }

    /// The one that an address names.
    fn found(&self, name: &str) -> Result<PrincipalId, Problem> {
        if name == OWN {
            return Ok(PrincipalId::own());
        }
        let id = self.faces.others().map(|(id, _)| id).find(|id| id.as_str() == name);
        id.cloned().ok_or(Problem::NotFound)
    }

    fn ids(&self) -> Vec<PrincipalId> {
        std::iter::once(PrincipalId::own()).chain(self.faces.others().map(|(id, _)| id.clone())).collect()
    }
}

fn logo_seen(owner: &Staff, face: &Face) -> Option<String> {
    face.logo.as_ref().map(|logo| format!("/logo/{}/{}.{}", owner.house.id, logo.hash, logo.kind))
}

async fn list(owner: Owner, State(app): State<App>) -> Answer {
    listed(&owner, &app, StatusCode::OK, None, &Remarks::default()).await
}

async fn listed(owner: &Staff, app: &App, status: StatusCode, typed: Option<&str>, remarks: &Remarks) -> Answer {
    let opened = Opened::of(app, owner).await?;
    let senders = app.store.senders(&owner.house.id).await?;
    let troubles = app.store.troubles(&owner.house.id).await?;
    let names: Vec<Value> = opened
        .ids()
        .iter()
        .map(|id| {
            let face = opened.faces.of(id);
            context! {
                href => path(id),
                name => face.name.as_str(),
                is_own => id.is_own(),
                logo => logo_seen(owner, face),
                rows => rows(&senders, &troubles, id),
            }
        })
        .collect();
    let since = owner.speech.now - SignedDuration::from_hours(24 * LOOKED_BACK_DAYS);
    let unknown = unknown_names(app.store.as_ref(), &app.service.catalog, &owner.house.id, since).await?;
    let kept = opened.organisation.principal.as_ref().map(|key| format!("{}.{}", key.object, key.property));
    let page = context! {
        names,
        property => typed.map(str::to_owned).or(kept).unwrap_or_default(),
        unknown => unknown.iter().take(UNKNOWN_SHOWN).map(|(name, count)| context! { name, count }).collect::<Vec<_>>(),
        days => LOOKED_BACK_DAYS,
        remarks => remarks.said_by(owner),
    };
    owner.render_as(status, "sender/list.html", page)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Property {
    property: String,
}

/// Which property says in whose name a message goes.
async fn said_by(owner: Owner, State(app): State<App>, Form(filled): Form<Property>) -> Answer {
    let row = kept::row(&app, &owner).await?;
    let typed = filled.property.trim();
    let mut remarks = Remarks::default();
    let asked = match typed {
        "" if Organisation::parse(&row.text).0.principal.is_none() => Ok(row.text.clone()),
        "" => patch_organisation(&row.text, &Edit::remove("principal")),
        _ => patch_organisation(&row.text, &Edit::set("principal", typed)),
    };
    remarks.expect(typed.is_empty() || EventName::parse(typed).is_some(), "property", "principal-remark-property");
    let text = asked.unwrap_or_else(|why| {
        remarks.add("property", refusal(&why, owner.speech.language));
        row.text.clone()
    });
    if !remarks.is_empty() {
        return listed(&owner, &app, StatusCode::UNPROCESSABLE_ENTITY, Some(typed), &remarks).await;
    }
    kept::keep(&owner, row, text).await?;
    app.store.decide_anew(&owner.house.id, app.clock.now()).await?;
    app.service.wake();
    owner.go(sender::PATH, Text::new("principal-property-saved"))
}

/// What a form brought.
struct Sent {
    filled: Filled,
    logo: Vec<u8>,
    is_logo_gone: bool,
}

impl Sent {
    async fn of(mut multipart: Multipart) -> Result<Self, Problem> {
        let too_large = |_| Problem::TooLarge;
        let mut sent = Self { filled: Filled::default(), logo: Vec::new(), is_logo_gone: false };
        while let Some(field) = multipart.next_field().await.map_err(too_large)? {
            match field.name().map(str::to_owned).as_deref() {
                Some("file") => sent.logo = field.bytes().await.map_err(too_large)?.to_vec(),
                Some("logo_weg") => sent.is_logo_gone = true,
                Some(name) => sent.filled.put(name, field.text().await.map_err(too_large)?),
                None => {}
            }
        }
        Ok(sent)
    }

    /// The face with its logo: a new one, none, or the one that is kept.
    fn read(&self, is_own: bool, opened: &Opened, kept: Option<&Face>, remarks: &mut Remarks) -> Face {
        let face = self.filled.read(is_own, &opened.organisation.teams, remarks);
        let logo = match self.logo.as_slice() {
            [] if self.is_logo_gone => None,
            [] => kept.and_then(|face| face.logo.clone()),
            bytes => logo::read(bytes).map_err(|why| remarks.add("file", why)).ok(),
        };
        Face { logo, ..face }
    }
}

async fn new(owner: Owner, State(app): State<App>) -> Answer {
    let opened = Opened::of(&app, &owner).await?;
    page(&owner, StatusCode::OK, &opened, None, &Filled::default(), &Remarks::default())
}

async fn make(owner: Owner, State(app): State<App>, multipart: Multipart) -> Answer {
    let sent = Sent::of(multipart).await?;
    let opened = Opened::of(&app, &owner).await?;
    let mut remarks = Remarks::default();
    let face = sent.read(false, &opened, None, &mut remarks);
    remarks.expect(opened.ids().len() < PRINCIPALS_MAX, "name", "principal-remark-many");
    if !remarks.is_empty() {
        return page(&owner, StatusCode::UNPROCESSABLE_ENTITY, &opened, None, &sent.filled, &remarks);
    }
    let taken = |id: &str| id == OWN || opened.faces.others().any(|(known, _)| known.as_str() == id);
    let id = PrincipalId::new(draft::id_of(&face.name, "opdrachtgever", taken));
    keep(&owner, &app, id, face, sent.logo).await
}

async fn keep(owner: &Staff, app: &App, id: PrincipalId, face: Face, logo: Vec<u8>) -> Answer {
    let name = if id.is_own() { owner.house.name.clone() } else { face.name.clone() };
    let principal = Principal { organisation: owner.house.id.clone(), id: id.clone(), face };
    app.store.save_principal(principal, Some(logo).filter(|logo| !logo.is_empty())).await?;
    // What waits may go by another sender now.
    app.store.decide_anew(&owner.house.id, app.clock.now()).await?;
    app.service.wake();
    owner.record("principal.saved", &name, json!({ "id": id })).await?;
    owner.go(&path(&id), Text::new("principal-saved").with("name", name))
}

async fn show(owner: Owner, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let opened = Opened::of(&app, &owner).await?;
    let id = opened.found(&id)?;
    let filled = Filled::of(opened.faces.of(&id));
    page(&owner, StatusCode::OK, &opened, Some(&id), &filled, &Remarks::default())
}

async fn save(owner: Owner, State(app): State<App>, Path(id): Path<String>, multipart: Multipart) -> Answer {
    let sent = Sent::of(multipart).await?;
    let opened = Opened::of(&app, &owner).await?;
    let id = opened.found(&id)?;
    let mut remarks = Remarks::default();
    let face = sent.read(id.is_own(), &opened, Some(opened.faces.of(&id)), &mut remarks);
    if !remarks.is_empty() {
        return page(&owner, StatusCode::UNPROCESSABLE_ENTITY, &opened, Some(&id), &sent.filled, &remarks);
    }
    keep(&owner, &app, id, face, sent.logo).await
}

async fn remove(owner: Owner, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let opened = Opened::of(&app, &owner).await?;
    let id = opened.found(&id)?;
    let name = opened.faces.of(&id).name.clone();
    if app.store.delete_principal(&owner.house.id, &id).await? {
        app.store.decide_anew(&owner.house.id, app.clock.now()).await?;
        app.service.wake();
        owner.record("principal.removed", &name, json!({ "id": id })).await?;
    }
    owner.go(sender::PATH, Text::new("principal-removed").with("name", name))
}

/// A mail in this name, as a mail program shows it.
async fn preview(owner: Owner, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let opened = Opened::of(&app, &owner).await?;
    let id = opened.found(&id)?;
    let face = opened.faces.of(&id);
    let text = |key: &'static str| owner.say(&Text::new(key).with("name", face.name.clone()));
    let source = format!(
        "---\nsubject: {}\n---\n{{{{ salutation }}}},\n\n{}\n\n[{}](https://example.org)\n",
        text("principal-preview-subject"),
        text("principal-preview-body"),
        text("principal-preview-button"),
    );
    let language = owner.speech.language;
    let message = voice::Message::parse(&source, language).map_err(|_| Problem::Broken)?;
    let mut context = voice::sample(&voice::Declared::of_organisation(&opened.organisation), language);
    context.organisation.clone_from(&face.name);
    context.look = opened.faces.brand(&id, "");
    // Beside the page it is shown from here.
    context.look.logo =
        context.look.logo.zip(logo_seen(&owner, face)).map(|((_, wide, high), here)| (here, wide, high));
    let made = voice::render(&message, &Channel::email(), &context).ok().and_then(|made| made.html);
    let headers = [(header::CONTENT_SECURITY_POLICY, POLICY), (header::X_FRAME_OPTIONS, "SAMEORIGIN")];
    Ok((headers, Html(made.ok_or(Problem::Broken)?)).into_response())
}

fn page(
    owner: &Staff,
    status: StatusCode,
    opened: &Opened,
    id: Option<&PrincipalId>,
    filled: &Filled,
    remarks: &Remarks,
) -> Answer {
    let face = id.map(|id| opened.faces.of(id));
    let page = context! {
        action => id.map_or_else(|| NAMES.to_owned(), path),
        is_new => id.is_none(),
        is_own => id.is_some_and(PrincipalId::is_own),
        title => face.map(|face| face.name.as_str()),
        logo => face.and_then(|face| logo_seen(owner, face)),
        logo_max => logo::BYTES_MAX / 1024,
        teams => opened.organisation.teams.clone(),
        usual_host => owner.app.settings.public_url.trim_start_matches("https://"),
        filled => data(filled),
        remarks => remarks.said_by(owner),
    };
    owner.render_as(status, "sender/name.html", page)
}
