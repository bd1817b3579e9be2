//! One sign per channel.

use words::Channel;

use super::icon::Icon;

/// A telephone seen from the front.
const DEVICE: &str = "M -4 -9 L 4 -9 Q 5.5 -9 5.5 -7.5 L 5.5 7.5 Q 5.5 9 4 9 L -4 9 Q -5.5 9 -5.5 7.5 L -5.5 -7.5 Q -5.5 -9 -4 -9 Z M -2.4 -4.8 L 2.4 -4.8 M -2.4 -1.4 L 2.4 -1.4";

const EMAIL: Icon = Icon {
    strokes: "M 3.4 -3.2 L 3.4 1.6 C 3.4 4.8 8.6 4.6 8.6 -0.4 C 8.6 -5.2 4.8 -8.6 0 -8.6 C -4.8 -8.6 -8.6 -4.8 -8.6 0 C -8.6 4.8 -4.8 8.6 0 8.6 C 1.8 8.6 3.4 8.1 4.8 7.2",
    rings: &[(0.0, 0.0, 3.4)],
    ..Icon::EMPTY
};
const SMS: Icon = Icon { strokes: DEVICE, dots: &[(0.0, 5.6, 1.0)], ..Icon::EMPTY };
const WHATSAPP: Icon = Icon {
    strokes: "M -8.6 8.8 L -7 3.6 C -12 -6.4 4.6 -14.6 8.4 -2.6 C 10.6 6.6 1.2 10.4 -3.8 7.2 Z",
    fills: "M -3.6 -4.4 L -1.6 -4.6 L -0.7 -2.2 L -1.9 -1.1 Q -0.8 1 1.2 1.9 L 2.3 0.8 L 4.4 2 L 3.8 3.8 Q 2 4.8 -0.6 3 Q -4 0.6 -4.4 -3 Q -4.4 -4 -3.6 -4.4 Z",
    ..Icon::EMPTY
};
const PUSH: Icon =
    Icon { strokes: "M -7 5 Q -5 3 -5 -2 C -5 -9.6 5 -9.6 5 -2 Q 5 3 7 5 Z M -1.9 7.8 Q 0 9.4 1.9 7.8", ..Icon::EMPTY };
