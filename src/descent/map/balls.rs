//! A unit of a map ball by ball: for methods that are no rules, and for rates that depend on the loss.

use super::axis::Varied;
use super::spec::MapSpec;
use super::verdict::{Cell, Fate, of_descent};
use crate::descent::Descent;

/// A ball that is started again and again.
pub(super) struct Balls<'a> {
    spec: &'a MapSpec,
    ball: Option<Descent>,
}

impl<'a> Balls<'a> {
    pub(super) fn new(spec: &'a MapSpec) -> Self {
        Self { spec, ball: None }
    }

    /// Descends in these cells; gives up when `cancelled` says so.
    pub(super) fn run(&mut self, cells: &[u32], cancelled: &dyn Fn() -> bool) -> Vec<(u32, Cell)> {
        let mut out = Vec::with_capacity(cells.len());
        for &cell in cells {
            if cancelled() {
                break;
            }
            out.push((cell, self.one(cell as usize)));
        }
        out
    }

    /// Where the descents of these cells end.
    pub(super) fn ends(&mut self, cells: &[u32], cancelled: &dyn Fn() -> bool) -> Vec<Vec<f64>> {
        let mut ends = Vec::with_capacity(cells.len());
        for &cell in cells {
            if cancelled() {
                break;
            }
            ends.extend(self.descend(cell as usize).map(|ball| ball.last().w.to_vec()));
        }
        ends
    }

    fn one(&mut self, cell: usize) -> Cell {
        let spec = self.spec;
        match self.descend(cell) {
            Some(ball) => of_descent(ball, &spec.targets, spec.base.limit),
            None => Cell { fate: Fate::Impossible, steps: 0 },
        }
    }

    /// The ball of a cell at its end; none of a setting that the optimizer does not take.
    fn descend(&mut self, cell: usize) -> Option<&Descent> {
        let spec = self.spec.descent(cell);
        // A ball is compiled anew only where a setting besides the rate is another.
        let same = self.spec.axes.iter().all(|axis| matches!(axis.what, Varied::Start(_) | Varied::Hyper(0)));
        let again = self.ball.as_mut().is_some_and(|ball| same && ball.restart(&spec.start, spec.rate()).is_ok());
        if !again {
            self.ball = Descent::new(spec).ok();
        }
        let ball = self.ball.as_mut()?;
        ball.finish();
        Some(ball)
    }
}
