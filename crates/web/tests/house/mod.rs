use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
};
use channels::MemoryTransport;
use jiff::{SignedDuration, Timestamp};
use service::{Clock, Random, Service, sending::Transports};
use sha2::{Digest, Sha256};
use store::Sqlite;
use tower::ServiceExt;
use web::{App, First, Settings, first_account};
use words::{Language, OrganisationId};

/// A clock that moves when told.
pub(crate) struct Hands(Mutex<Timestamp>);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Random bytes that are none: they count.
#[derive(Default)]
struct Counting(AtomicU64);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::Relaxed);
            chunk.copy_from_slice(&Sha256::digest(count.to_be_bytes())[..chunk.len()]);
        }
    }
}

/// The pages with everything around them.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) mail: Arc<MemoryTransport>,
    clock: Arc<Hands>,
    router: Router,
}

/// What came back.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) body: String,
}

pub(crate) const OWNER: &str = "fatima@rijnoever.example";
pub(crate) const PASSWORD: &str = "fiets en regenjas";

impl House {
    /// A new installation, on Tuesday 24 November 2026 at 10:42 in Amsterdam.
    pub(crate) async fn empty() -> Self {
        let store = Arc::new(Sqlite::in_memory().await.unwrap());
        let clock = Arc::new(Hands(Mutex::new("2026-11-24T09:42:00Z".parse().unwrap())));
        let mail = Arc::new(MemoryTransport::new());
        let transports = Transports::only(mail.clone());
        let base = "https://klantreis.example";
        let service = Service::new(store, clock.clone(), Arc::new(Counting::default()), transports.clone(), base);
        // Ids count up in every house, so each needs a folder of its own.
        static HOUSES: AtomicU64 = AtomicU64::new(0);
        let number = HOUSES.fetch_add(1, Ordering::Relaxed);
        let uploads = std::env::temp_dir().join(format!("klantreis-uploads-{}-{number}", std::process::id()));
        let settings =
            Settings { public_url: base.into(), behind_proxy: false, uploads, metrics_token: None, installation: None };
        let app = App::new(service, transports, settings);
        Self { router: web::router(app.clone()), app, mail, clock }
    }

    /// With the owner Fatima Amrani of Rijnoever Wonen, who is logged in by the cookie.
    pub(crate) async fn with_owner() -> (Self, String) {
        let house = Self::empty().await;
        let first = First {
            organisation: "Rijnoever Wonen".into(),
            name: "Fatima Amrani".into(),
            email: OWNER.into(),
            password: PASSWORD.into(),
            language: Language::Nl,
        };
        let (store, random) = (house.app.store.as_ref(), house.app.random.as_ref());
        first_account(store, random, uuid::Uuid::from_u128(1), house.app.clock.now(), first).await.unwrap();
        let cookie = house.log_in(OWNER, PASSWORD).await;
        (house, cookie)
    }

    /// Lets sources be fetched from a host, as the one who runs klantreis does.
    pub(crate) fn trust(&mut self, host: &str) {
        self.app.service = self.app.service.clone().fetching_from(vec![host.parse().unwrap()], None);
        self.router = web::router(self.app.clone());
    }

    /// Lets who shows the token read the metrics.
    pub(crate) fn with_metrics_token(&mut self, token: &str) {
        let settings = Settings { metrics_token: Some(token.into()), ..(*self.app.settings).clone() };
        self.app.settings = Arc::new(settings);
        self.router = web::router(self.app.clone());
    }

    /// Looks names up by this.
    pub(crate) fn with_names(&mut self, names: Arc<dyn channels::dns::Lookup>) {
        let installation = service::doctor::Installation {
            url: None,
            data: self.app.settings.uploads.clone(),
            file: None,
            backups: None,
            names: Some(names),
        };
        let settings = Settings { installation: Some(installation), ..(*self.app.settings).clone() };
        self.app.settings = Arc::new(settings);
        self.router = web::router(self.app.clone());
    }

    pub(crate) fn organisation(&self) -> OrganisationId {
        OrganisationId::new("rijnoever-wonen")
    }

    /// Moves the clock.
    pub(crate) fn pass(&self, seconds: i64) {
        *self.clock.0.lock().unwrap() += SignedDuration::from_secs(seconds);
    }

    pub(crate) async fn log_in(&self, email: &str, password: &str) -> String {
        let page = self.post("/inloggen", &[("email", email), ("password", password)], "").await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        page.cookie("klantreis").expect("a session")
    }

    /// Invites a colleague with a role, who takes it up.
    pub(crate) async fn with_colleague(&self, owner: &str, email: &str, role: &str) -> String {
        let page = self.post("/instellingen/leden", &[("email", email), ("role", role)], owner).await;
        let path = page.link("/uitnodiging/");
        let form = [("name", "Joost Verhagen"), ("language", "nl"), ("password", PASSWORD)];
        let page = self.post(&path, &form, "").await;
        page.cookie("klantreis").expect("a session")
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Page {
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)], cookie: &str) -> Page {
        let body: Vec<String> = form.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookie)
            .body(Body::from(body.join("&")))
            .unwrap();
        self.send(request).await
    }

    /// A form as browsers send it that may hold a file: its name and what stands in it.
    pub(crate) async fn upload(
        &self,
        path: &str,
        form: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
        cookie: &str,
    ) -> Page {
        let head =
            |name: &str, more: &str| format!("--part\r\ncontent-disposition: form-data; name=\"{name}\"{more}\r\n\r\n");
        let parts = form.iter().map(|(name, value)| format!("{}{value}\r\n", head(name, "")));
        let mut body = parts.collect::<String>().into_bytes();
        if let Some((name, content)) = file {
            body.extend(head("file", &format!("; filename=\"{name}\"")).into_bytes());
            body.extend(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--part--\r\n");
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part")
            .header(header::COOKIE, cookie)
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Page {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 10_000_000).await.unwrap();
        // A slash in a value is written as a reference; tests look for it as a reader sees it.
        let body = String::from_utf8_lossy(&bytes).replace("&#x2f;", "/");
        Page { status: parts.status, headers: parts.headers, body }
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

impl Page {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    /// `name=value` of a cookie that was set, ready to be sent back.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok()?.split(';').next())
            .find(|pair| pair.starts_with(&format!("{name}=")))
            .map(str::to_owned)
    }

    /// The first path on the page that starts so.
    pub(crate) fn link(&self, start: &str) -> String {
        let at = self.body.find(start).unwrap_or_else(|| panic!("no {start} on {}", self.text()));
        self.body[at..].chars().take_while(|c| !"\"<?& ".contains(*c)).collect()
    }

    /// What stands in `main`, without markup, a line per piece of text.
    pub(crate) fn text(&self) -> String {
        let start = self.body.find("<main").unwrap_or(0);
        let end = self.body.find("</main>").unwrap_or(self.body.len());
        let mut text = String::new();
        let mut inside = false;
        for c in self.body[start..end].chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push('\n');
                }
                c if !inside => text.push(c),
                _ => {}
            }
        }
        let text = text.replace("&#x27;", "'").replace("&quot;", "\"").replace("&amp;", "&");
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Status, the headers that matter and what the page says, for a snapshot.
    pub(crate) fn told(&self) -> String {
        let mut told = format!("{}\n", self.status);
        for name in ["location", "retry-after"] {
            if !self.header(name).is_empty() {
                told += &format!("{name}: {}\n", self.header(name));
            }
        }
        let text = self.text();
        // It counts on with every request.
        let text = match self.header("x-request-id") {
            "" => text,
            id => text.replace(id, "verzoek"),
        };
        format!("{told}\n{text}")
    }
}
