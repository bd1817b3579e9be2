//! The transports against servers that are not ours: e-mail that is accepted, refused, delayed and dropped, and calls.

#[path = "peer/message.rs"]
mod message;
mod peer;
#[path = "peer/prism.rs"]
mod prism;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use channels::{Outcome, Outgoing, Reason, Sender, SmtpSettings, SmtpTransport, Stage, Tls, Transport, dkim};
use peer::Peer;
use serde_json::{Value, json};
use words::Channel;

fn mail(to: &str) -> Outgoing {
    Outgoing {
        key: format!("run:1:herinnering:{to}"),
        channel: Channel::email(),
        time: "2027-10-27T08:00:00Z".parse().unwrap(),
        from: Sender { name: "Woonstichting Rijnoever".into(), address: "reparatie@rijnoever.example".into() },
        reply_to: None,
        to: format!("{to}@example.org"),
        subject: "Morgen komt de vakman – tussen 13 en 15 uur".into(),
        text: "Geachte mevrouw De Vries,\n.\nMorgen komt de vakman.\r\n.\r\nRCPT TO:<other@example.org>\r\n".into(),
        html: Some("<p>Morgen komt de vakman.</p>".into()),
        headers: vec![("List-Unsubscribe-Post".into(), "List-Unsubscribe=One-Click".into())],
        template: None,
        in_conversation: false,
        receipts: None,
    }
}

fn settings(peer: &Peer) -> SmtpSettings {
    SmtpSettings { answer_timeout: Duration::from_millis(400), ..SmtpSettings::new("localhost", peer.port, Tls::None) }
}

fn transport(settings: SmtpSettings) -> SmtpTransport {
    SmtpTransport::new(settings).expect("good settings")
}

