use words::CustomerWord;

use super::Texts;
use super::wanted::one_of;

/// What can be wrong with the form of a text, before one asks what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// The scanner cannot read it; its own words.
    Yaml(String),
    /// `&` and `*`.
    Anchors,
    /// `!tag`.
    Tags,
    /// A second document.
    Documents,
    /// Deeper than so many levels.
    TooDeep(usize),
    /// More values than so many.
    TooMany(usize),
    /// More bytes than so many.
    TooBig(usize),
    /// A key that stands twice in one mapping.
    Twice(String),
    /// A key that is no plain name.
    KeyShape,
    /// No `journey.yaml` in the folder, or an empty one.
    NoFile(String),
    /// More files than so many.
    TooManyFiles(usize),
    /// A file that has no place in the folder.
    StrangeFile(String),
    /// Something else is wanted.
    Wanted {
        /// What stands there, shortened.
        found: String,
        /// What is wanted: Dutch, English.
        wanted: Texts,
    },
    /// Nothing stands where something is wanted: Dutch, English.
    Empty(Texts),
    /// A number or a truth where a text is wanted.
    Unquoted(String),
    /// A required key is not there.
    Missing {
        /// Which.
        key: &'static str,
        /// What it wants: Dutch, English.
        wanted: Texts,
    },
    /// A key that the language does not have.
    Unknown {
        /// As written.
        key: String,
        /// The nearest known one.
        near: Option<String>,
        /// Every known one.
        known: Vec<String>,
    },
    /// A list that is too long.
    LongList {
        /// How long it is.
        found: usize,
        /// How long it may be.
        max: usize,
    },
}

