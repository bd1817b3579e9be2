//! The sides of a comparison in words.

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue};
use jiff::civil::Date;
use words::Language;

use super::clause::joined;
use super::condition::Telling;
use super::vocabulary::{CUSTOMER, find};
use crate::model::{FactPath, FactType};
use crate::typing::{spell, symbol};

impl Telling<'_> {
    /// A part as what a sentence is about: "de status van de afspraak", "3", "‘gemaakt’".
    pub(super) fn operand(&self, part: &IdedExpr) -> String {
        match &part.expr {
            Expr::Literal(literal) => self.literal(literal).unwrap_or_else(|| code(part)),
            Expr::Select(select) if !select.test => self.said(part).unwrap_or_else(|| code(part)),
            Expr::List(list) => {
                let all: Vec<String> = list.elements.iter().map(|element| self.operand(element)).collect();
                joined(&all, self.saying.pick(" of ", " or "))
            }
            Expr::Call(call) => self.sum(call).unwrap_or_else(|| code(part)),
            _ => code(part),
        }
    }

    fn literal(&self, literal: &LiteralValue) -> Option<String> {
        Some(match literal {
            LiteralValue::String(text) => match text.inner().parse::<Date>() {
                Ok(date) if text.inner().len() == 10 => {
                    date.strftime(self.saying.pick("%-d-%-m-%Y", "%-d %B %Y")).to_string()
                }
                _ => format!("‘{}’", self.saying.value(text.inner())),
            },
            LiteralValue::Int(number) => number.inner().to_string(),
            LiteralValue::Double(number) => {
                let text = number.inner().to_string();
                if self.saying.language == Language::Nl { text.replace('.', ",") } else { text }
            }
            LiteralValue::Boolean(yes) => self.yes(*yes.inner()).to_owned(),
            _ => return None,
        })
    }

    pub(super) fn yes(&self, yes: bool) -> &'static str {
        if yes { self.saying.language.pick("ja", "yes") } else { self.saying.language.pick("nee", "no") }
    }

    /// A part that is a property, with what it is of.
    pub(super) fn said(&self, part: &IdedExpr) -> Option<String> {
        let (object, property) = selected(part)?;
        self.property(object, property)
    }

    pub(super) fn property(&self, object: &str, property: &str) -> Option<String> {
        if object == "customer" {
            let of = self.saying.pick("van", "of");
            let field = find(CUSTOMER, property, self.saying.language)?;
            return Some(format!("{field} {of} {}", self.saying.the_customer()));
        }
        let Some(fact) = self.fact_of(object, property) else {
            let property = self.saying.property(property).unwrap_or_else(|| format!("‹{property}›"));
            return Some(format!("{property} {}", self.saying.pick("van de gebeurtenis", "of the event")));
        };
        let phrase = self.saying.phrase(&fact);
        Some(match (self.twofold, object) {
            (true, "event") => format!("{phrase} {}", self.saying.pick("volgens deze gebeurtenis", "in this event")),
            (true, _) => format!("{phrase} {}", self.saying.pick("zoals nu bekend", "as it is known now")),
            _ => phrase,
        })
    }

    /// The fact that a part is about; a property of the event is that of the event's object.
    pub(super) fn fact(&self, part: &IdedExpr) -> Option<FactPath> {
        let (object, property) = selected(part)?;
        self.fact_of(object, property)
    }

    fn fact_of(&self, object: &str, property: &str) -> Option<FactPath> {
        let object = match object {
            "customer" => return None,
            "event" => self.object?,
            other => other,
        };
        Some(FactPath { object: object.to_owned(), property: property.to_owned() })
    }

    /// Whether a part is a moment or a day.
    pub(super) fn is_time(&self, part: &IdedExpr) -> bool {
        let kind = self.fact(part).and_then(|fact| self.saying.kind(&fact));
        matches!(kind, Some(FactType::Time | FactType::Date))
    }

    fn sum(&self, call: &CallExpr) -> Option<String> {
        match (call.func_name.as_str(), &call.target, call.args.as_slice()) {
            ("size", None, [of]) => Some(self.size(of)),
            ("size", Some(of), []) => Some(self.size(of)),
            ("-_", None, [part]) => Some(format!("{} {}", self.saying.pick("min", "minus"), self.operand(part))),
            (function, None, [left, right]) => {
                let (dutch, english) = match symbol(function)? {
                    "+" => ("plus", "plus"),
                    "-" => ("min", "minus"),
                    "*" => ("maal", "times"),
                    "/" => ("gedeeld door", "divided by"),
                    _ => return None,
                };
                let word = self.saying.pick(dutch, english);
                Some(format!("{} {word} {}", self.operand(left), self.operand(right)))
            }
            _ => None,
        }
    }

    fn size(&self, of: &IdedExpr) -> String {
        let count = match selected(of) {
            Some(("customer", "consents")) => Some(("het aantal toestemmingen", "the number of consents")),
            Some(("customer", "personas")) => Some(("het aantal persona's", "the number of personas")),
            Some(("customer", "channels")) => Some(("het aantal gekozen kanalen", "the number of chosen channels")),
            _ => None,
        };
        let of_word = self.saying.pick("van", "of");
        match count {
            Some((dutch, english)) => {
                format!("{} {of_word} {}", self.saying.pick(dutch, english), self.saying.the_customer())
            }
            None => {
                let count = self.saying.pick("het aantal tekens", "the number of characters");
                format!("{count} {of_word} {}", self.operand(of))
            }
        }
    }
}

/// Object and property of `object.property`.
pub(super) fn selected(part: &IdedExpr) -> Option<(&str, &str)> {
    let Expr::Select(select) = &part.expr else { return None };
    let Expr::Ident(object) = &select.operand.expr else { return None };
    Some((object, &select.field))
}

/// What cannot be said.
pub(super) fn code(part: &IdedExpr) -> String {
    format!("‹{}›", spell(part))
}
