//! Writes blocks as HTML: for a mail with its styles at every element (mail programs drop sheets), for print without.

use words::paper::{Block, Inline, short_address};

/// Where the HTML goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look<'a> {
    /// A mail: styles inline, links are pressed and have this colour.
    Mail(&'a str),
    /// Paper or a person's screen: no styles, the address of a link is written out.
    Print,
}

const PARAGRAPH: &str = "margin:0 0 16px;";
const HEADING: &str = "margin:24px 0 8px;font-size:18px;line-height:26px;font-weight:600;";
const LIST: &str = "margin:0 0 16px;padding:0 0 0 24px;";
const ITEM: &str = "margin:0 0 8px;";
const QUOTE: &str = "margin:0 0 16px;padding:0 0 0 16px;color:#474e57;";
const CODE: &str =
    "margin:0 0 16px;white-space:pre-wrap;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:15px;";
const RULE: &str = "margin:24px 0;border:0;border-top:1px solid #dce0e4;";
/// The colour of links where nobody chose one.
pub(crate) const ACCENT: &str = "#254a80";
const BUTTON: &str = "display:inline-block;padding:12px 22px;font-size:17px;line-height:24px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:6px;";

impl Look<'_> {
    /// The attributes of an element: a class for the dark sheet and a style, in a mail only.
    fn attributes(self, class: &str, style: &str) -> String {
        match (self, class) {
            (Self::Print, _) => String::new(),
            (Self::Mail(_), "") => format!(" style=\"{style}\""),
            (Self::Mail(_), class) => format!(" class=\"{class}\" style=\"{style}\""),
        }
    }

    /// Every block, one per line.
    pub(crate) fn blocks(self, blocks: &[Block]) -> String {
        blocks.iter().map(|block| self.block(block) + "\n").collect()
    }

    fn block(self, block: &Block) -> String {
        match block {
            Block::Paragraph(inlines) => format!("<p{}>{}</p>", self.attributes("", PARAGRAPH), self.inlines(inlines)),
            Block::Heading(inlines) => format!("<h2{}>{}</h2>", self.attributes("", HEADING), self.inlines(inlines)),
            Block::Button { label, url } => self.button(label, url),
            Block::Quote(inner) => {
                format!("<blockquote{}>\n{}</blockquote>", self.attributes("soft", QUOTE), self.blocks(inner))
            }
            Block::Code(text) => format!("<pre{}>{}</pre>", self.attributes("", CODE), escaped(text)),
            Block::Rule => format!("<hr{}>", self.attributes("line", RULE)),
            Block::List { start, items } => {
                let tag = if start.is_some() { "ol" } else { "ul" };
                let from =
                    start.filter(|start| *start != 1).map_or_else(String::new, |start| format!(" start=\"{start}\""));
                let items: String = items
                    .iter()
                    .map(|item| format!("<li{}>{}</li>\n", self.attributes("", ITEM), self.item(item)))
                    .collect();
                format!("<{tag}{from}{}>\n{items}</{tag}>", self.attributes("", LIST))
            }
        }
    }

    /// An item of one paragraph has none around it.
    fn item(self, blocks: &[Block]) -> String {
        match blocks {
            [Block::Paragraph(inlines)] => self.inlines(inlines),
            [Block::Paragraph(inlines), rest @ ..] => format!("{}\n{}", self.inlines(inlines), self.blocks(rest)),
            [Block::Button { label, url }] => self.link(label, url),
            blocks => self.blocks(blocks),
        }
    }

    fn button(self, label: &str, url: &str) -> String {
        match self {
            Self::Print => format!("<p>{}</p>", self.link(label, url)),
            Self::Mail(accent) => format!(
                "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:8px 0 24px;border-collapse:separate;\">\
                 <tr><td class=\"fill\" bgcolor=\"{accent}\" style=\"border-radius:6px;background-color:{accent};\">\
                 <a class=\"on-fill\" href=\"{}\" style=\"{BUTTON}\">{}</a></td></tr></table>",
                escaped(url),
                escaped(label),
            ),
        }
    }

    fn link(self, label: &str, url: &str) -> String {
        let style = match self {
            Self::Mail(accent) => format!("color:{accent};text-decoration:underline;"),
            Self::Print => String::new(),
        };
        let anchor = format!("<a{} href=\"{}\">{}</a>", self.attributes("link", &style), escaped(url), escaped(label));
        if self == Self::Print && label != url { format!("{anchor} ({})", escaped(short_address(url))) } else { anchor }
    }

    fn inlines(self, inlines: &[Inline]) -> String {
        let parts = inlines.iter().map(|inline| match inline {
            Inline::Text(text) => escaped(text),
            Inline::Strong(inner) => format!("<strong>{}</strong>", self.inlines(inner)),
            Inline::Emphasis(inner) => format!("<em>{}</em>", self.inlines(inner)),
            Inline::Link { label, url } => self.link(label, url),
            Inline::Break => "<br>\n".to_owned(),
        });
        parts.collect()
    }
}

/// An address as one would read it aloud: without `mailto:` and `tel:`.
pub(crate) fn shown(url: &str) -> &str {
    url.strip_prefix("mailto:").or_else(|| url.strip_prefix("tel:")).unwrap_or(url)
}

/// Text for an element or a quoted attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
