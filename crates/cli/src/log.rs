use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{fmt, registry};

/// Logs to standard error: warnings, or what `KLANTREIS_LOG` says (`info`, `service=debug`). Never personal data.
pub(crate) fn start() {
    let asked = std::env::var("KLANTREIS_LOG").ok().and_then(|text| text.parse::<Targets>().ok());
    let filter = asked.unwrap_or_else(|| Targets::new().with_default(LevelFilter::WARN));
    registry().with(filter).with(fmt::layer().with_writer(std::io::stderr).with_ansi(false)).init();
}
