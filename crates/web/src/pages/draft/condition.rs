//! A condition as choices over declared facts: "afspraak, status is gemaakt". What a condition says beyond that stays text.

use journey::{Compared, Comparison, Expression, FactType, Facts, Literal, Operator};

use super::{fields::Fields, where_form};

/// How a fact is judged. The first three take a value.
const OPERATORS: [(&str, &str); 6] =
    [("is", "=="), ("not", "!="), ("more", ">"), ("less", "<"), ("from", ">="), ("until", "<=")];
/// Choices of one condition; more is for specialists.
pub(super) const CHOICES_MAX: usize = 4;

/// One choice: which fact (or `happened:<touchpoint>`), how, and with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) subject: String,
    /// `is`, `not`, `more`, `less`, `from`, `until`, `true`, `false`, `known`.
    pub(super) operator: String,
    /// A text without its quotes, a number, or nothing.
    pub(super) value: String,
    /// Whether the value is a text.
    pub(super) quoted: bool,
}

/// Reads a condition that is made of choices, joined by "and". `None` for any other.
pub(super) fn read(condition: &Expression) -> Option<Vec<Choice>> {
    let (comparisons, whole) = condition.comparisons();
    let choices: Vec<Choice> = comparisons.into_iter().map(one).collect::<Option<_>>()?;
    let same = write(&choices);
    // Brackets and escaped signs would get lost.
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace('"', "'");
    (whole && choices.len() <= CHOICES_MAX && bare(&same) == bare(condition.source())).then_some(choices)
}

fn one(comparison: Comparison) -> Option<Choice> {
    let subject = match comparison.what {
        Compared::Property(object, property) => format!("{object}.{property}"),
        Compared::Happened(id) => format!("happened:{id}"),
    };
    let operator = match comparison.operator {
        Operator::Holds => "true",
        Operator::Fails => "false",
        Operator::Known => "known",
        compared => OPERATORS.iter().find(|(_, sign)| Some(*sign) == compared.sign())?.0,
    };
    let (value, quoted) = match comparison.value {
        None => (String::new(), false),
        Some(Literal::Text(text)) => (text, true),
        Some(Literal::Number(number)) => (number.to_string(), false),
        Some(Literal::Bool(_)) => return None,
    };
    Some(Choice { subject, operator: operator.to_owned(), value, quoted })
}

/// The condition that the choices make.
pub(super) fn write(choices: &[Choice]) -> String {
    let parts: Vec<String> = choices.iter().map(written).collect();
    parts.join(" && ")
}

fn written(choice: &Choice) -> String {
    let Choice { subject, operator, value, quoted } = choice;
    let whole = match subject.strip_prefix("happened:") {
        Some(id) => format!("happened('{id}')"),
        None => subject.clone(),
    };
    match operator.as_str() {
        "true" => whole,
        "false" => format!("!{whole}"),
        "known" => format!("has({whole})"),
        name => {
            let sign = OPERATORS.iter().find(|(known, _)| *known == name).map_or("==", |(_, sign)| sign);
            // Quotes and backslashes cannot be chosen; who needs them writes the condition as text.
            let value = value.replace(['\'', '"', '\\', '&', '|'], "");
            if *quoted { format!("{subject} {sign} '{value}'") } else { format!("{subject} {sign} {value}") }
        }
    }
}

/// A condition as fields below a name: choices when these make the very same condition again, else its text.
pub(super) fn put(fields: &mut Fields, lead: &str, source: &str, facts: &Facts) {
    let choices = Expression::read(source).ok().and_then(|condition| read(&condition));
    let choices = choices.filter(|choices| choices.iter().all(|choice| choice.quoted == quoted(choice, facts)));
    match choices {
        Some(choices) => {
            fields.put(format!("{lead}.kind"), "choices");
            for (row, choice) in choices.into_iter().enumerate() {
                fields.put(format!("{lead}.{row}.subject"), choice.subject);
                fields.put(format!("{lead}.{row}.operator"), choice.operator);
                fields.put(format!("{lead}.{row}.value"), choice.value);
            }
        }
        None => {
            fields.put(format!("{lead}.kind"), "text");
            fields.put(format!("{lead}.text"), source);
        }
    }
}

