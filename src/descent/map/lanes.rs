//! A unit of a map as lanes of a fleet: steps in blocks, a look every so often, and the chunk before a look made again
//! one step at a time for those lanes of which it is asked when something happened.

use super::axis::Varied;
use super::spec::MapSpec;
use super::verdict::{Cell, Fate, LOOK, Stay, gone};
use crate::descent::judge::GROWTH;
use crate::descent::{Fleet, FleetState, SpecError, Variety};
use crate::lang::Rule;
use crate::num::linalg::norm_max;
use crate::objective::Evaluator;
use crate::optim::BindError;

/// A fleet for the cells of a map, with its buffers.
pub(super) struct Lanes<'a> {
    spec: &'a MapSpec,
    fleet: Fleet,
    evaluator: Evaluator,
    /// Hyperparameters besides the rate that differ from lane to lane.
    own: Vec<usize>,
    own_rate: bool,
    losses: Vec<f64>,
    gradient: Vec<Vec<f64>>,
    /// The squared distance to the nearest minimum.
    near: Vec<f64>,
    /// Whether a lane is to be asked in detail at this look: most are not.
    doubt: Vec<bool>,
}

/// What lanes are measured by, a column each.
struct Begin {
    start: Vec<Vec<f64>>,
    /// How far from the start a lane is gone.
    reach: Vec<f64>,
    /// Above which loss it is gone.
    most: Vec<f64>,
}

impl Begin {
    fn new(lanes: &[Lane], dimension: usize) -> Self {
        let start = (0..dimension).map(|k| lanes.iter().map(|lane| lane.start[k]).collect()).collect();
        let reach = lanes.iter().map(|lane| GROWTH * (1.0 + norm_max(&lane.start))).collect();
        Self { start, reach, most: vec![f64::INFINITY; lanes.len()] }
    }

    fn keep(&mut self, left: &[usize]) {
        let of = |column: &Vec<f64>| left.iter().map(|&lane| column[lane]).collect();
        self.start = self.start.iter().map(of).collect();
        (self.reach, self.most) = (of(&self.reach), of(&self.most));
    }
}

/// A descent on its way.
struct Lane {
    cell: u32,
    start: Vec<f64>,
    first_loss: f64,
    stay: Stay,
    done: bool,
}

/// What is to be found out about the chunk before a look.
struct Question {
    lane: usize,
    /// It has come to this minimum; else it is gone.
    minimum: Option<u16>,
}

impl<'a> Lanes<'a> {
    /// Compiles the step of all cells.
    pub(super) fn new(spec: &'a MapSpec, rule: &Rule) -> Result<Self, SpecError> {
        let optimizer = &spec.base.optimizer;
        let own_rate = spec.base.schedule.is_none() && spec.side_of(Varied::Hyper(0)).is_some();
        let own: Vec<usize> =
            (1..optimizer.hyperparameters.len()).filter(|&k| spec.side_of(Varied::Hyper(k)).is_some()).collect();
        let name = |index: usize| optimizer.hyperparameters[index].name.as_str();
        let names: Vec<&str> = own.iter().map(|&index| name(index)).collect();
        let settings: Vec<(&str, f64)> =
            spec.base.settings.iter().enumerate().skip(1).map(|(k, &value)| (name(k), value)).collect();
        let variety = Variety { rate: own_rate, names: &names, noise: spec.base.noise };
        let fleet = Fleet::with(&*spec.base.objective, rule, &settings, variety)
            .map_err(|problem| SpecError::Optimizer(BindError::Rule(problem)))?;
        let evaluator = Evaluator::new(spec.base.objective.clone());
        let gradient = vec![Vec::new(); spec.base.objective.dimension()];
        Ok(Self {
            spec,
            fleet,
            evaluator,
            own,
            own_rate,
            losses: Vec::new(),
            gradient,
            near: Vec::new(),
            doubt: Vec::new(),
        })
    }

