use std::collections::BTreeMap;

use words::{Language, VersionHash, digest};

use crate::language::scalar::is_id;

/// Files of one journey at most.
pub const FILES_MAX: usize = 1_000;

/// The folder of a journey: relative file names (with `/`) and their texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    files: BTreeMap<String, String>,
}

impl Folder {
    /// The name of the definition itself.
    pub const DEFINITION: &'static str = "journey.yaml";
    /// The name of the file that says how simulated customers behave.
    pub const SIMULATION: &'static str = "simulate.yaml";

    /// Holds these files.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { files: files.into_iter().collect() }
    }

    /// A folder of a definition alone.
    pub fn of_definition(text: impl Into<String>) -> Self {
        Self::new([(Self::DEFINITION.to_owned(), text.into())])
    }

    /// Puts a file in, or in the place of the one with this name.
    pub fn put(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.files.insert(name.into(), text.into());
    }

    /// Takes a file out.
    pub fn remove(&mut self, name: &str) -> Option<String> {
        self.files.remove(name)
    }

    /// The text of a file.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// Every file by name, in the order of the names.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The file of a message: `messages/herinnering.nl.md`.
    pub fn message_file(message: &str, language: Language) -> String {
        format!("messages/{message}.{}.md", language.tag())
    }

    /// The text of a message in a language.
    pub fn message(&self, message: &str, language: Language) -> Option<&str> {
        self.get(&Self::message_file(message, language))
    }

    /// Whether a file of this name belongs to a journey; what else lies beside it is left alone.
    pub fn is_part(file: &str) -> bool {
        let in_messages = |name: &str| name.ends_with(".md") && !name.contains('/');
        file == Self::DEFINITION || file == Self::SIMULATION || file.strip_prefix("messages/").is_some_and(in_messages)
    }

    /// Whether a file is named as a message: an id and a language.
    pub fn is_message(file: &str) -> bool {
        message_name(file).is_some_and(is_id)
    }

    /// The names of the messages that exist in any language, without repetition.
    pub fn messages(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.files.keys().filter_map(|file| message_name(file)).collect();
        names.dedup();
        names
    }

    /// The digest of the whole folder, names and texts: any change of any file gives another.
    pub fn hash(&self) -> VersionHash {
        let parts: Vec<&str> = self.files().flat_map(|(name, text)| [name, text]).collect();
        let hex = digest(&parts).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        VersionHash::new(hex)
    }
}

fn message_name(file: &str) -> Option<&str> {
    let name = file.strip_prefix("messages/")?.strip_suffix(".md")?;
    let (name, tag) = name.rsplit_once('.')?;
    Language::ALL.iter().any(|language| language.tag() == tag).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_covers_names_and_texts() {
        let mut folder = Folder::of_definition("journey: a");
        let first = folder.hash();
        assert_eq!(first.as_str().len(), 64);
        folder.put("messages/x.nl.md", "Dag");
        let second = folder.hash();
        assert_ne!(first, second);
        folder.remove("messages/x.nl.md");
        folder.put("messages/y.nl.md", "Dag");
        assert_ne!(second, folder.hash(), "the name counts too");
        folder.remove("messages/y.nl.md");
        assert_eq!(first, folder.hash());
    }

    #[test]
    fn messages_are_files_with_a_language() {
        let folder = Folder::new(
            ["messages/a.nl.md", "messages/a.en.md", "messages/b.md", "a.nl.md"]
                .map(|name| (name.to_owned(), String::new())),
        );
        assert_eq!(folder.messages(), ["a"]);
    }
}
