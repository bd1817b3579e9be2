//! Small worlds to plan in: technicians on a plain, anything may be asked of them.

use planning::{Break, Job, Leg, Legs, Needs, Pin, Problem, Shift, Span};
use proptest::prelude::*;

/// The first hour of a working day.
pub(crate) const MORNING: i64 = 8 * 3_600;

#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) jobs: Vec<Job>,
    pub(crate) shifts: Vec<Shift>,
    pub(crate) at: Vec<(i32, i32)>,
}

impl World {
    pub(crate) fn leg(&self, from: usize, to: usize) -> Leg {
        let ((x1, y1), (x2, y2)) = (self.at[from], self.at[to]);
        let seconds = f64::from((x1 - x2).pow(2) + (y1 - y2).pow(2)).sqrt() as i32 * 60;
        Leg::new(seconds, seconds)
    }

    pub(crate) fn legs(&self) -> Legs {
        let places = self.at.len();
        let cells: Vec<Leg> = (0..places * places).map(|cell| self.leg(cell / places, cell % places)).collect();
        Legs::new(places, &cells).unwrap()
    }

    pub(crate) fn problem(&self) -> Problem {
        Problem::new(&self.jobs, &self.shifts, vec![self.legs()]).unwrap()
    }
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    let one = (0_i64..8, 1_i64..5)
        .prop_map(|(from, long)| vec![Span::new(MORNING + from * 3_600, MORNING + (from + long) * 3_600)]);
    let two = (0_i64..3, 5_i64..8).prop_map(|(first, second)| {
        [first, second].map(|from| Span::new(MORNING + from * 3_600, MORNING + from * 3_600 + 3_000)).to_vec()
    });
    prop_oneof![2 => Just(Vec::new()), 4 => one, 1 => two]
}

fn job(places: usize) -> impl Strategy<Value = Job> {
    let needs = (
        prop::collection::vec(0_u32..3, 0..2),
        prop::collection::vec(3_u32..5, 0..2),
        prop::option::weighted(0.1, 0_u32..3),
    );
    (0..places, 0_i64..2, 5_i64..90, spans(), needs, 0_i64..3, 0_u8..3).prop_map(
        |(place, setup, minutes, spans, (all_of, none_of, preferred), amount, priority)| Job {
            place,
            setup: setup * 300,
            service: minutes * 60,
            spans,
            needs: Needs { all_of, none_of, preferred },
            amounts: vec![amount],
            priority,
            pin: Pin::Free,
        },
    )
}

fn shift(person: u32, places: usize) -> impl Strategy<Value = Shift> {
    let place = || prop::option::weighted(0.8, 0..places);
    (
        place(),
        place(),
        prop::bool::ANY,
        prop::collection::vec(0_u32..5, 0..4),
        3_i64..12,
        prop::option::weighted(0.3, 1_usize..5),
    )
        .prop_map(move |(start, end, pauses, skills, room, jobs_max)| Shift {
            person,
            start,
            end,
            span: Some(Span::new(MORNING, MORNING + 8 * 3_600)),
            breaks: pauses
                .then(|| Break { seconds: 1_800, spans: vec![Span::new(MORNING + 4 * 3_600, MORNING + 5 * 3_600)] })
                .into_iter()
                .collect(),
            skills,
            room: vec![room],
            jobs_max,
            ..Shift::default()
        })
}

/// Up to three technicians and twelve jobs among eight places.
pub(crate) fn world() -> impl Strategy<Value = World> {
    const PLACES: usize = 8;
    let shifts = (1_u32..4).prop_flat_map(|count| (0..count).map(|person| shift(person, PLACES)).collect::<Vec<_>>());
    (prop::collection::vec(job(PLACES), 1..12), shifts, prop::collection::vec((0..40_i32, 0..40_i32), PLACES))
        .prop_map(|(jobs, shifts, at)| World { jobs, shifts, at })
}
