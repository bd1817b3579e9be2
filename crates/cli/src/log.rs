use tracing_subscriber::{EnvFilter, fmt};

/// Logs to standard error: warnings, or what `KLANTREIS_LOG` says (`info`, `service=debug`). Never personal data.
pub(crate) fn start() {
    let filter = EnvFilter::try_from_env("KLANTREIS_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
