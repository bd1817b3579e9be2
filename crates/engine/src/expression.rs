//! Conditions in CEL over `event`, `customer`, the facts and `happened('touchpoint')`. A missing value makes a condition
//! false, and is remembered by name.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use cel::common::traits::Indexer;
use cel::common::types::{CelString, DYN_TYPE, Type};
use cel::common::value::{CowVal, Val};
use cel::context::VariableResolver;
use cel::{Context, Env, ExecutionError};
use journey::{Definition, Expression};
use words::{Customer, Event, Value};

use crate::{ObjectRef, State, facts::typed};

static ENV: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib()));

/// What a condition came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Truth {
    Holds,
    Fails,
    /// False, because this value is missing.
    Missing(String),
}

impl Truth {
    pub(crate) fn holds(&self) -> bool {
        *self == Self::Holds
    }
}

/// What an expression can see.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) definition: &'a Definition,
    pub(crate) state: &'a State,
    pub(crate) customer: &'a Customer,
    pub(crate) event: Option<&'a Event>,
    /// The object of the anchor: an expression means this one, not the newest of its kind.
    pub(crate) focus: Option<&'a ObjectRef>,
}

impl<'a> Scope<'a> {
    /// Judges a condition.
    pub(crate) fn judge(&self, condition: &Expression) -> Truth {
        let seen = Seen { scope: self, missing: Mutex::new(None) };
        let mut context = Context::with_env(Arc::clone(&ENV));
        context.set_variable_resolver(&seen);
        if condition.source().contains("happened") {
            let happened: BTreeSet<String> = self.state.happened.keys().map(|id| id.as_str().to_owned()).collect();
            let function = move |touchpoint: Arc<String>| happened.contains(touchpoint.as_str());
            if context.add_function("happened", function).is_err() {
                return Truth::Missing("happened".to_owned());
            }
        }
        match condition.program().execute(&context) {
            Ok(cel::Value::Bool(true)) => Truth::Holds,
            Ok(_) => Truth::Fails,
            Err(error) => {
                drop(context);
                let missing = seen.missing.into_inner().unwrap_or_else(PoisonError::into_inner);
                Truth::Missing(missing.unwrap_or_else(|| error.to_string()))
            }
        }
    }

    /// The object that an expression means by a kind: of the event, of the anchor or linked to it, else the newest.
    pub(crate) fn object(&self, kind: &str) -> Option<ObjectRef> {
        if let Some(event) = self.event {
            let id = event.object_id(kind);
            if id.is_some() || event.name.object() == kind {
                return Some(ObjectRef::new(kind, id.unwrap_or_default()));
            }
        }
        if let Some(focus) = self.focus {
            if focus.kind == kind {
                return Some(focus.clone());
            }
            let linked = self.state.objects.get(focus).into_iter().flat_map(|object| &object.with);
            let linked = linked.filter(|other| other.kind == kind);
            if let Some(newest) = linked.max_by_key(|other| self.state.objects.get(other).map(|object| object.first)) {
                return Some(newest.clone());
            }
        }
        self.state.newest_of(kind).map(|(object, _)| object.clone())
    }

    /// The value of `kind.property` as a fact.
    pub(crate) fn fact(&self, kind: &str, property: &str) -> Option<Value> {
        let object = self.object(kind)?;
        if property == "id" && !object.id.is_empty() {
            return Some(Value::String(object.id));
        }
        self.state.objects.get(&object)?.fact(property).cloned()
    }

    fn knows(&self, root: &str) -> bool {
        root == "customer"
            || (root == "event" && self.event.is_some())
            || self.definition.facts.contains_key(root)
            || self.state.of_kind(root).next().is_some()
    }

    fn field(&self, root: &str, property: &str) -> Option<Box<dyn Val>> {
        let value = match root {
            "customer" => of_customer(self.customer, property),
            "event" => {
                let event = self.event?;
                let value = event.properties.get(property)?;
                let kind = self.definition.facts.get(event.name.object()).and_then(|facts| facts.get(property));
                kind.map_or_else(|| Some(value.clone()), |kind| typed(value, *kind))
            }
            kind => self.fact(kind, property),
        };
        as_val(value?)
    }
}

