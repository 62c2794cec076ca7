//! What is plotted as files: a table of comma-separated values, or JSON.

use super::plotted::Plotted;
use crate::explain::shortest;

/// One table: what a row belongs to, its number there, and three numbers, named after those of the first part.
pub fn csv(parts: &[Plotted]) -> Vec<u8> {
    let names = parts.first().map(|part| part.columns.clone()).unwrap_or_default();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let [x, y, value] = names.each_ref().map(String::as_str);
    // Memory takes every row, and all rows have as many cells.
    _ = writer.write_record(["part", "series", "line", "row", x, y, value]);
    for (line, part) in parts.iter().enumerate() {
        for (row, numbers) in part.rows.iter().enumerate() {
            let [x, y, value] = numbers.map(shortest);
            let (line, row) = (line.to_string(), row.to_string());
            _ = writer.write_record([part.part, &part.series, &line, &row, &x, &y, &value]);
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// A list of parts, each with its rows.
pub fn json(parts: &[Plotted]) -> Vec<u8> {
    let list = |items: Vec<String>| format!("[{}]", items.join(","));
    let part = |part: &Plotted| {
        let columns = list(part.columns.iter().map(|name| quoted(name)).collect());
        let rows = list(part.rows.iter().map(|row| list(row.iter().map(|x| number(*x)).collect())).collect());
        let (what, series) = (quoted(part.part), quoted(&part.series));
        format!("{{\"part\":{what},\"series\":{series},\"columns\":{columns},\"rows\":{rows}}}")
    };
    format!("{}\n", list(parts.iter().map(part).collect())).into_bytes()
}

/// A number as JSON has it; words for what is not finite.
fn number(value: f64) -> String {
    if !value.is_finite() {
        quoted(&shortest(value))
    } else if value == 0.0 && value.is_sign_negative() {
        // Readers take `-0` for the integer 0.
        "-0.0".to_owned()
    } else {
        shortest(value)
    }
}

/// A text as JSON; serde's own escapes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
