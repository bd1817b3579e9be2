//! Numbers in SVG: hundredths of a millimetre, no trailing noughts, no minus nought.

/// Formats millimetres (or an opacity) with at most two decimals.
pub(super) fn mm(value: f64) -> String {
    let hundredths = (value * 100.0).round() as i64;
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    match part {
        0 => format!("{sign}{whole}"),
        part if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        part => format!("{sign}{whole}.{part:02}"),
    }
}

/// Three decimals, for tints.
pub(super) fn opacity(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_minus_nought() {
        assert_eq!(mm(1.0), "1");
        assert_eq!(mm(-0.001), "0");
        assert_eq!(mm(2.5), "2.5");
        assert_eq!(mm(-12.345), "-12.35");
        assert_eq!(mm(3.07), "3.07");
        assert_eq!(opacity(0.045), "0.045");
        assert_eq!(opacity(0.2), "0.2");
    }
}
