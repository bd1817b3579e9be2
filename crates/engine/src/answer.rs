//! Answers: a score lands on the newest contact of each touchpoint that the question is about and that happened.

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
        let score = if scale.is_none_or(|scale| scale == ask.scale) { ask.scale.experience(value) } else { None };
        let Some(score) = score else {
            if ask.scale != Scale::Nps {
                self.note(Some(&touchpoint.id), None, Thought::StrayAnswer);
            }
            return;
        };
        for about in &ask.about {
            let Some(sequence) = self.state.happened.get(about).map(|happened| happened.sequence) else { continue };
            self.learn(sequence, Lesson::Answered { question: ask.question.clone(), score });
        }
    }
}
