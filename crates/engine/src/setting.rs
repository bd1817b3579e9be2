use jiff::tz::TimeZone;
use journey::Organisation;
use words::Customer;

/// What surrounds every step of one organisation. The same setting and the same inputs give the same outputs.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// Zone and quiet hours of customers whose own are unknown.
    pub organisation: &'a Organisation,
    /// Makes variants and holdouts sticky: who gets what depends on this, the customer and the touchpoint alone.
    pub seed: &'a str,
    /// Off: nobody is held out, as when one plays a journey oneself.
    pub holdouts: bool,
}

impl Setting<'_> {
    /// The zone in which this customer's days are counted.
    pub fn zone(&self, customer: &Customer) -> TimeZone {
        let organisation = &self.organisation.zone;
        match customer.zone.as_deref() {
            Some(name) if organisation.iana_name() != Some(name) => {
                TimeZone::get(name).unwrap_or_else(|_| organisation.clone())
            }
            _ => organisation.clone(),
        }
    }
}
