//! The thread of the training: winds the tape to where it is wanted, or lets it run, and hands over what it has come to.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use egui::Context;

use super::snapshot::Measured;
use super::{Fields, Order, Shared, Snapshot};
use crate::nn::{Forward, TrainingError};
use crate::session::net::{Program, Tape};

/// Snapshots are handed over so often at most.
const EVERY: Duration = Duration::from_millis(33);
/// A replay from a checkpoint takes about so long at most.
const REPLAY: Duration = Duration::from_millis(20);
/// The share of the time that may go into what is only shown.
const SHOWN: u32 = 4;
/// Steps that a free training makes in a frame of a window without a display.
const FRAME: usize = 20;
/// Rows times parameters from which on losses are measured once an epoch only.
const COSTLY: usize = 20_000_000;

/// The tape and what is shown of it.
#[derive(Default)]
pub(super) struct Worker {
    tape: Option<Tape>,
    trouble: Option<TrainingError>,
    forward: Option<(Arc<Program>, Forward)>,
    jump: u64,
    /// Where to, before it may run freely.
    target: Option<usize>,
    number: u64,
    pace: Option<f64>,
    /// Whether a clock may be asked.
    clock: bool,
}

impl Worker {
    /// Takes note of an order.
    fn take(&mut self, order: &Order) {
        let followed = self.tape.as_ref().is_some_and(|tape| Arc::ptr_eq(tape.program(), &order.program));
        if !followed {
            let done = match &mut self.tape {
                Some(tape) => tape.follow(order.program.clone()),
                None => Tape::new(order.program.clone()).map(|tape| self.tape = Some(tape)),
            };
            self.trouble = done.err();
        }
        if !followed || order.jump != self.jump || !order.free {
            self.target = Some(order.step);
        }
        self.jump = order.jump;
    }

    /// Begins the way to the target.
    fn turn(&mut self) {
        if let (Some(tape), Some(target)) = (&mut self.tape, self.target)
            && let Err(trouble) = tape.rewind(target)
        {
            self.trouble = Some(trouble);
        }
    }

    /// Makes one step of what is wanted; false where there is nothing to do.
    fn step(&mut self, free: bool) -> bool {
        let Some(tape) = &mut self.tape else { return false };
        if self.trouble.is_some() {
            return false;
        }
        match self.target {
            Some(target) if tape.step() < target => tape.advance(),
            Some(_) => {
                self.target = None;
                free && tape.advance()
            }
            None => free && tape.advance(),
        }
    }

    /// The present state as a snapshot.
    fn snapshot(&mut self, order: &Order) -> Snapshot {
        self.number += 1;
        let program = order.program.clone();
        let Some(tape) = self.tape.as_mut() else { return Self::broken(self.number, order, self.trouble.clone()) };
        let weights = Arc::new(tape.weights());
        let known = self.forward.take().filter(|(known, _)| Arc::ptr_eq(&known.architecture, &program.architecture));
        let fresh = || (program.clone(), Forward::new(&program.architecture, program.precision));
        let (_, forward) = self.forward.insert(known.unwrap_or_else(fresh));
        let grid = order.grid.as_ref().filter(|grid| grid.inputs == program.architecture.inputs);
        let fields = grid.map(|grid| Arc::new(Fields::of(forward, &program, &weights, grid)));
        let study = order.wish.study(tape, forward, &weights, grid.map(|grid| &**grid), self.clock).map(Arc::new);
        let rows = program.split.train.rows() + program.split.test.rows();
        let stopped = tape.stopped();
        let measured = if rows * weights.len() <= COSTLY || order.gradient {
            let (train, test) = tape.measure();
            Measured { step: tape.step(), train: Some(train), test }
        } else {
            let last = tape.curve().points().iter().rev().find(|point| point.step <= tape.step());
            last.map_or_else(Measured::default, |point| Measured {
                step: point.step,
                train: Some(point.train),
                test: point.test,
            })
        };
        let gradient = order.gradient.then(|| Arc::new(tape.gradient()));
        Snapshot {
            number: self.number,
            jump: order.jump,
            step: tape.step(),
            place: tape.place(),
            farthest: tape.reached(),
            arrived: self.target.is_none_or(|target| target == tape.step()) || stopped.is_some(),
            weights,
            measured,
            batch: tape.last(),
            gradient,
            study,
            stopped,
            curve: Arc::new(tape.curve().clone()),
            fields,
            pace: self.pace,
            trouble: self.trouble.clone(),
            program,
        }
    }

