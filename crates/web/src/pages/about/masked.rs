//! An address as one knows it oneself, and nobody else reads it off.

use words::Channel;

/// Of a mail address the first letter and the domain, of a number the last two digits, of a house the town.
pub(super) fn masked(channel: &Channel, address: &str) -> String {
    const HIDDEN: &str = "•••";
    if let Some((name, domain)) = address.split_once('@') {
        let first: String = name.chars().take(1).collect();
        return format!("{first}{HIDDEN}@{domain}");
    }
    if channel.is_paper() {
        let town = address.rsplit_once(", ").map_or("", |(_, rest)| rest);
        // Behind the postcode, which is in one word or two.
        let town: Vec<&str> = town
            .split_whitespace()
            .skip_while(|word| word.chars().any(|c| c.is_ascii_digit()) || word.len() == 2)
            .collect();
        return format!("{HIDDEN} {}", town.join(" ")).trim_end().to_owned();
    }
    let digits: Vec<char> = address.chars().filter(char::is_ascii_digit).collect();
    let last: String = digits.iter().rev().take(2).rev().collect();
    format!("{HIDDEN}{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reads_an_address_off() {
        let by = |channel: &str, address: &str| masked(&Channel::new(channel), address);
        assert_eq!(by("email", "anna.devries@example.nl"), "a•••@example.nl");
        assert_eq!(by("sms", "+31612345678"), "•••78");
        assert_eq!(by("post", "Merelstraat 24, 6821 AB Arnhem"), "••• Arnhem");
        assert_eq!(by("post", "Merelstraat 24, 6821AB Den Haag"), "••• Den Haag");
        assert_eq!(by("post", "Merelstraat 24"), "•••");
        assert_eq!(by("email", ""), "•••");
    }
}
