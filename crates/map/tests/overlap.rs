//! No two texts of a sheet ever overlap, and none leaves the page.

use map::{Options, Page, Rect, Sheet, draw};
use proptest::prelude::*;
use serde_json::{Value, json};

const WORDS: &[&str] = &[
    "ik",
    "de",
    "een",
    "klantcontactcentrum",
    "afspraak",
    "reparatieafspraakbevestigingsbericht",
    "mijn",
    "arbeidsongeschiktheidsverzekering",
    "vakman",
    "woningcorporatie",
    "en",
    "krijg",
    "tijdvak",
    "onderhoudsmedewerker",
    "verantwoordelijkheidsgevoel",
    "thuis",
    "hottentottententententoonstelling",
    "https://www.woonstichting-voorbeeld.nl/melden",
    "informatievoorzieningsbehoefte",
    "bericht",
    "doorverbonden",
    "aansprakelijkheidswaardevaststellingsveranderingen",
];
const CHANNELS: &[(&str, &str)] = &[
    ("email", "online"),
    ("sms", "online"),
    ("whatsapp", "online"),
    ("web", "online"),
    ("search", "online"),
    ("phone", "offline"),
    ("visit", "offline"),
    ("desk", "offline"),
    ("word_of_mouth", "offline"),
    ("bewonersondersteuningsbus", "offline"),
];

fn words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 1..=most).prop_map(|words| words.join(" "))
}

fn maybe<T: Strategy>(inner: T) -> impl Strategy<Value = Option<T::Value>> {
    prop::option::weighted(0.7, inner)
}

fn experience() -> impl Strategy<Value = Value> {
    let value = || maybe(-2.0f64..=2.0);
    let measured = maybe((-2.0f64..=2.0, 0.02f64..1.2, 0u64..400));
    (value(), value(), value(), measured).prop_map(|(expected, assumed, desired, measured)| {
        let measured = measured.map(|(mean, half, n)| {
            let interval = (n > 1).then(|| json!([mean - half, mean + half]));
            json!({ "mean": mean, "n": n, "interval": interval })
        });
        json!({ "expected": expected, "assumed": assumed, "desired": desired, "measured": measured })
    })
}

fn touchpoint() -> impl Strategy<Value = Value> {
    let texts = (words(9), maybe(words(14)), maybe(words(9)), maybe(words(16)));
    let kinds = (
        prop::sample::select(vec!["message", "interaction", "product", "setting"]),
        prop::sample::select(vec!["customer", "us"]),
        maybe(prop::sample::select(vec!["human", "automatic", "bot"])),
        maybe(prop::sample::select(vec!["spare", "grab"])),
        any::<bool>(),
    );
    let channels = prop::collection::vec(prop::sample::select(CHANNELS), 1..4);
    let flow = (
        maybe((0u64..90_000, 0.0f64..=1.0)),
        maybe((1u64..20_000, 0.0f64..=1.0, maybe(words(4)))),
        maybe(0i64..9_000_000),
    );
    let backstage = (maybe(words(3)), maybe(words(3)), maybe(words(4)), maybe(words(4)));
    (texts, kinds, channels, experience(), flow, backstage).prop_map(|(texts, kinds, channels, experience, flow, backstage)| {
        let channels: Vec<Value> = channels.iter().map(|(name, rail)| json!({ "channel": name, "rail": rail })).collect();
        json!({
            "title": texts.0, "need": texts.1, "quote": texts.2, "note": texts.3,
            "category": kinds.0, "from": kinds.1, "by": kinds.2, "attention": kinds.3, "moment_of_truth": kinds.4,
            "channels": channels, "experience": experience,
            "reached": flow.0.map(|(count, share)| json!({ "count": count, "share": share })),
            "exit": flow.1.map(|(count, share, reason)| json!({ "count": count, "share": share, "reason": reason })),
            "wait_seconds_median": flow.2,
            "backstage": { "team": backstage.0, "system": backstage.1, "when": backstage.2, "norm": backstage.3 },
        })
    })
}

