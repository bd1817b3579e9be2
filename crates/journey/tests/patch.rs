//! Edits of the text: exactly what was meant changes, and every comment stays.

mod reference;

use journey::{Definition, Edit, Folder, Organisation, Refused, When, Written, parse, patch};
use proptest::prelude::*;
use words::{TouchpointId, VersionHash};

const TEXT: &str = "\
# A journey.
journey: klein   # its name
title: Klein
starts: order.placed
facts:
  order: { start: time }

phases:                       # two
  - { id: een, title: Een, band: before }   # the first
  - { id: twee, title: Twee, band: after }

touchpoints:
  # The first touchpoint.
  - id: a
    phase: een
    title: Eerst   # in the customer's words
    category: interaction
    channel: [web, phone]
    need:
    quality:
      - snel       # very
      # and also
      - vriendelijk
    seen: order.placed

  # The second.
  - id: b
    phase: twee
    title: Dan
    category: message
    channel: email
    when: { after: a, by: 1d }      # a day later
    send: bericht

  - { id: c, phase: twee, title: Tot slot, category: setting }
";

fn edited(edit: &Edit) -> String {
    patch(TEXT, edit).unwrap_or_else(|refused| panic!("{refused:?}"))
}

/// The lines that an edit changed: `-` gone, `+` new.
fn diff(edit: &Edit) -> String {
    let new = edited(edit);
    let (old, new): (Vec<&str>, Vec<&str>) = (TEXT.lines().collect(), new.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let gone = old[same..old.len() - tail].iter().map(|line| format!("-{line}\n"));
    let added = new[same..new.len() - tail].iter().map(|line| format!("+{line}\n"));
    gone.chain(added).collect()
}

#[test]
fn an_edit_changes_only_its_own_lines() {
    let item = Written::map([
        ("id", Some("nieuw".into())),
        ("phase", Some("een".into())),
        ("title", Some("Wat nu? Ja: \"dit\"".into())),
        ("category", Some("product".into())),
    ]);
    let phase =
        Written::map([("id", Some("drie".into())), ("title", Some("Drie".into())), ("band", Some("after".into()))]);
    let when = |text: &str| {
        let text = format!("{}    when: {text}\n", TEXT.split("    when:").next().unwrap());
        let parsed = parse(&Folder::of_definition(text), &Organisation::named("x"));
        Written::from(parsed.definition.unwrap().touchpoints[1].when.as_ref().unwrap())
    };
    let edits = [
        Edit::set("title", "Een ‘grote’ reis #1"),
        Edit::set("owner", "klantenservice"),
        Edit::set("touchpoints.a.title", "null"),
        Edit::set("touchpoints.a.need", "Weten: wat nu?"),
        Edit::set("touchpoints.a.quality", vec!["beleefd", "heel, en op tijd"]),
        Edit::set("touchpoints.a.channel", vec!["desk"]),
        Edit::set("touchpoints.a.expected", -1.5),
        Edit::set("touchpoints.a.moment_of_truth", true),
        Edit::set("touchpoints.b.when", when("{ before: order.start, by: 1d, at: \"10:00\", late: send }")),
        Edit::set("touchpoints.b.when", when("[order.paid, { event: order.moved, where: \"event.x > 3\" }]")),
        Edit::set("touchpoints.b.when", when("{ every: friday, at: \"15:00\" }")),
        Edit::set("touchpoints.b.only_if", "!happened('a')"),
        Edit::set("touchpoints.b.phase", "een"),
        Edit::set("touchpoints.c.need", "Iets"),
        Edit::set("phases.een.title", "Begin"),
        Edit::remove("touchpoints.a.quality"),
        Edit::remove("touchpoints.b.send"),
        Edit::remove("touchpoints.c.title"),
        Edit::Add { list: "touchpoints".into(), after: Some("a".into()), value: item.clone() },
        Edit::Add { list: "touchpoints".into(), after: None, value: item },
        Edit::Add { list: "phases".into(), after: None, value: phase },
        Edit::Delete { list: "touchpoints".into(), id: "b".into() },
        Edit::Delete { list: "phases".into(), id: "een".into() },
        Edit::Move { list: "touchpoints".into(), id: "b".into(), after: None },
        Edit::Move { list: "touchpoints".into(), id: "a".into(), after: Some("c".into()) },
        Edit::Move { list: "touchpoints".into(), id: "c".into(), after: Some("a".into()) },
        Edit::Move { list: "phases".into(), id: "twee".into(), after: None },
    ];
    let mut out = String::new();
    for edit in &edits {
        let refused = patch(TEXT, edit).err();
        match refused {
            Some(refused) => out.push_str(&format!("{edit:?}\n{}\n\n", refused.message(words::Language::Nl))),
            None => out.push_str(&format!("{edit:?}\n{}\n", diff(edit))),
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn what_cannot_stand_there_is_refused_and_says_why() {
    let refused = patch(TEXT, &Edit::set("touchpoints.a.expected", 5.0)).unwrap_err();
    assert_eq!(
        refused.message(words::Language::Nl),
        "Hier staat '5', maar dat kan hier niet. Schrijf een getal van -2 tot en met 2."
    );
    let gone = patch(TEXT, &Edit::set("touchpoints.weg.title", "x"));
    assert_eq!(gone, Err(Refused::NoPlace("touchpoints.weg.title".to_owned())));
    assert_eq!(patch("a: [", &Edit::set("title", "x")), Err(Refused::Unreadable));
}

#[test]
fn an_empty_list_gets_its_first_item() {
    for text in
        ["journey: x\nphases: []   # none yet\ntouchpoints: []\n", "journey: x\nphases:   # none yet\ntouchpoints: []"]
    {
        let value =
            Written::map([("id", Some("een".into())), ("title", Some("Een".into())), ("band", Some("before".into()))]);
        let patched = patch(text, &Edit::Add { list: "phases".into(), after: None, value }).unwrap();
        assert!(patched.contains("# none yet\n  - id: een\n    title: Een\n    band: before\n"), "{patched}");
    }
}

#[test]
fn texts_over_several_lines_and_other_line_ends_are_kept_apart() {
    let text = "journey: x\ntitel: fout   # a mistake that was there\ntouchpoints:\n  - id: a\n    need: |\n      Een\n      twee\n    quote: >-\n      Drie\n      vier\n    # last\n";
    let set = |text: &str, field: &str| patch(text, &Edit::set(field, "Vijf")).unwrap();
    assert_eq!(
        set(text, "touchpoints.a.need"),
        text.replace("need: |\n      Een\n      twee\n", "need: Vijf\n"),
        "an old mistake elsewhere stops nobody"
    );
    assert_eq!(set(text, "touchpoints.a.quote"), text.replace("quote: >-\n      Drie\n      vier\n", "quote: Vijf\n"));
    let windows = text.replace('\n', "\r\n");
    for field in ["touchpoints.a.need", "touchpoints.a.quote", "touchpoints.a.title", "title", "owner"] {
        assert_eq!(set(&windows, field), set(text, field).replace('\n', "\r\n"), "{field}");
    }
}

#[test]
fn every_field_of_the_reference_journeys_can_be_taken_away_or_says_why_not() {
    for index in 0..reference::REFERENCE.len() {
        let text = reference::definition(index);
        let old = definition(&text);
        for touchpoint in &old.touchpoints {
            for key in ["need", "expected", "when", "only_if", "promise", "reasons", "ask", "seen", "channel", "quote"]
            {
                let field = format!("touchpoints.{}.{key}", touchpoint.id);
                match patch(&text, &Edit::remove(&field)) {
                    Ok(without) => {
                        assert_eq!(patch(&without, &Edit::remove(&field)), Err(Refused::NoPlace(field)));
                        assert_eq!(definition(&without).touchpoints.len(), old.touchpoints.len());
                    }
                    Err(refused) => assert_eq!(refused, Refused::NoPlace(field)),
                }
            }
        }
    }
}

fn definition(text: &str) -> Definition {
    let parsed = parse(&Folder::of_definition(text), &Organisation::named("x"));
    let mut definition = parsed.definition.unwrap();
    definition.hash = VersionHash::new("");
    definition
}

fn comments(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text.lines().filter_map(|line| Some(line[line.find("# ")?..].trim())).collect();
    found.sort_unstable();
    found
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    /// Whatever is typed into a field of any touchpoint of the reference journeys comes back as typed; everything else and
    /// every comment is as it was.
    #[test]
    fn a_text_comes_back_as_it_was_typed(
        journey in 0..4_usize,
        touchpoint in 0..12_usize,
        key in prop::sample::select(vec!["title", "need", "quote", "sent_by"]),
        typed in "[a-zA-Zé0-9 '\":,#{}\\[\\]!&*?|>%@`~\\\\\n-]{0,30}[a-z0-9]",
    ) {
        let text = reference::definition(journey);
        let mut old = definition(&text);
        let touchpoint = touchpoint % old.touchpoints.len();
        let typed = typed.trim().to_owned();
        let id = old.touchpoints[touchpoint].id.clone();
        let edit = Edit::set(format!("touchpoints.{id}.{key}"), typed.as_str());
        let patched = patch(&text, &edit).unwrap();
        let slot = &mut old.touchpoints[touchpoint];
        match key {
            "title" => slot.title = typed,
            "need" => slot.need = Some(typed),
            "quote" => slot.quote = Some(typed),
            _ => slot.sent_by = Some(typed),
        }
        prop_assert!(comments(&text).iter().all(|comment| patched.contains(comment)));
        prop_assert_eq!(definition(&patched), old);
    }

    /// A touchpoint that moves goes anywhere and stays itself; the others keep their order, and no comment is lost.
    #[test]
    fn a_touchpoint_moves_and_nothing_else(journey in 0..4_usize, from in 0..12_usize, to in 0..13_usize) {
        let text = reference::definition(journey);
        let mut old = definition(&text);
        let count = old.touchpoints.len();
        let (from, to) = (from % count, to % count);
        prop_assume!(from != to);
        let id = old.touchpoints[from].id.clone();
        let after = old.touchpoints[to].id.clone();
        let edit = Edit::Move { list: "touchpoints".into(), id: id.to_string(), after: Some(after.to_string()) };
        let patched = patch(&text, &edit).unwrap();
        let moved = old.touchpoints.remove(from);
        let place = old.touchpoints.iter().position(|t| t.id == after).unwrap();
        old.touchpoints.insert(place + 1, moved);
        prop_assert_eq!(comments(&patched), comments(&text));
        prop_assert_eq!(definition(&patched), old);
    }

    /// A trigger taken from one touchpoint can be written at any other.
    #[test]
    fn a_trigger_comes_back_as_it_was_chosen(journey in 0..4_usize, from in 0..12_usize, to in 0..12_usize) {
        let text = reference::definition(journey);
        let mut old = definition(&text);
        let with: Vec<When> = old.touchpoints.iter().filter_map(|t| t.when.clone()).collect();
        let when = with[from % with.len()].clone();
        let to = to % old.touchpoints.len();
        let id: TouchpointId = old.touchpoints[to].id.clone();
        let patched = patch(&text, &Edit::set(format!("touchpoints.{id}.when"), &when)).unwrap();
        old.touchpoints[to].when = Some(when);
        prop_assert_eq!(comments(&patched), comments(&text));
        prop_assert_eq!(definition(&patched), old);
    }

    /// What is added and deleted again leaves the text as it was.
    #[test]
    fn adding_and_deleting_leaves_no_trace(journey in 0..4_usize, after in 0..12_usize) {
        let text = reference::definition(journey);
        let old = definition(&text);
        let after = old.touchpoints[after % old.touchpoints.len()].id.to_string();
        let value = Written::map([
            ("id", Some("iets-nieuws".into())),
            ("phase", Some(old.phases[0].id.as_str().into())),
            ("title", Some("Iets nieuws".into())),
            ("category", Some("setting".into())),
        ]);
        let list = || "touchpoints".to_owned();
        let added = patch(&text, &Edit::Add { list: list(), after: Some(after), value }).unwrap();
        prop_assert_eq!(definition(&added).touchpoints.len(), old.touchpoints.len() + 1);
        let gone = patch(&added, &Edit::Delete { list: list(), id: "iets-nieuws".into() }).unwrap();
        prop_assert_eq!(gone, text);
    }
}
