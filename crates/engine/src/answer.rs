//! Answers: a score lands on the newest contact of each touchpoint that the question is about and that happened.

use journey::Ask;
use words::{Event, Lesson, Scale};

use crate::Thought;
use crate::turn::Turn;

impl Turn<'_> {
    /// Takes in `answer.given`. The scale is the definition's; an event that says another, or a value outside it, is stray.
    pub(crate) fn answer(&mut self, event: &Event) {
        let Some(touchpoint) = self.touchpoint_of(event) else { return };
        let question = event.text("question");
        let ask = touchpoint.ask.iter().find(|ask| Some(&ask.question) == question.as_ref());
        let value = event.properties.get("value").and_then(words::Value::as_f64);
        let scale = event.text("scale").and_then(|scale| Scale::parse(&scale));
        let (Some(ask), Some(value)) = (ask, value) else {
            return self.note(Some(&touchpoint.id), None, Thought::StrayAnswer);
        };
        let lesson = scale.is_none_or(|scale| scale == ask.scale).then(|| lesson(ask, value)).flatten();
        let Some(lesson) = lesson else {
            return self.note(Some(&touchpoint.id), None, Thought::StrayAnswer);
        };
        for about in &ask.about {
            let Some(sequence) = self.state.happened.get(about).map(|happened| happened.sequence) else { continue };
            self.learn(sequence, lesson.clone());
        }
    }
}

/// What an answer says: an experience, or a recommendation; nothing when it lies outside the scale.
fn lesson(ask: &Ask, value: f64) -> Option<Lesson> {
    let question = ask.question.clone();
    match ask.scale.recommendation(value) {
        Some(answer) => Some(Lesson::Recommended { question, answer }),
        None => Some(Lesson::Answered { question, score: ask.scale.experience(value)? }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recommendation_is_learnt_as_what_was_given_and_a_mark_as_an_experience() {
        let ask = |scale| Ask { question: "mening".into(), scale, about: Vec::new() };
        let said = lesson(&ask(Scale::Nps), 9.0);
        assert_eq!(said, Some(Lesson::Recommended { question: "mening".into(), answer: 9 }));
        assert_eq!(
            [lesson(&ask(Scale::Nps), 11.0), lesson(&ask(Scale::Nps), 6.5), lesson(&ask(Scale::Mark), 0.0)],
            [None, None, None]
        );
        let Some(Lesson::Answered { score, .. }) = lesson(&ask(Scale::Mark), 9.0) else { panic!("an experience") };
        assert_eq!(score.value(), 1.5);
    }
}