fn sheet(columns: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = Sheet> {
    let touchpoints = prop::collection::vec(touchpoint(), columns);
    let loops = prop::collection::vec(
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1u64..900, maybe(words(2))),
        0..7,
    );
    let head = (words(8), maybe((words(5), words(5), words(12), words(10))), any::<bool>(), maybe(words(3)));
    (touchpoints, loops, head, 1usize..6, any::<prop::sample::Index>(), any::<bool>()).prop_map(
        |(mut touchpoints, loops, head, phases, goal, english)| {
            let count = touchpoints.len();
            for (nth, touchpoint) in touchpoints.iter_mut().enumerate() {
                touchpoint["id"] = json!(format!("t{nth}"));
                touchpoint["phase"] = json!(format!("p{}", nth * phases / count));
            }
            let band = |nth: usize| ["before", "during", "after"][nth * 3 / phases];
            let phases: Vec<Value> = (0..phases)
                .map(|nth| json!({ "id": format!("p{nth}"), "title": WORDS[(nth * 7 + 3) % WORDS.len()], "band": band(nth) }))
                .collect();
            let loops: Vec<Value> = loops
                .iter()
                .map(|(a, b, n, label)| json!({ "from": format!("t{}", a.index(count)), "to": format!("t{}", b.index(count)), "count": n, "share": *n as f64 / 900.0, "label": label }))
                .collect();
            let persona = head.1.map(|(name, about, quote, goal)| json!({ "name": name, "about": about, "quote": quote, "goal": goal }));
            let text = json!({
                "language": if english { "en" } else { "nl" },
                "header": { "title": head.0, "persona": persona, "draft": head.2, "owner": head.3, "version": 3, "hash": "0a1b2c3" },
                "phases": phases, "touchpoints": touchpoints, "loops": loops,
                "goal": { "touchpoint": format!("t{}", goal.index(count)), "share": 0.4, "within_seconds": 604_800 },
                "totals": { "runs": 60_000, "answers": 5_120 },
            });
            serde_json::from_value(text).expect("a sheet")
        },
    )
}

fn first_overlap(boxes: &[(Rect, &str)]) -> Option<String> {
    for (nth, (a, text)) in boxes.iter().enumerate() {
        for (b, other) in &boxes[nth + 1..] {
            if a.overlaps(*b) {
                return Some(format!("‘{text}’ {a:?} lies over ‘{other}’ {b:?}"));
            }
        }
    }
    None
}

fn check(sheet: &Sheet, options: &Options) -> Result<(), TestCaseError> {
    for list in draw(sheet, options) {
        let boxes = list.text_boxes();
        prop_assert!(boxes.len() > sheet.touchpoints.len().min(3));
        prop_assert_eq!(first_overlap(&boxes), None);
        for (rect, text) in boxes {
            let inside = rect.x >= 9.9
                && rect.right() <= list.width - 9.9
                && rect.y >= 9.9
                && rect.bottom() <= list.height - 5.0;
            prop_assert!(inside, "‘{}’ leaves the page at {:?}", text, rect);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn texts_never_overlap_on_one_sheet(sheet in sheet(3..=14)) {
        check(&sheet, &Options::print())?;
    }

    #[test]
    fn nor_in_the_narrow_columns_of_a_screen(sheet in sheet(3..=14), columns in 3usize..=14) {
        let options = Options { page: Page::Screen { columns }, ..Options::print() };
        prop_assert!(draw(&sheet, &options).len() >= sheet.touchpoints.len().div_ceil(columns));
        check(&sheet, &options)?;
    }

    #[test]
    fn nor_with_a_customers_path(sheet in sheet(3..=14), visits in prop::collection::vec(0usize..14, 1..20)) {
        let options = Options {
            path: visits.iter().map(|nth| format!("t{nth}").as_str().into()).collect(),
            selected: Some("t1".into()),
            ..Options::print()
        };
        check(&sheet, &options)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn nor_over_several_sheets(sheet in sheet(15..=40)) {
        prop_assert!(draw(&sheet, &Options::print()).len() > 1);
        check(&sheet, &Options::print())?;
    }
}
