//! How many messages one core makes in a second, by channel, and how large a mail is: `rendered`.

#![expect(clippy::print_stdout, reason = "an example tells what it measured")]
#![expect(clippy::disallowed_methods, reason = "an example measures with a clock")]

use std::time::Instant;

use journey::{Folder, Organisation};
use voice::{Declared, Message, render, sample};
use words::{Channel, FormOfAddress, Language};

/// Messages that are made of each channel.
const MESSAGES: u32 = 20_000;

fn main() {
    let source = include_str!("../../../journeys/woning-reparatie/messages/herinnering.nl.md");
    let message = Message::parse(source, Language::Nl).expect("a message that can be read");
    let mut folder = Folder::default();
    folder.put(Folder::DEFINITION, include_str!("../../../journeys/woning-reparatie/journey.yaml"));
    let (organisation, _) = Organisation::parse(include_str!("../../../journeys/organisation.yaml"));
    let definition = journey::parse(&folder, &organisation).definition.expect("a definition that can be read");
    let declared = Declared { address: FormOfAddress::U, ..Declared::of(&definition, &organisation, "herinnering") };
    let context = sample(&declared, Language::Nl);
    for name in ["email", "sms", "whatsapp", "post", "desk"] {
        let channel = Channel::new(name);
        let start = Instant::now();
        let mut bytes = 0;
        for _ in 0..MESSAGES {
            let made = render(&message, &channel, &context).expect("a message that can be made");
            bytes = made.html.map_or(made.text.len(), |html| html.len());
        }
        let each = f64::from(MESSAGES) / start.elapsed().as_secs_f64();
        println!("{name}: {each:.0} per second and core, {bytes} bytes");
    }
}
