use std::sync::Arc;

use channels::fetch::Fetcher;
use jiff::{SignedDuration, Timestamp};
use store::{Delivery, DeliveryState, Endpoint, EndpointHealth, EndpointState, Store, home};
use tokio::task::JoinSet;
use words::OrganisationId;

use super::deliver::{Answer, stepped};
use super::happening::TEST;
use super::{Happening, Kind, fresh_id, when};
use crate::fetching::Trouble;
use crate::{Clock, Random, Result, Service};

/// Endpoints that are called at one moment in one process.
const ENDPOINTS_AT_ONCE: usize = 64;
/// Calls of one endpoint at one moment.
const CALLS_AT_ONCE: usize = 4;
/// Deliveries that are taken up of one endpoint at one time.
const TAKEN_UP_MAX: u32 = 200;
/// After so long no further ones are taken up.
const TAKING_UP: SignedDuration = SignedDuration::from_mins(2);
/// Until when an endpoint is claimed: longer than taking up and a last call take. After a crash it is taken up then.
const CLAIM: SignedDuration = SignedDuration::from_mins(5);
/// Deliveries that are taken away at one time with their endpoint.
const FORGOTTEN_AT_ONCE: u32 = 500;

/// Calls that are under way. Whoever drops it ends them; they are made again when the claim is over.
#[derive(Default)]
pub struct Underway(JoinSet<()>);

/// Tells other systems what happened.
pub struct Teller {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) fetcher: Fetcher,
}

impl Teller {
    /// Whether an address can be called at all.
    pub fn check(&self, address: &str) -> std::result::Result<(), Trouble> {
        Ok(self.fetcher.check(address)?)
    }

    /// Begins to call the endpoints that something is due for; returns at once. Each goes by itself: a slow one is in nobody's
    /// way. For the loop, which calls it now and then.
    pub async fn tick(self: &Arc<Self>, service: &Service, under_way: &mut Underway) -> Result<()> {
        while under_way.0.try_join_next().is_some() {}
        for endpoint in self.due(service).await? {
            if under_way.0.len() >= ENDPOINTS_AT_ONCE {
                break;
            }
            if self.claim(&endpoint).await? {
                let teller = self.clone();
                under_way.0.spawn(async move { teller.perform(endpoint).await });
            }
        }
        Ok(())
    }

    /// Calls what is due and waits for it; how many endpoints that were. For tests and simulation.
    pub async fn tell_due(self: &Arc<Self>, service: &Service) -> Result<usize> {
        let mut told = 0;
        for endpoint in self.due(service).await? {
            if self.claim(&endpoint).await? {
                self.perform(endpoint).await;
                told += 1;
            }
        }
        Ok(told)
    }

    /// As far as this process is the one that tells for an organisation.
    async fn due(&self, service: &Service) -> Result<Vec<Endpoint>> {
        let mut due = Vec::new();
        for endpoint in self.store.due_endpoints(self.clock.now(), store::limits::ROWS_MAX).await? {
            if service.works_for(&endpoint.organisation).await {
                due.push(endpoint);
            }
        }
        Ok(due)
    }

    async fn claim(&self, endpoint: &Endpoint) -> Result<bool> {
        let now = self.clock.now();
        Ok(self.store.claim_endpoint(&endpoint.organisation, &endpoint.id, now, now + CLAIM).await?)
    }

    async fn perform(self: &Arc<Self>, endpoint: Endpoint) {
        if let Err(error) = self.tell(&endpoint).await {
            // Without the store nothing can be kept anyway: the claim ends by itself.
            tracing::warn!(%error, endpoint = %endpoint.id, "what an endpoint is to be told is told later");
        }
    }

    /// Tells an endpoint what is due, until something fails.
    async fn tell(self: &Arc<Self>, endpoint: &Endpoint) -> Result<()> {
        let began = self.clock.now();
        let Endpoint { organisation, id, .. } = endpoint;
        let mut health = endpoint.health.clone();
        // One that failed is tried with one delivery first.
        let most = if health.failures > 0 { 1 } else { TAKEN_UP_MAX };
        let due = self.store.due_deliveries(organisation, id, began, most).await?;
        let mut state = None;
        for some in due.chunks(CALLS_AT_ONCE) {
            let mut calls = JoinSet::new();
            for delivery in some.iter().cloned() {
                let (teller, endpoint) = (self.clone(), endpoint.clone());
                calls.spawn(async move { teller.attempt(&endpoint, delivery).await });
            }
            let answers = calls.join_all().await.into_iter().collect::<Result<Vec<_>>>()?;
            for answer in heard(&answers) {
                state = self.hear(&mut health, answer).or(state);
            }
            let is_late = self.clock.now().duration_since(began) > TAKING_UP;
            if health.failures > 0 || state.is_some() || is_late {
                break;
            }
        }
        let fell = state.map(|state| (state, self.clock.now()));
        Ok(self.store.release_endpoint(organisation, id, health, fell).await?)
    }

