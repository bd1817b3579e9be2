//! The rules of the schema, by which the same tables can be spread over machines later.

const TEXTS: &str = concat!(
    include_str!("../../migrations/0001_start.sql"),
    include_str!("../../migrations/0002_draft_texts.sql"),
    include_str!("../../migrations/0003_events_by_name.sql"),
    include_str!("../../migrations/0004_names_of_events.sql"),
    include_str!("../../migrations/0005_open_blocks.sql"),
    include_str!("../../migrations/0006_indexes_of_lists.sql"),
    include_str!("../../migrations/0007_leases.sql"),
    include_str!("../../migrations/0008_intake.sql"),
    include_str!("../../migrations/0009_merges.sql"),
    include_str!("../../migrations/0010_send_rules.sql"),
    include_str!("../../migrations/0012_backups.sql"),
);

/// The statements, without comments.
fn statements() -> Vec<String> {
    let lines: Vec<&str> = TEXTS.lines().filter(|line| !line.starts_with("--")).collect();
    let text = lines.join(" ");
    text.split(';')
        .map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|one| !one.is_empty())
        .collect()
}

#[test]
fn every_key_is_led_by_bucket_and_organisation() {
    let tables: Vec<String> = statements().into_iter().filter(|one| one.starts_with("CREATE TABLE")).collect();
    assert!(tables.len() > 25);
    for table in tables {
        assert!(table.contains("( bucket INTEGER NOT NULL, organisation TEXT NOT NULL,"), "{table}");
        assert!(table.contains("PRIMARY KEY (bucket, organisation"), "{table}");
        assert!(table.contains("STRICT"), "{table}");
        for unique in table.match_indices("UNIQUE").map(|(at, _)| &table[at..]) {
            assert!(unique.starts_with("UNIQUE (bucket, organisation"), "{table}");
        }
    }
}

#[test]
fn nothing_is_left_to_the_database_that_not_every_database_does() {
    for statement in statements() {
        let lower = statement.to_lowercase();
        for forbidden in
            ["trigger", "autoincrement", "current_timestamp", "now()", "default", "generated", "unique index"]
        {
            assert!(!lower.contains(forbidden), "{forbidden}: {statement}");
        }
    }
}
