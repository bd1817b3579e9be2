//! Findings as people read them.

use jiff::civil::{DateTime, Time};
use words::{CustomerWord, Language, Refusal};

use super::Finding;

impl Finding {
    /// Whether somebody should look, rather than know.
    pub const fn warns(&self) -> bool {
        !matches!(self, Self::Same | Self::More { .. } | Self::Fewer { .. })
    }

    /// One sentence, with the organisation's word for customer.
    pub fn said(&self, language: Language, word: &CustomerWord) -> String {
        let word = word.on_page(language);
        match language {
            Language::Nl => self.dutch(&word),
            Language::En => self.english(&word),
        }
    }

    fn dutch(&self, word: &CustomerWord) -> String {
        let n = |count: u64| grouped(count, '.');
        let berichten =
            |count: u64| if count == 1 { "1 bericht".to_owned() } else { format!("{} berichten", n(count)) };
        match self {
            Self::Nobody => {
                format!("Er kwam geen enkele {} in deze klantreis: er was niets dat haar laat beginnen.", word.one)
            }
            Self::Same => "Het concept deed precies hetzelfde als de versie die live staat.".into(),
            Self::More { messages } => format!("{} gaan alleen met het concept.", berichten(*messages))
                .replace("1 bericht gaan", "1 bericht gaat"),
            Self::Fewer { messages } => format!("{} gaan met het concept niet meer.", berichten(*messages))
                .replace("1 bericht gaan", "1 bericht gaat"),
            Self::Others { gone, new } => {
                let parts = [(gone, "gaan niet meer"), (new, "gaan alleen nu")];
                let parts = parts.into_iter().filter(|(count, _)| **count > 0);
                let parts: Vec<String> = parts.map(|(count, what)| format!("{} {what}", n(*count))).collect();
                format!("Berichten van andere klantreizen, die hetzelfde budget delen: {}.", parts.join(", "))
            }
            Self::BusyHour { team, hour, tasks, usual } => format!(
                "Op {} krijgt team {team} {tasks} taken in één uur; in andere uren zijn dat er gemiddeld {}.",
                moment(*hour, Language::Nl),
                rounded(*usual).replace('.', ",")
            ),
            Self::OverBudget { customers, most, budget, days, live } => {
                let who = match customers {
                    1 => format!("1 {} krijgt", word.one),
                    _ => format!("{} {} krijgen", n(*customers), word.many),
                };
                let live = live.map(|live| format!("; met de versie die live staat zijn dat er {}", n(live)));
                format!(
                    "{who} meer dan {budget} berichten in {days} dagen, tot {most} toe{}.",
                    live.unwrap_or_default()
                )
            }
            Self::Quiet { messages, of, until } => {
                let until = until.map(|until| format!(" en gaan meestal om {} uur", clock(until, '.')));
                format!(
                    "{} van {} vallen in de stille uren{}.",
                    n(*messages),
                    berichten(*of),
                    until.unwrap_or_default()
                )
            }
            Self::Refused { title, reason, messages, of } => {
                let reason = refusal(*reason, Language::Nl);
                format!("‘{title}’ gaat {} van de {} keer niet: {reason}.", n(*messages), n(*of))
            }
            Self::Never { title } => format!("‘{title}’ kwam voor niemand aan de beurt."),
            Self::Untested { channel, messages } => format!(
                "De afzender voor {channel} is nog niet getest: in het echt gaan deze {} niet.",
                berichten(*messages)
            ),
        }
    }

    fn english(&self, word: &CustomerWord) -> String {
        let n = |count: u64| grouped(count, ',');
        let written = |count: u64| if count == 1 { "1 message".to_owned() } else { format!("{} messages", n(count)) };
        match self {
            Self::Nobody => format!("No {} came into this journey: there was nothing that begins it.", word.one),
            Self::Same => "The draft did exactly the same as the version that is live.".into(),
            Self::More { messages: 1 } => "1 message goes with the draft only.".into(),
            Self::More { messages } => format!("{} go with the draft only.", written(*messages)),
            Self::Fewer { messages: 1 } => "1 message no longer goes with the draft.".into(),
            Self::Fewer { messages } => format!("{} no longer go with the draft.", written(*messages)),
            Self::Others { gone, new } => {
                let parts = [(gone, "no longer go"), (new, "go only now")];
                let parts = parts.into_iter().filter(|(count, _)| **count > 0);
                let parts: Vec<String> = parts.map(|(count, what)| format!("{} {what}", n(*count))).collect();
                format!("Messages of other journeys, which share the budget: {}.", parts.join(", "))
            }
            Self::BusyHour { team, hour, tasks, usual } => format!(
                "On {} team {team} gets {tasks} tasks within an hour; in other hours it is {} on average.",
                moment(*hour, Language::En),
                rounded(*usual)
            ),
            Self::OverBudget { customers, most, budget, days, live } => {
                let who = match customers {
                    1 => format!("1 {} gets", word.one),
                    _ => format!("{} {} get", n(*customers), word.many),
                };
                let live = live.map(|live| format!("; with the version that is live {} do", n(live)));
                format!("{who} more than {budget} messages in {days} days, {most} at most{}.", live.unwrap_or_default())
            }
            Self::Quiet { messages, of, until } => {
                let until = until.map(|until| format!(" and mostly go at {}", clock(until, ':')));
                format!("{} of {} fall in quiet hours{}.", n(*messages), written(*of), until.unwrap_or_default())
            }
            Self::Refused { title, reason, messages, of } => {
                let reason = refusal(*reason, Language::En);
                format!("‘{title}’ does not go {} of {} times: {reason}.", n(*messages), n(*of))
            }
            Self::Never { title } => format!("‘{title}’ came up for nobody."),
            Self::Untested { channel, messages } => {
                format!("The sender for {channel} was not tested yet: for real these {} do not go.", written(*messages))
            }
        }
    }
}

