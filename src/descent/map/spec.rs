//! What a map is made of: a descent, what of it varies along the two sides, and the minima to be told apart.

use std::sync::Arc;

use super::axis::{Axis, Varied};
use super::verdict::{Cell, Fate, Targets};
use crate::descent::{Spec, StopRule};
use crate::lang::Rule;
use crate::optim::Method;

/// Everything that decides a map: equal specs give equal maps.
#[derive(Clone)]
pub struct MapSpec {
    /// The descent; its stop rule is [`StopRule::Auto`], its limit the number of steps.
    pub base: Spec,
    /// What varies across and up.
    pub axes: [Axis; 2],
    /// Cells across and up.
    pub size: [usize; 2],
    /// The minima.
    pub targets: Arc<Targets>,
}

/// A map, or as much of it as is there already.
#[derive(Clone)]
pub struct Map {
    /// What it is made of.
    pub spec: MapSpec,
    /// The cells, row by row, the lowest row first.
    pub cells: Vec<Cell>,
}

impl MapSpec {
    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.size[0] * self.size[1]
    }

    /// The same map with other cells.
    pub fn of_size(&self, size: [usize; 2]) -> Self {
        Self { size, ..self.clone() }
    }

    /// The values of the two sides in a cell.
    pub fn values(&self, cell: usize) -> [f64; 2] {
        let [across, _] = self.size;
        let place = [cell % across.max(1), cell / across.max(1)];
        [0, 1].map(|k| self.axes[k].value(place[k], self.size[k]))
    }

    /// The descent of a cell.
    pub fn descent(&self, cell: usize) -> Spec {
        let mut spec = Spec { stop: StopRule::Auto, ..self.base.clone() };
        for (axis, value) in self.axes.iter().zip(self.values(cell)) {
            let slot = match axis.what {
                Varied::Start(k) => spec.start.get_mut(k),
                Varied::Hyper(index) => spec.settings.get_mut(index),
            };
            if let Some(slot) = slot {
                *slot = value;
            }
        }
        spec
    }

    /// The side that varies a hyperparameter, if one does.
    pub(super) fn side_of(&self, what: Varied) -> Option<usize> {
        self.axes.iter().position(|axis| axis.what == what)
    }

    /// The rule by which many descents can be made at once; none where each must go alone: a native method, rates that
    /// depend on the loss, a momentum that moves, mini-batches, more data than a plan of lanes should unroll. (Lanes sum over
    /// the rows in another order than a ball does, so with data the two agree but for rounding.)
    pub(super) fn rule(&self) -> Option<&Rule> {
        let rows = self.base.objective.data().map_or(0, |data| data.rows());
        match &self.base.optimizer.method {
            _ if self.base.schedule.as_ref().is_some_and(|s| s.watches_metric() || s.moves_momentum()) => None,
            _ if self.base.batches().is_some() || rows > UNROLLED => None,
            Method::Rule { rule, .. } => Some(rule),
            Method::Native(_) => None,
        }
    }

    /// The cells of one unit of work each. Those of a unit share their rates step by step, unless each lane has its own.
    pub(super) fn units(&self) -> Vec<Vec<u32>> {
        let all = 0..self.cells() as u32;
        let [across, up] = self.size.map(|n| n as u32);
        match self.side_of(Varied::Hyper(0)).filter(|_| self.base.schedule.is_some() && self.rule().is_some()) {
            Some(0) => (0..across).map(|x| (0..up).map(|y| y * across + x).collect()).collect(),
            Some(_) => (0..up).map(|y| (y * across..(y + 1) * across).collect()).collect(),
            None => {
                let unit = if self.rule().is_some() { LANES } else { BALLS };
                let all: Vec<u32> = all.collect();
                all.chunks(unit).map(<[u32]>::to_vec).collect()
            }
        }
    }
}

/// Descents of a unit of work: lanes side by side, or balls one after the other.
const LANES: usize = 2048;
const BALLS: usize = 64;
/// The most rows of data whose loss is unrolled for lanes.
const UNROLLED: usize = 256;

impl Map {
    /// The cell that two values lie in.
    pub fn cell_of(&self, values: [f64; 2]) -> usize {
        let [x, y] = [0, 1].map(|k| self.spec.axes[k].cell(values[k], self.spec.size[k]));
        y * self.spec.size[0] + x
    }

    /// The cell that arrives in the fewest steps; the first of equal ones.
    pub fn best(&self) -> Option<usize> {
        let arrived = self.cells.iter().enumerate().filter(|(_, cell)| matches!(cell.fate, Fate::Arrived(_)));
        arrived.min_by_key(|(_, cell)| cell.steps).map(|(index, _)| index)
    }

    /// The same map with more cells, each taken from where it lies in this one: what is shown until they are computed.
    pub fn enlarged(&self, size: [usize; 2]) -> Self {
        let spec = self.spec.of_size(size);
        let from =
            |k: usize, at: usize| (at * self.spec.size[k] / size[k].max(1)).min(self.spec.size[k].saturating_sub(1));
        let cell = |index: usize| {
            let (x, y) = (index % size[0].max(1), index / size[0].max(1));
            self.cells.get(from(1, y) * self.spec.size[0] + from(0, x)).copied().unwrap_or_default()
        };
        let cells = (0..spec.cells()).map(cell).collect();
        Self { spec, cells }
    }
}
