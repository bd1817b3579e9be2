use journey::{Funnel, Order, Span};
use measure::{Builder, Columns, FunnelFigures, MeasureError, funnel};
use words::{Ending, TouchpointId};

use super::logs::{Told, at, everything, log, row, tell};

fn question(steps: &[&str], within: Option<u64>, order: Order) -> Funnel {
    Funnel {
        id: "aanvraag".to_owned(),
        title: None,
        steps: steps.iter().map(|name| TouchpointId::from(*name)).collect(),
        within: within.map(Span::Seconds),
        order,
    }
}

fn reached(columns: &Columns, steps: &[&str], within: Option<u64>, order: Order) -> Vec<u64> {
    funnel(columns, &question(steps, within, order), at(1_000)).unwrap().reached()
}

fn figures(columns: &Columns, steps: &[&str], within: u64, as_of: i64) -> FunnelFigures {
    let question = question(steps, Some(within), Order::Loose);
    funnel(columns, &question, at(as_of)).unwrap().figures(&question, everything())
}

#[test]
fn others_may_come_between_unless_it_is_strict() {
    let columns = log(&[("1", &[("a", 0), ("x", 1), ("b", 2)]), ("2", &[("a", 0), ("b", 1)])]);
    assert_eq!(reached(&columns, &["a", "b"], None, Order::Loose), [2, 2]);
    assert_eq!(reached(&columns, &["a", "b"], None, Order::Strict), [2, 1]);
}

#[test]
fn the_window_counts_from_the_first_step_and_its_end_is_inside() {
    let columns = log(&[("1", &[("a", 0), ("b", 10)]), ("2", &[("a", 0), ("b", 11)])]);
    assert_eq!(reached(&columns, &["a", "b"], Some(10), Order::Loose), [2, 1]);
}

#[test]
fn a_later_start_may_still_make_it() {
    let columns = log(&[("1", &[("a", 0), ("a", 5), ("b", 12), ("c", 14)])]);
    assert_eq!(reached(&columns, &["a", "b", "c"], Some(10), Order::Loose), [1, 1, 1]);
    let times = figures(&columns, &["a", "b", "c"], 10, 1_000);
    assert_eq!(times.steps[2].since_first.as_ref().unwrap().value, Some(9.0), "from the start that made it");
}

#[test]
fn simultaneous_contacts_count_in_the_order_of_the_steps() {
    let columns = log(&[("1", &[("c", 5), ("b", 5), ("a", 5)])]);
    assert_eq!(reached(&columns, &["a", "b", "c"], None, Order::Loose), [1, 1, 1]);
    assert_eq!(reached(&columns, &["a", "b", "c"], None, Order::Strict), [1, 1, 1]);
}

#[test]
fn one_contact_is_not_two_steps() {
    let columns = log(&[("1", &[("a", 0)]), ("2", &[("a", 0), ("a", 0)]), ("3", &[("a", 0), ("b", 0)])]);
    assert_eq!(reached(&columns, &["a", "a"], None, Order::Loose), [3, 1]);
    assert_eq!(reached(&columns, &["a", "b", "a"], None, Order::Loose), [3, 1, 0]);
    assert_eq!(reached(&columns, &["a", "a"], None, Order::Any), [3, 1]);
}

#[test]
fn in_any_order_the_most_steps_within_one_window_count() {
    let columns = log(&[("1", &[("c", 0), ("a", 8), ("b", 9)]), ("2", &[("b", 0), ("a", 20)])]);
    assert_eq!(reached(&columns, &["a", "b", "c"], Some(10), Order::Any), [2, 1, 1]);
    assert_eq!(reached(&columns, &["a", "b", "c"], Some(8), Order::Any), [2, 1, 0]);
}

/// Four runs that took the first step and not the second.
fn undecided() -> Columns {
    let mut builder = Builder::new();
    for (run, started) in [("old", 0), ("new", 95), ("left", 95), ("dropped", 95), ("through", 0)] {
        builder.contact(&row(run, 1, "a", started)).unwrap();
    }
    builder.contact(&row("through", 2, "b", 4)).unwrap();
    tell(&mut builder, Told { ended: Some((Ending::Left, "a", None)), ..Told::open("left", 95) });
    tell(&mut builder, Told { dropped: Some(("a", None)), ..Told::open("dropped", 95) });
    builder.finish().unwrap()
}

#[test]
fn a_run_is_still_open_while_its_window_lasts_and_it_has_not_gone_away() {
    let steps = figures(&undecided(), &["a", "b"], 10, 100).steps;
    let first = &steps[0];
    assert_eq!((first.runs.n, first.open.n, first.lost.n), (5, 1, 3), "only `new` is open");
    let share = steps[1].step_share.as_ref().unwrap();
    assert_eq!((share.value, share.n), (Some(0.25), 4), "of the four that are decided");
    assert_eq!(steps[1].share.n, 5);
    assert_eq!(steps[1].lost.n, 0);
    assert_eq!(steps[1].since_previous.as_ref().unwrap().value, Some(4.0));

    let later = figures(&undecided(), &["a", "b"], 10, 106).steps;
    assert_eq!((later[0].open.n, later[0].lost.n), (0, 4), "the window of `new` has passed");
}

#[test]
fn a_strict_chain_that_was_broken_is_not_open() {
    let columns = log(&[("1", &[("a", 95)]), ("2", &[("a", 95), ("x", 96)])]);
    let question = question(&["a", "b"], None, Order::Strict);
    let steps = funnel(&columns, &question, at(100)).unwrap().figures(&question, everything()).steps;
    assert_eq!((steps[0].open.n, steps[0].lost.n), (1, 1));
}

#[test]
fn a_funnel_has_at_most_32_steps() {
    let question = question(&["a"; 33], None, Order::Loose);
    let refused = funnel(&log(&[]), &question, at(0));
    assert_eq!(refused, Err(MeasureError::TooMany { what: "steps in a funnel", limit: 32 }));
}
