//! Mail as programs and servers write it.

use channels::inbound::{Kind, Mail, Unreadable, limits, read};

/// Made by Postfix 3.7 for a mailbox that does not exist.
const POSTFIX: &str = include_str!("mails/postfix-unknown-user.eml");

fn mail(head: &str, body: &str) -> Mail {
    let head = head.replace('\n', "\r\n");
    read(format!("From: Anna <Anna@Example.nl>\r\n{head}\r\n\r\n{body}").as_bytes()).unwrap()
}

#[test]
fn a_reply_says_who_wrote_what_to_which_message() {
    let mail = mail(
        "Subject: =?utf-8?q?Re=3A_Caf=C3=A9?=\nMessage-ID: <1@example.nl>\nIn-Reply-To: <b@k>\nReferences: <a@k>\n <b@k>\nDate: Mon, 4 Oct 2027 10:00:00 +0200",
        "Kan het ook later?\r\n\r\nOp ma 4 okt schreef Rijnoever:\r\n> Morgen.\r\n",
    );
    assert_eq!((mail.from.as_str(), mail.name.as_deref()), ("anna@example.nl", Some("Anna")));
    assert_eq!((mail.subject.as_deref(), mail.id.as_str()), (Some("Re: Café"), "<1@example.nl>"));
    assert_eq!(mail.answers, ["<b@k>", "<a@k>"]);
    assert_eq!(mail.text, "Kan het ook later?");
    assert_eq!(mail.date, Some("2027-10-04T08:00:00Z".parse().unwrap()));
    assert_eq!(mail.kind, Kind::Written);
}

#[test]
fn html_becomes_text_and_attachments_are_named() {
    let mail = mail(
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x",
        "--x\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<p>H\u{e9} <script>alert(1)</script><b>later</b>?</p>\r\n--x\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename=\"lek\u{7}.jpg\"\r\n\r\nzzz\r\n--x--\r\n",
    );
    assert!(mail.text.contains("later") && !mail.text.contains('<') && !mail.text.contains("alert"), "{}", mail.text);
    assert_eq!(mail.attachments.len(), 1);
    assert!(!mail.attachments[0].contains('\u{7}'));
}

#[test]
fn what_a_machine_writes_is_known_as_such() {
    for head in [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: Auto-Generated (vacation)",
        "Return-Path: <>",
        "Precedence: bulk",
        "X-Autoreply: yes",
        "List-Id: <news.example.nl>",
        "Subject: Automatisch antwoord: Uw afspraak",
        "Subject: Out of Office Re: Uw afspraak",
    ] {
        assert_eq!(mail(head, "Ik ben er niet.").kind, Kind::Automatic, "{head}");
    }
    let daemon = read(b"From: MAILER-DAEMON@mx.example\r\nSubject: x\r\n\r\ny").unwrap();
    assert_eq!(daemon.kind, Kind::Automatic);
    for head in
        ["Auto-Submitted: no", "Subject: Automatisch geopend raam", "Return-Path: <anna@example.nl>", "Subject: x"]
    {
        assert_eq!(mail(head, "Ik ben er niet.").kind, Kind::Written, "{head}");
    }
}

#[test]
fn a_bounce_of_a_real_server_names_our_message_and_the_address() {
    let read = read(POSTFIX.as_bytes()).unwrap();
    let Kind::Report { deliveries, original } = read.kind else { panic!("{:?}", read.kind) };
    assert_eq!(original.as_deref(), Some("<00112233445566778899aabbccddeeff@rijnoever.example>"));
    let [delivery] = deliveries.as_slice() else { panic!("{deliveries:?}") };
    assert_eq!(delivery.recipient, "weg@test.example");
    assert!(delivery.has_failed && delivery.suppress && delivery.said.contains("unknown user"), "{delivery:?}");
}

