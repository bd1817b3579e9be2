//! Writing a display list as SVG. The only place that knows the format.

mod embed;
mod number;
mod shape;
mod wrapper;

use words::Language;

use crate::display::{DisplayList, Item, Outline};
use crate::frame::MARGIN;
use crate::layout::draw;
use crate::options::{Look, Options, Page};
use crate::sheet::Sheet;
use shape::{data, escape, shape};

/// Draws a journey as SVG, one text per A3 sheet. Same input, same bytes.
pub fn svg(sheet: &Sheet, options: &Options) -> Vec<String> {
    let lists = draw(sheet, options);
    lists.iter().map(|list| write(list, options)).collect()
}

/// An outline as the `d` of a path.
pub fn path_data(outline: &Outline) -> String {
    data(outline)
}

fn write(list: &DisplayList, options: &Options) -> String {
    let mut out = String::new();
    head(&mut out, list, options);
    items(&mut out, &list.items, options);
    out.push_str("</svg>\n");
    out
}

fn head(out: &mut String, list: &DisplayList, options: &Options) {
    let (w, h) = (number::mm(list.width), number::mm(list.height));
    let (title, description) = (escape(&list.title), escape(&list.description));
    let language = Language::tag(list.language);
    out.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    match options.look {
        Look::Print => {
            out.push_str(&format!(
                " width=\"{w}mm\" height=\"{h}mm\" viewBox=\"0 0 {w} {h}\" lang=\"{language}\" role=\"img\""
            ));
            out.push_str(" font-family=\"Inter, 'Source Sans 3', sans-serif\">\n");
            out.push_str(&format!("<title>{title}</title>\n<desc>{description}</desc>\n"));
            out.push_str(&embed::fonts());
            out.push_str(&format!("<rect width=\"{w}\" height=\"{h}\" fill=\"#FFFFFF\"/>\n"));
        }
        Look::Screen => {
            out.push_str(&format!(
                " class=\"map\" viewBox=\"{}\" lang=\"{language}\" role=\"group\"",
                seen(list, options)
            ));
            out.push_str(&format!(" aria-label=\"{title}. {description}\""));
            out.push_str(" font-family=\"Inter, sans-serif\">\n");
        }
    }
}

/// A page of the screen has white of its own around the map: only a hairline of the sheet's is kept.
fn seen(list: &DisplayList, options: &Options) -> String {
    let cut = if options.page == Page::A3 { 0.0 } else { MARGIN - 0.5 };
    let (w, h) = (number::mm(list.width - 2.0 * cut), number::mm(list.height - 2.0 * cut));
    format!("{0} {0} {w} {h}", number::mm(cut))
}

fn items(out: &mut String, list: &[Item], options: &Options) {
    for item in list {
        match item {
            Item::Group(group) => {
                let (open, close) = wrapper::around(group, options);
                out.push_str(&open);
                items(out, &group.items, options);
                out.push_str(&close);
            }
            Item::Area(_) => {}
            other => out.push_str(&shape(other)),
        }
    }
}
