//! The reference journeys of this repository: every message of theirs is fit to publish, in every language it exists in.

use std::{fs, path::Path};

use journey::{Folder, Organisation, parse};
use voice::{Declared, Message, check};
use words::Language;

#[test]
fn every_message_of_the_reference_journeys_is_fit_to_publish() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../journeys");
    let (organisation, _) = Organisation::parse(&fs::read_to_string(root.join("organisation.yaml")).unwrap());
    let mut count = 0;
    for name in ["bibliotheek-reserveren", "hulp-bij-inloggen", "winkel-webshop", "woning-reparatie"] {
        let folder = root.join(name);
        let text = fs::read_to_string(folder.join("journey.yaml")).unwrap();
        let definition = parse(&Folder::of_definition(text), &organisation).definition.unwrap();
        let sent = definition.touchpoints.iter().filter_map(|touchpoint| touchpoint.send.clone());
        for message in sent {
            for language in Language::ALL {
                let path = folder.join(Folder::message_file(&message, language));
                let Ok(source) = fs::read_to_string(path) else { continue };
                let declared = Declared::of(&definition, &organisation, &message);
                assert!(!declared.channels.is_empty() && !declared.facts.is_empty(), "{name}/{message}");
                assert_eq!(check(&Message::parse(&source, language).unwrap(), &declared), [], "{name}/{message}");
                count += 1;
            }
        }
    }
    assert!(count >= 21, "{count}");
}
