//! The language of VROOM, in and out.

use planning::vroom::{Input, Output};
use planning::{Effort, Fault, Plan, improve};

const ASKED: &str = include_str!("vroom.json");

fn read(text: &str) -> Input {
    serde_json::from_str(text).unwrap()
}

fn nowhere(_: &str, _: &[[f64; 2]]) -> Result<Vec<i32>, Fault> {
    panic!("a matrix is given")
}

fn solved(input: &Input) -> (planning::Problem, Plan) {
    let asked = input.asked(nowhere).unwrap();
    let plan = improve(&asked.problem, &asked.plan, Effort { steps: 200, seed: 1 }, || true);
    (asked.problem, plan)
}

#[test]
fn a_problem_is_answered_as_vroom_would() {
    let input = read(ASKED);
    let (problem, plan) = solved(&input);
    insta::assert_json_snapshot!(Output::of(&input, &problem, &plan));
}

#[test]
fn an_answer_is_read_back() {
    let input = read(ASKED);
    let (problem, plan) = solved(&input);
    let answer = serde_json::to_string(&Output::of(&input, &problem, &plan)).unwrap();
    assert_eq!(input.answered(&problem, &serde_json::from_str(&answer).unwrap()).unwrap(), plan);
}

#[test]
fn steps_are_the_plan_to_begin_with() {
    let mut input = read(ASKED);
    input.vehicles[0].steps = vec![serde_json::from_str(r#"{"type": "job", "id": 12}"#).unwrap()];
    assert_eq!(input.asked(nowhere).unwrap().plan.shifts, [vec![1], vec![]]);
    input.vehicles[1].steps = input.vehicles[0].steps.clone();
    let fault = input.asked(nowhere).unwrap_err().to_string();
    assert_eq!(fault, "a step does job Some(12), which is not there or is done already");
}

#[test]
fn coordinates_are_asked_of_whoever_knows_ways() {
    let input =
        read(r#"{"vehicles": [{"id": 1, "start": [4.9, 52.4]}], "jobs": [{"id": 1, "location": [5.1, 52.1]}]}"#);
    let ways = |profile: &str, places: &[[f64; 2]]| {
        assert_eq!((profile, places), ("car", &[[5.1, 52.1], [4.9, 52.4]][..]));
        Ok::<_, Fault>(vec![0, 60, 60, 0])
    };
    let asked = input.asked(ways).unwrap();
    let plan = planning::insert(&asked.problem, &asked.plan);
    assert_eq!(plan.travel(&asked.problem, 0), Some(60));
}

#[test]
fn what_is_not_understood_is_refused() {
    let told = |text: &str| read(text).asked(nowhere).unwrap_err().to_string();
    assert_eq!(told(r#"{"shipments": [{}]}"#), "shipments are not understood; only jobs are");
    assert_eq!(told(r#"{"jobs": [{"id": 3, "pickup": [1]}]}"#), "job 3: pickups are not understood; use delivery");
    assert_eq!(told(r#"{"jobs": [{"id": 3}]}"#), "job 3 has neither location nor location_index");
    assert_eq!(
        told(r#"{"jobs": [{"id": 3, "location": [52, 500]}]}"#),
        "job 3: a location is its longitude and its latitude in degrees"
    );
    assert_eq!(told(r#"{"vehicles": [{"id": 5, "speed_factor": 0}]}"#), "vehicle 5: speed_factor is between 0.2 and 5");
    let odd = r#"{"vehicles": [{"id": 5, "start_index": 0}], "matrices": {"car": {"durations": [[0, 1]]}}}"#;
    assert_eq!(told(odd), "the table of legs has 2 cells for 1 places");
    let other = r#"{"vehicles": [{"id": 5, "profile": "bike", "start_index": 0}], "matrices": {}}"#;
    assert_eq!(told(other), "there is no matrix for the profile bike");
}
