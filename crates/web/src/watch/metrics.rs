//! What Prometheus reads. What was counted lies in memory; what waits is asked of the store, by index.

use std::fmt::Write;

use jiff::Timestamp;
use store::meter;

use crate::App;

/// Everything as text.
pub(super) async fn text(app: &App, now: Timestamp) -> store::Result<String> {
    let gauges = app.store.gauges(now).await?;
    let age =
        |moment: Option<Timestamp>| moment.map_or(0.0, |moment| now.duration_since(moment).as_secs_f64().max(0.0));
    let mut text = String::new();
    let mut gauge = |name: &str, help: &str, rows: &[(String, f64)]| {
        let mut line = |text_line: std::fmt::Arguments<'_>| {
            writeln!(text, "{text_line}").expect("a text takes every line");
        };
        line(format_args!("# HELP {name} {help}"));
        line(format_args!("# TYPE {name} gauge"));
        for (labels, value) in rows {
            line(format_args!("{name}{labels} {value}"));
        }
    };
    let one = |value: f64| [(String::new(), value)];
    gauge("klantreis_lag_seconds", "Age of the oldest event that is not applied.", &one(age(gauges.oldest_unapplied)));
    gauge("klantreis_events_unapplied", "Events that are not applied.", &one(gauges.unapplied as f64));
    gauge("klantreis_due", "Runs in which a moment is due.", &one(gauges.due as f64));
    gauge("klantreis_due_oldest_seconds", "How late the oldest due moment is.", &one(age(gauges.next_due)));
    let states: Vec<_> = gauges
        .outbox
        .iter()
        .map(|(state, count)| (format!("{{{}}}", meter::written(&[("state", state)])), *count as f64))
        .collect();
    gauge("klantreis_outbox", "Messages by state.", &states);
    gauge("klantreis_outbox_ready_oldest_seconds", "Age of the oldest ready message.", &one(age(gauges.oldest_ready)));
    let mut paused = Vec::new();
    for organisation in app.store.organisations().await? {
        for (sender, trouble) in app.store.troubles(&organisation.id).await? {
            let channel = sender.to_string();
            let labels = [("organisation", organisation.id.as_str()), ("channel", channel.as_str())];
            paused.push((format!("{{{}}}", meter::written(&labels)), age(Some(trouble.since))));
        }
    }
    gauge("klantreis_sender_paused_seconds", "Since when a sender's provider is in trouble.", &paused);
    let mut failing = Vec::new();
    for organisation in app.store.organisations().await? {
        for endpoint in app.store.endpoints(&organisation.id).await? {
            let Some(since) = endpoint.health.failing_since else { continue };
            let labels = [("organisation", organisation.id.as_str()), ("endpoint", endpoint.id.as_str())];
            failing.push((format!("{{{}}}", meter::written(&labels)), age(Some(since))));
        }
    }
    gauge("klantreis_webhook_failing_seconds", "Since when another system cannot be told what happens.", &failing);
    let leases: Vec<_> = app
        .store
        .leases()
        .await?
        .iter()
        .map(|lease| (format!("{{{}}}", meter::written(&[("lease", &lease.id.to_string())])), f64::from(lease.buckets)))
        .collect();
    gauge("klantreis_lease_buckets", "Buckets that each worker holds, of 1024.", &leases);
    if let Some(memory) = memory() {
        gauge("process_resident_memory_bytes", "Memory of this process.", &one(memory as f64));
    }
    if let Some(space) = app.settings.uploads.ancestors().find(|folder| folder.is_dir()).and_then(service::space::under)
    {
        gauge("klantreis_disk_free_bytes", "Room on the disk of the data folder.", &one(space.free as f64));
    }
    Ok(text + &meter::told())
}

/// Bytes of this process, where the system tells.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}
