//! What each command does to the document. Whether the result is whole is checked afterwards, in one place.

use super::resolve::NetResolved;
use super::state::NetDrafts;
use super::{NetCommand, NetDocument, NetLeg, NetRecipe, NetRefusal, NetView, PHASES, WeightEdit, suit};
use crate::nn::{Activation, Layer, Loss};
use crate::optim::{OptimizerSpec, SettingError};
use crate::schedule::Schedule;
use crate::session::draft::Draft;
use crate::session::resolve::optimizer_of;
use crate::session::{Drive, OptimizerChoice};

/// A document on its way to the next one.
pub(super) struct NetEdit<'a> {
    pub(super) document: NetDocument,
    pub(super) drafts: NetDrafts,
    pub(super) before: &'a NetResolved,
    /// The farthest step that was made.
    pub(super) reached: usize,
    /// Steps of an epoch, and the present one's place in it.
    pub(super) epoch: [usize; 2],
}

impl NetEdit<'_> {
    pub(super) fn apply(&mut self, command: NetCommand) -> Result<(), NetRefusal> {
        let document = &mut self.document;
        match command {
            NetCommand::SetData(data) => document.data = data,
            NetCommand::AddLayer => self.add_layer()?,
            NetCommand::RemoveLayer(layer) => self.remove_layer(layer)?,
            NetCommand::SetUnits { layer, units } => self.layer(layer, true)?.units = units,
            NetCommand::SetActivation { layer, activation } => self.layer(layer, false)?.activation = activation,
            NetCommand::SetInitializer(initializer) => document.initializer = initializer,
            NetCommand::SetSeed(seed) => document.seed = seed,
            NetCommand::SetPrecision(precision) => document.precision = precision,
            NetCommand::SetLoss(loss) => self.set_loss(loss)?,
            NetCommand::SetPenalty(penalty) => self.recipe()?.penalty = penalty,
            NetCommand::SetDropout(dropout) => self.recipe()?.dropout = dropout,
            NetCommand::ChooseOptimizer(id) => self.choose(OptimizerChoice::Catalogue(id))?,
            NetCommand::ChooseRule(text) => self.choose(OptimizerChoice::Rule(text))?,
            NetCommand::SetRule(text) => self.set_rule(text)?,
            NetCommand::SetHyper { name, value } => self.set_hyper(&name, value)?,
            NetCommand::SetSchedule(text) => self.set_schedule(text)?,
            NetCommand::SetBatch(batch) => self.recipe()?.batch = batch,
            NetCommand::SetShuffle(shuffle) => self.recipe()?.shuffle = shuffle,
            NetCommand::SetWeight { place, value } => self.set_weight(place, value)?,
            NetCommand::SetView(view) => document.picture.view = view,
            NetCommand::SelectNeuron(neuron) => document.picture.neuron = neuron,
            NetCommand::SelectWeight(weight) => document.picture.weight = weight,
            NetCommand::SelectSample(sample) => document.picture.sample = sample,
            NetCommand::SetLossScale(scale) => document.picture.losses = scale,
            NetCommand::ShowTest(on) => document.picture.test_points = on,
            NetCommand::SetDiscrete(on) => document.picture.discrete = on,
            NetCommand::SetSlice(slice) => document.picture.slice = slice,
            NetCommand::Load(loaded) => {
                *document = *loaded;
                self.drafts = NetDrafts::default();
                return Ok(());
            }
            time => self.transport(&time),
        }
        self.begin_anew_where_it_must();
        Ok(())
    }

    fn transport(&mut self, command: &NetCommand) {
        let [steps, place] = self.epoch;
        let reached = self.reached;
        let parts = self.document.picture.view == NetView::Loop;
        let transport = &mut self.document.transport;
        let (now, phase) = (transport.step, transport.phase);
        let mut stop_at = |step: usize| (transport.step, transport.playing, transport.phase) = (step, false, 0);
        match *command {
            NetCommand::Step if parts && phase + 1 < PHASES => {
                (transport.playing, transport.phase) = (false, phase + 1);
            }
            NetCommand::StepBack if parts && phase > 0 => (transport.playing, transport.phase) = (false, phase - 1),
            NetCommand::StepBack if parts && now > 0 => {
                (transport.step, transport.playing, transport.phase) = (now - 1, false, PHASES - 1);
            }
            NetCommand::Play => transport.playing = true,
            NetCommand::Pause => transport.playing = false,
            NetCommand::TogglePlay => transport.playing = !transport.playing,
            NetCommand::Step => stop_at(now + 1),
            NetCommand::StepBack => stop_at(now.saturating_sub(1)),
            NetCommand::Epoch => stop_at(now + steps.saturating_sub(place).max(1)),
            NetCommand::EpochBack => {
                stop_at(now.saturating_sub(if place == 0 { steps.max(1) } else { place }));
            }
            NetCommand::Reset => stop_at(0),
            NetCommand::Seek(step) => (transport.step, transport.phase) = (step.min(reached.max(now)), 0),
            NetCommand::SetSpeed(speed) => transport.speed = speed,
            _ => {}
        }
    }

    /// Other data, layers or first weights: the recipe holds from the beginning, where time goes back to.
    fn begin_anew_where_it_must(&mut self) {
        let (now, then) = (&self.document, &self.before.document);
        let same = now.data == then.data
            && now.layers == then.layers
            && now.initializer == then.initializer
            && now.seed == then.seed
            && now.precision == then.precision;
        if same {
            return;
        }
        if let Some(recipe) = self.document.recipe().cloned() {
            self.document.legs = vec![NetLeg { since: 0, recipe, edits: Vec::new() }];
        }
        (self.document.transport.step, self.document.transport.phase) = (0, 0);
        if now_differs(&self.document, &self.before.document) {
            self.document.picture.neuron = None;
            self.document.picture.weight = None;
        }
    }

    /// The leg that begins at the step that is shown: what was to change later is forgotten.
    fn leg(&mut self) -> Result<&mut NetLeg, NetRefusal> {
        let step = self.document.transport.step;
        let recipe = self.document.recipe().cloned().ok_or(NetRefusal::Legs)?;
        let legs = &mut self.document.legs;
        legs.retain(|leg| leg.since <= step);
        if legs.last().is_none_or(|last| last.since < step) {
            legs.push(NetLeg { since: step, recipe, edits: Vec::new() });
        }
        legs.last_mut().ok_or(NetRefusal::Legs)
    }

    fn recipe(&mut self) -> Result<&mut NetRecipe, NetRefusal> {
        self.leg().map(|leg| &mut leg.recipe)
    }

    fn layer(&mut self, index: usize, hidden: bool) -> Result<&mut Layer, NetRefusal> {
        let count = self.document.layers.len() - usize::from(hidden);
        self.document.layers[..count].get_mut(index).ok_or(NetRefusal::NoLayer(index))
    }

    /// A new hidden layer is as the one before it.
    fn add_layer(&mut self) -> Result<(), NetRefusal> {
        let layers = &mut self.document.layers;
        let place = layers.len().checked_sub(1).ok_or(NetRefusal::NoLayer(0))?;
        let usual = Layer { units: 4, activation: Activation::Tanh };
        let like = place.checked_sub(1).and_then(|before| layers.get(before)).cloned().unwrap_or(usual);
        layers.insert(place, like);
        Ok(())
    }

    fn remove_layer(&mut self, index: usize) -> Result<(), NetRefusal> {
        self.layer(index, true)?;
        self.document.layers.remove(index);
        Ok(())
    }

    fn set_loss(&mut self, loss: Loss) -> Result<(), NetRefusal> {
        let output = suit::output_for(loss, &self.before.split.train.targets);
        self.recipe()?.loss = loss;
        if let Some(last) = self.document.layers.last_mut() {
            *last = output;
        }
        Ok(())
    }

    fn choose(&mut self, choice: OptimizerChoice) -> Result<(), NetRefusal> {
        let optimizer = optimizer_of(&choice)?;
        let settings = suit::settings(&optimizer);
        let choice = match choice {
            OptimizerChoice::Catalogue(_) => OptimizerChoice::Catalogue(optimizer.id.clone()),
            rule => rule,
        };
        let drive = &mut self.recipe()?.drive;
        *drive = Drive { optimizer: choice, settings, schedule: drive.schedule.clone() };
        self.drafts.rule = None;
        Ok(())
    }

    /// Settings of the same name keep their values, so that typing does not move sliders.
    fn set_rule(&mut self, text: String) -> Result<(), NetRefusal> {
        self.drafts.rule = None;
        let spec = match OptimizerSpec::from_rule(&text) {
            Ok(spec) => spec,
            Err(problems) => {
                self.drafts.rule = Some(Draft { text, problems });
                return Ok(());
            }
        };
        let old = self.optimizer()?.clone();
        let drive = &mut self.recipe()?.drive;
        let mut settings = spec.defaults();
        for (slot, hyper) in settings.iter_mut().zip(&spec.hyperparameters) {
            let kept = old.index_of(&hyper.name).and_then(|index| drive.settings.get(index)).copied();
            *slot = kept.filter(|&kept| hyper.check(kept).is_ok()).unwrap_or(*slot);
        }
        (drive.optimizer, drive.settings) = (OptimizerChoice::Rule(text), settings);
        Ok(())
    }

    fn optimizer(&self) -> Result<&OptimizerSpec, NetRefusal> {
        self.before.optimizer_at(self.document.transport.step).ok_or(NetRefusal::Legs)
    }

    fn set_hyper(&mut self, name: &str, value: f64) -> Result<(), NetRefusal> {
        let optimizer = self.optimizer()?;
        let Some(index) = optimizer.index_of(name) else {
            let known: Vec<String> = optimizer.hyperparameters.iter().map(|hyper| hyper.name.clone()).collect();
            let suggestion = crate::lang::nearest(name, known.iter().map(String::as_str));
            return Err(NetRefusal::Setting(SettingError::UnknownName { name: name.to_owned(), known, suggestion }));
        };
        if let Some(slot) = self.recipe()?.drive.settings.get_mut(index) {
            *slot = value;
        }
        Ok(())
    }

    fn set_schedule(&mut self, text: String) -> Result<(), NetRefusal> {
        self.drafts.schedule = None;
        if text.trim().is_empty() {
            self.recipe()?.drive.schedule = None;
            return Ok(());
        }
        match Schedule::parse(&text) {
            Ok(_) => self.recipe()?.drive.schedule = Some(text),
            Err(problems) => self.drafts.schedule = Some(Draft { text, problems }),
        }
        Ok(())
    }

    fn set_weight(&mut self, place: usize, value: f64) -> Result<(), NetRefusal> {
        let edits = &mut self.leg()?.edits;
        match edits.iter_mut().find(|edit| edit.place == place) {
            Some(edit) => edit.value = value,
            None => edits.push(WeightEdit { place, value }),
        }
        Ok(())
    }
}

/// Whether the neurons are others.
fn now_differs(now: &NetDocument, then: &NetDocument) -> bool {
    let units = |document: &NetDocument| document.layers.iter().map(|layer| layer.units).collect::<Vec<_>>();
    units(now) != units(then) || now.data != then.data
}