impl Form {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Yaml(_) => "yaml",
            Self::Anchors => "yaml_anchor",
            Self::Tags => "yaml_tag",
            Self::Documents => "yaml_documents",
            Self::TooDeep(_) => "too_deep",
            Self::TooMany(_) => "too_many",
            Self::TooBig(_) => "too_big",
            Self::Twice(_) => "key_twice",
            Self::KeyShape => "key_shape",
            Self::NoFile(_) => "no_file",
            Self::TooManyFiles(_) => "too_many_files",
            Self::StrangeFile(_) => "strange_file",
            Self::Wanted { .. } => "wrong_value",
            Self::Empty(_) => "empty_value",
            Self::Unquoted(_) => "unquoted_text",
            Self::Missing { .. } => "missing_key",
            Self::Unknown { .. } => "unknown_key",
            Self::LongList { .. } => "long_list",
        }
    }

    pub(super) fn texts(&self, _who: &CustomerWord) -> Texts {
        match self {
            Self::Twice(key) => (
                format!("'{key}' staat hier twee keer. Laat er een staan."),
                format!("'{key}' stands here twice. Leave one of them."),
            ),
            Self::Wanted { found, wanted } => (
                format!("Hier staat {found}, maar dat kan hier niet. Schrijf {}.", wanted.0),
                format!("This says {found}, which cannot stand here. Write {}.", wanted.1),
            ),
            Self::Empty(wanted) => (
                format!("Hier staat nog niets. Schrijf {}.", wanted.0),
                format!("This is still empty. Write {}.", wanted.1),
            ),
            Self::Unquoted(found) => (
                format!(
                    "Hier hoort tekst, en {found} leest als iets anders. Zet het tussen aanhalingstekens: \"{found}\"."
                ),
                format!(
                    "This wants a text, and {found} reads as something else. Put it between quotation marks: \"{found}\"."
                ),
            ),
            Self::Missing { key, wanted } => (
                format!("'{key}' ontbreekt. Zet erbij: {key}, met {}.", wanted.0),
                format!("'{key}' is missing. Add {key}, with {}.", wanted.1),
            ),
            Self::Unknown { key, near: Some(near), .. } => (
                format!("'{key}' is hier geen bekende sleutel. Bedoelt u '{near}'?"),
                format!("'{key}' is not a known key here. Do you mean '{near}'?"),
            ),
            Self::Unknown { key, known, .. } => (
                format!("'{key}' is hier geen bekende sleutel. Haal de regel weg of gebruik {}.", one_of(known, "of")),
                format!("'{key}' is not a known key here. Remove the line or use {}.", one_of(known, "or")),
            ),
            Self::LongList { found, max } => (
                format!("Deze lijst heeft {found} regels; er passen er {max} in. Haal er {} weg.", found - max),
                format!("This list has {found} items; at most {max} fit. Remove {}.", found - max),
            ),
            Self::TooDeep(_) | Self::TooMany(_) | Self::TooBig(_) | Self::TooManyFiles(_) => self.texts_of_limits(),
            _ => self.texts_of_file(),
        }
    }

    fn texts_of_limits(&self) -> Texts {
        match self {
            Self::TooDeep(max) => (
                format!(
                    "De groepen zitten hier te diep in elkaar (meer dan {max} lagen). Sluit eerst een haakje of spring minder in."
                ),
                format!(
                    "The groups are nested too deeply here (more than {max} levels). Close a bracket first or indent less."
                ),
            ),
            Self::TooMany(max) => (
                format!("Dit bestand heeft meer dan {max} waarden. Verdeel de klantreis over twee."),
                format!("This file has more than {max} values. Divide the journey into two."),
            ),
            Self::TooBig(max) => (
                format!("Dit bestand is groter dan {} kB. Maak het korter.", max / 1024),
                format!("This file is larger than {} kB. Make it shorter.", max / 1024),
            ),
            Self::TooManyFiles(max) => (
                format!("Deze map heeft meer dan {max} bestanden. Haal weg wat niet bij de reis hoort."),
                format!("This folder has more than {max} files. Remove what does not belong to the journey."),
            ),
            _ => Texts::default(),
        }
    }

    fn texts_of_file(&self) -> Texts {
        let (dutch, english) = match self {
            Self::Yaml(info) => {
                return (
                    format!(
                        "De tekst is vanaf hier niet te lezen. Kijk op deze regel en die erboven naar inspringing, aanhalingstekens en haakjes. (YAML: {info})"
                    ),
                    format!(
                        "The text cannot be read from here on. Look at this line and the one above it for indentation, quotation marks and brackets. (YAML: {info})"
                    ),
                );
            }
            Self::NoFile(name) => {
                return (
                    format!("Er is geen {name}, of het is leeg. Begin met de regel 'journey: naam-van-de-reis'."),
                    format!("There is no {name}, or it is empty. Begin with the line 'journey: name-of-the-journey'."),
                );
            }
            Self::StrangeFile(name) => {
                return (
                    format!(
                        "'{name}' heeft niet de naam van een bericht. Noem het messages/<naam>.nl.md, met kleine letters en streepjes, of haal het weg."
                    ),
                    format!(
                        "'{name}' is not named as a message. Name it messages/<name>.nl.md, in lower case with hyphens, or remove it."
                    ),
                );
            }
            Self::Anchors => (
                "Verwijzingen met & en * doen niet mee. Schrijf de tekst hier voluit; begint de waarde zelf met zo'n teken, zet hem dan tussen aanhalingstekens.",
                "References with & and * are not used. Write the text here in full; if the value itself begins with such a sign, put it between quotation marks.",
            ),
            Self::Tags => (
                "Een uitroepteken heeft hier een eigen betekenis. Zet de waarde tussen aanhalingstekens.",
                "An exclamation mark has a meaning of its own here. Put the value between quotation marks.",
            ),
            Self::Documents => (
                "Na --- begint een tweede tekst. Eén bestand is één klantreis: haal de streepjes weg.",
                "A second text begins after ---. One file is one journey: remove the dashes.",
            ),
            _ => (
                "Een sleutel is één woord. Schrijf hier de naam van een sleutel met een dubbele punt.",
                "A key is one word. Write the name of a key here, with a colon.",
            ),
        };
        (dutch.to_owned(), english.to_owned())
    }
}
