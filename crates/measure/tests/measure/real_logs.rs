//! The facts of `data/README.md`, on logs that are not part of the project: `KLANTREIS_DATA`, or `../shared/data` beside
//! the repository. Skipped, saying so, where they are absent.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::PathBuf,
};

use flate2::read::GzDecoder;
use journey::{Funnel, Order, Span};
use measure::{Builder, Columns, Row, follows, funnel, path_tree, variants};
use words::{RunId, TouchpointId};

use super::logs::{at, everything};

/// These files hold one element a line; reading any XES file is the importer's work.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn read(name: &str, lifecycle: bool) -> Option<Columns> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = std::env::var_os("KLANTREIS_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let path = folder.join("logs").join(name);
    let Ok(file) = File::open(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    };
    let mut builder = Builder::new();
    let (mut case, mut sequence) = (0_u128, 0_u32);
    let (mut activity, mut transition, mut time) = (String::new(), String::new(), String::new());
    for line in BufReader::new(GzDecoder::new(file)).lines() {
        let line = line.unwrap();
        let line = line.trim();
        let value =
            || line.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
        if line == "<trace>" {
            case += 1;
            sequence = 0;
        } else if line.contains("key=\"concept:name\"") {
            activity = value();
        } else if line.contains("key=\"lifecycle:transition\"") {
            transition = value();
        } else if line.contains("key=\"time:timestamp\"") {
            time = value();
        } else if line == "</event>" {
            sequence += 1;
            let touchpoint = if lifecycle { format!("{activity}+{transition}") } else { activity.clone() };
            builder
                .contact(&Row {
                    run: RunId::from_u128(case),
                    sequence,
                    touchpoint: &touchpoint,
                    time: time.parse().unwrap(),
                    channel: None,
                    reason: None,
                    score: None,
                })
                .unwrap();
        }
    }
    Some(builder.finish().unwrap())
}

/// Runs, contacts, names, variants, pairs, and the most frequent pair with its count.
fn check(columns: &Columns, counts: [usize; 5], top: (&str, &str, u64)) {
    let found = follows(columns);
    let names = columns.touchpoints().len();
    let variants = variants(columns);
    assert_eq!([columns.run_count(), columns.contact_count(), names, variants.distinct(), found.pair_count()], counts);
    let edge = &found.edges(1, everything())[0];
    assert_eq!((edge.from.as_str(), edge.to.as_str(), edge.count.n), top);
    assert_eq!(
        variants.top(usize::MAX, everything()).iter().map(|variant| variant.runs).sum::<u64>(),
        counts[0] as u64
    );
}

#[test]
fn a_real_loan_journey() {
    let Some(columns) = read("bpic2012.xes.gz", false) else { return };
    let again = "W_Completeren aanvraag";
    check(&columns, [13_087, 262_200, 24, 4_366, 125], (again, again, 38_004));

    let steps = ["A_SUBMITTED", "A_PREACCEPTED", "A_ACCEPTED", "O_SENT", "A_APPROVED"];
    let mut question = Funnel {
        id: "lening".to_owned(),
        title: None,
        steps: steps.map(TouchpointId::from).to_vec(),
        within: Some(Span::Days(7)),
        order: Order::Loose,
    };
    let reached = |question: &Funnel| funnel(&columns, question, at(2_000_000_000)).unwrap().reached();
    assert_eq!(reached(&question), [13_087, 7_366, 5_023, 4_932, 126]);
    question.within = None;
    assert!(reached(&question)[4] > 126, "most take longer");

    let tree = path_tree(&columns, &TouchpointId::from("A_PARTLYSUBMITTED"), 3);
    assert_eq!((tree.runs(), tree.widths(), tree.largest()), (13_087, vec![4, 4, 8], 4_852));

    let bytes = columns.encode();
    assert!(bytes.len() < 2_000_000, "{} bytes", bytes.len());
    assert_eq!(Columns::decode(&bytes), Ok(columns));
}

#[test]
fn a_real_loan_journey_by_what_was_done_with_each_step() {
    let Some(columns) = read("bpic2012.xes.gz", true) else { return };
    assert_eq!(columns.touchpoints().len(), 36);
    assert_eq!((columns.run_count(), columns.contact_count()), (13_087, 262_200));
}

#[test]
fn a_real_permit_journey() {
    let Some(columns) = read("receipt.xes.gz", false) else { return };
    let top = ("T04 Determine confirmation of receipt", "T05 Print and send confirmation of receipt", 1_177);
    check(&columns, [1_434, 8_577, 27, 116, 99], top);
}

#[test]
fn a_real_service_desk() {
    let Some(columns) = read("bpic2013_closed.xes.gz", false) else { return };
    check(&columns, [1_487, 6_660, 4, 183, 10], ("Accepted", "Accepted", 1_882));
}

#[test]
fn real_claims_by_telephone_with_many_ties() {
    let Some(columns) = read("teleclaims.xes.gz", false) else { return };
    let counts = [columns.run_count(), columns.contact_count(), columns.touchpoints().len()];
    assert_eq!(counts, [3_512, 46_138, 11]);
    assert_eq!((variants(&columns).distinct(), follows(&columns).pair_count()), (12, 30));
    let ties = |(_, times): (&[u16], &[i64])| times.windows(2).filter(|two| two[0] == two[1]).count();
    assert_eq!(columns.sequences().map(ties).sum::<usize>(), 19_704);
}
