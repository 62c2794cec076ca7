//! What every optimizer is to the rest of the program: a pure function from a state to the next one. Knows neither
//! rules nor native methods, and not who asks for the steps.

use crate::objective::Counts;

/// The whole state of an optimizer, as a value: keep it, compare it, go on from it.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Steps made so far.
    pub t: u64,
    /// The iterate.
    pub w: Vec<f64>,
    /// Everything that the optimizer remembers besides; [`Stepper::slots`] says what is where.
    pub memory: Vec<f64>,
}

/// A named part of [`State::memory`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The name in the rule's text, or the native method's own.
    pub name: String,
    /// Where it begins.
    pub offset: usize,
    /// One number, or one per parameter.
    pub len: usize,
}

impl Slot {
    /// The numbers of this slot (none if the memory belongs to another optimizer).
    pub fn of<'a>(&self, memory: &'a [f64]) -> &'a [f64] {
        memory.get(self.offset..self.offset + self.len).unwrap_or_default()
    }
}

/// What the loss is at the iterate. The gradient may be a noisy one.
#[derive(Clone, Debug, PartialEq)]
pub struct Eval {
    /// The loss.
    pub loss: f64,
    /// Its gradient.
    pub gradient: Vec<f64>,
}

/// The value of one line of a rule at one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The number of the line in [`crate::lang::Rule::lines`].
    pub line: usize,
    /// The name that the line assigns.
    pub name: String,
    /// Its value: one number, or one per parameter.
    pub value: Vec<f64>,
}

/// What is told to a step besides the state and the loss, by a schedule or by the settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// The learning rate.
    pub lr: f64,
    /// The momentum, where a schedule moves it; else the setting holds.
    pub momentum: Option<f64>,
}

/// One optimizer with its settings, for one objective. It has buffers but no memory: all that matters is in [`State`].
pub trait Stepper: Send {
    /// The parts of [`State::memory`].
    fn slots(&self) -> &[Slot];

    /// The state before the first step; `lr` is that step's rate.
    fn start(&mut self, w: &[f64], lr: f64) -> State;

    /// Makes one step from `state`, where the loss is `at`, with the rate `lr`. Returns the evaluations that it made
    /// besides the one it was given.
    fn step(&mut self, state: &mut State, at: &Eval, lr: f64) -> Counts;

    /// The values of a rule's lines in the step that would be made from `state`. Empty for native methods.
    fn lines(&mut self, state: &State, at: &Eval, lr: f64) -> Vec<Line> {
        let _ = (state, at, lr);
        Vec::new()
    }

    /// [`Stepper::step`] with a momentum that a schedule moves. Only a stepper of [`super::bind_moving`] heeds it.
    fn step_at(&mut self, state: &mut State, at: &Eval, pace: Pace) -> Counts {
        self.step(state, at, pace.lr)
    }

    /// [`Stepper::lines`] with a momentum that a schedule moves.
    fn lines_at(&mut self, state: &State, at: &Eval, pace: Pace) -> Vec<Line> {
        self.lines(state, at, pace.lr)
    }

    /// The exact loss and gradient at the iterate that the last [`Stepper::step`] led to, if it had to compute them:
    /// the caller need not evaluate there again (unless it wants noise).
    fn arrived(&self) -> Option<&Eval> {
        None
    }
}

/// Hands out the places of [`State::memory`].
#[derive(Default)]
pub(super) struct Layout {
    slots: Vec<Slot>,
    len: usize,
}

impl Layout {
    /// The place of a new slot.
    pub(super) fn add(&mut self, name: impl Into<String>, len: usize) -> usize {
        let offset = self.len;
        self.slots.push(Slot { name: name.into(), offset, len });
        self.len += len;
        offset
    }

    /// The slots, and how many numbers they hold together.
    pub(super) fn done(self) -> (Vec<Slot>, usize) {
        (self.slots, self.len)
    }
}
