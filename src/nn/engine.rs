//! A training in one precision: batches, gradients, updates.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use smallvec::SmallVec;

use super::architecture::Architecture;
use super::checkpoint::Checkpoint;
use super::dataset::Dataset;
use super::deal::{Deal, Place};
use super::dropout::Dropout;
use super::error::{Broken, Stop, TrainingError};
use super::measure::{Measure, Measurer};
use super::pass::Aim;
use super::precision::Real;
use super::settings::Recipe;
use super::share::{Share, Task, add};
use super::targets::Reading;
use super::together::{Together, WORTH};
use super::training::BatchStep;
use super::update::{Told, Update};
use crate::autodiff::Element;
use crate::num::crew::Crew;
use crate::optim::{BindError, Method};
use crate::schedule::Cursor;

/// All of a training but its precision.
pub(super) struct Engine<T> {
    architecture: Architecture,
    data: Arc<Dataset>,
    recipe: Recipe,
    reading: Reading,
    deal: Deal,
    weights: Vec<T>,
    memory: Vec<T>,
    update: Update<T>,
    /// The same for the parts of the parameters, where several threads share the work.
    together: Option<Together<T>>,
    /// The steps that the optimizer has counted.
    t: u64,
    place: Place,
    cursor: Option<Cursor>,
    stop: Option<Stop>,
    /// As many as a batch is split into.
    shares: Vec<Mutex<Share<T>>>,
    measurer: Measurer<T>,
}

impl<T: Real> Engine<T> {
    pub(super) fn new(
        architecture: &Architecture,
        weights: &[f64],
        data: Arc<Dataset>,
        recipe: &Recipe,
    ) -> Result<Self, TrainingError> {
        architecture.check()?;
        let (wanted, found) = (architecture.parameters(), weights.len());
        if wanted != found {
            return Err(TrainingError::Weights { wanted, found });
        }
        if let Some(index) = weights.iter().position(|w| !w.is_finite()) {
            return Err(TrainingError::Weight { index, value: weights[index] });
        }
        if data.rows() == 0 {
            return Err(TrainingError::NoRows);
        }
        if data.inputs() != architecture.inputs {
            return Err(TrainingError::Inputs { wanted: architecture.inputs, found: data.inputs() });
        }
        let reading = check(recipe, &data, architecture)?;
        let deal = Deal::new(recipe.batch, recipe.shuffle, data.rows());
        let weights: Vec<T> = weights.iter().map(|&w| T::of(w)).collect();
        let update = compile(recipe, weights.len())?;
        let memory = update.start(&weights, recipe.rate(), momentum(recipe));
        let mut engine = Self {
            architecture: architecture.clone(),
            place: Place { batches: deal.batches(), ..Place::default() },
            shares: vec![Mutex::new(Share::new(weights.len()))],
            measurer: Measurer::new(architecture),
            data,
            recipe: recipe.clone(),
            reading,
            deal,
            weights,
            memory,
            update,
            together: None,
            t: 0,
            cursor: None,
            stop: None,
        };
        engine.cursor = engine.cursor_at(0);
        engine.memory = engine.first_memory();
        Ok(engine)
    }

    /// The states of the optimizer before its first step, at the present rate.
    fn first_memory(&self) -> Vec<T> {
        self.update.start(&self.weights, self.rate(), momentum(&self.recipe))
    }

    fn cursor_at(&self, step: usize) -> Option<Cursor> {
        let rate = self.recipe.rate();
        self.recipe.schedule.as_ref().map(|schedule| schedule.cursor_at(rate, step as u64))
    }

    /// The rate of the next update.
    fn rate(&self) -> f64 {
        self.cursor.as_ref().map_or(self.recipe.rate(), Cursor::rate)
    }

    fn aim(&self) -> Aim {
        Aim { loss: self.recipe.loss, penalty: self.recipe.penalty }
    }

    pub(super) fn set_recipe(&mut self, recipe: &Recipe) -> Result<(), TrainingError> {
        if *recipe == self.recipe {
            return Ok(());
        }
        let old = &self.recipe;
        let reading = if recipe.loss == old.loss {
            cheap_check(recipe).map(|()| self.reading)
        } else {
            check(recipe, &self.data, &self.architecture)
        }?;
        let same_rule = recipe.optimizer == old.optimizer;
        let same_settings = recipe.settings.get(1..) == old.settings.get(1..) && moves(recipe) == moves(old);
        let update = if same_rule && same_settings { None } else { Some(compile(recipe, self.weights.len())?) };
        let same_course = recipe.schedule == old.schedule && recipe.rate() == old.rate();
        let same_aim = (recipe.loss, recipe.penalty) == (old.loss, old.penalty);
        // Nothing can fail from here on.
        self.recipe = recipe.clone();
        self.reading = reading;
        if !same_aim {
            self.shares.iter_mut().for_each(|share| own(share).forget());
        }
        if !self.deal.is(recipe.batch, recipe.shuffle) {
            self.deal = Deal::new(recipe.batch, recipe.shuffle, self.data.rows());
            self.place = self.place.with_batches(self.deal.batches());
        }
        if !same_course {
            self.cursor = self.cursor_at(self.place.step);
        }
        if let Some(update) = update {
            let old = self.named_memory();
            self.update = update;
            self.memory = self.first_memory();
            if same_rule {
                self.memory = self.update.take_over(std::mem::take(&mut self.memory), &old);
            } else {
                self.t = 0;
            }
            self.divide();
        }
        Ok(())
    }

