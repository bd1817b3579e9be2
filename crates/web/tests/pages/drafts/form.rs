//! A form as a browser would send it back.

/// The fields of the form with this action: names and values, as they stand on the page.
pub(crate) fn fields(body: &str, action: &str) -> Vec<(String, String)> {
    let start = body.find(&format!("action=\"{action}\"")).unwrap_or_else(|| panic!("no form to {action}"));
    let end = start + body[start..].find("</form>").expect("the form ends");
    let mut rest = &body[start..end];
    let mut pairs = Vec::new();
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let close = rest.find('>').unwrap_or(rest.len());
        let tag = &rest[..close];
        let name = value_of(tag, "name").unwrap_or_default();
        if tag.starts_with("input ") && !name.is_empty() {
            let ticked = matches!(value_of(tag, "type").as_deref(), Some("radio" | "checkbox"));
            if !ticked || tag.ends_with(" checked") || tag.contains(" checked ") {
                pairs.push((name, value_of(tag, "value").unwrap_or_default()));
            }
        } else if tag.starts_with("textarea ") {
            let text = &rest[close + 1..rest.find("</textarea>").expect("it ends")];
            pairs.push((name, plain(text.strip_prefix('\n').unwrap_or(text))));
        } else if tag.starts_with("select ") {
            let inside = &rest[..rest.find("</select>").expect("it ends")];
            let options: Vec<&str> = inside.split("<option ").skip(1).collect();
            let chosen = options.iter().rfind(|option| option[..option.find('>').unwrap()].contains(" selected"));
            if let Some(option) = chosen.or(options.first()) {
                pairs.push((name, value_of(option, "value").unwrap_or_default()));
            }
        }
        rest = &rest[close.min(rest.len())..];
    }
    pairs
}

/// The same fields with some of them filled in otherwise; new names are added.
pub(crate) fn with<'a>(fields: &'a [(String, String)], typed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut pairs: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| {
            let typed = typed.iter().find(|(other, _)| other == name);
            (name.as_str(), typed.map_or(value.as_str(), |(_, value)| *value))
        })
        .collect();
    pairs.extend(typed.iter().filter(|(name, _)| !fields.iter().any(|(other, _)| other == name)));
    pairs
}

fn value_of(tag: &str, name: &str) -> Option<String> {
    let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
    let lead = format!("{name}=\"");
    let at = tag.find(&format!(" {lead}")).map(|at| at + 1).or_else(|| tag.starts_with(&lead).then_some(0))?;
    let value = &tag[at + lead.len()..];
    Some(plain(&value[..value.find('"')?]))
}

fn plain(text: &str) -> String {
    text.replace("&#x27;", "'").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
