//! The tape: a training that can be wound to any step. It keeps checkpoints at a stated spacing, thinned where they
//! grow old so that memory is bounded, and makes a step again from the nearest one before it: the same to the bit.
//!
//! It knows no clock: whoever advances it says how far, and how densely it is to keep.

use std::sync::Arc;

use super::{Curve, CurvePoint, Program};
use crate::nn::{BatchStep, Checkpoint, Measure, Place, Stop, Training, TrainingError};

/// A place to begin again from: before the changes of a leg that begins there are made.
struct Keep {
    step: usize,
    checkpoint: Checkpoint,
}

/// A training on its way, and what was kept of the way.
pub struct Tape {
    program: Arc<Program>,
    training: Training,
    step: usize,
    /// The leg that is in force.
    leg: usize,
    /// In the order of their steps; the first is the beginning.
    keeps: Vec<Keep>,
    spacing: usize,
    most: usize,
    reached: usize,
    last: Option<BatchStep>,
    curve: Curve,
    path: Way,
}

/// The weights at the beginning of epochs, of a net that is not large: never more than [`Way::MOST`] places.
struct Way {
    places: Vec<(usize, Vec<f64>)>,
    stride: usize,
    epochs: usize,
}

impl Way {
    const MOST: usize = 160;
    /// The most parameters of a net whose way is kept.
    const LARGEST: usize = 5000;

    fn note(&mut self, step: usize, weights: Vec<f64>) {
        if self.places.last().is_some_and(|(last, _)| *last >= step) {
            return;
        }
        self.epochs += 1;
        if (self.epochs - 1).is_multiple_of(self.stride) {
            self.places.push((step, weights));
        }
        if self.places.len() > Self::MOST {
            self.stride *= 2;
            let mut keep = false;
            self.places.retain(|_| {
                keep = !keep;
                keep
            });
        }
    }
}

impl Tape {
    /// How many steps lie between checkpoints, unless somebody says otherwise.
    pub const SPACING: usize = 64;
    /// The most memory for checkpoints, in numbers.
    const NUMBERS: usize = 24 << 20;
    /// The most checkpoints.
    const MOST: usize = 512;

    /// A training at its beginning.
    ///
    /// # Errors
    /// What does not go together in the program.
    pub fn new(program: Arc<Program>) -> Result<Self, TrainingError> {
        let training = training(&program)?;
        // A checkpoint holds the weights and about two states of each.
        let most = (Self::NUMBERS / (3 * program.weights.len()).max(1)).clamp(4, Self::MOST);
        let keeps = vec![Keep { step: 0, checkpoint: training.checkpoint() }];
        let mut tape = Self {
            program,
            training,
            step: 0,
            leg: 0,
            keeps,
            spacing: Self::SPACING,
            most,
            reached: 0,
            last: None,
            curve: Curve::default(),
            path: Way { places: Vec::new(), stride: 1, epochs: 0 },
        };
        tape.enter_leg()?;
        Ok(tape)
    }

    /// Follows another program. What was made alike is kept; where nothing was, it begins anew. The tape then stands at
    /// the last step that both have in common, or where it stood.
    ///
    /// # Errors
    /// What does not go together in the program.
    pub fn follow(&mut self, program: Arc<Program>) -> Result<(), TrainingError> {
        if Arc::ptr_eq(&program, &self.program) {
            return Ok(());
        }
        let Some(common) = self.program.common_steps(&program) else {
            let spacing = self.spacing;
            *self = Self::new(program)?;
            self.spacing = spacing;
            return Ok(());
        };
        // Whether the leg that ends here has changed something at its very step already.
        let began = self.program.legs.iter().any(|leg| leg.since == common);
        let fresh = self.step == common && !began && self.training.stopped().is_none();
        if fresh {
            self.keep();
        }
        self.program = program;
        if common == usize::MAX {
            return Ok(());
        }
        // A leg that begins at `common` changes what follows, not how that step was reached.
        self.keeps.retain(|keep| keep.step <= common);
        self.curve.cut(common);
        self.path.places.retain(|(step, _)| *step <= common);
        self.reached = self.reached.min(common);
        if fresh {
            return self.enter_leg();
        }
        if self.step >= common {
            self.restore(self.nearest(common))?;
            while self.step < common.min(self.reached) && self.advance() {}
        }
        Ok(())
    }