    /// Descends in these cells, which share their rates; gives up when `cancelled` says so.
    pub(super) fn run(&mut self, cells: &[u32], cancelled: &dyn Fn() -> bool) -> Vec<(u32, Cell)> {
        let mut out = Vec::with_capacity(cells.len());
        let (mut lanes, settings) = self.take(cells, &mut out);
        let rates = self.rates(&settings);
        let steps = self.spec.base.limit;
        let mut state = self.begin(&lanes, &settings, &rates);
        let mut begin = Begin::new(&lanes, self.gradient.len());
        let mut before = state.clone();
        let mut at = 0;
        loop {
            self.evaluate(&state);
            let questions = self.look(&state, &mut lanes, &mut begin, at);
            self.answer(&before, &mut lanes, &rates[before.steps() as usize..at], &questions, &mut out);
            for lane in lanes.iter_mut().filter(|lane| !lane.done) {
                if let Some(fate) = lane.stay.verdict(at == steps) {
                    let arrived = matches!(fate, Fate::Arrived(_));
                    out.push((lane.cell, Cell { fate, steps: if arrived { lane.stay.since } else { steps as u32 } }));
                    lane.done = true;
                }
            }
            let left: Vec<usize> = (0..lanes.len()).filter(|&lane| !lanes[lane].done).collect();
            if left.is_empty() || cancelled() {
                return out;
            }
            // Those that are done are left behind when they are worth the copying.
            if left.len() * 4 < lanes.len() * 3 {
                state = state.of(&left);
                lanes.retain(|lane| !lane.done);
                begin.keep(&left);
            }
            let next = (at + LOOK).min(steps);
            before.copy_from(&state);
            self.fleet.advance(&mut state, &rates[at..next]);
            at = next;
        }
    }

    /// The lanes of these cells with their settings. What the optimizer does not take goes out at once.
    fn take(&self, cells: &[u32], out: &mut Vec<(u32, Cell)>) -> (Vec<Lane>, Vec<Vec<f64>>) {
        let (mut lanes, mut settings) = (Vec::with_capacity(cells.len()), Vec::with_capacity(cells.len()));
        for &cell in cells {
            let spec = self.spec.descent(cell as usize);
            if spec.optimizer.check(&spec.settings).is_err() {
                out.push((cell, Cell { fate: Fate::Impossible, steps: 0 }));
                continue;
            }
            let stay = Stay::default();
            lanes.push(Lane { cell, start: spec.start, first_loss: f64::NAN, stay, done: false });
            settings.push(spec.settings);
        }
        (lanes, settings)
    }

    /// The rates of all steps; the first lane's stand for all where they are shared.
    fn rates(&self, settings: &[Vec<f64>]) -> Vec<f64> {
        let rate = settings.first().and_then(|settings| settings.first()).copied().unwrap_or(f64::NAN);
        match &self.spec.base.schedule {
            Some(schedule) => schedule.rates(rate, self.spec.base.limit),
            None => vec![rate; self.spec.base.limit],
        }
    }

    /// Where the descents of these cells end, without looking on the way.
    pub(super) fn ends(&mut self, cells: &[u32], cancelled: &dyn Fn() -> bool) -> Vec<Vec<f64>> {
        let (lanes, settings) = self.take(cells, &mut Vec::new());
        let rates = self.rates(&settings);
        let mut state = self.begin(&lanes, &settings, &rates);
        for part in rates.chunks(1000) {
            if cancelled() {
                return Vec::new();
            }
            self.fleet.advance(&mut state, part);
        }
        let end = |lane| (0..self.gradient.len()).map(|k| state.component(k)[lane]).collect();
        (0..state.lanes()).map(end).collect()
    }

    fn begin(&self, lanes: &[Lane], settings: &[Vec<f64>], all: &[f64]) -> FleetState {
        let rate = all.first().copied().unwrap_or(f64::NAN);
        let starts: Vec<Vec<f64>> =
            (0..self.gradient.len()).map(|k| lanes.iter().map(|lane| lane.start[k]).collect()).collect();
        let rates = self.own_rate.then_some(0);
        let own: Vec<Vec<f64>> = rates
            .into_iter()
            .chain(self.own.iter().copied())
            .map(|index| settings.iter().map(|settings| settings[index]).collect())
            .collect();
        let starts: Vec<&[f64]> = starts.iter().map(Vec::as_slice).collect();
        let own: Vec<&[f64]> = own.iter().map(Vec::as_slice).collect();
        self.fleet.start_with(&starts, &own, rate)
    }

    /// Losses, gradients and distances of all lanes.
    fn evaluate(&mut self, state: &FleetState) {
        let lanes = state.lanes();
        let w: Vec<&[f64]> = (0..self.gradient.len()).map(|k| state.component(k)).collect();
        self.losses.resize(lanes, 0.0);
        self.gradient.iter_mut().for_each(|column| column.resize(lanes, 0.0));
        let mut gradient: Vec<&mut [f64]> = self.gradient.iter_mut().map(Vec::as_mut_slice).collect();
        self.evaluator.gradients(&w, &mut self.losses, &mut gradient);
        self.near.clear();
        self.near.resize(lanes, f64::INFINITY);
        for minimum in &self.spec.targets.minima {
            match (&w[..], &minimum[..]) {
                (&[x], &[a]) => {
                    self.near.iter_mut().zip(x).for_each(|(near, x)| *near = near.min((x - a) * (x - a)));
                }
                (&[x, y], &[a, b]) => {
                    for ((near, x), y) in self.near.iter_mut().zip(x).zip(y) {
                        *near = near.min((x - a) * (x - a) + (y - b) * (y - b));
                    }
                }
                // In more dimensions each lane is asked on its own.
                _ => self.near.fill(0.0),
            }
        }
    }

