//! The frame of a mail around its body.

use words::Language;

use crate::{Foot, foot, html::escaped};

const LAYOUT: &str = include_str!("mail.html");

/// What the frame shows.
pub(crate) struct Frame<'a> {
    pub(crate) language: Language,
    pub(crate) organisation: &'a str,
    pub(crate) subject: &'a str,
    /// HTML of the body, safe.
    pub(crate) body: &'a str,
    /// Its address, and how large it is shown.
    pub(crate) logo: Option<&'a (String, u32, u32)>,
    pub(crate) foot: &'a Foot,
}

/// The line below the sheet; nothing when there is nothing to say.
fn foot(frame: &Frame<'_>) -> String {
    let one = |(label, url): (&str, &str)| {
        let url = escaped(url);
        format!("<a class=\"soft\" href=\"{url}\" style=\"color:#60676f;text-decoration:underline;\">{label}</a>")
    };
    let lines: Vec<String> = foot::lines(frame.foot, frame.language).into_iter().map(one).collect();
    if lines.is_empty() {
        return String::new();
    }
    format!(
        "<tr><td class=\"foot soft\" style=\"padding:16px 32px 0;font-size:14px;line-height:20px;color:#60676f;\">{}</td></tr>\n",
        lines.join(" · "),
    )
}

/// Who writes: the name, or a logo that has the name where pictures are not shown.
fn head(frame: &Frame<'_>) -> String {
    let name = escaped(frame.organisation);
    let Some((address, width, height)) = frame.logo else { return name };
    let address = escaped(address);
    format!(
        "<img src=\"{address}\" alt=\"{name}\" width=\"{width}\" height=\"{height}\" \
         style=\"display:block;width:{width}px;max-width:100%;height:auto;border:0;border-radius:4px;background-color:#ffffff;\">"
    )
}

/// The whole document.
pub(crate) fn document(frame: &Frame<'_>) -> String {
    let foot = foot(frame);
    // One pass, so that no text of a customer can be taken for a place to fill.
    let mut out = String::with_capacity(LAYOUT.len() + frame.body.len());
    for (index, part) in LAYOUT.split("[[").enumerate() {
        let Some((name, rest)) = part.split_once("]]").filter(|_| index > 0) else {
            out.push_str(part);
            continue;
        };
        match name {
            "lang" => out.push_str(frame.language.tag()),
            "subject" => out.push_str(&escaped(frame.subject)),
            "organisation" => out.push_str(&head(frame)),
            "body" => out.push_str(frame.body.trim_end()),
            "foot" => out.push_str(&foot),
            _ => {}
        }
        out.push_str(rest);
    }
    out
}
