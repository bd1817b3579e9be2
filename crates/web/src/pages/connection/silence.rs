use jiff::{SignedDuration, Timestamp};
use store::Source;

/// Gaps that must pass unheard before a source counts as silent.
const GAPS: f64 = 6.0;
/// No source is called silent sooner than this.
const AT_LEAST: SignedDuration = SignedDuration::from_mins(30);

/// Whether a source that used to deliver has fallen silent: nothing for six of its usual gaps, and for half an hour at
/// least. A source without a usual gap yet is never silent.
pub(crate) fn is_silent(source: &Source, now: Timestamp) -> bool {
    let (Some(last), Some(gap)) = (source.last_received, source.usual_gap_seconds) else {
        return false;
    };
    let unheard = now.duration_since(last);
    unheard > AT_LEAST && unheard.as_secs_f64() > gap * GAPS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(last: Option<&str>, gap: Option<f64>) -> Source {
        Source {
            organisation: words::OrganisationId::new("rijnoever"),
            id: "planpakket".into(),
            name: "Planpakket".into(),
            kind: "segment".into(),
            created: Timestamp::UNIX_EPOCH,
            last_received: last.map(|text| text.parse().unwrap()),
            usual_gap_seconds: gap,
            received: 0,
            refused: 0,
            duplicate: 0,
        }
    }

    #[test]
    fn a_source_is_silent_after_six_of_its_usual_gaps_and_half_an_hour() {
        let now = "2026-11-24T09:42:00Z".parse().unwrap();
        let at = |last, gap| is_silent(&source(last, gap), now);
        assert!(at(Some("2026-11-24T07:12:00Z"), Some(360.0)));
        assert!(!at(Some("2026-11-24T09:20:00Z"), Some(60.0)), "not within half an hour");
        assert!(!at(Some("2026-11-24T07:12:00Z"), Some(3_600.0)), "it often takes longer");
        assert!(!at(Some("2026-11-01T07:12:00Z"), None));
        assert!(!at(None, None));
    }
}