#[test]
fn only_an_address_that_does_not_exist_is_never_written_to_again() {
    let told = |action: &str, status: &str| {
        let changed = POSTFIX
            .replace("Action: failed", &format!("Action: {action}"))
            .replace("Status: 5.1.1", &format!("Status: {status}"));
        let Kind::Report { deliveries, .. } = read(changed.as_bytes()).unwrap().kind else { panic!("a report") };
        deliveries.first().map(|one| (one.has_failed, one.suppress))
    };
    assert_eq!(told("failed", "5.1.1"), Some((true, true)));
    assert_eq!(told("failed", "5.2.2"), Some((true, false)), "full");
    assert_eq!(told("failed", "5.7.1"), Some((true, false)), "about us");
    assert_eq!(told("delayed", "4.4.1"), Some((false, false)));
    assert_eq!(told("failed", "4.4.7"), Some((false, false)));
    assert_eq!(told("delivered", "2.0.0"), None);
}

#[test]
fn a_complaint_names_our_message() {
    let raw = "From: <abuse@provider.example>\r\nSubject: complaint\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nhi\r\n--x\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: P/1\r\nVersion: 1\r\nOriginal-Rcpt-To: <Anna@example.nl>\r\n\r\n--x\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: post@rijnoever.example\r\nMessage-ID: <a@rijnoever.example>\r\n\r\n--x--\r\n";
    let Kind::Complaint(complaint) = read(raw.as_bytes()).unwrap().kind else { panic!("a complaint") };
    assert_eq!(complaint.original.as_deref(), Some("<a@rijnoever.example>"));
    assert_eq!(complaint.recipient.as_deref(), Some("anna@example.nl"));
}

#[test]
fn bombs_are_refused_before_they_are_taken_apart() {
    let head = "From: a@example.nl\r\nMIME-Version: 1.0\r\n";
    let nested = format!("{head}{}hi", "Content-Type: message/rfc822\r\n\r\n".repeat(100_000));
    assert_eq!(read(nested.as_bytes()), Err(Unreadable::TooManyParts));
    let parts = "--x\r\nContent-Type: text/plain\r\n\r\na\r\n".repeat(limits::PARTS_MAX + 1);
    let wide = format!("{head}Content-Type: multipart/mixed; boundary=x\r\n\r\n{parts}--x--\r\n");
    assert_eq!(read(wide.as_bytes()), Err(Unreadable::TooManyParts));
    let bare = "--x\r\n\r\na\r\n".repeat(limits::PARTS_MAX + 1);
    let bare = format!("{head}Content-Type: multipart/mixed; boundary=x\r\n\r\n{bare}--x--\r\n");
    assert_eq!(read(bare.as_bytes()), Err(Unreadable::TooManyParts), "also without saying what they are");
    let large = format!("{head}\r\n{}", "a".repeat(limits::MAIL_BYTES_MAX));
    assert_eq!(read(large.as_bytes()), Err(Unreadable::TooLarge));
    let long = read(format!("{head}\r\n{}", "é".repeat(limits::TEXT_CHARS_MAX * 2)).as_bytes()).unwrap();
    assert_eq!(long.text.chars().count(), limits::TEXT_CHARS_MAX);
    let many: String = (0..200).map(|n| format!("<{n}@x> ")).collect();
    assert_eq!(read(format!("{head}References: {many}\r\n\r\na").as_bytes()).unwrap().answers.len(), limits::NAMES_MAX);
}

#[test]
fn what_is_no_mail_is_said_to_be_none() {
    for raw in ["", "hi", "Subject: x\r\n\r\ny", "From: nobody\r\n\r\ny", "\u{0}\u{1}"] {
        assert_eq!(read(raw.as_bytes()), Err(Unreadable::NotMail), "{raw:?}");
    }
}

#[test]
fn a_mail_without_an_id_gets_one_from_what_it_says() {
    let one = mail("Subject: x", "a");
    assert_eq!(one.id, mail("Subject: x", "a").id);
    assert_ne!(one.id, mail("Subject: x", "b").id);
}
