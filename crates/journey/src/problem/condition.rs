use words::CustomerWord;

use super::Texts;
use super::reference::some_of;
use super::wanted::one_of;
use crate::language::lists::FUNCTIONS;
use crate::typing::Type;

/// What can be wrong with a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Longer than so many characters.
    TooLong(usize),
    /// More brackets within brackets than so many.
    TooDeep(usize),
    /// It cannot be read.
    Syntax,
    /// Something of CEL that the language leaves out.
    LeftOut(String),
    /// A name that stands for nothing.
    Name {
        /// As written.
        name: String,
        /// The nearest.
        near: Option<String>,
        /// What may stand first.
        known: Vec<String>,
    },
    /// A property that an object or the customer does not have.
    Property {
        /// Of what.
        object: String,
        /// As written.
        property: String,
        /// The nearest.
        near: Option<String>,
        /// What it has.
        known: Vec<String>,
    },
    /// An object where one of its properties is wanted.
    WholeObject {
        /// Which.
        object: String,
        /// What it has.
        known: Vec<String>,
    },
    /// `event` where no event makes anything happen.
    NoEvent,
    /// A function that does not exist.
    Function(String),
    /// A function with something else than it takes.
    Arguments {
        /// Which.
        function: String,
        /// How it is written.
        example: &'static str,
    },
    /// `happened` of a touchpoint that does not exist.
    Happened {
        /// As written.
        name: String,
        /// The nearest.
        near: Option<String>,
        /// Those that exist.
        known: Vec<String>,
    },
    /// Two sides that do not go together.
    Sides {
        /// `==`, `<`, `+`.
        operator: &'static str,
        /// The left side, as written, and its type.
        left: (String, Type),
        /// The right side.
        right: (String, Type),
    },
    /// Something that is not true or false where that is wanted.
    NotBool {
        /// As written.
        part: String,
        /// What it is.
        found: Type,
    },
    /// A whole number in a sum with decimal numbers.
    Whole(String),
    /// A negation of a fact that may be missing.
    Negation(String),
}

