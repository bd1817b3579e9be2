use serde::Serialize;
use store::Role;

/// A link of the bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Item {
    href: &'static str,
    /// Key of its text.
    text: &'static str,
    current: bool,
}

/// The bar: path, key of the text, who sees it.
const ITEMS: &[(&str, &str, Role)] = &[
    ("/vandaag", "nav-today", Role::Viewer),
    ("/klantreizen", "nav-journeys", Role::Viewer),
    ("/klanten", "nav-customers", Role::Viewer),
    ("/berichten", "nav-messages", Role::Viewer),
    ("/koppelingen", "nav-connections", Role::Viewer),
    ("/instellingen", "nav-settings", Role::Editor),
];

/// The bar for this role, with the item that the path belongs to.
pub(crate) fn of(path: &str, role: Option<Role>) -> Vec<Item> {
    ITEMS
        .iter()
        .filter(|(_, _, from)| role.is_some_and(|role| role >= *from))
        .map(|(href, text, _)| Item {
            href,
            text,
            current: path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_current_item_is_the_one_that_leads_the_path() {
        let items = of("/koppelingen/planpakket", Some(Role::Viewer));
        let current: Vec<_> = items.iter().filter(|item| item.current).collect();
        assert_eq!(current.len(), 1);
        assert_eq!(current[0].text, "nav-connections");
        assert!(of("/klantenservice", Some(Role::Owner)).iter().all(|item| !item.current));
    }

    #[test]
    fn everyone_sees_what_they_may_open() {
        assert_eq!(of("/", None), []);
        assert_eq!(of("/", Some(Role::Viewer)).len(), 5);
        assert_eq!(of("/", Some(Role::Owner)).len(), 6);
    }
}
