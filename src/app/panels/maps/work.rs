//! The work behind a map: what is asked for, made on the threads of the machine, handed over as it grows.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crate::app::jobs::{EVERY, Reporter, crew};
use crate::chart::mosaic::step_range;
use crate::descent::Spec;
use crate::descent::map::{Axis, Fate, Map, MapSpec, Varied, draw, scout};

/// Cells along a side of the map that is there at once.
const COARSE: usize = 64;

/// How many maps were handed over.
static SERIAL: AtomicU64 = AtomicU64::new(0);

/// Everything that decides a map, without its minima: those are found on the way.
#[derive(Clone)]
pub(in crate::app) struct Request {
    pub(super) spec: MapSpec,
    /// The minima that are known beforehand.
    pub(super) known: Vec<Vec<f64>>,
    /// The larger side of the picture in the variables.
    pub(super) width: f64,
}

impl PartialEq for Request {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&self.spec, &other.spec);
        (a.axes, a.size, self.width) == (b.axes, b.size, other.width) && same(&a.base, &b.base)
    }
}

/// Whether two descents are the same, step by step.
pub(super) fn same(a: &Spec, b: &Spec) -> bool {
    let place = |spec: &Spec| Arc::as_ptr(&spec.objective).cast::<()>();
    place(a) == place(b)
        && a.optimizer == b.optimizer
        && a.settings == b.settings
        && a.schedule == b.schedule
        && a.start == b.start
        && a.noise == b.noise
        && a.batch == b.batch
        && a.limit == b.limit
}

impl Request {
    /// A map of `base` over two axes. What varies does not matter in `base`, so a click on the map does not change it.
    pub(super) fn new(mut base: Spec, axes: [Axis; 2], size: usize, known: Vec<Vec<f64>>, width: f64) -> Self {
        for axis in axes {
            let slot = match axis.what {
                Varied::Start(k) => base.start.get_mut(k),
                Varied::Hyper(index) => base.settings.get_mut(index),
            };
            if let Some(slot) = slot {
                *slot = axis.value(size / 2, size);
            }
        }
        Self { spec: MapSpec { base, axes, size: [size, size], targets: Arc::default() }, known, width }
    }
}

/// A map with what is said about it.
pub(in crate::app) struct Drawn {
    /// A number that no other one has.
    pub(super) serial: u64,
    pub(super) map: Map,
    /// How many cells have which fate, the minima by their numbers first.
    pub(super) counts: Vec<(Fate, usize)>,
    /// Few and many steps of what arrives.
    pub(super) range: [u32; 2],
    /// The cell that arrives first.
    pub(super) best: Option<usize>,
    /// The largest stable rate for each value of the other axis, as places on the map, 0 to 1 across and up.
    pub(super) limit: Arc<Vec<[f64; 2]>>,
}

impl Drawn {
    fn new(map: Map, limit: Arc<Vec<[f64; 2]>>) -> Self {
        let minima = (0..map.spec.targets.minima.len()).map(|k| Fate::Arrived(k as u16));
        let others = [Fate::Lost, Fate::Diverged, Fate::Impossible];
        let mut counts: Vec<(Fate, usize)> = minima.chain(others).map(|fate| (fate, 0)).collect();
        let last = counts.len() - others.len();
        for cell in &map.cells {
            let place = match cell.fate {
                Fate::Arrived(minimum) => usize::from(minimum),
                Fate::Lost => last,
                Fate::Diverged | Fate::NonFinite => last + 1,
                Fate::Impossible => last + 2,
                Fate::Unknown => continue,
            };
            if let Some((_, count)) = counts.get_mut(place) {
                *count += 1;
            }
        }
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        Self { serial, range: step_range(&map), best: map.best(), counts, limit, map }
    }
}

/// Makes the map: first the minima, then a coarse one, then all of it.
pub(super) fn make(request: Request, reporter: &Reporter<Drawn>) {
    let Request { spec, known, width } = request;
    let Some(targets) = scout(&spec, &known, width, &|| reporter.cancelled()) else { return };
    let spec = MapSpec { targets: Arc::new(targets), ..spec };
    let small = spec.of_size(spec.size.map(|n| n.min(COARSE)));
    let Ok(Some(coarse)) = draw(&small, Vec::new(), &crew, &|_| !reporter.cancelled()) else { return };
    let limit = Arc::new(coarse.limit());
    let preview = coarse.enlarged(spec.size);
    let cells = preview.cells.clone();
    reporter.hand_over(Drawn::new(preview, limit.clone()), 0.0);
    // A picture takes its time, too: no more than a fifth of the work goes into showing it.
    let next = Mutex::new(Instant::now() + EVERY);
    let map = draw(&spec, cells, &crew, &|progress| {
        let share = progress.done as f32 / spec.cells().max(1) as f32;
        reporter.progress(share);
        let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if now >= *next {
            let map = Map { spec: spec.clone(), cells: progress.cells.to_vec() };
            reporter.hand_over(Drawn::new(map, limit.clone()), share);
            *next = Instant::now() + EVERY.max(now.elapsed() * 4);
        }
        !reporter.cancelled()
    });
    if let Ok(Some(map)) = map {
        reporter.hand_over(Drawn::new(map, limit), 1.0);
    }
}
