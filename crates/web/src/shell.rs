use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{Html, IntoResponse},
};
use minijinja::{Value, context};
use store::{Account, Role};
use words::Language;

use crate::{
    App, cookies, flash,
    house::House,
    language::{CustomerWord, Speech, Text},
    navigation,
    problem::{Answer, Problem},
    session, views,
    views::data,
};

/// What stands around a page: the reader's language, the bar, the account, a message of what was just done. Every handler
/// has one: [`crate::Visitor`] for pages that anyone may open, [`crate::Staff`] for the others.
#[derive(Clone)]
pub struct Shell {
    /// What the page works with.
    pub app: App,
    /// How it speaks.
    pub speech: Speech,
    /// The path that was asked for, without its query.
    pub path: String,
    /// Who is logged in.
    pub member: Option<Member>,
    flash: Option<Text>,
}

/// Who is logged in, and where.
#[derive(Clone, Debug)]
pub struct Member {
    /// The account.
    pub account: Account,
    /// Its organisation.
    pub house: House,
}

impl Shell {
    /// The shell of a request. A store that does not answer gives the shell of a stranger, so that the page that says so
    /// can still be made.
    pub(crate) async fn of_parts(app: &App, parts: &Parts) -> Self {
        let member = session::member(app, &parts.headers).await.unwrap_or_default();
        Self::new(app, parts, member)
    }

    pub(crate) fn new(app: &App, parts: &Parts, member: Option<Member>) -> Self {
        let language = match &member {
            Some(member) => Language::from_tag(&member.account.language).unwrap_or(member.house.language),
            None => asked_language(&parts.headers),
        };
        let (zone, customer) = match &member {
            Some(member) => (member.house.zone.clone(), member.house.customer.clone()),
            None => (journey::Organisation::named("").zone, CustomerWord::default()),
        };
        let speech = Speech { language, zone, customer: customer.on_page(language), now: app.clock.now() };
        Self { app: app.clone(), speech, path: parts.uri.path().to_owned(), member, flash: flash::read(&parts.headers) }
    }

    /// The same page in another voice: for customers, and on another clock.
    #[must_use]
    pub(crate) fn speaking(&self, speech: Speech) -> Self {
        Self { speech, ..self.clone() }
    }

    /// Says a text in the reader's language.
    pub fn say(&self, text: &Text) -> String {
        self.speech.say(text)
    }

    /// The page of a template.
    pub fn render(&self, template: &str, page: Value) -> Answer {
        self.render_as(StatusCode::OK, template, page)
    }

    /// The page of a template, with a status.
    pub fn render_as(&self, status: StatusCode, template: &str, page: Value) -> Answer {
        let around = around(&self.speech, &self.path, self.member.as_ref(), self.flash.as_ref());
        let html = views::environment().get_template(template)?.render(context! { ..page, ..around })?;
        let mut response = (status, Html(html)).into_response();
        if self.flash.is_some() {
            cookies::append(response.headers_mut(), cookies::clear(&self.app, cookies::FLASH));
        }
        Ok(response)
    }

    /// Goes to another page, which says what was done.
    pub fn go(&self, to: &str, done: Text) -> Answer {
        let mut response = axum::response::Redirect::to(to).into_response();
        let cookie = cookies::set(&self.app, cookies::FLASH, flash::write(&done), 60);
        cookies::append(response.headers_mut(), cookie);
        Ok(response)
    }
}

/// What every template may use.
pub(crate) fn around(speech: &Speech, path: &str, member: Option<&Member>, flash: Option<&Text>) -> Value {
    let role = member.map(|member| member.account.role);
    let member = member.map(|member| {
        context! {
            name => member.account.name.as_str(),
            initials => initials(&member.account.name),
            email => member.account.email.as_str(),
            role => member.account.role.as_str(),
            organisation => member.house.name.as_str(),
        }
    });
    context! {
        speech => Value::from_object(speech.clone()),
        lang => speech.language.tag(),
        now => speech.now.to_string(),
        path,
        flash => flash.map(|text| speech.say(text)),
        member,
        can_edit => role.is_some_and(|role| role >= Role::Editor),
        can_manage => role.is_some_and(|role| role >= Role::Owner),
        navigation => data(navigation::of(path, role)),
        customer => speech.customer.one.as_str(),
        customers => speech.customer.many.as_str(),
    }
}

/// Anyone, logged in or not.
pub struct Visitor(pub Shell);

impl std::ops::Deref for Visitor {
    type Target = Shell;

    fn deref(&self) -> &Shell {
        &self.0
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Ok(Self(Shell::of_parts(app, parts).await))
    }
}

/// The first language of the browser that we speak.
fn asked_language(headers: &HeaderMap) -> Language {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(|asked| asked.split(',').find_map(|part| Language::from_tag(part.split(';').next()?.trim())))
        .unwrap_or_default()
}

/// "FA" of "Fatima Amrani": the first letters of the first and the last word.
fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let first = words.first().and_then(|word| word.chars().next());
    let last = words.iter().skip(1).next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_reads_the_first_language_that_we_speak() {
        let asked = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, text.parse().unwrap());
            asked_language(&headers)
        };
        assert_eq!(asked("fr, en-GB;q=0.8, nl;q=0.5"), Language::En);
        assert_eq!(asked("fr"), Language::Nl);
        assert_eq!(asked_language(&HeaderMap::new()), Language::Nl);
    }

    #[test]
    fn initials_are_those_of_the_first_and_last_word() {
        assert_eq!(initials("Fatima Amrani"), "FA");
        assert_eq!(initials("ömer van den berg"), "ÖB");
        assert_eq!(initials("Jo"), "J");
        assert_eq!(initials(""), "");
    }
}