fn header(received: &Value, name: &str) -> String {
    let raw = received["raw"].as_str().expect("a message");
    let start = format!("{name}: ");
    raw.split("\r\n").find_map(|line| line.strip_prefix(&start)).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn an_accepted_message_arrived_whole_and_keeps_its_id_when_repeated() {
    let Some(mut peer) = Peer::start(&json!({})) else { return };
    let transport = transport(settings(&peer));
    let outcome = transport.send(&mail("devries")).await;
    let first = peer.next();
    assert_eq!(outcome, Outcome::Accepted { reference: header(&first, "Message-ID") });
    assert_eq!(first["to"], json!(["devries@example.org"]), "the text added no recipient");
    assert_eq!(first["from"], "reparatie@rijnoever.example");
    assert_eq!(header(&first, "Auto-Submitted"), "auto-generated");
    assert_eq!(header(&first, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    let raw = first["raw"].as_str().unwrap();
    assert!(raw.contains("\r\n.\r\nRCPT TO:<other@example.org>"), "dots survive: {raw}");
    assert!(raw.contains("multipart/alternative") && raw.contains("text/plain") && raw.contains("text/html"));

    transport.send(&mail("devries")).await;
    let second = peer.next();
    assert_eq!(second["raw"], first["raw"], "a repeat is the same message");
    assert_eq!(second["lines"], 1, "over the same line");
}

#[tokio::test]
async fn a_refusal_is_definite_and_says_whether_to_try_again() {
    let Some(mut peer) = Peer::start(&json!({})) else { return };
    let transport = transport(settings(&peer));
    for (to, stage_expected, code_expected, expected) in [
        ("unknown", Stage::Recipient, 550, (true, true)),
        ("relay", Stage::Recipient, 550, (true, false)),
        ("busy", Stage::Recipient, 450, (false, false)),
        ("spam", Stage::Message, 554, (true, false)),
        ("later", Stage::Message, 451, (false, false)),
    ] {
        let Outcome::Refused { reason: Reason::Answered { stage, code, .. }, permanent, suppress } =
            transport.send(&mail(to)).await
        else {
            panic!("{to} was not refused by an answer");
        };
        assert_eq!((stage, code, (permanent, suppress)), (stage_expected, code_expected, expected), "{to}");
    }
    assert!(
        matches!(transport.send(&mail("devries")).await, Outcome::Accepted { .. }),
        "one refusal harms no other message"
    );
    assert_eq!(peer.next()["lines"], 1, "refusals keep the line");
}

#[tokio::test]
async fn silence_and_a_lost_line_are_unknown_only_after_the_message_was_handed_over() {
    let Some(mut peer) = Peer::start(&json!({})) else { return };
    let transport = transport(settings(&peer));
    for to in ["lost-at-recipient", "silent-at-recipient", "lost-at-data"] {
        let outcome = transport.send(&mail(to)).await;
        assert!(matches!(outcome, Outcome::Refused { permanent: false, suppress: false, .. }), "{to}: {outcome:?}");
    }
    let lost_within = transport.send(&mail("lost-in-message")).await;
    assert!(matches!(lost_within, Outcome::Unknown { .. }), "{lost_within:?}");
    for to in ["lost", "silent"] {
        let outcome = transport.send(&mail(to)).await;
        assert!(matches!(outcome, Outcome::Unknown { .. }), "{to}: {outcome:?}");
        assert_eq!(peer.next()["to"], json!([format!("{to}@example.org")]), "it did arrive");
    }
    assert!(
        matches!(transport.send(&mail("devries")).await, Outcome::Accepted { .. }),
        "the next message goes over a new line"
    );
}

#[tokio::test]
async fn several_messages_share_a_few_lines() {
    let Some(mut peer) = Peer::start(&json!({})) else { return };
    let transport = transport(SmtpSettings { connections_max: 2, ..settings(&peer) });
    let sending: Vec<_> = (0..12)
        .map(|number| {
            let transport = transport.clone();
            tokio::spawn(async move { transport.send(&mail(&format!("customer-{number}"))).await })
        })
        .collect();
    for sent in sending {
        assert!(matches!(sent.await.unwrap(), Outcome::Accepted { .. }));
    }
    let lines = (0..12).map(|_| peer.next()["lines"].as_u64().unwrap()).max().unwrap();
    assert!(lines <= 2, "{lines} lines");
}

#[tokio::test]
async fn a_server_that_is_away_is_tried_again_later() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let outcome = transport(SmtpSettings::new("127.0.0.1", free, Tls::None)).send(&mail("devries")).await;
    assert!(
        matches!(
            outcome,
            Outcome::Refused { reason: Reason::Line { stage: Stage::Connect, .. }, permanent: false, suppress: false }
        ),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_server_that_never_greets_is_given_up() {
    // Listens, and never says a word.
    let mute = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let settings = SmtpSettings {
        connect_timeout: Duration::from_millis(200),
        ..SmtpSettings::new("127.0.0.1", mute.local_addr().unwrap().port(), Tls::None)
    };
    let reason = transport(settings).check().await.unwrap_err();
    assert_eq!(reason, Reason::Silence { stage: Stage::Connect, waited_ms: 200 });
}

#[tokio::test]
async fn a_wrong_password_costs_no_message() {
    let Some(mut peer) = Peer::start(&json!({ "user": "rijnoever", "password": "right" })) else { return };
    let with = |password: &str| SmtpSettings { log_in: Some(("rijnoever".into(), password.into())), ..settings(&peer) };
    let (wrong, right) = (transport(with("wrong")), transport(with("right")));
    let outcome = wrong.send(&mail("devries")).await;
    assert!(
        matches!(
            outcome,
            Outcome::Refused { reason: Reason::Answered { stage: Stage::LogIn, code: 535, .. }, permanent: false, .. }
        ),
        "{outcome:?}"
    );
    assert_eq!(right.check().await, Ok(()));
    assert!(matches!(right.send(&mail("devries")).await, Outcome::Accepted { .. }));
    assert_eq!(peer.next()["user"], "rijnoever");
}

#[tokio::test]
async fn a_line_that_must_be_encrypted_is_never_used_in_the_clear() {
    let Some(peer) = Peer::start(&json!({})) else { return };
    let outcome = transport(SmtpSettings { tls: Tls::Starttls, ..settings(&peer) }).send(&mail("devries")).await;
    assert!(
        matches!(outcome, Outcome::Refused { reason: Reason::NotSecure { .. }, permanent: false, .. }),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn an_encrypted_line_needs_a_certificate_that_is_trusted() {
    let Some((key, cert)) = certificate() else { return };
    for secure in [false, true] {
        let Some(mut peer) = Peer::start(&json!({ "key": key, "cert": cert, "secure": secure })) else { return };
        let tls = if secure { Tls::Tls } else { Tls::Starttls };
        let strange = SmtpSettings { tls, answer_timeout: Duration::from_secs(5), ..settings(&peer) };
        let trusted = SmtpSettings { trusted_pem: Some(cert.clone()), ..strange.clone() };
        let outcome = transport(strange).send(&mail("devries")).await;
        assert!(matches!(outcome, Outcome::Refused { permanent: false, suppress: false, .. }), "{outcome:?}");
        let outcome = transport(trusted).send(&mail("devries")).await;
        assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
        assert_eq!(peer.next()["secure"], true);
    }
}

/// A fresh certificate for localhost with its key, by openssl; `None`, with a note, where that is absent.
fn certificate() -> Option<(String, String)> {
    let folder = std::env::temp_dir().join(format!("klantreis-tls-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (key, cert) = (path("key.pem"), path("cert.pem"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args([
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-addext",
            "basicConstraints=critical,CA:FALSE",
        ])
        .args(["-keyout", &key, "-out", &cert])
        .output();
    let read = |path: &str| std::fs::read_to_string(Path::new(path)).ok();
    let pair = made.is_ok_and(|output| output.status.success()).then(|| Some((read(&key)?, read(&cert)?))).flatten();
    let _ = std::fs::remove_dir_all(&folder);
    if pair.is_none() {
        assert!(std::env::var_os("KLANTREIS_REQUIRE_PEERS").is_none(), "openssl is required");
        peer::say("skipped: openssl is absent");
    }
    pair
}

/// What dkimpy says of a message; `None` where it is absent and nothing says that it must be there.
fn judged(raw: &str, name: &str, record: &str) -> Option<Value> {
    let python = peer::packages().join("python/bin/python");
    let verifier = peer::root().join("dkim-verify.py");
    let mut command = Command::new(&python);
    command.arg(verifier).args([name, record]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        assert!(std::env::var_os("KLANTREIS_REQUIRE_PEERS").is_none(), "dkimpy is required: run ./test");
        return None;
    };
    child.stdin.take().unwrap().write_all(raw.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    Some(serde_json::from_slice(&out.stdout).unwrap())
}

#[tokio::test]
async fn an_independent_verifier_finds_the_signature_right_and_a_changed_message_wrong() {
    let Some(mut peer) = Peer::start(&json!({})) else { return };
    let mut state = 11_u64;
    let key = dkim::generate(&mut |bytes| {
        for byte in bytes {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = state.to_be_bytes()[0];
        }
    });
    let key = key.unwrap();
    let signer = dkim::Signer::new("rijnoever.example", "kr1", &key.private).unwrap();
    let transport = transport(SmtpSettings { dkim: Some(signer), ..settings(&peer) });
    let mut mail = mail("devries");
    mail.time = "2024-10-27T08:00:00Z".parse().unwrap();
    mail.headers.push(("List-Unsubscribe".into(), "<https://rijnoever.example/afmelden/0123456789abcdef>".into()));
    mail.headers.push(("References".into(), format!("<{}@example.org> <b@example.org>", "a".repeat(120))));
    mail.text.push_str("  spaces \t at the end \n\n\n");
    mail.html = None;
    for html in [None, Some("<p>Morgen  komt de vakman \u{e9}. </p>\n\n".to_owned())] {
        transport.send(&Outgoing { html, ..mail.clone() }).await;
        let raw = peer.next()["raw"].as_str().unwrap().to_owned();
        let name = "kr1._domainkey.rijnoever.example";
        let Some(told) = judged(&raw, name, &key.record) else { return };
        assert_eq!(told["right"], true, "{raw}");
        let covered = told["covered"].as_array().unwrap();
        for header in ["from", "to", "subject", "message-id", "list-unsubscribe", "list-unsubscribe-post", "references"]
        {
            assert!(covered.contains(&json!(header)), "{header}: {covered:?}");
        }
        let forged = raw.replace("List-Unsubscribe: <https://rijnoever", "List-Unsubscribe: <https://kwaad");
        assert_eq!(judged(&forged, name, &key.record).unwrap()["right"], false);
        let second = raw.replace("Subject:", "From: kwaad@example.org\r\nSubject:");
        assert_eq!(judged(&second, name, &key.record).unwrap()["right"], false, "no second From can be added");
    }
}
