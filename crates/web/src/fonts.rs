/// Faces that the pages share with the map and the letters, by file name; the pages' own lie in `assets/fonts`.
pub(crate) const SHARED: &[(&str, &[u8])] =
    &[("inter-italic.woff2", include_bytes!("../../faces/fonts/inter-italic.woff2"))];
