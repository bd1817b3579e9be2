use words::{CustomerId, Event, OrganisationId};

/// What the caller found in its table of aliases for the identity in an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// The customer that the event's customer id stands for.
    pub customer: Option<CustomerId>,
    /// The customer that the event's anonymous id stands for, and whether that one has a customer id of its own.
    pub anonymous: Option<(CustomerId, bool)>,
    /// The customer that [`previous_id`] stands for, as a customer id.
    pub previous: Option<CustomerId>,
    /// The customer of the first known object of [`crate::needs`].
    pub object: Option<CustomerId>,
}

/// Who an event is about, and which aliases that adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identified {
    /// Our own id.
    pub customer: CustomerId,
    /// Whether nobody had it yet.
    pub new: bool,
    /// The event's customer id becomes an alias of this customer.
    pub adds_customer: bool,
    /// The event's anonymous id becomes an alias of this customer; nothing moves.
    pub adds_anonymous: bool,
    /// The event's previous id becomes an alias of this customer, as a customer id.
    pub adds_previous: bool,
    /// Known before as someone else: under an anonymous id and still nameless there, or under the id that the event says was
    /// an earlier one. To be merged into this one, in this order.
    pub merges: Vec<CustomerId>,
}

impl Identified {
    /// Someone who is known, and nothing to add.
    pub fn known(customer: CustomerId) -> Self {
        let merges = Vec::new();
        Self { customer, new: false, adds_customer: false, adds_anonymous: false, adds_previous: false, merges }
    }
}

/// An id that the customer of an event had before, in the same sending system: `previous_id` of `customer.identified`. Said
/// of someone without an id it says nothing.
pub fn previous_id(event: &Event) -> Option<&str> {
    const CHARS_MAX: usize = 200;
    event.identity.customer.as_ref()?;
    let said = event.properties.get("previous_id").filter(|_| event.name.as_str() == "customer.identified")?;
    let id = said.as_str()?.trim();
    (!id.is_empty() && id.chars().count() <= CHARS_MAX && !id.chars().any(char::is_control)).then_some(id)
}

/// Resolves who an event is about: user, else object, else anonymous id. `None`: nobody knows it yet; keep it until
/// [`crate::waits_until`] for the objects of [`crate::needs`].
pub fn identify(organisation: &OrganisationId, event: &Event, known: Aliases) -> Option<Identified> {
    let named = event.identity.customer.as_deref();
    let anonymous = event.identity.anonymous.as_deref();
    let new = |kind: &str, id: &str| CustomerId::derived(&[organisation.as_str(), kind, id]);
    let found = Identified::known;
    let Some(name) = named else {
        let Some(anonymous) = anonymous else { return known.object.map(found) };
        return Some(match known.anonymous {
            Some((customer, _)) => found(customer),
            None => Identified { new: true, adds_anonymous: true, ..found(new("anonymous", anonymous)) },
        });
    };
    // Who was somebody under an earlier id gets another name.
    let renamed = |customer| Identified { adds_customer: known.customer.is_none(), ..found(customer) };
    let mut identified = match (known.customer.or(known.previous), known.anonymous) {
        (Some(customer), Some((other, false))) if other != customer => {
            Identified { merges: vec![other], ..renamed(customer) }
        }
        (Some(customer), None) => Identified { adds_anonymous: anonymous.is_some(), ..renamed(customer) },
        (Some(customer), Some(_)) => renamed(customer),
        // Nameless until now: the same person gets a name.
        (None, Some((customer, false))) => Identified { adds_customer: true, ..found(customer) },
        // The anonymous id is somebody else's: a shared device.
        (None, Some((_, true))) => Identified { new: true, adds_customer: true, ..found(new("customer", name)) },
        (None, None) => Identified {
            new: true,
            adds_customer: true,
            adds_anonymous: anonymous.is_some(),
            ..found(new("customer", name))
        },
    };
    identified.adds_previous = known.previous.is_none() && previous_id(event).is_some_and(|previous| previous != name);
    identified.merges.extend(known.previous.filter(|previous| *previous != identified.customer));
    identified.merges.dedup();
    Some(identified)
}

