use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::MeasureError;

/// Names by their code: the place in order of first appearance.
#[derive(Clone, Debug, Default)]
pub struct Names {
    list: Vec<String>,
    codes: HashMap<String, u16, FixedState>,
}

impl Names {
    /// The code that stands for "none".
    pub const NONE: u16 = u16::MAX;

    /// The names in this order; a repeated name keeps its first place.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, MeasureError> {
        let mut made = Self::default();
        for name in names {
            made.code(name, "names", usize::from(Self::NONE))?;
        }
        Ok(made)
    }

    /// The code of a name, new or known; an error from `limit` names on.
    pub(crate) fn code(&mut self, name: &str, what: &'static str, limit: usize) -> Result<u16, MeasureError> {
        if let Some(&code) = self.codes.get(name) {
            return Ok(code);
        }
        if self.list.len() >= limit {
            return Err(MeasureError::TooMany { what, limit });
        }
        let code = self.list.len() as u16;
        self.list.push(name.to_owned());
        self.codes.insert(name.to_owned(), code);
        Ok(code)
    }

    /// The code of a known name.
    pub fn find(&self, name: &str) -> Option<u16> {
        self.codes.get(name).copied()
    }

    /// The name of a code.
    pub fn get(&self, code: u16) -> Option<&str> {
        self.list.get(usize::from(code)).map(String::as_str)
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// In order of code.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(String::as_str)
    }

    /// Takes in the other's names; says which code each of the other's has here.
    pub(crate) fn absorb(&mut self, other: &Self, what: &'static str, limit: usize) -> Result<Vec<u16>, MeasureError> {
        other.iter().map(|name| self.code(name, what, limit)).collect()
    }
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}
