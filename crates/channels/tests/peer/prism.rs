//! What the transports post, judged by the providers' own OpenAPI documents: `@stoplight/prism-cli` refuses what does not fit. The
//! documents are no part of the project: `KLANTREIS_DATA`, or `../shared/data` beside the checkout. Where one is absent the test says
//! so.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::message::message;
use crate::peer::say;
use channels::fetch::{Bytes, Call, Fetcher};
use channels::twilio::{TwilioSettings, TwilioTransport};
use channels::whatsapp::{WhatsAppSettings, WhatsAppTransport};
use channels::{ANSWER_WITHIN, Outcome, Outgoing, Sender, Transport};
use serde_json::{Value, json};
use words::Template;

/// Reading a document of a megabyte takes it some time.
const STARTED_WITHIN: u32 = 240;

/// A server that answers as a document says, and ends with the test.
struct Prism {
    child: Child,
    host: String,
}

impl Prism {
    async fn start(document: &Path) -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/peers");
        let packages = std::env::var_os("KLANTREIS_PEERS").map_or(root, PathBuf::from).join("node_modules");
        let program = packages.join(".bin/prism");
        if !program.exists() {
            assert!(std::env::var_os("KLANTREIS_REQUIRE_PEERS").is_none(), "prism is required: run ./test");
            say("skipped: @stoplight/prism-cli is absent; ./test installs it");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let child = Command::new(program)
            .args(["mock", "--host", "127.0.0.1", "--port", &port.to_string(), "--errors"])
            .arg(document)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("prism starts");
        let mut prism = Self { child, host: format!("127.0.0.1:{port}") };
        for _ in 0..STARTED_WITHIN {
            if tokio::net::TcpStream::connect(&prism.host).await.is_ok() {
                return Some(prism);
            }
            assert!(prism.child.try_wait().expect("it can be asked").is_none(), "prism stopped");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        panic!("prism does not start");
    }

    fn base(&self) -> String {
        format!("http://{}", self.host)
    }

    fn twilio(&self, account: &str) -> TwilioTransport {
        let (account, token) = (account.to_owned(), "geheim".to_owned());
        let settings = TwilioSettings { base: self.base(), account, token, answer_within: ANSWER_WITHIN };
        TwilioTransport::new(settings, vec![self.host.parse().unwrap()]).unwrap()
    }

    fn whatsapp(&self) -> WhatsAppTransport {
        let settings = WhatsAppSettings {
            base: self.base(),
            version: "v23.0".into(),
            number: "106540352242922".into(),
            token: "geheim".into(),
            answer_within: ANSWER_WITHIN,
        };
        WhatsAppTransport::new(settings, vec![self.host.parse().unwrap()]).unwrap()
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn document(name: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = std::env::var_os("KLANTREIS_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let path = folder.join("channels").join(name);
    if !path.is_file() {
        say(&format!("skipped: {} is absent", path.display()));
        return None;
    }
    Some(path)
}

#[tokio::test]
async fn metas_document_takes_a_text_and_a_template() {
    let Some(document) = document("whatsapp-business-messaging-v23.0.openapi.yaml") else { return };
    let Some(prism) = Prism::start(&document).await else { return };
    let transport = prism.whatsapp();
    let template = |parameters: &[&str]| {
        let parameters = parameters.iter().map(|text| (*text).to_owned()).collect();
        Some(Template { name: "bezoek_morgen".into(), language: "nl".into(), parameters })
    };
    for fits in [
        Outgoing { in_conversation: true, ..message("whatsapp") },
        Outgoing { template: template(&["mevrouw De Vries", "tussen 13 en 15 uur"]), ..message("whatsapp") },
        Outgoing { template: template(&[]), ..message("whatsapp") },
    ] {
        let outcome = transport.send(&fits).await;
        assert!(matches!(&outcome, Outcome::Accepted { reference } if reference.starts_with("wamid.")), "{outcome:?}");
    }
    let body = br#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+31612345678","type":"text","text":{"tekst":"x"}}"#;
    let fetcher = Fetcher::new(vec![prism.host.parse().unwrap()]);
    let address = format!("{}/v23.0/106540352242922/messages", prism.base());
    let headers = vec![("authorization".to_owned(), "Bearer geheim".to_owned())];
    let unfit = Call { address, headers, body: Some(("application/json", Bytes::from_static(body))) };
    assert_eq!(fetcher.call(&unfit, 100_000).await.map(|reply| reply.status), Ok(422), "it judges");
}

/// The part of the document that is about sending; the whole of it takes much longer to read.
fn about_messages(document: &Path) -> PathBuf {
    let whole: Value = serde_json::from_slice(&std::fs::read(document).expect("it can be read")).expect("JSON");
    let paths = ["/2010-04-01/Accounts/{AccountSid}/Messages.json", "/2010-04-01/Accounts/{Sid}.json"];
    let paths: serde_json::Map<_, _> =
        paths.iter().map(|path| ((*path).to_owned(), whole["paths"][path].clone())).collect();
    assert!(paths.values().all(Value::is_object), "the document has these paths");
    let part = json!({ "openapi": whole["openapi"], "info": whole["info"], "components": whole["components"], "paths": paths });
    let file = std::env::temp_dir().join(format!("klantreis-twilio-{}.json", std::process::id()));
    std::fs::write(&file, part.to_string()).expect("it can be written");
    file
}

#[tokio::test]
async fn twilios_document_takes_a_text_message() {
    let Some(document) = document("twilio-v2010.openapi.json") else { return };
    let part = about_messages(&document);
    let Some(prism) = Prism::start(&part).await else { return };
    let transport = prism.twilio("AC0123456789abcdef0123456789abcdef");
    let service = Sender { name: "x".into(), address: format!("MG{}", "0a".repeat(16)) };
    for fits in [message("sms"), Outgoing { from: service, receipts: None, ..message("sms") }] {
        let outcome = transport.send(&fits).await;
        assert!(matches!(outcome, Outcome::Accepted { .. } | Outcome::Unknown { .. }), "taken: {outcome:?}");
    }
    assert_eq!(transport.check().await, Ok(()));
    let outcome = prism.twilio("kort").send(&message("sms")).await;
    assert!(matches!(outcome, Outcome::Refused { .. }), "it judges: {outcome:?}");
    std::fs::remove_file(part).expect("it is there");
}
