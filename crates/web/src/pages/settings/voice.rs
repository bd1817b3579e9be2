//! How the organisation sounds, in fields. Each patches its own place in `organisation.yaml`.

use axum::{Form, Router, extract::State, http::StatusCode, routing::get};
use journey::{Edit, Organisation, Voice, Written, patch_organisation};
use minijinja::context;
use serde::{Deserialize, Serialize};
use words::Language;

use super::kept;
use crate::{
    App,
    form::Remarks,
    language::Text,
    problem::Answer,
    session::{Editor, Staff},
    views::data,
};

pub(crate) const PATH: &str = "/instellingen/stem";
/// Of a number in this form.
const NUMBER_MAX: u32 = 100;

pub(crate) fn router() -> Router<App> {
    Router::new().route(PATH, get(show).post(save))
}

/// The form: lists one to a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
struct Fields {
    address: String,
    openings: String,
    closings: String,
    emoji: String,
    exclamations: String,
    sentence_words: String,
    /// "e-book: ebook, digitaal boek".
    say: String,
    avoid: String,
    /// `ja` or nothing.
    flemish: String,
    strict: String,
}

impl Fields {
    fn of(organisation: &Organisation) -> Self {
        let voice = &organisation.voice;
        let say = voice.say.iter().map(|(said, instead)| format!("{said}: {}", instead.join(", ")));
        let ticked = |is: bool| if is { "ja".to_owned() } else { String::new() };
        Self {
            address: organisation.address.as_str().to_owned(),
            openings: voice.openings.join("\n"),
            closings: voice.closings.join("\n"),
            emoji: voice.emoji.to_string(),
            exclamations: voice.exclamations.to_string(),
            sentence_words: voice.sentence_words.to_string(),
            say: say.collect::<Vec<_>>().join("\n"),
            avoid: voice.avoid.join("\n"),
            flemish: ticked(voice.flemish),
            strict: ticked(voice.strict),
        }
    }

    /// What is wrong with it before anything is written.
    fn remarks(&self) -> Remarks {
        let mut remarks = Remarks::default();
        let number =
            |text: &str, least: u32| text.trim().parse().is_ok_and(|number| (least..=NUMBER_MAX).contains(&number));
        remarks.expect(number(&self.emoji, 0), "emoji", "voice-remark-number");
        remarks.expect(number(&self.exclamations, 0), "exclamations", "voice-remark-number");
        remarks.expect(number(&self.sentence_words, 5), "sentence_words", "voice-remark-words");
        let is_pair = |line: &str| {
            line.split_once(':')
                .is_some_and(|(said, instead)| !said.trim().is_empty() && !list(instead, ',').is_empty())
        };
        remarks.expect(list(&self.say, '\n').iter().all(|line| is_pair(line)), "say", "voice-remark-say");
        remarks
    }

    /// What differs from how it stands, key by key; `None` takes the key away.
    fn changes(&self, before: &Self) -> Vec<(&'static str, Option<Written>)> {
        let phrases = |text: &str| {
            let items: Vec<Written> = list(text, '\n').into_iter().map(Written::from).collect();
            (!items.is_empty()).then_some(Written::List(items))
        };
        let number = |text: &str| text.trim().parse().ok().map(Written::Number);
        let say = || {
            let pairs = list(&self.say, '\n').into_iter().filter_map(|line| {
                let (said, instead) = line.split_once(':')?;
                Some((said.trim().to_owned(), Written::from(list(instead, ','))))
            });
            let pairs: Vec<_> = pairs.collect();
            (!pairs.is_empty()).then_some(Written::Map(pairs))
        };
        let all = [
            ("openings", self.openings != before.openings, phrases(&self.openings)),
            ("closings", self.closings != before.closings, phrases(&self.closings)),
            ("emoji", self.emoji != before.emoji, number(&self.emoji)),
            ("exclamations", self.exclamations != before.exclamations, number(&self.exclamations)),
            ("sentence_words", self.sentence_words != before.sentence_words, number(&self.sentence_words)),
            ("say", self.say != before.say, say()),
            ("avoid", self.avoid != before.avoid, phrases(&self.avoid)),
            ("flemish", self.flemish != before.flemish, (!self.flemish.is_empty()).then_some(Written::Bool(true))),
            ("strict", self.strict != before.strict, (!self.strict.is_empty()).then_some(Written::Bool(true))),
        ];
        all.into_iter().filter(|(_, is_other, _)| *is_other).map(|(key, _, value)| (key, value)).collect()
    }
}

