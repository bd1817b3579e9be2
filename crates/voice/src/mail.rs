//! The frame of a mail around its body.

use words::Language;

use crate::html::escaped;

const LAYOUT: &str = include_str!("mail.html");

/// What the frame shows.
pub(crate) struct Frame<'a> {
    pub(crate) language: Language,
    pub(crate) organisation: &'a str,
    pub(crate) subject: &'a str,
    /// HTML of the body, safe.
    pub(crate) body: &'a str,
    pub(crate) unsubscribe: Option<&'a str>,
    /// Its address, and how large it is shown.
    pub(crate) logo: Option<&'a (String, u32, u32)>,
}

/// The word of the link that stops messages.
pub(crate) fn unsubscribe_label(language: Language) -> &'static str {
    language.pick("Afmelden voor deze berichten", "Unsubscribe from these messages")
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
    let foot = frame.unsubscribe.map_or_else(String::new, |url| {
        format!(
            "<tr><td class=\"foot soft\" style=\"padding:16px 32px 0;font-size:14px;line-height:20px;color:#60676f;\">\
             <a class=\"soft\" href=\"{}\" style=\"color:#60676f;text-decoration:underline;\">{}</a></td></tr>\n",
            escaped(url),
            unsubscribe_label(frame.language),
        )
    });
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
