use serde::{Deserialize, Serialize};

/// How a customer felt, −2 (very bad) to +2 (very good).
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Experience(f64);

impl Experience {
    /// Clamps to −2..+2; `None` when it is no number.
    pub fn new(value: f64) -> Option<Self> {
        value.is_finite().then(|| Self(value.clamp(-2.0, 2.0)))
    }

    /// −2..+2.
    pub const fn value(self) -> f64 {
        self.0
    }

    /// The Dutch school mark (1-10) that it stands for: `6 + 2 v`, so 2..10.
    pub fn mark(self) -> f64 {
        6.0 + 2.0 * self.0
    }
}

/// Where a number about experience comes from. The five are never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// What we declare that customers may expect.
    Expected,
    /// What staff think.
    Assumed,
    /// What came out of a workshop or a talk with customers.
    Asked,
    /// What customers answered.
    Measured,
    /// What we want to reach.
    Desired,
}

/// The scale of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// Dutch school mark, 1-10.
    Mark,
    /// Satisfaction, 1-5.
    Csat,
    /// Recommendation, 0-10. Never stands on the curve.
    Nps,
    /// Ease, 1-7.
    Ces,
}

impl Scale {
    /// Every scale.
    pub const ALL: [Self; 4] = [Self::Mark, Self::Csat, Self::Nps, Self::Ces];

    /// As it is written in a definition.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mark => "mark",
            Self::Csat => "csat",
            Self::Nps => "nps",
            Self::Ces => "ces",
        }
    }

    /// Reads what a definition or an answer says.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scale| scale.as_str() == text)
    }

    /// Lowest and highest answer.
    pub const fn bounds(self) -> (i64, i64) {
        match self {
            Self::Mark => (1, 10),
            Self::Csat => (1, 5),
            Self::Nps => (0, 10),
            Self::Ces => (1, 7),
        }
    }

    /// What an answer says of experience: mark `(m − 6) / 2`, csat `s − 3`, ces `(c − 4) / 1.5`; nothing for nps, nor for
    /// an answer outside the scale.
    pub fn experience(self, answer: f64) -> Option<Experience> {
        let (low, high) = self.bounds();
        if !(low as f64..=high as f64).contains(&answer) {
            return None;
        }
        match self {
            Self::Mark => Experience::new((answer - 6.0) / 2.0),
            Self::Csat => Experience::new(answer - 3.0),
            Self::Ces => Experience::new((answer - 4.0) / 1.5),
            Self::Nps => None,
        }
    }

    /// An answer to nps as the whole number 0..=10 that it is; nothing for other scales, nor for anything else.
    pub fn recommendation(self, answer: f64) -> Option<u8> {
        let whole = self == Self::Nps && answer.fract() == 0.0 && (0.0..=10.0).contains(&answer);
        whole.then_some(answer as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_become_experience() {
        let of = |scale: Scale, answer| scale.experience(answer).map(Experience::value);
        assert_eq!(of(Scale::Mark, 9.0), Some(1.5));
        assert_eq!(of(Scale::Mark, 1.0), Some(-2.0), "clamped");
        assert_eq!(of(Scale::Csat, 2.0), Some(-1.0));
        assert_eq!(of(Scale::Ces, 7.0), Some(2.0));
        assert_eq!(of(Scale::Nps, 10.0), None, "recommendation is not experience");
        assert_eq!(of(Scale::Csat, 6.0), None, "outside the scale");
    }

    #[test]
    fn only_nps_is_a_recommendation() {
        assert_eq!(Scale::Nps.recommendation(0.0), Some(0));
        assert_eq!(Scale::Nps.recommendation(10.0), Some(10));
        assert_eq!([11.0, -1.0, 6.5, f64::NAN].map(|answer| Scale::Nps.recommendation(answer)), [None; 4]);
        assert_eq!(Scale::Mark.recommendation(9.0), None);
    }
}
