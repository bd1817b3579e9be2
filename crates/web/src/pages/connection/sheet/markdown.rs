//! The sheet as a file: Markdown, for a developer without an account here.

use super::{
    made::Made,
    shown::{EventShown, FieldShown, Standing},
};
use crate::{
    format,
    language::{Speech, Text},
};

/// The whole file.
pub(super) fn write(made: &Made, house: &str, speech: &Speech) -> String {
    let say = |text: Text| speech.say(&text);
    let date = format::date(speech.language, speech.today());
    let mut parts = vec![
        format!("# {}", say(Text::new("sheet-title").with("journey", made.title.as_str()))),
        say(Text::new("sheet-file-lede").with("organisation", house).with("date", date)),
    ];
    if let Some((_, name)) = &made.source {
        parts.push(say(Text::new("sheet-file-source").with("source", name.as_str())));
    }
    parts.push(format!("## {}", say(Text::new("sheet-how"))));
    parts.push(how(made, speech));
    parts.push(format!("## {}", say(Text::new("sheet-list"))));
    parts.push(list(made, speech));
    for event in made.events.iter().filter(|event| event.whole) {
        parts.push(of_event(event, made, speech));
    }
    parts.join("\n\n") + "\n"
}

/// How to call, in the words of the page.
fn how(made: &Made, speech: &Speech) -> String {
    let say = |text: Text| speech.say(&text);
    let lines = [
        (say(Text::new("sheet-address")), say(Text::new("sheet-how-address"))),
        (say(Text::new("source-key")), say(Text::new("sheet-how-key"))),
        ("`userId`".to_owned(), say(Text::new("sheet-how-who"))),
        ("`messageId`".to_owned(), say(Text::new("sheet-how-once"))),
        ("`timestamp`".to_owned(), say(Text::new("sheet-how-time"))),
        (say(Text::new("sheet-level")), say(Text::new("sheet-how-level"))),
        (say(Text::new("sheet-many")), say(Text::new("sheet-how-batch"))),
        (say(Text::new("sheet-answer")), say(Text::new("sheet-how-answer"))),
        (
            say(Text::new("sheet-libraries")),
            say(Text::new("sheet-how-libraries").with("address", made.endpoint.as_str())),
        ),
    ];
    let address = format!("`POST {}/v1/track`", made.endpoint);
    format!("{address}\n\n{}", lines.map(|(head, line)| format!("- **{head}**: {line}")).join("\n"))
}

/// The events as boxes to tick.
fn list(made: &Made, speech: &Speech) -> String {
    let progress = Text::new("sheet-progress").with("received", made.progress.received).with("of", made.progress.of);
    let rows = made.events.iter().map(|event| {
        let tick = if event.standing == Standing::Right { "x" } else { " " };
        let optional =
            if event.optional { format!(" ({})", speech.say(&Text::new("sheet-optional"))) } else { String::new() };
        let mut row = format!("- [{tick}] `{}`{optional}: {}", event.name, event.state);
        for gap in &event.gaps {
            row.push_str(&format!("\n  - {gap}"));
        }
        row
    });
    format!("{}\n\n{}", speech.say(&progress), rows.collect::<Vec<_>>().join("\n"))
}

fn of_event(event: &EventShown, made: &Made, speech: &Speech) -> String {
    let say = |text: Text| speech.say(&text);
    let mut out = format!("## `{}`\n\n{}: {}.", event.name, event.words, event.purposes.join("; "));
    if !event.fields.is_empty() {
        let heads = [
            Text::new("sheet-field"),
            Text::new("sheet-kind"),
            Text::new("sheet-level"),
            Text::new("sheet-example"),
            Text::new("sheet-for"),
        ];
        let heads = heads.map(say);
        out.push_str(&format!("\n\n| {} |\n|{}", heads.join(" | "), "---|".repeat(heads.len())));
        for field in &event.fields {
            out.push_str(&format!("\n{}", row(field, speech)));
        }
    }
    out.push_str(&format!("\n\n`POST {}/v1/{}`\n\n```json\n{}\n```", made.endpoint, event.call, event.json));
    out
}

fn row(field: &FieldShown, speech: &Speech) -> String {
    let say = |text: Text| speech.say(&text);
    let or = if field.or.is_empty() {
        String::new()
    } else {
        let or: Vec<String> = field.or.iter().map(|name| format!("`{name}`")).collect();
        format!(" {}", say(Text::new("sheet-or").with("names", or.join(", "))))
    };
    let values = if field.values.is_empty() {
        String::new()
    } else {
        let values: Vec<String> = field.values.iter().map(|value| format!("`{value}`")).collect();
        format!(" ({})", values.join(", "))
    };
    let cells = [
        format!("`{}`{or}", field.name),
        say(Text::joined("sheet-kind-", field.kind)),
        say(Text::joined("sheet-level-", field.level)),
        format!("`{}`{values}", field.example),
        field.purposes.join("; "),
    ];
    // A bar would end the cell.
    format!("| {} |", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}
