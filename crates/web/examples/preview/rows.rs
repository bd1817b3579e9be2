use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::json;
use service::intake::{Receipt, segment};
use store::{
    Account, AuditRow, Key, KeyKind, OrganisationRow, Role, Sender, Source, SourceTally, StaffAddress, Suppression,
};
use uuid::Uuid;
use web::{App, First, first_account};
use words::{Channel, Language, OrganisationId};

type Result = std::result::Result<(), Box<dyn std::error::Error>>;

/// Rijnoever Wonen on a Tuesday morning.
pub(crate) async fn fill(app: &App) -> Result {
    let now = app.clock.now();
    let first = First {
        organisation: "Rijnoever Wonen".into(),
        name: "Fatima Amrani".into(),
        email: "fatima@rijnoever.example".into(),
        password: "fiets en regenjas".into(),
        language: Language::Nl,
    };
    let fatima = first_account(app.store.as_ref(), app.random.as_ref(), Uuid::from_u128(1), now, first).await?;
    let house = fatima.organisation.clone();
    app.store.save_organisation(OrganisationRow { id: house.clone(), text: ORGANISATION.into(), created: now }).await?;
    people(app, &house, now).await?;
    senders(app, &house, now).await?;
    sources(app, &house, now).await?;
    log_book(app, &house, now).await
}

const ORGANISATION: &str = "# Wat alle klantreizen delen
name: Rijnoever Wonen
zone: Europe/Amsterdam
language: nl
address: u
quiet_hours: \"21:00-08:00\"
customer: { one: huurder, many: huurders }
teams: [klantcontactcentrum, vakmensen, wijkbeheer]
personas:
  - id: huurder
    name: Marijke de Vries, 58, huurder
    about: werkt vier dagen in de zorg
    goal: Een huis waar alles het doet
links:
  help: https://rijnoever.example/help
";

async fn people(app: &App, house: &OrganisationId, now: Timestamp) -> Result {
    let people = [
        (2, "Joost Verhagen", "joost@rijnoever.example", Role::Editor, true),
        (3, "Mila de Groot-van den Berg", "mila@rijnoever.example", Role::Viewer, true),
        (4, "sanne@rijnoever.example", "sanne@rijnoever.example", Role::Viewer, false),
    ];
    for (id, name, email, role, active) in people {
        let account = Account {
            id: Uuid::from_u128(id),
            organisation: house.clone(),
            email: email.into(),
            name: name.into(),
            role,
            password_hash: active.then(|| "no log-in in the preview".into()),
            language: "nl".into(),
            team: active.then(|| "klantcontactcentrum".into()),
            created: now,
        };
        app.store.save_account(account).await?;
    }
    for (channel, address, name) in
        [("email", "fatima@rijnoever.example", "Fatima Amrani"), ("sms", "+31612345678", "Joost Verhagen")]
    {
        let (channel, address, name) = (Channel::new(channel), address.into(), name.into());
        app.store.save_staff_address(StaffAddress { organisation: house.clone(), channel, address, name }).await?;
    }
    Ok(())
}

async fn senders(app: &App, house: &OrganisationId, now: Timestamp) -> Result {
    let mail =
        json!({"host": "smtp.rijnoever.example", "port": 587, "tls": "starttls", "user": "post", "password": "x"});
    let days_ago = |days: i64| now - SignedDuration::from_hours(24 * days);
    for (channel, transport, config, address, tested) in [
        ("email", "smtp", mail, "post@rijnoever.example", Some(days_ago(22))),
        ("sms", "file", json!({}), "Rijnoever", None),
    ] {
        let sender = Sender {
            organisation: house.clone(),
            channel: Channel::new(channel),
            principal: words::PrincipalId::own(),
            transport: transport.into(),
            config,
            from_name: "Rijnoever Wonen".into(),
            from_address: address.into(),
            reply_to: None,
            tested,
            per_minute: None,
            catch_up: None,
        };
        app.store.save_sender(sender).await?;
    }
    for (address, reason, days) in
        [("j.jansen@voorbeeld.example", "bounced", 3), ("info@bedrijf.example", "complained", 40)]
    {
        let suppression = Suppression {
            organisation: house.clone(),
            channel: Channel::email(),
            address: address.into(),
            reason: reason.into(),
            since: days_ago(days),
        };
        app.store.suppress(suppression).await?;
    }
    Ok(())
}

