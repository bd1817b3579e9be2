//! What the DNS says of the domain that mail comes from, and what receivers make of it. Pure: it is given the records.

use crate::signing::{Dkim, Published};

/// What is found of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// As it should be; what it says.
    Well(String),
    /// Mail arrives, but not everywhere or not for long: in Dutch and in English, what and what to do.
    Warning([String; 4]),
    /// Mail is refused, or lands among the unwanted.
    Fault([String; 4]),
}

/// Lookups that receivers make for one SPF record (RFC 7208, 4.6.4).
const SPF_LOOKUPS_MAX: usize = 10;

fn said(
    nl: impl Into<String>,
    en: impl Into<String>,
    nl_do: impl Into<String>,
    en_do: impl Into<String>,
) -> [String; 4] {
    [nl.into(), en.into(), nl_do.into(), en_do.into()]
}

/// Where answers to our mail go, and what could not be delivered.
pub(super) fn mx(domain: &str, records: &[String]) -> Found {
    let is_null = |record: &&String| record.split_whitespace().nth(1).is_none_or(|host| host.is_empty() || host == ".");
    match records {
        [] => Found::Warning(said(
            format!("{domain} neemt geen mail aan (geen MX): antwoorden van klanten komen nergens aan"),
            format!("{domain} takes no mail (no MX): what customers answer arrives nowhere"),
            "zet een MX-record bij de beheerder van het domein, of gebruik een afzenderadres dat mail aanneemt",
            "have an MX record made for the domain, or use a sender's address that takes mail",
        )),
        records if records.iter().any(|record| is_null(&record)) => Found::Warning(said(
            format!(
                "{domain} zegt dat het geen mail aanneemt (lege MX): sommige ontvangers weigeren mail die ervandaan komt"
            ),
            format!("{domain} says that it takes no mail (null MX): some receivers refuse what comes from there"),
            "gebruik een afzenderadres in een domein dat mail aanneemt",
            "use a sender's address in a domain that takes mail",
        )),
        records => Found::Well(format!("MX {}", records.join(", "))),
    }
}

/// A term of an SPF record without what is to become of whom it names.
fn bare(term: &str) -> &str {
    term.trim_start_matches(['+', '-', '~', '?'])
}

/// Whether a receiver has to ask on for it.
fn asks_on(term: &str) -> bool {
    let term = bare(term);
    let is = |name: &str| term.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']));
    ["include:", "exists:", "redirect="].iter().any(|start| term.starts_with(start))
        || ["a", "mx", "ptr"].iter().any(|name| is(name))
}

/// Who may send for the domain (RFC 7208). `texts`: every TXT record of it.
pub(super) fn spf(domain: &str, texts: &[String]) -> Found {
    let is_spf = |text: &&String| {
        let text = text.to_ascii_lowercase();
        text == "v=spf1" || text.starts_with("v=spf1 ")
    };
    let records: Vec<&String> = texts.iter().filter(is_spf).collect();
    let record = match records.as_slice() {
        [] => {
            return Found::Fault(said(
                format!(
                    "{domain} zegt niet wie er namens het domein mag mailen (geen SPF): veel ontvangers wantrouwen de mail"
                ),
                format!("{domain} does not say who may send for it (no SPF): many receivers distrust the mail"),
                "zet een TXT-record: v=spf1 include:… -all, met wat uw mailaanbieder opgeeft",
                "make a TXT record: v=spf1 include:… -all, with what your mail provider gives",
            ));
        }
        [record] => record.to_ascii_lowercase(),
        several => {
            return Found::Fault(said(
                format!("{domain} heeft {} SPF-records: ontvangers gebruiken er dan geen", several.len()),
                format!("{domain} has {} SPF records: receivers use none of them then", several.len()),
                "maak er één van, met alle include:-delen erin",
                "make them one, with every include: in it",
            ));
        }
    };
    let terms: Vec<&str> = record.split_whitespace().skip(1).collect();
    let lookups = terms.iter().filter(|term| asks_on(term)).count();
    if lookups > SPF_LOOKUPS_MAX {
        return Found::Fault(said(
            format!(
                "het SPF-record van {domain} vraagt {lookups} keer verder, meer dan ontvangers doen ({SPF_LOOKUPS_MAX})"
            ),
            format!("the SPF record of {domain} asks on {lookups} times, more than receivers do ({SPF_LOOKUPS_MAX})"),
            "haal weg wat niet meer voor u mailt",
            "take out what no longer sends for you",
        ));
    }
    let ends = terms.iter().find(|term| bare(term) == "all").copied();
    match ends {
        Some("all" | "+all") => Found::Fault(said(
            format!(
                "het SPF-record van {domain} staat iedereen toe ({}): het beschermt niets",
                ends.unwrap_or_default()
            ),
            format!("the SPF record of {domain} allows everybody ({}): it protects nothing", ends.unwrap_or_default()),
            "laat het eindigen op -all of ~all",
            "let it end in -all or ~all",
        )),
        None if !terms.iter().any(|term| term.starts_with("redirect=")) => Found::Warning(said(
            format!("het SPF-record van {domain} zegt niet wat er met andere servers moet (geen all)"),
            format!("the SPF record of {domain} does not say what of other servers (no all)"),
            "laat het eindigen op -all of ~all",
            "let it end in -all or ~all",
        )),
        Some("?all") => Found::Warning(said(
            format!("het SPF-record van {domain} laat andere servers in het midden (?all)"),
            format!("the SPF record of {domain} leaves other servers open (?all)"),
            "laat het eindigen op -all of ~all",
            "let it end in -all or ~all",
        )),
        _ => Found::Well(format!("SPF {record}")),
    }
}

