//! The session itself: a document with what follows from it, changed by commands and by time.

use std::sync::Arc;

use super::document::NetLeg;
use super::edit::NetEdit;
use super::resolve::{NetResolved, fit_to_data, resolve, split_of};
use super::{NetCommand, NetDocument, NetPicture, NetRecipe, NetRefusal, NetTransport, PHASES, Program, Speed, suit};
use crate::lang::Diagnostic;
use crate::nn::data::{DataError, DataSpec, find_dataset};
use crate::nn::{Activation, Architecture, Initializer, Layer, Penalty, Precision, Split};
use crate::objective::Batch;
use crate::optim::OptimizerSpec;
use crate::schedule::ScheduleError;
use crate::session::draft::Draft;
use crate::session::undo::Undo;
use crate::session::{Drive, OptimizerChoice, resolve::optimizer_of};

/// Texts that are being typed and cannot be understood yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetDrafts {
    /// Of one's own rule.
    pub rule: Option<Draft<Vec<Diagnostic>>>,
    /// Of the schedule.
    pub schedule: Option<Draft<ScheduleError>>,
}

/// A document of the network laboratory and what it means.
pub struct NetSession {
    document: NetDocument,
    resolved: NetResolved,
    drafts: NetDrafts,
    undo: Undo<NetDocument, NetCommand>,
    revision: u64,
    /// The farthest step that was made with this program.
    reached: usize,
    /// The part of a step that time has gone on beyond the last whole one.
    rest: f64,
}

impl NetSession {
    /// Opens a document.
    ///
    /// # Errors
    /// Why it is none.
    pub fn open(document: NetDocument) -> Result<Self, NetRefusal> {
        let split = split_of(&document, None)?;
        let resolved = resolve(&document, split, None)?;
        Ok(Self {
            document,
            resolved,
            drafts: NetDrafts::default(),
            undo: Undo::default(),
            revision: 0,
            reached: 0,
            rest: 0.0,
        })
    }

    /// A new session on a built-in data set: two hidden layers of tanh, the loss that suits, Adam.
    ///
    /// # Errors
    /// If there is no such data set.
    pub fn on(data: &str) -> Result<Self, NetRefusal> {
        Self::with(DataSpec::of(find_dataset(data).map_err(DataError::Unknown)?))
    }

    /// A new session on data.
    ///
    /// # Errors
    /// Why there is no such data.
    pub fn with(data: DataSpec) -> Result<Self, NetRefusal> {
        let split = Arc::new(data.split()?);
        let targets = &split.train.targets;
        let loss = suit::fitting_losses(targets).first().copied().unwrap_or(crate::nn::Loss::Mse);
        let optimizer = optimizer_of(&OptimizerChoice::Catalogue("torch/adam".to_owned()))?;
        let drive = Drive {
            settings: suit::settings(&optimizer),
            optimizer: OptimizerChoice::Catalogue(optimizer.id.clone()),
            schedule: None,
        };
        let hidden = if split.train.inputs() > 32 {
            vec![Layer { units: 32, activation: Activation::Relu }]
        } else {
            vec![Layer { units: 6, activation: Activation::Tanh }, Layer { units: 4, activation: Activation::Tanh }]
        };
        let recipe = NetRecipe {
            loss,
            penalty: Penalty::default(),
            dropout: 0.0,
            drive,
            batch: Batch { size: 10, seed: 0 },
            shuffle: true,
        };
        let layers = hidden.into_iter().chain([suit::output_for(loss, targets)]).collect();
        let document = NetDocument {
            data,
            layers,
            initializer: Initializer::default(),
            seed: 1,
            precision: Precision::F32,
            legs: vec![NetLeg { since: 0, recipe, edits: Vec::new() }],
            transport: NetTransport::default(),
            picture: NetPicture::default(),
        };
        Self::open(document)
    }

    /// Does what a command says, or nothing.
    ///
    /// # Errors
    /// Why nothing was changed. A text that cannot be understood is no error: it becomes a draft.
    pub fn apply(&mut self, command: NetCommand) -> Result<(), NetRefusal> {
        match command {
            NetCommand::Undo | NetCommand::Redo => return self.travel(&command),
            NetCommand::Settle => {
                self.undo.settle();
                return Ok(());
            }
            _ => {}
        }
        let mut edit = NetEdit {
            document: self.document.clone(),
            drafts: self.drafts.clone(),
            before: &self.resolved,
            reached: self.reached,
            epoch: self.epoch(),
        };
        edit.apply(command.clone())?;
        let NetEdit { document, drafts, .. } = edit;
        if document == self.document && drafts == self.drafts {
            return Ok(());
        }
        let loads = matches!(command, NetCommand::Load(_));
        let before = self.replace(document, drafts, loads)?;
        self.undo.note(command, &before, &self.document);
        Ok(())
    }

    /// Undoes or makes again.
    fn travel(&mut self, command: &NetCommand) -> Result<(), NetRefusal> {
        let back = *command == NetCommand::Undo;
        let found = if back { self.undo.back(&self.document) } else { self.undo.forward(&self.document) };
        self.replace(found.ok_or(NetRefusal::NothingToUndo)?, NetDrafts::default(), true).map(drop)
    }

