use super::{Curve, Driven};

/// The curve of least squared relative error (normal equations of three unknowns), none of whose parts may be below nothing: where one would
/// be, it is left out and the rest fitted anew.
pub(super) fn curve(driven: &[Driven]) -> Option<Curve> {
    let mut used = [true; 3];
    loop {
        let found = solve(driven, used)?;
        match (0..3).find(|part| used[*part] && found[*part] < 0.0) {
            Some(below) => used[below] = false,
            None => return Some(Curve { fixed: found[0], by_metre: found[1], by_root: found[2] }),
        }
    }
}

fn solve(driven: &[Driven], used: [bool; 3]) -> Option<[f64; 3]> {
    let mut rows = [[0.0_f64; 4]; 3];
    for drive in driven {
        let parts = [1.0, drive.metres, drive.metres.sqrt()].map(|part| part / drive.seconds);
        for (row, one) in rows.iter_mut().zip(parts) {
            for (cell, other) in row.iter_mut().zip(parts) {
                *cell += one * other;
            }
            row[3] += one;
        }
    }
    for part in (0..3).filter(|part| !used[*part]) {
        rows[part] = [0.0; 4];
        rows.iter_mut().for_each(|row| row[part] = 0.0);
        rows[part][part] = 1.0;
    }
    // Gauss with the largest of each column; its scale differs by orders of magnitude.
    for column in 0..3 {
        let largest = (column..3).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        rows.swap(column, largest);
        let pivot = rows[column];
        if pivot[column].abs() < 1e-15 {
            return None;
        }
        for (at, row) in rows.iter_mut().enumerate() {
            if at != column {
                let share = row[column] / pivot[column];
                row.iter_mut().zip(pivot).for_each(|(cell, other)| *cell -= share * other);
            }
        }
    }
    let found = std::array::from_fn(|part| rows[part][3] / rows[part][part]);
    found.iter().all(|part| part.is_finite()).then_some(found)
}

/// The value under which `share` of all lie, between two where it falls between them.
pub(super) fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let at = share * values.len().checked_sub(1)? as f64;
    let (low, high) = (values[at.floor() as usize], values[at.ceil() as usize]);
    Some(low + (high - low) * at.fract())
}
