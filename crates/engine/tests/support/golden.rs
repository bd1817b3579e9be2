use super::{Shell, journeys};

/// Compares a replay with `trace.golden.txt` beside the trace. `GOLDEN=write` writes it: then read it critically.
pub(crate) fn assert_golden(id: &str, shell: &Shell) {
    let path = journeys().join(id).join("trace.golden.txt");
    let text = text_of(id, shell);
    if std::env::var_os("GOLDEN").is_some_and(|what| what == "write") {
        std::fs::write(&path, &text).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        golden == text,
        "{} is stale: run the test with GOLDEN=write and read what changed\n{text}",
        path.display()
    );
}

fn text_of(id: &str, shell: &Shell) -> String {
    let mut text = format!("{id}: what the engine makes of trace.jsonl, in local time\n");
    for (name, customer) in shell.story.customers() {
        let lines = shell.story.of(customer);
        if !lines.is_empty() {
            text.push_str(&format!("\n{name}\n  {}\n", lines.join("\n  ")));
        }
    }
    let nobody = shell.story.of_nobody();
    if !nobody.is_empty() {
        text.push_str(&format!("\nnobody\n  {}\n", nobody.join("\n  ")));
    }
    text
}
