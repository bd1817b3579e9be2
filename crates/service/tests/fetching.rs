//! Sources that we fetch from: nothing is lost, nothing comes twice, one bad row harms no other, and what goes wrong is told.

mod fetching {
    mod nights;
    mod polls;
    pub(crate) mod world;
}
