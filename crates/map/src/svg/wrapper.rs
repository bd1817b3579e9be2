//! What surrounds a group: nothing on paper; a link with a label on the screen.

use words::TouchpointId;

use super::shape::{self, escape};
use crate::display::{Group, Mark};
use crate::options::{Links, Look, Options};

/// What comes before and after the items of a group. A link holds nothing but the place where it may be pointed at, over a
/// drawing that is not read aloud: its name says the same in order.
pub(super) fn around(group: &Group, options: &Options) -> (String, String) {
    let (class, id) = class(&group.mark);
    if options.look == Look::Print {
        return ("<g>\n".to_owned(), "</g>\n".to_owned());
    }
    let label = escape(&group.label);
    let current = match &group.mark {
        Mark::Touchpoint(id) if options.selected.as_ref() == Some(id) => " aria-current=\"true\"",
        _ => "",
    };
    let about = id.map_or_else(String::new, |id| format!(" data-touchpoint=\"{}\"", escape(id.as_str())));
    match href(&group.mark, &options.links) {
        Some(href) => {
            let open = format!("<g class=\"map-{class}\"{about}>\n<g aria-hidden=\"true\">\n");
            let area = shape::area(group.area());
            let href = escape(&href);
            let close = format!(
                "</g>\n<a href=\"{href}\"{current} aria-label=\"{label}\"><title>{label}</title>\n{area}</a>\n</g>\n"
            );
            (open, close)
        }
        None => {
            // A column holds whatever is in it: its name would cover theirs.
            let title = match group.mark {
                Mark::Touchpoint(_) => String::new(),
                _ => format!("<title>{label}</title>\n"),
            };
            let open =
                format!("<g class=\"map-{class}\"{about}{current} role=\"group\" aria-label=\"{label}\">\n{title}");
            (open, "</g>\n".to_owned())
        }
    }
}

fn class(mark: &Mark) -> (&'static str, Option<&TouchpointId>) {
    match mark {
        Mark::Touchpoint(id) => ("touchpoint", Some(id)),
        Mark::Reached(id) => ("reached", Some(id)),
        Mark::Entering(id) => ("entering", Some(id)),
        Mark::Exit(id) => ("exit", Some(id)),
        Mark::Looped { from, .. } => ("loop", Some(from)),
        Mark::Complaints(id) => ("complaints", Some(id)),
        Mark::Goal => ("goal", None),
    }
}

fn href(mark: &Mark, links: &Links) -> Option<String> {
    let fill = |pattern: &Option<String>, id: &TouchpointId| {
        pattern.as_ref().map(|pattern| pattern.replace("{id}", &in_url(id)))
    };
    match mark {
        Mark::Touchpoint(id) => fill(&links.touchpoint, id),
        Mark::Reached(id) => fill(&links.reached, id),
        Mark::Entering(id) => fill(&links.entering, id),
        Mark::Exit(id) => fill(&links.exit, id),
        Mark::Looped { from, to } => fill(&links.looped, from).map(|pattern| pattern.replace("{to}", &in_url(to))),
        Mark::Complaints(id) => fill(&links.complaints, id),
        Mark::Goal => links.goal.clone(),
    }
}

/// An id as part of a URL; ids are plain words, anything else is percent-encoded.
fn in_url(id: &TouchpointId) -> String {
    let mut text = String::new();
    for byte in id.as_str().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => text.push(byte.into()),
            other => text.push_str(&format!("%{other:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_break_out_of_a_link() {
        let links = Links { touchpoint: Some("/m/{id}".to_owned()), ..Links::default() };
        let mark = Mark::Touchpoint(TouchpointId::new("a/../\"b é"));
        assert_eq!(href(&mark, &links).as_deref(), Some("/m/a%2F..%2F%22b%20%C3%A9"));
    }
}
