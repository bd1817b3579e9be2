//! Figures in the reader's words: a value with what it rests on, or how many answers it still needs.

use serde::Serialize;
use words::{Experience, Figure, Language, ShowAs};

use crate::format;

/// What stands where nothing can be said.
const NOTHING: &str = "–";

/// A figure as a page shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Said {
    /// The value in words, or a dash.
    pub(crate) value: String,
    /// What it rests on.
    pub(crate) n: u64,
    /// The margin in words, where there is one.
    pub(crate) margin: Option<String>,
    /// Five to nine answers.
    pub(crate) few: bool,
    /// Answers still needed before it may be shown.
    pub(crate) needed: u64,
    /// End of the key of the text that says what it means.
    pub(crate) means: String,
    /// The bare value, to sort by and to write in a file.
    pub(crate) bare: Option<f64>,
}

/// Says figures in one language.
#[derive(Clone, Copy)]
pub(crate) struct Sayer(pub(crate) Language);

impl Sayer {
    fn say(self, figure: &Figure, value: impl Fn(f64) -> String) -> Said {
        // From nought to nought says nothing.
        let margin = figure.interval.filter(|(low, high)| *low != 0.0 || *high != 0.0);
        let margin = margin.map(|(low, high)| format!("{} – {}", value(low), value(high)));
        Said {
            value: figure.value.map_or_else(|| NOTHING.to_owned(), &value),
            n: figure.n,
            margin: margin.filter(|_| figure.value.is_some()),
            few: false,
            needed: 0,
            means: figure.definition.replace(['.', '_'], "-"),
            bare: figure.value,
        }
    }

    /// A number of runs, contacts or answers.
    pub(crate) fn count(self, figure: &Figure) -> Said {
        self.say(figure, |value| format::number(self.0, value, 0))
    }

    /// A share: "86 %".
    pub(crate) fn share(self, figure: &Figure) -> Said {
        self.say(figure, |value| self.percent(value))
    }

    /// A length of time: "2 uur".
    pub(crate) fn time(self, figure: &Figure) -> Said {
        self.say(figure, |seconds| map::duration(seconds.round() as i64, self.0))
    }

    /// An experience as a mark: "8,6". The rule of evidence decides whether it may be seen.
    pub(crate) fn mark(self, figure: &Figure) -> Said {
        let mark = |value: f64| Experience::new(value).map_or(value, Experience::mark);
        self.felt(figure, |value| format::number(self.0, mark(value), 1))
    }

    /// An experience from −2 to +2: "+0,9".
    pub(crate) fn signed(self, figure: &Figure) -> Said {
        self.felt(figure, |value| format::signed(self.0, value))
    }

    /// A net promoter score: "+30", from −100 to +100. The rule of evidence decides whether it may be seen.
    pub(crate) fn nps(self, figure: &Figure) -> Said {
        self.felt(figure, |value| format::signed_whole(self.0, value))
    }

    fn felt(self, figure: &Figure, value: impl Fn(f64) -> String) -> Said {
        let mut said = self.say(figure, value);
        match figure.evidence().show_as() {
            ShowAs::Hidden { needed } => {
                said = Said { value: NOTHING.to_owned(), margin: None, bare: None, needed, ..said };
            }
            ShowAs::Few => (said.few, said.margin) = (true, None),
            ShowAs::Full => {}
        }
        said
    }

    /// "86 %"; what is there but rounds to nothing is "< 1 %".
    pub(crate) fn percent(self, share: f64) -> String {
        let percent = share * 100.0;
        if percent > 0.0 && percent < 0.5 {
            return "<\u{a0}1\u{a0}%".to_owned();
        }
        format!("{}\u{a0}%", format::number(self.0, percent, 0))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use words::Window;

    use super::*;

    fn figure(value: f64, n: u64) -> Figure {
        let window = Window { from: Timestamp::UNIX_EPOCH, until: Timestamp::UNIX_EPOCH };
        Figure {
            value: Some(value),
            n,
            interval: Some((value - 0.1, value + 0.1)),
            definition: "experience.mean",
            window,
        }
    }

    #[test]
    fn an_experience_keeps_the_rule_of_evidence() {
        let say = Sayer(Language::Nl);
        let hidden = say.mark(&figure(1.0, 4));
        assert_eq!((hidden.value.as_str(), hidden.needed, hidden.bare, hidden.margin), ("–", 1, None, None));
        let few = say.mark(&figure(1.0, 5));
        assert_eq!((few.value.as_str(), few.few, few.margin), ("8,0", true, None));
        let full = say.mark(&figure(1.0, 10));
        assert_eq!((full.value.as_str(), full.margin.as_deref()), ("8,0", Some("7,8 – 8,2")));
        assert_eq!(say.signed(&figure(1.0, 10)).value, "+1,0");
        assert_eq!(full.means, "experience-mean");
        let nps = Figure { value: Some(30.0), interval: Some((7.3, 49.3)), ..figure(0.0, 50) };
        let said = say.nps(&nps);
        assert_eq!((said.value.as_str(), said.margin.as_deref()), ("+30", Some("+7 – +49")));
        assert_eq!(say.nps(&Figure { n: 4, ..nps }).value, "–");
    }

    #[test]
    fn shares_and_times_are_read_at_a_glance() {
        let say = Sayer(Language::Nl);
        assert_eq!(say.share(&figure(0.861, 3)).value, "86\u{a0}%");
        assert_eq!(say.percent(0.001), "<\u{a0}1\u{a0}%");
        assert_eq!(say.percent(0.0), "0\u{a0}%");
        assert_eq!(say.time(&figure(7_200.0, 3)).value, "2\u{a0}uur");
        assert_eq!(say.count(&Figure { value: None, ..figure(0.0, 0) }).value, "–");
    }
}