    /// Makes one step; false where it cannot go on, because a value is not finite.
    pub fn advance(&mut self) -> bool {
        if self.training.stopped().is_some() {
            return false;
        }
        self.measure_epoch();
        let made = self.training.step();
        self.step += 1;
        self.last = Some(made);
        self.reached = self.reached.max(self.step);
        if self.step.is_multiple_of(self.spacing) {
            self.keep();
        }
        if self.enter_leg().is_err() {
            return false;
        }
        self.training.stopped().is_none()
    }

    /// Stands where `step` can be reached from by advancing: there, or at the nearest checkpoint before it; it stays
    /// where it is when that is nearer still.
    ///
    /// # Errors
    /// What does not go together in the program.
    pub fn rewind(&mut self, step: usize) -> Result<(), TrainingError> {
        let place = self.nearest(step);
        let from = self.keeps.get(place).map_or(0, |keep| keep.step);
        if self.step <= step && self.step >= from && self.training.stopped().is_none() {
            return Ok(());
        }
        self.restore(place)
    }

    /// The place of the last checkpoint that is not behind a step.
    fn nearest(&self, step: usize) -> usize {
        self.keeps.partition_point(|keep| keep.step <= step).saturating_sub(1)
    }

    /// Goes back to the checkpoint at this place.
    fn restore(&mut self, place: usize) -> Result<(), TrainingError> {
        let Some(keep) = self.keeps.get(place) else { return Ok(()) };
        // The checkpoint was taken under the leg before the one that may begin there.
        self.leg = self.program.leg_at(keep.step.saturating_sub(1));
        if let Some(leg) = self.program.legs.get(self.leg) {
            self.training.set_recipe(&leg.recipe)?;
        }
        self.training.restore(&keep.checkpoint);
        (self.step, self.last) = (keep.step, None);
        self.enter_leg()
    }

    /// Keeps a checkpoint of the present step, so that winding back to it costs nothing.
    pub fn keep(&mut self) {
        // Behind a change that the hand has made at this very step the way here cannot be told from a checkpoint.
        let entered = self.program.legs.get(self.leg).is_some_and(|leg| leg.since == self.step && self.step > 0);
        let place = self.keeps.partition_point(|keep| keep.step < self.step);
        if entered || self.training.stopped().is_some() || self.keeps.get(place).is_some_and(|k| k.step == self.step) {
            return;
        }
        let keep = Keep { step: self.step, checkpoint: self.training.checkpoint() };
        self.keeps.insert(place, keep);
        if self.keeps.len() > self.most {
            self.thin();
        }
    }

    /// Takes out the checkpoint that is missed least: the gap that it leaves is small beside its age.
    fn thin(&mut self) {
        let newest = self.keeps.last().map_or(0, |keep| keep.step);
        let cost = |window: &[Keep]| match window {
            [before, keep, after] => (after.step - before.step) as f64 / (newest - keep.step + 1) as f64,
            _ => f64::INFINITY,
        };
        let costs = self.keeps.windows(3).map(cost).enumerate();
        if let Some((place, _)) = costs.min_by(|(_, a), (_, b)| a.total_cmp(b)) {
            self.keeps.remove(place + 1);
        }
    }

    /// Makes the changes of the leg that begins at the present step, if one does.
    fn enter_leg(&mut self) -> Result<(), TrainingError> {
        let next = self.program.leg_at(self.step);
        let begins = self.program.legs.get(next).is_some_and(|leg| leg.since == self.step);
        if next == self.leg && !(begins && self.step == 0) {
            return Ok(());
        }
        self.leg = next;
        let program = self.program.clone();
        let Some(leg) = program.legs.get(next) else { return Ok(()) };
        self.training.set_recipe(&leg.recipe)?;
        if !leg.edits.is_empty() {
            let mut weights = self.weights();
            for edit in &leg.edits {
                if let Some(slot) = weights.get_mut(edit.place) {
                    *slot = edit.value;
                }
            }
            self.training.set_weights(&weights);
        }
        Ok(())
    }

