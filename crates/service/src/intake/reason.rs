use serde::{Deserialize, Serialize};
use words::Language;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $nl:literal, $en:literal;)+) => {
        /// Why something that came in was not taken. Its text is what a store keeps.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $text)] $name),+
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// As it is stored.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// Reads a stored code.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == text)
            }

            /// What was wrong and what to do about it; `{}` stands for the particulars.
            const fn sentence(self, language: Language) -> &'static str {
                match self { $(Self::$name => language.pick($nl, $en)),+ }
            }
        }
    };
}

codes! {
    /// The item is no JSON object.
    NotAnObject = "not_an_object",
        "Dit is geen gebeurtenis maar JSON van de soort {}. Stuur een JSON-object.",
        "This is no event but JSON of the kind {}. Send a JSON object.";
    /// Neither a kind of call that we know.
    BadType = "bad_type",
        "Het soort aanroep {} kennen we niet. Gebruik identify, track, page, screen, group of alias.",
        "The kind of call {} is not known. Use identify, track, page, screen, group or alias.";
    /// The event is larger than one event may be.
    TooLarge = "too_large",
        "De gebeurtenis is {} bytes groot. Stuur minder eigenschappen of kortere teksten.",
        "The event has {} bytes. Send fewer properties or shorter texts.";
    /// There is no name.
    NoName = "no_name",
        "De gebeurtenis heeft geen naam. Vul een naam in zoals appointment.booked.",
        "The event has no name. Give it one such as appointment.booked.";
    /// The name is no object.action and cannot be made one.
    BadName = "bad_name",
        "De naam {} noemt geen onderwerp met een handeling. Schrijf hem als onderwerp.handeling (order.completed) of als \"Order Completed\".",
        "The name {} does not say what happened to what. Write it as object.action (order.completed) or as \"Order Completed\".";
    /// The name belongs to our own pages and senders.
    ReservedName = "reserved_name",
        "De naam {} is van klantreis zelf. Kies een andere naam; voor klantgegevens is er identify.",
        "The name {} belongs to klantreis itself. Choose another; for who a customer is there is identify.";
    /// Nothing says whom or what it is about.
    NoIdentity = "no_identity",
        "Er staat niet bij om wie het gaat. Stuur userId of anonymousId mee (of customer), of het nummer van een object zoals order_id.",
        "It does not say whom it is about. Send userId or anonymousId (or customer), or the id of an object such as order_id.";
    /// An id is empty, too long or no text.
    BadId = "bad_id",
        "Het kenmerk {} is leeg, te lang of geen tekst. Gebruik hoogstens 200 tekens.",
        "The id {} is empty, too long or no text. Use at most 200 characters.";
    /// A time that cannot be read.
    BadTime = "bad_time",
        "Het tijdstip {} is niet te lezen. Schrijf het als 2027-03-01T09:30:00+01:00, met de tijdzone erbij.",
        "The time {} cannot be read. Write it as 2027-03-01T09:30:00+01:00, with its offset.";
    /// Imported history that lies in the future.
    FutureTime = "future_time",
        "Het tijdstip {} ligt in de toekomst. Importeer alleen wat al gebeurd is; controleer de notatie van de datum.",
        "The time {} lies in the future. Import only what has happened; check how the date is written.";
    /// Properties that are no object.
    BadProperties = "bad_properties",
        "De eigenschappen zijn van de soort {} in plaats van een JSON-object. Stuur ze als namen met waarden.",
        "The properties are of the kind {} instead of a JSON object. Send them as names with values.";
    /// More properties than an event may have.
    TooManyProperties = "too_many_properties",
        "De gebeurtenis heeft {} eigenschappen; hoogstens 100 mag. Laat weg wat de klantreis niet gebruikt.",
        "The event has {} properties; at most 100 are allowed. Leave out what the journey does not use.";
    /// A text longer than a fact may be, or a property's name.
    TextTooLong = "text_too_long",
        "De eigenschap {} is te lang; hoogstens 2.000 tekens mag. Kort hem in of laat hem weg.",
        "The property {} is too long; at most 2,000 characters are allowed. Shorten it or leave it out.";
    /// An alias without one of its two ids.
    NoPrevious = "no_previous",
        "Een alias heeft userId en previousId nodig; {} ontbreekt. Stuur beide mee.",
        "An alias needs userId and previousId; {} is missing. Send both.";
    /// A row with another number of columns than the header.
    BadColumns = "bad_columns",
        "De regel heeft niet evenveel kolommen als de kop ({}). Staat er een scheidingsteken of aanhalingsteken in een waarde?",
        "The row has not as many columns as the header ({}). Does a value hold a delimiter or a quote?";
    /// A CloudEvent of another version than ours.
    BadVersion = "bad_version",
        "De versie {} van CloudEvents kennen we niet. Stuur specversion 1.0.",
        "The version {} of CloudEvents is not known. Send specversion 1.0.";
    /// A webhook came before anyone said where in it the event stands.
    NoMapping = "no_mapping",
        "Van deze bron is nog niet aangewezen waar de gebeurtenis staat. Doe dat bij de bron en stuur deze levering daarna opnieuw.",
        "Nobody has pointed out yet where this source writes the event. Do that at the source and send this delivery again.";
    /// There is no list where the events should stand.
    NoList = "no_list",
        "Op de plek {} staat geen lijst met gebeurtenissen. Wijs bij de bron aan waar de lijst staat.",
        "At {} there is no list of events. Point out at the source where the list stands.";
    /// A value that its column cannot have.
    BadValue = "bad_value",
        "De waarde {} past niet bij haar kolom. Verbeter haar of kies een andere kolom.",
        "The value {} does not fit its column. Correct it or choose another column.";
    /// A row or trace without the id of its customer or case.
    NoCase = "no_case",
        "Er staat niet bij welke klant of zaak het is. Vul de kolom met het klant- of zaaknummer.",
        "It does not say which customer or case it is. Fill the column with the customer's or case's id.";
}

