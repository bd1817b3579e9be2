//! The figures: totals, experience, funnels, drop-off, times, rails, promises. A picture first, its numbers beside it.

use axum::extract::{Path, Query, State};
use journey::{Saying, Touchpoint};
use map::Sheet;
use measure::{Fate, FunnelFigures, Summary, TouchpointFigures};
use serde::Serialize;
use words::{Figure, ShowAs};

use super::{
    choice::Asked,
    head::Head,
    moment::figures,
    open::Opened,
    said::{Said, Sayer},
};
use crate::{
    App,
    drawing::{Point, Tone, points},
    problem::Answer,
    session::Viewer,
    views::data,
};

/// A total, with its customers where one may ask for them.
#[derive(Serialize)]
struct Total {
    said: Said,
    href: Option<String>,
}

/// The experience at one touchpoint, with the places of its picture: 0..100 from −2 to +2.
#[derive(Serialize)]
struct Felt {
    title: String,
    href: String,
    mark: Said,
    high: Said,
    low: Said,
    at: Option<f64>,
    margin: Option<(f64, f64)>,
    expected: Option<f64>,
    tone: Option<Tone>,
    decisive: bool,
}

/// A step of a funnel, with the lengths of its bars: 0..100.
#[derive(Serialize)]
struct Step {
    title: String,
    runs: Said,
    share: Said,
    step_share: Option<Said>,
    open: Said,
    lost: Said,
    since: Option<Said>,
    /// Went on or arrived, still open, lost.
    bars: (f64, f64, f64),
    customers: String,
    open_customers: String,
    lost_customers: String,
}

#[derive(Serialize)]
struct Funnel {
    id: String,
    title: String,
    within: Option<String>,
    order: &'static str,
    steps: Vec<Step>,
}

/// Who went away at one touchpoint.
#[derive(Serialize)]
struct Left {
    title: String,
    href: String,
    /// Of those who had it and are not still there.
    share: Said,
    /// How many that were.
    gone: u64,
    /// Percent of all who had it, from the left: dropped off, left, stopped by us.
    bars: Vec<Bar>,
    open: Said,
    customers: String,
    ways: Vec<Way>,
}

#[derive(Serialize)]
struct Bar {
    fate: Fate,
    at: f64,
    width: f64,
}

#[derive(Serialize)]
struct Way {
    fate: Fate,
    reason: Option<String>,
    runs: u64,
    share: String,
}

/// The time before one touchpoint; the bar is on a logarithmic scale.
#[derive(Serialize)]
struct Wait {
    title: String,
    time: Said,
    bar: f64,
}

#[derive(Serialize)]
struct Rails {
    title: String,
    online: Said,
    offline: Said,
    /// Contacts by each.
    contacts: (u64, u64),
}

/// What was promised and sent.
#[derive(Serialize)]
struct Told {
    title: String,
    kept: Option<Said>,
    delivered: Option<Said>,
    read: Option<Said>,
    response: Option<Said>,
}

/// One number for the whole journey, with the touchpoint that it is of where it is of one.
#[derive(Serialize)]
struct Mark {
    said: Said,
    of: Option<(String, String)>,
}

/// What customers would recommend.
#[derive(Serialize)]
struct Recommended {
    title: String,
    href: String,
    nps: Said,
}

#[derive(Serialize)]
struct Page {
    head: Head,
    is_empty: bool,
    totals: Vec<Total>,
    marks: Vec<Mark>,
    recommended: Vec<Recommended>,
    felt: Vec<Felt>,
    funnels: Vec<Funnel>,
    left: Vec<Left>,
    waits: Vec<Wait>,
    rails: Vec<Rails>,
    told: Vec<Told>,
}

pub(super) async fn show(
    viewer: Viewer,
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let opened = Opened::of(&viewer, &app, &id, &asked).await?;
    let head = Head::of(&viewer, &opened, "cijfers");
    let sheet = opened.sheet(viewer.speech.language);
    let maker = Maker { opened: &opened, say: Sayer(viewer.speech.language), points: points(&sheet), sheet: &sheet };
    let page = match opened.filled() {
        Some(measured) => maker.page(head, &measured.summary),
        None => Page {
            head,
            is_empty: true,
            totals: Vec::new(),
            marks: Vec::new(),
            recommended: Vec::new(),
            felt: Vec::new(),
            funnels: Vec::new(),
            left: Vec::new(),
            waits: Vec::new(),
            rails: Vec::new(),
            told: Vec::new(),
        },
    };
    viewer.render("journey/figures.html", data(&page))
}

struct Maker<'a> {
    opened: &'a Opened,
    say: Sayer,
    sheet: &'a Sheet,
    /// As on the map: a pain has one colour everywhere.
    points: Vec<Point>,
}

