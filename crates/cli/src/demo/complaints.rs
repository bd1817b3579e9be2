//! The complaints that the demo begins with: some wait, one is late, others were resolved and rated. They are made by the calls
//! that the pages make too, each at its own moment, about somebody whose story was told by then.

use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use service::complaining::{self, Noted};
use service::drive::Drive;
use store::{HeardBy, Store, StoredCustomer, TaskFilter, TaskRow, TaskState};
use uuid::Uuid;
use words::{Contact, CustomerId, Experience, JourneyId, OrganisationId, Scale, derived_id};

use crate::house::{self, Trouble};

/// Facts read at one time.
const FACTS: u32 = 5_000;
/// Customers that are looked at before a complaint is left out.
const LOOKED_AT: usize = 200;
/// A complaint is about something of the days before it.
const FRESH: SignedDuration = SignedDuration::from_hours(14 * 24);

/// So many days ago, at this hour and minute.
type Ago = (i32, i8, i8);

struct Sample {
    /// Journey and touchpoint that it is about.
    about: (&'static str, &'static str),
    heard: HeardBy,
    made: Ago,
    text: &'static str,
    /// 1 to 5, where 5 is best.
    felt: Option<u8>,
    taken: Option<Ago>,
    /// When, and what was done.
    resolved: Option<(Ago, &'static str)>,
    /// When, and how it was felt then.
    rated: Option<(Ago, u8)>,
}

const SAMPLES: [Sample; 11] = [
    Sample {
        about: ("winkel-webshop", "bezorgd"),
        heard: HeardBy::Phone,
        made: (22, 11, 5),
        text: "De doos was helemaal ingedeukt en de vaas lag in stukken. Op mijn mail kwam geen antwoord.",
        felt: Some(1),
        taken: Some((22, 13, 40)),
        resolved: Some(((21, 10, 15), "Gebeld, nieuwe vaas gestuurd en de verzendkosten teruggegeven.")),
        rated: Some(((20, 19, 30), 5)),
    },
    Sample {
        about: ("woning-reparatie", "gerepareerd"),
        heard: HeardBy::Page,
        made: (19, 20, 10),
        text: "De monteur liet rommel achter in de keuken en de kraan druppelt nog.",
        felt: Some(2),
        taken: Some((18, 9, 5)),
        resolved: Some(((16, 15, 20), "Monteur is teruggeweest, kraan dicht en keuken schoongemaakt.")),
        rated: Some(((15, 18, 0), 4)),
    },
    Sample {
        about: ("bibliotheek-reserveren", "ligt-klaar"),
        heard: HeardBy::Desk,
        made: (15, 14, 30),
        text: "Ik kreeg bericht dat mijn boek klaarlag, maar het stond niet op de plank.",
        felt: Some(2),
        taken: Some((15, 14, 45)),
        resolved: Some(((15, 16, 10), "Boek gevonden op de verkeerde plank en thuisbezorgd.")),
        rated: Some(((14, 12, 20), 5)),
    },
    Sample {
        about: ("hulp-bij-inloggen", "bot-antwoord"),
        heard: HeardBy::Page,
        made: (12, 21, 15),
        text: "De chat bleef dezelfde uitleg herhalen. Ik wilde gewoon iemand spreken.",
        felt: Some(2),
        taken: Some((11, 9, 30)),
        resolved: Some(((11, 10, 5), "Gebeld en samen ingelogd.")),
        rated: Some(((11, 20, 40), 3)),
    },
    Sample {
        about: ("winkel-webshop", "bezorgd"),
        heard: HeardBy::Page,
        made: (11, 19, 45),
        text: "Het pakket is bij de buren afgegeven terwijl ik thuis was, en niemand zei bij wie.",
        felt: Some(2),
        taken: Some((10, 10, 0)),
        resolved: None,
        rated: None,
    },
    Sample {
        about: ("woning-reparatie", "gerepareerd"),
        heard: HeardBy::Phone,
        made: (6, 10, 20),
        text: "Twee dagen na de reparatie werkt de verwarming weer niet.",
        felt: Some(1),
        taken: Some((6, 10, 25)),
        resolved: Some(((4, 11, 45), "Pomp vervangen en twee dagen later nagebeld: alles werkt.")),
        rated: Some(((3, 9, 50), 4)),
    },
    Sample {
        about: ("bibliotheek-reserveren", "ophalen"),
        heard: HeardBy::Page,
        made: (7, 19, 5),
        text: "Het boek dat ik ophaalde mist tien bladzijden, precies aan het eind.",
        felt: Some(3),
        taken: Some((6, 9, 40)),
        resolved: Some(((6, 13, 10), "Nieuw exemplaar besteld en als eerste gereserveerd voor deze lezer.")),
        rated: Some(((5, 17, 15), 5)),
    },
    Sample {
        about: ("hulp-bij-inloggen", "medewerker"),
        heard: HeardBy::Page,
        made: (8, 12, 30),
        text: "De uitleg klopte niet met wat ik op mijn scherm zag, en ik moest alles drie keer vertellen.",
        felt: Some(2),
        taken: Some((8, 13, 15)),
        resolved: Some(((7, 11, 20), "Gebeld, meegekeken op het scherm en de uitleg laten aanpassen.")),
        rated: None,
    },
    Sample {
        about: ("woning-reparatie", "gerepareerd"),
        heard: HeardBy::Page,
        made: (3, 18, 50),
        text: "Er is een gat in de muur geboord dat niet is dichtgemaakt. Wanneer komt daar iemand voor?",
        felt: Some(2),
        taken: Some((2, 9, 15)),
        resolved: None,
        rated: None,
    },
    Sample {
        about: ("bibliotheek-reserveren", "ophalen"),
        heard: HeardBy::Desk,
        made: (2, 15, 40),
        text: "Aan de balie moest ik een half uur wachten omdat het systeem eruit lag.",
        felt: Some(2),
        taken: None,
        resolved: None,
        rated: None,
    },
    Sample {
        about: ("winkel-webshop", "bezorgd"),
        heard: HeardBy::Page,
        made: (1, 9, 35),
        text: "Ik heb de verkeerde kleur gekregen en betaal nu zelf om het terug te sturen.",
        felt: None,
        taken: None,
        resolved: None,
        rated: None,
    },
];

/// What happens to one complaint at a moment.
enum Deed {
    Made(Noted),
    Taken,
    Resolved(&'static str),
    Rated(Experience),
}

/// Who deals with complaints.
pub(super) struct Staff {
    pub(super) account: Uuid,
    pub(super) name: String,
}

/// Makes the complaints in the past of a store that was filled until `now`. What there is nobody for is left out.
pub(super) async fn complain(
    store: Arc<dyn Store>,
    (data, url): (&Path, &str),
    organisation: &OrganisationId,
    staff: &Staff,
    now: Timestamp,
) -> Result<(), Trouble> {
    let mut deeds = Vec::new();
    let mut chosen = Vec::new();
    let service = house::service(store.clone(), data, url);
    let zone = service.catalog.zone(organisation).await?;
    for (number, sample) in SAMPLES.iter().enumerate() {
        let made = moment(now, sample.made, &zone)?;
        let found = somebody(store.as_ref(), organisation, sample, made, &chosen).await?;
        let Some((customer, contact)) = found else { continue };
        chosen.push(customer.customer.id);
        for (ago, deed) in course(sample, noted(sample, organisation, &contact, &staff.name, number)) {
            deeds.push((moment(now, ago, &zone)?, deed, customer.clone()));
        }
    }
    deeds.sort_by_key(|(time, ..)| *time);
    let Some((first, ..)) = deeds.first() else { return Ok(()) };
    let drive = Drive::new(store, house::random(), house::transports(data), url, *first);
    for (time, deed, customer) in deeds {
        drive.until(time).await?;
        does(&drive, organisation, deed, &customer, staff).await?;
        drive.settle().await?;
    }
    Ok(drive.until(now).await?)
}

fn moment(now: Timestamp, (days, hour, minute): Ago, zone: &TimeZone) -> Result<Timestamp, Trouble> {
    let day = now.to_zoned(zone.clone()).date().checked_sub(days.days())?;
    Ok(day.at(hour, minute, 0, 0).to_zoned(zone.clone())?.timestamp())
}

fn noted(sample: &Sample, organisation: &OrganisationId, contact: &Contact, staff: &str, number: usize) -> Noted {
    let is_heard = matches!(sample.heard, HeardBy::Desk | HeardBy::Phone);
    Noted {
        organisation: organisation.clone(),
        heard: sample.heard,
        text: sample.text.to_owned(),
        before: sample.felt.and_then(experience),
        about: Some((contact.run, contact.journey.clone(), contact.touchpoint.clone())),
        staff: if is_heard { staff.to_owned() } else { String::new() },
        nonce: format!("demo-{number}"),
    }
}

fn course(sample: &Sample, noted: Noted) -> impl Iterator<Item = (Ago, Deed)> {
    let taken = sample.taken.map(|ago| (ago, Deed::Taken));
    let resolved = sample.resolved.map(|(ago, done)| (ago, Deed::Resolved(done)));
    let rated = sample.rated.and_then(|(ago, felt)| Some((ago, Deed::Rated(experience(felt)?))));
    [Some((sample.made, Deed::Made(noted))), taken, resolved, rated].into_iter().flatten()
}

fn experience(felt: u8) -> Option<Experience> {
    Scale::Csat.experience(f64::from(felt))
}

/// The last customer who met the touchpoint, can be written to, and has nothing behind that moment.
async fn somebody(
    store: &dyn Store,
    organisation: &OrganisationId,
    sample: &Sample,
    made: Timestamp,
    taken: &[CustomerId],
) -> Result<Option<(StoredCustomer, Contact)>, Trouble> {
    let (journey, touchpoint) = sample.about;
    let (journey, from) = (JourneyId::new(journey), made - FRESH);
    let mut found: Vec<Contact> = Vec::new();
    let mut cursor = store::Cursor::default();
    loop {
        let after = store.facts_after(organisation, &journey, &cursor, FACTS).await?;
        let fits = |one: &Contact| one.touchpoint.as_str() == touchpoint && one.time >= from && one.recorded < made;
        found.extend(after.contacts.into_iter().filter(|one| fits(one) && !taken.contains(&one.customer)));
        if after.complete {
            break;
        }
        cursor = after.next;
    }
    found.sort_by_key(|contact| std::cmp::Reverse(contact.time));
    found.truncate(LOOKED_AT);
    for contact in found {
        let customer = store.customer(organisation, contact.customer).await?;
        let fits = |one: &StoredCustomer| one.updated < made && one.customer.email.is_some();
        if let Some(customer) = customer.filter(fits) {
            return Ok(Some((customer, contact)));
        }
    }
    Ok(None)
}

async fn does(
    drive: &Drive,
    organisation: &OrganisationId,
    deed: Deed,
    customer: &StoredCustomer,
    staff: &Staff,
) -> Result<(), Trouble> {
    let (store, now) = (drive.service.store.as_ref(), drive.now());
    let id = customer.customer.id;
    let event = match deed {
        Deed::Made(noted) => {
            drive.service.answering.noted(&noted, &customer.customer, now).await?;
            return Ok(());
        }
        Deed::Resolved(note) => {
            let (task, note) = (task(store, organisation, id).await?, note.to_owned());
            let event = complaining::resolved(&task, &staff.name, &note, now);
            let done = TaskState::Done { time: now, by: Some(staff.account), channel: None, note };
            store.finish_task(organisation, &task.key, done, event).await?;
            return Ok(());
        }
        Deed::Taken => complaining::taken(&task(store, organisation, id).await?, staff.account, now),
        Deed::Rated(felt) => {
            let task = task(store, organisation, id).await?;
            complaining::rated(&task, felt, "", derived_id(&["rated", task.key.as_str()]), now)
        }
    };
    store.accept(vec![event]).await?;
    Ok(())
}

/// The complaint of somebody who has one.
async fn task(store: &dyn Store, organisation: &OrganisationId, customer: CustomerId) -> Result<TaskRow, Trouble> {
    let filter = TaskFilter { complaints: true, customer: Some(customer), ..TaskFilter::default() };
    let found = store.tasks(organisation, &filter, store::Paging::first(1)).await?;
    found.rows.into_iter().next().ok_or_else(|| "a complaint of the demo did not come in".into())
}
