use super::Texts;
use crate::language::{Scalar, Shape};

/// What a scalar should look like, as the object of "write …".
pub(crate) fn wanted(scalar: Scalar) -> Texts {
    let (dutch, english) = match scalar {
        Scalar::Title => ("een korte tekst (hooguit 200 tekens)", "a short text (at most 200 characters)"),
        Scalar::Text => ("een tekst (hooguit 2000 tekens)", "a text (at most 2000 characters)"),
        Scalar::Id => (
            "een naam in kleine letters met streepjes, zoals ligt-klaar",
            "a name in lower case with hyphens, such as ready-to-collect",
        ),
        Scalar::Word => (
            "een naam in kleine letters met lage streepjes, zoals word_of_mouth",
            "a name in lower case with underscores, such as word_of_mouth",
        ),
        Scalar::Event => (
            "een gebeurtenis zoals appointment.booked: twee woorden met een punt ertussen",
            "an event such as appointment.booked: two words with a dot between them",
        ),
        Scalar::Fact => (
            "een gegeven zoals appointment.start: twee woorden met een punt ertussen",
            "a fact such as appointment.start: two words with a dot between them",
        ),
        Scalar::Anchor => (
            "een gegeven (appointment.start), een gebeurtenis (loan.returned) of de naam van een contactmoment",
            "a fact (appointment.start), an event (loan.returned) or the id of a touchpoint",
        ),
        Scalar::Span => (
            "een duur van hooguit twee jaar: 30s, 15m, 2h, 1d of 2w",
            "a length of time of at most two years: 30s, 15m, 2h, 1d or 2w",
        ),
        Scalar::Due => (
            "now, een duur zoals 4h of 1d, of werkdagen zoals 3wd",
            "now, a length of time such as 4h or 1d, or working days such as 3wd",
        ),
        Scalar::Kept => ("never of een duur van dagen zoals 90d", "never or a length of time in days such as 90d"),
        Scalar::Again => ("never, after_end of een duur zoals 30d", "never, after_end or a length of time such as 30d"),
        Scalar::Late => {
            ("skip, send of within met een duur: within 1h", "skip, send or within with a length of time: within 1h")
        }
        Scalar::Clock => ("een tijd tussen aanhalingstekens: \"09:30\"", "a time between quotation marks: \"09:30\""),
        Scalar::Hours => ("twee tijden zoals \"21:00-08:00\", of none", "two times such as \"21:00-08:00\", or none"),
        Scalar::Experience => ("een getal van -2 tot en met 2", "a number from -2 to 2"),
        Scalar::Count => ("een geheel getal vanaf 1", "a whole number from 1"),
        Scalar::Number => ("een geheel getal vanaf 0", "a whole number from 0"),
        Scalar::Days => ("een aantal dagen, zoals 7d, hoogstens 31d", "a number of days, such as 7d, at most 31d"),
        Scalar::Amount => ("een bedrag in euro's, nul of meer", "an amount in euros, nought or more"),
        Scalar::Bool => ("true of false", "true or false"),
        Scalar::Example => (
            "een voorbeeld: een korte tekst, een getal, true of false",
            "an example: a short text, a number, true or false",
        ),
        Scalar::Share => ("een percentage van 0% tot en met 90%", "a percentage from 0% to 90%"),
        Scalar::Choice(choices) => {
            let choices = choices();
            return (one_of(&choices, "of"), one_of(&choices, "or"));
        }
        Scalar::Condition => (
            "een voorwaarde tussen aanhalingstekens: \"hold.status == 'waiting'\"",
            "a condition between quotation marks: \"hold.status == 'waiting'\"",
        ),
        Scalar::Zone => ("een tijdzone zoals Europe/Amsterdam", "a time zone such as Europe/Amsterdam"),
    };
    (dutch.to_owned(), english.to_owned())
}

/// What may stand somewhere, as the object of "write …".
pub(crate) fn wanted_shape(shape: &Shape) -> Texts {
    match shape {
        Shape::Scalar(scalar) => wanted(*scalar),
        Shape::Map(table) => {
            let keys: Vec<&str> = table.keys.iter().map(|key| key.name).take(4).collect();
            (
                format!("een groep met sleutels zoals {}", keys.join(", ")),
                format!("a mapping with keys such as {}", keys.join(", ")),
            )
        }
        Shape::List(..) => ("een lijst".to_owned(), "a list".to_owned()),
        Shape::Named(..) => {
            ("een groep van namen met hun waarde".to_owned(), "a mapping of names to values".to_owned())
        }
        Shape::OneOrList(item, _) => {
            let (dutch, english) = wanted_shape(item);
            (format!("{dutch}, of een lijst daarvan"), format!("{english}, or a list of these"))
        }
        Shape::Choose(shapes) => {
            let markers: Vec<&str> = shapes.iter().flat_map(Shape::tables).map(|table| table.marker).collect();
            let groups = (
                format!("een groep met {}", one_of(&markers, "of")),
                format!("a mapping with {}", one_of(&markers, "or")),
            );
            match shape.scalar() {
                Some(scalar) => {
                    let (dutch, english) = wanted(scalar);
                    (format!("{dutch}, of {}", groups.0), format!("{english}, or {}", groups.1))
                }
                None => groups,
            }
        }
    }
}

/// `a, b or c`.
pub(crate) fn one_of<T: AsRef<str>>(names: &[T], or: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {or} {}", first.join(", "), last.as_ref())
        }
    }
}
