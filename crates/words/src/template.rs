use serde::{Deserialize, Serialize};

/// A text that a provider approved beforehand, as it is asked for by name: outside a conversation WhatsApp carries nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Its name at the provider.
    pub name: String,
    /// In which of its languages, as the provider writes it: `nl`, `en_US`.
    pub language: String,
    /// What fills its places, in their order.
    pub parameters: Vec<String>,
}
