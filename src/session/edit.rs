//! What each command does to the document. Whether the result is whole is checked afterwards, in one place.

use super::data::ModelText;
use super::draft::{Draft, Drafts};
use super::refusal::Refusal;
use super::resolve::{Resolved, optimizer_of};
use super::{
    Camera, Command, Document, OptimizerChoice, Racer, RacerId, SurfaceChoice, SweepAxis, Transport, suit, sweepable,
    varied_name,
};
use crate::descent::Noise;
use crate::descent::map::Varied;
use crate::lang::Diagnostic;
use crate::optim::{BindError, OptimizerSpec, SettingError, bind};
use crate::schedule::Schedule;
use crate::surface::{self, Surface};

/// A document on its way to the next one.
pub(super) struct Edit<'a> {
    pub(super) document: Document,
    pub(super) drafts: Drafts,
    pub(super) before: &'a Resolved,
    /// The last step of the visible descents.
    pub(super) end: usize,
    /// The smallest ranges that hold the visible paths.
    pub(super) paths: &'a dyn Fn() -> Option<Vec<[f64; 2]>>,
}

impl Edit<'_> {
    pub(super) fn apply(&mut self, command: Command) -> Result<(), Refusal> {
        let document = &mut self.document;
        match command {
            Command::ChooseSurface(id) => return self.choose_surface(&id),
            Command::ChooseFormula(text) => return self.choose_formula(text),
            Command::SetFormula(text) => return self.set_formula(text),
            Command::ChooseModel(id) => return self.choose_model(&id),
            Command::ChooseSlice(slice) => return self.choose_slice(slice),
            Command::SetPrediction(text) => {
                return self
                    .set_model_text(text, ModelText::Prediction)
                    .and_then(|done| done.then_some(()).ok_or(Refusal::NoData));
            }
            Command::AddPoint(point) => self.points()?.push(point),
            Command::MovePoint { row, to } => *self.point(row)? = to,
            Command::RemovePoint(row) => return self.remove_point(row),
            Command::SetPoints(points) => *self.points()? = points,
            Command::DrawPoints(sample) => return self.draw_points(sample),
            Command::SetBatch(batch) => document.batch = batch,
            Command::SetParam { name, value } => {
                document.params.insert(name, value);
            }
            Command::MoveStart(start) => {
                document.start = start;
                document.transport.cursor = 0.0;
            }
            Command::MoveRacerStart { racer, start } => {
                self.racer(racer)?.start = start;
                self.document.transport.cursor = 0.0;
            }
            Command::Fork(racer) => return document.fork(racer, document.transport.step()),
            Command::Join(racer) => {
                self.drafts.forget(racer);
                return document.join(racer);
            }
            Command::RemoveGhost(ghost) => return document.remove_ghost(ghost),
            Command::AddRacer(id) => return self.add_racer(&id),
            Command::RemoveRacer(id) => return self.remove_racer(id),
            Command::SelectRacer(id) => document.selected = id,
            Command::ShowRacer { racer, visible } => self.racer(racer)?.visible = visible,
            Command::ChooseOptimizer { racer, id } => return self.choose_optimizer(racer, &id),
            Command::ChooseRule { racer, text } => return self.choose_rule(racer, text),
            Command::SetRule { racer, text } => return self.set_rule(racer, text),
            Command::SetHyper { racer, name, value } => return self.set_hyper(racer, &name, value),
            Command::SetSchedule { racer, text } => return self.set_schedule(racer, text),
            Command::SetNoise { sigma, seed } => document.noise = Noise { sigma, seed },
            Command::SetSteps(steps) => document.steps = steps,
            Command::SetView(view) => document.picture.view = view,
            Command::SetLayer { layer, on: true } => _ = document.picture.layers.insert(layer),
            Command::SetLayer { layer, on: false } => _ = document.picture.layers.remove(&layer),
            Command::SetArrow { state, on } => _ = document.picture.arrows.insert(state, on),
            Command::SetEpsilon(epsilon) => document.picture.epsilon = Some(epsilon),
            Command::SetHeightScale(scale) => document.picture.heights = scale,
            Command::SetLossScale(scale) => document.picture.losses = scale,
            Command::SetRange(range) => document.picture.range = Some(range),
            Command::SetCamera(camera) => document.picture.camera = camera,
            Command::SetReliefScale(scale) => document.picture.relief = scale,
            Command::SetMotion(motion) => document.picture.motion = motion,
            Command::SetFollow(follow) => document.picture.follow = follow,
            Command::FitSurface => {
                document.picture.range = None;
                if document.picture.view.shows_relief() {
                    document.picture.camera = Camera::default();
                }
            }
            Command::FitPaths => {
                document.picture.range = (self.paths)();
                if document.picture.view.shows_relief() {
                    let Camera { yaw, pitch, .. } = document.picture.camera;
                    document.picture.camera = Camera { yaw, pitch, ..Camera::default() };
                }
            }
            Command::SetMapSize(size) => document.picture.maps.size = size,
            Command::SetSweepAxis { axis, name } => return self.set_sweep_axis(axis, name),
            Command::SetSweepRange { axis, range } => {
                if let Some(chosen) = document.picture.maps.axes.get_mut(axis) {
                    chosen.range = range;
                }
            }
            Command::Load(loaded) => {
                *document = *loaded;
                self.drafts = Drafts::default();
            }
            time => self.transport(&time),
        }
        Ok(())
    }

    fn transport(&mut self, command: &Command) {
        let end = self.end as f64;
        let lines = self.lines();
        let transport = &mut self.document.transport;
        match *command {
            Command::Play => transport.play(end),
            Command::TogglePlay if !transport.playing => transport.play(end),
            Command::Pause | Command::TogglePlay => transport.playing = false,
            Command::Step => transport.stop_at(transport.after(lines).min(end)),
            Command::StepBack => transport.stop_at(transport.before(lines).max(0.0)),
            Command::Reset => transport.stop_at(0.0),
            Command::Seek(cursor) if cursor.is_finite() => transport.cursor = cursor.clamp(0.0, end),
            Command::Seek(cursor) => transport.cursor = cursor,
            Command::SetSpeed(speed) => transport.speed = speed,
            Command::SetSlow(slow) => transport.slow = slow,
            Command::SetLooping(looping) => transport.looping = looping,
            _ => {}
        }
    }

    /// How many lines the rule of the selected racer has; none for a native method.
    fn lines(&self) -> usize {
        self.optimizer(self.document.selected).map_or(0, OptimizerSpec::line_count)
    }

    fn racer(&mut self, id: RacerId) -> Result<&mut Racer, Refusal> {
        self.document.racer_mut(id).ok_or(Refusal::UnknownRacer(id))
    }

    fn optimizer(&self, id: RacerId) -> Result<&OptimizerSpec, Refusal> {
        let index = self.document.racers.iter().position(|racer| racer.id == id);
        index.and_then(|index| self.before.optimizers().nth(index)).map(|spec| &**spec).ok_or(Refusal::UnknownRacer(id))
    }

    fn choose_surface(&mut self, id: &str) -> Result<(), Refusal> {
        let surface = surface::find(id).map_err(Refusal::UnknownSurface)?;
        self.document.surface = SurfaceChoice::Catalogue(id.to_owned());
        (self.document.picture.heights, self.document.picture.relief) = (surface.scale.into(), surface.scale.into());
        self.settle(surface);
        Ok(())
    }

    /// Start, rates, range and time for a surface of its own.
    pub(super) fn settle(&mut self, surface: &Surface) {
        self.drafts.formula = None;
        self.drafts.prediction = None;
        self.document.params.clear();
        self.document.start.clone_from(&surface.start);
        self.document.picture.range = None;
        self.document.transport.cursor = 0.0;
        self.document.forget_forks();
        for (racer, optimizer) in self.document.racers.iter_mut().zip(self.before.optimizers()) {
            racer.start = None;
            if let (Some(rate), Some(first)) =
                (suit::rate(optimizer, &racer.settings, surface), racer.settings.first_mut())
            {
                *first = rate;
            }
        }
    }

    fn set_formula(&mut self, text: String) -> Result<(), Refusal> {
        self.drafts.formula = None;
        if text.trim() == self.before.surface.source.trim() {
            return Ok(());
        }
        if self.before.surface.model.is_some() {
            return self.set_model_text(text, ModelText::Loss).map(drop);
        }
        match Surface::from_formula(&text, None) {
            Ok(surface) => {
                self.document.surface = SurfaceChoice::Formula(text);
                let document = &mut self.document;
                document.params.retain(|name, _| surface.formula.params.iter().any(|param| param.name == *name));
                document.forget_forks();
                if surface.dimension == document.start.len() {
                    self.follow(&surface);
                } else {
                    self.settle(&surface);
                }
            }
            Err(problems) => self.drafts.formula = Some(Draft { text, problems }),
        }
        Ok(())
    }

    /// Rates that were guessed for a formula are guessed again for what became of it; those that somebody chose stay.
    fn follow(&mut self, surface: &Surface) {
        let before = &self.before.surface;
        if before.id.is_some() {
            return;
        }
        for (racer, optimizer) in self.document.racers.iter_mut().zip(self.before.optimizers()) {
            let guessed = suit::rate(optimizer, &racer.settings, before);
            let next = suit::rate(optimizer, &racer.settings, surface);
            if let (Some(guessed), Some(next), Some(rate)) = (guessed, next, racer.settings.first_mut())
                && *rate == guessed
            {
                *rate = next;
            }
        }
    }

    fn choose_formula(&mut self, text: String) -> Result<(), Refusal> {
        let surface =
            Surface::from_formula(&text, None).map_err(|problems| Refusal::Formula { text: text.clone(), problems })?;
        self.document.surface = SurfaceChoice::Formula(text);
        self.document.picture.heights = surface.scale.into();
        self.settle(&surface);
        Ok(())
    }

    fn add_racer(&mut self, id: &str) -> Result<(), Refusal> {
        let choice = OptimizerChoice::Catalogue(id.to_owned());
        let optimizer = optimizer_of(&choice)?;
        let id = self.document.free_id();
        let racers = &self.document.racers;
        let uses = |palette: u8| racers.iter().filter(|racer| racer.palette == palette).count();
        let palette = (0..Racer::LOOKS).min_by_key(|&palette| uses(palette)).unwrap_or(0);
        self.document.racers.push(Racer {
            id,
            optimizer: OptimizerChoice::Catalogue(optimizer.id.clone()),
            settings: suit::settings(&optimizer, &self.before.surface),
            schedule: None,
            start: None,
            legs: Vec::new(),
            visible: true,
            palette,
        });
        self.document.selected = id;
        Ok(())
    }

    fn remove_racer(&mut self, id: RacerId) -> Result<(), Refusal> {
        let racers = &mut self.document.racers;
        let index = racers.iter().position(|racer| racer.id == id).ok_or(Refusal::UnknownRacer(id))?;
        if racers.len() == 1 {
            return Err(Refusal::LastRacer);
        }
        racers.remove(index);
        self.document.ghosts.retain(|ghost| ghost.of != id);
        let racers = &self.document.racers;
        if self.document.selected == id
            && let Some(next) = racers.get(index.min(racers.len() - 1))
        {
            self.document.selected = next.id;
        }
        self.drafts.forget(id);
        Ok(())
    }

    fn choose_optimizer(&mut self, id: RacerId, name: &str) -> Result<(), Refusal> {
        let optimizer = optimizer_of(&OptimizerChoice::Catalogue(name.to_owned()))?;
        let settings = suit::settings(&optimizer, &self.before.surface);
        let racer = self.racer(id)?;
        racer.optimizer = OptimizerChoice::Catalogue(optimizer.id.clone());
        racer.settings = settings;
        self.drafts.rules.remove(&id);
        Ok(())
    }

    fn choose_rule(&mut self, id: RacerId, text: String) -> Result<(), Refusal> {
        let choice = OptimizerChoice::Rule(text);
        let optimizer = optimizer_of(&choice)?;
        let settings = suit::settings(&optimizer, &self.before.surface);
        let racer = self.racer(id)?;
        (racer.optimizer, racer.settings) = (choice, settings);
        self.drafts.rules.remove(&id);
        Ok(())
    }

    /// Settings of the same name keep their values, so that typing does not move sliders.
    fn set_rule(&mut self, id: RacerId, text: String) -> Result<(), Refusal> {
        let old = self.optimizer(id)?.clone();
        self.drafts.rules.remove(&id);
        let read = OptimizerSpec::from_rule(&text).and_then(|spec| compiles(&spec, self.before).map(|()| spec));
        let spec = match read {
            Ok(spec) => spec,
            Err(problems) => {
                self.drafts.rules.insert(id, Draft { text, problems });
                return Ok(());
            }
        };
        let racer = self.racer(id)?;
        let value = |index: usize| racer.settings.get(index).copied();
        let mut settings = spec.defaults();
        for (slot, hyper) in settings.iter_mut().zip(&spec.hyperparameters) {
            let kept = old.index_of(&hyper.name).and_then(value);
            *slot = kept.filter(|&kept| hyper.check(kept).is_ok()).unwrap_or(*slot);
        }
        racer.settings = settings;
        racer.optimizer = OptimizerChoice::Rule(text);
        Ok(())
    }

    fn set_hyper(&mut self, id: RacerId, name: &str, value: f64) -> Result<(), Refusal> {
        let optimizer = self.optimizer(id)?;
        let Some(index) = optimizer.index_of(name) else {
            let known: Vec<String> = optimizer.hyperparameters.iter().map(|hyper| hyper.name.clone()).collect();
            let suggestion = crate::lang::nearest(name, known.iter().map(String::as_str));
            return Err(Refusal::Setting(SettingError::UnknownName { name: name.to_owned(), known, suggestion }));
        };
        if let Some(slot) = self.racer(id)?.settings.get_mut(index) {
            *slot = value;
        }
        Ok(())
    }

    /// Both axes get a name, so that the other one does not change what it shows behind the user's back.
    fn set_sweep_axis(&mut self, axis: usize, name: String) -> Result<(), Refusal> {
        let optimizer = self.optimizer(self.document.selected)?;
        let surface = &self.before.surface;
        let choices = sweepable(optimizer, &surface.variables);
        let name_of = |what: Varied| varied_name(what, optimizer, &surface.variables).to_owned();
        let known: Vec<String> = choices.into_iter().map(name_of).collect();
        let meaning = self.document.picture.maps.axes_of(optimizer, &surface.variables, &surface.domain);
        let shown = meaning.map(|axis| name_of(axis.what));
        let wanted = optimizer.index_of(&name).map_or(name, |index| name_of(Varied::Hyper(index)));
        if !known.contains(&wanted) {
            let suggestion = crate::lang::nearest(&wanted, known.iter().map(String::as_str));
            return Err(Refusal::Setting(SettingError::UnknownName { name: wanted, known, suggestion }));
        }
        let axes = &mut self.document.picture.maps.axes;
        let (axis, other) = if axis == 0 { (0, 1) } else { (1, 0) };
        if shown[axis] == wanted {
            return Ok(());
        }
        let [was, others] = [shown[axis].clone(), shown[other].clone()];
        let mut next = SweepAxis { name: Some(wanted.clone()), range: None };
        if others == wanted {
            next.range = axes[other].range;
            axes[other] = SweepAxis { name: Some(was), range: axes[axis].range };
        } else {
            axes[other].name = Some(others);
        }
        axes[axis] = next;
        Ok(())
    }

    fn set_schedule(&mut self, id: RacerId, text: String) -> Result<(), Refusal> {
        self.drafts.schedules.remove(&id);
        let racer = self.racer(id)?;
        if text.trim().is_empty() {
            racer.schedule = None;
        } else if let Err(problems) = Schedule::parse(&text) {
            self.drafts.schedules.insert(id, Draft { text, problems });
        } else {
            racer.schedule = Some(text);
        }
        Ok(())
    }
}

/// Whether a typed rule can be compiled for the surface.
fn compiles(spec: &OptimizerSpec, resolved: &Resolved) -> Result<(), Vec<Diagnostic>> {
    match bind(spec, &spec.defaults(), resolved.surface.clone()) {
        Err(BindError::Rule(problem)) => Err(vec![problem]),
        Ok(_) | Err(BindError::Setting(_)) => Ok(()),
    }
}

impl Transport {
    fn play(&mut self, end: f64) {
        self.playing = true;
        if self.cursor >= end {
            self.cursor = 0.0;
        }
    }

    fn stop_at(&mut self, cursor: f64) {
        self.playing = false;
        self.cursor = cursor;
    }
}
