//! The cells of a map as rows: the values of the two sides, what became of the descent, and where it went.

use super::super::args::Format;
use super::super::failure::Failure;
use super::super::json::Json;
use super::super::number::shortest;
use super::super::output::Output;
use crate::descent::map::{Cell, Fate, Map};
use crate::session::varied_name;
use crate::surface::Surface;

/// Writes all cells, the lowest row first.
pub(super) fn write(out: &mut Output, format: Format, map: &Map, surface: &Surface) -> Result<(), Failure> {
    let optimizer = &map.spec.base.optimizer;
    let names = map.spec.axes.map(|axis| varied_name(axis.what, optimizer, &surface.variables).to_owned());
    match format {
        Format::Csv => {
            let to = surface.variables.iter().map(|variable| format!(",minimum_{variable}")).collect::<String>();
            out.write(format!("{},{},outcome,steps{to}\n", names[0], names[1]).as_bytes())?;
            for (index, cell) in map.cells.iter().enumerate() {
                let [across, up] = map.spec.values(index).map(shortest);
                let steps = cell.steps;
                let to: Vec<String> = match minimum(map, *cell) {
                    Some(at) => at.iter().map(|x| shortest(*x)).collect(),
                    None => vec![String::new(); surface.dimension],
                };
                out.write(format!("{across},{up},{},{steps},{}\n", outcome(cell.fate), to.join(",")).as_bytes())?;
            }
        }
        Format::Json => {
            let minima = Json::List(map.spec.targets.minima.iter().map(|at| Json::numbers(at)).collect());
            let head = format!(
                "{{\"surface\":{},\"formula\":{},\"optimizer\":{},\"steps\":{},\"radius\":{},\"minima\":{minima},\"rows\":[",
                Json::optional(surface.id.as_deref()),
                Json::text(surface.source.as_str()),
                Json::text(optimizer.id.as_str()),
                map.spec.base.limit,
                Json::Number(map.spec.targets.radius),
            );
            out.write(head.as_bytes())?;
            for (index, cell) in map.cells.iter().enumerate() {
                let [across, up] = map.spec.values(index);
                let row = Json::Object(vec![
                    (names[0].clone(), Json::Number(across)),
                    (names[1].clone(), Json::Number(up)),
                    ("outcome".to_owned(), Json::text(outcome(cell.fate))),
                    ("steps".to_owned(), Json::Count(u64::from(cell.steps))),
                    ("minimum".to_owned(), minimum(map, *cell).map_or(Json::Null, Json::numbers)),
                ]);
                out.write(format!("{}{row}", if index > 0 { "," } else { "" }).as_bytes())?;
            }
            out.write(b"]}\n")?;
        }
    }
    Ok(())
}

fn minimum(map: &Map, cell: Cell) -> Option<&[f64]> {
    let Fate::Arrived(minimum) = cell.fate else { return None };
    map.spec.targets.minima.get(usize::from(minimum)).map(Vec::as_slice)
}

/// A word for scripts.
fn outcome(fate: Fate) -> &'static str {
    match fate {
        Fate::Unknown => "unknown",
        Fate::Arrived(_) => "arrived",
        Fate::Lost => "not_arrived",
        Fate::Diverged => "diverged",
        Fate::NonFinite => "nonfinite",
        Fate::Impossible => "impossible",
    }
}
