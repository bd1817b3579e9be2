//! The closed lists of a touchpoint. Each is written in a definition as its serde name.

use serde::{Deserialize, Serialize};

macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// Every member, in the order of the definition language's documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As it is written in a definition.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Reads what a definition says.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|member| member.as_str() == text)
            }
        }
    };
}

closed_list!(
    /// Which part of the whole a phase belongs to.
    Band { /// Before the purchase.
           Before = "before", /// During it.
           During = "during", /// After it.
           After = "after" }
);
closed_list!(
    /// What kind of contact a touchpoint is; the shape of its token on the map.
    Category { /// We tell something.
               Message = "message", /// Two sides act.
               Interaction = "interaction", /// The thing itself is used.
               Product = "product", /// Seeing someone else use it.
               Setting = "setting" }
);
closed_list!(
    /// Who starts it.
    Starter { /// The customer.
              Customer = "customer", /// The organisation.
              Us = "us" }
);
closed_list!(
    /// Who performs it on our side.
    Performer { /// A member of staff.
                Human = "human", /// A system.
                Automatic = "automatic", /// A chatbot.
                Bot = "bot" }
);
closed_list!(
    /// Why something is sent; decides consent, quiet hours and budget.
    Class { /// Belongs to what the customer asked for.
            Service = "service", /// Needs consent.
            Marketing = "marketing" }
);
closed_list!(
    /// How a touchpoint treats the customer's attention.
    Attention { /// Takes as little as it can.
                Spare = "spare", /// Wants it.
                Grab = "grab" }
);
closed_list!(
    /// What quiet hours do to a message.
    #[derive(Default)]
    Quiet { /// It goes when they end.
            #[default] Hold = "hold", /// It does not go at all.
            Drop = "drop" }
);
closed_list!(
    /// Whether the organisation is there itself.
    Reach { /// It is.
            Direct = "direct", /// Reviews, stories of others.
            Indirect = "indirect" }
);
closed_list!(
    /// How the customer is addressed in Dutch.
    FormOfAddress { /// Formal.
                    U = "u", /// Informal.
                    Je = "je" }
);

impl Attention {
    /// What one message takes of a message budget: 2 when it wants attention, else 1.
    pub const fn weight(attention: Option<Self>) -> u32 {
        match attention {
            Some(Self::Grab) => 2,
            Some(Self::Spare) | None => 1,
        }
    }
}
