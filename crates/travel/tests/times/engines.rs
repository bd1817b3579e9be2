//! OSRM and Valhalla: what is asked of them, what of their answers is understood, and the engines themselves where they are.
//!
//! `KLANTREIS_OSRM` and `KLANTREIS_VALHALLA` are addresses of servers that know Liechtenstein (`bench/routing` starts both); without them the
//! tests with real engines are skipped and say so.

#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use crate::served::{Served, fetcher, places, when};
use travel::{Osrm, Source, StraightLine, Table, TravelError, TravelTimes, Valhalla};

/// A table of so many rows and columns in which nothing can be reached but the first from the first.
fn rows(rows: usize, columns: usize, first: &str) -> String {
    let cell = |row: usize, column: usize| if (row, column) == (0, 0) { first.to_owned() } else { "null".to_owned() };
    let row = |row: usize| format!("[{}]", (0..columns).map(|column| cell(row, column)).collect::<Vec<_>>().join(","));
    format!("[{}]", (0..rows).map(row).collect::<Vec<_>>().join(","))
}

fn osrm_table(request: &str) -> (u16, String) {
    let count = |name: &str| request.split_once(name).unwrap().1.split(['&', ' ']).next().unwrap().split(';').count();
    let (from, to) = (count("sources="), count("destinations="));
    let (durations, distances) = (rows(from, to, "61.5"), rows(from, to, "800"));
    (200, format!(r#"{{"code":"Ok","durations":{durations},"distances":{distances}}}"#))
}

#[tokio::test]
async fn osrm_is_asked_in_pieces_and_a_way_that_is_not_there_is_none() {
    let server = Served::new(osrm_table).await;
    let osrm = Osrm::new(fetcher(), &format!("{}/", server.address), "driving");
    let table = osrm.table(&places(41), &places(2), when(0)).await.unwrap();
    let way = table.way(0, 0).unwrap();
    assert_eq!((way.seconds, way.metres, way.source), (61.5, 800.0, Source::Engine));
    assert_eq!(table.way(0, 1), None);
    assert!(table.way(40, 0).is_some(), "the first of the second piece");
    assert_eq!(server.asked().len(), 2);
    let last = server.asked().pop().unwrap();
    let wanted = "GET /table/v1/driving/9.52400,47.16800;9.52000,47.14000;9.52010,47.14070\
        ?sources=0&destinations=1;2&annotations=duration,distance HTTP/1.1";
    assert_eq!(last.lines().next(), Some(wanted));
}

#[tokio::test]
async fn valhalla_is_asked_for_the_hour_and_tells_kilometres() {
    let answer =
        |_: &str| (200, r#"{"sources_to_targets":{"durations":[[120,null]],"distances":[[1.25,null]]}}"#.to_owned());
    let server = Served::new(answer).await;
    let valhalla = Valhalla::new(fetcher(), &server.address, "auto");
    let table = valhalla.table(&places(1), &places(2), when(0)).await.unwrap();
    assert_eq!(
        (table.way(0, 0).unwrap().seconds, table.way(0, 0).unwrap().metres, table.way(0, 1)),
        (120.0, 1_250.0, None)
    );
    let asked = server.asked().pop().unwrap();
    assert!(asked.starts_with("POST /sources_to_targets HTTP/1.1"));
    assert!(asked.contains(r#""date_time":{"type":1,"value":"2027-03-01T10:30"}"#), "{asked}");
}

#[tokio::test]
async fn what_is_not_a_table_is_an_error() {
    for (status, body) in
        [(400, "{}"), (200, "geen json"), (200, r#"{"code":"NoTable"}"#), (200, r#"{"code":"Ok","durations":[[1]]}"#)]
    {
        let server = Served::new(move |_| (status, body.to_owned())).await;
        let asked = Osrm::new(fetcher(), &server.address, "driving").table(&places(1), &places(1), when(0)).await;
        assert!(matches!(asked, Err(TravelError::Refused(_))), "{body}: {asked:?}");
    }
    let gone = Osrm::new(fetcher(), "http://127.0.0.1:1", "driving").table(&places(1), &places(1), when(0)).await;
    assert!(matches!(gone, Err(TravelError::NoAnswer(_))));
    let too_many = places(travel::limits::PLACES_MAX + 1);
    let asked = Osrm::new(fetcher(), "http://127.0.0.1:1", "driving").table(&too_many, &places(1), when(0)).await;
    assert_eq!(asked, Err(TravelError::TooMany(6_001)));
}

/// Median share by which an engine's times differ from another table's.
fn apart(one: &Table, other: &Table) -> f64 {
    let pairs = one.ways().iter().zip(other.ways()).filter_map(|(one, other)| Some((one.as_ref()?, other.as_ref()?)));
    let mut ratios: Vec<f64> = pairs
        .filter(|(one, _)| one.metres > 300.0)
        .map(|(one, other)| (one.seconds / other.seconds).max(other.seconds / one.seconds))
        .collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

#[tokio::test]
async fn the_engines_themselves_answer_and_agree() {
    let (Ok(osrm), Ok(valhalla)) = (std::env::var("KLANTREIS_OSRM"), std::env::var("KLANTREIS_VALHALLA")) else {
        eprintln!("skipped: no KLANTREIS_OSRM and KLANTREIS_VALHALLA");
        return;
    };
    let places = places(60);
    let osrm = Osrm::new(fetcher(), &osrm, "driving").table(&places, &places, when(0)).await.unwrap();
    let valhalla = Valhalla::new(fetcher(), &valhalla, "auto").table(&places, &places, when(0)).await.unwrap();
    let line = StraightLine::default().table(&places, &places, when(0)).await.unwrap();
    assert!(osrm.ways().iter().chain(valhalla.ways()).all(Option::is_some));
    let (engines, guess) = (apart(&osrm, &valhalla), apart(&osrm, &line));
    eprintln!("OSRM and Valhalla lie {engines:.2} apart, OSRM and a straight line that has not learnt {guess:.2}");
    assert!(engines < 1.6 && guess < 2.5);
}
