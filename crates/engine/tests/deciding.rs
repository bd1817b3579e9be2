//! The sending decision, rule by rule.

use std::collections::{BTreeMap, BTreeSet};

use engine::{Gate, Ledger, Profile, Setting, decide, halted, reserve};
use jiff::civil::time;
use journey::Organisation;
use words::*;

use crate::support::{at, organisation};

struct Case {
    organisation: Organisation,
    customer: Customer,
    send: SendEffect,
    suppressed: BTreeSet<(Channel, String)>,
    refused: BTreeSet<Channel>,
    tested: BTreeSet<Channel>,
    staff: BTreeSet<String>,
    asked_last: Option<&'static str>,
    held_until: Option<&'static str>,
    live: bool,
    held_out: bool,
    halt: Option<Halt>,
    attention: Ledger,
    wanted: Result<(), Refusal>,
}

fn case() -> Case {
    let mut customer = Customer::unknown(CustomerId::derived(&["lotte"]));
    customer.email = Some("lotte@example.org".into());
    customer.mobile = Some("+31600000001".into());
    Case {
        organisation: organisation(),
        customer,
        send: SendEffect {
            message: "tips".into(),
            class: Class::Service,
            channels: ["email", "sms", "phone"].map(Channel::new).into(),
            urgent: false,
            quiet: Quiet::Hold,
            attention: None,
            behind: false,
            until: Some(at("2027-01-11T13:00:00+01:00")),
            ask: Vec::new(),
            facts: serde_json::Value::Null,
        },
        suppressed: BTreeSet::new(),
        refused: BTreeSet::new(),
        tested: ["email", "sms"].map(Channel::new).into(),
        staff: BTreeSet::new(),
        asked_last: None,
        held_until: None,
        live: true,
        held_out: false,
        halt: None,
        attention: Ledger::default(),
        wanted: Ok(()),
    }
}

impl Case {
    fn at(&self, now: &str) -> Decision {
        let setting = Setting { organisation: &self.organisation, seed: "test", holdouts: true };
        let gate = Gate {
            organisation: &self.organisation,
            wanted: self.wanted,
            held_out: self.held_out,
            asked_last: self.asked_last.map(at),
            suppressed: &self.suppressed,
            refused: &self.refused,
            tested: &self.tested,
            live: self.live,
            staff: &self.staff,
            decided: at("2027-01-11T12:00:00+01:00"),
            held_until: self.held_until.map(at),
            halt: self.halt.as_ref(),
            attention: &self.attention,
            answers: None,
        };
        decide(&EffectKey::stored("run:1:tips:x"), &self.send, &self.customer, gate, at(now), setting)
    }

    fn noon(&self) -> Verdict {
        self.at("2027-01-11T12:00:00+01:00").verdict
    }
}

fn refused(reason: Refusal) -> Verdict {
    Verdict::Refuse { reason }
}

fn sent(channel: &str, to: &str) -> Verdict {
    Verdict::Send { channel: Channel::new(channel), to: to.into() }
}

#[test]
fn the_touchpoints_order_counts_unless_the_customer_has_one() {
    let mut case = case();
    assert_eq!(case.noon(), sent("email", "lotte@example.org"));
    case.customer.channels = vec![Channel::new("whatsapp"), Channel::new("sms")];
    assert_eq!(case.noon(), sent("sms", "+31600000001"), "only channels that the touchpoint has");
}

#[test]
fn no_address_is_a_definite_refusal_and_the_next_channel_is_tried() {
    let mut case = case();
    case.customer.email = None;
    assert_eq!(case.noon(), sent("sms", "+31600000001"));
    case.customer.mobile = None;
    assert_eq!(case.noon(), refused(Refusal::NoAddress), "nobody sends by telephone");
}

#[test]
fn a_channel_that_refused_is_not_tried_again() {
    let mut case = case();
    case.refused = [Channel::email()].into();
    assert_eq!(case.noon(), sent("sms", "+31600000001"));
}

#[test]
fn suppression_and_untested_senders_stop_a_channel() {
    let mut case = case();
    case.suppressed = [(Channel::email(), "lotte@example.org".to_owned())].into();
    assert_eq!(case.noon(), sent("sms", "+31600000001"));
    case.tested = [Channel::email()].into();
    assert_eq!(case.noon(), refused(Refusal::Suppressed), "the first reason beyond a missing address");
}