/// The closed list of `journey::language::CUSTOMER`.
fn of_customer(customer: &Customer, property: &str) -> Option<Value> {
    let text = |value: &Option<String>| value.clone().map(Value::String);
    let list = |names: Vec<&str>| Some(names.into_iter().map(|name| Value::String(name.to_owned())).collect());
    match property {
        "first_name" => text(&customer.name.first),
        "last_name" => text(&customer.name.last),
        "email" => text(&customer.email),
        "mobile" => text(&customer.mobile),
        "zone" => text(&customer.zone),
        "language" => customer.language.map(|language| Value::String(language.tag().to_owned())),
        "consents" => list(customer.consents.iter().filter(|(_, c)| c.given).map(|(name, _)| name.as_str()).collect()),
        "personas" => list(customer.personas.iter().map(String::as_str).collect()),
        _ => None,
    }
}

fn as_val(value: Value) -> Option<Box<dyn Val>> {
    as_cel(value)?.try_into().ok()
}

fn as_cel(value: Value) -> Option<cel::Value> {
    Some(match value {
        Value::Null | Value::Object(_) => return None,
        Value::Bool(truth) => cel::Value::Bool(truth),
        // Always decimal: CEL does not add a whole number to a decimal one, and `check` types every fact as decimal.
        Value::Number(number) => cel::Value::Float(number.as_f64()?),
        Value::String(text) => cel::Value::from(text),
        Value::Array(items) => cel::Value::from(items.into_iter().filter_map(as_cel).collect::<Vec<_>>()),
    })
}

/// Resolves names, and remembers the first value that was asked for and not there.
struct Seen<'a> {
    scope: &'a Scope<'a>,
    missing: Mutex<Option<String>>,
}

impl VariableResolver for Seen<'_> {
    fn resolve<'b>(&'b self, variable: &str) -> Option<CowVal<'b, 'b>> {
        let Some((root, property)) = variable.split_once('.') else {
            return self
                .scope
                .knows(variable)
                .then(|| CowVal::owned(Fields { scope: self.scope, root: variable.into() }));
        };
        let value = self.scope.field(root, property);
        if value.is_none() && !property.contains('.') {
            let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
            missing.get_or_insert_with(|| variable.to_owned());
        }
        value.map(CowVal::Owned)
    }
}

/// An object of which a field is looked up when it is asked for.
#[derive(Clone, Debug)]
struct Fields<'a> {
    scope: &'a Scope<'a>,
    root: String,
}

impl Val for Fields<'_> {
    fn get_type(&self) -> &Type {
        &DYN_TYPE
    }

    fn cel_type() -> &'static Type {
        &DYN_TYPE
    }

    fn as_indexer<'b, 'v>(&'b self) -> Option<&'b (dyn Indexer + 'v)>
    where
        Self: 'v,
    {
        Some(self)
    }

    fn clone_as_boxed<'v>(&self) -> Box<dyn Val + 'v>
    where
        Self: 'v,
    {
        Box::new(self.clone())
    }
}

impl Indexer for Fields<'_> {
    fn get<'b, 'v>(&'b self, index: &dyn Val) -> Result<CowVal<'b, 'v>, ExecutionError>
    where
        Self: 'v,
    {
        let name = index.downcast_ref::<CelString>().map(|name| name.inner().to_owned()).unwrap_or_default();
        let value = self.scope.field(&self.root, &name);
        value.map(CowVal::Owned).ok_or_else(|| ExecutionError::no_such_key(&name))
    }

    fn steal<'v>(self: Box<Self>, index: &dyn Val) -> Result<Box<dyn Val + 'v>, ExecutionError>
    where
        Self: 'v,
    {
        self.get(index).map(CowVal::into_owned)
    }
}
