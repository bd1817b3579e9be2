//! Which things of the quarantine someone chose, and what to change in them, as a form or an address says it.

use service::{
    Chosen,
    intake::{Path, correction::Correction},
};
use words::OrganisationId;

use super::read_id;
use crate::form::Remarks;

/// Characters of what is typed.
const TYPED_MAX: usize = 2_000;

/// As it was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    pub(super) ids: Vec<String>,
    pub(super) source: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) way: Option<String>,
    pub(super) field: String,
    pub(super) from: String,
    pub(super) to: String,
}

impl Asked {
    pub(super) fn read(pairs: Vec<(String, String)>) -> Self {
        let mut asked = Self::default();
        for (key, value) in pairs {
            let value: String = value.chars().take(TYPED_MAX).collect();
            match key.as_str() {
                "id" => asked.ids.push(value),
                "bron" if !value.is_empty() => asked.source = Some(value),
                "reden" if !value.is_empty() => asked.reason = Some(value),
                "doe" => asked.way = Some(value),
                "veld" => asked.field = value,
                "van" => asked.from = value,
                "naar" => asked.to = value,
                _ => {}
            }
        }
        asked
    }

    /// Which things; `None`: it says none.
    pub(super) fn chosen(&self, organisation: &OrganisationId) -> Option<Chosen> {
        if let Some(reason) = &self.reason {
            return Some(Chosen::All { source: self.source.clone(), reason: reason.clone() });
        }
        let ids: Vec<_> = self.ids.iter().filter_map(|id| read_id(organisation, id)).collect();
        (!ids.is_empty()).then_some(Chosen::These(ids))
    }

    /// The same choice for another form.
    pub(super) fn chosen_pairs(&self) -> Vec<(&'static str, &str)> {
        let parts = [("bron", &self.source), ("reden", &self.reason)];
        let parts = parts.into_iter().filter_map(|(key, value)| Some((key, value.as_deref()?)));
        self.ids.iter().map(|id| ("id", id.as_str())).chain(parts).collect()
    }

    /// What to change; what is missing is remarked.
    pub(super) fn correction(&self) -> Result<Correction, Remarks> {
        let mut remarks = Remarks::default();
        let path = |text: &str| Path::parse(text).filter(|path| *path != Path::default());
        let mut needed = |name: &'static str, text: &str| {
            remarks.expect(path(text).is_some(), name, "correct-remark-field");
            path(text).unwrap_or_default()
        };
        let correction = match self.way.as_deref() {
            Some("niets") => Correction::None,
            Some("vervang") => {
                let field = needed("veld", &self.field);
                remarks.expect(!self.to.trim().is_empty(), "naar", "correct-remark-value");
                Correction::Replace { field, from: self.from.clone(), to: self.to.clone() }
            }
            Some("vul") => {
                let field = needed("veld", &self.field);
                remarks.expect(!self.to.trim().is_empty(), "naar", "correct-remark-value");
                Correction::Fill { field, value: self.to.clone() }
            }
            Some("kopieer") => Correction::Copy { field: needed("veld", &self.field), from: needed("van", &self.from) },
            Some("hernoem") => Correction::Rename { field: needed("veld", &self.field), to: needed("naar", &self.to) },
            _ => return Err(remarks),
        };
        if remarks.is_empty() { Ok(correction) } else { Err(remarks) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        Asked::read(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_choice_and_a_correction_are_read() {
        let house = OrganisationId::new("rijnoever");
        let all = asked(&[("bron", "kassa"), ("reden", "no_name"), ("doe", "vul"), ("veld", "event"), ("naar", "a.b")]);
        let chosen = Chosen::All { source: Some("kassa".into()), reason: "no_name".into() };
        assert_eq!(all.chosen(&house), Some(chosen));
        assert!(matches!(all.correction(), Ok(Correction::Fill { .. })));
        assert_eq!(all.chosen_pairs(), [("bron", "kassa"), ("reden", "no_name")]);
        assert_eq!(asked(&[("id", "onzin")]).chosen(&house), None);
    }

    #[test]
    fn what_is_missing_is_told_beside_its_field() {
        let remarks = asked(&[("doe", "kopieer"), ("veld", "a..b")]).correction().unwrap_err();
        assert!(remarks.mentions("veld") && remarks.mentions("van"));
        let remarks = asked(&[("doe", "vervang"), ("veld", "event")]).correction().unwrap_err();
        assert!(remarks.mentions("naar") && !remarks.mentions("van"), "an empty value may be replaced");
    }
}
