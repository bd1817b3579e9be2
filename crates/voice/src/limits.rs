//! What a message may cost. The size of its file is `words::limits::MESSAGE_BYTES_MAX`.

/// Instructions that one template may take.
pub const FUEL_MAX: u64 = 10_000;
/// Depth to which a template may nest.
pub const RECURSION_MAX: usize = 20;
/// Bytes between `{{` and `}}`.
pub const TAG_BYTES_MAX: usize = 300;
/// Bytes that a template may put out; a byte of a value counts for four.
pub const OUTPUT_BYTES_MAX: usize = 512 * 1024;
/// Depth to which lists and quotations may nest.
pub const NESTING_MAX: usize = 8;
/// Characters of a subject; a longer one is cut at a word.
pub const SUBJECT_CHARS_MAX: usize = 200;
/// Text messages that one message may take.
pub const SMS_PARTS_MAX: u32 = 6;
/// Characters of a WhatsApp message (Meta, Cloud API: text body).
pub const WHATSAPP_CHARS_MAX: usize = 4_096;
/// Places of a template that one message may fill.
pub const TEMPLATE_LINES_MAX: usize = 20;
/// Characters that a card holds in letters that everybody can read.
pub const CARD_CHARS_MAX: usize = 700;
/// Questions that one message may hold.
pub const QUESTIONS_MAX: usize = 10;
/// Faults that are told of one field at a time.
pub const FAULTS_MAX: usize = 50;