/// What receivers do with mail that proves nothing (RFC 7489). `texts`: the TXT records of `_dmarc` before the domain, or before
/// the one above it.
pub(super) fn dmarc(domain: &str, texts: &[String]) -> Found {
    let records: Vec<&String> = texts.iter().filter(|text| text.trim_start().starts_with("v=DMARC1")).collect();
    let record = match records.as_slice() {
        [] => {
            return Found::Warning(said(
                format!("{domain} heeft geen DMARC: grote ontvangers vragen daarom wie veel mail stuurt"),
                format!("{domain} has no DMARC: large receivers ask for it of who sends much mail"),
                format!("zet een TXT-record op _dmarc.{domain}: v=DMARC1; p=none; rua=mailto:… en later p=quarantine"),
                format!("make a TXT record at _dmarc.{domain}: v=DMARC1; p=none; rua=mailto:… and later p=quarantine"),
            ));
        }
        [record] => record,
        several => {
            return Found::Fault(said(
                format!("{domain} heeft {} DMARC-records: ontvangers gebruiken er dan geen", several.len()),
                format!("{domain} has {} DMARC records: receivers use none of them then", several.len()),
                "houd er één",
                "keep one",
            ));
        }
    };
    let tags = tags(record);
    let tag = |name: &str| tags.iter().find(|(key, _)| key == name).map(|(_, value)| value.to_ascii_lowercase());
    match tag("p").as_deref() {
        Some("quarantine" | "reject") => Found::Well(format!("DMARC {record}")),
        Some("none") => Found::Warning(said(
            format!("DMARC van {domain} doet nog niets met valse mail (p=none)"),
            format!("DMARC of {domain} does nothing yet about forged mail (p=none)"),
            "kijk de rapporten (rua) na en zet daarna p=quarantine",
            "look through the reports (rua), then set p=quarantine",
        )),
        _ => Found::Fault(said(
            format!("het DMARC-record van {domain} zegt niet wat te doen (p=): ontvangers gebruiken het niet"),
            format!("the DMARC record of {domain} does not say what to do (p=): receivers do not use it"),
            "zet p=none, p=quarantine of p=reject achter v=DMARC1",
            "put p=none, p=quarantine or p=reject behind v=DMARC1",
        )),
    }
}

/// Whether there are keys by which signatures are checked (RFC 6376). `is_there`: whether anything stands below `_domainkey`.
/// Which of them our server signs with only a mail itself tells.
pub(super) fn dkim(domain: &str, is_there: bool) -> Found {
    if is_there {
        return Found::Well(format!("DKIM _domainkey.{domain}"));
    }
    Found::Fault(said(
        format!(
            "{domain} heeft geen sleutel voor handtekeningen (geen DKIM): grote ontvangers weigeren de mail of leggen die apart"
        ),
        format!("{domain} has no key for signatures (no DKIM): large receivers refuse the mail or put it aside"),
        "zet DKIM aan bij uw mailaanbieder en neem zijn records over; in een testmail staat dan dkim=pass",
        "switch DKIM on at your mail provider and take over its records; a test mail then says dkim=pass",
    ))
}

/// Whether the key that we sign with stands in the DNS under its name.
pub(super) fn own_key(dkim: &Dkim, published: Published) -> Found {
    let name = dkim.name();
    let say = |nl: &str, en: &str| {
        said(
            format!("{nl} ({name})"),
            format!("{en} ({name})"),
            "neem het record precies over: Instellingen, Afzenders, E-mail",
            "take the record over exactly: Settings, Senders, E-mail",
        )
    };
    match published {
        Published::Ours => Found::Well(format!("DKIM {name}")),
        Published::Another if dkim.is_on => Found::Fault(say(
            "in het DNS staat een andere sleutel dan waarmee we ondertekenen: ontvangers wantrouwen de mail",
            "the DNS has another key than the one that we sign with: receivers distrust the mail",
        )),
        Published::Nothing if dkim.is_on => Found::Fault(say(
            "de sleutel waarmee we ondertekenen staat niet in het DNS: ontvangers wantrouwen de mail",
            "the key that we sign with does not stand in the DNS: receivers distrust the mail",
        )),
        Published::Another | Published::Nothing => Found::Warning(say(
            "er is een sleutel gemaakt die nog niet in het DNS staat: de mail wordt nog niet ondertekend",
            "a key was made that does not stand in the DNS yet: the mail is not signed yet",
        )),
    }
}