    /// What each lane is to be asked about the chunk before.
    fn look(&mut self, state: &FleetState, lanes: &mut [Lane], begin: &mut Begin, at: usize) -> Vec<Question> {
        self.doubt(state, begin);
        let mut questions = Vec::new();
        let reach = self.spec.targets.radius * self.spec.targets.radius;
        let mut w = vec![0.0; self.gradient.len()];
        for (index, lane) in lanes.iter_mut().enumerate().filter(|(_, lane)| !lane.done) {
            if at == 0 {
                lane.first_loss = self.losses[index];
                begin.most[index] = lane.first_loss + GROWTH * (1.0 + lane.first_loss.abs()) * (1.0 - 1e-9);
            }
            if !self.doubt[index] && lane.stay.looks == 0 && self.near[index] > reach {
                continue;
            }
            w.iter_mut().enumerate().for_each(|(k, w)| *w = state.component(k)[index]);
            if self.fate(lane, &w, index).is_some() {
                questions.push(Question { lane: index, minimum: None });
                continue;
            }
            let inside = if self.near[index] <= reach { self.spec.targets.at(&w) } else { None };
            if lane.stay.see(inside) {
                lane.stay.since = at as u32;
                questions.push(Question { lane: index, minimum: inside });
            }
        }
        questions
    }

    /// Which lanes may be gone, column by column; that is decided for those alone.
    fn doubt(&mut self, state: &FleetState, begin: &Begin) {
        let lanes = state.lanes();
        self.doubt.clear();
        let most = begin.most.iter().zip(&self.losses);
        self.doubt.extend(most.map(|(most, loss)| loss > most || !loss.is_finite()));
        for gradient in &self.gradient {
            self.doubt.iter_mut().zip(gradient).for_each(|(doubt, slope)| *doubt |= !slope.is_finite());
        }
        for (k, start) in begin.start.iter().enumerate() {
            let places = state.component(k)[..lanes].iter().zip(start).zip(&begin.reach);
            self.doubt.iter_mut().zip(places).for_each(|(doubt, ((w, start), reach))| {
                let away = (w - start).abs();
                *doubt |= away > *reach || !away.is_finite();
            });
        }
    }

    /// Whether the iterate of a lane is gone, and how.
    fn fate(&self, lane: &Lane, w: &[f64], index: usize) -> Option<Fate> {
        let loss = self.losses[index];
        let finite = loss.is_finite() && w.iter().all(|x| x.is_finite());
        if !finite || !self.gradient.iter().all(|column| column[index].is_finite()) {
            return Some(Fate::NonFinite);
        }
        gone(lane.first_loss, &lane.start, loss, w).then_some(Fate::Diverged)
    }

    /// Makes the chunk again, one step at a time, for the lanes that are asked.
    fn answer(
        &mut self,
        before: &FleetState,
        lanes: &mut [Lane],
        rates: &[f64],
        questions: &[Question],
        out: &mut Vec<(u32, Cell)>,
    ) {
        if questions.is_empty() {
            return;
        }
        let from = before.steps() as usize;
        let chosen: Vec<usize> = questions.iter().map(|question| question.lane).collect();
        let mut state = before.of(&chosen);
        let mut since: Vec<Option<u32>> = vec![None; questions.len()];
        let mut w = vec![0.0; self.gradient.len()];
        for step in 0..=rates.len() {
            // The state before was looked at already, unless it is the start.
            if step > 0 {
                self.fleet.advance(&mut state, &rates[step - 1..step]);
            } else if !rates.is_empty() {
                continue;
            }
            self.evaluate(&state);
            let at = (from + step) as u32;
            for (index, question) in questions.iter().enumerate() {
                let lane = &mut lanes[question.lane];
                if lane.done {
                    continue;
                }
                w.iter_mut().enumerate().for_each(|(k, w)| *w = state.component(k)[index]);
                match question.minimum {
                    None => {
                        if let Some(fate) = self.fate(lane, &w, index) {
                            out.push((lane.cell, Cell { fate, steps: at }));
                            lane.done = true;
                        }
                    }
                    Some(minimum) if self.spec.targets.at(&w) == Some(minimum) => {
                        lane.stay.since = *since[index].get_or_insert(at);
                    }
                    Some(_) => since[index] = None,
                }
            }
        }
    }
}
