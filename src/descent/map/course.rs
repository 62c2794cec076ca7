//! The state of many descents of a map side by side: what is asked of all of them at once is a column each.

use super::verdict::Stay;
use crate::descent::judge::GROWTH;

/// Lanes on their way, a column for each thing that is asked of all of them at once.
pub(super) struct Course {
    pub(super) lanes: Vec<Lane>,
    pub(super) start: Vec<Vec<f64>>,
    /// How far from the start a lane is gone.
    pub(super) reach: Vec<f64>,
    /// Above which loss it is gone.
    pub(super) most: Vec<f64>,
    /// Whether it was at a minimum at the last look.
    pub(super) inside: Vec<bool>,
    /// Whether it goes on; and how many do.
    pub(super) open: Vec<bool>,
    pub(super) left: usize,
}

impl Course {
    pub(super) fn new(taken: Taken) -> Self {
        let lanes: Vec<Lane> = taken.cells.into_iter().map(|cell| Lane { cell, ..Lane::default() }).collect();
        let count = lanes.len();
        let mut reach = vec![0.0; count];
        for column in &taken.start {
            reach.iter_mut().zip(column).for_each(|(reach, start)| *reach = f64::max(*reach, start.abs()));
        }
        reach.iter_mut().for_each(|reach| *reach = GROWTH * (1.0 + *reach));
        let most = vec![f64::INFINITY; count];
        let (inside, open) = (vec![false; count], vec![true; count]);
        Self { lanes, start: taken.start, reach, most, inside, open, left: count }
    }

    /// Leaves the lanes that are done behind, when they are worth the copying: gives those that go on.
    pub(super) fn shrink(&mut self) -> Option<Vec<usize>> {
        if self.left * 4 >= self.lanes.len() * 3 {
            return None;
        }
        let left: Vec<usize> = (0..self.lanes.len()).filter(|&lane| self.open[lane]).collect();
        let of = |column: &Vec<f64>| left.iter().map(|&lane| column[lane]).collect();
        self.start = self.start.iter().map(of).collect();
        (self.reach, self.most) = (of(&self.reach), of(&self.most));
        self.inside = left.iter().map(|&lane| self.inside[lane]).collect();
        self.lanes = left.iter().map(|&lane| self.lanes[lane]).collect();
        self.open = vec![true; left.len()];
        Some(left)
    }

    pub(super) fn close(&mut self, lane: usize) {
        self.left -= usize::from(std::mem::replace(&mut self.open[lane], false));
    }

    pub(super) fn start_of(&self, lane: usize) -> Vec<f64> {
        self.start.iter().map(|column| column[lane]).collect()
    }
}

/// A descent on its way.
#[derive(Clone, Copy, Default)]
pub(super) struct Lane {
    pub(super) cell: u32,
    pub(super) first_loss: f64,
    pub(super) stay: Stay,
}

/// What the optimizer takes of some cells: a column for each coordinate of the start and for each setting of one's own.
pub(super) struct Taken {
    pub(super) cells: Vec<u32>,
    pub(super) start: Vec<Vec<f64>>,
    pub(super) own: Vec<Vec<f64>>,
    /// The rate, that of the first lane where they differ.
    pub(super) rate: f64,
}
