//! One ball on its way down: made of a [`Spec`], it moves on step by step and keeps everything.

use super::cause;
use super::history::{History, Row};
use super::judge::{self, Judge};
use super::noise::Source;
use super::outcome::{Outcome, Quantity, Reason, StopRule};
use super::spec::{Spec, SpecError};
use crate::objective::{Counts, Dealer, Evaluator};
use crate::optim::{BindError, Eval, Method, Pace, Slot, State, Stepper, bind, bind_moving};
use crate::schedule::{Cursor, Schedule};

/// A descent with its exact history. Going to a step is reading its row; going on from any step is exact, because the
/// optimizer's whole state is kept with each row, the noise belongs to the step and the schedule is replayed.
///
/// The loss and the gradient of a row are evaluated once, when the row is reached, and are those that the next step uses.
pub struct Descent {
    spec: Spec,
    evaluator: Evaluator,
    stepper: Box<dyn Stepper>,
    noise: Source,
    /// The mini-batches; none where every gradient is that of all the data.
    batches: Option<Dealer>,
    history: History,
    schedule: Option<Cursor>,
    /// The last row's.
    state: State,
    /// The last row's.
    at: Eval,
    judge: Judge,
    outcome: Option<Outcome>,
}

impl Descent {
    /// A descent at its start: row 0 is there, no step is made.
    ///
    /// # Errors
    /// What is wrong with the spec.
    pub fn new(spec: Spec) -> Result<Self, SpecError> {
        spec.check(0)?;
        let stepper = stepper(&spec).map_err(SpecError::Optimizer)?;
        let n = spec.start.len();
        let mut descent = Self {
            evaluator: Evaluator::new(spec.objective.clone()),
            stepper,
            noise: spec.noise.source(),
            batches: spec.batches(),
            history: History::new(n, 0),
            schedule: None,
            state: State { t: 0, w: Vec::new(), memory: Vec::new() },
            at: Eval { loss: f64::NAN, gradient: vec![0.0; n] },
            judge: Judge::default(),
            outcome: None,
            spec,
        };
        descent.begin();
        descent.spec.check(History::row_bytes(n, descent.state.memory.len()))?;
        Ok(descent)
    }

    /// Row 0.
    fn begin(&mut self) {
        self.schedule = self.spec.schedule.as_ref().map(|schedule| schedule.cursor(self.spec.rate()));
        let rate = self.next_rate();
        self.state = self.stepper.start(&self.spec.start, rate);
        self.history = History::new(self.spec.start.len(), self.state.memory.len());
        (self.judge, self.outcome) = (Judge::default(), None);
        let counts = self.evaluate(0);
        self.history.push(&self.state, &self.at, f64::NAN, counts);
        self.check(0);
    }

    /// The same descent from another start and with another base rate, without compiling anything again.
    ///
    /// # Errors
    /// As [`Descent::new`]; the descent stays as it was.
    pub fn restart(&mut self, start: &[f64], rate: f64) -> Result<(), SpecError> {
        let mut spec = self.spec.clone();
        spec.start = start.to_vec();
        if let Some(first) = spec.settings.first_mut() {
            *first = rate;
        }
        spec.check(History::row_bytes(start.len(), self.state.memory.len()))?;
        spec.optimizer.check(&spec.settings).map_err(|error| SpecError::Optimizer(BindError::Setting(error)))?;
        self.spec = spec;
        self.begin();
        Ok(())
    }

    /// What it was made of.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// Makes up to `n` steps; fewer at the limit or where it ends. Returns how many it made.
    pub fn advance(&mut self, n: usize) -> usize {
        let wanted = n.min(self.spec.limit.saturating_sub(self.last_step()));
        if self.outcome.is_none() {
            self.history.reserve(wanted.min(4096));
        }
        let mut made = 0;
        while made < n && self.outcome.is_none() {
            if self.last_step() >= self.spec.limit {
                self.outcome = Some(Outcome { step: self.last_step(), reason: Reason::StepLimit });
                break;
            }
            self.step();
            made += 1;
        }
        if self.outcome.is_none() && self.last_step() >= self.spec.limit {
            self.outcome = Some(Outcome { step: self.last_step(), reason: Reason::StepLimit });
        }
        made
    }