impl Condition {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::TooLong(_) => "condition_long",
            Self::TooDeep(_) => "condition_deep",
            Self::Syntax => "condition_syntax",
            Self::LeftOut(_) => "condition_left_out",
            Self::Name { .. } => "condition_name",
            Self::Property { .. } | Self::WholeObject { .. } => "condition_property",
            Self::NoEvent => "condition_no_event",
            Self::Function(_) => "condition_function",
            Self::Arguments { .. } => "condition_arguments",
            Self::Happened { .. } => "condition_happened",
            Self::Sides { .. } => "condition_types",
            Self::NotBool { .. } => "condition_not_bool",
            Self::Whole(_) => "condition_whole_number",
            Self::Negation(_) => "condition_negation",
        }
    }

    pub(super) fn texts(&self, _who: &CustomerWord) -> Texts {
        match self {
            Self::Name { .. } | Self::Property { .. } | Self::WholeObject { .. } | Self::Happened { .. } => {
                self.texts_of_names()
            }
            Self::Sides { .. } | Self::NotBool { .. } | Self::Whole(_) | Self::Negation(_) => self.texts_of_types(),
            _ => self.texts_of_form(),
        }
    }

    fn texts_of_form(&self) -> Texts {
        match self {
            Self::TooLong(max) => (
                format!("Deze voorwaarde is langer dan {max} tekens. Maak er twee contactmomenten van, of vraag minder."),
                format!("This condition is longer than {max} characters. Make two touchpoints of it, or ask less."),
            ),
            Self::TooDeep(max) => (
                format!("Deze voorwaarde heeft meer dan {max} haakjes in elkaar. Schrijf hem vlakker."),
                format!("This condition has more than {max} brackets within brackets. Write it flatter."),
            ),
            Self::LeftOut(part) => (
                format!("{part} kan niet in een voorwaarde. Gebruik ==, !=, <, <=, >, >=, in, &&, ||, !, +, -, * en /."),
                format!("{part} cannot be used in a condition. Use ==, !=, <, <=, >, >=, in, &&, ||, !, +, -, * and /."),
            ),
            Self::NoEvent => (
                "Hier is geen gebeurtenis: dit hangt aan een tijd of aan een voorwaarde. Vraag het gegeven zelf, zoals appointment.status, of laat when een gebeurtenis zijn.".to_owned(),
                "There is no event here: this hangs on a time or on a condition. Ask the fact itself, such as appointment.status, or let when be an event.".to_owned(),
            ),
            Self::Function(name) => (
                format!("'{name}' bestaat niet. Gebruik {}.", one_of(FUNCTIONS, "of")),
                format!("'{name}' does not exist. Use {}.", one_of(FUNCTIONS, "or")),
            ),
            Self::Arguments { function, example } => (
                format!("'{function}' wordt zo geschreven: {example}."),
                format!("'{function}' is written like this: {example}."),
            ),
            _ => (
                "Deze voorwaarde is niet te lezen. Kijk naar haakjes en aanhalingstekens; gelijk aan is ==, en is &&, of is ||, niet is !.".to_owned(),
                "This condition cannot be read. Look at brackets and quotation marks; equal is ==, and is &&, or is ||, not is !.".to_owned(),
            ),
        }
    }

    fn texts_of_names(&self) -> Texts {
        match self {
            Self::Name { name, near: Some(near), .. } => (
                format!("'{name}' is hier niet bekend. Bedoelt u '{near}'?"),
                format!("'{name}' is not known here. Do you mean '{near}'?"),
            ),
            Self::Name { name, known, .. } => (
                format!(
                    "'{name}' is hier niet bekend. Is het een tekst, schrijf dan '{name}' met enkele aanhalingstekens; anders begint het met {}.",
                    some_of(known, "of")
                ),
                format!(
                    "'{name}' is not known here. If it is a text, write '{name}' with single quotation marks; else it begins with {}.",
                    some_of(known, "or")
                ),
            ),
            Self::Property { object, property, near: Some(near), .. } => (
                format!("'{object}' heeft geen '{property}'. Bedoelt u {object}.{near}?"),
                format!("'{object}' has no '{property}'. Do you mean {object}.{near}?"),
            ),
            Self::Property { object, property, known, .. } => (
                format!(
                    "'{object}' heeft geen '{property}'. Kies {}{}.",
                    some_of(known, "of"),
                    if object == "customer" { "" } else { ", of zet het bij facts" }
                ),
                format!(
                    "'{object}' has no '{property}'. Choose {}{}.",
                    some_of(known, "or"),
                    if object == "customer" { "" } else { ", or add it to facts" }
                ),
            ),
            Self::WholeObject { object, known } => (
                format!(
                    "'{object}' is een onderwerp met meer gegevens. Zeg welk: {object} met een punt en {}.",
                    some_of(known, "of")
                ),
                format!(
                    "'{object}' is an object with several facts. Say which: {object} with a dot and {}.",
                    some_of(known, "or")
                ),
            ),
            Self::Happened { name, near: Some(near), .. } => (
                format!(
                    "happened vraagt naar een contactmoment, en '{name}' bestaat niet. Bedoelt u happened('{near}')?"
                ),
                format!("happened asks for a touchpoint, and '{name}' does not exist. Do you mean happened('{near}')?"),
            ),
            Self::Happened { name, known, .. } => (
                format!(
                    "happened vraagt naar een contactmoment, en '{name}' bestaat niet. Kies {}.",
                    some_of(known, "of")
                ),
                format!(
                    "happened asks for a touchpoint, and '{name}' does not exist. Choose {}.",
                    some_of(known, "or")
                ),
            ),
            _ => Texts::default(),
        }
    }

    fn texts_of_types(&self) -> Texts {
        match self {
            Self::Sides { operator, left, right } => (
                format!(
                    "{operator} gaat hier niet: {} is {}, {} is {}. Vergelijk dezelfde soort met elkaar.",
                    left.0,
                    left.1.dutch(),
                    right.0,
                    right.1.dutch()
                ),
                format!(
                    "{operator} does not work here: {} is {}, {} is {}. Compare two of the same kind.",
                    left.0,
                    left.1.english(),
                    right.0,
                    right.1.english()
                ),
            ),
            Self::NotBool { part, found } => (
                format!(
                    "Een voorwaarde is waar of onwaar, maar {part} is {}. Vergelijk het met iets, zoals {part} == …",
                    found.dutch()
                ),
                format!(
                    "A condition is true or false, but {part} is {}. Compare it with something, such as {part} == …",
                    found.english()
                ),
            ),
            Self::Whole(number) => (
                format!(
                    "Gegevens zijn getallen met een komma. Schrijf in deze berekening {number}.0 in plaats van {number}."
                ),
                format!("Facts are decimal numbers. Write {number}.0 in this calculation instead of {number}."),
            ),
            Self::Negation(fact) => (
                format!(
                    "Is {fact} niet bekend, dan is deze voorwaarde onwaar. Wilt u dat niet, schrijf dan: !has({fact}) || …"
                ),
                format!(
                    "If {fact} is not known, this condition is false. If you do not want that, write: !has({fact}) || …"
                ),
            ),
            _ => Texts::default(),
        }
    }
}
