//! A condition in words, part by part.

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue};
use words::{Language, TouchpointId};

use super::Saying;
use super::clause::Clause;
use super::operand::{code, selected};
use super::trigger::events_of;
use crate::model::{EventMatch, Expression, Touchpoint};
use crate::typing::symbol;

impl Saying<'_> {
    /// A condition as a sentence without capital and full stop: "de status van de afspraak is ‘gemaakt’". `events`: those that
    /// `event` can mean where it stands.
    pub fn condition(&self, condition: &Expression, events: &[EventMatch]) -> String {
        self.clause(condition, events).main(self.language)
    }

    /// What the condition of a touchpoint asks for: "appointment.status" is "de status van de afspraak". `None` when this is no
    /// name that a condition can ask for.
    pub fn asked(&self, name: &str, touchpoint: &Touchpoint) -> Option<String> {
        let (object, property) = name.split_once('.')?;
        let telling = Telling { saying: *self, object: object_of(events_of(touchpoint)), twofold: false };
        telling.property(object, property)
    }

    pub(super) fn clause(&self, condition: &Expression, events: &[EventMatch]) -> Clause {
        let object = object_of(events);
        let roots = condition.roots();
        let twofold = roots.contains("event") && object.is_some_and(|object| roots.contains(object));
        Telling { saying: *self, object, twofold }.truth(condition.program().expression(), true)
    }
}

/// The object of the events, when they are all about one.
fn object_of(events: &[EventMatch]) -> Option<&str> {
    let mut objects = events.iter().map(|matched| matched.event.object());
    let first = objects.next()?;
    objects.all(|other| other == first).then_some(first)
}

/// Tells one condition.
pub(super) struct Telling<'a> {
    pub(super) saying: Saying<'a>,
    /// The object that `event` is about.
    pub(super) object: Option<&'a str>,
    /// The condition speaks of the event and of what is known of the same object: the two must be told apart.
    pub(super) twofold: bool,
}

