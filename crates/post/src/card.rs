//! A card of A6: its text on one side, the address on the other.

use faces::Face;
use words::paper::Letter;

use crate::{
    Cause,
    flow::{Column, Flow},
    ink::Run,
    measure::{Type, mm},
    sheet::{Laid, Mark, Role, Sheet},
};

const PAGE: (f64, f64) = (mm(148.0), mm(105.0));
const MARGIN: f64 = mm(12.0);
/// From large to small; nothing smaller is printed.
const SIZES: [Type; 5] =
    [Type::new(12.0, 17.0), Type::new(11.0, 15.5), Type::new(10.0, 14.0), Type::new(9.0, 12.5), Type::new(8.5, 11.5)];

pub(crate) fn lay_out(letter: &Letter) -> Result<Laid, Cause> {
    let mut laid = SIZES.iter().find_map(|size| written(letter, *size).ok()).ok_or(Cause::CardFull)?;
    laid.sheets.push(Sheet::default());
    addressed(&mut laid, letter);
    Ok(laid)
}

fn written(letter: &Letter, size: Type) -> Result<Laid, Cause> {
    let title = letter.subject.clone().or_else(|| letter.to.first().cloned()).unwrap_or_default();
    let mut laid = Laid::new(PAGE, letter.language, title);
    let column = Column {
        x: MARGIN,
        width: PAGE.0 - 2.0 * MARGIN,
        top: MARGIN,
        bottom: PAGE.1 - MARGIN,
        pages_max: 1,
        full: || Cause::CardFull,
    };
    let mut flow = Flow::new(&mut laid, column, size, MARGIN);
    if let Some(subject) = &letter.subject {
        let larger = Type::new(size.size * 1.2, size.leading * 1.15);
        flow.text(Role::Title, &[Run::new(subject, Face::SemiBold)], larger)?;
        flow.y += size.leading * 0.6;
    }
    flow.blocks(&letter.body)?;
    if flow.y > column.bottom + 1.0 { Err(Cause::CardFull) } else { Ok(laid) }
}

fn addressed(laid: &mut Laid, letter: &Letter) {
    laid.lines(&letter.from, (mm(10.0), mm(14.0), 7.5), 10.5);
    laid.put(None, Mark::Rule { x: mm(74.0), y: mm(86.0), width: mm(64.0), thick: 0.3 });
    laid.lines(&letter.to, (mm(74.0), mm(56.0), 10.5), mm(5.6));
}
