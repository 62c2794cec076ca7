//! The running training: a tape on a thread of its own, at full speed or wound to the step that is wanted. What it has
//! come to comes back as immutable snapshots, so the window never waits. A window that is drawn without a display
//! trains at once, in the frame that asks, by a stated number of steps: the same picture every time.

mod fields;
mod snapshot;
mod study;
mod worker;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use egui::Context;

pub(in crate::app::net) use fields::fields_of;
pub(in crate::app) use fields::{FIELD, Fields, Grid, OUTPUT};
pub(in crate::app) use snapshot::Snapshot;
pub(in crate::app::net) use study::first_rows;
pub(in crate::app) use study::{Rows, Study, Warp, Wish};
use worker::Worker;

use crate::session::net::Program;

/// What is wanted of the training.
#[derive(Clone)]
pub(in crate::app) struct Order {
    /// Everything that decides its steps.
    pub program: Arc<Program>,
    /// The step that is shown.
    pub step: usize,
    /// A number that grows whenever somebody has gone to a step by himself.
    pub jump: u64,
    /// Whether to go on from there as fast as possible.
    pub free: bool,
    /// Over which places the neurons' answers are wanted.
    pub grid: Option<Arc<Grid>>,
    /// Whether the gradient over all the data is wanted with each snapshot.
    pub gradient: bool,
    /// What else the view wants to know.
    pub wish: Wish,
}

impl Order {
    /// Whether nothing new is wanted; of a free training the step is its own affair.
    fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.program, &other.program)
            && self.jump == other.jump
            && self.free == other.free
            && (self.free || self.step == other.step)
            && self.grid == other.grid
            && self.gradient == other.gradient
            && self.wish == other.wish
    }
}

/// What thread and window share.
struct Shared {
    order: Mutex<Option<Order>>,
    /// Grows with each new order.
    serial: AtomicU64,
    wake: Condvar,
    news: Mutex<Option<Arc<Snapshot>>>,
    over: AtomicBool,
}

impl Shared {
    fn order(&self) -> MutexGuard<'_, Option<Order>> {
        self.order.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn news(&self) -> MutexGuard<'_, Option<Arc<Snapshot>>> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The running training, as the window has it.
pub(in crate::app) struct Runner {
    /// The worker itself where it works at once.
    at_once: Option<Box<Worker>>,
    shared: Arc<Shared>,
    running: bool,
    last: Option<Order>,
}

impl Runner {
    /// A runner that has nothing to do yet.
    pub(in crate::app) fn new(at_once: bool) -> Self {
        let shared = Shared {
            order: Mutex::new(None),
            serial: AtomicU64::new(0),
            wake: Condvar::new(),
            news: Mutex::new(None),
            over: AtomicBool::new(false),
        };
        Self { at_once: at_once.then(Box::default), shared: Arc::new(shared), running: false, last: None }
    }

    /// Says what is wanted now and gives the newest snapshot there is.
    pub(in crate::app) fn ask(&mut self, ctx: &Context, order: Order) -> Option<Arc<Snapshot>> {
        let new = self.last.as_ref().is_none_or(|last| !last.same(&order));
        if let Some(worker) = &mut self.at_once {
            if new || order.free {
                *self.shared.news() = Some(Arc::new(worker.at_once(&order)));
            }
            self.last = Some(order);
            return self.snapshot();
        }
        if new {
            *self.shared.order() = Some(order.clone());
            self.shared.serial.fetch_add(1, Ordering::Release);
            self.shared.wake.notify_one();
            self.last = Some(order);
        }
        if !std::mem::replace(&mut self.running, true) {
            let (shared, ctx) = (self.shared.clone(), ctx.clone());
            let run = move || worker::run(&shared, &ctx);
            if std::thread::Builder::new().name("training".to_owned()).spawn(run).is_err() {
                // The machine has no thread left: then it trains in the frames.
                self.at_once = Some(Box::default());
                self.last = None;
            }
        }
        self.snapshot()
    }

    /// Lets a free training stand still until somebody asks again.
    pub(in crate::app) fn rest(&mut self) {
        if let Some(order) = self.last.as_mut().filter(|order| order.free) {
            order.free = false;
            order.step = self.shared.news().as_ref().map_or(order.step, |snapshot| snapshot.step);
            *self.shared.order() = Some(order.clone());
            self.shared.serial.fetch_add(1, Ordering::Release);
            self.shared.wake.notify_one();
        }
    }

    /// The newest snapshot.
    pub(in crate::app) fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.shared.news().clone()
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Release);
        self.shared.serial.fetch_add(1, Ordering::Release);
        self.shared.wake.notify_all();
    }
}
