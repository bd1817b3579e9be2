//! Messages and the text itself.

use axum::http::StatusCode;

use super::{fill, repair, text};
use crate::{house::House, pages::lives::with_journey};

#[tokio::test]
async fn a_message_is_written_beside_what_customers_will_see() {
    let (house, owner) = House::with_owner().await;
    let path = format!("{}/concept/bericht/herinnering", repair(&house, &owner).await);
    let page = house.get(&path, &owner).await;
    for said in ["E-mail", "Sms", "WhatsApp", "vrijdag 27 november, tussen 10 en 12 uur", "aanhef"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    let bare = house.get(&format!("{path}?als=niets"), &owner).await;
    assert!(bare.text().contains("„repair.kind” is niet bekend"), "what would be missing is told: {}", bare.text());

    let page = fill(&house, &path, &[("subject", "Tot morgen"), ("sms", "")], &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let draft = house.app.store.draft(&house.organisation(), &words::JourneyId::new("reparatie-aan-huis")).await;
    let file = draft.unwrap().unwrap().files["messages/herinnering.nl.md"].clone();
    assert!(file.starts_with("---\nsubject: \"Tot morgen\"\nwhatsapp: "), "{file}");

    let page = fill(&house, &path, &[("body", "Dag {{ appointment.strat }}, kom je?")], &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "a message with faults may be kept in a draft");
    let page = house.get(&path, &owner).await;
    for said in ["2 punten", "appointment.start", "Deze klantreis spreekt aan met u"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    let typed = [("body", "Dag <script>alert(1)</script> {{ salutation }}"), ("do", "bekijk")];
    let looked = fill(&house, &path, &typed, &owner).await;
    assert!(!looked.body.contains("<script>alert"), "what is typed is text");
    assert_eq!(house.get(&format!("{path}x"), &owner).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_typed_is_kept_while_one_types_and_a_colleague_is_not_overwritten() {
    let (house, owner) = House::with_owner().await;
    let id = repair(&house, &owner).await;
    let path = format!("{id}/concept/bericht/herinnering");
    let earlier =
        async || house.get(&format!("{id}/concept/eerder"), &owner).await.body.matches("name=\"revision\"").count();
    let before = earlier().await;
    for (number, text) in ["Morgen", "Morgen komt", "Morgen komt de vakman"].into_iter().enumerate() {
        house.pass(1);
        let kept = fill(&house, &path, &[("subject", text), ("do", "houd")], &owner).await;
        assert_eq!(kept.status, StatusCode::OK, "{number}: {}", kept.text());
        assert!(kept.body.contains(&format!("value=\"{text}\"")), "the page comes back as it stands");
    }
    assert_eq!(earlier().await, before + 1, "what stood there when one began");

    let joost = house.with_colleague(&owner, "joost@rijnoever.example", "editor").await;
    let seen = house.get(&path, &owner).await;
    let digest = seen.body.split("name=\"seen_digest\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    fill(&house, &path, &[("subject", "Van Joost"), ("do", "houd")], &joost).await;
    let mine =
        [("taal", "nl"), ("seen_digest", digest.as_str()), ("subject", "Van mij"), ("body", "Dag"), ("do", "houd")];
    let lost = house.post(&path, &mine, &owner).await;
    assert_eq!(lost.status, StatusCode::CONFLICT);
    assert!(lost.text().contains("Joost Verhagen") && lost.text().contains("Van Joost"), "{}", lost.text());
    assert!(lost.body.contains("value=\"Van mij\""), "and what was typed is still there");
}

#[tokio::test]
async fn a_remark_is_underlined_and_its_rewrite_put_in_place() {
    let (house, owner) = House::with_owner().await;
    let path = format!("{}/concept/bericht/herinnering", repair(&house, &owner).await);
    let typed = [("body", "  {{ salutation }},\n\nWij zijn er gaarne. Kun je dan?"), ("do", "bekijk")];
    let page = fill(&house, &path, &typed, &owner).await;
    assert!(page.body.contains("<mark>Kun je</mark>"), "{}", page.body);
    let (_, button) = page.body.split_once("value=\"vervang.").expect("a rewrite is offered");
    let number = button.split('"').next().unwrap();
    let act = format!("vervang.{number}");
    let typed = [("body", "  {{ salutation }},\n\nWij zijn er gaarne. Kun je dan?"), ("do", act.as_str())];
    let replaced = fill(&house, &path, &typed, &owner).await;
    assert_eq!(replaced.status, StatusCode::OK);
    let body = replaced.body.split("<textarea name=\"body\"").nth(1).unwrap().split("</textarea>").next().unwrap();
    assert!(body.contains("Wij zijn er") && !(body.contains("gaarne") && body.contains("Kun je")), "{body}");
    let none = fill(&house, &path, &[("do", "vervang.99")], &owner).await;
    assert_eq!(none.status, StatusCode::OK, "what is no remark changes nothing");
}

#[tokio::test]
async fn every_form_is_seen_beside_the_text() {
    let (house, owner) = House::with_owner().await;
    let path = format!("{}/concept/bericht/herinnering", repair(&house, &owner).await);
    let typed = [("print", "{{ salutation }},\n\nDit is de brief."), ("script", "Zeg dat wij komen.")];
    fill(&house, &path, &typed, &owner).await;
    let page = house.get(&format!("{path}?als=voorbeeld"), &owner).await;
    for said in ["Dit is de brief.", "Zeg dat wij komen.", "Mevrouw Sanne de Vries", "6821 AB", "Andere kanalen"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    let mail = house.get(&format!("{path}/mail?taal=nl&als=voorbeeld"), &owner).await;
    assert!(
        mail.header("content-security-policy").contains("default-src 'none'") && mail.body.starts_with("<!doctype")
    );
    let pdf = house.get(&format!("{path}/brief.pdf?taal=nl&als=voorbeeld&kanaal=post"), &owner).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"), "{}", pdf.text());
    let bare = house.get(&format!("{path}/brief.pdf?taal=nl&als=niets&kanaal=post"), &owner).await;
    assert!(bare.status == StatusCode::UNPROCESSABLE_ENTITY && bare.text().contains("straat"), "{}", bare.text());
    for wrong in ["brief.pdf?kanaal=email", "mail?taal=en"] {
        assert_eq!(house.get(&format!("{path}/{wrong}"), &owner).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn one_sends_a_trial_to_oneself_alone() {
    let (house, owner) = House::with_owner().await;
    let path = format!("{}/concept/bericht/herinnering", repair(&house, &owner).await);
    assert!(house.get(&path, &owner).await.text().contains("Er is nog geen afzender getest"));
    let refused = fill(&house, &path, &[("do", "proef.email"), ("als", "voorbeeld")], &owner).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "nothing leaves by a sender that was not tested");
    let sender = store::Sender {
        organisation: house.organisation(),
        channel: words::Channel::email(),
        principal: words::PrincipalId::own(),
        transport: "memory".into(),
        config: serde_json::json!({}),
        from_name: "Rijnoever".into(),
        from_address: "post@rijnoever.example".into(),
        reply_to: None,
        tested: Some(house.app.clock.now()),
        per_minute: None,
        catch_up: None,
    };
    house.app.store.save_sender(sender).await.unwrap();
    let done =
        fill(&house, &path, &[("subject", "Nog niet bewaard"), ("do", "proef.email"), ("als", "voorbeeld")], &owner)
            .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let sent = house.mail.taken();
    let last = sent.last().expect("a mail");
    assert_eq!((last.to.as_str(), last.subject.as_str()), (crate::house::OWNER, "[Proef] Nog niet bewaard"));
    assert!(last.html.as_deref().is_some_and(|html| html.starts_with("<!doctype")));
    for _ in 0..20 {
        fill(&house, &path, &[("do", "proef.email"), ("als", "voorbeeld")], &owner).await;
    }
    assert!(house.mail.taken().len() < 15, "so many and no more");
}

#[tokio::test]
async fn a_new_message_is_named_after_its_moment_and_is_still_to_be_written() {
    let (house, owner) = House::with_owner().await;
    let concept = format!("{}/concept", repair(&house, &owner).await);
    fill(&house, &format!("{concept}/moment/melding"), &[("send", "+"), ("class", "service")], &owner).await;
    let page = house.get(&concept, &owner).await;
    assert!(page.text().contains("nog te schrijven"), "{}", page.text());
    assert!(page.body.contains(&format!("{concept}/bericht/melding")), "the to-do leads to the form");
    let typed = [("subject", "Wij hebben uw melding"), ("body", "{{ salutation }},\n\nDank u wel.")];
    let page = fill(&house, &format!("{concept}/bericht/melding"), &typed, &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    assert!(!house.get(&concept, &owner).await.text().contains("nog te schrijven"));
}

#[tokio::test]
async fn the_text_is_saved_even_when_it_is_wrong() {
    let (house, owner) = House::with_owner().await;
    let concept = format!("{}/concept", repair(&house, &owner).await);
    let path = format!("{concept}/tekst");
    let broken =
        "journey: reparatie-aan-huis\ntitle: Stuk\nphases:\n  - { id: a, title: A, band: nooit }\ntouchpoints: []\n";
    let page = fill(&house, &path, &[("text", broken)], &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    assert_eq!(text(&house, "reparatie-aan-huis").await, broken);
    let page = house.get(&path, &owner).await;
    assert!(page.text().contains("Regel 4") && page.body.contains("id=\"r4\" class=\"noted\""), "{}", page.text());

    fill(&house, &path, &[("text", "journey: [")], &owner).await;
    let page = house.get(&concept, &owner).await;
    assert!(page.text().contains("De tekst van deze klantreis is niet te lezen"), "{}", page.text());
    assert_eq!(house.get(&format!("{concept}/gegevens"), &owner).await.status, StatusCode::NOT_FOUND);
    let long = "a".repeat(600 * 1024);
    assert_eq!(fill(&house, &path, &[("text", &long)], &owner).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn facts_and_ends_are_filled_in_without_yaml() {
    let (house, owner) = House::with_owner().await;
    house.post("/klantreizen/nieuw", &[("title", "Leeg"), ("from", "")], &owner).await;
    let path = "/klantreizen/leeg/concept/gegevens";
    let typed = [
        ("owner", "klantenservice"),
        ("starts.1.event", "hold.placed"),
        ("goal.on.1.event", "hold.collected"),
        ("goal.within.number", "3"),
        ("goal.within.unit", "w"),
        ("human.team", "klantenservice"),
        ("human.phone", "030 123 45 67"),
        ("facts.0.object", "hold"),
        ("facts.0.property", "until"),
        ("facts.0.type", "date"),
    ];
    let page = fill(&house, path, &typed, &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let page = fill(&house, path, &[("ends.0.event", "hold.collected"), ("ends.0.listen.number", "14")], &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    insta::assert_snapshot!("draft_filled_in", text(&house, "leeg").await);
}

#[tokio::test]
async fn names_are_given_in_a_table_and_read_on_other_pages() {
    let (house, owner) = House::with_owner().await;
    let path = repair(&house, &owner).await;
    let settings = format!("{path}/concept/gegevens");
    let typed = [("names.0.said", ""), ("names.60.name", "booked"), ("names.60.said", "afgesproken")];
    let before = text(&house, "reparatie-aan-huis").await;
    assert!(before.contains("access: er kon niemand binnen") && !before.contains("booked: afgesproken"), "{before}");
    let page = fill(&house, &settings, &typed, &owner).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    let after = text(&house, "reparatie-aan-huis").await;
    assert!(after.contains("\n  booked: afgesproken\n") && !after.contains("access: er kon"), "{after}");
    assert!(after.contains("# zoals medewerkers het lezen"), "remarks stay");
    let moment = house.get(&format!("{path}/concept/moment/herinnering"), &owner).await.text();
    assert!(moment.contains("alleen als de status van de afspraak ‘afgesproken’ is"), "{moment}");
}

#[tokio::test]
async fn one_sees_at_first_somebody_who_is_so_far_that_the_message_can_be_made() {
    let (house, _) = with_journey("bibliotheek-reserveren").await;
    let owner = house.live_through("bibliotheek-reserveren", "2027-03-19T12:00:00+01:00").await;
    let page = house.get("/klantreizen/bibliotheek-reserveren/concept/bericht/ligt-klaar", &owner).await;
    let chosen = page.body.split("<option").find(|option| option.contains(" selected")).unwrap();
    assert!(chosen.contains("value=\"voorbeeld\""), "nobody's book is there yet: {chosen}");
    assert!(!page.text().contains("„hold.pickup_until” is niet bekend"), "{}", page.text());
}
