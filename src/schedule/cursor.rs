//! Where a run is in its schedule: a value.

use super::{Body, Schedule};

/// A schedule on its way: the rate of the next update, and what it takes to go on. A value: keep a copy to return to.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor {
    schedule: Schedule,
    base: f64,
    /// The number of the next update, from 0.
    t: u64,
    rate: f64,
    momentum: Option<f64>,
    /// The states of a text that watches a metric.
    memory: Vec<f64>,
    /// The part of a sequence that is running, and which it is.
    part: Option<(usize, Box<Cursor>)>,
}

impl Cursor {
    pub(super) fn new(schedule: &Schedule, base: f64) -> Self {
        let schedule = schedule.clone();
        let mut cursor = Self { schedule, base, t: 0, rate: base, momentum: None, memory: Vec::new(), part: None };
        if let Body::Program(program) = cursor.schedule.body()
            && program.watches()
        {
            (cursor.memory, cursor.rate) = program.begin(base);
        }
        cursor.look();
        cursor
    }

    /// The learning rate of the next update.
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// The momentum of the next update, of a schedule that moves it.
    pub fn momentum(&self) -> Option<f64> {
        self.momentum
    }

    /// What it is a way through.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// The rate that the run was given.
    pub fn base(&self) -> f64 {
        self.base
    }

    /// How many updates were made.
    pub fn updates(&self) -> u64 {
        self.t
    }

    /// An update was made, and the metric (the loss) has this value after it.
    pub fn observe(&mut self, metric: f64) {
        if let Body::Program(program) = self.schedule.body()
            && program.watches()
        {
            self.rate = program.watch(self.t, self.base, metric, &mut self.memory);
        }
        if let Some((_, part)) = &mut self.part {
            part.observe(metric);
        }
        self.t += 1;
        self.look();
    }

    /// So many updates were made of which nothing is known.
    pub(super) fn skip(&mut self, updates: u64) {
        if self.schedule.watches_metric() {
            (0..updates).for_each(|_| self.observe(f64::NAN));
            return;
        }
        self.t += updates;
        self.part = None;
        if let Body::Sequence { parts, boundaries } = self.schedule.body() {
            let index = boundaries.iter().filter(|&&boundary| boundary <= self.t).count();
            let since = index.checked_sub(1).and_then(|before| boundaries.get(before)).copied().unwrap_or(0);
            if let Some(next) = parts.get(index) {
                let mut part = Self::new(next, self.base);
                part.skip(self.t - since);
                self.part = Some((index, Box::new(part)));
            }
        }
        self.look();
    }

    /// Takes rate and momentum of the update `t` from a body that says them as a function of `t`.
    fn look(&mut self) {
        match self.schedule.body() {
            Body::Program(program) if program.watches() => {}
            Body::Program(program) => (self.rate, self.momentum) = program.at(self.t, self.base),
            Body::Rates(rates) => {
                let last = rates.len().saturating_sub(1) as u64;
                self.rate = rates.get(self.t.min(last) as usize).copied().unwrap_or(self.base);
            }
            Body::Sequence { parts, boundaries } => {
                let index = boundaries.iter().filter(|&&boundary| boundary <= self.t).count();
                if self.part.as_ref().is_none_or(|(running, _)| *running != index)
                    && let Some(next) = parts.get(index)
                {
                    self.part = Some((index, Box::new(Self::new(next, self.base))));
                }
                if let Some((_, part)) = &self.part {
                    (self.rate, self.momentum) = (part.rate, part.momentum);
                }
            }
        }
    }
}
