use std::collections::BTreeSet;

use jiff::Timestamp;
use words::{Customer, Effect, RunId};

use crate::apply::{Applied, Applying};
use crate::state::{Asked, Happened, Progress, Told};
use crate::{Input, State, Traveller, World};

/// What came of making two customers one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// To save and to do for the winner, as after [`crate::apply`]; every object of a moved run is bound anew.
    pub applied: Applied,
    /// Runs that were the loser's: their rows and contacts are the winner's now.
    pub moved: Vec<RunId>,
    /// Runs that are no more.
    pub folded: Vec<Folded>,
}

/// Of two open runs with one key the older survives and takes the other's contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folded {
    /// The run that is no more.
    pub from: RunId,
    /// The run that survives.
    pub into: RunId,
    /// Contact (from, n) becomes contact (into, n + offset); what was learnt of it moves along.
    pub sequence_offset: u32,
}

/// Makes two customers one. The caller keeps the loser's id as an alias that forwards, and deletes the loser.
pub fn merge(world: &World<'_>, winner: &mut Traveller, loser: Traveller, now: Timestamp) -> Merged {
    let Traveller { profile, runs } = loser;
    join_customers(&mut winner.profile.customer, profile.customer);
    for (what, time) in profile.asked {
        let last = winner.profile.asked.entry(what).or_insert(time);
        *last = (*last).max(time);
    }
    winner.profile.attention.join(profile.attention);
    for halt in profile.noticed {
        winner.profile.notice(halt);
    }
    winner.profile.apart.extend(profile.apart);
    winner.profile.waiting.extend(profile.waiting);
    winner.profile.waiting.sort_by_key(|waiting| waiting.event.received);
    let mut merged = Merged::default();
    let mut changed = BTreeSet::new();
    for mut run in runs {
        run.run.customer = winner.profile.customer.id;
        merged.moved.push(run.run.id);
        let twin = winner.runs.iter_mut().find(|other| is_twin(other, &run));
        let id = match twin {
            Some(other) => {
                if (run.run.started, run.run.id) < (other.run.started, other.run.id) {
                    std::mem::swap(other, &mut run);
                }
                let (from, into, sequence_offset) = (run.run.id, other.run.id, other.sequence);
                merged.folded.push(Folded { from, into, sequence_offset });
                merged.applied.effects.extend(fold(other, run));
                into
            }
            None => {
                let id = run.run.id;
                winner.runs.push(run);
                id
            }
        };
        changed.insert(id);
    }
    let effects = std::mem::take(&mut merged.applied.effects);
    merged.applied = settle(world, winner, &changed, now);
    merged.applied.effects.splice(0..0, effects);
    merged
}

/// Derives everything anew for the runs that changed hands, and takes in what waited for them.
pub(crate) fn settle(world: &World<'_>, winner: &mut Traveller, changed: &BTreeSet<RunId>, now: Timestamp) -> Applied {
    let applied = Applied { profile: true, ..Applied::default() };
    let mut applying = Applying { world, traveller: winner, now, applied };
    for place in 0..applying.traveller.runs.len() {
        let run = &applying.traveller.runs[place];
        if !changed.contains(&run.run.id) {
            continue;
        }
        if let Some(definition) = world.followed_by(run) {
            applying.bind(definition, place, &BTreeSet::new());
        }
        applying.advance(place, Input::Derive);
    }
    for definition in world.live {
        applying.retry(definition);
    }
    applying.applied
}

fn is_twin(one: &State, other: &State) -> bool {
    one.is_open() && other.is_open() && one.run.journey == other.run.journey && one.run.key == other.run.key
}

/// Per property the newest word counts, whoever it was said of.
fn join_customers(winner: &mut Customer, loser: Customer) {
    let newer = |property: &str| loser.known.get(property) > winner.known.get(property);
    let known: Vec<bool> = PROPERTIES.iter().map(|property| newer(property)).collect();
    let says = |property: &str| PROPERTIES.iter().position(|known| *known == property).is_some_and(|at| known[at]);
    let join = |mine: &mut Option<String>, theirs: Option<String>, property: &str| {
        if says(property) || mine.is_none() {
            *mine = theirs.or(mine.take());
        }
    };
    join(&mut winner.name.first, loser.name.first, "first_name");
    join(&mut winner.name.last, loser.name.last, "last_name");
    join(&mut winner.name.salutation, loser.name.salutation, "salutation");
    join(&mut winner.email, loser.email, "email");
    join(&mut winner.mobile, loser.mobile, "mobile");
    join(&mut winner.address.street, loser.address.street, "street");
    join(&mut winner.address.postcode, loser.address.postcode, "postcode");
    join(&mut winner.address.town, loser.address.town, "town");
    join(&mut winner.zone, loser.zone, "zone");
    winner.language = if says("language") { loser.language } else { winner.language.or(loser.language) };
    winner.address_as = if says("address_as") { loser.address_as } else { winner.address_as.or(loser.address_as) };
    winner.quiet_hours = winner.quiet_hours.or(loser.quiet_hours);
    if says("channels") || winner.channels.is_empty() {
        winner.channels = loser.channels;
    }
    winner.personas.extend(loser.personas);
    for (name, consent) in loser.consents {
        if winner.consents.get(&name).is_none_or(|mine| mine.time < consent.time) {
            winner.consents.insert(name, consent);
        }
    }
    for (property, time) in loser.known {
        let mine = winner.known.entry(property).or_insert(time);
        *mine = (*mine).max(time);
    }
}