#[test]
fn marketing_needs_consent_and_service_none() {
    let mut case = case();
    case.send.class = Class::Marketing;
    assert_eq!(case.noon(), refused(Refusal::NoConsent));
    let consent = |given| Consent { given, time: at("2027-01-01T00:00:00Z"), proof: "form".into() };
    case.customer.consents = BTreeMap::from([("marketing".to_owned(), consent(true))]);
    assert_eq!(case.noon(), sent("email", "lotte@example.org"));
    case.customer.consents = BTreeMap::from([("marketing".to_owned(), consent(false))]);
    assert_eq!(case.noon(), refused(Refusal::NoConsent), "withdrawn");
}

#[test]
fn the_word_on_one_channel_goes_before_the_word_on_all() {
    let mut case = case();
    let consent = |given| Consent { given, time: at("2027-01-01T00:00:00Z"), proof: "balie/7".into() };
    case.customer.consents = BTreeMap::from([("service.email".to_owned(), consent(false))]);
    assert_eq!(case.noon(), sent("sms", "+31600000001"), "no service by e-mail, so by text message");
    case.send.class = Class::Marketing;
    case.customer.consents =
        BTreeMap::from([("marketing".to_owned(), consent(false)), ("marketing.sms".to_owned(), consent(true))]);
    let decision = case.at("2027-01-11T12:00:00+01:00");
    assert_eq!(decision.verdict, sent("sms", "+31600000001"));
    let seen: Vec<&str> =
        decision.checks.iter().filter(|check| check.rule == "consent").map(|check| check.seen.as_str()).collect();
    assert_eq!(
        seen,
        ["marketing 2027-01-01T00:00:00Z balie/7", "marketing.sms 2027-01-01T00:00:00Z balie/7"],
        "with its proof"
    );
}

#[test]
fn quiet_hours_drop_what_is_not_to_wait() {
    let mut case = case();
    case.send.until = None;
    case.send.quiet = Quiet::Drop;
    assert_eq!(case.at("2027-01-11T22:00:00+01:00").verdict, refused(Refusal::QuietHours));
    assert_eq!(case.noon(), sent("email", "lotte@example.org"));
}

#[test]
fn marketing_stays_within_the_budget_and_service_goes_and_counts() {
    let mut case = case();
    case.organisation.message_budget = Some(journey::Budget { messages: 3, days: 7 });
    let mut profile = Profile::new(case.customer.clone());
    let send = |case: &mut Case, profile: &mut Profile, key: &str, now: &str| {
        case.attention = profile.attention.clone();
        let mut decision = case.at(now);
        decision.key = EffectKey::stored(key);
        let setting = Setting { organisation: &case.organisation, seed: "test", holdouts: true };
        reserve(profile, &decision, &case.send, setting);
        decision.verdict
    };
    case.send.until = None;
    assert_eq!(send(&mut case, &mut profile, "a", "2027-01-04T12:30:00+01:00"), sent("email", "lotte@example.org"));
    let consent = Consent { given: true, time: at("2027-01-01T00:00:00Z"), proof: "form".into() };
    case.customer.consents = BTreeMap::from([("marketing".to_owned(), consent)]);
    case.send.class = Class::Marketing;
    case.send.attention = Some(Attention::Grab);
    assert_eq!(send(&mut case, &mut profile, "b", "2027-01-05T12:00:00+01:00"), sent("email", "lotte@example.org"));
    case.send.attention = Some(Attention::Spare);
    assert_eq!(
        send(&mut case, &mut profile, "c", "2027-01-06T12:00:00+01:00"),
        refused(Refusal::OverBudget),
        "one for service and two for what grabs"
    );
    case.send.class = Class::Service;
    assert_eq!(send(&mut case, &mut profile, "d", "2027-01-06T13:00:00+01:00"), sent("email", "lotte@example.org"));
    case.send.class = Class::Marketing;
    assert_eq!(
        send(&mut case, &mut profile, "e", "2027-01-12T12:00:01+01:00"),
        sent("email", "lotte@example.org"),
        "seven days after what grabbed"
    );
}

fn storm() -> Halt {
    Halt {
        id: HaltId::derived(&["storm"]),
        title: "Storm".into(),
        scope: HaltScope::default(),
        from: at("2027-01-11T06:00:00+01:00"),
        until: at("2027-01-12T06:00:00+01:00"),
        afterwards: true,
        notice: None,
    }
}

#[test]
fn what_staff_hold_back_waits_or_does_not_go() {
    let mut case = case();
    case.halt = Some(storm());
    case.send.urgent = true;
    assert_eq!(case.noon(), Verdict::Hold { until: at("2027-01-12T06:00:00+01:00"), why: Waits::Halt });
    case.halt = Some(Halt { afterwards: false, ..storm() });
    assert_eq!(case.noon(), refused(Refusal::Halted));
}

