//! Breaking a line of arithmetic where a reader would: before an operator, outside of brackets rather than inside.

/// The text in rows of at most `columns` characters, in a face of one width.
pub(super) fn wrap(text: &str, columns: usize) -> String {
    let columns = columns.max(8);
    let mut rest: Vec<char> = text.chars().collect();
    let mut rows: Vec<String> = Vec::new();
    while rest.len() > columns {
        let at = place(&rest, columns);
        let tail = rest.split_off(at);
        rows.push(rest.iter().collect::<String>().trim_end().to_owned());
        rest = tail.into_iter().skip_while(|c| *c == ' ').collect();
    }
    rows.push(rest.into_iter().collect());
    rows.join("\n")
}

/// Where to break: of all the places before an operator (or after a comma) the one in the fewest brackets, of those the
/// last; anywhere if there is none.
fn place(text: &[char], columns: usize) -> usize {
    let mut depth = 0i32;
    let mut best: Option<(i32, usize)> = None;
    for (k, c) in text.iter().enumerate().take(columns + 1) {
        let before = k.checked_sub(1).and_then(|k| text.get(k));
        let next = text.get(k + 1);
        let sign = matches!(c, '+' | '−') && before == Some(&' ') && next == Some(&' ');
        let operator = sign || matches!(c, '·' | '/');
        // After the sign of equality and a first term that nothing would be left of, a break helps nobody.
        if k > 2 && (operator || (*c == ' ' && before == Some(&','))) {
            // A sum is broken rather than a product.
            let rank = 2 * depth + i32::from(!sign);
            if best.is_none_or(|(least, _)| rank <= least) {
                best = Some((rank, k));
            }
        }
        depth += i32::from(*c == '(') - i32::from(*c == ')');
    }
    best.map_or(columns, |(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn sums_are_broken_before_products_and_brackets_last() {
        for (text, columns, rows) in [
            ("= 0.9·(1.000, 2.000) + 0.1·(3.000, 4.000)", 30, "= 0.9·(1.000, 2.000)\n+ 0.1·(3.000, 4.000)"),
            ("= sqrt(3.234, 12.10)/sqrt(1 − 0.999^7) + 1e−8", 30, "= sqrt(3.234, 12.10)\n/sqrt(1 − 0.999^7) + 1e−8"),
            ("= (1.000, 2.000)", 30, "= (1.000, 2.000)"),
            ("= (1.000, 2.000, 3.000, 4.000)", 20, "= (1.000, 2.000,\n3.000, 4.000)"),
            ("= 123456789012345", 10, "= 12345678\n9012345"),
        ] {
            assert_eq!(wrap(text, columns), rows);
        }
    }
}
