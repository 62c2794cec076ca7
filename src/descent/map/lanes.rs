//! A unit of a map as lanes of a fleet: steps in blocks, a look every so often, and the chunk before a look made again
//! one step at a time for those lanes of which it is asked when something happened.

use super::axis::Varied;
use super::course::{Course, Taken};
use super::spec::MapSpec;
use super::verdict::{Cell, Fate, LOOK, gone};
use crate::descent::judge::GROWTH;
use crate::descent::{Fleet, FleetState, SpecError, Variety};
use crate::lang::Rule;
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
    /// Whether a lane is to be asked in detail at this look: most are not; and those that are.
    doubt: Vec<bool>,
    asked: Vec<usize>,
}

/// Lanes that are passed over together.
const BLOCK: usize = 64;

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
            asked: Vec::new(),
        })
    }

    /// Descends in these cells, which share their rates; gives up when `cancelled` says so.
    pub(super) fn run(&mut self, cells: &[u32], cancelled: &dyn Fn() -> bool) -> Vec<(u32, Cell)> {
        let mut out = Vec::with_capacity(cells.len());
        let taken = self.take(cells, &mut out);
        let rates = self.rates(taken.rate);
        let steps = self.spec.base.limit;
        let mut state = self.begin(&taken, &rates);
        let mut course = Course::new(taken);
        let mut before = state.clone();
        let mut at = 0;
        loop {
            self.evaluate(&state);
            let questions = self.look(&state, &mut course, at);
            self.answer(&before, &mut course, &rates[before.steps() as usize..at], &questions, &mut out);
            self.verdicts(&mut course, at, &mut out);
            if course.left == 0 || cancelled() {
                return out;
            }
            if let Some(left) = course.shrink() {
                state = state.of(&left);
            }
            let next = (at + LOOK).min(steps);
            before.copy_from(&state);
            self.fleet.advance(&mut state, &rates[at..next]);
            at = next;
        }
    }

    /// What the looks amount to: of those that were asked, and after the last step of all.
    fn verdicts(&self, course: &mut Course, at: usize, out: &mut Vec<(u32, Cell)>) {
        let steps = self.spec.base.limit;
        let last = at == steps;
        let mut judge = |index: usize| {
            let lane = course.lanes[index];
            if let Some(fate) = lane.stay.verdict(last).filter(|_| course.open[index]) {
                let arrived = matches!(fate, Fate::Arrived(_));
                out.push((lane.cell, Cell { fate, steps: if arrived { lane.stay.since } else { steps as u32 } }));
                course.close(index);
            }
        };
        if last {
            (0..self.doubt.len()).for_each(judge);
        } else {
            self.asked.iter().for_each(|&index| judge(index));
        }
    }

    /// The lanes of these cells with their settings. What the optimizer does not take goes out at once.
    fn take(&self, cells: &[u32], out: &mut Vec<(u32, Cell)>) -> Taken {
        let base = &self.spec.base;
        let (mut place, mut settings) = (base.start.clone(), base.settings.clone());
        let own: Vec<usize> = self.own_rate.then_some(0).into_iter().chain(self.own.iter().copied()).collect();
        let room = || Vec::with_capacity(cells.len());
        let mut taken = Taken {
            cells: Vec::with_capacity(cells.len()),
            start: place.iter().map(|_| room()).collect(),
            own: own.iter().map(|_| room()).collect(),
            rate: f64::NAN,
        };
        // Where settings are all the same they are right or wrong once for all.
        let varied = self.spec.axes.iter().any(|axis| matches!(axis.what, Varied::Hyper(_)));
        let right = base.optimizer.check(&settings).is_ok();
        for &cell in cells {
            for (axis, value) in self.spec.axes.iter().zip(self.spec.values(cell as usize)) {
                let slot = match axis.what {
                    Varied::Start(k) => place.get_mut(k),
                    Varied::Hyper(index) => settings.get_mut(index),
                };
                slot.into_iter().for_each(|slot| *slot = value);
            }
            if !(if varied { base.optimizer.check(&settings).is_ok() } else { right }) {
                out.push((cell, Cell { fate: Fate::Impossible, steps: 0 }));
                continue;
            }
            if taken.cells.is_empty() {
                taken.rate = settings.first().copied().unwrap_or(f64::NAN);
            }
            taken.cells.push(cell);
            taken.start.iter_mut().zip(&place).for_each(|(column, x)| column.push(*x));
            taken.own.iter_mut().zip(&own).for_each(|(column, &index)| column.push(settings[index]));
        }
        taken
    }

    /// The rates of all steps; the first lane's stand for all where they are shared.
    fn rates(&self, rate: f64) -> Vec<f64> {
        match &self.spec.base.schedule {
            Some(schedule) => schedule.rates(rate, self.spec.base.limit),
            None => vec![rate; self.spec.base.limit],
        }
    }

    /// Where the descents of these cells end, without looking on the way.
    pub(super) fn ends(&mut self, cells: &[u32], cancelled: &dyn Fn() -> bool) -> Vec<Vec<f64>> {
        let taken = self.take(cells, &mut Vec::new());
        let rates = self.rates(taken.rate);
        let mut state = self.begin(&taken, &rates);
        for part in rates.chunks(1000) {
            if cancelled() {
                return Vec::new();
            }
            self.fleet.advance(&mut state, part);
        }
        let end = |lane| (0..self.gradient.len()).map(|k| state.component(k)[lane]).collect();
        (0..state.lanes()).map(end).collect()
    }

    fn begin(&self, taken: &Taken, rates: &[f64]) -> FleetState {
        let rate = rates.first().copied().unwrap_or(f64::NAN);
        let start: Vec<&[f64]> = taken.start.iter().map(Vec::as_slice).collect();
        let own: Vec<&[f64]> = taken.own.iter().map(Vec::as_slice).collect();
        self.fleet.start_with(&start, &own, rate)
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

    /// What is to be asked about the chunk before, of the lanes that may be gone or at a minimum.
    fn look(&mut self, state: &FleetState, course: &mut Course, at: usize) -> Vec<Question> {
        if at == 0 {
            for ((lane, most), &loss) in course.lanes.iter_mut().zip(&mut course.most).zip(&self.losses) {
                lane.first_loss = loss;
                *most = loss + GROWTH * (1.0 + loss.abs()) * (1.0 - 1e-9);
            }
        }
        self.doubt(state, course);
        let mut questions = Vec::new();
        let reach = self.spec.targets.radius * self.spec.targets.radius;
        let mut w = vec![0.0; self.gradient.len()];
        for &index in &self.asked {
            w.iter_mut().enumerate().for_each(|(k, w)| *w = state.component(k)[index]);
            if self.fate(course, index, &w, index).is_some() {
                questions.push(Question { lane: index, minimum: None });
                continue;
            }
            let inside = if self.near[index] <= reach { self.spec.targets.at(&w) } else { None };
            let lane = &mut course.lanes[index];
            if lane.stay.see(inside) {
                lane.stay.since = at as u32;
                questions.push(Question { lane: index, minimum: inside });
            }
            course.inside[index] = lane.stay.looks > 0;
        }
        questions
    }

    /// Which lanes may be gone, are near a minimum, or were: column by column. Most are none of it, and each of the others
    /// is asked on its own.
    fn doubt(&mut self, state: &FleetState, course: &Course) {
        let lanes = state.lanes();
        let reach = self.spec.targets.radius * self.spec.targets.radius;
        self.doubt.clear();
        let most = course.most.iter().zip(&self.losses);
        self.doubt.extend(most.map(|(most, loss)| loss > most || !loss.is_finite()));
        for gradient in &self.gradient {
            self.doubt.iter_mut().zip(gradient).for_each(|(doubt, slope)| *doubt |= !slope.is_finite());
        }
        for (k, start) in course.start.iter().enumerate() {
            let places = state.component(k)[..lanes].iter().zip(start).zip(&course.reach);
            self.doubt.iter_mut().zip(places).for_each(|(doubt, ((w, start), reach))| {
                let away = (w - start).abs();
                *doubt |= away > *reach || !away.is_finite();
            });
        }
        let near = self.near.iter().zip(&course.inside).zip(&course.open);
        self.doubt.iter_mut().zip(near).for_each(|(doubt, ((near, inside), open))| {
            *doubt = (*doubt | (*near <= reach) | *inside) & *open;
        });
        self.asked.clear();
        for (block, doubts) in self.doubt.chunks(BLOCK).enumerate() {
            // A block without any costs one comparison.
            if doubts.iter().fold(false, |any, doubt| any | doubt) {
                let first = block * BLOCK;
                self.asked.extend(doubts.iter().enumerate().filter(|(_, doubt)| **doubt).map(|(k, _)| first + k));
            }
        }
    }

    /// Whether the iterate `w` of a lane is gone, and how; the values that are known of it are at `index`.
    fn fate(&self, course: &Course, lane: usize, w: &[f64], index: usize) -> Option<Fate> {
        let loss = self.losses[index];
        let finite = loss.is_finite() && w.iter().all(|x| x.is_finite());
        if !finite || !self.gradient.iter().all(|column| column[index].is_finite()) {
            return Some(Fate::NonFinite);
        }
        gone(course.lanes[lane].first_loss, &course.start_of(lane), loss, w).then_some(Fate::Diverged)
    }

    /// Makes the chunk again, one step at a time, for the lanes that are asked.
    fn answer(
        &mut self,
        before: &FleetState,
        course: &mut Course,
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
                if !course.open[question.lane] {
                    continue;
                }
                w.iter_mut().enumerate().for_each(|(k, w)| *w = state.component(k)[index]);
                match question.minimum {
                    None => {
                        if let Some(fate) = self.fate(course, question.lane, &w, index) {
                            out.push((course.lanes[question.lane].cell, Cell { fate, steps: at }));
                            course.close(question.lane);
                        }
                    }
                    Some(minimum) if self.spec.targets.at(&w) == Some(minimum) => {
                        course.lanes[question.lane].stay.since = *since[index].get_or_insert(at);
                    }
                    Some(_) => since[index] = None,
                }
            }
        }
    }
}
