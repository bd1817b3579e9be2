/// What a remark is about. The name is what a terminal shows and what a link to the explanation uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The other form of address.
    Address,
    /// "ge" and "gij" where the organisation says u.
    Regional,
    /// A set phrase with "je" beside u.
    Idiom,
    /// Along one path both forms.
    Mixed,
    /// How it opens.
    Opening,
    /// How it closes.
    Closing,
    /// More emoji than the organisation allows.
    Emoji,
    /// More exclamation marks.
    Exclamations,
    /// Words in capitals.
    Shouting,
    /// A word in whose place the organisation says another.
    Term,
    /// A word that it never says.
    Avoided,
    /// Its name, spelt otherwise.
    Name,
    /// A sentence of many words.
    LongSentence,
    /// A word that few people use.
    HardWord,
    /// Words that push.
    Pressure,
    /// A date or number that was typed where a fact belongs.
    Literal,
    /// It ends on something bad, and says no way on.
    LowEnding,
    /// Nobody can be reached.
    NoExit,
}

impl Rule {
    /// Every rule, in the order of the page.
    pub const ALL: [Self; 18] = [
        Self::Address,
        Self::Mixed,
        Self::Regional,
        Self::Idiom,
        Self::Opening,
        Self::Closing,
        Self::Name,
        Self::Term,
        Self::Avoided,
        Self::Pressure,
        Self::Literal,
        Self::LowEnding,
        Self::NoExit,
        Self::Emoji,
        Self::Exclamations,
        Self::Shouting,
        Self::LongSentence,
        Self::HardWord,
    ];

    /// Its name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Regional => "regional",
            Self::Idiom => "idiom",
            Self::Mixed => "mixed",
            Self::Opening => "opening",
            Self::Closing => "closing",
            Self::Emoji => "emoji",
            Self::Exclamations => "exclamations",
            Self::Shouting => "shouting",
            Self::Term => "term",
            Self::Avoided => "avoided",
            Self::Name => "name",
            Self::LongSentence => "long-sentence",
            Self::HardWord => "hard-word",
            Self::Pressure => "pressure",
            Self::Literal => "literal",
            Self::LowEnding => "low-ending",
            Self::NoExit => "no-exit",
        }
    }

    /// Whether it is only worth a look: it never keeps a journey from being published, however strict the voice.
    pub const fn is_advice(self) -> bool {
        matches!(self, Self::Idiom | Self::LongSentence | Self::HardWord | Self::LowEnding | Self::NoExit)
    }
}
