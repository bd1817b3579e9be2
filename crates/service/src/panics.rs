//! What panics is told like an error, so that what stands beside it goes on.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;

/// What comes of a future, or with what it panicked.
pub(crate) async fn unless_it_panics<T>(future: impl Future<Output = T>) -> Result<T, String> {
    let mut future = pin!(future);
    std::future::poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(polled) => polled.map(Ok),
        Err(panicked) => std::task::Poll::Ready(Err(said(panicked.as_ref()))),
    })
    .await
}

fn said(panicked: &(dyn Any + Send)) -> String {
    let text = panicked.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panicked.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_caught_with_its_words() {
        let panicked = unless_it_panics(async {
            tokio::task::yield_now().await;
            assert_eq!(1 + 1, 3, "sums");
        });
        assert!(panicked.await.expect_err("it panicked").contains("sums"));
        assert_eq!(unless_it_panics(async { 7 }).await, Ok(7));
    }
}
