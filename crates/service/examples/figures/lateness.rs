//! How late moments fire while some are due every second and many more wait: from the moment until its consequences are
//! committed.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use service::Clock;
use store::Durability;

use crate::armed;
use crate::house::{Place, Trouble, cpu_seconds, serving, start};

/// The machine's clock, moved so that the measurement begins when it is to.
struct Running {
    behind: SignedDuration,
}

impl Clock for Running {
    fn now(&self) -> Timestamp {
        Timestamp::now() - self.behind
    }
}

/// `[ARMED] [DUE A SECOND] [SECONDS]`
pub(crate) async fn run(args: &[usize]) -> Result<(), Trouble> {
    let armed = args.first().copied().unwrap_or(1_000_000);
    let per_second = args.get(1).copied().unwrap_or(500);
    let seconds = args.get(2).copied().unwrap_or(60);
    let place = Place::named("lateness");
    let first = start() + SignedDuration::from_hours(24);
    let soon = per_second * seconds;
    let due = |one: usize| first + SignedDuration::from_micros((one * 1_000_000 / per_second) as i64);
    let later = first + SignedDuration::from_hours(48);
    armed::fill(&place, (0..armed).map(|one| if one < soon { due(one) } else { later })).await?;
    // It begins two seconds before the first.
    let behind = Timestamp::now().duration_since(first) + SignedDuration::from_secs(2);
    let clock = Arc::new(Running { behind });
    let service = serving(&place, Durability::Full, clock.clone()).await?;
    let (mut late, cpu): (Vec<f64>, f64) = (Vec::with_capacity(soon), cpu_seconds());
    while late.len() < soon {
        let round = service.apply().await?.unwrap_or_default();
        let now = clock.now();
        // Nothing else is due, and the earliest is fired first.
        late.extend((late.len()..late.len() + round.due).map(|one| now.duration_since(due(one)).as_secs_f64()));
        if round.is_idle() {
            // As a worker sleeps whom nobody wakes.
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }
    let cpu = cpu_seconds() - cpu;
    late.sort_by(f64::total_cmp);
    let at = |share: f64| late[((late.len() - 1) as f64 * share) as usize];
    println!("| armed | due a second | for s | late p50 s | p99 s | max s | CPU s |\n|---|---|---|---|---|---|---|");
    println!("| {armed} | {per_second} | {seconds} | {:.3} | {:.3} | {:.3} | {cpu:.1} |", at(0.5), at(0.99), at(1.0));
    service.store.close().await;
    Ok(())
}