impl Telling<'_> {
    /// A part that is true or false; `holds`: whether it should be true. A negation goes down to what it negates.
    fn truth(&self, part: &IdedExpr, holds: bool) -> Clause {
        match &part.expr {
            Expr::Call(call) => self.call(part, call, holds),
            Expr::Select(select) if select.test => self.known(part, holds),
            Expr::Select(_) => self.flag(part, holds),
            Expr::Literal(LiteralValue::Boolean(yes)) => {
                let (dutch, english) = if *yes.inner() == holds { ("altijd", "always") } else { ("nooit", "never") };
                self.one(self.saying.pick("dit", "this"), ("geldt", "holds"), (dutch, english))
            }
            _ => self.unsaid(part, holds),
        }
    }

    fn call(&self, part: &IdedExpr, call: &CallExpr, holds: bool) -> Clause {
        match (call.func_name.as_str(), &call.target, call.args.as_slice()) {
            ("!_", None, [inner]) => self.truth(inner, !holds),
            ("happened", None, [touchpoint]) => self.happened(touchpoint, holds),
            ("startsWith", Some(target), [text]) => {
                let verbs = [("begint", "begins"), ("begint", "does not begin")];
                self.text(target, verbs, ("met", "with"), text, holds)
            }
            ("endsWith", Some(target), [text]) => {
                let verbs = [("eindigt", "ends"), ("eindigt", "does not end")];
                self.text(target, verbs, ("op", "with"), text, holds)
            }
            ("contains", Some(target), [text]) => {
                let text = self.operand(text);
                let text = if holds || self.saying.language == Language::En { text } else { format!("{text} niet") };
                let verb = if holds { ("bevat", "contains") } else { ("bevat", "does not contain") };
                self.one(&self.operand(target), verb, (&text, &text))
            }
            (function, None, [left, right]) => match symbol(function) {
                Some("&&") => self.both(function, (left, right), holds),
                Some("||") => self.both(function, (left, right), holds),
                Some("in") => self.within(left, right, holds),
                Some(operator) => self.compared(operator, (left, right), holds),
                None => self.unsaid(part, holds),
            },
            _ => self.unsaid(part, holds),
        }
    }

    /// "And" and "or"; negated the one is the other. A row of the same is one list.
    fn both(&self, function: &str, (left, right): (&IdedExpr, &IdedExpr), holds: bool) -> Clause {
        let all = (symbol(function) == Some("&&")) == holds;
        let mut parts = Vec::new();
        for part in [left, right] {
            match self.truth(part, holds) {
                Clause::All(inner) if all => parts.extend(inner),
                Clause::Any(inner) if !all => parts.extend(inner),
                other => parts.push(other),
            }
        }
        if all { Clause::All(parts) } else { Clause::Any(parts) }
    }

    fn happened(&self, touchpoint: &IdedExpr, holds: bool) -> Clause {
        let title = match &touchpoint.expr {
            Expr::Literal(LiteralValue::String(id)) => self.saying.touchpoint(&TouchpointId::new(id.inner())),
            _ => code(touchpoint),
        };
        let rest = if holds { ("al gebeurd", "happened already") } else { ("nog niet gebeurd", "not happened yet") };
        self.one(&title, ("is", "has"), rest)
    }

    /// `has(…)`.
    fn known(&self, part: &IdedExpr, holds: bool) -> Clause {
        let subject = match self.fact(part) {
            Some(fact) => self.saying.fact(&fact),
            None => self.said(part).unwrap_or_else(|| code(part)),
        };
        let rest = if holds { ("bekend", "known") } else { ("niet bekend", "not known") };
        self.one(&subject, ("is", "is"), rest)
    }

    /// A fact that is true or false.
    pub(super) fn flag(&self, part: &IdedExpr, holds: bool) -> Clause {
        let statement = self.fact(part).and_then(|fact| self.saying.statement(&fact));
        let Some(statement) = statement else {
            let yes = self.yes(holds);
            return self.one(&self.operand(part), ("is", "is"), (yes, yes));
        };
        match statement.split_once(" is ") {
            Some((subject, rest)) if holds => Clause::One(subject.to_owned(), "is", rest.to_owned()),
            Some((subject, rest)) => Clause::One(subject.to_owned(), "is", self.saying.not(rest)),
            None if holds => Clause::One(statement, "", String::new()),
            None => {
                let begin = self.saying.pick("het is niet zo dat", "it is not so that");
                Clause::One(format!("{begin} {statement}"), "", String::new())
            }
        }
    }

    /// `in`: one of several values, or something that the customer chose.
    fn within(&self, item: &IdedExpr, list: &IdedExpr, holds: bool) -> Clause {
        let value = self.operand(item);
        if let Expr::List(choices) = &list.expr {
            let or = self.operand(list);
            let rest = match (holds, choices.elements.len()) {
                (true, _) => (or.clone(), or),
                (false, _) => (format!("niet {or}"), format!("not {or}")),
            };
            return self.one(&value, ("is", "is"), (&rest.0, &rest.1));
        }
        let customer = self.saying.the_customer();
        let (verb, rest) = match (selected(list), holds) {
            (Some(("customer", "consents")), true) => (("gaf", "gave"), ("toestemming voor", "consent for")),
            (Some(("customer", "consents")), false) => (("gaf", "gave"), ("geen toestemming voor", "no consent for")),
            (Some(("customer", "personas")), true) => (("hoort", "belongs"), ("bij", "to")),
            (Some(("customer", "personas")), false) => (("hoort", "does not belong"), ("niet bij", "to")),
            (Some(("customer", "channels")), true) => (("koos", "chose"), ("voor", "")),
            (Some(("customer", "channels")), false) => (("koos", "did not choose"), ("niet voor", "")),
            _ => {
                let verb = if holds { ("staat", "is") } else { ("staat", "is not") };
                let list = self.operand(list);
                let within = if holds { format!("in {list}") } else { format!("niet in {list}") };
                return self.one(&value, verb, (&within, &format!("in {list}")));
            }
        };
        let rest = (format!("{} {value}", rest.0), format!("{} {value}", rest.1));
        self.one(&customer, verb, (rest.0.trim(), rest.1.trim()))
    }

    fn text(
        &self,
        target: &IdedExpr,
        [yes, no]: [(&'static str, &'static str); 2],
        (dutch, english): (&str, &str),
        text: &IdedExpr,
        holds: bool,
    ) -> Clause {
        let text = self.operand(text);
        let not = if holds { "" } else { "niet " };
        let rest = (format!("{not}{dutch} {text}"), format!("{english} {text}"));
        self.one(&self.operand(target), if holds { yes } else { no }, (&rest.0, &rest.1))
    }

    pub(super) fn unsaid(&self, part: &IdedExpr, holds: bool) -> Clause {
        let rest = if holds { ("", "") } else { ("niet", "") };
        let verb = if holds { ("geldt", "holds") } else { ("geldt", "does not hold") };
        self.one(&code(part), verb, rest)
    }

    pub(super) fn one(&self, subject: &str, verb: (&'static str, &'static str), rest: (&str, &str)) -> Clause {
        let language = self.saying.language;
        Clause::One(subject.to_owned(), language.pick(verb.0, verb.1), language.pick(rest.0, rest.1).to_owned())
    }
}
