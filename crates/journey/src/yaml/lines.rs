use std::ops::Range;

/// Where lines and characters lie in a text. The scanner counts characters, a patch needs bytes, people count from 1.
pub(crate) struct Lines {
    /// For each line: the count of characters before it.
    starts: Vec<usize>,
    /// For each character, and the end: its byte.
    bytes: Vec<usize>,
}

impl Lines {
    /// Counts a text once.
    pub(crate) fn of(text: &str) -> Self {
        let mut starts = vec![0];
        let mut bytes = Vec::with_capacity(text.len() + 1);
        let mut rest = text.char_indices().peekable();
        while let Some((byte, c)) = rest.next() {
            bytes.push(byte);
            let joined = c == '\r' && rest.peek().is_some_and(|(_, next)| *next == '\n');
            if (c == '\n' || c == '\r') && !joined {
                starts.push(bytes.len());
            }
        }
        bytes.push(text.len());
        Self { starts, bytes }
    }

    /// The byte of a line (from 1) and a column (from 0, in characters); the nearest one when there is none such.
    pub(crate) fn byte(&self, line: usize, column: usize) -> usize {
        let start = match self.starts.get(line.saturating_sub(1)) {
            Some(start) => *start,
            None => self.bytes.len() - 1,
        };
        self.bytes[(start + column).min(self.bytes.len() - 1)]
    }

    /// The line and column of a byte, both from 1, the column in characters.
    pub(crate) fn position(&self, byte: usize) -> (usize, usize) {
        let character = self.bytes.partition_point(|at| *at < byte);
        let line = self.starts.partition_point(|start| *start <= character);
        (line, character - self.starts[line - 1] + 1)
    }

    /// The bytes between two of the scanner's marks.
    pub(crate) fn range(&self, span: saphyr_parser::Span) -> Range<usize> {
        let start = self.byte(span.start.line(), span.start.col());
        let end = self.byte(span.end.line(), span.end.col());
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters_and_lines_end_in_any_way() {
        let lines = Lines::of("é: 1\r\nb: ü\nc");
        assert_eq!(lines.position(0), (1, 1));
        assert_eq!(lines.position(2), (1, 2), "after the two bytes of é");
        assert_eq!(lines.position(7), (2, 1));
        assert_eq!(lines.byte(2, 3), 10);
        assert_eq!(lines.position(13), (3, 1));
        assert_eq!(lines.byte(99, 0), 14, "beyond the end is the end");
    }
}
