use axum::http::StatusCode;

use super::lives::with_journey;
use crate::house::House;

const PAGE: &str = "/berichten/een-stem";
const POLICY: &str = "/instellingen/stem";
const AGREED: [(&str, &str); 8] = [
    ("address", "u"),
    ("openings", "Beste"),
    ("closings", ""),
    ("emoji", "0"),
    ("exclamations", "1"),
    ("sentence_words", "20"),
    ("say", "klusser: vakman"),
    ("avoid", "oordeel"),
];

#[tokio::test]
async fn without_messages_the_page_teaches_what_will_stand_there_and_judges_what_is_pasted() {
    let (house, owner) = House::with_owner().await;
    let empty = house.get(PAGE, &owner).await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(empty.text().contains("Er zijn nog geen berichten"), "{}", empty.text());
    let pasted =
        house.post(PAGE, &[("text", "Heb jij al gebeld? Laatste kans! <b>x</b>"), ("taal", "nl")], &owner).await;
    let text = pasted.text();
    for said in ["hier zeggen we u", "Heb jij", "Hebt u", "jaagt op"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(pasted.body.contains("<mark class=\"wrong\">Laatste kans</mark>") && !pasted.body.contains("<b>x</b>"));
    let german = house.post(PAGE, &[("text", "Hast du Fragen? Nur heute!"), ("taal", "de")], &owner).await;
    assert!(german.text().contains("hier zeggen we Sie"), "{}", german.text());
    assert_eq!(house.get(PAGE, "").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_is_agreed_is_heard_in_every_message_and_mending_or_strictness_decides_what_goes_live() {
    let (house, owner) = with_journey("woning-reparatie").await;
    let before = house.get(PAGE, &owner).await.text();
    assert!(before.contains("Er valt niets op in deze"), "{before}");
    let saved = house.post(POLICY, &AGREED, &owner).await;
    assert_eq!(saved.location(), POLICY, "{}", saved.text());
    let page = house.get(PAGE, &owner).await;
    for said in ["Wij zeggen „klusser”, niet „vakman”", "„oordeel” zeggen we niet", "Onze woorden"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    assert!(page.body.contains("<mark class=\"wrong\">vakman</mark>"));
    let only = house.get(&format!("{PAGE}?regel=avoided"), &owner).await.text();
    assert!(only.contains("oordeel") && !only.contains("niet „vakman”"), "{only}");
    let draft = house.get("/klantreizen/woning-reparatie/concept", &owner).await.text();
    assert!(draft.contains("Over hoe de berichten klinken zijn"), "one line, not one for each remark: {draft}");
    let message = house.get("/klantreizen/woning-reparatie/concept/bericht/onderweg", &owner).await.text();
    assert!(message.contains("Wij zeggen „klusser”"), "{message}");

    let strict: Vec<_> = AGREED.into_iter().chain([("strict", "ja")]).collect();
    house.post(POLICY, &strict, &owner).await;
    let draft = house.get("/klantreizen/woning-reparatie/concept", &owner).await.text();
    assert!(draft.contains("Wij zeggen „klusser”") && !draft.contains("Over hoe de berichten klinken"), "{draft}");
}

#[tokio::test]
async fn a_mistake_in_what_is_agreed_stands_beside_its_field_and_nothing_is_kept() {
    let (house, owner) = House::with_owner().await;
    let mut form = AGREED;
    form[3].1 = "veel";
    let wrong = house.post(POLICY, &form, &owner).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("Vul een getal in van 0 tot en met 100") && wrong.body.contains("veel"));
    let row = house.app.store.organisation(&house.organisation()).await.unwrap().unwrap();
    assert!(!row.text.contains("voice"), "{}", row.text);
}
