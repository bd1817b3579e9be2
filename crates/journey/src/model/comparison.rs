//! A condition as plain comparisons, for forms and samples.

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue};

use words::Value;

use super::{Expression, FactPath};
use crate::{example, typing::symbol};

/// What a comparison is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// `object.property`; the object may be `event` or `customer`.
    Property(String, String),
    /// `happened('touchpoint')`.
    Happened(String),
}

/// How it is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `==`
    Is,
    /// `!=`
    Not,
    /// `>`
    More,
    /// `<`
    Less,
    /// `>=`
    From,
    /// `<=`
    Until,
    /// True by itself.
    Holds,
    /// False by itself.
    Fails,
    /// `has`
    Known,
}

impl Operator {
    /// The sign, of those that take a value.
    pub const fn sign(self) -> Option<&'static str> {
        match self {
            Self::Is => Some("=="),
            Self::Not => Some("!="),
            Self::More => Some(">"),
            Self::Less => Some("<"),
            Self::From => Some(">="),
            Self::Until => Some("<="),
            Self::Holds | Self::Fails | Self::Known => None,
        }
    }

    /// The other way round: `5 < event.n` says the same as `event.n > 5`.
    pub(super) const fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::Until => Self::From,
            Self::More => Self::Less,
            Self::From => Self::Until,
            same => same,
        }
    }

    pub(super) fn of(symbol: &str) -> Option<Self> {
        let all = [Self::Is, Self::Not, Self::More, Self::Less, Self::From, Self::Until];
        all.into_iter().find(|operator| operator.sign() == Some(symbol))
    }
}

/// What it is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Bool(bool),
}

impl Literal {
    /// As an event carries it; a whole number without a fraction.
    pub(super) fn value(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::Number(number) => example::number(*number),
            Self::Bool(yes) => Value::from(*yes),
        }
    }
}

/// One comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What.
    pub what: Compared,
    /// How.
    pub operator: Operator,
    /// With what, for an operator that has a sign.
    pub value: Option<Literal>,
}

impl Expression {
    /// The comparisons that suffice to make it true, and whether they say all of it. Of an "or" the first side suffices.
    pub fn comparisons(&self) -> (Vec<Comparison>, bool) {
        let mut found = Found { all: Vec::new(), whole: true };
        found.walk(self.program().expression());
        (found.all, found.whole)
    }

    /// Every text that stands in it, names of touchpoints apart.
    pub fn texts(&self) -> Vec<String> {
        let mut all = Vec::new();
        each(self.program().expression(), &mut |part| {
            if let Expr::Literal(LiteralValue::String(text)) = &part.expr {
                all.push(text.inner().to_owned());
            }
        });
        all
    }

    /// Every property that it asks for, with its object.
    pub(crate) fn properties(&self) -> Vec<FactPath> {
        let mut all = Vec::new();
        each(self.program().expression(), &mut |part| {
            all.extend(property(part));
        });
        all
    }
}

struct Found {
    all: Vec<Comparison>,
    whole: bool,
}

impl Found {
    fn walk(&mut self, part: &IdedExpr) {
        if let Expr::Call(call) = &part.expr
            && let (Some(symbol), [left, right]) = (symbol(&call.func_name), call.args.as_slice())
        {
            match symbol {
                "&&" => {
                    self.walk(left);
                    return self.walk(right);
                }
                "||" => {
                    self.whole = false;
                    return self.walk(left);
                }
                _ => {}
            }
        }
        match one(part) {
            Some(comparison) => self.all.push(comparison),
            None => self.whole = false,
        }
    }
}

fn one(part: &IdedExpr) -> Option<Comparison> {
    let bare = |what, operator| Some(Comparison { what, operator, value: None });
    let property = |part| property(part).map(|path| Compared::Property(path.object, path.property));
    match &part.expr {
        Expr::Select(select) => bare(property(part)?, if select.test { Operator::Known } else { Operator::Holds }),
        Expr::Call(call) => match (call.func_name.as_str(), call.args.as_slice()) {
            ("!_", [inner]) => match one(inner)? {
                Comparison { what, operator: Operator::Holds, .. } => bare(what, Operator::Fails),
                _ => None,
            },
            ("happened", [id]) if call.target.is_none() => match literal(id)? {
                Literal::Text(id) => bare(Compared::Happened(id), Operator::Holds),
                _ => None,
            },
            (function, [left, right]) if call.target.is_none() => {
                let operator = Operator::of(symbol(function)?)?;
                let Expr::Select(select) = &left.expr else { return None };
                let what = property(left).filter(|_| !select.test)?;
                Some(Comparison { what, operator, value: Some(literal(right)?) })
            }
            _ => None,
        },
        _ => None,
    }
}

/// `object.property`, where a part is just that.
pub(super) fn property(part: &IdedExpr) -> Option<FactPath> {
    let Expr::Select(select) = &part.expr else { return None };
    let Expr::Ident(object) = &select.operand.expr else { return None };
    Some(FactPath { object: object.clone(), property: select.field.clone() })
}

pub(super) fn literal(part: &IdedExpr) -> Option<Literal> {
    match &part.expr {
        Expr::Literal(LiteralValue::String(text)) => Some(Literal::Text(text.inner().to_owned())),
        Expr::Literal(LiteralValue::Int(number)) => Some(Literal::Number(*number.inner() as f64)),
        Expr::Literal(LiteralValue::Double(number)) => Some(Literal::Number(*number.inner())),
        Expr::Literal(LiteralValue::Boolean(yes)) => Some(Literal::Bool(*yes.inner())),
        Expr::Call(CallExpr { func_name, args, .. }) if func_name == "-_" => match literal(args.first()?)? {
            Literal::Number(number) => Some(Literal::Number(-number)),
            _ => None,
        },
        _ => None,
    }
}

/// Goes through every part but the names of touchpoints.
fn each(part: &IdedExpr, visit: &mut impl FnMut(&IdedExpr)) {
    visit(part);
    match &part.expr {
        Expr::Select(select) => each(&select.operand, visit),
        Expr::List(list) => list.elements.iter().for_each(|element| each(element, visit)),
        Expr::Call(call) if call.func_name != "happened" => {
            call.target.iter().map(Box::as_ref).chain(&call.args).for_each(|part| each(part, visit));
        }
        _ => {}
    }
}
