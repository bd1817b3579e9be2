//! Moments fired from a backlog: every moment is due at once, each makes a message that is decided and kept.

use std::time::Instant;

use jiff::SignedDuration;
use service::working::{Sharing, Worker};
use store::Durability;

use crate::armed;
use crate::house::{House, Place, Trouble, cpu_seconds, start};

/// `[MOMENTS]`
pub(crate) async fn run(args: &[usize]) -> Result<(), Trouble> {
    let moments = args.first().copied().unwrap_or(1_000_000);
    let place = Place::named("moments");
    let due = start() + SignedDuration::from_hours(24);
    let armed = armed::fill(&place, std::iter::repeat_n(due, moments)).await?;
    let House { service, clock, .. } = House::again(&place, Durability::Full).await?;
    let mut worker = Worker::new(service.clone(), Sharing::Alone, "0.1.0").await;
    while !worker.apply().await? {}
    clock.move_to(due);
    let (began, cpu) = (Instant::now(), cpu_seconds());
    while !worker.apply().await? {}
    let (wall, cpu) = (began.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let made = service.store.stats().await?["outbox"];
    if made != armed as u64 {
        return Err(format!("{armed} moments were due and {made} messages came of them").into());
    }
    let per_second = |seconds: f64| armed as f64 / seconds;
    println!("| moments due at once | fired after s | moments/s | CPU s | moments per core-second |");
    println!("|---|---|---|---|---|");
    println!("| {armed} | {wall:.1} | {:.0} | {cpu:.1} | {:.0} |", per_second(wall), per_second(cpu));
    service.store.close().await;
    Ok(())
}
