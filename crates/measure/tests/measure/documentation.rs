use measure::definitions::ALL;

/// Every name that a figure can carry has its line in `docs/MEASURES.md`, and the other way round.
#[test]
fn every_figure_is_defined() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/MEASURES.md");
    let text = std::fs::read_to_string(path).unwrap();
    let defined: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    for name in ALL {
        assert_eq!(defined.iter().filter(|other| other == &name).count(), 1, "{name}");
    }
    assert_eq!(defined.len(), ALL.len(), "docs/MEASURES.md defines a figure that nothing gives");
}
