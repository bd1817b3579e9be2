use jiff::Timestamp;
use journey::{Definition, Saying, Touchpoint, When};
use words::{Channel, Customer, CustomerWord, Decision, Language, Refusal, TouchpointId, Verdict, Waits};

use crate::state::{Asked, Progress};
use crate::{Note, PendingKind, Setting, State, Thought, plan};

/// Why a touchpoint did or did not happen in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// One sentence (a second one when something came in late), in the language asked for.
    pub sentence: String,
    /// When it will come, if it stands ahead.
    pub moment: Option<Timestamp>,
    /// The channel of its newest contact, when that is what the sentence tells.
    pub channel: Option<Channel>,
}

/// Says in one sentence why a touchpoint did or did not happen, what it waits for and when it will come. `decisions`: those
/// about this run's messages, oldest first; they may be left out. `None`: the definition has no such touchpoint.
pub fn explain(
    definition: &Definition,
    run: &State,
    customer: &Customer,
    touchpoint: &TouchpointId,
    decisions: &[Decision],
    language: Language,
    setting: Setting<'_>,
) -> Option<Explanation> {
    let touchpoint = definition.touchpoint(touchpoint)?;
    let (one, many) = &setting.organisation.customer_word;
    let word = CustomerWord::new(one, many).on_page(language);
    let saying = Saying::of(definition, language).about(&word);
    let explaining =
        Explaining { definition, run, customer, touchpoint, decisions, language, setting, saying, word: &word };
    Some(explaining.explanation())
}

struct Explaining<'a> {
    definition: &'a Definition,
    run: &'a State,
    customer: &'a Customer,
    touchpoint: &'a Touchpoint,
    decisions: &'a [Decision],
    language: Language,
    setting: Setting<'a>,
    saying: Saying<'a>,
    word: &'a CustomerWord,
}

