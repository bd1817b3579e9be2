use crate::Span;

/// Spans of time in order, none touching another; a span holds its first moment and not its last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans(Vec<Span>);

impl Spans {
    /// Everything that any of them holds; what is empty or the wrong way round holds nothing.
    #[must_use]
    pub fn of(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut all: Vec<Span> = spans.into_iter().filter(|span| span.from < span.to).collect();
        all.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(all.len());
        for span in all {
            match joined.last_mut() {
                Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
                _ => joined.push(span),
            }
        }
        Self(joined)
    }

    /// In order of time.
    #[must_use]
    pub fn as_slice(&self) -> &[Span] {
        &self.0
    }

    /// Whether the moment lies within one of them.
    #[must_use]
    pub fn holds(&self, moment: i64) -> bool {
        let after = self.0.partition_point(|span| span.from <= moment);
        after > 0 && moment < self.0[after - 1].to
    }

    /// Whether one of them holds the whole span.
    #[must_use]
    pub fn cover(&self, span: Span) -> bool {
        let after = self.0.partition_point(|own| own.from <= span.from);
        after > 0 && span.to <= self.0[after - 1].to
    }

    /// What either holds.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self::of(self.0.iter().chain(&other.0).copied())
    }

    /// What both hold.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = Vec::new();
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            both.extend(one.common(**two).filter(|span| span.from < span.to));
            if one.to < two.to {
                left.next()
            } else {
                right.next()
            };
        }
        Self(both)
    }

    /// What the first holds and the second does not.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let mut rest = Vec::new();
        let mut taken = other.0.as_slice();
        for &span in &self.0 {
            let mut from = span.from;
            // What ends before this span begins is behind all that follow as well.
            taken = &taken[taken.partition_point(|hole| hole.to <= span.from)..];
            for hole in taken.iter().take_while(|hole| hole.from < span.to) {
                if from < hole.from {
                    rest.push(Span::new(from, hole.from));
                }
                from = from.max(hole.to);
            }
            if from < span.to {
                rest.push(Span::new(from, span.to));
            }
        }
        Self(rest)
    }
}
