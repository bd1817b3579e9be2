//! The map's own labels in Dutch and English. All other text comes from the definition and the figures.

use words::{Band, Category, Channel, Language, Performer, Rail, Starter};

use crate::sheet::{Complaints, State};

/// The labels of one language.
#[derive(Clone, Copy)]
pub(crate) struct Terms(pub(crate) Language);

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident: $dutch:literal, $english:literal;)+) => {
        impl Terms {
            $($(#[$doc])* pub(crate) const fn $name(self) -> &'static str { self.0.pick($dutch, $english) })+
        }
    };
}

labels! {
    draft: "CONCEPT", "DRAFT";
    owner: "Eigenaar", "Owner";
    version: "Versie", "Version";
    concept: "concept", "draft";
    data: "Gegevens", "Data";
    no_data: "nog geen", "none yet";
    estimated_by: "Ingeschat door", "Estimated by";
    runs: "Klantreizen", "Journeys";
    answers: "Antwoorden", "Answers";
    goal: "Doel", "Goal";
    sheet: "Blad", "Sheet";
    of: "van", "of";

    phase: "Fase", "Phase";
    step: "Stap", "Step";
    need: "Informatiebehoefte", "Need";
    what_customers_say: "en wat klanten zeggen", "and what customers say";
    channel: "Kanaal", "Channel";
    experience: "Beleving", "Experience";
    no_mark: "nog geen cijfer", "no mark yet";
    mean_mark: "gemiddeld cijfer", "mean mark";
    peak_end: "piek-eind", "peak-end";
    last_mark: "laatste oordeel", "last mark";
    mark_axis: "cijfer 10", "mark 10";
    findings: "Pijnpunten en hoogtepunten", "Pains and peaks";
    pain_rule: "pijnpunt: −0,5 of lager, of 1 punt onder verwacht", "pain: −0.5 or lower, or 1 point below expected";
    peak_rule: "hoogtepunt: top van +1 of hoger", "peak: a top of +1 or higher";
    estimates: "ingeschat door medewerkers, nog niet gemeten", "estimated by staff, not yet measured";
    flow: "Doorstroom", "Flow";
    ribbon_key: "getal en dikte: wie hier nog onderweg is; omlaag: afhakers, van wie dit had", "number and width: who is still under way here; down: who left, of those who had this";
    still_under_way: "nog onderweg bij deze stap", "still under way at this step";
    had_this: "hadden dit contactmoment", "had this touchpoint";
    under_way_key: "nog onderweg", "still under way";
    after_goal_key: "na het doel: wie dit had", "after the goal: who had this";
    reach_key: "bereik: wie dit had", "reach: who had this";
    mark_of_version: "kenmerk", "fingerprint";
    figures: "Cijfers", "Figures";
    reach: "bereik", "reach";
    mark: "cijfer", "mark";
    median_time: "mediane tijd", "median time";
    visibility: "Zichtlijn", "Visibility";
    backstage: "Achter de schermen", "Backstage";
    who: "wie", "who";
    system: "systeem", "system";
    when: "wanneer", "when";
    norm: "norm", "norm";

    not_measured: "niet gemeten", "not measured";
    anonymous_times: "keer, anoniem", "times, unnamed";
    start: "start", "start";
    unnamed: "zonder naam", "unnamed";
    untracked: "niet te volgen", "not tracked";
    goal_reached: "doel bereikt", "goal reached";
    goal_reached_label: "Doel bereikt", "Goal reached";
    again: "opnieuw", "again";
    back_to: "terug naar", "back to";

    empty_steps: "Nog geen contactmomenten. Begin met wat de klant doet.", "No touchpoints yet. Begin with what the customer does.";
    empty_needs: "Nog geen informatiebehoefte beschreven: wat wil de klant hier weten?", "No needs described yet: what does the customer want to know here?";
    empty_channels: "Nog geen kanalen gekozen.", "No channels chosen yet.";
    empty_experience: "Nog geen beleving verwacht, ingeschat of gemeten.", "No experience expected, assumed or measured yet.";
    empty_findings: "Nog geen pijnpunten of hoogtepunten.", "No pains or peaks yet.";
    empty_flow: "Nog geen klanten gevolgd. Deze baan vult zich zodra de klantreis live is.", "No customers followed yet. This lane fills once the journey is live.";
    empty_figures: "Vanaf 5 antwoorden per contactmoment staan hier cijfers, vanaf 10 ook pijnpunten en hoogtepunten.", "From 5 answers per touchpoint figures stand here, from 10 pains and peaks too.";
    empty_backstage: "Nog niet beschreven wie en wat hier achter de schermen werkt.", "Not yet described who and what works behind the scenes.";

    moment_of_truth: "beslissend moment", "moment of truth";
    attention: "sparen, grijpen", "spare, grab";
    indirect: "indirect contact", "indirect contact";
    other_system: "ander systeem", "other system";
    measured: "gemeten", "measured";
    measured_margin: "gemeten, marge 95\u{a0}%", "measured, 95% margin";
    assumed: "ingeschat", "assumed";
    asked: "nagevraagd", "asked";
    expected: "verwacht", "expected";
    desired: "gewenst", "desired";
    few_answers: "weinig antwoorden", "few answers";
    gap: "verwacht ≥ 1 hoger", "expected ≥ 1 higher";
    branch: "onder de helft", "under half";
    path: "pad van deze klant", "this customer's path";
}

impl Terms {
    pub(crate) const fn state(self, state: State) -> &'static str {
        match state {
            State::Current => self.0.pick("HUIDIG", "CURRENT"),
            State::Desired => self.0.pick("GEWENST", "DESIRED"),
        }
    }

    pub(crate) const fn band(self, band: Band) -> &'static str {
        match band {
            Band::Before => self.0.pick("voor", "before"),
            Band::During => self.0.pick("tijdens", "during"),
            Band::After => self.0.pick("na", "after"),
        }
    }

    pub(crate) const fn rail(self, rail: Rail) -> &'static str {
        match rail {
            Rail::Online => "online",
            Rail::Offline => "offline",
        }
    }

    pub(crate) const fn category(self, category: Category) -> &'static str {
        match category {
            Category::Message => self.0.pick("boodschap", "message"),
            Category::Interaction => self.0.pick("interactie", "interaction"),
            Category::Product => "product",
            Category::Setting => self.0.pick("zien bij een ander", "seen with others"),
        }
    }

    pub(crate) const fn starter(self, starter: Starter) -> &'static str {
        match starter {
            Starter::Customer => self.0.pick("klant begint", "customer starts"),
            Starter::Us => self.0.pick("wij beginnen", "we start"),
        }
    }

    pub(crate) const fn performer(self, performer: Performer) -> &'static str {
        match performer {
            Performer::Human => self.0.pick("medewerker", "staff"),
            Performer::Automatic => self.0.pick("automatisch", "automatic"),
            Performer::Bot => "chatbot",
        }
    }

    /// The name of a channel; an organisation's own is read from its name.
    pub(crate) fn channel_name(self, channel: &Channel) -> String {
        let known = match channel.as_str() {
            "email" => self.0.pick("e-mail", "e-mail"),
            "sms" => self.0.pick("sms", "text message"),
            "whatsapp" => "WhatsApp",
            "push" => self.0.pick("pushbericht", "push message"),
            "web" => "website",
            "app" => "app",
            "chat" => "chat",
            "search" => self.0.pick("zoekmachine", "search engine"),
            "social" => self.0.pick("sociale media", "social media"),
            "ad" => self.0.pick("advertentie", "advertisement"),
            "review" => self.0.pick("beoordeling", "review"),
            "phone" => self.0.pick("telefoon", "telephone"),
            "desk" => self.0.pick("balie", "desk"),
            "visit" => self.0.pick("bezoek aan huis", "home visit"),
            "post" => "post",
            "card" => self.0.pick("kaart", "card"),
            "print" => self.0.pick("drukwerk", "print"),
            "event" => self.0.pick("bijeenkomst", "event"),
            "product" => self.0.pick("in gebruik", "in use"),
            "word_of_mouth" => self.0.pick("van horen zeggen", "word of mouth"),
            own => return own.replace('_', " "),
        };
        known.to_owned()
    }

    /// How many answers are still needed before a value shows.
    pub(crate) fn answers_needed(self, needed: u64) -> String {
        match self.0 {
            Language::Nl if needed == 1 => "nog 1 antwoord nodig".to_owned(),
            Language::Nl => format!("nog {needed} antwoorden nodig"),
            Language::En if needed == 1 => "1 answer needed".to_owned(),
            Language::En => format!("{needed} answers needed"),
        }
    }

    /// In the figures: `nog 2 nodig`.
    pub(crate) fn needed(self, needed: u64) -> String {
        match self.0 {
            Language::Nl => format!("nog {needed} nodig"),
            Language::En => format!("{needed} needed"),
        }
    }

    /// Under a moment off the main line.
    pub(crate) fn of_customers(self, share: &str) -> String {
        match self.0 {
            Language::Nl => format!("{share} van de klanten"),
            Language::En => format!("{share} of customers"),
        }
    }

    /// A version with the day on which it was published: `1 van 22 november 2026`.
    pub(crate) fn version_of(self, number: u32, day: &str) -> String {
        match self.0 {
            Language::Nl => format!("{number} van {day}"),
            Language::En => format!("{number} of {day}"),
        }
    }

    /// Under the goal.
    pub(crate) fn within(self, duration: &str) -> String {
        match self.0 {
            Language::Nl => format!("binnen {duration}"),
            Language::En => format!("within {duration}"),
        }
    }

    /// In the header, beside the number of answers.
    pub(crate) fn over_moments(self, moments: usize) -> String {
        match (self.0, moments) {
            (Language::Nl, 1) => "1 moment".to_owned(),
            (Language::Nl, _) => format!("{moments} momenten"),
            (Language::En, 1) => "1 touchpoint".to_owned(),
            (Language::En, _) => format!("{moments} touchpoints"),
        }
    }

    /// A pain or peak about which nobody has said anything.
    pub(crate) fn mark_beside_expected(self, mark: &str, expected: Option<&str>) -> String {
        match (self.0, expected) {
            (Language::Nl, Some(expected)) => format!("cijfer {mark}, verwacht {expected}"),
            (Language::En, Some(expected)) => format!("mark {mark}, expected {expected}"),
            (Language::Nl, None) => format!("cijfer {mark}"),
            (Language::En, None) => format!("mark {mark}"),
        }
    }

    /// Open complaints, and how many of them are late.
    pub(crate) fn complaints(self, complaints: Complaints) -> String {
        let Complaints { open, overdue } = complaints;
        let said = match (self.0, open) {
            (Language::Nl, 1) => "1 open klacht".to_owned(),
            (Language::Nl, _) => format!("{open} open klachten"),
            (Language::En, 1) => "1 open complaint".to_owned(),
            (Language::En, _) => format!("{open} open complaints"),
        };
        match (self.0, overdue) {
            (_, 0) => said,
            (Language::Nl, _) => format!("{said}, {overdue} te laat"),
            (Language::En, _) => format!("{said}, {overdue} overdue"),
        }
    }

    /// The loops that are not drawn.
    pub(crate) fn further_loops(self, count: usize) -> String {
        match (self.0, count) {
            (Language::Nl, 1) => "en 1 kleinere lus".to_owned(),
            (Language::Nl, _) => format!("en {count} kleinere lussen"),
            (Language::En, 1) => "and 1 smaller loop".to_owned(),
            (Language::En, _) => format!("and {count} smaller loops"),
        }
    }

    /// What the whole map shows, for who cannot see it.
    pub(crate) fn description(self, phases: usize, touchpoints: usize) -> String {
        match self.0 {
            Language::Nl => format!("Kaart van een klantreis met {phases} fasen en {touchpoints} contactmomenten."),
            Language::En => format!("Map of a customer journey with {phases} phases and {touchpoints} touchpoints."),
        }
    }

    /// A text between the language's quotation marks.
    pub(crate) fn quoted(self, text: &str) -> String {
        format!("‘{}’", text.trim().trim_matches(['‘', '’', '“', '”', '"', '\'']))
    }
}
