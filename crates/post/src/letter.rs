//! A letter on A4, its address where the window of the envelope is: C5/6 and C5, folded at the marks (DIN 5008 B; on the right
//! as the Dutch envelopes have it).

use faces::Face;
use words::paper::Letter;

use crate::{
    Cause, PAGES_MAX, Window,
    flow::{Column, Flow},
    ink::Run,
    measure::{Type, mm},
    sheet::{Laid, Mark, Role},
};

const PAGE: (f64, f64) = (mm(210.0), mm(297.0));
const LEFT: f64 = mm(25.0);
const WIDTH: f64 = mm(165.0);
const BODY: Type = Type::new(10.5, 15.0);
/// Where a fold comes, for an envelope of a third.
const FOLDS: [f64; 2] = [mm(105.0), mm(210.0)];

pub(crate) fn lay_out(letter: &Letter, window: Window) -> Result<Laid, Cause> {
    let title = letter.subject.clone().or_else(|| letter.to.first().cloned()).unwrap_or_default();
    let mut laid = Laid::new(PAGE, letter.language, title);
    let (address, sender) = match window {
        Window::Left => (LEFT, mm(138.0)),
        Window::Right => (mm(115.0), LEFT),
    };
    head(&mut laid, letter, sender);
    addressed(&mut laid, letter, address);
    for y in FOLDS {
        laid.put(None, Mark::Rule { x: mm(5.0), y, width: mm(4.0), thick: 0.4 });
    }
    let column = Column {
        x: LEFT,
        width: WIDTH,
        top: mm(25.0),
        bottom: mm(272.0),
        pages_max: PAGES_MAX,
        full: || Cause::TooLong,
    };
    let mut flow = Flow::new(&mut laid, column, BODY, mm(96.0));
    flow.text(Role::Paragraph, &[Run::new(&letter.date, Face::Regular)], BODY)?;
    flow.y += BODY.leading * 0.55;
    if let Some(subject) = &letter.subject {
        flow.text(Role::Title, &[Run::new(subject, Face::SemiBold)], Type::new(12.5, 17.0))?;
        flow.y += BODY.leading * 0.8;
    }
    flow.blocks(&letter.body)?;
    number(&mut laid);
    Ok(laid)
}

/// Who writes.
fn head(laid: &mut Laid, letter: &Letter, x: f64) {
    let Some((name, rest)) = letter.from.split_first() else { return };
    let element = laid.begin(Role::Paragraph);
    laid.line(element, &format!("{name} "), Face::SemiBold, (x, mm(22.0), 11.0));
    if !rest.is_empty() {
        laid.lines(rest, (x, mm(27.5), 9.0), 12.5);
    }
}

/// The line that brings it back when nobody lives there, and the address, both within the window.
fn addressed(laid: &mut Laid, letter: &Letter, x: f64) {
    let back = letter.from.join(" · ");
    let mut size = 6.5;
    while faces::width(&back, Face::Regular, size) > mm(78.0) && size > 3.5 {
        size -= 0.25;
    }
    laid.line(None, &back, Face::Regular, (x, mm(49.0), size));
    laid.put(None, Mark::Rule { x, y: mm(50.2), width: mm(78.0), thick: 0.3 });
    laid.lines(&letter.to, (x, mm(56.5), 10.5), mm(5.3));
}

/// The number of each page, when there is more than one.
fn number(laid: &mut Laid) {
    let pages = laid.sheets.len();
    if pages < 2 {
        return;
    }
    for (place, sheet) in laid.sheets.iter_mut().enumerate() {
        let text = format!("{} / {pages}", place + 1);
        let x = LEFT + WIDTH - faces::width(&text, Face::Regular, 9.0);
        let pieces = vec![crate::wrap::Piece { x: 0.0, text, face: Face::Regular }];
        sheet.items.push(crate::sheet::Item { element: None, mark: Mark::Text { x, y: mm(284.0), size: 9.0, pieces } });
    }
}
