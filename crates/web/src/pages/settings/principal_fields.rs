//! The form of a name in which an organisation writes: what customers see of it.

use serde::Serialize;
use store::Face;

use crate::{
    form::{self, Remarks},
    language::Text,
};

/// Characters of a name or a line.
const LINE_CHARS_MAX: usize = 100;
/// Lines of an address, and names in data.
const LINES_MAX: usize = 6;
/// How much lighter white must be than a colour that carries it (WCAG 2.2, 1.4.3).
const CONTRAST_MIN: f64 = 4.5;

/// What is typed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(super) struct Filled {
    pub(super) name: String,
    pub(super) known_as: String,
    pub(super) lines: String,
    pub(super) phone: String,
    pub(super) team: String,
    pub(super) accent: String,
    pub(super) host: String,
}

fn listed(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn said(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

impl Filled {
    pub(super) fn of(face: &Face) -> Self {
        let text = |said: &Option<String>| said.clone().unwrap_or_default();
        Self {
            name: face.name.clone(),
            known_as: face.known_as.join("\n"),
            lines: face.lines.join("\n"),
            phone: text(&face.phone),
            team: text(&face.team),
            accent: text(&face.accent),
            host: text(&face.host),
        }
    }

    /// Puts what a form says at a field.
    pub(super) fn put(&mut self, field: &str, text: String) {
        let place = match field {
            "name" => &mut self.name,
            "known_as" => &mut self.known_as,
            "lines" => &mut self.lines,
            "phone" => &mut self.phone,
            "team" => &mut self.team,
            "accent" => &mut self.accent,
            "host" => &mut self.host,
            _ => return,
        };
        *place = text;
    }

    /// The face that it describes, without its logo. The organisation itself has its name elsewhere.
    pub(super) fn read(&self, is_own: bool, teams: &[String], remarks: &mut Remarks) -> Face {
        let name = form::line(&self.name, LINE_CHARS_MAX);
        remarks.expect(is_own || name.is_some(), "name", "remark-name");
        let fits = |lines: &[String]| {
            lines.len() <= LINES_MAX && lines.iter().all(|line| form::line(line, LINE_CHARS_MAX).is_some())
        };
        let (known_as, lines) = (listed(&self.known_as), listed(&self.lines));
        for (field, list) in [("known_as", &known_as), ("lines", &lines)] {
            if !fits(list) {
                let many = Text::new("principal-remark-lines").with("lines", LINES_MAX).with("chars", LINE_CHARS_MAX);
                remarks.add(field, many);
            }
        }
        let phone = said(&self.phone);
        let is_phone = |phone: &String| {
            phone.len() <= 30
                && phone.bytes().filter(u8::is_ascii_digit).count() >= 3
                && phone.bytes().all(|byte| byte.is_ascii_digit() || b"+-() ".contains(&byte))
        };
        remarks.expect(phone.as_ref().is_none_or(is_phone), "phone", "principal-remark-phone");
        let team = said(&self.team);
        remarks.expect(team.as_ref().is_none_or(|team| teams.contains(team)), "team", "remark-choice");
        let accent = said(&self.accent).map(|accent| accent.to_lowercase());
        if let Some(accent) = &accent {
            match contrast_with_white(accent) {
                None => remarks.add("accent", Text::new("principal-remark-accent")),
                Some(contrast) if contrast < CONTRAST_MIN => remarks.add("accent", Text::new("principal-remark-light")),
                Some(_) => {}
            }
        }
        let host = said(&self.host).map(|host| host.to_lowercase());
        remarks.expect(host.as_deref().is_none_or(is_host), "host", "principal-remark-host");
        Face { name: name.unwrap_or_default(), known_as, lines, phone, team, accent, host, logo: None }
    }
}

/// A name of the DNS with at least two parts, and nothing else: no address of a machine, no port, no path.
fn is_host(host: &str) -> bool {
    let is_part = |part: &str| {
        (1..=63).contains(&part.len())
            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let has_letter = host.rsplit('.').next().is_some_and(|last| last.bytes().any(|byte| byte.is_ascii_lowercase()));
    host.len() <= 253 && host.contains('.') && has_letter && host.split('.').all(is_part)
}

/// How much lighter white is than a colour (WCAG 2.2, relative luminance); `None`: it is none.
fn contrast_with_white(colour: &str) -> Option<f64> {
    let hex = colour.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    let luminance = 0.2126 * part(0)? + 0.7152 * part(2)? + 0.0722 * part(4)?;
    Some(1.05 / (luminance + 0.05))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_must_be_readable_on_a_colour() {
        assert!((contrast_with_white("#000000").unwrap() - 21.0).abs() < 0.01);
        assert!((contrast_with_white("#ffffff").unwrap() - 1.0).abs() < 0.01);
        assert!(contrast_with_white("#254a80").unwrap() > CONTRAST_MIN);
        assert!(contrast_with_white("#f5a623").unwrap() < CONTRAST_MIN);
        for wrong in ["254a80", "#254a8", "red", "#25é80"] {
            assert_eq!(contrast_with_white(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_host_is_a_name_and_nothing_else() {
        assert!(is_host("klant.woonstede.nl"));
        for wrong in ["woonstede", "https://x.nl", "x.nl/pad", "x.nl:80", "127.0.0.1", "-x.nl", "x..nl", "x_y.nl", ""] {
            assert!(!is_host(wrong), "{wrong}");
        }
    }

    #[test]
    fn mistakes_stand_at_their_fields() {
        let filled = Filled {
            known_as: "x\n".repeat(LINES_MAX + 1),
            phone: "bel ons".into(),
            team: "niemand".into(),
            accent: "#ffff00".into(),
            host: "x".into(),
            ..Filled::default()
        };
        let mut remarks = Remarks::default();
        filled.read(false, &["balie".to_owned()], &mut remarks);
        for field in ["name", "known_as", "phone", "team", "accent", "host"] {
            assert!(remarks.mentions(field), "{field}");
        }
        let face =
            Face { name: "Woonstede".into(), lines: vec!["Postbus 1".into(), "Arnhem".into()], ..Face::default() };
        let mut remarks = Remarks::default();
        assert_eq!(Filled::of(&face).read(false, &[], &mut remarks), face);
        assert!(remarks.is_empty());
    }
}
