use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, types::FluentNumber};
use rust_embed::RustEmbed;
use words::Language;

use crate::format;

#[derive(RustEmbed)]
#[folder = "locales"]
pub(crate) struct Files;

/// All texts of one language.
pub(crate) struct Locale {
    bundle: FluentBundle<FluentResource>,
}

impl Locale {
    /// The texts of a language, read once.
    pub(crate) fn of(language: Language) -> &'static Self {
        static DUTCH: OnceLock<Locale> = OnceLock::new();
        static ENGLISH: OnceLock<Locale> = OnceLock::new();
        let cell = match language {
            Language::Nl => &DUTCH,
            Language::En => &ENGLISH,
        };
        cell.get_or_init(|| Self::load(language))
    }

    fn load(language: Language) -> Self {
        let tag = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::Nl => |value, _| number(Language::Nl, value),
            Language::En => |value, _| number(Language::En, value),
        }));
        // A name that is already taken is the only error, and a test below sees it.
        let _ = bundle.add_function("CAPITAL", |positional, _| capital(positional.first()));
        for (path, text) in sources(language) {
            let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
                tracing::error!(path, ?errors, "a text file has errors");
                resource
            });
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(path, ?errors, "a text has two meanings");
            }
        }
        Self { bundle }
    }

    /// The text with these arguments; `None` when no text has this key.
    pub(crate) fn say(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "a text lacks an argument");
        }
        Some(text.into_owned())
    }

    /// Whether a text has this key.
    #[cfg(test)]
    pub(crate) fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

/// The text files of a language, by path.
pub(crate) fn sources(language: Language) -> Vec<(String, String)> {
    let folder = format!("{}/", language.tag());
    Files::iter()
        .filter(|path| path.starts_with(&folder))
        .filter_map(|path| {
            let bytes = Files::get(&path)?.data.into_owned();
            Some((path.to_string(), String::from_utf8(bytes).ok()?))
        })
        .collect()
}

fn number(language: Language, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, options }) = value else {
        return None;
    };
    let decimals = options.minimum_fraction_digits.unwrap_or(0);
    Some(format::number(language, *value, decimals))
}

fn capital<'a>(value: Option<&FluentValue<'a>>) -> FluentValue<'a> {
    match value {
        Some(FluentValue::String(text)) => {
            let mut letters = text.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            FluentValue::from(first.chain(letters).collect::<String>())
        }
        _ => FluentValue::Error,
    }
}
