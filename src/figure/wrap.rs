//! Lines of a text that are not wider than there is room.

/// Breaks a text between words (in Hangul, too, between words: a syllable alone is no line) so that no line is wider than
/// `room`; a word that is wider by itself is broken where it must. At most `most` lines: what is more ends in `…`.
pub(super) fn wrap(text: &str, room: f64, most: usize, width: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if width(&longer) <= room {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = word.to_owned();
            // Where there is less than no room, nothing is no line either.
            while !line.is_empty() && width(&line) > room {
                let end = fits(&line, room, &width);
                let rest = line.split_off(end);
                lines.push(std::mem::replace(&mut line, rest));
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
    }
    if lines.len() > most.max(1) {
        lines.truncate(most.max(1));
        if let Some(last) = lines.last_mut() {
            *last = elided(&format!("{last} …"), room, &width);
        }
    }
    lines
}

/// A text, or as much of it as there is room for with `…` at its end.
pub(super) fn elided(text: &str, room: f64, width: &impl Fn(&str) -> f64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let body = text.trim_end_matches('…').trim_end();
    let ends: Vec<usize> = body.char_indices().map(|(at, _)| at).collect();
    let shortened = |end: &usize| format!("{}…", body[..*end].trim_end());
    let count = ends.partition_point(|end| width(&shortened(end)) <= room);
    count.checked_sub(1).and_then(|k| ends.get(k)).map_or_else(String::new, shortened)
}

/// How many bytes of a word fit, at least one character.
fn fits(word: &str, room: f64, width: &impl Fn(&str) -> f64) -> usize {
    let ends: Vec<usize> = word.char_indices().skip(1).map(|(at, _)| at).chain([word.len()]).collect();
    let count = ends.partition_point(|end| width(&word[..*end]) <= room);
    ends.get(count.saturating_sub(1)).copied().unwrap_or(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> f64 {
        text.chars().count() as f64
    }

    #[test]
    fn lines_are_no_wider_than_the_room() {
        for (text, room, most, want) in [
            ("a short one", 20.0, 3, vec!["a short one"]),
            ("one two three four", 9.0, 3, vec!["one two", "three", "four"]),
            ("one two three four", 9.0, 2, vec!["one two", "three …"]),
            ("한글로 쓴 문장", 5.0, 3, vec!["한글로 쓴", "문장"]),
            ("abcdefghij", 4.0, 3, vec!["abcd", "efgh", "ij"]),
            ("a\nb", 9.0, 3, vec!["a", "b"]),
            ("abc", 0.5, 2, vec!["a", ""]),
            ("abc", -1.0, 2, vec!["a", ""]),
            ("", 9.0, 3, vec![]),
        ] {
            assert_eq!(wrap(text, room, most, count), want, "{text}");
        }
        assert_eq!(elided("momentum", 4.0, &count), "mom…");
        assert_eq!(elided("momentum", 8.0, &count), "momentum");
    }
}
