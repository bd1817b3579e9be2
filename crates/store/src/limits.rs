//! How much one call takes or gives. Each limit is enforced and tested.

/// Rows that a page or a claim gives at most; a larger limit is lowered to this.
pub const ROWS_MAX: u32 = 1_000;
/// Events that are given at most to be applied.
pub const PENDING_MAX: u32 = 4_000;
/// Events that one `accept` takes.
pub const ACCEPT_EVENTS_MAX: usize = 10_000;
/// Changes that one `commit` takes.
pub const COMMIT_CHANGES_MAX: usize = 2_000;
/// Bytes of a refused event that are kept; longer is refused by the store.
pub const RAW_BYTES_MAX: usize = 64 * 1024;
/// Bytes of all files of one draft or version together.
pub const FILES_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Words of one search; further words are left out.
pub const SEARCH_WORDS_MAX: usize = 6;
/// Characters of a word that customers are found by; the rest is left out.
pub const WORD_CHARS_MAX: usize = 64;
/// Characters of the reason why a message is where it is; the rest is left out.
pub const REASON_CHARS_MAX: usize = 500;
/// Earlier texts that are kept of one draft.
pub const DRAFT_TEXTS_MAX: u64 = 20;
/// Names of events that are looked up at once.
pub const NAMES_MAX: usize = 500;
/// Newest events that are given of each name at most; a larger limit is lowered to this.
pub const NAMED_EACH_MAX: u32 = 50;
/// Halts that are looked at and listed at most; the oldest that stand go first.
pub const HALTS_MAX: u32 = 50;
/// No fetch is due further ahead than this: one that is was planned before the clock was set back.
pub const FETCHED_AHEAD_MAX: jiff::SignedDuration = jiff::SignedDuration::from_hours(49);
/// Rows of a fetched source that are looked up or remembered at once.
pub const FETCHED_ROWS_MAX: usize = 5_000;
/// While somebody types, a text to go back to is kept no more often than this.
pub const TYPING_KEPT_SECONDS: i64 = 600;
/// Resources of one organisation.
pub const RESOURCES_MAX: usize = 500;
/// Days of resources that are read or saved at once: a week of as many as there may be.
pub const RESOURCE_DAYS_MAX: usize = 7 * RESOURCES_MAX;
/// Bytes of the text of a resource, of a day, or of what is booked about one thing.
pub const BOOKING_BYTES_MAX: usize = 512 * 1024;
/// Bookings that are looked at at once because something in them is to be settled.
pub const UNSETTLED_MAX: usize = 200;
