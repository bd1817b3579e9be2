//! The questions of an ask on one page: each a row of radio buttons, and an open one.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use jiff::Timestamp;
use minijinja::{Value, context};
use serde::Serialize;
use service::Service;
use words::Scale;

use super::Given;
use crate::{
    language::Text,
    problem::{Answer, Problem},
    shell::Shell,
    views::data,
};

/// A question with its scale.
pub(crate) struct Question {
    pub(crate) name: String,
    pub(crate) text: String,
    /// None: an open question.
    pub(crate) scale: Option<Scale>,
}

/// Where the page of an ask stands.
pub(crate) struct Around {
    /// Its own address.
    pub(crate) action: String,
    /// Where one goes back to, in a play.
    pub(crate) back: Option<Back>,
}

/// The way back to a play, in the words of who plays.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Back {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) lang: &'static str,
}

/// Everything that is asked by one link.
pub(crate) struct Asking {
    pub(crate) given: Given,
    pub(crate) questions: Vec<Question>,
}

impl Asking {
    /// Reads the questions from the message that the link went along with.
    pub(crate) async fn read(service: &Service, given: Given, now: Timestamp) -> Result<Self, Problem> {
        let row = service.store.message(&given.link.organisation, &given.key).await?.ok_or(Problem::NotFound)?;
        let published = &given.journey.published;
        let texts = service::sending::questions(published, &row, &given.customer, &service.catalog, now).await?;
        let asks = published.definition.touchpoint(&given.touchpoint).map(|t| t.ask.clone()).unwrap_or_default();
        let scale_of = |name: &str| asks.iter().find(|ask| ask.question == name).map(|ask| ask.scale);
        let mut questions: Vec<Question> =
            texts.into_iter().map(|(name, text)| Question { scale: scale_of(&name), name, text }).collect();
        // Those with a scale first, in the order of the definition; the open one closes.
        let place = |question: &Question| asks.iter().position(|ask| ask.question == question.name);
        questions.sort_by_key(|question| place(question).unwrap_or(usize::MAX));
        Ok(Self { given, questions })
    }

    /// The page with the questions.
    pub(crate) fn page(
        &self,
        shell: &Shell,
        status: StatusCode,
        around: &Around,
        filled: &BTreeMap<String, String>,
        nothing: bool,
    ) -> Answer {
        let shell = self.given.shell(shell);
        let definition = &self.given.journey.published.definition;
        let title = definition.touchpoint(&self.given.touchpoint).map(|touchpoint| touchpoint.title.clone());
        let questions: Vec<Value> = self.questions.iter().map(|question| shown(question, &shell, filled)).collect();
        let page = context! {
            organisation => self.given.seen.name.as_str(),
            face => self.given.seen.context(),
            title => title.unwrap_or_default(),
            questions,
            action => around.action.as_str(),
            back => data(&around.back),
            nothing,
            // Only where a mark is asked for can one be low.
            hears => self.questions.iter().any(|question| question.scale.is_some()),
            heard => filled.contains_key("heard"),
            address => self.given.address(),
            phone => self.given.phone(),
        };
        shell.render_as(status, "ask/show.html", page)
    }

    /// What is said afterwards.
    pub(crate) fn thanks(&self, shell: &Shell, around: &Around) -> Answer {
        let page = context! {
            organisation => self.given.seen.name.as_str(),
            face => self.given.seen.context(),
            change => format!("{}?wijzig=1", around.action),
            back => data(&around.back),
            address => self.given.address(),
            phone => self.given.phone(),
        };
        self.given.shell(shell).render("ask/thanks.html", page)
    }
}

fn shown(question: &Question, shell: &Shell, filled: &BTreeMap<String, String>) -> Value {
    let name = format!("q-{}", question.name);
    let given = filled.get(&name).cloned().unwrap_or_default();
    let options: Vec<Value> = question.scale.map(|scale| options(scale, shell, &given)).unwrap_or_default();
    context! {
        name,
        text => question.text.as_str(),
        open => question.scale.is_none(),
        scale => question.scale.map(Scale::as_str),
        options,
        given,
    }
}

/// Each answer of a scale; short scales have a word beside every number, long ones at their ends.
pub(crate) fn options(scale: Scale, shell: &Shell, given: &str) -> Vec<Value> {
    let (low, high) = scale.bounds();
    let word = |value: i64| match scale {
        Scale::Csat => Some(Text::new(match value {
            1 => "scale-csat-1",
            2 => "scale-csat-2",
            3 => "scale-csat-3",
            4 => "scale-csat-4",
            _ => "scale-csat-5",
        })),
        Scale::Ces if value == low => Some(Text::new("scale-ces-low")),
        Scale::Ces if value == high => Some(Text::new("scale-ces-high")),
        Scale::Mark if value == low => Some(Text::new("scale-mark-low")),
        Scale::Mark if value == high => Some(Text::new("scale-mark-high")),
        Scale::Nps if value == low => Some(Text::new("scale-nps-low")),
        Scale::Nps if value == high => Some(Text::new("scale-nps-high")),
        _ => None,
    };
    (low..=high)
        .map(|value| context! { value, word => word(value).map(|text| shell.say(&text)), chosen => given == value.to_string() })
        .collect()
}
