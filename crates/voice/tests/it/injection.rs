//! Values of facts stay what they are, whatever stands in them.

use proptest::prelude::*;
use voice::{Context, Message, Rendered, render};
use words::{Channel, Language};

use crate::house::{body, library};

fn with_title(title: &str) -> Context {
    let mut context = library().context();
    context.facts["hold"]["title"] = title.into();
    context
}

fn mail(source: &str, title: &str) -> Rendered {
    render(&body(source), &Channel::email(), &with_title(title)).unwrap()
}

#[test]
fn a_value_is_no_html_and_no_markdown() {
    let title = "*x* <b>vet</b> [a](javascript:alert(1)) # kop ![p](http://e.nl/p.png) `c` https://kwaad.nl {{ salutation }} &amp; \"'";
    let mail = mail("Boek: **{{ hold.title }}**.", title);
    assert_eq!(mail.text, format!("Boek: {title}.\n"));
    let html = mail.html.unwrap();
    let literal = "<strong>*x* &lt;b&gt;vet&lt;/b&gt; [a](javascript:alert(1)) # kop ![p](http://e.nl/p.png) `c` https://kwaad.nl {{ salutation }} &amp;amp; &quot;&#39;</strong>";
    assert!(html.contains(literal), "{html}");
    assert!(!html.contains("<b>") && !html.contains("<img") && !html.contains("href"));
}

#[test]
fn a_value_starts_no_block_and_no_header() {
    let mail = mail("{{ hold.title }}", "\n\n# Kop\r\nBcc: x@y.nl\n- een\n1. twee\n> drie\n\n    vier");
    assert_eq!(mail.text, "# Kop Bcc: x@y.nl - een 1. twee > drie vier\n");
    let message = Message::parse("---\nsubject: \"{{ hold.title }}\"\n---\nx\n", Language::Nl).unwrap();
    let subject = render(&message, &Channel::email(), &with_title("Boek\r\nBcc: x@y.nl")).unwrap().subject.unwrap();
    assert_eq!(subject, "Boek Bcc: x@y.nl");
}

#[test]
fn a_value_is_no_address() {
    let html = |source: &str, title: &str| mail(source, title).html.unwrap();
    assert!(!html("[Lees]({{ hold.title }})", "https://kwaad.nl").contains("href"));
    assert!(!html("[Lees](https://{{ hold.title }})", "kwaad.nl").contains("href"));
    assert!(!html("[Lees](https://x.nl{{ hold.title }})", ".kwaad.nl").contains("href"));
    assert!(
        html("[Lees](https://x.nl/z?q={{ hold.title }})", "a&b=c \"d\"")
            .contains("href=\"https://x.nl/z?q=a%26b%3Dc%20%22d%22\"")
    );
    assert!(html("[Bel](tel:{{ human.phone }})", "").contains("href=\"tel:0301234567\""));
}

#[test]
fn the_writer_writes_no_html_either() {
    let mail = mail("<script>alert(1)</script>\n\nEen <b onclick=x>woord</b> ![plaatje](https://x.nl/a.png)", "");
    let html = mail.html.unwrap();
    assert!(html.contains("&lt;script&gt;") && html.contains("&lt;b onclick=x&gt;woord&lt;/b&gt; plaatje"), "{html}");
    assert!(!html.contains("<script") && !html.contains("<b ") && !html.contains("<img"));
}

#[test]
fn our_own_link_with_an_unsafe_scheme_is_text() {
    let mut context = library().context();
    context.links.insert("hold".into(), "javascript:alert(1)".into());
    let mail =
        render(&body("[Mijn reservering]({{ link('hold') }})\n\n{{ link('hold') }}"), &Channel::email(), &context)
            .unwrap();
    assert!(!mail.html.unwrap().contains("href"));
}

#[test]
fn a_value_marks_nothing_on_whatsapp() {
    let told = |source: &str| {
        let message = Message::parse(source, Language::Nl).unwrap();
        render(&message, &Channel::new("whatsapp"), &with_title("~*x*~ `y`")).unwrap().text
    };
    assert_eq!(told("---\nwhatsapp: \"Boek *{{ hold.title }}*\"\n---\n"), "Boek *∼∗x∗∼ 'y'*");
    assert_eq!(told("Boek **{{ hold.title }}** en \\*dit\\*"), "Boek *∼∗x∗∼ 'y'* en ∗dit∗");
}

proptest! {
    #[test]
    fn any_value_comes_out_as_it_went_in(title in "\\PC{1,60}") {
        let line = title.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assume!(!line.is_empty());
        let reversing = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
        prop_assume!(!line.chars().any(reversing));
        let mail = mail("Boek: _{{ hold.title }}_ en {{ hold.title }}.\n\n- {{ hold.title }}", &title);
        prop_assert_eq!(mail.text, format!("Boek: {line} en {line}.\n\n- {line}\n"));
        let html = mail.html.unwrap();
        let tags = html.matches('<').count();
        let plain = self::mail("Boek: _{{ hold.title }}_ en {{ hold.title }}.\n\n- {{ hold.title }}", "x").html.unwrap();
        prop_assert_eq!(tags, plain.matches('<').count());
    }
}
