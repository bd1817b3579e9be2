use minijinja::{Value, context};
use serde_json::{Value as Json, json};
use service::{
    import::Skipped,
    importing::{ImportFailed, Imported},
    intake::{Code, Reason},
};
use words::Language;

/// What is kept of an import that came to its end.
pub(super) fn of(imported: &Imported) -> Json {
    let report = &imported.report;
    let list = |rows: &[Skipped]| {
        let rows = rows.iter().map(|row| json!({ "place": row.place, "reason": row.reason }));
        Json::from(rows.collect::<Vec<_>>())
    };
    let by_reason: Vec<Json> =
        report.by_reason.iter().map(|(code, count)| json!({ "code": code.as_str(), "count": count })).collect();
    json!({
        "read": report.read,
        "received": imported.received,
        "duplicate": imported.duplicate,
        "skipped": list(&report.skipped),
        "noted": list(&report.noted),
        "by_reason": by_reason,
    })
}

/// What is kept of an import that ended early, in both languages: the reader's is not known then.
pub(super) fn of_failure(failed: &ImportFailed) -> Json {
    match failed {
        ImportFailed::File(error) => json!({ "nl": error.say(Language::Nl), "en": error.say(Language::En) }),
        error => {
            tracing::error!(%error, "an import ended early");
            interrupted()
        }
    }
}

/// The uploaded file is not there any more.
pub(super) fn of_lost_file(error: &std::io::Error) -> Json {
    tracing::error!(%error, "an uploaded file is gone");
    interrupted()
}

/// No text of its own: the page says that it stopped.
fn interrupted() -> Json {
    json!({ "nl": "", "en": "" })
}

/// A report as the page shows it.
pub(super) fn shown(report: &Json, language: Language) -> Value {
    let number = |field: &str| report[field].as_u64().unwrap_or(0);
    let list = |field: &str| report[field].as_array().cloned().unwrap_or_default();
    let said = |row: &Json| {
        let reason: Option<Reason> = serde_json::from_value(row["reason"].clone()).ok();
        context! { place => row["place"].as_u64().unwrap_or(0), why => reason.map(|reason| reason.say(language)) }
    };
    let lines = |field: &str| list(field).iter().map(said).collect::<Vec<Value>>();
    let total = list("by_reason").iter().filter_map(|row| row["count"].as_u64()).sum::<u64>();
    let known = list("by_reason").iter().filter_map(|row| Code::parse(row["code"].as_str()?)).count();
    context! {
        failed => report[language.tag()].as_str(),
        read => number("read"),
        received => number("received"),
        duplicate => number("duplicate"),
        problems => total,
        kinds => known,
        skipped => lines("skipped"),
        noted => lines("noted"),
    }
}
