use minijinja::{Value, context};
use serde::Deserialize;
use store::Paging;

/// Rows on one sheet of a list.
const ROWS: u32 = 50;

/// Which sheet of a long list, from 1: `?blad=2`.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Sheet {
    #[serde(default)]
    blad: u32,
}

impl Sheet {
    fn number(self) -> u32 {
        self.blad.clamp(1, 20_000)
    }

    /// For the store.
    pub fn paging(self) -> Paging {
        Paging { offset: (self.number() - 1) * ROWS, limit: ROWS }
    }

    /// For `parts.pager`: the path, and the numbers of the sheets before and after.
    pub fn context(self, path: &str, total: u64) -> Value {
        let number = self.number();
        context! {
            path,
            newer => (number > 1).then(|| number - 1),
            older => (u64::from(number * ROWS) < total).then(|| number + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_count_from_one_and_end_with_the_list() {
        assert_eq!(Sheet::default().paging(), Paging { offset: 0, limit: 50 });
        assert_eq!(Sheet { blad: 3 }.paging().offset, 100);
        let context = Sheet { blad: 2 }.context("/x", 100);
        assert_eq!(context.get_attr("newer").unwrap(), Value::from(1));
        assert!(context.get_attr("older").unwrap().is_none());
        assert_eq!(Sheet { blad: 1 }.context("/x", 51).get_attr("older").unwrap(), Value::from(2));
    }
}
