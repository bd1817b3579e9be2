//! What a writer wrote, without what the mail program put below it.

/// Lines from which on everything is another's mail.
const ABOVE_ANOTHER: [&str; 6] = [
    "-----original message-----",
    "-----oorspronkelijk bericht-----",
    "-----ursprüngliche nachricht-----",
    "________________________________",
    "begin forwarded message:",
    "---------- forwarded message",
];

/// The text without quotes and signature; where nothing else is left, all of it.
pub(super) fn unquoted(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut kept: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let bare = line.trim();
        if bare == "--" && kept.iter().any(|line| !line.trim().is_empty()) || starts_another(&lines[at..]) {
            break;
        }
        if let Some(length) = introduces(&lines[at..]) {
            let next = lines[at + length..].iter().find(|line| !line.trim().is_empty());
            if next.is_none_or(|next| !next.trim_start().starts_with('>')) {
                break;
            }
            at += length;
            continue;
        }
        if !bare.starts_with('>') {
            kept.push(line);
        }
        at += 1;
    }
    let left = kept.join("\n").trim().to_owned();
    if left.is_empty() { text.trim().to_owned() } else { left }
}

/// Whether another's mail stands from here on: a line that says so, or a head of From and date as some programs write it.
fn starts_another(lines: &[&str]) -> bool {
    let first = lines[0].trim().to_lowercase();
    if ABOVE_ANOTHER.iter().any(|start| first.starts_with(start)) {
        return true;
    }
    let is_from = ["van:", "from:", "von:"].iter().any(|start| first.trim_start_matches('*').starts_with(start));
    let follows = |line: &&&str| {
        let line = line.trim().trim_start_matches('*').to_lowercase();
        ["verzonden:", "sent:", "gesendet:", "datum:", "date:"].iter().any(|start| line.starts_with(start))
    };
    is_from && lines.iter().skip(1).take(3).any(|line| follows(&line))
}

/// How many lines say who wrote what is quoted below: "Op ma 4 okt 2027 om 10:00 schreef Anna <…>:", also broken in two.
fn introduces(lines: &[&str]) -> Option<usize> {
    (1..=2.min(lines.len())).find(|count| {
        let said = lines[..*count].iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ").to_lowercase();
        let begins = ["op ", "on ", "am "].iter().any(|start| said.starts_with(start));
        let writes = [" schreef", " wrote:", " schrieb "].iter().any(|verb| said.contains(verb));
        begins && writes && said.ends_with(':') && said.len() < 300
    })
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn what_is_quoted_is_folded_away() {
        let gmail = "Kan het ook later?\n\nOp ma 4 okt 2027 om 10:00 schreef Rijnoever\n<post@rijnoever.example>:\n\n> Morgen komt\n> de vakman.\n";
        assert_eq!(unquoted(gmail), "Kan het ook later?");
        let between = "On 4 Oct, A wrote:\n> Morgen?\nJa.\n> Thuis?\nNee.";
        assert_eq!(unquoted(between), "Ja.\nNee.", "answers between the lines stay");
        let outlook = "Later graag.\n\nVan: Rijnoever <post@rijnoever.example>\nVerzonden: maandag 4 oktober\nAan: Anna\n\nMorgen komt de vakman.";
        assert_eq!(unquoted(outlook), "Later graag.");
        assert_eq!(unquoted("Ja.\n________________________________\nFrom: x\n"), "Ja.");
        assert_eq!(unquoted("Ja.\n-- \nAnna\nStraat 1"), "Ja.");
        let html = "Prima\n\nOn Mon, A <a@b> wrote:\n\nMorgen komt de vakman.";
        assert_eq!(unquoted(html), "Prima", "what loses its marks on the way from HTML is quoted all the same");
    }

    #[test]
    fn what_was_written_is_never_lost() {
        for text in [
            "> alles is citaat",
            "Op zondag schreef ik: het lekt.",
            "Van: hier tot daar lekt het.\nGroet",
            "--\nAnna",
            "",
        ] {
            assert_eq!(unquoted(text), text);
        }
    }
}