    async fn attempt(&self, endpoint: &Endpoint, delivery: Delivery) -> Result<Answer> {
        let answer = self.call(endpoint, &delivery).await;
        self.store.step_delivery(stepped(delivery, &answer, self.clock.now(), self.random.fraction())).await?;
        Ok(answer)
    }

    /// How the endpoint does after one more answer, and the state that it falls into.
    fn hear(&self, health: &mut EndpointHealth, answer: &Answer) -> Option<EndpointState> {
        let now = self.clock.now();
        match answer {
            Answer::Took(_) => {
                *health = EndpointHealth { went_well: Some(now), ..EndpointHealth::default() };
                None
            }
            Answer::Gone => {
                health.trouble = serde_json::to_string(&Trouble::Status(410)).ok();
                Some(EndpointState::Gone)
            }
            Answer::Failed { trouble, asks, .. } => {
                health.failures = health.failures.saturating_add(1);
                let since = *health.failing_since.get_or_insert(now);
                health.rests_until = Some(when::rests_until(now, health.failures, *asks, self.random.fraction()));
                health.trouble = serde_json::to_string(trouble).ok();
                when::is_given_up(since, now).then_some(EndpointState::Failing)
            }
        }
    }

    /// Tells an endpoint that this is a test; how that went.
    pub async fn test(&self, endpoint: &Endpoint) -> Result<Delivery> {
        let now = self.clock.now();
        let key = fresh_id(self.random.as_ref());
        let happening = Happening::new(Kind::Test, key, now).with("text", TEST);
        let delivery = Delivery {
            organisation: endpoint.organisation.clone(),
            bucket: home(&endpoint.organisation),
            endpoint: endpoint.id.clone(),
            id: happening.id(&endpoint.organisation),
            customer: None,
            kind: Kind::Test.as_str().to_owned(),
            time: now,
            body: happening.body(),
            state: DeliveryState::Failed,
            due: None,
            attempts: 0,
            tried: None,
            status: None,
            trouble: None,
        };
        self.store.add_delivery(delivery.clone()).await?;
        self.again(endpoint, delivery).await
    }

    /// Delivers once more what was delivered, given up, or waits; how that went.
    pub async fn again(&self, endpoint: &Endpoint, delivery: Delivery) -> Result<Delivery> {
        let answer = self.call(endpoint, &delivery).await;
        let stepped = stepped(delivery, &answer, self.clock.now(), self.random.fraction());
        self.store.step_delivery(stepped.clone()).await?;
        Ok(stepped)
    }

    /// Takes an endpoint away with everything that it was or was to be told.
    pub async fn remove(&self, organisation: &OrganisationId, endpoint: &str, now: Timestamp) -> Result<()> {
        self.store.endpoint_state(organisation, endpoint, EndpointState::Gone, now).await?;
        while self.store.forget_deliveries(organisation, endpoint, FORGOTTEN_AT_ONCE).await? > 0 {}
        Ok(self.store.remove_endpoint(organisation, endpoint).await?)
    }
}

/// What counts of calls that were made together. When any went well the endpoint works, and a failure is that delivery's own,
/// unless the endpoint asks to be left alone; several failures are one time.
fn heard(answers: &[Answer]) -> impl Iterator<Item = &Answer> {
    let well = answers.iter().find(|answer| matches!(answer, Answer::Took(_)));
    let counts = |answer: &&Answer| match answer {
        Answer::Took(_) => false,
        Answer::Gone => true,
        Answer::Failed { asks, .. } => well.is_none() || asks.is_some(),
    };
    well.into_iter().chain(answers.iter().find(counts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_delivery_does_not_hold_up_the_others() {
        let failed = |asks| Answer::Failed { status: Some(503), trouble: Trouble::Status(503), asks };
        let took = Answer::Took(204);
        let all = |answers: &[Answer]| heard(answers).cloned().collect::<Vec<_>>();
        let kept = all(&[failed(None), took.clone(), failed(None)]);
        assert_eq!(kept.as_slice(), std::slice::from_ref(&took));
        assert_eq!(all(&[failed(None), failed(None)]), [failed(None)], "one time");
        assert_eq!(all(&[failed(Some(9)), took.clone()]), [took.clone(), failed(Some(9))], "who asks is left alone");
        assert_eq!(all(&[took.clone(), Answer::Gone]), [took, Answer::Gone]);
    }
}
