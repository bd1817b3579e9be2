use words::{Bucket, CustomerId, Event, OrganisationId};

/// Where the rows of an organisation live that belong to no customer (accounts, definitions, senders, keys): they are few,
/// read by everyone and never touched by a step, so one bucket per organisation holds them together.
pub fn home(organisation: &OrganisationId) -> Bucket {
    Bucket::of(organisation, organisation.as_str())
}

/// Where a customer lives, for ever.
pub fn customer_bucket(organisation: &OrganisationId, customer: CustomerId) -> Bucket {
    Bucket::of(organisation, &customer.to_string())
}

/// Where an event is accepted: by the identity written in it, that is the customer's id in the sending system, else the
/// first object (`type:id`), else the anonymous id. An event without any is kept by its own id, for the quarantine.
pub fn event_bucket(organisation: &OrganisationId, event: &Event) -> Bucket {
    let identity = &event.identity;
    let object = || {
        let (kind, id) = event.objects().into_iter().next()?;
        Some(format!("{kind}:{id}"))
    };
    let name = identity
        .customer
        .clone()
        .or_else(object)
        .or_else(|| identity.anonymous.clone())
        .unwrap_or_else(|| event.id.as_str().to_owned());
    Bucket::of(organisation, &name)
}