/// Why something was not taken, with its particulars.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// Which.
    pub code: Code,
    /// The name, value or number that it is about; at most 120 characters.
    pub detail: String,
}

impl Reason {
    /// A reason about something; what is long is cut.
    pub fn new(code: Code, detail: impl AsRef<str>) -> Self {
        let detail = detail.as_ref();
        let mut cut: String = detail.chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect();
        if detail.chars().nth(120).is_some() {
            cut.push('…');
        }
        Self { code, detail: cut }
    }

    /// What was wrong and what to do about it.
    pub fn say(&self, language: Language) -> String {
        self.code.sentence(language).replacen("{}", &self.detail, 1)
    }
}

impl From<Code> for Reason {
    fn from(code: Code) -> Self {
        Self { code, detail: String::new() }
    }
}

/// One event that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Its place in the batch, from 0.
    pub index: usize,
    /// The id that its sender gave it.
    pub message_id: Option<String>,
    /// Why.
    pub reason: Reason,
    /// As it came, cut to [`words::limits::EVENT_BYTES_MAX`] bytes.
    pub raw: String,
}

impl Rejected {
    pub(crate) fn new(index: usize, message_id: Option<String>, reason: Reason, mut raw: String) -> Self {
        raw.truncate(raw.floor_char_boundary(words::limits::EVENT_BYTES_MAX));
        Self { index, message_id, reason, raw }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_what_to_do_in_both_languages() {
        let reason = Reason::new(Code::BadName, "clicked");
        assert!(reason.say(Language::Nl).starts_with("De naam clicked noemt geen onderwerp"));
        assert!(reason.say(Language::En).starts_with("The name clicked does not say"));
        for code in Code::ALL {
            assert_eq!(Code::parse(code.as_str()), Some(*code));
            let say = |language| Reason::new(*code, "X").say(language);
            assert!(say(Language::Nl) != say(Language::En) && !say(Language::Nl).contains('{'), "{code:?}");
        }
    }

    #[test]
    fn particulars_are_short_and_on_one_line() {
        let reason = Reason::new(Code::BadName, "a\n".repeat(500));
        assert!(reason.detail.chars().count() <= 121 && !reason.detail.contains('\n'));
    }

    #[test]
    fn what_is_kept_of_a_bad_event_has_a_limit() {
        let kept = Rejected::new(0, None, Code::TooLarge.into(), "é".repeat(words::limits::EVENT_BYTES_MAX)).raw;
        assert!(kept.len() <= words::limits::EVENT_BYTES_MAX && kept.ends_with('é'));
    }
}
