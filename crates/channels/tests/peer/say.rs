#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(crate) fn say(note: &str) {
    eprintln!("{note}");
}