impl Explaining<'_> {
    fn explanation(&self) -> Explanation {
        let moment = self.ahead();
        let (mut sentence, channel) = self.sentence(moment);
        if let Some(addition) = self.overtaken() {
            sentence.push(' ');
            sentence.push_str(&addition);
        }
        Explanation { sentence, moment, channel }
    }

    /// The newest of what was thought and what happened speaks; before that, what is under way.
    fn sentence(&self, moment: Option<Timestamp>) -> (String, Option<Channel>) {
        if let Some(asked) = self.under_way() {
            return (self.open(asked), None);
        }
        let happened = self.run.happened.get(&self.touchpoint.id);
        let thought = self.last_thought();
        if let Some(note) = thought.filter(|note| happened.is_none_or(|happened| note.time > happened.time)) {
            return (self.join(self.thought(note), moment), None);
        }
        if let Some(happened) = happened {
            let (when, count) = (self.when(happened.time), happened.count);
            let text = match (self.language, count) {
                (Language::Nl, 1) => format!("Gebeurd op {when}."),
                (Language::Nl, _) => format!("Gebeurd, {count} keer; het laatst op {when}."),
                (Language::En, 1) => format!("Happened on {when}."),
                (Language::En, _) => format!("Happened {count} times; last on {when}."),
            };
            return (self.join(text, moment), happened.channel.clone());
        }
        (self.not_yet(moment), None)
    }

    fn join(&self, text: String, moment: Option<Timestamp>) -> String {
        match moment {
            Some(moment) => {
                let when = self.when(moment);
                match self.language {
                    Language::Nl => format!("{} Staat opnieuw gepland voor {when}.", text),
                    Language::En => format!("{} Planned again for {when}.", text),
                }
            }
            None => text,
        }
    }

    fn not_yet(&self, moment: Option<Timestamp>) -> String {
        if let Some(moment) = moment {
            let when = self.when(moment);
            return self.say(format!("Staat gepland voor {when}."), format!("Planned for {when}."));
        }
        if let words::Status::Ended { exit, .. } = &self.run.run.status {
            let when = self.when(exit.time);
            return self.say(
                format!("Niet gebeurd: deze reis eindigde op {when}."),
                format!("Did not happen: this run ended on {when}."),
            );
        }
        match self.saying.awaited(self.touchpoint) {
            Some(what) => {
                self.say(format!("Nog niet gebeurd: wacht tot {what}."), format!("Not yet: waits until {what}."))
            }
            None => self.say(
                "Wordt alleen getekend: niemand ziet of stuurt dit.".to_owned(),
                "Only drawn: nobody sees or sends this.".to_owned(),
            ),
        }
    }

    fn open(&self, asked: &Asked) -> String {
        let since = self.when(asked.time);
        if asked.task {
            let team = self.touchpoint.task.as_ref().map(|task| task.team.clone()).unwrap_or_default();
            return match asked.due.map(|due| self.when(due)) {
                Some(due) => self.say(
                    format!("Ligt sinds {since} als taak bij {team}, uiterlijk {due}."),
                    format!("A task of {team} since {since}, due {due}."),
                ),
                None => self.say(
                    format!("Ligt sinds {since} als taak bij {team}."),
                    format!("A task of {team} since {since}."),
                ),
            };
        }
        match self.decision(asked).map(|decision| &decision.verdict) {
            Some(Verdict::Hold { until, why: Waits::Halt }) => {
                let until = self.when(*until);
                self.say(
                    format!("Wacht tot uiterlijk {until}: medewerkers houden deze berichten tegen."),
                    format!("Waits until {until} at most: staff hold these messages back."),
                )
            }
            Some(Verdict::Hold { until, .. }) => {
                let (until, customer) = (self.when(*until), self.word.the(self.language));
                self.say(
                    format!("Wacht tot {until}: in de stille uren gaat er niets naar {customer}."),
                    format!("Waits until {until}: these are the quiet hours of {customer}."),
                )
            }
            Some(Verdict::Refuse { reason }) => self.refusal(*reason),
            _ => self.say(format!("Sinds {since} onderweg naar de verzender."), format!("On its way since {since}.")),
        }
    }

    fn thought(&self, note: &Note) -> String {
        match &note.what {
            Thought::TooLate { moment } => {
                let when = self.when(*moment);
                self.say(
                    format!("Niet gebeurd: het moment ({when}) was al voorbij toen het bekend werd."),
                    format!("Did not happen: the moment ({when}) had passed when it became known."),
                )
            }
            Thought::ConditionFalse { missing, moment } => self.condition(missing.as_deref(), *moment),
            Thought::Repeated { first, ask } => self.repeated(*first, *ask),
            Thought::Failed { reason } => self.failed(reason.as_deref()),
            Thought::Withdrawn { reason } => self.withdrawn(reason, note.time),
            Thought::HeldOut => self.refusal(Refusal::Holdout),
            Thought::Capped => {
                let count = words::limits::VISITS_MAX;
                self.say(
                    format!("Al {count} keer gebeurd: een medewerker kijkt nu mee."),
                    format!("Happened {count} times already: a member of staff takes over."),
                )
            }
            _ => self.say("Overgeslagen.".to_owned(), "Left out.".to_owned()),
        }
    }

    fn condition(&self, missing: Option<&str>, moment: Timestamp) -> String {
        let when = self.when(moment);
        let events = match &self.touchpoint.when {
            Some(When::Events(events)) => events.as_slice(),
            _ => &[],
        };
        let condition = self.touchpoint.only_if.as_ref().map(|only| self.saying.condition(only, events));
        let condition = condition.unwrap_or_default();
        // What a condition trips over is mostly a name; anything else is the trouble of an expression, for nobody's eyes.
        let missing = missing.map(|name| {
            let unknown = || self.say("een gegeven".to_owned(), "something".to_owned());
            self.saying.asked(name, self.touchpoint).unwrap_or_else(unknown)
        });
        match missing {
            Some(missing) => self.say(
                format!("Niet gebeurd op {when}: {missing} was niet bekend (voorwaarde: {condition})."),
                format!("Did not happen on {when}: {missing} was not known (condition: {condition})."),
            ),
            None => self.say(
                format!("Niet gebeurd op {when}: de voorwaarde gold niet ({condition})."),
                format!("Did not happen on {when}: the condition did not hold ({condition})."),
            ),
        }
    }

    fn repeated(&self, first: Timestamp, ask: bool) -> String {
        let first = self.when(first);
        if ask {
            return self.say(
                format!("Niet opnieuw gevraagd: dezelfde vraag ging al uit op {first}."),
                format!("Not asked again: the same question went out on {first}."),
            );
        }
        self.say(
            format!("Niet opnieuw gestuurd: dit ging hiervoor al uit op {first}."),
            format!("Not sent again: it went out for the same thing on {first}."),
        )
    }

    fn failed(&self, reason: Option<&str>) -> String {
        let last = self.decisions.iter().rev().find_map(|decision| match &decision.verdict {
            Verdict::Refuse { reason } if self.is_about(decision) => Some(*reason),
            _ => None,
        });
        if let Some(reason) = last.or_else(|| reason.and_then(refusal_named)) {
            return self.refusal(reason);
        }
        let reason = reason.unwrap_or("?");
        self.say(
            format!("Niet verstuurd: de verzender meldde “{reason}”."),
            format!("Not sent: the sender said “{reason}”."),
        )
    }

    fn withdrawn(&self, reason: &str, time: Timestamp) -> String {
        let when = self.when(time);
        let (dutch, english) = match reason {
            "moved" => ("het moment is verplaatst", "the moment moved"),
            "gone" => {
                ("een nieuwe versie heeft dit contactmoment niet meer", "a newer version does not have this touchpoint")
            }
            "merged" => ("een samengevoegde klant had dit al", "a merged customer had this already"),
            _ => ("deze reis was afgelopen", "the run had ended"),
        };
        self.say(format!("Op {when} ingetrokken: {dutch}."), format!("Taken back on {when}: {english}."))
    }

    fn refusal(&self, reason: Refusal) -> String {
        let (dutch, english) = match reason {
            Refusal::NotWanted => ("het was niet meer nodig", "it was no longer wanted"),
            Refusal::TooLate => ("het was te laat", "it was too late"),
            Refusal::AskedRecently => {
                ("deze vraag is de afgelopen 30 dagen al gesteld", "the same was asked in the past 30 days")
            }
            Refusal::Holdout => {
                let customer = self.word.the(self.language);
                return self.say(
                    format!("Niet verstuurd: {customer} hoort bij de groep die dit niet krijgt, om te vergelijken."),
                    format!("Not sent: {customer} is in the group that does not get it, to compare with."),
                );
            }
            Refusal::NoAddress => ("er is geen adres bekend", "no address is known"),
            Refusal::Suppressed => ("dit adres wil of kan geen berichten ontvangen", "the address is suppressed"),
            Refusal::NoConsent => ("er is geen toestemming voor aanbiedingen", "there is no consent for marketing"),
            Refusal::SenderUntested => ("de afzender is nog niet getest", "the sender was not tested yet"),
            Refusal::NotLive => ("de reis staat nog niet live", "the journey is not live yet"),
            Refusal::QuietHours => ("het was te laat op de dag", "it fell in quiet hours"),
            Refusal::OverBudget => {
                let customer = self.word.the(self.language);
                return self.say(
                    format!("Niet verstuurd: {customer} kreeg de laatste tijd al genoeg berichten."),
                    format!("Not sent: {customer} got enough messages lately."),
                );
            }
            Refusal::Halted => ("medewerkers hielden deze berichten tegen", "staff held these messages back"),
            Refusal::Unrenderable => ("het bericht kon niet worden gemaakt", "the message could not be made"),
        };
        self.say(format!("Niet verstuurd: {dutch}."), format!("Not sent: {english}."))
    }

    /// An event of before it fired came in after it.
    fn overtaken(&self) -> Option<String> {
        let notes = self.run.notes.iter().rev().filter(|note| note.touchpoint.as_ref() == Some(&self.touchpoint.id));
        let mut late = notes.filter_map(|note| match &note.what {
            Thought::Overtaken { event, at } => Some((self.saying.event(event), self.when(*at), self.when(note.time))),
            _ => None,
        });
        let (event, at, came) = late.next()?;
        Some(self.say(
            format!("Toen was nog niet gemeld: {event} ({at}). Dat kwam pas op {came}."),
            format!("By then it had not come in that {event} ({at}). It came on {came}."),
        ))
    }

    fn last_thought(&self) -> Option<&Note> {
        let about = self.run.notes.iter().filter(|note| note.touchpoint.as_ref() == Some(&self.touchpoint.id));
        about.rev().find(|note| {
            matches!(
                note.what,
                Thought::TooLate { .. }
                    | Thought::ConditionFalse { .. }
                    | Thought::Repeated { .. }
                    | Thought::Failed { .. }
                    | Thought::Withdrawn { .. }
                    | Thought::HeldOut
                    | Thought::Capped
            )
        })
    }

    fn under_way(&self) -> Option<&Asked> {
        let asked = self.run.asked.get(&self.touchpoint.id)?;
        asked.iter().rev().find(|asked| asked.progress == Progress::Open)
    }

    fn is_about(&self, decision: &Decision) -> bool {
        self.run.by_key(decision.key.as_str()).is_some_and(|(id, _)| *id == self.touchpoint.id)
    }

    fn decision(&self, asked: &Asked) -> Option<&Decision> {
        let key = self.run.key_of(&self.touchpoint.id, asked);
        self.decisions.iter().rev().find(|decision| decision.key == key)
    }

    fn ahead(&self) -> Option<Timestamp> {
        let pending = plan(self.definition, self.run, self.customer, self.setting);
        let mine = |pending: &&crate::Pending| {
            pending.kind == PendingKind::Touchpoint && pending.touchpoint.as_ref() == Some(&self.touchpoint.id)
        };
        pending.iter().find(mine).map(|pending| pending.moment)
    }

    fn say(&self, dutch: String, english: String) -> String {
        match self.language {
            Language::Nl => dutch,
            Language::En => english,
        }
    }

    /// A moment in the customer's zone: `31 maart 10:00`.
    fn when(&self, moment: Timestamp) -> String {
        let local = moment.to_zoned(self.setting.zone(self.customer));
        format!("{} {} {:02}:{:02}", local.day(), self.language.month(local.date()), local.hour(), local.minute())
    }
}

fn refusal_named(name: &str) -> Option<Refusal> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}