/// Whether the value of a choice is a text: by the type of its fact, or by how it looks.
fn quoted(choice: &Choice, facts: &Facts) -> bool {
    let takes_one = OPERATORS.iter().any(|(name, _)| *name == choice.operator);
    takes_one && (is_text(facts, &choice.subject) || choice.value.parse::<f64>().is_err())
}

/// Whether a declared fact is a text, for a condition: what is written between quotes.
pub(super) fn is_text(facts: &Facts, subject: &str) -> bool {
    let Some((object, property)) = subject.split_once('.') else { return true };
    if object == "event" {
        return where_form::event_text(facts, property);
    }
    let kind = facts.get(object).and_then(|all| all.get(property));
    kind.is_none_or(|kind| matches!(kind, FactType::Text | FactType::Date | FactType::Time))
}

/// The condition that the fields below a name make. `None`: always.
pub(super) fn of(fields: &Fields, lead: &str, facts: &Facts) -> Option<String> {
    match fields.get(&format!("{lead}.kind")) {
        "text" => return Some(fields.get(&format!("{lead}.text")).to_owned()).filter(|text| !text.is_empty()),
        "choices" => {}
        _ => return None,
    }
    let at = |row: usize, name: &str| fields.get(&format!("{lead}.{row}.{name}")).to_owned();
    let choices: Vec<Choice> = fields
        .rows(lead)
        .into_iter()
        .filter(|row| !at(*row, "subject").is_empty())
        .map(|row| {
            let subject = at(row, "subject");
            let (operator, value) = (at(row, "operator"), at(row, "value"));
            let bare = subject.starts_with("happened:") && !matches!(operator.as_str(), "true" | "false");
            let operator = if bare { "true".to_owned() } else { operator };
            let choice = Choice { subject, operator, value, quoted: false };
            Choice { quoted: quoted(&choice, facts), ..choice }
        })
        .collect();
    (!choices.is_empty()).then(|| write(&choices))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read_text(source: &str) -> Option<Vec<Choice>> {
        read(&Expression::read(source).ok()?)
    }

    #[test]
    fn the_conditions_of_every_day_are_choices() {
        for source in [
            "appointment.status == 'booked'",
            "!happened('enquete') && hold.days >= 3",
            "repair.photo",
            "has(visit.reason) && visit.reason != \"geen toegang\"",
        ] {
            assert!(read_text(source).is_some(), "{source}");
        }
    }

    #[test]
    fn whatever_is_more_stays_text() {
        for source in [
            "event.start == appointment.start",
            "a.b == 'x' || a.c == 'y'",
            "size(customer.consents) > 0",
            "a.b in ['x', 'y']",
            "(a.b)",
            "a.b == 'x' && ",
            "!has(a.b)",
            "a.b == 'it\\'s'",
            "a.b == 'x && y'",
            "",
        ] {
            assert_eq!(read_text(source), None, "{source}");
        }
    }

    proptest! {
        #[test]
        fn what_was_chosen_is_read_back(
            parts in proptest::collection::vec(
                ("x[a-z]{0,4}", "p[a-z]{0,4}", 0_usize..8, "[a-z0-9 ]{0,6}", any::<i16>()), 1..=CHOICES_MAX)
        ) {
            let choices: Vec<Choice> = parts.into_iter().map(|(object, property, operator, text, number)| {
                let fact = format!("{object}.{property}");
                match operator {
                    0..6 if number % 2 == 0 => Choice {
                        subject: fact, operator: OPERATORS[operator].0.into(), value: number.to_string(), quoted: false },
                    0..6 => Choice { subject: fact, operator: OPERATORS[operator].0.into(), value: text, quoted: true },
                    6 => Choice { subject: fact, operator: "known".into(), value: String::new(), quoted: false },
                    _ => Choice {
                        subject: format!("happened:{object}"), operator: "false".into(), value: String::new(), quoted: false },
                }
            }).collect();
            prop_assert_eq!(read_text(&write(&choices)), Some(choices));
        }

        #[test]
        fn no_text_breaks_reading(source in ".{0,60}") {
            let _ = read_text(&source);
        }
    }
}
