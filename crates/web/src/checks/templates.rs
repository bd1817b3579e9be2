use jiff::tz::TimeZone;
use minijinja::{Value, context};
use store::{Account, Role};
use words::{Language, OrganisationId};

use crate::{
    House,
    language::{CustomerWord, Speech, Text},
    shell::{Member, around},
    views::{self, Templates, data},
};

/// Templates that are parts of others.
const PARTS: &[&str] = &["layout.html", "bar.html", "narrow.html", "settings.html"];

/// Folders of pages that someone who is not logged in may see.
const OPEN: &[&str] = &["session/", "account/first", "password/", "invitation/", "problem/", "ask/"];

/// The pages: every template but the parts.
fn pages() -> Vec<String> {
    Templates::iter()
        .map(|name| name.to_string())
        .filter(|name| !PARTS.contains(&name.as_str()) && !name.starts_with("macros/"))
        .filter(|name| !name.rsplit('/').next().is_some_and(|file| file.starts_with('_')))
        .collect()
}

/// What a page is made of in these tests: `samples/<page>.json`, a list of contexts.
fn samples(page: &str) -> Vec<serde_json::Value> {
    let path = format!("{}/samples/{}.json", env!("CARGO_MANIFEST_DIR"), page.trim_end_matches(".html"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{page} needs samples in {path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn surroundings(language: Language, member: bool) -> Value {
    let now = "2026-11-24T09:42:00Z".parse().unwrap();
    let zone = TimeZone::get("Europe/Amsterdam").unwrap();
    let customer = CustomerWord::new("huurder", "huurders");
    let speech = Speech { language, zone: zone.clone(), customer: customer.on_page(language), now };
    let house = House {
        id: OrganisationId::new("rijnoever"),
        name: "Rijnoever Wonen".into(),
        zone,
        language: Language::Nl,
        customer,
        teams: vec!["klantcontactcentrum".into()],
    };
    let account = Account {
        id: uuid::Uuid::nil(),
        organisation: house.id.clone(),
        email: "fatima@rijnoever.example".into(),
        name: "Fatima Amrani".into(),
        role: Role::Owner,
        password_hash: None,
        language: language.tag().into(),
        team: None,
        created: now,
    };
    let member = member.then_some(Member { account, house });
    around(&speech, "/instellingen/leden", member.as_ref(), Some(&Text::new("account-saved")))
}

#[test]
fn every_page_renders_in_both_languages() {
    for page in pages() {
        let template = views::environment().get_template(&page).unwrap_or_else(|error| panic!("{page}: {error:#}"));
        for (number, sample) in samples(&page).iter().enumerate() {
            for (language, member) in [(Language::Nl, true), (Language::En, true), (Language::Nl, false)] {
                if !member && !OPEN.iter().any(|folder| page.starts_with(folder)) {
                    continue;
                }
                let context = context! { ..data(sample), ..surroundings(language, member) };
                let html = template
                    .render(context)
                    .unwrap_or_else(|error| panic!("{page}, sample {number}, {language:?}: {error:#}"));
                assert!(html.contains("<h1"), "{page} has no heading");
                for forbidden in [" style=", "<style", " onclick=", "javascript:"] {
                    assert!(!html.contains(forbidden), "{page} has{forbidden}, which the policy forbids");
                }
            }
        }
    }
}

#[test]
fn no_field_is_without_a_name_that_is_read_out() {
    for page in pages() {
        for sample in samples(&page) {
            let context = context! { ..data(sample), ..surroundings(Language::Nl, true) };
            let html = views::environment().get_template(&page).unwrap().render(context).unwrap();
            for (at, _) in html.match_indices("<input ") {
                let tag = &html[at..at + html[at..].find('>').unwrap()];
                let in_label = html[..at].matches("<label").count() > html[..at].matches("</label>").count();
                let named =
                    in_label || ["aria-label", "type=\"hidden\"", "id=\"q\""].iter().any(|name| tag.contains(name));
                assert!(named, "{page}: {tag} has no label");
            }
        }
    }
}

#[test]
fn the_style_sheet_and_scripts_stay_small() {
    let css = crate::Assets::get().bytes("app.css").unwrap();
    // Brotli takes about a fifth of this; 30 kB is the budget on the wire.
    assert!(css.len() < 120_000, "{} bytes of style", css.len());
}
