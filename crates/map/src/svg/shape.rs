//! One element per shape.

use super::number::{mm, opacity};
use crate::display::{Anchor, Cap, Item, Outline, Paint, Rect, Segment, Text};
use faces::Face;

/// The element of an item; groups and areas are written elsewhere.
pub(super) fn shape(item: &Item) -> String {
    match item {
        Item::Rect(rect, radius, paint) => {
            let round = if *radius > 0.0 { format!(" rx=\"{}\"", mm(*radius)) } else { String::new() };
            format!("<rect{}{round}{}/>\n", position(*rect), paint_of(*paint))
        }
        Item::Circle(x, y, r, paint) => {
            format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>\n", mm(*x), mm(*y), mm(*r), paint_of(*paint))
        }
        Item::Path(outline, paint) => format!("<path d=\"{}\"{}/>\n", data(outline), paint_of(*paint)),
        Item::Text(text) => text_element(text),
        Item::Area(_) | Item::Group(_) => String::new(),
    }
}

/// Where a group may be pointed at, without drawing anything.
pub(super) fn area(rect: Rect) -> String {
    format!("<rect{} class=\"map-area\" fill=\"none\" pointer-events=\"all\"/>\n", position(rect))
}

fn position(rect: Rect) -> String {
    format!(" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", mm(rect.x), mm(rect.y), mm(rect.w), mm(rect.h))
}

fn paint_of(paint: Paint) -> String {
    let mut out = format!(" fill=\"{}\"", paint.fill.map_or("none", |colour| colour.0));
    if let Some(share) = paint.opacity {
        out.push_str(&format!(" fill-opacity=\"{}\"", opacity(share)));
    }
    if let Some(stroke) = paint.stroke {
        out.push_str(&format!(" stroke=\"{}\" stroke-width=\"{}\"", stroke.colour.0, mm(stroke.width)));
        if stroke.cap == Cap::Round {
            out.push_str(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        }
        if let Some((on, off)) = stroke.dash {
            out.push_str(&format!(" stroke-dasharray=\"{} {}\"", mm(on), mm(off)));
        }
    }
    out
}

pub(super) fn data(outline: &Outline) -> String {
    let mut out = String::new();
    for segment in &outline.0 {
        let (verb, numbers): (char, &[f64]) = match segment {
            Segment::Move(x, y) => ('M', &[*x, *y]),
            Segment::Line(x, y) => ('L', &[*x, *y]),
            Segment::Quad(a, b, x, y) => ('Q', &[*a, *b, *x, *y]),
            Segment::Cubic(a, b, c, d, x, y) => ('C', &[*a, *b, *c, *d, *x, *y]),
            Segment::Close => ('Z', &[]),
        };
        out.push(verb);
        let numbers: Vec<String> = numbers.iter().map(|number| mm(*number)).collect();
        out.push_str(&numbers.join(" "));
    }
    out
}

fn text_element(text: &Text) -> String {
    let mut out = format!(
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"",
        mm(text.x),
        mm(text.y),
        mm(text.size),
        text.colour.0
    );
    match text.face {
        Face::Regular => {}
        Face::SemiBold => out.push_str(" font-weight=\"600\""),
        Face::Italic => out.push_str(" font-style=\"italic\""),
    }
    match text.anchor {
        Anchor::Start => {}
        Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
        Anchor::End => out.push_str(" text-anchor=\"end\""),
    }
    if text.spacing > 0.0 {
        out.push_str(&format!(" letter-spacing=\"{}\"", mm(text.spacing)));
    }
    if text.halo {
        out.push_str(" stroke=\"#FFFFFF\" stroke-width=\"0.9\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
    }
    out.push_str(&format!(">{}</text>\n", escape(&text.content)));
    out
}

/// Text inside an element or an attribute. Control characters, which XML cannot hold, become spaces.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escape("</text><script>\"&'\u{1}"), "&lt;/text&gt;&lt;script&gt;&quot;&amp;&#39; ");
    }
}
