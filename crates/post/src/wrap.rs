//! Breaks runs into lines, at spaces; a word that is wider than the line is broken where it must be.

use faces::{Face, width};

use crate::ink::Run;

/// A stretch of a line, from `x` on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) x: f64,
    pub(crate) text: String,
    pub(crate) face: Face,
}

struct Breaker {
    size: f64,
    room: f64,
    lines: Vec<Vec<Piece>>,
    x: f64,
}

/// Lines of at most `room` points wide. A line that goes on keeps its space at the end, so that copied text has it.
pub(crate) fn wrap(runs: &[Run], size: f64, room: f64) -> Vec<Vec<Piece>> {
    let mut breaker = Breaker { size, room, lines: vec![Vec::new()], x: 0.0 };
    for (place, run) in runs.iter().enumerate() {
        for (index, line) in run.text.split('\n').enumerate() {
            if index > 0 {
                breaker.next_line();
            }
            let glued = &runs[place + 1..];
            let mut words = line.split_inclusive(' ').peekable();
            while let Some(word) = words.next() {
                // What follows without a space belongs to the word.
                let tail = if words.peek().is_none() && !word.ends_with(' ') { glued_width(glued, size) } else { 0.0 };
                breaker.word(word, run.face, tail);
            }
        }
    }
    breaker.lines
}

/// The width of what follows up to its first space.
fn glued_width(runs: &[Run], size: f64) -> f64 {
    let mut sum = 0.0;
    for run in runs {
        let end = run.text.find([' ', '\n']);
        sum += width(&run.text[..end.unwrap_or(run.text.len())], run.face, size);
        if end.is_some() {
            break;
        }
    }
    sum
}

impl Breaker {
    fn next_line(&mut self) {
        self.lines.push(Vec::new());
        self.x = 0.0;
    }

    fn word(&mut self, word: &str, face: Face, tail: f64) {
        let bare = width(word.trim_end(), face, self.size);
        if self.x > 0.0 && self.x + bare + tail > self.room {
            self.next_line();
        }
        if self.x == 0.0 && word.trim().is_empty() {
            return;
        }
        if bare <= self.room - self.x {
            return self.put(word, face);
        }
        let mut part = String::new();
        for c in word.chars() {
            part.push(c);
            if self.x + width(&part, face, self.size) > self.room && part.chars().count() > 1 {
                part.pop();
                self.put(&part, face);
                self.next_line();
                part = c.to_string();
            }
        }
        self.put(&part, face);
    }

    fn put(&mut self, text: &str, face: Face) {
        let (size, x) = (self.size, self.x);
        let Some(line) = self.lines.last_mut() else { return };
        match line.last_mut() {
            Some(last) if last.face == face => {
                last.text.push_str(text);
                self.x = last.x + width(&last.text, face, size);
            }
            _ => {
                line.push(Piece { x, text: text.to_owned(), face });
                self.x = x + width(text, face, size);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(runs: &[(&str, Face)], room: f64) -> Vec<String> {
        let runs: Vec<Run> = runs.iter().map(|(text, face)| Run::new(text, *face)).collect();
        let text = |line: &Vec<Piece>| line.iter().map(|piece| piece.text.as_str()).collect();
        wrap(&runs, 10.0, room).iter().map(text).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_fit() {
        let text = "Morgen komt de vakman tussen tien en twaalf uur";
        let broken = lines(&[(text, Face::Regular)], 100.0);
        assert_eq!(broken.concat(), text);
        assert!(broken.len() > 1 && broken.iter().all(|line| width(line.trim_end(), Face::Regular, 10.0) <= 100.0));
    }

    #[test]
    fn a_word_is_one_across_faces() {
        let runs = [("Wij komen op vrijdag ", Face::Regular), ("27", Face::SemiBold), (".", Face::Regular)];
        let room = width("Wij komen op vrijdag 27", Face::Regular, 10.0);
        assert_eq!(lines(&runs, room), ["Wij komen op vrijdag ", "27."]);
    }

    #[test]
    fn what_is_too_wide_is_broken_and_nothing_is_lost() {
        let long = "a".repeat(100);
        let broken = lines(&[(&long, Face::Regular)], 50.0);
        assert_eq!(broken.concat(), long);
        assert!(broken.iter().all(|line| width(line, Face::Regular, 10.0) <= 50.0));
        assert_eq!(lines(&[("een\ntwee", Face::Regular)], 200.0), ["een", "twee"]);
    }
}