    pub(super) fn set_parts(&mut self, parts: usize) {
        self.shares.resize_with(parts.max(1), || Mutex::new(Share::new(self.weights.len())));
        self.divide();
    }

    /// Makes the updates of the parts of the parameters, where that is worth while.
    fn divide(&mut self) {
        let (parts, parameters) = (self.shares.len(), self.weights.len());
        let worth = parts > 1 && parameters >= WORTH && self.update.is_local();
        // What compiled for all parameters compiles for some.
        let make = || Together::new(parameters, parts, |len| compile(&self.recipe, len)).ok();
        self.together = if worth { make() } else { None };
    }

    /// The loss over rows; the shares have their parts of its gradient.
    fn evaluate(&mut self, which: Which, crew: Option<Crew<'_>>) -> f64 {
        let dropout = match which {
            Which::Next if self.recipe.dropout > 0.0 && self.architecture.layers.len() > 1 => {
                Some(Dropout::new(self.recipe.dropout, self.recipe.batch.seed, self.place.step as u64))
            }
            _ => None,
        };
        let aim = self.aim();
        let rows = match which {
            Which::Next => self.deal.rows(self.place),
            Which::All => self.deal.all(),
        };
        let (data, reading, weights) = (&*self.data, self.reading, &self.weights[..]);
        let task = Task { architecture: &self.architecture, aim, data, reading, weights, rows, dropout };
        let parts = self.shares.len();
        let size = rows.len().div_ceil(parts);
        let range = |k: usize| (rows.len().min(k * size), rows.len().min((k + 1) * size));
        match crew {
            Some(crew) if parts > 1 => {
                let (next, shares) = (AtomicUsize::new(0), &self.shares);
                crew(&|| {
                    loop {
                        let k = next.fetch_add(1, Ordering::Relaxed);
                        let Some(share) = shares.get(k) else { return };
                        let (from, to) = range(k);
                        share.lock().unwrap_or_else(PoisonError::into_inner).work(&task, from, to);
                    }
                });
            }
            _ => {
                for (k, share) in self.shares.iter_mut().enumerate() {
                    let (from, to) = range(k);
                    own(share).work(&task, from, to);
                }
            }
        }
        // In a fixed order, whichever thread was ready first.
        let losses = self.shares.iter_mut().map(|share| own(share).loss);
        losses.reduce(|sum, loss| sum + loss).unwrap_or_default().wide()
    }

    /// Makes the update of a step; whether all parameters are finite after it.
    fn move_on(&mut self, told: Told, crew: Option<Crew<'_>>) -> bool {
        let Some((first, others)) = self.shares.split_first_mut() else { return true };
        let (gradient, others) = (&mut own(first).gradient, others.iter_mut().map(|share| &own(share).gradient[..]));
        let others: SmallVec<[&[T]; 8]> = others.collect();
        if let (Some(crew), Some(together)) = (crew, &mut self.together) {
            return together.step((&mut self.weights, &mut self.memory), (gradient, &others), told, crew);
        }
        others.iter().for_each(|more| add(gradient, more));
        self.update.step(&mut self.weights, &mut self.memory, gradient, told)
    }

    pub(super) fn step(&mut self, crew: Option<Crew<'_>>) -> BatchStep {
        let rate = self.rate();
        if let Some(stop) = self.stop {
            return BatchStep { loss: stop.value, rate, rows: 0 };
        }
        let rows = self.deal.rows(self.place).len();
        let loss = self.evaluate(Which::Next, crew);
        let made = BatchStep { loss, rate, rows };
        if !loss.is_finite() {
            self.stop_at(Broken::Loss, loss, rate);
            return made;
        }
        self.t += 1;
        let momentum = if self.update.is_moved() {
            self.cursor.as_ref().and_then(Cursor::momentum).or(Some(momentum(&self.recipe)))
        } else {
            None
        };
        let told = Told { loss, lr: rate, t: self.t, momentum };
        let finite = self.move_on(told, crew);
        if let Some(cursor) = &mut self.cursor {
            cursor.observe(loss);
        }
        self.place = self.place.next();
        if !finite && let Some(index) = self.weights.iter().position(|w| !w.wide().is_finite()) {
            self.stop_at(Broken::Weight { index }, self.weights[index].wide(), rate);
        }
        made
    }

    fn stop_at(&mut self, what: Broken, value: f64, rate: f64) {
        let Place { step, epoch, .. } = self.place;
        self.stop = Some(Stop { what, value, step, epoch, rate });
    }

    pub(super) fn place(&self) -> Place {
        self.place
    }

    pub(super) fn stopped(&self) -> Option<Stop> {
        self.stop
    }

