//! The minima that a map tells apart: those that are known, and those where descents end.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::spec::MapSpec;
use super::verdict::{Targets, nearest_pair};
use super::{Balls, Lanes};
use crate::num::linalg::{eigen, norm_max, solve};
use crate::objective::{Evaluator, Objective};

/// The radius of a minimum, in widths of the picture; less where two minima lie closer.
const RADIUS: f64 = 0.01;
/// Places nearer than this, in widths of the picture, are one.
const SAME: f64 = 2e-3;
/// How far from where a descent ended its minimum may lie, in widths of the picture.
const REACH: f64 = 0.15;
/// The most minima, and the most of those that have no curvature: more are a valley, not points.
const MOST: usize = 64;
const MOST_FLAT: usize = 8;
/// The most places that are looked into.
const MOST_PLACES: usize = 400;
/// Cells along a side of the coarse map whose descents find the minima.
const COARSE: usize = 32;

/// The minima for a map: the known ones, and where descents from a coarse grid of its cells lead to. `width` is the larger
/// side of the picture in the variables. None if it was given up.
pub fn scout(spec: &MapSpec, known: &[Vec<f64>], width: f64, cancelled: &dyn Fn() -> bool) -> Option<Targets> {
    let coarse = spec.of_size(spec.size.map(|n| n.min(COARSE)));
    let mut ends = Vec::new();
    let rule = coarse.rule();
    let mut lanes = rule.and_then(|rule| Lanes::new(&coarse, rule).ok());
    let mut balls = Balls::new(&coarse);
    for unit in coarse.units() {
        ends.extend(match &mut lanes {
            Some(lanes) => lanes.ends(&unit, cancelled),
            None => balls.ends(&unit, cancelled),
        });
        if cancelled() {
            return None;
        }
    }
    Some(find_targets(&spec.base.objective, known, &ends, width))
}

/// The minima: the known ones, and those near where descents ended.
pub fn find_targets(objective: &Arc<dyn Objective>, known: &[Vec<f64>], ends: &[Vec<f64>], width: f64) -> Targets {
    let mut minima: Vec<Vec<f64>> = known.to_vec();
    let mut flat: Vec<Vec<f64>> = Vec::new();
    let mut evaluator = Evaluator::new(objective.clone());
    let near =
        |points: &[Vec<f64>], place: &[f64]| points.iter().any(|point| apart(point, place) <= 2.5 * SAME * width);
    for place in places(ends, width) {
        if near(&minima, &place) {
            continue;
        }
        match refine(&mut evaluator, &place, width) {
            Some((minimum, curved)) if !near(&minima, &minimum) && !near(&flat, &minimum) => {
                if curved {
                    minima.push(minimum)
                } else {
                    flat.push(minimum)
                }
            }
            _ => {}
        }
    }
    if flat.len() <= MOST_FLAT {
        minima.append(&mut flat);
    }
    let mut valued: Vec<(f64, Vec<f64>)> = minima.into_iter().map(|at| (evaluator.value(&at), at)).collect();
    valued.sort_by(|a, b| a.0.total_cmp(&b.0));
    valued.truncate(MOST);
    let mut minima: Vec<Vec<f64>> = valued.into_iter().map(|(_, at)| at).collect();
    // By position, so that colors stay where they are while a map is made again.
    minima.sort_by(|a, b| {
        a.iter().zip(b).map(|(a, b)| a.total_cmp(b)).find(|o| o.is_ne()).unwrap_or(a.len().cmp(&b.len()))
    });
    let radius = (RADIUS * width).min(nearest_pair(&minima) / 3.0);
    Targets { minima, radius }
}

/// The largest difference of a coordinate.
fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |most, (a, b)| f64::max(most, (a - b).abs()))
}

/// Different places where descents ended, those of the most descents first.
fn places(ends: &[Vec<f64>], width: f64) -> Vec<Vec<f64>> {
    let mut counted: BTreeMap<Vec<i64>, (usize, &Vec<f64>)> = BTreeMap::new();
    for end in ends.iter().filter(|end| end.iter().all(|x| x.abs() <= 1e6 * (1.0 + width))) {
        let key = end.iter().map(|x| (x / (SAME * width)).round() as i64).collect();
        counted.entry(key).or_insert((0, end)).0 += 1;
    }
    let mut counted: Vec<(usize, &Vec<f64>)> = counted.into_values().collect();
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counted.into_iter().take(MOST_PLACES).map(|(_, end)| end.clone()).collect()
}

/// The minimum near a place, and whether it is curved in all directions; by Newton's method where that leads to one, else
/// by a search along the axes that needs no slope.
fn refine(evaluator: &mut Evaluator, place: &[f64], width: f64) -> Option<(Vec<f64>, bool)> {
    let reach = REACH * width;
    if let Some(minimum) = newton(evaluator, place, reach) {
        return Some((minimum, true));
    }
    let mut at = place.to_vec();
    let mut best = evaluator.value(&at);
    let mut step = RADIUS * width;
    while step > 1e-9 * width && best.is_finite() {
        let mut better = false;
        for k in 0..at.len() {
            for by in [step, -step] {
                let mut tried = at.clone();
                tried[k] += by;
                let value = evaluator.value(&tried);
                if value < best {
                    (at, best, better) = (tried, value, true);
                }
            }
        }
        if apart(&at, place) > reach {
            return None;
        }
        if !better {
            step /= 2.0;
        }
    }
    // A floor is no minimum: every way out must lead up.
    let out = 0.5 * RADIUS * width;
    let ways: &[[f64; 2]] = &[[1.0, 0.0], [0.0, 1.0], [0.7, 0.7], [0.7, -0.7]];
    let up = ways.iter().flat_map(|way| [1.0, -1.0].map(|sign| way.map(|part| part * sign * out))).all(|way| {
        let tried: Vec<f64> = at.iter().zip(way).map(|(x, by)| x + by).collect();
        tried == at || evaluator.value(&tried) > best
    });
    (up && best.is_finite()).then_some((at, false))
}

/// Newton's method while all curves upward.
fn newton(evaluator: &mut Evaluator, place: &[f64], reach: f64) -> Option<Vec<f64>> {
    let n = place.len();
    let mut at = place.to_vec();
    let (mut gradient, mut hessian) = (vec![0.0; n], vec![0.0; n * n]);
    for _ in 0..60 {
        evaluator.hessian(&at, &mut gradient, &mut hessian);
        if gradient.iter().chain(&hessian).any(|x| !x.is_finite()) {
            return None;
        }
        let curvatures = eigen(n, &hessian).values;
        let (least, most) = (curvatures.first().copied()?, curvatures.last().copied()?);
        if least <= 1e-9 * most.abs() {
            return None;
        }
        let step = solve(&hessian, &gradient).ok()?;
        at.iter_mut().zip(&step).for_each(|(x, by)| *x -= by);
        if apart(&at, place) > reach {
            return None;
        }
        if norm_max(&step) <= 1e-12 * (1.0 + norm_max(&at)) {
            return Some(at);
        }
    }
    None
}