    /// Makes all the steps up to the limit or the end.
    pub fn finish(&mut self) {
        self.advance(usize::MAX);
    }

    fn step(&mut self) {
        let step = self.last_step() + 1;
        let rate = self.next_rate();
        let pace = Pace { lr: rate, momentum: self.schedule.as_ref().and_then(Cursor::momentum) };
        let mut counts = self.last().counts + self.stepper.step_at(&mut self.state, &self.at, pace);
        match self.stepper.arrived() {
            Some(at) => {
                self.at.loss = at.loss;
                self.at.gradient.copy_from_slice(&at.gradient);
                self.noise.add(step, &mut self.at.gradient);
            }
            None => counts += self.evaluate(step),
        }
        self.history.push(&self.state, &self.at, rate, counts);
        if let Some(schedule) = &mut self.schedule {
            schedule.observe(self.at.loss);
        }
        self.judge.see(&self.history, step);
        self.check(step);
    }

    /// Loss and noisy gradient at the state; of the gradient, what it took.
    fn evaluate(&mut self, step: usize) -> Counts {
        let (w, gradient) = (&self.state.w, &mut self.at.gradient);
        let rows = match &mut self.batches {
            None => {
                self.at.loss = self.evaluator.gradient(w, gradient);
                self.evaluator.rows()
            }
            Some(batches) => {
                let rows = batches.deal(step);
                self.evaluator.batch_gradient(w, rows, gradient);
                self.at.loss = self.evaluator.look(w);
                rows.len()
            }
        };
        self.noise.add(step, gradient);
        Counts::GRADIENT.over(rows)
    }

    /// Whether the last row is the last of all.
    fn check(&mut self, step: usize) {
        let row = self.history.row(step);
        let reason = if !row.is_finite() {
            let what = if row.w.iter().any(|x| !x.is_finite()) {
                Quantity::Parameter
            } else if !row.loss.is_finite() {
                Quantity::Loss
            } else {
                Quantity::Gradient
            };
            Some(Reason::NonFinite { what, cause: cause::of(&self.spec, &self.history, &mut self.evaluator) })
        } else if self.spec.stop == StopRule::Never || step == 0 {
            None
        } else if let Some(sign) = judge::diverged(&self.history) {
            Some(Reason::Diverged { sign, cause: cause::of(&self.spec, &self.history, &mut self.evaluator) })
        } else {
            self.converged(step)
        };
        self.outcome = reason.map(|reason| Outcome { step, reason });
    }

    fn converged(&mut self, step: usize) -> Option<Reason> {
        let since = self.judge.still_since(step, self.batches.as_ref().map_or(1, Dealer::per_epoch))?;
        if matches!(self.spec.optimizer.method, Method::Rule { .. }) {
            let rate = self.next_rate();
            if !judge::stays(&mut *self.stepper, &self.state, &self.at, rate) {
                return None;
            }
        }
        let size = judge::change(self.history.row(step - 1).w, &self.state.w);
        let eigenvalues = cause::eigenvalues(&mut self.evaluator, &self.state.w);
        Some(Reason::Converged { since, size, eigenvalues })
    }

    /// The rate of the next step.
    pub fn next_rate(&self) -> f64 {
        self.schedule.as_ref().map_or(self.spec.rate(), Cursor::rate)
    }

    /// The momentum of the step from a row to the next, where the schedule moves it.
    pub fn momentum(&self, step: usize) -> Option<f64> {
        let schedule = self.spec.schedule.as_ref().filter(|schedule| schedule.moves_momentum())?;
        self.replay(schedule, step.min(self.last_step())).momentum()
    }

