use std::collections::BTreeMap;

use words::FormOfAddress;

/// How an organisation sounds, wherever it speaks. What is left out is as in [`Voice::default`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// How a message may open, without the name: "Beste". Empty: any that fits the form of address.
    pub openings: Vec<String>,
    /// How it may close: "Met vriendelijke groet". Empty: any that fits.
    pub closings: Vec<String>,
    /// Emoji in one message at most.
    pub emoji: u32,
    /// Exclamation marks in one message at most.
    pub exclamations: u32,
    /// Words in one sentence at most.
    pub sentence_words: u32,
    /// What we say, and the words in whose place we say it.
    pub say: BTreeMap<String, Vec<String>>,
    /// What we never say.
    pub avoid: Vec<String>,
    /// Customers in Flanders: "ge" and "uw" belong to an informal voice too.
    pub flemish: bool,
    /// Whether a message that sounds otherwise keeps a journey from being published.
    pub strict: bool,
}

impl Default for Voice {
    fn default() -> Self {
        Self {
            openings: Vec::new(),
            closings: Vec::new(),
            emoji: 1,
            exclamations: 1,
            sentence_words: 20,
            say: BTreeMap::new(),
            avoid: Vec::new(),
            flemish: false,
            strict: false,
        }
    }
}

/// What is otherwise towards one persona; `None`: as the organisation. Lists come in the place of the organisation's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnVoice {
    /// How they are addressed.
    pub address: Option<FormOfAddress>,
    /// How a message may open.
    pub openings: Option<Vec<String>>,
    /// How it may close.
    pub closings: Option<Vec<String>>,
    /// Emoji in one message at most.
    pub emoji: Option<u32>,
    /// Exclamation marks in one message at most.
    pub exclamations: Option<u32>,
    /// Words in one sentence at most.
    pub sentence_words: Option<u32>,
    /// What we say; beside the organisation's, and before them.
    pub say: BTreeMap<String, Vec<String>>,
    /// What we never say; beside the organisation's.
    pub avoid: Vec<String>,
    /// Customers in Flanders.
    pub flemish: Option<bool>,
}

impl Voice {
    /// This voice as one persona hears it.
    pub fn towards(&self, own: &OwnVoice) -> Self {
        let mut voice = self.clone();
        voice.openings = own.openings.clone().unwrap_or(voice.openings);
        voice.closings = own.closings.clone().unwrap_or(voice.closings);
        voice.emoji = own.emoji.unwrap_or(voice.emoji);
        voice.exclamations = own.exclamations.unwrap_or(voice.exclamations);
        voice.sentence_words = own.sentence_words.unwrap_or(voice.sentence_words);
        voice.flemish = own.flemish.unwrap_or(voice.flemish);
        // A word that this persona is to hear is not replaced by another.
        for said in own.say.keys() {
            voice.say.values_mut().for_each(|instead| instead.retain(|word| word != said));
        }
        voice.say.extend(own.say.clone());
        voice.avoid.extend(own.avoid.iter().cloned());
        voice
    }
}
