use std::path::{Path, PathBuf};

use axum::extract::{Multipart, multipart::Field};
use service::import::Limits;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use crate::{App, form, language::Text, problem::Problem};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A table of events.
    Events,
    /// An event log in XES.
    Xes,
    /// A table of customers with their consents.
    Customers,
}

impl Kind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Events => "csv",
            Self::Xes => "xes",
            Self::Customers => "customers",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::Events, Self::Xes, Self::Customers].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A file that came in and waits to be read.
pub(super) struct Uploaded {
    pub(super) file_name: String,
    pub(super) kind: Kind,
    pub(super) bytes: u64,
}

/// Where an uploaded file waits.
pub(super) fn path(app: &App, id: Uuid) -> PathBuf {
    app.settings.uploads.join(id.to_string())
}

/// Throws an uploaded file away.
pub(super) async fn forget(app: &App, id: Uuid) {
    if let Err(error) = tokio::fs::remove_file(path(app, id)).await {
        tracing::warn!(%error, "an uploaded file could not be removed");
    }
}

/// Writes the file of a form to its place, piece by piece. The field `kind` stands before the field `file`.
pub(super) async fn keep(path: &Path, mut multipart: Multipart) -> Result<Uploaded, Problem> {
    let unreadable = |_| Problem::Invalid(Text::new("problem-invalid-text"));
    let mut kind = None;
    while let Some(field) = multipart.next_field().await.map_err(unreadable)? {
        match field.name() {
            Some("kind") => kind = Kind::parse(&field.text().await.map_err(unreadable)?),
            Some("file") => {
                let kind = kind.ok_or(Problem::Invalid(Text::new("remark-choice")))?;
                let file_name = field.file_name().and_then(|name| form::line(name, 200)).unwrap_or_default();
                let written = write(path, field).await;
                let Ok(bytes @ 1..) = written else {
                    // Half a file serves nobody; that it may not even be there is fine.
                    let _ = tokio::fs::remove_file(path).await;
                    return Err(written.err().unwrap_or(Problem::Invalid(Text::new("import-empty-file"))));
                };
                return Ok(Uploaded { file_name, kind, bytes });
            }
            _ => {}
        }
    }
    Err(Problem::Invalid(Text::new("import-empty-file")))
}

async fn write(path: &Path, mut field: Field<'_>) -> Result<u64, Problem> {
    let broken = |error: std::io::Error| {
        tracing::error!(%error, "an upload could not be written");
        Problem::Broken
    };
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(broken)?;
    }
    let mut file = tokio::fs::File::create(path).await.map_err(broken)?;
    let mut bytes = 0;
    while let Some(piece) = field.chunk().await.map_err(|_| Problem::Invalid(Text::new("problem-invalid-text")))? {
        bytes += piece.len() as u64;
        if bytes > Limits::default().file_bytes_max {
            return Err(Problem::TooLarge);
        }
        file.write_all(&piece).await.map_err(broken)?;
    }
    file.flush().await.map_err(broken)?;
    Ok(bytes)
}
