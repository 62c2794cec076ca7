//! What a map says in words: its axes, its cells.

use super::work::Drawn;
use crate::app::widgets::show_number;
use crate::descent::map::{Axis, Cell, Fate, Varied};
use crate::i18n::{self, Lang, fill};
use crate::optim::OptimizerSpec;

/// The name of what an axis varies, with its symbol.
pub(super) fn axis_name(axis: &Axis, optimizer: &OptimizerSpec, variables: &[String], lang: Lang) -> String {
    match axis.what {
        Varied::Start(k) => {
            fill(lang, "app.maps.start_of", &[("variable", &variables.get(k).map_or("", String::as_str))])
        }
        Varied::Hyper(index) => {
            let hyper = optimizer.hyperparameters.get(index);
            hyper.map_or_else(String::new, |hyper| {
                format!("{} {}", hyper.word.get(lang), hyper.symbol).trim().to_owned()
            })
        }
    }
}

/// The short name at an axis.
pub(super) fn axis_symbol(axis: &Axis, optimizer: &OptimizerSpec, variables: &[String]) -> String {
    match axis.what {
        Varied::Start(k) => variables.get(k).cloned().unwrap_or_default(),
        Varied::Hyper(index) => {
            optimizer.hyperparameters.get(index).map_or_else(String::new, |hyper| hyper.symbol.clone())
        }
    }
}

/// A place as coordinates.
pub(super) fn place(at: &[f64]) -> String {
    let coordinates: Vec<String> = at.iter().map(|x| show_number(if x.abs() < 1e-9 { 0.0 } else { *x }, 3)).collect();
    if coordinates.len() == 1 { coordinates.concat() } else { format!("({})", coordinates.join(", ")) }
}

/// A fate in the legend.
pub(super) fn fate(drawn: &Drawn, fate: Fate, lang: Lang) -> String {
    match fate {
        Fate::Arrived(minimum) => {
            let at = drawn.map.spec.targets.minima.get(usize::from(minimum)).map(|at| place(at)).unwrap_or_default();
            format!("{}  {at}", minimum + 1)
        }
        Fate::Lost => i18n::text(lang, "app.maps.lost").to_owned(),
        Fate::Diverged | Fate::NonFinite => i18n::text(lang, "app.maps.diverged").to_owned(),
        Fate::Impossible => i18n::text(lang, "app.maps.impossible").to_owned(),
        Fate::Unknown => i18n::text(lang, "app.maps.unknown").to_owned(),
    }
}

/// What became of a cell, in a sentence.
pub(super) fn cell(drawn: &Drawn, cell: Cell, lang: Lang) -> String {
    let steps = cell.steps;
    match cell.fate {
        Fate::Arrived(minimum) => {
            let at = drawn.map.spec.targets.minima.get(usize::from(minimum)).map(|at| place(at)).unwrap_or_default();
            fill(lang, "app.maps.cell_arrived", &[("number", &(minimum + 1)), ("place", &at), ("steps", &steps)])
        }
        Fate::Lost => fill(lang, "app.maps.cell_lost", &[("steps", &steps)]),
        Fate::Diverged => fill(lang, "app.maps.cell_diverged", &[("steps", &steps)]),
        Fate::NonFinite => fill(lang, "app.maps.cell_nonfinite", &[("steps", &steps)]),
        Fate::Impossible => i18n::text(lang, "app.maps.cell_impossible").to_owned(),
        Fate::Unknown => i18n::text(lang, "app.maps.unknown").to_owned(),
    }
}

/// The rule by which a map judges.
pub(super) fn rule(drawn: &Drawn, lang: Lang) -> String {
    let looks = crate::descent::map::verdict::LOOK * usize::from(crate::descent::map::verdict::LOOKS - 1);
    let radius = show_number(drawn.map.spec.targets.radius, 3);
    let (every, steps) = (crate::descent::map::verdict::LOOK, drawn.map.spec.base.limit);
    fill(lang, "app.maps.rule", &[("radius", &radius), ("looks", &looks), ("every", &every), ("steps", &steps)])
}
