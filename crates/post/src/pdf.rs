//! Writes pages as a tagged PDF (PDF/UA-1).

use std::{collections::BTreeMap, num::NonZeroU16, sync::OnceLock};

use faces::{Face, glyphs};
use krilla::{
    Document, SerializeSettings,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, Tag, TagGroup, TagKind, TagTree,
    },
    text::{Font, GlyphId, KrillaGlyph},
};

use crate::{
    Cause,
    code::Code,
    sheet::{Laid, Mark, Role},
    wrap::Piece,
};

/// Every page of these, in their order.
pub(crate) fn write(letters: &[Laid], title: &str) -> Result<Vec<u8>, Cause> {
    let refused = |detail: String| Cause::NotAccessible { detail };
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|error| refused(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let language = letters.first().map_or("nl", |laid| laid.language.tag());
    document.set_metadata(Metadata::new().title(title.to_owned()).language(language.to_owned()));
    let (mut tree, mut outline, mut pages) = (TagTree::new(), Outline::new(), 0);
    for laid in letters {
        // On both sides of the paper, the next begins on a sheet of its own.
        if pages % 2 == 1 {
            page(&mut document, laid, |_| ());
            pages += 1;
        }
        outline.push_child(OutlineNode::new(laid.title.clone(), XyzDestination::new(pages, Point::from_xy(0.0, 0.0))));
        let mut marked: BTreeMap<usize, Vec<Identifier>> = BTreeMap::new();
        for sheet in &laid.sheets {
            page(&mut document, laid, |surface| {
                for item in &sheet.items {
                    let identifier = surface.start_tagged(tag(laid, item.element));
                    draw(surface, &item.mark);
                    surface.end_tagged();
                    if let Some(element) = item.element {
                        marked.entry(element).or_default().push(identifier);
                    }
                }
            });
            pages += 1;
        }
        tree.push(tagged(laid, marked));
    }
    document.set_outline(outline);
    document.set_tag_tree(tree);
    document.finish().map_err(|error| refused(format!("{error:?}")))
}

fn page(document: &mut Document, laid: &Laid, fill: impl FnOnce(&mut Surface<'_>)) {
    let settings = PageSettings::from_wh(laid.width as f32, laid.height as f32).unwrap_or_default();
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    fill(&mut surface);
    surface.finish();
    page.finish();
}

fn tag(laid: &Laid, element: Option<usize>) -> ContentTag<'_> {
    match element.map(|element| &laid.elements[element]) {
        None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        Some(Role::Picture(_)) => ContentTag::Other,
        Some(_) => ContentTag::Span(SpanTag::empty()),
    }
}

/// The structure of one letter: its elements as they are read, items of a list together.
fn tagged(laid: &Laid, mut marked: BTreeMap<usize, Vec<Identifier>>) -> TagGroup {
    let mut part = TagGroup::new(Tag::Part.with_lang(Some(laid.language.tag().to_owned())));
    let has_title = laid.elements.contains(&Role::Title);
    let mut list = Items::default();
    for (place, role) in laid.elements.iter().enumerate() {
        let Some(identifiers) = marked.remove(&place) else { continue };
        match role {
            Role::Label => list.label(group(Tag::Lbl, identifiers)),
            Role::Item => list.item(Some(group(Tag::P, identifiers))),
            other => {
                list.end(&mut part);
                part.push(group(kind(other, has_title, laid), identifiers));
            }
        }
    }
    list.end(&mut part);
    part
}

fn group(tag: impl Into<TagKind>, identifiers: Vec<Identifier>) -> TagGroup {
    let mut group = TagGroup::new(tag);
    identifiers.into_iter().for_each(|identifier| group.push(identifier));
    group
}

/// A list as it grows. Nothing that was marked on a page may be left out of the structure.
#[derive(Default)]
struct Items {
    list: Option<TagGroup>,
    label: Option<TagGroup>,
}

impl Items {
    fn label(&mut self, label: TagGroup) {
        self.item(None);
        self.label = Some(label);
    }

    /// What belongs to the label before it; `None`: nothing does.
    fn item(&mut self, body: Option<TagGroup>) {
        if self.label.is_none() && body.is_none() {
            return;
        }
        let mut item = TagGroup::new(Tag::LI);
        self.label.take().into_iter().for_each(|label| item.push(label));
        if let Some(body) = body {
            item.push(TagGroup::with_children(Tag::LBody, vec![body.into()]));
        }
        self.list.get_or_insert_with(|| TagGroup::new(Tag::L(ListNumbering::None))).push(item);
    }

    fn end(&mut self, part: &mut TagGroup) {
        self.item(None);
        self.list.take().into_iter().for_each(|list| part.push(list));
    }
}

fn kind(role: &Role, has_title: bool, laid: &Laid) -> TagKind {
    let heading =
        |level, title: &str| Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(title.to_owned()));
    match role {
        Role::Title => heading(1, &laid.title).into(),
        Role::Heading(words) => heading(if has_title { 2 } else { 1 }, words).into(),
        Role::Quote => Tag::BlockQuote.into(),
        Role::Picture(words) => Tag::Figure(Some(words.clone())).into(),
        Role::Paragraph | Role::Code | Role::Label | Role::Item => Tag::P.into(),
    }
}

fn draw(surface: &mut Surface<'_>, mark: &Mark) {
    match mark {
        Mark::Text { x, y, size, pieces } => pieces.iter().for_each(|piece| text(surface, piece, (*x, *y, *size))),
        Mark::Rule { x, y, width, thick } => fill(surface, [(*x, *y, *width, *thick)].into_iter()),
        Mark::Code { x, y, side, code } => fill(surface, stretches(code, (*x, *y), *side)),
    }
}

/// Dark stretches, each a little larger, so that no hair of light stays between them.
fn stretches(code: &Code, (x, y): (f64, f64), side: f64) -> impl Iterator<Item = (f64, f64, f64, f64)> {
    let one = side / f64::from(code.squares);
    let placed = move |(column, row, length)| {
        let (left, top) = (x + f64::from(column) * one, y + f64::from(row) * one);
        (left, top, one * (f64::from(length) + 0.02), one * 1.02)
    };
    code.dark().into_iter().map(placed)
}

fn fill(surface: &mut Surface<'_>, rectangles: impl Iterator<Item = (f64, f64, f64, f64)>) {
    let mut path = PathBuilder::new();
    for (x, y, width, height) in rectangles {
        if let Some(rectangle) = Rect::from_xywh(x as f32, y as f32, width as f32, height as f32) {
            path.push_rect(rectangle);
        }
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn text(surface: &mut Surface<'_>, piece: &Piece, (x, y, size): (f64, f64, f64)) {
    let Some(font) = font(piece.face) else { return };
    let shaped: Vec<KrillaGlyph> = glyphs(&piece.text, piece.face)
        .into_iter()
        .map(|glyph| {
            let id = GlyphId::new(glyph.id.map_or(0, u32::from));
            KrillaGlyph::new(id, glyph.advance_em as f32, 0.0, 0.0, 0.0, glyph.text, None)
        })
        .collect();
    let start = Point::from_xy((x + piece.x) as f32, y as f32);
    surface.draw_glyphs(start, &shaped, font, &piece.text, size as f32, false);
}

fn font(face: Face) -> Option<Font> {
    static FONTS: OnceLock<[Option<Font>; 3]> = OnceLock::new();
    FONTS.get_or_init(|| Face::ALL.map(|face| Font::new(face.otf().into(), 0)))[face as usize].clone()
}
