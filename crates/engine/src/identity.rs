use words::{CustomerId, Event, OrganisationId};

/// What the caller found in its table of aliases for the identity in an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aliases {
    /// The customer that the event's customer id stands for.
    pub customer: Option<CustomerId>,
    /// The customer that the event's anonymous id stands for, and whether that one has a customer id of its own.
    pub anonymous: Option<(CustomerId, bool)>,
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
    /// Known before under an anonymous id as someone else, and still nameless there: to be merged into this one.
    pub merges: Option<CustomerId>,
}

/// Resolves who an event is about: user, else object, else anonymous id. `None`: nobody knows it yet; keep it until
/// [`crate::waits_until`] for the objects of [`crate::needs`].
pub fn identify(organisation: &OrganisationId, event: &Event, known: Aliases) -> Option<Identified> {
    let named = event.identity.customer.as_deref();
    let anonymous = event.identity.anonymous.as_deref();
    let new = |kind: &str, id: &str| CustomerId::derived(&[organisation.as_str(), kind, id]);
    let found =
        |customer| Identified { customer, new: false, adds_customer: false, adds_anonymous: false, merges: None };
    let Some(name) = named else {
        let Some(anonymous) = anonymous else { return known.object.map(found) };
        return Some(match known.anonymous {
            Some((customer, _)) => found(customer),
            None => Identified { new: true, adds_anonymous: true, ..found(new("anonymous", anonymous)) },
        });
    };
    Some(match (known.customer, known.anonymous) {
        (Some(customer), Some((other, false))) if other != customer => {
            Identified { merges: Some(other), ..found(customer) }
        }
        (Some(customer), None) => Identified { adds_anonymous: anonymous.is_some(), ..found(customer) },
        (Some(customer), Some(_)) => found(customer),
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
    })
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
        assert!(named.adds_customer && !named.new && named.merges.is_none());
    }

    #[test]
    fn a_shared_device_makes_two_people_not_one() {
        let organisation = OrganisationId::new("winkel");
        let lotte = CustomerId::derived(&["lotte"]);
        let known = Aliases { anonymous: Some((lotte, true)), ..Aliases::default() };
        let noor = identify(&organisation, &event(Some("noor"), Some("a-1")), known).unwrap();
        assert!(noor.new && noor.customer != lotte && noor.merges.is_none());
    }

    #[test]
    fn nobody_is_found_without_a_known_object() {
        let organisation = OrganisationId::new("winkel");
        assert_eq!(identify(&organisation, &event(None, None), Aliases::default()), None);
    }
}
