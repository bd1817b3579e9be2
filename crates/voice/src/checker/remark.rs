use std::ops::Range;

use words::Language;

use super::rule::Rule;

/// Something in a text that does not sound like the organisation, or is hard on the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What it is about.
    pub rule: Rule,
    /// Its bytes in the passage.
    pub at: Range<usize>,
    /// As it stands there.
    pub found: String,
    /// What the rule compares with: the form of address, how many are allowed, what is said instead, the other message.
    pub against: String,
    /// What could stand in its place; empty: nothing.
    pub rewrite: Option<String>,
}

impl Remark {
    /// Why, in one or two plain sentences, without the rewrite.
    pub fn reason(&self, language: Language) -> String {
        match language {
            Language::Nl => self.dutch(),
            Language::En => self.english(),
        }
    }

    fn dutch(&self) -> String {
        let (found, against) = (&self.found, &self.against);
        match self.rule {
            Rule::Address => format!("„{found}” past niet: hier zeggen we {against}."),
            Rule::Regional => {
                format!("„{found}” hoort men alleen in een deel van het taalgebied. Hier zeggen we {against}.")
            }
            Rule::Idiom => format!("„{found}” is een vaste uitdrukking met je. Dat mag, maar valt op naast u."),
            Rule::Mixed => format!("Hier klinkt het anders dan in {against}: dezelfde klant leest beide."),
            Rule::Opening => format!("Zo beginnen we niet. We schrijven: {against}."),
            Rule::Closing => format!("Zo sluiten we niet af. We schrijven: {against}."),
            Rule::Emoji => format!("Hoogstens {against} emoji in één bericht, zo is afgesproken."),
            Rule::Exclamations => {
                format!("Hoogstens {against} uitroepteken in één bericht, en nooit twee naast elkaar.")
            }
            Rule::Shouting => "Hoofdletters lezen als roepen, en zijn lastiger te lezen.".to_owned(),
            Rule::Term => format!("Wij zeggen „{against}”, niet „{found}”."),
            Rule::Avoided => format!("„{found}” zeggen we niet."),
            Rule::Name => format!("Onze naam schrijven we als „{against}”."),
            Rule::LongSentence => format!("Deze zin heeft meer dan {against} woorden. Maak er twee van."),
            Rule::HardWord => format!("„{found}” is voor veel mensen een moeilijk woord."),
            Rule::Pressure => format!("„{found}” jaagt op. Zeg liever wat er is en wat het uitmaakt."),
            Rule::Literal => format!(
                "„{found}” staat vast in de tekst. Laat het uit de gegevens komen, dan klopt het voor iedereen."
            ),
            Rule::LowEnding => "Dit eindigt met slecht nieuws. Zeg tot slot wat wel kan.".to_owned(),
            Rule::NoExit => {
                "Hier staat niet hoe men iemand bereikt. Noem een nummer of zeg dat men mag antwoorden.".to_owned()
            }
        }
    }

    fn english(&self) -> String {
        let (found, against) = (&self.found, &self.against);
        match self.rule {
            Rule::Address => format!("‘{found}’ does not fit: here we say {against}."),
            Rule::Regional => format!("‘{found}’ is heard in one region only. Here we say {against}."),
            Rule::Idiom => format!("‘{found}’ is a set phrase with je. That is allowed, but stands out beside u."),
            Rule::Mixed => format!("This sounds different from {against}: the same customer reads both."),
            Rule::Opening => format!("This is not how we open. We write: {against}."),
            Rule::Closing => format!("This is not how we close. We write: {against}."),
            Rule::Emoji => format!("At most {against} emoji in one message, as agreed."),
            Rule::Exclamations => format!("At most {against} exclamation mark in one message, and never two together."),
            Rule::Shouting => "Capitals read as shouting, and are harder to read.".to_owned(),
            Rule::Term => format!("We say ‘{against}’, not ‘{found}’."),
            Rule::Avoided => format!("We do not say ‘{found}’."),
            Rule::Name => format!("We write our name as ‘{against}’."),
            Rule::LongSentence => format!("This sentence has more than {against} words. Make it two."),
            Rule::HardWord => format!("‘{found}’ is a hard word for many people."),
            Rule::Pressure => format!("‘{found}’ pushes. Rather say what there is and what it matters."),
            Rule::Literal => {
                format!("‘{found}’ is fixed in the text. Let it come from data, so that it is right for everyone.")
            }
            Rule::LowEnding => "This ends on bad news. Close with what can be done.".to_owned(),
            Rule::NoExit => {
                "This does not say how to reach a person. Give a number, or say that one may answer.".to_owned()
            }
        }
    }
}
