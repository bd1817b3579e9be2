//! What the product accepts at most. Each limit is enforced where the thing comes in and has a test there.

/// Bytes of one event on the wire (as the field's clients assume).
pub const EVENT_BYTES_MAX: usize = 32 * 1024;
/// Bytes of one batch, after decompression.
pub const BATCH_BYTES_MAX: usize = 500 * 1024;
/// Events in one batch.
pub const BATCH_EVENTS_MAX: usize = 2_500;
/// Properties of one event.
pub const PROPERTIES_MAX: usize = 100;
/// Characters of a text property that becomes a fact.
pub const TEXT_CHARS_MAX: usize = 2_000;
/// How long an event waits for an object that nobody knows yet, and a promise for a late event, in hours.
pub const UNKNOWN_OBJECT_WAIT_HOURS: i64 = 48;
/// Touchpoints of one journey.
pub const TOUCHPOINTS_MAX: usize = 200;
/// Phases of one journey.
pub const PHASES_MAX: usize = 20;
/// Bytes of one journey.yaml.
pub const DEFINITION_BYTES_MAX: usize = 512 * 1024;
/// Bytes of one message file.
pub const MESSAGE_BYTES_MAX: usize = 64 * 1024;
/// Characters of one expression.
pub const EXPRESSION_CHARS_MAX: usize = 1_000;
/// Times that one touchpoint may have an effect in one run; at the cap a person gets a task.
pub const VISITS_MAX: u32 = 20;
/// Objects of one kind that a run keeps apart; the oldest goes first.
pub const OBJECTS_MAX: usize = 50;
/// Days between two asks of the same touchpoint to one customer.
pub const ASK_PAUSE_DAYS: i32 = 30;
