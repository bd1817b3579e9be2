/// Where someone came from: the page of a draft, to which a form of the settings leads back.
pub(super) struct Back<'a>(pub(super) &'a str);

impl<'a> Back<'a> {
    /// That page, else another. Only pages of journeys are believed: the address came in from outside.
    pub(super) fn or(&self, other: &'a str) -> &'a str {
        let within = self.0.starts_with("/klantreizen/") && self.0.len() <= 200;
        let plain = self.0.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.~%?=&#".contains(&b));
        if within && plain && !self.0.contains("//") && !self.0.contains("..") { self.0 } else { other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_a_journey_is_gone_back_to() {
        assert_eq!(Back("/klantreizen/x/concept").or("/a"), "/klantreizen/x/concept");
        for wrong in [
            "",
            "https://x.nl",
            "//x.nl",
            "/klantreizen//x.nl",
            "/klantreizen/../x",
            "/klantreizen/\r\nx",
            "/uitloggen",
        ] {
            assert_eq!(Back(wrong).or("/a"), "/a", "{wrong:?}");
        }
    }
}