    /// The schedule as it is after so many updates of this run.
    fn replay(&self, schedule: &Schedule, updates: usize) -> Cursor {
        let mut cursor = schedule.cursor(self.spec.rate());
        for step in 1..=updates {
            cursor.observe(self.history.row(step).loss);
        }
        cursor
    }

    /// The number of the last row.
    pub fn last_step(&self) -> usize {
        self.history.len().saturating_sub(1)
    }

    /// The row of a step; of a step that is not made, the last row.
    pub fn row(&self, step: usize) -> Row<'_> {
        self.history.row(step)
    }

    /// The last row.
    pub fn last(&self) -> Row<'_> {
        self.history.row(usize::MAX)
    }

    /// All rows, the start first.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.history.len()).map(|step| self.history.row(step))
    }

    /// The optimizer's state at a row: none of a step that is not made, or before a fork to another optimizer.
    pub fn state(&self, step: usize) -> Option<State> {
        self.history.state(step)
    }

    /// The names of the parts of [`State::memory`].
    pub fn slots(&self) -> &[Slot] {
        self.stepper.slots()
    }

    /// Why it ended; none while it can go on.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Where it is between rows, for a place in time that need not be whole: on the straight line from one iterate to the
    /// next. Beyond the end, the last iterate.
    pub fn position(&self, cursor: f64) -> Vec<f64> {
        let step = cursor.max(0.0) as usize;
        let (here, next) = (self.row(step), self.row(step.saturating_add(1)));
        let part = if step >= self.last_step() { 0.0 } else { cursor - cursor.floor() };
        if part <= 0.0 {
            return here.w.to_vec();
        }
        here.w.iter().zip(next.w).map(|(a, b)| a + part * (b - a)).collect()
    }

    /// Forgets all rows after `step`; the next step goes on from there, exactly as it did.
    pub fn truncate(&mut self, step: usize) {
        let step = step.min(self.last_step());
        let Some(state) = self.history.state(step) else { return };
        self.history.truncate(step);
        self.state = state;
        self.resume();
    }

    /// Everything that follows from the history, as it was when its last row was reached.
    fn resume(&mut self) {
        let last = self.history.row(usize::MAX);
        self.at.loss = last.loss;
        self.at.gradient.copy_from_slice(last.gradient);
        self.schedule = self.spec.schedule.as_ref().map(|schedule| self.replay(schedule, self.last_step()));
        self.judge = Judge::of(&self.history);
        self.check(self.last_step());
    }

    /// A new descent that shares the rows up to `step` and goes on with `spec`; this one stays as it is. A spec with the
    /// same optimizer goes on from the state at `step`; another optimizer (or a row whose state is not known) starts there with a fresh memory.
    /// The spec's start is replaced by this one's.
    ///
    /// # Errors
    /// What is wrong with the spec.
    pub fn fork(&self, step: usize, mut spec: Spec) -> Result<Self, SpecError> {
        spec.start = self.spec.start.clone();
        let step = step.min(self.last_step());
        let mut fork = Self::new(spec)?;
        let memory = self.history.state(step);
        fork.history = self.history.clone();
        fork.history.truncate(step);
        let same = fork.spec.optimizer == self.spec.optimizer;
        match memory {
            Some(state) if same => fork.state = state,
            _ => {
                // The schedule is replayed first: the rate of the first step may be needed by the start.
                fork.resume();
                let rate = fork.next_rate();
                fork.state = fork.stepper.start(self.row(step).w, rate);
                fork.history.restate(&fork.state);
            }
        }
        fork.evaluate(step);
        fork.history.reevaluate(&fork.at, self.row(step).counts);
        fork.resume();
        Ok(fork)
    }
}

/// The stepper of a spec; a momentum that the schedule moves is an argument of its steps.
pub(super) fn stepper(spec: &Spec) -> Result<Box<dyn Stepper>, BindError> {
    let moves = spec.schedule.as_ref().is_some_and(Schedule::moves_momentum);
    let bind = if moves { bind_moving } else { bind };
    bind(&spec.optimizer, &spec.settings, spec.objective.clone())
}