const PROPERTIES: [&str; 12] = [
    "first_name",
    "last_name",
    "salutation",
    "email",
    "mobile",
    "street",
    "postcode",
    "town",
    "zone",
    "language",
    "address_as",
    "channels",
];

/// Takes everything of another run over. Its effects keep the keys they were asked for with; what both asked for the same
/// occasion is taken back where it is still open.
fn fold(into: &mut State, mut from: State) -> Vec<Effect> {
    let offset = into.sequence;
    let withdrawn = doubles(into, &mut from);
    let keys: Vec<_> = from.asked.iter().flat_map(|(id, all)| all.iter().map(|a| from.key_of(id, a))).collect();
    let mut keys = keys.into_iter();
    into.sequence += from.sequence;
    let newest = from.newest.map(|(time, sequence)| (time, sequence + offset));
    if newest > into.newest {
        into.run.at = from.run.at;
        into.run.dropped = from.run.dropped;
    }
    into.newest = into.newest.max(newest);
    into.run.started = into.run.started.min(from.run.started);
    into.run.goal = into.run.goal.into_iter().chain(from.run.goal).min();
    into.born = into.born.min(from.born);
    into.heard = into.heard.max(from.heard);
    into.stepped = into.stepped.max(from.stepped);
    into.history_until = into.history_until.max(from.history_until);
    for (id, theirs) in from.happened {
        let theirs = Happened { sequence: theirs.sequence + offset, ..theirs };
        let count = into.visits(&id) + theirs.count;
        let mine = into.happened.entry(id).or_insert_with(|| theirs.clone());
        if theirs.time > mine.time {
            *mine = theirs;
        }
        mine.count = count;
    }
    for (id, all) in from.asked {
        let moved = all.into_iter().map(|asked| Asked {
            key: keys.next(),
            sequence: asked.sequence.map(|sequence| sequence + offset),
            ..asked
        });
        into.asked.entry(id).or_default().extend(moved);
    }
    for (object, theirs) in from.objects {
        match into.objects.get_mut(&object) {
            Some(mine) => mine.absorb(theirs),
            None => {
                into.objects.insert(object, theirs);
            }
        }
    }
    for (slot, moment) in from.handled {
        into.handled.entry(slot).or_insert(moment);
    }
    for (id, (count, sequence)) in from.loops {
        let mine = into.loops.entry(id).or_default();
        *mine = (mine.0 + count, mine.1.max(sequence + offset));
    }
    let promises = from.promises.into_iter();
    into.promises.extend(promises.map(|told| Told { sequence: told.sequence + offset, ..told }));
    into.holding.extend(from.holding);
    into.notes.extend(from.notes);
    into.notes.sort_by_key(|note| note.time);
    let surplus = into.notes.len().saturating_sub(State::NOTES_MAX);
    into.notes.drain(..surplus);
    withdrawn
}

/// Of two effects for one occasion the one that is done stays, else the one of the older run; what is taken back.
fn doubles(into: &mut State, from: &mut State) -> Vec<Effect> {
    let mut withdrawn = Vec::new();
    let ids: Vec<_> = from.asked.keys().filter(|id| into.asked.contains_key(*id)).cloned().collect();
    for id in ids {
        for index in 0..from.asked[&id].len() {
            let theirs = &from.asked[&id][index];
            let same = |mine: &Asked| mine.occurrence == theirs.occurrence && mine.task == theirs.task;
            let Some(place) = into.asked[&id].iter().position(same) else { continue };
            let mine = &into.asked[&id][place];
            let key = match (mine.progress, theirs.progress) {
                (Progress::Open | Progress::Done, Progress::Open) => from.key_of(&id, theirs),
                (Progress::Open, Progress::Done) => into.key_of(&id, mine),
                _ => continue,
            };
            let taken_back = if mine.progress == Progress::Open && theirs.progress == Progress::Done {
                into.asked.get_mut(&id).and_then(|all| all.get_mut(place))
            } else {
                from.asked.get_mut(&id).and_then(|all| all.get_mut(index))
            };
            if let Some(asked) = taken_back {
                asked.progress = Progress::Off;
            }
            withdrawn.push(Effect::Withdraw { key, reason: "merged".to_owned() });
        }
    }
    withdrawn
}
