use crate::{Fault, limits};

/// The way from one place to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leg {
    /// How long it takes.
    pub seconds: i32,
    /// What it costs, in whatever a plan is to spend least of: seconds, metres, cents.
    pub cost: i32,
}

/// The ways between all places: a row for each place one leaves from.
///
/// One more place, after the last, is nowhere in particular: to get there and away takes nothing.
#[derive(Clone, Debug)]
pub struct Legs {
    places: usize,
    cells: Vec<Leg>,
}

impl Legs {
    /// Of `places` squared cells, row by row.
    ///
    /// # Errors
    /// When the table is not square, too large, or holds a leg of less than nothing or more than a week.
    pub fn new(places: usize, cells: &[Leg]) -> Result<Self, Fault> {
        if places > limits::PLACES_MAX {
            return Err(Fault::TooMany { what: "places", count: places, most: limits::PLACES_MAX });
        }
        if cells.len() != places * places {
            return Err(Fault::Table { cells: cells.len(), places });
        }
        let is_sound = |leg: &Leg| (0..=limits::SECONDS_MAX as i32).contains(&leg.seconds) && leg.cost >= 0;
        if let Some(at) = cells.iter().position(|leg| !is_sound(leg)) {
            return Err(Fault::Duration { what: format!("the leg from {} to {}", at / places, at % places) });
        }
        let mut all = vec![Leg::default(); (places + 1) * (places + 1)];
        for (row, from) in cells.chunks_exact(places.max(1)).zip(all.chunks_exact_mut(places + 1)) {
            from[..places].copy_from_slice(row);
        }
        Ok(Self { places, cells: all })
    }

    /// How many places it is of, nowhere not among them.
    #[must_use]
    pub fn places(&self) -> usize {
        self.places
    }

    /// What the dearest leg costs.
    pub(crate) fn dearest(&self) -> i64 {
        self.cells.iter().map(|leg| i64::from(leg.cost)).max().unwrap_or(0)
    }

    /// The place that is nowhere in particular.
    pub(crate) fn nowhere(&self) -> u32 {
        self.places as u32
    }

    /// The way from one place to another.
    #[inline]
    pub(crate) fn leg(&self, from: u32, to: u32) -> Leg {
        self.cells[from as usize * (self.places + 1) + to as usize]
    }
}