async fn sources(app: &App, house: &OrganisationId, now: Timestamp) -> Result {
    let today = now.to_zoned(jiff::tz::TimeZone::get("Europe/Amsterdam")?).date();
    for (id, name, gap_minutes, silent_minutes, daily) in [
        ("planpakket", "Planpakket", 1, 150, 240_u32),
        ("klantvolgsysteem", "Klantvolgsysteem", 2, 1, 610),
        ("website", "Website", 0, 0, 0),
    ] {
        let source = Source {
            organisation: house.clone(),
            id: id.into(),
            name: name.into(),
            kind: "segment".into(),
            created: now - SignedDuration::from_hours(24 * 100),
            last_received: None,
            usual_gap_seconds: None,
            received: 0,
            refused: 0,
            duplicate: 0,
        };
        app.store.save_source(source).await?;
        if daily == 0 {
            continue;
        }
        for back in (0..14).rev() {
            let day = today.saturating_sub(i64::from(back).days());
            let weekend = day.weekday().to_monday_zero_offset() > 4;
            let received = if weekend { daily / 9 } else { daily + (back * 37) % 90 };
            let time = if back == 0 {
                now - SignedDuration::from_mins(silent_minutes)
            } else {
                now - SignedDuration::from_hours(24 * i64::from(back))
            };
            let tally = |time| SourceTally {
                organisation: house.clone(),
                source: id.into(),
                day,
                time,
                received: received / 20,
                refused: u32::from(back == 3),
                duplicate: 0,
            };
            let many = (0..20).map(|n| tally(time - SignedDuration::from_mins(gap_minutes * (19 - n)))).collect();
            app.store.tally(many).await?;
        }
        let key = Key {
            hash: service::token::hash(id),
            organisation: house.clone(),
            kind: KeyKind::Write { source: id.into() },
            name: name.into(),
            created: now,
            last_used: Some(now),
            revoked: None,
        };
        app.store.save_key(key).await?;
    }
    let batch = br#"{"batch":[{"type":"track","event":"clicked","userId":"10234","messageId":"b-1","properties":{"page":"/reparatie"}},
        {"type":"track","event":"Appointment Booked","messageId":"b-2","timestamp":"morgen","userId":"10234"},
        {"type":"track","event":"Appointment Booked","messageId":"b-3"}]}"#;
    let body = segment::Body::parse(segment::Call::Batch, batch)?;
    let taken = body.events(&Receipt::new("planpakket", now));
    app.service.intake.accept(house, "planpakket", taken, now - SignedDuration::from_mins(91)).await?;
    Ok(())
}

async fn log_book(app: &App, house: &OrganisationId, now: Timestamp) -> Result {
    for (number, (what, subject, hours, by)) in [
        ("organisation.changed", "rijnoever-wonen", 1, Some(1)),
        ("member.invited", "sanne@rijnoever.example", 20, Some(1)),
        ("sender.tested", "email", 528, Some(2)),
        ("journey.published", "reparatie", 530, None),
    ]
    .into_iter()
    .enumerate()
    {
        let row = AuditRow {
            id: Uuid::from_u128(100 + number as u128),
            organisation: house.clone(),
            time: now - SignedDuration::from_hours(hours),
            account: by.map(Uuid::from_u128),
            what: what.into(),
            subject: subject.into(),
            detail: json!({}),
        };
        app.store.record(row).await?;
    }
    Ok(())
}
