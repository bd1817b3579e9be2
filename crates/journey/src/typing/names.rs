//! What a name stands for: a fact, a property of the event, a field of the customer.

use cel::common::ast::{Expr, IdedExpr};

use super::walk::Walker;
use super::{Scope, Type};
use crate::language::lists::{CONTACT_PROPERTIES, CUSTOMER, CustomerType};
use crate::model::FactPath;
use crate::near::nearest;
use crate::problem::Condition;

impl Walker<'_> {
    /// The type of `object.property`.
    pub(super) fn property(&mut self, operand: &IdedExpr, property: &str) -> Type {
        let Expr::Ident(object) = &operand.expr else {
            let part = super::spell::spell(operand);
            return self.refuse(Condition::LeftOut(format!("{part}.{property}")));
        };
        match object.as_str() {
            "customer" => self.customer(property),
            "event" => self.event(property),
            _ => self.fact(object, property),
        }
    }

    /// A name without a property.
    pub(super) fn bare(&mut self, name: &str) -> Type {
        let known = self.properties_of(name);
        if known.is_empty() {
            self.unknown_name(name)
        } else {
            self.refuse(Condition::WholeObject { object: name.to_owned(), known })
        }
    }

    fn customer(&mut self, property: &str) -> Type {
        match CUSTOMER.iter().find(|(field, _)| *field == property) {
            Some((_, CustomerType::Text)) => Type::Text,
            Some((_, CustomerType::Texts)) => Type::Texts,
            None => self.unknown_property("customer", property),
        }
    }

    fn event(&mut self, property: &str) -> Type {
        let Some(events) = self.scope.events else {
            return self.refuse(Condition::NoEvent);
        };
        if property == "id" || property.ends_with("_id") {
            return Type::Text;
        }
        let declared = |object: &str| self.scope.facts.get(object)?.get(property).copied();
        let mut types: Vec<Type> =
            events.iter().map(|event| declared(event.object()).map_or(Type::Any, Type::from)).collect();
        types.dedup();
        let own = match types.as_slice() {
            [one] => *one,
            _ => Type::Any,
        };
        let contact = CONTACT_PROPERTIES.iter().find(|(name, _)| *name == property);
        match (own, contact) {
            (Type::Any, Some((_, kind))) if types.len() == 1 => Type::from(*kind),
            _ => own,
        }
    }

    fn fact(&mut self, object: &str, property: &str) -> Type {
        let Some(properties) = self.scope.facts.get(object) else {
            return self.unknown_name(object);
        };
        match properties.get(property) {
            Some(kind) => Type::from(*kind),
            None if property == "id" => Type::Text,
            None => self.unknown_property(object, property),
        }
    }

    fn unknown_name(&mut self, name: &str) -> Type {
        let own = ["customer", "event"].into_iter();
        let known: Vec<&str> = own.chain(self.scope.facts.keys().map(String::as_str)).collect();
        self.refuse(Condition::Name {
            name: name.to_owned(),
            near: nearest(name, known.iter().copied()),
            known: known.into_iter().map(str::to_owned).collect(),
        })
    }

    fn unknown_property(&mut self, object: &str, property: &str) -> Type {
        let known = self.properties_of(object);
        self.refuse(Condition::Property {
            object: object.to_owned(),
            property: property.to_owned(),
            near: nearest(property, known.iter().map(String::as_str)),
            known,
        })
    }

    fn properties_of(&self, object: &str) -> Vec<String> {
        match object {
            "customer" => CUSTOMER.iter().map(|(name, _)| (*name).to_owned()).collect(),
            "event" => vec!["id".to_owned()],
            _ => {
                self.scope.facts.get(object).map(|properties| properties.keys().cloned().collect()).unwrap_or_default()
            }
        }
    }
}

/// The declared fact that a part names, if it names one.
pub(super) fn fact_of(part: &IdedExpr, scope: &Scope<'_>) -> Option<FactPath> {
    let Expr::Select(select) = &part.expr else {
        return None;
    };
    let Expr::Ident(object) = &select.operand.expr else {
        return None;
    };
    let declared = scope.facts.get(object)?.contains_key(&select.field);
    declared.then(|| FactPath { object: object.clone(), property: select.field.clone() })
}
