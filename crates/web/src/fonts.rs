/// Faces that the pages share with the map, by file name; the pages' own lie in `assets/fonts`.
pub(crate) const SHARED: &[(&str, &[u8])] =
    &[("inter-italic.woff2", include_bytes!("../../map/fonts/inter-italic.woff2"))];
