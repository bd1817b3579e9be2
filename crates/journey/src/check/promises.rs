use super::Checking;
use crate::model::{FactPath, FactType, Promise};
use crate::problem::Rule;

impl Checking<'_> {
    /// A promise names a time that somebody declares.
    pub(super) fn promises(&mut self) {
        let definition = self.definition;
        for touchpoint in &definition.touchpoints {
            let field = format!("touchpoints.{}.promise", touchpoint.id);
            match &touchpoint.promise {
                Some(Promise::Window { object, .. }) => {
                    let is_time = |property: &str| {
                        let fact = FactPath { object: object.clone(), property: property.to_owned() };
                        self.fact_type(&fact) == Some(FactType::Time)
                    };
                    if !is_time("start") || !is_time("end") {
                        self.error(Rule::Window(object.clone()), format!("{field}.window"));
                    }
                }
                Some(Promise::By { fact, .. }) => {
                    if !matches!(self.fact_type(fact), Some(FactType::Date | FactType::Time)) {
                        self.error(Rule::PromiseFact(fact.to_string()), format!("{field}.by"));
                    }
                }
                Some(Promise::Within { .. }) | None => {}
            }
        }
    }
}
