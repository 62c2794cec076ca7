//! What a step is made of: found by asking the rule itself, so that it holds for rules that a user typed.
//!
//! **Memory** is what the rule would add to the parameters if the gradient of this step were zero; **the look-ahead
//! point** is where that leads. For heavy-ball momentum it is `w + μv`, the place where Nesterov would look; for any
//! other rule it is defined just the same, and it is no claim that the rule evaluates anything there.
//!
//! **A state adds** to the step if the step is an affine function of it, all else being equal (a velocity, a first
//! moment); then its share is the step with it less the step with zeros in its place. Any other state **shapes** the step
//! (a second moment divides): it has no share of its own.

use super::Descent;
use super::ball::stepper;
use crate::optim::{Eval, Line, Method, Pace, State, Stepper};

/// The parts of one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Anatomy {
    /// Minus the gradient that the step uses.
    pub downhill: Vec<f64>,
    /// What the step adds to the parameters.
    pub step: Vec<f64>,
    /// What it would add if the gradient were zero; none for native methods, and where nothing is remembered yet.
    pub memory: Option<Vec<f64>>,
    /// The states that hold a number for each parameter, in the rule's order.
    pub states: Vec<Part>,
}

/// A state at the beginning of a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name in the rule.
    pub name: String,
    /// Its numbers, one per parameter.
    pub value: Vec<f64>,
    /// What it adds to the step; none for a state that shapes it.
    pub share: Option<Vec<f64>>,
    /// Whether the step does not depend on it at all: its part of the rule is switched off.
    pub idle: bool,
}

/// How far from affine a step may be for rounding alone.
const ROUNDING: f64 = 1e-9;

/// The optimizer of a descent, compiled once more to be asked about its steps.
pub struct Probe {
    stepper: Box<dyn Stepper>,
}

impl Descent {
    /// A probe for the steps of this descent. Compiles the rule: for the steps that somebody looks at.
    pub fn probe(&self) -> Option<Probe> {
        stepper(self.spec()).ok().map(|stepper| Probe { stepper })
    }

    /// Where the step from a row to the next begins: the state, what is known there, the rate and the momentum that it
    /// used or would use.
    fn moment(&self, step: usize) -> Option<Moment> {
        let (state, row) = (self.state(step)?, self.row(step));
        let at = Eval { loss: row.loss, gradient: row.gradient.to_vec() };
        let rate = if step < self.last_step() { self.row(step + 1).lr } else { None };
        let pace = Pace { lr: rate.unwrap_or_else(|| self.next_rate()), momentum: self.momentum(step) };
        Some(Moment { state, at, pace })
    }
}

impl Probe {
    /// The values of the rule's lines in the step from a row to the next. Empty for native methods, and where the
    /// optimizer's state is not known.
    pub fn lines(&mut self, descent: &Descent, step: usize) -> Vec<Line> {
        let moment = descent.moment(step);
        moment.map_or_else(Vec::new, |moment| self.stepper.lines_at(&moment.state, &moment.at, moment.pace))
    }

    /// What the step from a row to the next is made of; none where the optimizer's state is not known.
    pub fn anatomy(&mut self, descent: &Descent, step: usize) -> Option<Anatomy> {
        let spec = descent.spec();
        let moment = descent.moment(step)?;
        let row = descent.row(step);
        let downhill = row.gradient.iter().map(|g| -g).collect();
        let n = row.w.len();
        let next = (step < descent.last_step()).then(|| descent.row(step + 1));
        let rule = match &spec.optimizer.method {
            Method::Rule { rule, .. } => Some(rule),
            Method::Native(_) => None,
        };
        let vector = |name: &str, len: usize| len == n && rule.is_none_or(|rule| rule.state_is_vector(name));
        let mut parts: Vec<Part> = (descent.slots().iter())
            .filter(|slot| vector(&slot.name, slot.len))
            .map(|slot| Part {
                name: slot.name.clone(),
                value: slot.of(&moment.state.memory).to_vec(),
                share: None,
                idle: false,
            })
            .collect();
        let moved = |next: super::Row<'_>| next.w.iter().zip(row.w).map(|(a, b)| a - b).collect();
        if rule.is_none() {
            return Some(Anatomy {
                downhill,
                step: next.map_or_else(|| vec![0.0; n], moved),
                memory: None,
                states: parts,
            });
        }
        let mut question = Question { stepper: &mut *self.stepper, moment };
        for part in &mut parts {
            let slot = descent.slots().iter().find(|slot| slot.name == part.name)?;
            (part.share, part.idle) = question.share(slot.offset, slot.len);
        }
        let memory = question.without_gradient().filter(|memory| memory.iter().any(|x| *x != 0.0));
        let step = match next {
            Some(next) => moved(next),
            None => question.now(),
        };
        Some(Anatomy { downhill, step, memory, states: parts })
    }
}

/// Where a step begins.
struct Moment {
    state: State,
    at: Eval,
    pace: Pace,
}

/// A rule at one moment, to be asked what it would do.
struct Question<'a> {
    stepper: &'a mut dyn Stepper,
    moment: Moment,
}

impl Question<'_> {
    /// What a step adds to the parameters with another memory.
    fn step(&mut self, memory: &[f64]) -> Vec<f64> {
        let Moment { state: before, at, pace } = &self.moment;
        let mut state = State { memory: memory.to_vec(), ..before.clone() };
        self.stepper.step_at(&mut state, at, *pace);
        state.w.iter().zip(&before.w).map(|(a, b)| a - b).collect()
    }

    /// What the step adds to the parameters.
    fn now(&mut self) -> Vec<f64> {
        let memory = self.moment.state.memory.clone();
        self.step(&memory)
    }

    /// The share of the state at these places of the memory, if the step is affine in it: probed at three places on a
    /// line, so that a state that happens to be zero is not taken for one that adds. And whether it does nothing at all.
    fn share(&mut self, offset: usize, len: usize) -> (Option<Vec<f64>>, bool) {
        let memory = self.moment.state.memory.clone();
        let mut with = |change: &dyn Fn(usize, f64) -> f64| {
            let mut memory = memory.clone();
            for (k, x) in memory.iter_mut().skip(offset).take(len).enumerate() {
                *x = change(k, *x);
            }
            self.step(&memory)
        };
        let by = |k: usize, x: f64| (1.0 + x.abs()) * (0.5 + 0.25 * k as f64);
        let here = with(&|_, x| x);
        let [near, far] = [1.0, 2.0].map(|times| with(&|k, x| x + times * by(k, x)));
        let zero = with(&|_, _| 0.0);
        let affine = here.iter().zip(near.iter().zip(&far)).all(|(a, (b, c))| {
            let bend = a - 2.0 * b + c;
            bend.abs() <= ROUNDING * (a.abs() + b.abs() + c.abs())
        });
        let share: Vec<f64> = here.iter().zip(&zero).map(|(a, b)| a - b).collect();
        let idle = here == near && here == far && here == zero;
        ((affine && share.iter().all(|x| x.is_finite())).then_some(share), idle)
    }

    /// What the step would add if the gradient were zero.
    fn without_gradient(&mut self) -> Option<Vec<f64>> {
        let zero = vec![0.0; self.moment.at.gradient.len()];
        let gradient = std::mem::replace(&mut self.moment.at.gradient, zero);
        let step = self.now();
        self.moment.at.gradient = gradient;
        step.iter().all(|x| x.is_finite()).then_some(step)
    }
}
