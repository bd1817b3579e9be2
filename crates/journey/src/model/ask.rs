use words::{Scale, TouchpointId};

/// A question that goes along with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Its name in the message's `questions`.
    pub question: String,
    /// Its scale.
    pub scale: Scale,
    /// The touchpoints whose newest contact gets the score; those that did not happen get nothing.
    pub about: Vec<TouchpointId>,
}