/// The parts of a text, without blank ones.
fn list(text: &str, sign: char) -> Vec<&str> {
    text.split(sign).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The text with what was changed, or what is wrong.
fn patched(text: &str, fields: &Fields, language: Language) -> Result<String, Remarks> {
    let mut remarks = fields.remarks();
    if !remarks.is_empty() {
        return Err(remarks);
    }
    let before = Fields::of(&Organisation::parse(text).0);
    let mut patched = text.to_owned();
    let mut make = |field: &'static str, edit: Edit| match patch_organisation(&patched, &edit) {
        Ok(next) => patched = next,
        Err(refused) => remarks.add(field, super::refusal(&refused, language)),
    };
    if fields.address != before.address {
        make("address", Edit::set("address", fields.address.as_str()));
    }
    let changes = fields.changes(&before);
    if Organisation::parse(text).0.voice == Voice::default() {
        let set: Vec<_> = changes.into_iter().filter_map(|(key, value)| Some((key, Some(value?)))).collect();
        if !set.is_empty() {
            make("openings", Edit::set("voice", Written::map(set)));
        }
    } else {
        for (field, value) in changes {
            let key = format!("voice.{field}");
            make(field, value.map_or_else(|| Edit::remove(key.clone()), |value| Edit::set(key.clone(), value)));
        }
    }
    if remarks.is_empty() { Ok(patched) } else { Err(remarks) }
}

async fn show(editor: Editor, State(app): State<App>) -> Answer {
    let (organisation, _) = Organisation::parse(&kept::row(&app, &editor).await?.text);
    page(&editor, StatusCode::OK, &Fields::of(&organisation), &Remarks::default())
}

async fn save(editor: Editor, State(app): State<App>, Form(filled): Form<Fields>) -> Answer {
    let plain = |text: String| list(&text.replace("\r\n", "\n"), '\n').join("\n");
    let fields = Fields {
        openings: plain(filled.openings),
        closings: plain(filled.closings),
        say: plain(filled.say),
        avoid: plain(filled.avoid),
        ..filled
    };
    let row = kept::row(&app, &editor).await?;
    match patched(&row.text, &fields, editor.speech.language) {
        Ok(text) => {
            kept::keep(&editor, row, text).await?;
            editor.go(PATH, Text::new("voice-saved"))
        }
        Err(remarks) => page(&editor, StatusCode::UNPROCESSABLE_ENTITY, &fields, &remarks),
    }
}

fn page(staff: &Staff, status: StatusCode, fields: &Fields, remarks: &Remarks) -> Answer {
    staff.render_as(status, "voice/edit.html", context! { fields => data(fields), remarks => remarks.said_by(staff) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, change: impl FnOnce(&mut Fields)) -> Result<String, Remarks> {
        let mut fields = Fields::of(&Organisation::parse(text).0);
        change(&mut fields);
        patched(text, &fields, Language::Nl)
    }

    #[test]
    fn what_is_typed_stands_in_the_text_and_the_rest_stays() {
        const TEXT: &str = "# van ons\nname: Rijnoever # kort\n";
        let first = said(TEXT, |fields| {
            fields.address = "je".into();
            fields.openings = "Beste\nDag".into();
            fields.say = "e-book: ebook, digitaal boek\nlid: abonnee".into();
            fields.emoji = "0".into();
        });
        let first = first.unwrap();
        let (organisation, findings) = Organisation::parse(&first);
        assert!(findings.is_empty() && first.starts_with("# van ons"), "{first}");
        assert_eq!(organisation.voice.openings, ["Beste", "Dag"]);
        assert_eq!((organisation.voice.emoji, organisation.voice.exclamations), (0, 1));
        assert_eq!(organisation.voice.say["e-book"], ["ebook", "digitaal boek"]);
        assert_eq!(said(&first, |_| ()).unwrap(), first, "nothing changed");
        let second = said(&first, |fields| {
            fields.openings.clear();
            fields.strict = "ja".into();
            fields.say = "lid: abonnee".into();
        });
        let (organisation, findings) = Organisation::parse(&second.unwrap());
        assert!(findings.is_empty());
        assert!(organisation.voice.strict && organisation.voice.openings.is_empty() && organisation.voice.emoji == 0);
        assert_eq!(organisation.voice.say.keys().collect::<Vec<_>>(), ["lid"]);
    }

    #[test]
    fn a_mistake_stands_beside_its_field() {
        let wrong = said("name: x\n", |fields| {
            fields.emoji = "veel".into();
            fields.sentence_words = "1".into();
            fields.say = "e-book".into();
        });
        let wrong = wrong.unwrap_err();
        assert!(["emoji", "sentence_words", "say"].iter().all(|field| wrong.mentions(field)));
    }
}
