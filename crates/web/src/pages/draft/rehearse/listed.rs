//! Who would get what that they do not get, and the reverse: on the page, and as a file.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use service::harmless;
use sim::rehearse::{Kind, Report, Row, Who, refusal};
use words::{Channel, Customer, CustomerId, Language};

use crate::{format, language::Text, pages::naming, problem::Problem, session::Staff};

/// Rows of one kind that the page shows.
const SHOWN: usize = 12;
/// Customers that are looked up at one time.
const AT_ONCE: usize = 500;

/// One message that differs, as the page shows it.
#[derive(Serialize)]
pub(super) struct Shown {
    who: String,
    /// Of the customer's page.
    href: Option<String>,
    title: String,
    /// Another journey's.
    journey: Option<String>,
    with_draft: Option<(String, String)>,
    with_live: Option<(String, String)>,
    why: Option<String>,
}

/// The rows of one kind.
#[derive(Serialize)]
pub(super) struct Group {
    kind: &'static str,
    rows: Vec<Shown>,
    of: usize,
}

/// The first rows of each kind that there is.
pub(super) async fn groups(staff: &Staff, report: &Report) -> Result<Vec<Group>, Problem> {
    let mut groups = Vec::new();
    for kind in Kind::ALL {
        let of: Vec<&Row> = report.rows.iter().filter(|row| row.kind == kind).collect();
        if of.is_empty() {
            continue;
        }
        let some = &of[..of.len().min(SHOWN)];
        let people = people(staff, some.iter().copied()).await?;
        let rows = some.iter().map(|row| shown(staff, report, row, &people)).collect();
        groups.push(Group { kind: kind.as_str(), rows, of: of.len() });
    }
    Ok(groups)
}

type People = BTreeMap<CustomerId, Customer>;

/// Who these rows are about, as far as they are still known.
async fn people<'r>(staff: &Staff, rows: impl Iterator<Item = &'r Row>) -> Result<People, Problem> {
    let mut ids: Vec<CustomerId> = rows
        .filter_map(|row| match row.who {
            Who::Customer(id) => Some(id),
            Who::Simulated(_) => None,
        })
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut people = People::new();
    for some in ids.chunks(AT_ONCE) {
        let found = staff.app.store.customers_by_id(&staff.house.id, some).await?;
        let known = found.into_iter().filter(|stored| !stored.erased);
        people.extend(known.map(|stored| (stored.customer.id, stored.customer)));
    }
    Ok(people)
}

fn called(staff: &Staff, who: Who, people: &People) -> String {
    match who {
        Who::Simulated(number) => staff.say(&Text::new("rehearse-simulated-one").with("number", u64::from(number))),
        Who::Customer(id) => match people.get(&id) {
            Some(customer) => naming::person(customer, &staff.speech),
            None => staff.say(&Text::new("rehearse-gone")),
        },
    }
}

fn shown(staff: &Staff, report: &Report, row: &Row, people: &People) -> Shown {
    let went = |went: &Option<(Timestamp, Channel)>| {
        went.as_ref().map(|(time, channel)| (time.to_string(), naming::channel(&staff.speech, channel.as_str())))
    };
    let href = match row.who {
        Who::Customer(id) => people.contains_key(&id).then(|| format!("/klanten/{id}")),
        Who::Simulated(_) => None,
    };
    Shown {
        who: called(staff, row.who, people),
        href,
        title: row.title.clone(),
        journey: (row.journey != report.journey).then(|| row.journey.to_string()),
        with_draft: went(&row.with_draft),
        with_live: went(&row.with_live),
        why: row.refused.map(|reason| refusal(reason, staff.speech.language).to_owned()),
    }
}

/// Every row as a table for a spreadsheet: in Dutch with semicolons.
pub(super) async fn file(staff: &Staff, report: &Report) -> Result<Option<Vec<u8>>, Problem> {
    let people = people(staff, report.rows.iter()).await?;
    let speech = &staff.speech;
    let delimiter = if speech.language == Language::Nl { b';' } else { b',' };
    // The sign by which spreadsheets know UTF-8.
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer("\u{feff}".as_bytes().to_vec());
    let columns =
        ["id", "who", "journey", "moment", "differs", "draft", "draft-channel", "live", "live-channel", "why"];
    let heads = columns.map(|column| staff.say(&Text::joined("rehearse-column-", column)));
    let mut written = writer.write_record(heads).is_ok();
    for row in &report.rows {
        let went = |went: &Option<(Timestamp, Channel)>| match went {
            Some((time, channel)) => {
                let date = time.to_zoned(speech.zone.clone()).date();
                let time = format!("{date} {}", format::time(*time, &speech.zone));
                [time, naming::channel(speech, channel.as_str())]
            }
            None => Default::default(),
        };
        let id = match row.who {
            Who::Customer(id) => id.to_string(),
            Who::Simulated(number) => number.to_string(),
        };
        let [draft, draft_channel] = went(&row.with_draft);
        let [live, live_channel] = went(&row.with_live);
        let fields = [
            id,
            harmless(&called(staff, row.who, &people)),
            row.journey.to_string(),
            harmless(&row.title),
            staff.say(&Text::joined("rehearse-kind-", row.kind.as_str())),
            draft,
            draft_channel,
            live,
            live_channel,
            row.refused.map(|reason| refusal(reason, speech.language).to_owned()).unwrap_or_default(),
        ];
        written &= writer.write_record(fields).is_ok();
    }
    Ok(writer.into_inner().ok().filter(|_| written))
}