    /// Makes a document the session's and gives the one before. One that is `whole` is taken as it is; else output and
    /// loss follow the data.
    fn replace(
        &mut self,
        mut document: NetDocument,
        drafts: NetDrafts,
        whole: bool,
    ) -> Result<NetDocument, NetRefusal> {
        let split = split_of(&document, Some(&self.resolved))?;
        if !whole {
            fit_to_data(&mut document, &split, &self.resolved.split);
        }
        let resolved = resolve(&document, split, Some(&self.resolved))?;
        let common = self.resolved.program.common_steps(&resolved.program);
        self.reached = self.reached.min(common.unwrap_or(0));
        if document.transport != self.document.transport {
            self.rest = 0.0;
        }
        self.revision += 1;
        self.reached = self.reached.max(document.transport.step.min(common.unwrap_or(0)));
        (self.resolved, self.drafts) = (resolved, drafts);
        Ok(std::mem::replace(&mut self.document, document))
    }

    /// Lets time go on by so many seconds, if it is playing at a pace. Whether anything has changed.
    pub fn advance(&mut self, seconds: f64) -> bool {
        let NetTransport { playing: true, speed: Speed::Steps(pace), .. } = self.document.transport else {
            return false;
        };
        if !seconds.is_finite() || seconds <= 0.0 {
            return false;
        }
        self.rest += seconds * pace;
        let steps = self.rest.floor();
        self.rest -= steps;
        self.document.transport.step = self.document.transport.step.saturating_add(steps as usize);
        self.document.transport.phase = 0;
        self.revision += u64::from(steps > 0.0);
        steps > 0.0
    }

    /// Takes note of how far the training has come. While time goes on by itself as fast as it can, that is where the
    /// picture is.
    pub fn reached(&mut self, step: usize, farthest: usize) {
        self.reached = self.reached.max(farthest);
        let transport = &mut self.document.transport;
        if transport.playing && transport.speed == Speed::Full && transport.step != step {
            transport.step = step;
            self.revision += 1;
        }
    }

    /// The training cannot go on beyond a step: time stands still there.
    pub fn stopped(&mut self, step: usize) {
        let transport = &mut self.document.transport;
        if transport.playing || transport.step > step {
            (transport.playing, transport.step) = (false, transport.step.min(step));
            self.revision += 1;
        }
    }

    /// All that decides training and picture.
    pub fn document(&self) -> &NetDocument {
        &self.document
    }

    /// The texts that cannot be understood yet.
    pub fn drafts(&self) -> &NetDrafts {
        &self.drafts
    }

    /// A number that grows whenever anything has changed.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Everything that decides the training's steps.
    pub fn program(&self) -> &Arc<Program> {
        &self.resolved.program
    }

    /// The data.
    pub fn split(&self) -> &Arc<Split> {
        &self.resolved.split
    }

    /// The layers.
    pub fn architecture(&self) -> &Architecture {
        &self.resolved.program.architecture
    }

    /// The recipe of the next step.
    pub fn recipe(&self) -> Option<&NetRecipe> {
        self.document.recipe()
    }

    /// The optimizer of the next step.
    pub fn optimizer(&self) -> Option<&OptimizerSpec> {
        self.resolved.optimizer_at(self.document.transport.step)
    }

    /// The text of the rule box: the draft, or one's own rule; none while the rule is one of the catalogue.
    pub fn rule_text(&self) -> Option<&str> {
        let own = || match &self.recipe()?.drive.optimizer {
            OptimizerChoice::Rule(text) => Some(text.as_str()),
            OptimizerChoice::Catalogue(_) => None,
        };
        self.drafts.rule.as_ref().map(|draft| draft.text.as_str()).or_else(own)
    }

    /// The text of the schedule box: the draft, or the schedule; empty for none.
    pub fn schedule_text(&self) -> &str {
        let own = || self.recipe().and_then(|recipe| recipe.drive.schedule.as_deref()).unwrap_or("");
        self.drafts.schedule.as_ref().map_or_else(own, |draft| &draft.text)
    }

    /// The step that is shown.
    pub fn step(&self) -> usize {
        self.document.transport.step
    }

    /// Which part of the next step is lit in the training loop. At a pace that eyes can follow, each has its time.
    pub fn phase(&self) -> usize {
        let transport = &self.document.transport;
        match transport.speed {
            Speed::Steps(pace) if transport.playing && pace <= 5.0 => {
                ((self.rest * PHASES as f64) as usize).min(PHASES - 1)
            }
            _ if transport.playing => PHASES - 1,
            _ => transport.phase.min(PHASES - 1),
        }
    }

    /// The farthest step that was made with this program, or is shown.
    pub fn farthest(&self) -> usize {
        self.reached.max(self.step())
    }

    /// How many steps an epoch has at the step that is shown, and the step's place in its epoch.
    pub fn epoch(&self) -> [usize; 2] {
        let rows = self.resolved.split.train.rows();
        let (mut place, mut steps) = (0, 1);
        let legs = &self.document.legs;
        for (k, leg) in legs.iter().enumerate().take_while(|(_, leg)| leg.since <= self.step()) {
            steps = leg.recipe.batch.per_epoch(rows);
            let until = legs.get(k + 1).map_or(self.step(), |next| next.since.min(self.step()));
            let batch_changes = k > 0 && legs.get(k - 1).is_some_and(|last| last.recipe.batch != leg.recipe.batch);
            if batch_changes {
                place = 0;
            }
            place = (place + until.saturating_sub(leg.since)) % steps.max(1);
        }
        [steps, place]
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        self.undo.can_undo()
    }

    /// Whether there is a change to make again.
    pub fn can_redo(&self) -> bool {
        self.undo.can_redo()
    }
}
