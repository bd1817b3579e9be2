//! The words for the objects and actions that journeys of libraries, housing and shops name most. Anything else is shown as
//! it is written.

use words::{EventName, Language};

use crate::model::FactPath;

/// Object, Dutch with its article, English with its article.
const OBJECTS: &[(&str, &str, &str)] = &[
    ("account", "het account", "the account"),
    ("ad", "de advertentie", "the ad"),
    ("advice", "het advies", "the advice"),
    ("answer", "het antwoord", "the answer"),
    ("application", "de aanvraag", "the application"),
    ("appointment", "de afspraak", "the appointment"),
    ("arrival", "de aankomst", "the arrival"),
    ("call", "het telefoongesprek", "the call"),
    ("complaint", "de klacht", "the complaint"),
    ("contract", "het contract", "the contract"),
    ("conversation", "het gesprek", "the conversation"),
    ("customer", "de klant", "the customer"),
    ("desk", "de balie", "the desk"),
    ("hold", "de reservering", "the hold"),
    ("invoice", "de factuur", "the invoice"),
    ("loan", "de lening", "the loan"),
    ("login", "het inloggen", "the log-in"),
    ("membership", "het lidmaatschap", "the membership"),
    ("message", "het bericht", "the message"),
    ("notice", "het bericht", "the notice"),
    ("offer", "het aanbod", "the offer"),
    ("order", "de bestelling", "the order"),
    ("page", "de pagina", "the page"),
    ("parcel", "het pakket", "the parcel"),
    ("payment", "de betaling", "the payment"),
    ("repair", "de reparatie", "the repair"),
    ("reply", "het antwoord", "the reply"),
    ("task", "de taak", "the task"),
    ("title", "de titel", "the title"),
    ("visit", "het bezoek", "the visit"),
];

/// Action, Dutch and English as the end of "… is …".
const ACTIONS: &[(&str, &str, &str)] = &[
    ("announced", "is aangekondigd", "is announced"),
    ("answered", "is beantwoord", "is answered"),
    ("available", "klaarligt", "is available"),
    ("booked", "is gemaakt", "is booked"),
    ("cancelled", "is afgezegd", "is cancelled"),
    ("changed", "is veranderd", "changes"),
    ("checked", "is nagevraagd", "is checked"),
    ("clicked", "is aangeklikt", "is clicked"),
    ("closed", "is afgesloten", "is closed"),
    ("collected", "is opgehaald", "is collected"),
    ("completed", "is afgerond", "is completed"),
    ("created", "is gemaakt", "is created"),
    ("delayed", "is vertraagd", "is delayed"),
    ("delivered", "is bezorgd", "is delivered"),
    ("done", "is gedaan", "is done"),
    ("expired", "is verlopen", "has expired"),
    ("failed", "is mislukt", "fails"),
    ("given", "is gegeven", "is given"),
    ("identified", "bekend is", "is identified"),
    ("left", "is verlaten", "is left"),
    ("moved", "is verzet", "is moved"),
    ("opened", "is geopend", "is opened"),
    ("paid", "is betaald", "is paid"),
    ("placed", "is geplaatst", "is placed"),
    ("predicted", "is voorspeld", "is predicted"),
    ("received", "is ontvangen", "is received"),
    ("reopened", "is heropend", "is reopened"),
    ("reported", "is gemeld", "is reported"),
    ("returned", "is teruggebracht", "is returned"),
    ("searched", "is gezocht", "is searched"),
    ("sent", "is verstuurd", "is sent"),
    ("shown", "is getoond", "is shown"),
    ("started", "is begonnen", "starts"),
    ("succeeded", "is gelukt", "succeeds"),
    ("viewed", "is bekeken", "is viewed"),
];

/// Property, Dutch and English in front of "van …" and "of …".
const PROPERTIES: &[(&str, &str, &str)] = &[
    ("back", "de terugbrengdatum", "the return date"),
    ("date", "de datum", "the date"),
    ("due", "de uiterste datum", "the due date"),
    ("end", "het einde", "the end"),
    ("expected", "de verwachte datum", "the expected date"),
    ("pickup_until", "de uiterste ophaaldatum", "the last day for collecting"),
    ("start", "het begin", "the start"),
    ("until", "de uiterste datum", "the last day"),
];

fn find(words: &[(&str, &'static str, &'static str)], name: &str, language: Language) -> Option<&'static str> {
    let (_, dutch, english) = words.iter().find(|(known, ..)| *known == name)?;
    Some(language.pick(dutch, english))
}

/// "de afspraak is gemaakt"; for one without words "‘permit.granted’ gebeurt".
pub(super) fn event(event: &EventName, language: Language) -> String {
    let object = find(OBJECTS, event.object(), language);
    let action = find(ACTIONS, event.action(), language);
    match (object, action) {
        (Some(object), Some(action)) => format!("{object} {action}"),
        _ => format!("‘{event}’ {}", language.pick("gebeurt", "happens")),
    }
}

/// "het begin van de afspraak"; for one without words "‘permit.start’".
pub(super) fn fact(fact: &FactPath, language: Language) -> String {
    let object = find(OBJECTS, &fact.object, language);
    let property = find(PROPERTIES, &fact.property, language);
    match (object, property) {
        (Some(object), Some(property)) => format!("{property} {} {object}", language.pick("van", "of")),
        _ => format!("‘{fact}’"),
    }
}