#[test]
fn a_halt_is_about_an_area_a_building_a_day_a_journey_or_all() {
    let customer = case().customer;
    let facts = serde_json::json!({
        "appointment": { "start": "2027-01-15T09:00:00+01:00", "postcode": "3511 ab" },
        "repair": { "street": "Lange Nieuwstraat 12-B" },
    });
    let zone = organisation().zone;
    let holds = |change: fn(&mut HaltScope)| {
        let mut halt = storm();
        change(&mut halt.scope);
        let now = at("2027-01-11T12:00:00+01:00");
        halted(&[halt], &JourneyId::new("reparatie"), &customer, &facts, &zone, now).is_some()
    };
    assert!(holds(|_| {}), "nothing said is everything");
    assert!(holds(|scope| scope.postcodes = vec!["9711".into(), "3511".into()]));
    assert!(!holds(|scope| scope.postcodes = vec!["3511 AC".into()]));
    assert!(holds(|scope| scope.building = Some("lange nieuwstraat 12".into())));
    assert!(!holds(|scope| scope.building = Some("Lange Nieuwstraat 1".into())), "number 12 is not number 1");
    assert!(holds(|scope| scope.day = Some("2027-01-15".parse().unwrap())));
    assert!(!holds(|scope| scope.day = Some("2027-01-14".parse().unwrap())));
    assert!(!holds(|scope| scope.journeys = [JourneyId::new("lenen")].into()));
    let over = at("2027-01-12T06:00:00+01:00");
    assert!(halted(&[storm()], &JourneyId::new("reparatie"), &customer, &facts, &zone, over).is_none(), "it is over");
}

#[test]
fn quiet_hours_hold_unless_urgent_and_the_customers_own_go_first() {
    let mut case = case();
    case.send.until = None;
    let evening = "2027-01-11T22:00:00+01:00";
    assert_eq!(
        case.at(evening).verdict,
        Verdict::Hold { until: at("2027-01-12T08:00:00+01:00"), why: Waits::QuietHours }
    );
    let unseen: Vec<String> =
        case.at(evening).checks.into_iter().filter(|check| check.passed.is_none()).map(|check| check.rule).collect();
    assert_eq!(unseen, ["sender", "live"], "not looked at any more");
    case.customer.quiet_hours = Some((time(23, 0, 0, 0), time(7, 0, 0, 0)));
    assert_eq!(case.at(evening).verdict, sent("email", "lotte@example.org"));
    case.customer.quiet_hours = None;
    case.send.urgent = true;
    assert_eq!(case.at(evening).verdict, sent("email", "lotte@example.org"));
}

#[test]
fn held_is_not_late_but_late_is() {
    let mut case = case();
    assert_eq!(case.at("2027-01-11T13:00:00+01:00").verdict, sent("email", "lotte@example.org"));
    assert_eq!(case.at("2027-01-11T13:00:01+01:00").verdict, refused(Refusal::TooLate));
    case.held_until = Some("2027-01-12T08:00:00+01:00");
    assert_eq!(case.at("2027-01-12T08:59:00+01:00").verdict, sent("email", "lotte@example.org"));
    assert_eq!(case.at("2027-01-12T09:01:00+01:00").verdict, refused(Refusal::TooLate), "an hour, as it had before");
}

#[test]
fn the_same_is_asked_once_in_thirty_days() {
    let mut case = case();
    case.asked_last = Some("2026-12-12T12:00:01+01:00");
    assert_eq!(case.noon(), sent("email", "lotte@example.org"), "it asks nothing");
    case.send.ask = vec![AskOf { question: "hulp".into(), scale: Scale::Csat, about: Vec::new() }];
    assert_eq!(case.noon(), refused(Refusal::AskedRecently));
    case.asked_last = Some("2026-12-12T12:00:00+01:00");
    assert_eq!(case.noon(), sent("email", "lotte@example.org"));
}

#[test]
fn nothing_leaves_before_the_journey_is_live_except_to_staff() {
    let mut case = case();
    case.live = false;
    assert_eq!(case.noon(), refused(Refusal::NotLive));
    case.staff = ["+31600000001".to_owned()].into();
    assert_eq!(case.noon(), sent("sms", "+31600000001"));
}

#[test]
fn what_is_not_wanted_or_held_out_goes_no_further() {
    let mut case = case();
    case.held_out = true;
    assert_eq!(case.noon(), refused(Refusal::Holdout));
    case.wanted = Err(Refusal::NotWanted);
    let decision = case.at("2027-01-11T12:00:00+01:00");
    assert_eq!(decision.verdict, refused(Refusal::NotWanted));
    assert_eq!(decision.checks.len(), 1);
}
