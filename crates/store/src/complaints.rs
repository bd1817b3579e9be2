use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use words::{Experience, TouchpointId};

/// How a complaint came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HeardBy {
    /// On a page of ours.
    Page,
    /// In a reply, which staff called one.
    Reply,
    /// At a desk.
    Desk,
    /// By telephone.
    Phone,
    /// As a low mark of somebody who wants to be heard about it.
    Mark,
}

impl HeardBy {
    /// Every way.
    pub const ALL: [Self; 5] = [Self::Page, Self::Reply, Self::Desk, Self::Phone, Self::Mark];

    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Reply => "reply",
            Self::Desk => "desk",
            Self::Phone => "phone",
            Self::Mark => "mark",
        }
    }

    /// Reads [`HeardBy::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// What makes a task a complaint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Complaint {
    /// How it came in.
    pub heard: HeardBy,
    /// In the customer's words, or those of who noted it.
    pub text: String,
    /// How the customer felt about what it is about, before anything was done.
    pub before: Option<Experience>,
    /// When the customer was told that it came in.
    pub acknowledged: Option<Timestamp>,
    /// Who took it up.
    pub taken: Option<Uuid>,
    /// How the customer felt after it was resolved.
    pub after: Option<Experience>,
}

impl Complaint {
    /// Without what tells whose it was.
    #[must_use]
    pub fn nobodys(self) -> Self {
        Self { text: String::new(), taken: None, ..self }
    }
}

/// Open complaints about one touchpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComplaintCounts {
    /// About which.
    pub touchpoint: TouchpointId,
    /// Open.
    pub open: u64,
    /// Open and past due.
    pub overdue: u64,
}
