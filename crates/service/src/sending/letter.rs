//! A message as a letter or card: the address, who writes, and the day around its text.

use jiff::Timestamp;
use post::Window;
use store::{Face, Sender};
use words::{Channel, Customer, Language, PostalFault, paper::Letter};

/// The letter of a message to a customer; why nothing can be posted there.
pub fn letter(
    made: &voice::Rendered,
    channel: &Channel,
    customer: &Customer,
    from: Vec<String>,
    (language, now, zone): (Language, Timestamp, &jiff::tz::TimeZone),
) -> Result<Letter, PostalFault> {
    let [street, town] = customer.address.postal()?;
    let name = voice::addressee(&customer.name, language);
    let name = name.unwrap_or_else(|| language.pick("Aan de bewoners van", "To the residents of").to_owned());
    let day = now.to_zoned(zone.clone()).date();
    Ok(Letter {
        language,
        card: channel.as_str() == "card",
        from,
        to: vec![name, street, town],
        date: format!("{} {} {}", day.day(), language.month(day), day.year()),
        subject: made.subject.clone(),
        body: made.blocks.clone(),
    })
}

/// Who writes: as the sender of paper in this name has it, else as the face has it; and where an undelivered letter goes back to.
pub fn sender_lines(face: &Face, sender: Option<&Sender>) -> Vec<String> {
    let own = sender.map(|sender| [&sender.from_name, &sender.from_address]);
    let lines: Vec<&String> = match &own {
        Some(own) => own.to_vec(),
        None => std::iter::once(&face.name).chain(&face.lines).collect(),
    };
    let lines = lines.into_iter().chain(&face.phone).map(|line| line.trim().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

/// On which side the window of the sender's envelopes is.
pub fn window(sender: Option<&Sender>) -> Window {
    sender.and_then(|sender| Window::parse(sender.config["window"].as_str()?)).unwrap_or_default()
}