impl Maker<'_> {
    fn page(&self, head: Head, summary: &Summary) -> Page {
        let definition = &self.opened.definition;
        let all: Vec<(&Touchpoint, &TouchpointFigures)> = definition
            .touchpoints
            .iter()
            .filter_map(|touchpoint| Some((touchpoint, figures(&summary.touchpoints, touchpoint)?)))
            .collect();
        let longest = all.iter().filter_map(|(_, figures)| figures.since_previous.value).fold(1.0, f64::max);
        Page {
            head,
            is_empty: false,
            totals: self.totals(summary),
            marks: self.marks(summary),
            recommended: all.iter().filter_map(|(touchpoint, figures)| self.recommended(touchpoint, figures)).collect(),
            felt: all.iter().filter_map(|(touchpoint, figures)| self.felt(touchpoint, figures)).collect(),
            funnels: summary.funnels.iter().map(|funnel| self.funnel(funnel)).collect(),
            left: all.iter().filter_map(|(touchpoint, figures)| self.left(touchpoint, figures)).collect(),
            waits: all.iter().filter_map(|(touchpoint, figures)| self.wait(touchpoint, figures, longest)).collect(),
            rails: all.iter().filter_map(|(touchpoint, figures)| self.rails(touchpoint, figures)).collect(),
            told: all.iter().filter_map(|(touchpoint, figures)| self.told(touchpoint, figures)).collect(),
        }
    }

    fn totals(&self, summary: &Summary) -> Vec<Total> {
        let total =
            |said: Said, what: Option<&str>| Total { said, href: what.map(|what| self.opened.customers(what, &[])) };
        let count = |figure: &Figure, what: Option<&str>| total(self.say.count(figure), what);
        let mut totals = vec![count(&summary.started, Some("begonnen")), count(&summary.open, Some("open"))];
        totals.extend(summary.goal.as_ref().map(|goal| total(self.say.share(goal), Some("doel"))));
        totals.extend(summary.goal_within.as_ref().map(|goal| total(self.say.share(goal), None)));
        totals.extend(summary.goal_open.as_ref().map(|goal| count(goal, None)));
        totals.extend([
            count(&summary.done, Some("afgerond")),
            count(&summary.dropped, Some("stilgevallen")),
            count(&summary.left, Some("weggegaan")),
            count(&summary.stopped, Some("gestopt")),
            count(&summary.answers, None),
        ]);
        totals
    }

    /// The marks of the whole journey, and its net promoter score where that is asked.
    fn marks(&self, summary: &Summary) -> Vec<Mark> {
        let mark = |figure| Mark { said: self.say.mark(figure), of: None };
        let ends_at = summary.ends_at.as_ref().and_then(|id| self.opened.definition.touchpoint(id));
        let of = ends_at.map(|touchpoint| (touchpoint.title.clone(), self.link(touchpoint)));
        let end = Mark { of, ..mark(&summary.end) };
        let nps = summary.nps.as_ref().map(|figure| Mark { said: self.say.nps(figure), of: None });
        [mark(&summary.mean), mark(&summary.peak_end), end].into_iter().chain(nps).collect()
    }

    fn recommended(&self, touchpoint: &Touchpoint, figures: &TouchpointFigures) -> Option<Recommended> {
        let nps = self.say.nps(figures.nps.as_ref()?);
        Some(Recommended { title: touchpoint.title.clone(), href: self.link(touchpoint), nps })
    }

    /// As the point on the map.
    fn tone(&self, touchpoint: &Touchpoint) -> Option<Tone> {
        let at = self.sheet.touchpoints.iter().position(|drawn| drawn.id == touchpoint.id)?;
        self.points.iter().find(|point| point.at == at).map(|point| point.tone)
    }

    fn link(&self, touchpoint: &Touchpoint) -> String {
        self.opened.link("kaart", &[("moment", touchpoint.id.as_str())]) + "#moment"
    }

    /// A touchpoint that customers are asked about.
    fn felt(&self, touchpoint: &Touchpoint, figures: &TouchpointFigures) -> Option<Felt> {
        let figure = &figures.experience;
        let shown = !matches!(figure.evidence().show_as(), ShowAs::Hidden { .. });
        let value = figure.value.filter(|_| shown);
        self.opened.is_asked(figures).then(|| Felt {
            title: touchpoint.title.clone(),
            href: self.link(touchpoint),
            mark: self.say.mark(figure),
            high: self.say.share(&figures.high),
            low: self.say.share(&figures.low),
            at: value.map(along),
            margin: figure
                .interval
                .filter(|_| figure.evidence().show_as() == ShowAs::Full)
                .map(|(low, high)| (along(low), along(high))),
            expected: touchpoint.expected.map(along),
            tone: self.tone(touchpoint),
            decisive: touchpoint.moment_of_truth,
        })
    }

    fn funnel(&self, funnel: &FunnelFigures) -> Funnel {
        let described = self.opened.definition.funnels.iter().find(|described| described.id == funnel.id);
        let first = funnel.steps.first().map_or(1, |step| step.runs.n).max(1) as f64;
        let step = |(at, step): (usize, &measure::FunnelStep)| {
            let number = at.to_string();
            let customers =
                |what| self.opened.customers(what, &[("trechter", funnel.id.as_str()), ("stap", number.as_str())]);
            let (open, lost) = (step.open.n, step.lost.n);
            let part = |n: u64| round(100.0 * n as f64 / first);
            Step {
                title: self.title(&step.touchpoint),
                runs: self.say.count(&step.runs),
                share: self.say.share(&step.share),
                step_share: step.step_share.as_ref().map(|share| self.say.share(share)),
                open: self.say.count(&step.open),
                lost: self.say.count(&step.lost),
                since: step.since_previous.as_ref().map(|since| self.say.time(since)),
                bars: (part(step.runs.n.saturating_sub(open + lost)), part(open), part(lost)),
                customers: customers("trechter"),
                open_customers: customers("trechter-open"),
                lost_customers: customers("trechter-kwijt"),
            }
        };
        Funnel {
            id: funnel.id.clone(),
            title: funnel_title(&funnel.title, &funnel.id),
            within: described.and_then(|described| described.within).map(|span| span.words(self.say.0)),
            order: described.map_or("loose", |described| match described.order {
                journey::Order::Loose => "loose",
                journey::Order::Strict => "strict",
                journey::Order::Any => "any",
            }),
            steps: funnel.steps.iter().enumerate().map(step).collect(),
        }
    }

    fn title(&self, id: &words::TouchpointId) -> String {
        self.opened.definition.touchpoint(id).map_or_else(|| id.to_string(), |touchpoint| touchpoint.title.clone())
    }

    fn left(&self, touchpoint: &Touchpoint, figures: &TouchpointFigures) -> Option<Left> {
        let saying = Saying::of(&self.opened.definition, self.say.0);
        let way = |exit: &measure::ExitFigures| Way {
            fate: exit.fate,
            reason: exit.reason.as_deref().map(|reason| saying.value(reason)),
            runs: exit.runs,
            share: exit.share.value.map(|share| self.say.percent(share)).unwrap_or_default(),
        };
        (!figures.exits.is_empty()).then(|| Left {
            title: touchpoint.title.clone(),
            href: self.link(touchpoint),
            share: self.say.share(&figures.left),
            gone: figures.fates.exits(),
            bars: bars(&figures.exits),
            open: self.say.count(&figures.fates.open),
            customers: self.opened.customers("afgehaakt", &[("moment", touchpoint.id.as_str())]),
            ways: figures.exits.iter().map(way).collect(),
        })
    }

    /// From a minute to the longest of them, so that minutes and weeks can both be seen.
    fn wait(&self, touchpoint: &Touchpoint, figures: &TouchpointFigures, longest: f64) -> Option<Wait> {
        let seconds = figures.since_previous.value?;
        let bar = (1.0 + seconds / 60.0).ln() / (1.0 + longest / 60.0).ln().max(f64::EPSILON);
        Some(Wait {
            title: touchpoint.title.clone(),
            time: self.say.time(&figures.since_previous),
            bar: round(100.0 * bar),
        })
    }

    /// Only where both rails were used.
    fn rails(&self, touchpoint: &Touchpoint, figures: &TouchpointFigures) -> Option<Rails> {
        let contacts = (figures.online.contacts.n, figures.offline.contacts.n);
        (contacts.0 > 0 && contacts.1 > 0).then(|| Rails {
            title: touchpoint.title.clone(),
            online: self.say.mark(&figures.online.experience),
            offline: self.say.mark(&figures.offline.experience),
            contacts,
        })
    }

    fn told(&self, touchpoint: &Touchpoint, figures: &TouchpointFigures) -> Option<Told> {
        let share = |figure: &Option<Figure>| {
            figure.as_ref().filter(|figure| figure.n > 0).map(|figure| self.say.share(figure))
        };
        // No receipt at all: the carrier gives none, which is not the same as nobody.
        let received =
            |figure: &Option<Figure>| share(figure).filter(|said| said.bare.is_some_and(|share| share > 0.0));
        let told = Told {
            title: touchpoint.title.clone(),
            kept: share(&figures.promise_kept),
            delivered: received(&figures.delivered),
            read: received(&figures.read),
            response: share(&figures.response),
        };
        let parts = [&told.kept, &told.delivered, &told.read, &told.response];
        parts.iter().any(|said| said.is_some()).then_some(told)
    }
}

/// A funnel without a title goes by its id, as people read it.
pub(super) fn funnel_title(title: &str, id: &str) -> String {
    if title != id {
        return title.to_owned();
    }
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The shares of the ways out, added up by fate and side by side.
fn bars(exits: &[measure::ExitFigures]) -> Vec<Bar> {
    let mut at = 0.0;
    let mut bars = Vec::new();
    for fate in [Fate::Dropped, Fate::Left, Fate::Stopped] {
        let shares = exits.iter().filter(|exit| exit.fate == fate).filter_map(|exit| exit.share.value);
        let width = round(100.0 * shares.sum::<f64>());
        bars.push(Bar { fate, at: round(at), width });
        at += width;
    }
    bars
}

/// −2..+2 as 0..100.
fn along(value: f64) -> f64 {
    round((value.clamp(-2.0, 2.0) + 2.0) * 25.0)
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
