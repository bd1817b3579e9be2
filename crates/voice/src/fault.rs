use words::{Channel, FormOfAddress, Language, limits::MESSAGE_BYTES_MAX};

use crate::{RenderError, limits};

/// Something that keeps a message from being read or published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line of the file, from 1.
    pub line: usize,
    /// The field, as written: `sms`, `questions.werk`, `body`.
    pub field: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What can be wrong with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the texts below say it")]
pub enum FaultKind {
    TooLarge,
    FrontMatterOpen,
    Yaml { detail: String },
    UnknownKey { key: String },
    Twice,
    NotText,
    QuestionName,
    TooManyQuestions,
    ForbiddenCharacter { code: u32 },
    NoSubject,
    NoBody,
    TagOpen,
    TagTooLong,
    TagNotAllowed { word: String },
    SignNotAllowed { sign: String },
    UnknownVariable { name: String, near: Option<String> },
    UnknownFilter { name: String },
    UnknownLink { name: String },
    LinkName,
    Syntax { detail: String },
    BareMoment { variable: String },
    BadUrl { url: String },
    Unrenderable { channel: Channel, error: RenderError },
    QuestionWithoutText { question: String },
    AskWithoutLink,
    FormOfAddress { wanted: FormOfAddress, found: String, write: String },
    NotPatched,
}

impl Fault {
    pub(crate) fn new(line: usize, field: impl ToString, kind: FaultKind) -> Self {
        Self { line, field: field.to_string(), kind }
    }

    /// Line, field, what is wrong and what to do, in one text.
    pub fn message(&self, language: Language) -> String {
        let line = language.pick("Regel", "Line");
        format!("{line} {}, {}: {}", self.line, self.field, self.what(language))
    }

    /// What is wrong and what to do, for a page that shows the line itself.
    pub fn what(&self, language: Language) -> String {
        match language {
            Language::Nl => self.kind.dutch(),
            Language::En => self.kind.english(),
        }
    }
}

impl FaultKind {
    fn dutch(&self) -> String {
        use FaultKind as K;
        match self {
            K::TooLarge => format!("Dit bericht is groter dan {} kB. Maak het korter.", MESSAGE_BYTES_MAX / 1024),
            K::FrontMatterOpen => {
                "De kop begint met --- maar eindigt niet. Zet na de laatste regel van de kop weer ---.".into()
            }
            K::Yaml { detail } => format!("De kop is zo niet te lezen ({detail}). Zet tekst tussen aanhalingstekens."),
            K::UnknownKey { key } => {
                format!(
                    "„{key}” kennen we hier niet. Gebruik subject, sms, whatsapp, whatsapp_template, print, script of questions."
                )
            }
            K::Twice => "Dit staat er twee keer. Haal er één weg.".into(),
            K::NotText => "Hier hoort een gewone tekst. Zet die tussen aanhalingstekens achter de dubbele punt.".into(),
            K::QuestionName => {
                "Een vraag heet naar een kort woord, zoals „gemak”. Gebruik letters, cijfers en streepjes.".into()
            }
            K::TooManyQuestions => {
                format!("Een bericht stelt hoogstens {} vragen. Haal er vragen uit.", limits::QUESTIONS_MAX)
            }
            K::ForbiddenCharacter { code } => format!("Hier staat een onzichtbaar teken (U+{code:04X}). Haal het weg."),
            K::NoSubject => "Een e-mail, brief of kaart heeft een onderwerp nodig. Vul subject in.".into(),
            K::NoBody => "Er staat nog geen tekst. Schrijf het bericht onder de kop.".into(),
            K::TagOpen => "Een invulplek begint maar eindigt niet. Sluit af met }} of %}.".into(),
            K::TagTooLong => {
                format!("Deze invulplek is langer dan {} tekens. Maak haar korter.", limits::TAG_BYTES_MAX)
            }
            K::TagNotAllowed { word } => format!("„{word}” mag hier niet. Gebruik alleen if, elif, else en endif."),
            K::SignNotAllowed { sign } => {
                format!("„{sign}” mag niet in een invulplek. Gebruik een naam, een filter of een vergelijking.")
            }
            K::UnknownVariable { name, near: Some(near) } => {
                format!("„{name}” is geen gegeven van deze klantreis. Bedoelt u „{near}”?")
            }
            K::UnknownVariable { name, near: None } => {
                format!("„{name}” is geen gegeven van deze klantreis. Zet het bij facts, of kies een ander.")
            }
            K::UnknownFilter { name } => format!("Filter „{name}” bestaat niet. Gebruik day, time, window of default."),
            K::UnknownLink { name } => {
                format!(
                    "Link „{name}” bestaat niet. Maak haar aan bij de links van de organisatie, of kies een andere."
                )
            }
            K::LinkName => "Achter link hoort de naam van een pagina, zoals link('ask').".into(),
            K::Syntax { detail } => {
                format!("Een invulplek klopt niet ({detail}). Verbeter haar, of haal haar weg en voeg haar opnieuw in.")
            }
            K::BareMoment { variable } => format!(
                "„{variable}” is een dag of tijd en zou als code verschijnen. Schrijf {{{{ {variable} | day }}}}."
            ),
            K::BadUrl { url } => format!("„{url}” is geen veilige link. Begin met https://, mailto: of tel:."),
            K::Unrenderable { channel, error } => {
                format!("Voor {channel} lukt dit bericht niet: {}", error.message(Language::Nl))
            }
            K::QuestionWithoutText { question } => {
                format!("Vraag „{question}” wordt gesteld maar heeft geen tekst. Zet haar bij questions.")
            }
            K::AskWithoutLink => {
                "Dit bericht vraagt iets, maar niemand kan antwoorden. Zet er {{ link('ask') }} in.".into()
            }
            K::FormOfAddress { wanted, found, write } => {
                format!("„{found}” past niet: deze klantreis zegt {}. Schrijf „{write}”.", wanted.as_str())
            }
            K::NotPatched => {
                "Deze wijziging past niet in de kop zoals die nu is. Pas de tekst van het bestand zelf aan.".into()
            }
        }
    }

