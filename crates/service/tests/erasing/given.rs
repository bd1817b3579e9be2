//! Somebody is given everything that is held of them.

use service::access::Access;
use store::Sqlite;

use crate::house::{Folder, MARK, Past, world};

#[tokio::test]
async fn every_text_that_somebody_said_is_in_the_document_and_in_the_tables() {
    let folder = Folder::new("given");
    let world = world(Sqlite::in_memory().await.unwrap(), &folder.0).await;
    let past = Past::marked();
    world.live_through(&past.events).await;
    let (mut documents, mut tables) = (String::new(), String::new());
    for name in &past.marked {
        let customer = world.who(name).await.unwrap();
        let access = Access::gather(world.store(), &world.organisation, customer, world.drive.now()).await.unwrap();
        let access = access.expect("somebody");
        let document: serde_json::Value = serde_json::from_str(&access.json()).unwrap();
        assert_eq!(document["format"], "klantreis.customer.1");
        for kind in ["profile", "names", "objects", "runs", "contacts", "messages", "decisions", "events"] {
            assert!(document[kind].as_array().is_some_and(|rows| !rows.is_empty()), "{kind} of {name}");
        }
        documents.push_str(&access.json());
        for (_, table) in access.tables().unwrap() {
            tables.push_str(&String::from_utf8(table).unwrap());
        }
        let story = String::from_utf8(access.story().unwrap()).unwrap();
        assert!(story.starts_with('\u{feff}') && story.contains("touchpoint"), "{story}");
    }
    let until = crate::house::END.parse().unwrap();
    let said = past.events.iter().filter(|event| event.received <= until);
    let said: Vec<String> = said
        .flat_map(|event| event.properties.values().filter_map(|value| value.as_str().map(str::to_owned)))
        .filter(|text| text.starts_with(MARK) && !text.contains("-T-"))
        .collect();
    assert!(said.len() > 50);
    for text in said {
        assert!(documents.contains(&text) && tables.contains(&text), "{text}");
    }
}
