//! What a figure plots, as tables.

use crate::cli::failure::Failure;
use crate::cli::json::Json;
use crate::cli::number::shortest;
use crate::figure::Plotted;

/// One table: what a row belongs to, its number there, and three numbers, named after those of the first part.
pub(super) fn csv(parts: &[Plotted]) -> Result<Vec<u8>, Failure> {
    let failed = |error: csv::Error| Failure::Machine(error.to_string());
    let names = parts.first().map(|part| part.columns.clone()).unwrap_or_default();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let [x, y, value] = names.each_ref().map(String::as_str);
    writer.write_record(["part", "series", "line", "row", x, y, value]).map_err(failed)?;
    for (line, part) in parts.iter().enumerate() {
        for (row, numbers) in part.rows.iter().enumerate() {
            let [x, y, value] = numbers.map(shortest);
            let (line, row) = (line.to_string(), row.to_string());
            writer.write_record([part.part, &part.series, &line, &row, &x, &y, &value]).map_err(failed)?;
        }
    }
    writer.into_inner().map_err(|error| Failure::Machine(error.to_string()))
}

/// A list of parts, each with its rows.
pub(super) fn json(parts: &[Plotted]) -> Vec<u8> {
    let part = |part: &Plotted| {
        Json::object([
            ("part", Json::text(part.part)),
            ("series", Json::text(part.series.as_str())),
            ("columns", Json::List(part.columns.iter().map(|name| Json::text(name.as_str())).collect())),
            ("rows", Json::List(part.rows.iter().map(|row| Json::numbers(row)).collect())),
        ])
    };
    format!("{}\n", Json::List(parts.iter().map(part).collect())).into_bytes()
}
