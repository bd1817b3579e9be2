//! The map, with the selected contactmoment beside it and perhaps one customer's path on it.

use ::map::{Links, Options, Page as Paper, Sheet, rules, svg};
use axum::extract::{Path as UrlPath, Query, State};
use serde::Serialize;
use words::{Evidence, ShowAs};

use super::{
    choice::Asked,
    head::Head,
    moment::Moment,
    open::Opened,
    path::{self, Whose},
    terms,
};
use crate::{
    App,
    drawing::{Side, side},
    format,
    language::Speech,
    problem::Answer,
    session::Viewer,
    views::data,
};

/// Columns beside each other on a wide screen, and on one of middle size.
const WIDE: usize = 14;
const MIDDLE: usize = 7;

/// A row of the list that stands for the map on a phone.
#[derive(Serialize)]
struct Row {
    href: String,
    phase: String,
    /// The one it prefers.
    channel: Option<String>,
    title: String,
    mark: Option<String>,
    /// A measured pain or peak, with its number on the map.
    found: Option<(&'static str, usize)>,
    /// Answers still needed, when there are some but too few.
    needed: u64,
    few: bool,
    runs: Option<u64>,
    /// The list of those customers.
    customers: Option<String>,
    audience: Option<u64>,
    selected: bool,
    /// Places of the visits of the customer whose path is drawn.
    visits: Vec<usize>,
}

#[derive(Serialize)]
struct Page {
    head: Head,
    /// The sheets for a wide screen, as SVG.
    wide: Vec<String>,
    /// And for one of middle size, when the wide ones have too many columns for it.
    middle: Vec<String>,
    side: Side,
    rows: Vec<Row>,
    moment: Option<Moment>,
    path: Option<Whose>,
    /// Whether anything was measured.
    is_empty: bool,
}

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    UrlPath(id): UrlPath<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let opened = Opened::of(&viewer, &app, &id, &asked).await?;
    let path = path::of(&viewer, &app, &opened, &asked).await?;
    let sheet = opened.sheet(viewer.speech.language);
    let (touchpoints, whose) = path.map_or((Vec::new(), None), |path| (path.touchpoints, Some(path.whose)));
    let moment = opened.choice.moment.as_ref().and_then(|id| Moment::of(&viewer.speech, &opened, id));
    let options = Options {
        path: touchpoints,
        selected: moment.as_ref().and(opened.choice.moment.clone()),
        ..Options::screen(links(&opened))
    };
    let at = |columns| svg(&sheet, &Options { page: Paper::Screen { columns }, ..options.clone() });
    let page = Page {
        head: Head::of(&viewer, &opened, "kaart"),
        wide: at(WIDE),
        middle: if sheet.touchpoints.len() > MIDDLE { at(MIDDLE) } else { Vec::new() },
        side: side(&sheet),
        rows: rows(&viewer.speech, &opened, &sheet, &options),
        moment,
        path: whose,
        is_empty: opened.filled().is_none(),
    };
    viewer.render("journey/map.html", data(&page))
}

/// Where the numbers and columns of the map lead: to the contactmoment, or to the customers behind a number.
fn links(opened: &Opened) -> Links {
    let counted = |what: &str, end: &str| {
        let link = opened.customers(what, &[]);
        opened.filled().map(|_| format!("{link}{end}"))
    };
    let column = opened.choice.at(None).link(&opened.row.id, "kaart", &[]);
    let sign = if column.contains('?') { '&' } else { '?' };
    Links {
        touchpoint: Some(format!("{column}{sign}moment={{id}}#moment")),
        reached: counted("geweest", "&moment={id}"),
        entering: None,
        exit: counted("afgehaakt", "&moment={id}"),
        looped: counted("terug", "&moment={id}&naar={to}"),
        complaints: Some(format!(
            "/vandaag/klachten?reis={}&moment={{id}}",
            crate::pages::encoded(opened.row.id.as_str())
        )),
        goal: counted("doel", ""),
    }
}

fn rows(speech: &Speech, opened: &Opened, sheet: &Sheet, options: &Options) -> Vec<Row> {
    let phase = |touchpoint: &::map::Touchpoint| {
        let found = sheet.phases.iter().find(|phase| phase.id == touchpoint.phase);
        found.map(|phase| phase.title.clone()).unwrap_or_default()
    };
    let findings = rules::findings(sheet);
    let found = |at: usize| {
        let found = findings.iter().find(|found| found.touchpoint == at && found.measured)?;
        let kind = match found.finding {
            rules::Finding::Pain => "pain",
            rules::Finding::Peak => "peak",
        };
        Some((kind, found.number))
    };
    let row = |(at, touchpoint): (usize, &::map::Touchpoint)| {
        let measured = touchpoint.experience.measured;
        let shown = measured.map(|measured| (measured, Evidence(measured.n).show_as()));
        Row {
            href: opened.link("kaart", &[("moment", touchpoint.id.as_str())]) + "#moment",
            phase: phase(touchpoint),
            channel: touchpoint.channels.first().map(|on| terms::channel(speech, &on.channel)),
            title: touchpoint.title.clone(),
            mark: shown
                .filter(|(_, shown)| !matches!(shown, ShowAs::Hidden { .. }))
                .map(|(measured, _)| format::number(speech.language, measured.mean.mark(), 1)),
            found: found(at),
            needed: shown.map_or(0, |(_, shown)| if let ShowAs::Hidden { needed } = shown { needed } else { 0 }),
            few: shown.is_some_and(|(_, shown)| shown == ShowAs::Few),
            runs: touchpoint.reached.map(|reached| reached.count),
            customers: touchpoint
                .reached
                .filter(|reached| reached.count > 0)
                .map(|_| opened.customers("geweest", &[("moment", touchpoint.id.as_str())])),
            audience: touchpoint.audience,
            selected: options.selected.as_ref() == Some(&touchpoint.id),
            visits: options
                .path
                .iter()
                .enumerate()
                .filter(|(_, id)| **id == touchpoint.id)
                .map(|(nth, _)| nth + 1)
                .collect(),
        }
    };
    sheet.touchpoints.iter().enumerate().map(row).collect()
}