    fn english(&self) -> String {
        use FaultKind as K;
        match self {
            K::TooLarge => format!("This message is larger than {} kB. Make it shorter.", MESSAGE_BYTES_MAX / 1024),
            K::FrontMatterOpen => "The head opens with --- but does not close. Put --- after its last line.".into(),
            K::Yaml { detail } => format!("The head cannot be read ({detail}). Put texts between quotes."),
            K::UnknownKey { key } => {
                format!(
                    "‘{key}’ is not known here. Use subject, sms, whatsapp, whatsapp_template, print, script or questions."
                )
            }
            K::Twice => "This is here twice. Remove one.".into(),
            K::NotText => "A plain text belongs here. Put it between quotes after the colon.".into(),
            K::QuestionName => {
                "A question is named by a short word such as ‘ease’. Use letters, digits and dashes.".into()
            }
            K::TooManyQuestions => format!("A message asks at most {} questions. Remove some.", limits::QUESTIONS_MAX),
            K::ForbiddenCharacter { code } => {
                format!("There is an invisible character here (U+{code:04X}). Remove it.")
            }
            K::NoSubject => "An e-mail, letter or card needs a subject. Fill in subject.".into(),
            K::NoBody => "There is no text yet. Write the message below the head.".into(),
            K::TagOpen => "A placeholder opens but does not close. Close it with }} or %}.".into(),
            K::TagTooLong => {
                format!("This placeholder is longer than {} characters. Make it shorter.", limits::TAG_BYTES_MAX)
            }
            K::TagNotAllowed { word } => format!("‘{word}’ is not allowed here. Use only if, elif, else and endif."),
            K::SignNotAllowed { sign } => {
                format!("‘{sign}’ is not allowed in a placeholder. Use a name, a filter or a comparison.")
            }
            K::UnknownVariable { name, near: Some(near) } => {
                format!("‘{name}’ is no fact of this journey. Did you mean ‘{near}’?")
            }
            K::UnknownVariable { name, near: None } => {
                format!("‘{name}’ is no fact of this journey. Declare it under facts, or choose another.")
            }
            K::UnknownFilter { name } => format!("Filter ‘{name}’ does not exist. Use day, time, window or default."),
            K::UnknownLink { name } => {
                format!("Link ‘{name}’ does not exist. Add it to the organisation's links, or choose another.")
            }
            K::LinkName => "The name of a page belongs after link, as in link('ask').".into(),
            K::Syntax { detail } => {
                format!("A placeholder is wrong ({detail}). Correct it, or remove it and insert it again.")
            }
            K::BareMoment { variable } => {
                format!("‘{variable}’ is a day or time and would appear as code. Write {{{{ {variable} | day }}}}.")
            }
            K::BadUrl { url } => format!("‘{url}’ is not a safe link. Begin with https://, mailto: or tel:."),
            K::Unrenderable { channel, error } => {
                format!("This message fails for {channel}: {}", error.message(Language::En))
            }
            K::QuestionWithoutText { question } => {
                format!("Question ‘{question}’ is asked but has no text. Add it under questions.")
            }
            K::AskWithoutLink => {
                "This message asks something, but nobody can answer. Put {{ link('ask') }} in it.".into()
            }
            K::FormOfAddress { wanted, found, write } => {
                format!("‘{found}’ does not fit: this journey says {}. Write ‘{write}’.", wanted.as_str())
            }
            K::NotPatched => "This change does not fit the head as it is. Edit the text of the file itself.".into(),
        }
    }
}
