//! Points that are painted by mouse: how a data set becomes points of one's own, and what the brush does to them.

use std::sync::Arc;

use super::plane::{NetPlane, target};
use crate::nn::data::{DataSpec, Painted, Source, Task};

/// The most points that are taken over.
const MOST: usize = 400;
/// The classes that can be painted.
pub(in crate::app) const CLASSES: usize = 2;

/// Points of one's own, begun with those of the data that is shown where it lies in the plane and has two classes.
pub(in crate::app) fn own(plane: Option<&NetPlane>, spec: &DataSpec) -> DataSpec {
    let two = spec.task() == Ok(Task::Binary);
    let points = plane.filter(|plane| plane.flat && two).map_or_else(first, |plane| {
        let data = &plane.raw.train;
        let rows = 0..data.rows().min(MOST);
        rows.map(|row| Painted { at: plane.place(data, row).map(rounded), value: target(data, row) }).collect()
    });
    with(spec, points, 0.0)
}

/// A point of each class: a net needs something to learn.
pub(in crate::app) fn first() -> Vec<Painted> {
    vec![Painted { at: [-2.0, -2.0], value: 0.0 }, Painted { at: [2.0, 2.0], value: 1.0 }]
}

/// The data with these points.
pub(in crate::app) fn with(spec: &DataSpec, points: Vec<Painted>, test: f64) -> DataSpec {
    let source = Source::Painted { task: Task::Binary, plane: true, points: Arc::new(points) };
    DataSpec { source, rows: 2, noise: 0.0, classes: CLASSES, seed: spec.seed, test, features: spec.features.clone() }
}

/// The points after a touch of the brush at a place: one more of a class, or those within `reach` gone. None where
/// nothing changes.
pub(in crate::app) fn touched(spec: &DataSpec, at: [f64; 2], class: usize, reach: f64) -> Option<DataSpec> {
    let Source::Painted { points, .. } = &spec.source else { return None };
    let mut next = points.to_vec();
    if class < CLASSES {
        next.push(Painted { at: at.map(rounded), value: class as f64 });
    } else {
        let near = |point: &Painted| {
            let [dx, dy] = [point.at[0] - at[0], point.at[1] - at[1]];
            dx * dx + dy * dy <= reach * reach
        };
        next.retain(|point| !near(point));
        // The last two stay: without a point there is nothing to learn.
        if next.len() == points.len() || next.len() < 2 {
            return None;
        }
    }
    Some(with(spec, next, spec.test))
}

/// As many digits as a hand can mean.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