/// `a=b; c=d`.
fn tags(record: &str) -> Vec<(String, String)> {
    let pair = |part: &str| {
        let (key, value) = part.split_once('=')?;
        Some((key.trim().to_ascii_lowercase(), value.trim().to_owned()))
    };
    record.split(';').filter_map(pair).collect()
}

/// The domain of an address.
pub fn of(address: &str) -> Option<&str> {
    let domain = address.rsplit_once('@')?.1.trim_end_matches('.');
    (!domain.is_empty() && domain.contains('.')).then_some(domain)
}

/// The domain, and those above it that may speak for it: never a top-level domain by itself.
pub(super) fn with_parents(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain), |domain| {
        let (_, above) = domain.split_once('.')?;
        above.contains('.').then_some(above)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOMAIN: &str = "rijnoever.example";

    fn texts(all: &[&str]) -> Vec<String> {
        all.iter().map(ToString::to_string).collect()
    }

    fn kind(found: &Found) -> &'static str {
        match found {
            Found::Well(_) => "well",
            Found::Warning(said) | Found::Fault(said) => {
                assert!(said.iter().all(|text| !text.is_empty()) && said[0] != said[1] && said[2] != said[3]);
                if matches!(found, Found::Warning(_)) { "warning" } else { "fault" }
            }
        }
    }

    #[test]
    fn who_may_send_is_read_as_receivers_do() {
        let spf = |all: &[&str]| kind(&spf(DOMAIN, &texts(all)));
        assert_eq!(spf(&["site=1", "v=spf1 include:_spf.mail.example mx -all"]), "well");
        assert_eq!(spf(&["V=SPF1 ip4:192.0.2.0/24 ~all"]), "well");
        assert_eq!(spf(&["v=spf1 redirect=_spf.mail.example"]), "well");
        assert_eq!(spf(&[]), "fault");
        assert_eq!(spf(&["v=spf10 -all"]), "fault", "of another version");
        assert_eq!(spf(&["v=spf1 -all", "v=spf1 mx -all"]), "fault");
        assert_eq!(spf(&["v=spf1 +all"]), "fault");
        assert_eq!(spf(&["v=spf1 mx all"]), "fault");
        assert_eq!(spf(&["v=spf1 mx ?all"]), "warning");
        assert_eq!(spf(&["v=spf1 mx"]), "warning");
        let many = |count| format!("v=spf1 {}-all", "include:x.example ".repeat(count));
        assert_eq!((spf(&[&many(10)]), spf(&[&many(11)])), ("well", "fault"));
        assert_eq!(
            spf(&[&format!("v=spf1 a mx/24 {}-all", "ip4:192.0.2.1 ".repeat(20))]),
            "well",
            "addresses ask nothing"
        );
    }

    #[test]
    fn what_receivers_do_with_forged_mail() {
        let dmarc = |all: &[&str]| kind(&dmarc(DOMAIN, &texts(all)));
        assert_eq!(dmarc(&["v=DMARC1; p=reject; rua=mailto:a@b.example"]), "well");
        assert_eq!(dmarc(&["v=DMARC1;p=Quarantine"]), "well");
        assert_eq!(dmarc(&["v=DMARC1; p=none"]), "warning");
        assert_eq!(dmarc(&[]), "warning");
        assert_eq!(dmarc(&["v=DMARC1; sp=reject"]), "fault");
        assert_eq!(dmarc(&["v=DMARC1; p=none", "v=DMARC1; p=reject"]), "fault");
    }

    #[test]
    fn where_answers_go() {
        assert_eq!(kind(&mx(DOMAIN, &texts(&["10 mail.rijnoever.example"]))), "well");
        assert_eq!(kind(&mx(DOMAIN, &[])), "warning");
        assert_eq!(kind(&mx(DOMAIN, &texts(&["0 ."]))), "warning");
        assert_eq!(kind(&mx(DOMAIN, &texts(&["0 "]))), "warning");
        assert_eq!((kind(&dkim(DOMAIN, true)), kind(&dkim(DOMAIN, false))), ("well", "fault"));
    }

    #[test]
    fn our_own_key_is_compared_with_what_is_published() {
        let dkim = |is_on| Dkim { domain: DOMAIN.into(), selector: "kr1".into(), record: String::new(), is_on };
        let all = [Published::Ours, Published::Another, Published::Nothing];
        assert_eq!(all.map(|published| kind(&own_key(&dkim(true), published))), ["well", "fault", "fault"]);
        assert_eq!(all.map(|published| kind(&own_key(&dkim(false), published))), ["well", "warning", "warning"]);
    }

    #[test]
    fn a_domain_is_asked_and_those_above_it() {
        assert_eq!(of("post@mail.rijnoever.example"), Some("mail.rijnoever.example"));
        assert_eq!((of("post"), of("post@localhost")), (None, None));
        assert_eq!(
            with_parents("a.b.rijnoever.nl").collect::<Vec<_>>(),
            ["a.b.rijnoever.nl", "b.rijnoever.nl", "rijnoever.nl"]
        );
    }
}