    /// A program that cannot be trained at all.
    fn broken(number: u64, order: &Order, trouble: Option<TrainingError>) -> Snapshot {
        Snapshot {
            number,
            jump: order.jump,
            step: 0,
            place: crate::nn::Place::default(),
            farthest: 0,
            arrived: true,
            weights: order.program.weights.clone(),
            measured: Measured::default(),
            batch: None,
            gradient: None,
            study: None,
            stopped: None,
            curve: Arc::default(),
            fields: None,
            pace: None,
            trouble,
            program: order.program.clone(),
        }
    }

    /// All that is wanted, and of a free training a stated number of steps.
    pub(super) fn at_once(&mut self, order: &Order) -> Snapshot {
        self.take(order);
        self.turn();
        while self.target.is_some() && self.step(false) {}
        if self.tape.as_ref().is_some_and(|tape| self.target == Some(tape.step())) {
            self.target = None;
        }
        if order.free {
            for _ in 0..FRAME {
                if !self.step(true) {
                    break;
                }
            }
        }
        self.snapshot(order)
    }
}

/// The thread: until the window is gone.
pub(super) fn run(shared: &Shared, ctx: &Context) {
    let mut worker = Worker { clock: true, ..Worker::default() };
    let mut serial = 0;
    let mut shown = Instant::now();
    let mut cost = Duration::ZERO;
    loop {
        let mut guard = shared.order();
        while shared.serial.load(Ordering::Acquire) == serial && !shared.over.load(Ordering::Acquire) {
            guard = shared.wake.wait(guard).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        if shared.over.load(Ordering::Acquire) {
            return;
        }
        serial = shared.serial.load(Ordering::Acquire);
        let Some(order) = guard.clone() else { continue };
        drop(guard);
        worker.take(&order);
        worker.turn();
        let mut more = true;
        while more && shared.serial.load(Ordering::Acquire) == serial {
            let pause = EVERY.max(cost * SHOWN);
            more = stretch(&mut worker, shared, serial, order.free, pause.saturating_sub(shown.elapsed()));
            let interrupted = shared.serial.load(Ordering::Acquire) != serial;
            // Who has given a new order waits for that, but not so long that nothing moves while a slider is dragged.
            if interrupted && more && shown.elapsed() < 2 * pause {
                break;
            }
            let began = Instant::now();
            if let Some(tape) = worker.tape.as_mut().filter(|_| order.free) {
                tape.keep();
            }
            let snapshot = worker.snapshot(&order);
            *shared.news() = Some(Arc::new(snapshot));
            ctx.request_repaint();
            shown = Instant::now();
            cost = began.elapsed();
        }
    }
}

/// Steps until the time is over, a new order is there, or nothing is left to do; false in the last case.
fn stretch(worker: &mut Worker, shared: &Shared, serial: u64, free: bool, time: Duration) -> bool {
    let began = Instant::now();
    let mut steps = 0_u32;
    let mut more = true;
    while more && shared.serial.load(Ordering::Acquire) == serial && (steps == 0 || began.elapsed() < time) {
        let before = worker.target;
        more = worker.step(free);
        // To have arrived is the end of a stretch, so that it is shown.
        if before.is_some() && worker.target.is_none() && !free {
            more = false;
        }
        steps += u32::from(more);
    }
    let spent = began.elapsed();
    if steps > 0 && spent > Duration::ZERO {
        let each = spent / steps;
        if let Some(tape) = &mut worker.tape {
            let spacing = REPLAY.as_secs_f64() / each.as_secs_f64().max(1e-7);
            tape.set_spacing((spacing as usize).clamp(1, 4096));
        }
        let now = f64::from(steps) / spent.as_secs_f64();
        worker.pace = Some(worker.pace.map_or(now, |before| before + 0.3 * (now - before)));
    }
    more
}
