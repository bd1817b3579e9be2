use jiff::civil::Date;
use minijinja::{Value, context};
use store::SourceDay;

/// Days that the bars of a source show.
pub(super) const DAYS: i64 = 14;
const HEIGHT: f64 = 32.0;
const STEP: f64 = 12.0;

/// One bar per day until today: received below, refused on top. Heights against the busiest day; a day with anything has at
/// least a pixel and a half, so that one event among thousands is still seen.
pub(super) fn bars(days: &[SourceDay], today: Date) -> Value {
    let busiest = days.iter().map(|day| day.received + day.refused).max().unwrap_or(0);
    let height = |count: u64| match count {
        0 => 0.0,
        // Counts of a day fit a float exactly.
        count => (count as f64 / busiest as f64 * (HEIGHT - 2.0)).max(1.5),
    };
    let bars: Vec<Value> = (0..DAYS)
        .map(|back| {
            let date = today.saturating_sub(jiff::Span::new().days(DAYS - 1 - back));
            let day = days.iter().find(|day| day.day == date);
            let (received, refused) = day.map_or((0, 0), |day| (day.received, day.refused));
            let (taken, bad) = (height(received), height(refused));
            context! {
                x => back as f64 * STEP,
                y => HEIGHT - taken,
                height => taken,
                bad_y => HEIGHT - taken - bad,
                bad_height => bad,
                date => date.to_string(),
                received,
                refused,
            }
        })
        .collect();
    let (received, refused) =
        days.iter().fold((0, 0), |(received, refused), day| (received + day.received, refused + day.refused));
    context! { bars, width => STEP * DAYS as f64 - 2.0, height => HEIGHT, received, refused, days => DAYS }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_day_has_a_bar_and_the_busiest_fills_the_height() {
        let day =
            |day, received, refused| SourceDay { day, received, refused, duplicate: 0, longest_gap_seconds: None };
        let days = [day(date(2026, 11, 23), 300, 0), day(date(2026, 11, 24), 149, 1)];
        let drawn = bars(&days, date(2026, 11, 24));
        let bars: Vec<Value> = drawn.get_attr("bars").unwrap().try_iter().unwrap().collect();
        let number = |bar: &Value, key: &str| f64::try_from(bar.get_attr(key).unwrap()).unwrap();
        assert_eq!(bars.len(), 14);
        assert_eq!(number(&bars[12], "height"), 30.0);
        assert_eq!(number(&bars[13], "bad_height"), 1.5, "one refusal is seen");
        assert_eq!(number(&bars[0], "height"), 0.0);
        assert_eq!(drawn.get_attr("received").unwrap(), Value::from(449));
    }
}
