//! The fonts inside a print sheet.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use faces::Face;

/// A style element with every face as WOFF2.
pub(super) fn fonts() -> String {
    let face = |face: Face| {
        let style = if face.is_italic() { "italic" } else { "normal" };
        let (weight, data) = (face.weight(), STANDARD.encode(face.woff2()));
        format!(
            "@font-face{{font-family:Inter;font-weight:{weight};font-style:{style};src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    };
    let faces: String = Face::ALL.map(face).concat();
    format!("<style>{faces}</style>\n")
}
