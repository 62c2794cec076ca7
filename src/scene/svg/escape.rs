//! Text that a user wrote, as text of an XML file.

/// Appends a text as content: markup becomes entities, what XML does not allow is left out.
pub(super) fn push_text(file: &mut String, text: &str) {
    for c in text.chars().filter(|c| is_allowed(*c)) {
        match c {
            '&' => file.push_str("&amp;"),
            '<' => file.push_str("&lt;"),
            // `]]>` must not stand in a text.
            '>' => file.push_str("&gt;"),
            // A bare carriage return would be read as a line feed.
            '\r' => file.push_str("&#13;"),
            c => file.push(c),
        }
    }
}

/// The characters of XML 1.0; Rust's have no halves of surrogates.
fn is_allowed(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}') || matches!(c, '\t' | '\n' | '\r')
}