const WEB: Icon = Icon {
    strokes: "M -8.6 0 L 8.6 0 M 0 -8.6 C -5.2 -4.6 -5.2 4.6 0 8.6 C 5.2 4.6 5.2 -4.6 0 -8.6",
    rings: &[(0.0, 0.0, 8.6)],
    ..Icon::EMPTY
};
const APP: Icon = Icon {
    strokes: "M -4 -9 L 4 -9 Q 5.5 -9 5.5 -7.5 L 5.5 7.5 Q 5.5 9 4 9 L -4 9 Q -5.5 9 -5.5 7.5 L -5.5 -7.5 Q -5.5 -9 -4 -9 Z M -1.6 6.2 L 1.6 6.2",
    dots: &[(-2.1, -4.4, 1.25), (2.1, -4.4, 1.25), (-2.1, 0.2, 1.25), (2.1, 0.2, 1.25)],
    ..Icon::EMPTY
};
const CHAT: Icon = Icon {
    strokes: "M -7 -7.5 L 7 -7.5 Q 9 -7.5 9 -5.5 L 9 3 Q 9 5 7 5 L 0.5 5 L -4.5 9 L -4.5 5 L -7 5 Q -9 5 -9 3 L -9 -5.5 Q -9 -7.5 -7 -7.5 Z",
    dots: &[(-4.0, -1.2, 1.2), (0.0, -1.2, 1.2), (4.0, -1.2, 1.2)],
    ..Icon::EMPTY
};
const SEARCH: Icon = Icon { strokes: "M 2.2 2.2 L 8.4 8.4", rings: &[(-2.2, -2.2, 6.2)], ..Icon::EMPTY };
const SOCIAL: Icon = Icon {
    strokes: "M -6 0 L 5.6 -6 M -6 0 L 5.6 6",
    dots: &[(-6.0, 0.0, 2.7), (5.6, -6.0, 2.7), (5.6, 6.0, 2.7)],
    ..Icon::EMPTY
};
const AD: Icon = Icon {
    strokes: "M -8.6 -3 L -2.6 -3 L 6.6 -8 L 6.6 8 L -2.6 3 L -8.6 3 Z M -5.6 3 L -4.2 8.6 M 9 -2 L 9 2",
    ..Icon::EMPTY
};
const REVIEW: Icon = Icon {
    strokes: "M 0 -9 L 2.6 -3.1 L 9 -2.5 L 4.2 1.8 L 5.6 8 L 0 4.7 L -5.6 8 L -4.2 1.8 L -9 -2.5 L -2.6 -3.1 Z",
    ..Icon::EMPTY
};
const PHONE: Icon = Icon {
    fills: "M -7.4 -8.2 L -3.4 -8.8 L -1.2 -3.6 L -4 -1.3 Q -1.6 3 3 4.8 L 4.9 1.9 L 9 4.4 L 8.3 8 Q 5 9.8 0.4 7.2 Q -8.2 2.2 -9 -5.6 Q -9 -7.8 -7.4 -8.2 Z",
    ..Icon::EMPTY
};
const DESK: Icon = Icon {
    strokes: "M -5.4 3.4 C -5.4 -2.4 5.4 -2.4 5.4 3.4 M -9 3.6 L 9 3.6 M -7 3.6 L -7 9 L 7 9 L 7 3.6",
    rings: &[(0.0, -5.6, 3.0)],
    ..Icon::EMPTY
};
const VISIT: Icon = Icon {
    strokes: "M -9 0 L 0 -8.4 L 9 0 M -6.4 -2 L -6.4 8.6 L 6.4 8.6 L 6.4 -2 M -1.9 8.6 L -1.9 3 L 1.9 3 L 1.9 8.6",
    ..Icon::EMPTY
};
const POST: Icon = Icon {
    strokes: "M -9 -6.4 L 9 -6.4 L 9 6.8 L -9 6.8 Z M 3 -3.4 L 6 -3.4 L 6 -0.2 L 3 -0.2 Z M -6 0 L -0.4 0 M -6 3.4 L 2.6 3.4",
    ..Icon::EMPTY
};
const PRINT: Icon = Icon {
    strokes: "M -6.4 -9 L 2.6 -9 L 6.8 -4.8 L 6.8 9 L -6.4 9 Z M 2.6 -9 L 2.6 -4.8 L 6.8 -4.8 M -3.2 -1 L 3.6 -1 M -3.2 2.4 L 3.6 2.4 M -3.2 5.8 L 1.4 5.8",
    ..Icon::EMPTY
};
const EVENT: Icon = Icon {
    strokes: "M -8 -6.6 L 8 -6.6 L 8 8.6 L -8 8.6 Z M -8 -1.8 L 8 -1.8 M -4 -9 L -4 -4.6 M 4 -9 L 4 -4.6",
    dots: &[(3.4, 3.8, 1.7)],
    ..Icon::EMPTY
};
const PRODUCT: Icon = Icon {
    strokes: "M 0 -9 L 8 -4.8 L 8 4.8 L 0 9 L -8 4.8 L -8 -4.8 Z M -8 -4.8 L 0 -0.6 L 8 -4.8 M 0 -0.6 L 0 9",
    ..Icon::EMPTY
};
const WORD_OF_MOUTH: Icon = Icon {
    strokes: "M -9.4 7.6 C -9.4 -0.4 1.6 -0.4 1.6 7.6 M 3.6 -5.6 Q 6.2 -2.9 3.6 -0.2 M 6.6 -8.4 Q 11.6 -2.9 6.6 2.6",
    rings: &[(-3.9, -4.0, 3.3)],
    ..Icon::EMPTY
};
/// An organisation's own channel.
const OWN: Icon = Icon { rings: &[(0.0, 0.0, 6.4)], dots: &[(0.0, 0.0, 2.0)], ..Icon::EMPTY };

/// The sign of a channel.
pub(crate) fn icon(channel: &Channel) -> &'static Icon {
    match channel.as_str() {
        "email" => &EMAIL,
        "sms" => &SMS,
        "whatsapp" => &WHATSAPP,
        "push" => &PUSH,
        "web" => &WEB,
        "app" => &APP,
        "chat" => &CHAT,
        "search" => &SEARCH,
        "social" => &SOCIAL,
        "ad" => &AD,
        "review" => &REVIEW,
        "phone" => &PHONE,
        "desk" => &DESK,
        "visit" => &VISIT,
        "post" | "card" => &POST,
        "print" => &PRINT,
        "event" => &EVENT,
        "product" => &PRODUCT,
        "word_of_mouth" => &WORD_OF_MOUTH,
        _ => &OWN,
    }
}

#[cfg(test)]
mod tests {
    use super::super::icon::outline;
    use super::*;
    use crate::display::Segment;

    #[test]
    fn every_known_channel_has_a_sign_of_its_own() {
        let names = Channel::KNOWN.iter().map(|(name, _)| *name).chain(["drone"]);
        let signs: std::collections::BTreeSet<String> = names
            .map(|name| icon(&Channel::new(name)))
            .map(|icon| format!("{}{}{:?}{:?}", icon.strokes, icon.fills, icon.rings, icon.dots))
            .collect();
        assert_eq!(signs.len(), Channel::KNOWN.len() + 1, "an organisation's own has another");
    }

    #[test]
    fn every_sign_is_read_whole_and_stays_in_its_square() {
        for (name, _) in Channel::KNOWN {
            let icon = icon(&Channel::new(*name));
            for words in [icon.strokes, icon.fills] {
                let outline = outline(words, |point| {
                    assert!(point.0.abs() <= 15.0 && point.1.abs() <= 15.0, "{name}");
                    point
                });
                let verbs = words.split_whitespace().filter(|word| word.parse::<f64>().is_err());
                assert_eq!(outline.0.len(), verbs.count(), "{name}: {words}");
                assert!(outline.0.first().is_none_or(|first| matches!(first, Segment::Move(..))));
            }
        }
    }
}
