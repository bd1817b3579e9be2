use std::time::Duration;

use channels::fetch::{Bytes, Call, FetchError};
use jiff::Timestamp;
use store::{Delivery, DeliveryState, Endpoint, meter};

use super::teller::Teller;
use super::{opened, when};
use crate::fetching::Trouble;

/// Bytes of an answer that are read; nobody looks at them.
const ANSWER_BYTES_MAX: u64 = 4 * 1024;
/// How long one call may take, whatever comes of it.
const LONGEST: Duration = Duration::from_secs(30);

/// What came of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Took(u16),
    /// It is gone for good, and says so.
    Gone,
    Failed {
        status: Option<u16>,
        trouble: Trouble,
        /// It asks to be left alone for so many seconds.
        asks: Option<u64>,
    },
}

impl Answer {
    const fn name(&self) -> &'static str {
        match self {
            Self::Took(_) => "done",
            Self::Gone => "gone",
            Self::Failed { .. } => "failed",
        }
    }
}

impl Teller {
    /// Calls the endpoint once with a delivery.
    pub(super) async fn call(&self, endpoint: &Endpoint, delivery: &Delivery) -> Answer {
        let answer = self.called(endpoint, delivery).await;
        meter::count("klantreis_webhooks_total", &[("outcome", answer.name())], 1);
        answer
    }

    async fn called(&self, endpoint: &Endpoint, delivery: &Delivery) -> Answer {
        let failed = |trouble: Trouble| Answer::Failed { status: None, trouble, asks: None };
        let now = self.clock.now();
        let signed =
            opened(endpoint).ok().and_then(|secrets| secrets.signatures(&delivery.id, now, delivery.body.as_bytes()));
        let Some(signed) = signed else {
            tracing::error!(endpoint = %endpoint.id, "the secret of an endpoint cannot be used");
            return failed(Trouble::Ours);
        };
        let call = Call {
            address: endpoint.address.clone(),
            headers: vec![
                ("webhook-id".into(), delivery.id.clone()),
                ("webhook-timestamp".into(), now.as_second().to_string()),
                ("webhook-signature".into(), signed),
            ],
            body: Some(("application/json", Bytes::from(delivery.body.clone()))),
        };
        match tokio::time::timeout(LONGEST, self.fetcher.call(&call, ANSWER_BYTES_MAX)).await {
            Err(_) => failed(FetchError::TimedOut.into()),
            Ok(Err(error)) => failed(error.into_error().into()),
            Ok(Ok(reply)) => match reply.status {
                200..=299 => Answer::Took(reply.status),
                410 => Answer::Gone,
                status => {
                    Answer::Failed { status: Some(status), trouble: Trouble::Status(status), asks: reply.retry_after }
                }
            },
        }
    }
}

/// A delivery after one more attempt.
pub(super) fn stepped(mut delivery: Delivery, answer: &Answer, now: Timestamp, spread: f64) -> Delivery {
    delivery.attempts = delivery.attempts.saturating_add(1);
    delivery.tried = Some(now);
    (delivery.status, delivery.trouble) = match answer {
        Answer::Took(status) => (Some(*status), None),
        Answer::Gone => (Some(410), serde_json::to_string(&Trouble::Status(410)).ok()),
        Answer::Failed { status, trouble, .. } => (*status, serde_json::to_string(trouble).ok()),
    };
    match (answer, delivery.state) {
        (Answer::Took(_), _) => (delivery.state, delivery.due) = (DeliveryState::Done, None),
        (_, DeliveryState::Waiting) => {
            delivery.due = when::next_attempt(now, delivery.attempts, spread);
            if delivery.due.is_none() {
                delivery.state = DeliveryState::Failed;
            }
        }
        // Staff tried it once more; it is not tried again by itself.
        _ => (delivery.state, delivery.due) = (DeliveryState::Failed, None),
    }
    delivery
}