    /// Measures the beginning of an epoch, once.
    fn measure_epoch(&mut self) {
        let place = self.training.place();
        if place.batch == 0 && self.curve.wants(place.epoch, self.step) {
            let (train, test) = self.measure();
            self.curve.push(CurvePoint { step: self.step, epoch: place.epoch, train, test });
        }
        if place.batch == 0 && self.program.weights.len() <= Way::LARGEST {
            self.path.note(self.step, self.weights());
        }
    }

    /// The rows of the training data that the next step will see.
    pub fn next_rows(&self) -> Vec<u32> {
        self.rows_at(self.step, self.training.place())
    }

    /// The rows that the step after `step` others sees, at its place.
    fn rows_at(&self, step: usize, place: Place) -> Vec<u32> {
        let Some(recipe) = self.program.legs.get(self.program.leg_at(step)).map(|leg| &leg.recipe) else {
            return Vec::new();
        };
        let rows = self.program.split.train.rows();
        if recipe.shuffle || recipe.batch.is_full(rows) {
            return recipe.batch.rows(rows, place.epoch * place.batches + place.batch);
        }
        let from = place.batch * recipe.batch.size;
        (from as u32..rows.min(from + recipe.batch.size) as u32).collect()
    }

    /// The weights at the beginning of epochs up to the present step, as many as can be seen; none of a large net.
    pub fn path(&self) -> Vec<(usize, Vec<f64>)> {
        self.path.places.iter().filter(|(step, _)| *step <= self.step).cloned().collect()
    }

    /// The states of the optimizer by the names of its rule.
    pub fn states(&self) -> Vec<(String, Vec<f64>)> {
        self.training.states()
    }

    /// The losses over all the data, training and test.
    pub fn measure(&mut self) -> (Measure, Option<Measure>) {
        let split = self.program.split.clone();
        let train = self.training.measure(&split.train);
        let test = (split.test.rows() > 0).then(|| self.training.measure(&split.test));
        (train, test)
    }

    /// The gradient of the loss over all the training data.
    pub fn gradient(&mut self) -> Vec<f64> {
        self.training.gradient()
    }

    /// The present weights.
    pub fn weights(&self) -> Vec<f64> {
        let mut weights = Vec::with_capacity(self.program.weights.len());
        self.training.weights(&mut weights);
        weights
    }

    /// The steps that are made.
    pub fn step(&self) -> usize {
        self.step
    }

    /// The farthest step that was made with this program.
    pub fn reached(&self) -> usize {
        self.reached
    }

    /// The present step within its epoch.
    pub fn place(&self) -> Place {
        self.training.place()
    }

    /// What the last step was, where it was made and not wound to.
    pub fn last(&self) -> Option<BatchStep> {
        self.last
    }

    /// Why it cannot go on.
    pub fn stopped(&self) -> Option<Stop> {
        self.training.stopped()
    }

    /// The losses that were measured.
    pub fn curve(&self) -> &Curve {
        &self.curve
    }

    /// Sets how many steps lie between checkpoints.
    pub fn set_spacing(&mut self, spacing: usize) {
        self.spacing = spacing.max(1);
    }

    /// The most steps that must be made again to stand at any step that was made.
    pub fn longest_replay(&self) -> usize {
        let steps = || self.keeps.iter().map(|keep| keep.step);
        let gaps = steps().zip(steps().skip(1).chain([self.reached + 1]));
        gaps.map(|(from, to)| to.saturating_sub(from + 1)).max().unwrap_or(0)
    }

    /// How many checkpoints are kept.
    pub fn kept(&self) -> usize {
        self.keeps.len()
    }

    /// The program.
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }
}

/// The training of a program at its first leg.
fn training(program: &Program) -> Result<Training, TrainingError> {
    // A program without legs has nothing to learn by.
    let leg = program.legs.first().ok_or(TrainingError::NoRows)?;
    Training::new(&program.architecture, &program.weights, program.split.train.clone(), &leg.recipe, program.precision)
}