#[cfg(test)]
mod tests {
    use words::{EventId, EventName, Identity};

    use super::*;

    fn event(customer: Option<&str>, anonymous: Option<&str>) -> Event {
        Event {
            id: EventId::new("1"),
            source: "test".into(),
            name: EventName::parse("page.viewed").unwrap(),
            time: jiff::Timestamp::UNIX_EPOCH,
            received: jiff::Timestamp::UNIX_EPOCH,
            identity: Identity { customer: customer.map(Into::into), anonymous: anonymous.map(Into::into) },
            properties: [].into(),
            imported: false,
        }
    }

    #[test]
    fn a_nameless_visitor_keeps_the_same_id_when_named() {
        let organisation = OrganisationId::new("winkel");
        let first = identify(&organisation, &event(None, Some("a-1")), Aliases::default()).unwrap();
        assert!(first.new && first.adds_anonymous);
        let known = Aliases { anonymous: Some((first.customer, false)), ..Aliases::default() };
        let named = identify(&organisation, &event(Some("lotte"), Some("a-1")), known).unwrap();
        assert_eq!(named.customer, first.customer, "nothing moves");
        assert!(named.adds_customer && !named.new && named.merges.is_empty());
    }

    #[test]
    fn a_shared_device_makes_two_people_not_one() {
        let organisation = OrganisationId::new("winkel");
        let lotte = CustomerId::derived(&["lotte"]);
        let known = Aliases { anonymous: Some((lotte, true)), ..Aliases::default() };
        let noor = identify(&organisation, &event(Some("noor"), Some("a-1")), known).unwrap();
        assert!(noor.new && noor.customer != lotte && noor.merges.is_empty());
    }

    #[test]
    fn an_earlier_id_is_the_same_person() {
        let organisation = OrganisationId::new("winkel");
        let mut alias = event(Some("lotte"), Some("k-1"));
        alias.name = EventName::parse("customer.identified").unwrap();
        alias.properties.insert("previous_id".into(), "k-1".into());
        let [old, new] = ["k-1", "lotte"].map(|name| CustomerId::derived(&[name]));
        let found = |known| identify(&organisation, &alias, known).unwrap();
        let both = found(Aliases { customer: Some(new), previous: Some(old), ..Aliases::default() });
        assert_eq!((both.customer, both.merges.as_slice(), both.adds_previous), (new, [old].as_slice(), false));
        let renamed = found(Aliases { previous: Some(old), ..Aliases::default() });
        assert!(renamed.customer == old && renamed.adds_customer && renamed.merges.is_empty() && !renamed.new);
        let early = found(Aliases { customer: Some(new), ..Aliases::default() });
        assert!(early.adds_previous && early.adds_anonymous, "what comes later under the old id is theirs too");
        let nameless = found(Aliases { customer: Some(new), anonymous: Some((old, false)), ..Aliases::default() });
        assert_eq!(nameless.merges, [old]);
        let nobody = found(Aliases::default());
        assert!(nobody.new && nobody.adds_customer && nobody.adds_previous);
    }

    #[test]
    fn an_earlier_id_is_said_by_identification_alone() {
        let mut said = event(Some("lotte"), None);
        said.properties.insert("previous_id".into(), "k-1".into());
        assert_eq!(previous_id(&said), None, "another event");
        said.name = EventName::parse("customer.identified").unwrap();
        assert_eq!(previous_id(&said), Some("k-1"));
        said.properties.insert("previous_id".into(), "x".repeat(201).into());
        assert_eq!(previous_id(&said), None, "longer than an id may be");
        said.properties.insert("previous_id".into(), "k-1".into());
        said.identity.customer = None;
        assert_eq!(previous_id(&said), None, "of nobody");
    }

    #[test]
    fn nobody_is_found_without_a_known_object() {
        let organisation = OrganisationId::new("winkel");
        assert_eq!(identify(&organisation, &event(None, None), Aliases::default()), None);
    }
}