/// Why a message does not go, in a few words.
pub fn refusal(reason: Refusal, language: Language) -> &'static str {
    match reason {
        Refusal::NotWanted => language.pick("niet meer nodig", "no longer needed"),
        Refusal::TooLate => language.pick("te laat", "too late"),
        Refusal::AskedRecently => language.pick("kort geleden al gevraagd", "asked a short while ago"),
        Refusal::Holdout => language.pick("in de vergelijkgroep", "in the group to compare with"),
        Refusal::NoAddress => language.pick("geen adres bekend", "no address known"),
        Refusal::Suppressed => language.pick("wil of kan niets ontvangen", "cannot or will not receive anything"),
        Refusal::NoConsent => language.pick("geen toestemming", "no consent"),
        Refusal::SenderUntested => language.pick("afzender niet getest", "sender not tested"),
        Refusal::NotLive => language.pick("de klantreis is op proef", "the journey is on trial"),
        Refusal::Unrenderable => language.pick("er ontbreekt een gegeven", "something it says is missing"),
        Refusal::QuietHours => language.pick("viel in de stille uren", "fell in quiet hours"),
        Refusal::OverBudget => language.pick("genoeg berichten gekregen", "got enough messages"),
        Refusal::Halted => language.pick("tegengehouden door medewerkers", "held back by staff"),
    }
}

fn clock(time: Time, between: char) -> String {
    format!("{}{between}{:02}", time.hour(), time.minute())
}

/// "maandag 7 december om 9.00 uur", "Monday 7 December at 9:00".
fn moment(hour: DateTime, language: Language) -> String {
    let date = hour.date();
    let day = format!("{} {} {}", language.weekday(date.weekday()), date.day(), language.month(date));
    match language {
        Language::Nl => format!("{day} om {} uur", clock(hour.time(), '.')),
        Language::En => format!("{day} at {}", clock(hour.time(), ':')),
    }
}

/// "1.421": thousands apart.
fn grouped(count: u64, between: char) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(between);
        }
        out.push(digit);
    }
    out
}

fn rounded(number: f64) -> String {
    if number >= 10.0 { format!("{number:.0}") } else { format!("{number:.1}") }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn findings_are_whole_sentences_in_both_languages() {
        let word = CustomerWord::new("huurder", "huurders");
        let hour = date(2026, 12, 7).at(9, 0, 0, 0);
        let all = [
            Finding::Nobody,
            Finding::Same,
            Finding::More { messages: 1 },
            Finding::More { messages: 312 },
            Finding::Fewer { messages: 1 },
            Finding::Fewer { messages: 12 },
            Finding::Others { gone: 5, new: 0 },
            Finding::BusyHour { team: "baliemedewerkers".into(), hour, tasks: 43, usual: 6.25 },
            Finding::OverBudget { customers: 12, most: 4, budget: 3, days: 7, live: Some(2) },
            Finding::OverBudget { customers: 1, most: 4, budget: 3, days: 7, live: None },
            Finding::Quiet { messages: 1_138, of: 1_234_400, until: Some(time(8, 0, 0, 0)) },
            Finding::Refused { title: "Ik word herinnerd".into(), reason: Refusal::NoConsent, messages: 40, of: 200 },
            Finding::Never { title: "Ik word herinnerd".into() },
            Finding::Untested { channel: words::Channel::new("sms"), messages: 40 },
        ];
        let said = Language::ALL.map(|language| all.clone().map(|one| one.said(language, &word)).join("\n"));
        insta::assert_snapshot!(said.join("\n\n"));
    }
}