    pub(super) fn weights(&self, out: &mut Vec<f64>) {
        out.clear();
        out.extend(self.weights.iter().map(|w| w.wide()));
    }

    pub(super) fn set_weights(&mut self, weights: &[f64]) {
        for (w, &new) in self.weights.iter_mut().zip(weights) {
            *w = T::of(new);
        }
        self.stop = None;
    }

    /// The states of the optimizer by name.
    pub(super) fn states(&self) -> Vec<(String, Vec<f64>)> {
        let wide = |values: &[T]| values.iter().map(|x| x.wide()).collect();
        self.update.states(&self.memory).map(|(name, values)| (name.to_owned(), wide(values))).collect()
    }

    fn named_memory(&self) -> Vec<(String, Vec<T>)> {
        self.update.states(&self.memory).map(|(name, values)| (name.to_owned(), values.to_vec())).collect()
    }

    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            weights: T::keep(&self.weights),
            memory: self.update.states(&self.memory).map(|(name, x)| (name.to_owned(), T::keep(x))).collect(),
            t: self.t,
            place: self.place,
            cursor: self.cursor.clone(),
        }
    }

    pub(super) fn restore(&mut self, checkpoint: &Checkpoint) {
        let weights = T::kept(&checkpoint.weights);
        if weights.len() == self.weights.len() {
            self.weights = weights;
        }
        let states: Vec<(String, Vec<T>)> =
            checkpoint.memory.iter().map(|(name, state)| (name.clone(), T::kept(state))).collect();
        self.memory = self.update.take_over(self.first_memory(), &states);
        self.t = checkpoint.t;
        self.place = checkpoint.place.with_batches(self.deal.batches());
        let same = checkpoint.cursor.as_ref().map(Cursor::schedule) == self.recipe.schedule.as_ref()
            && checkpoint.cursor.as_ref().is_none_or(|cursor| cursor.base() == self.recipe.rate());
        self.cursor = if same { checkpoint.cursor.clone() } else { self.cursor_at(self.place.step) };
        self.stop = None;
    }

    pub(super) fn measure(&mut self, data: &Dataset) -> Measure {
        self.measurer.measure(&self.architecture, self.aim(), data, &self.weights)
    }

    pub(super) fn gradient(&mut self, crew: Option<Crew<'_>>) -> Vec<f64> {
        self.evaluate(Which::All, crew);
        let mut parts = self.shares.iter_mut().map(own);
        let mut sum = parts.next().map_or_else(Vec::new, |share| share.gradient.clone());
        parts.for_each(|share| add(&mut sum, &share.gradient));
        sum.into_iter().map(Element::wide).collect()
    }
}

/// Which rows are looked at.
#[derive(Clone, Copy)]
enum Which {
    Next,
    All,
}

/// What nobody else holds.
fn own<S>(share: &mut Mutex<S>) -> &mut S {
    share.get_mut().unwrap_or_else(PoisonError::into_inner)
}

/// The setting of the momentum; nan without one.
fn momentum(recipe: &Recipe) -> f64 {
    let at = recipe.optimizer.momentum_index();
    at.and_then(|at| recipe.settings.get(at)).copied().unwrap_or(f64::NAN)
}

/// Whether the schedule moves the momentum.
fn moves(recipe: &Recipe) -> bool {
    recipe.schedule.as_ref().is_some_and(crate::schedule::Schedule::moves_momentum)
}

fn compile<T: Real>(recipe: &Recipe, parameters: usize) -> Result<Update<T>, TrainingError> {
    let optimizer = &recipe.optimizer;
    optimizer.check(&recipe.settings).map_err(|error| TrainingError::Optimizer(BindError::Setting(error)))?;
    let Method::Rule { rule, .. } = &optimizer.method else {
        return Err(TrainingError::Native { id: optimizer.id.clone() });
    };
    let names = optimizer.hyperparameters.iter().map(|h| h.name.as_str());
    let settings: Vec<(&str, f64)> = names.zip(recipe.settings.iter().copied()).skip(1).collect();
    let moved = optimizer.momentum_index().filter(|_| moves(recipe)).and_then(|at| optimizer.hyperparameters.get(at));
    Update::new(rule, parameters, &settings, moved.map(|hyper| hyper.name.as_str()))
        .map_err(|problem| TrainingError::Optimizer(BindError::Rule(problem)))
}

/// What can be wrong with a recipe whatever the data.
fn cheap_check(recipe: &Recipe) -> Result<(), TrainingError> {
    if !(0.0..1.0).contains(&recipe.dropout) {
        return Err(TrainingError::Dropout(recipe.dropout));
    }
    let factors = [recipe.penalty.l1, recipe.penalty.l2];
    match factors.into_iter().find(|factor| !(factor.is_finite() && *factor >= 0.0)) {
        Some(factor) => Err(TrainingError::Penalty(factor)),
        None => Ok(()),
    }
}

fn check(recipe: &Recipe, data: &Dataset, architecture: &Architecture) -> Result<Reading, TrainingError> {
    cheap_check(recipe)?;
    Ok(Reading::new(recipe.loss, data, architecture.outputs())?)
}
