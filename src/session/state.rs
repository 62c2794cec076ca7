//! The session itself: a document with what follows from it, changed by commands and by time.

use super::draft::Drafts;
use super::edit::Edit;
use super::refusal::Refusal;
use super::resolve::{Resolved, resolve};
use super::runs::Runs;
use super::undo::Undo;
use super::{Command, Document, Ghost, OptimizerChoice, Picture, Racer, RacerId, SurfaceChoice, Transport};
use crate::descent::{Descent, Noise, Standing, StopRule, standings};
use crate::objective::Batch;
use crate::optim::{Method, OptimizerSpec};
use crate::surface::Surface;

/// A document, what it means, and its descents.
pub struct Session {
    document: Document,
    resolved: Resolved,
    drafts: Drafts,
    runs: Runs,
    undo: Undo<Document, Command>,
    /// Seconds that a looping picture has stood at the end.
    rested: f64,
    revision: u64,
    surface_revision: u64,
    runs_revision: u64,
}

impl Session {
    /// The horizon of a new session.
    pub const STEPS: usize = 200;

    /// Opens a document.
    ///
    /// # Errors
    /// Why it is none.
    pub fn open(document: Document) -> Result<Self, Refusal> {
        let resolved = resolve(&document, None)?;
        let mut runs = Runs::default();
        runs.update(&document, &resolved);
        let mut session = Self {
            document,
            resolved,
            drafts: Drafts::default(),
            runs,
            undo: Undo::default(),
            rested: 0.0,
            revision: 0,
            surface_revision: 0,
            runs_revision: 0,
        };
        session.hold_cursor();
        Ok(session)
    }

    /// A new session on a surface of the catalogue, with one optimizer, paused at the start.
    ///
    /// # Errors
    /// If there is no such surface or optimizer.
    pub fn on(surface: &str, optimizer: &str) -> Result<Self, Refusal> {
        let found = crate::surface::find(surface).map_err(Refusal::UnknownSurface)?;
        let optimizer = super::resolve::optimizer_of(&OptimizerChoice::Catalogue(optimizer.to_owned()))?;
        let racer = Racer {
            id: RacerId(0),
            settings: super::suit::settings(&optimizer, found),
            optimizer: OptimizerChoice::Catalogue(optimizer.id.clone()),
            schedule: None,
            start: None,
            legs: Vec::new(),
            visible: true,
            palette: 0,
        };
        Self::open(Document {
            surface: SurfaceChoice::Catalogue(surface.to_owned()),
            params: std::collections::BTreeMap::new(),
            start: found.start.clone(),
            selected: racer.id,
            racers: vec![racer],
            ghosts: Vec::new(),
            noise: Noise::default(),
            batch: Batch::default(),
            steps: Self::STEPS,
            stop: StopRule::Auto,
            transport: Transport::default(),
            picture: Picture { heights: found.scale.into(), relief: found.scale.into(), ..Picture::default() },
        })
    }

    /// Does what a command says, or nothing.
    ///
    /// # Errors
    /// Why nothing was changed. A text that cannot be understood is no error: it becomes a draft.
    pub fn apply(&mut self, command: Command) -> Result<(), Refusal> {
        match command {
            Command::Undo | Command::Redo => return self.travel(&command),
            Command::Settle => {
                self.undo.settle();
                return Ok(());
            }
            _ => {}
        }
        let mut edit = Edit {
            document: self.document.clone(),
            drafts: self.drafts.clone(),
            before: &self.resolved,
            end: self.last_step(),
            paths: &|| self.runs.ranges(self.resolved.surface.dimension),
        };
        edit.apply(command.clone())?;
        let Edit { document, drafts, .. } = edit;
        if document == self.document && drafts == self.drafts {
            return Ok(());
        }
        let before = self.replace(document, drafts)?;
        self.undo.note(command, &before, &self.document);
        Ok(())
    }

    /// Undoes or makes again.
    fn travel(&mut self, command: &Command) -> Result<(), Refusal> {
        let back = *command == Command::Undo;
        let found = if back { self.undo.back(&self.document) } else { self.undo.forward(&self.document) };
        self.replace(found.ok_or(Refusal::NothingToUndo)?, Drafts::default()).map(drop)
    }

    /// Makes a document the session's and gives the one before.
    fn replace(&mut self, document: Document, drafts: Drafts) -> Result<Document, Refusal> {
        let resolved = resolve(&document, Some((&self.document, &self.resolved)))?;
        self.revision += 1;
        if !std::sync::Arc::ptr_eq(&resolved.surface, &self.resolved.surface) {
            self.surface_revision += 1;
        }
        if document.transport != self.document.transport {
            self.rested = 0.0;
        }
        let before = std::mem::replace(&mut self.document, document);
        (self.resolved, self.drafts) = (resolved, drafts);
        if self.runs.update(&self.document, &self.resolved) {
            self.runs_revision += 1;
        }
        self.hold_cursor();
        Ok(before)
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        self.undo.can_undo()
    }

    /// Whether there is a change to make again.
    pub fn can_redo(&self) -> bool {
        self.undo.can_redo()
    }

    /// Lets time go on by so many seconds, if it is playing. Whether anything that is drawn has changed.
    pub fn advance(&mut self, seconds: f64) -> bool {
        let end = self.last_step();
        let moved = self.document.transport.advance(seconds, end, &mut self.rested);
        self.revision += u64::from(moved);
        moved
    }

    /// The cursor never lies beyond the descents.
    fn hold_cursor(&mut self) {
        let end = self.last_step() as f64;
        self.document.transport.cursor = self.document.transport.cursor.min(end);
    }

    /// All that decides the picture.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The texts that cannot be understood yet.
    pub fn drafts(&self) -> &Drafts {
        &self.drafts
    }

    /// A number that grows whenever anything has changed.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// A number that grows whenever the surface is another: what is sampled from it is stale.
    pub fn surface_revision(&self) -> u64 {
        self.surface_revision
    }

    /// A number that grows whenever a descent is another: what is made of paths and losses is stale.
    pub fn runs_revision(&self) -> u64 {
        self.runs_revision
    }

    /// The surface, with its parameters' values.
    pub fn surface(&self) -> &Surface {
        &self.resolved.surface
    }

    /// The surface, to share with a worker or an evaluator.
    pub fn shared_surface(&self) -> std::sync::Arc<Surface> {
        self.resolved.surface.clone()
    }

    /// The text of the formula box: the draft, or the formula of the surface.
    pub fn formula_text(&self) -> &str {
        self.drafts.formula.as_ref().map_or(&self.resolved.surface.source, |draft| &draft.text)
    }

    /// The text of the prediction box: the draft, or the prediction of the model; empty without a model.
    pub fn prediction_text(&self) -> &str {
        let own = || self.resolved.surface.model.as_ref().map_or("", |model| &model.prediction);
        self.drafts.prediction.as_ref().map_or_else(own, |draft| &draft.text)
    }

    /// The rows of data whose gradient leads the selected racer from the step that is shown to the next, all of them for a
    /// native method; none without data.
    pub fn batch_rows(&self) -> Option<Vec<u32>> {
        let rows =
            self.resolved.surface.model.as_ref().map(|_| crate::objective::DataLoss::rows(&*self.resolved.surface))?;
        let native =
            self.optimizer(self.document.selected).is_some_and(|spec| matches!(spec.method, Method::Native(_)));
        let batch = if native { Batch::default() } else { self.document.batch };
        Some(batch.rows(rows, self.step()))
    }

    /// The racers, in the order of the list.
    pub fn racers(&self) -> &[Racer] {
        &self.document.racers
    }

    /// The selected racer.
    pub fn selected(&self) -> Option<&Racer> {
        self.document.racer(self.document.selected)
    }

    /// The optimizer of a racer: its name, hyperparameters and rule.
    pub fn optimizer(&self, id: RacerId) -> Option<&OptimizerSpec> {
        let index = self.document.racers.iter().position(|racer| racer.id == id)?;
        self.resolved.optimizers().nth(index).map(|spec| &**spec)
    }

    /// The text of a racer's rule box: the draft, or its own rule; none while it has one of the catalogue.
    pub fn rule_text(&self, id: RacerId) -> Option<&str> {
        let own = || match &self.document.racer(id)?.optimizer {
            OptimizerChoice::Rule(text) => Some(text.as_str()),
            OptimizerChoice::Catalogue(_) => None,
        };
        self.drafts.rules.get(&id).map(|draft| draft.text.as_str()).or_else(own)
    }

    /// The text of a racer's schedule box: the draft, or its schedule; empty for none.
    pub fn schedule_text(&self, id: RacerId) -> &str {
        let own = || self.document.racer(id).and_then(|racer| racer.schedule.as_deref()).unwrap_or("");
        self.drafts.schedules.get(&id).map_or_else(own, |draft| &draft.text)
    }

    /// What moves the start that the hand is on: the selected racer's own, if it has one, else that of the race.
    pub fn move_start(&self, start: Vec<f64>) -> Command {
        match self.selected() {
            Some(Racer { id, start: Some(_), .. }) => Command::MoveRacerStart { racer: *id, start: Some(start) },
            _ => Command::MoveStart(start),
        }
    }

    /// Where the selected racer starts.
    pub fn shown_start(&self) -> &[f64] {
        self.selected().map_or(&self.document.start, |racer| self.document.start_of(racer))
    }

    /// The descent of a visible racer, complete.
    pub fn run(&self, id: RacerId) -> Option<&Descent> {
        self.runs.get(id)
    }

    /// The descent that makes a racer's step from row `step`: that of the leg it lies in, so that states and lines of
    /// the rule are those of the settings that held then.
    pub fn run_at(&self, id: RacerId, step: usize) -> Option<&Descent> {
        self.runs.at(id, step)
    }

    /// The ghosts with their descents.
    pub fn ghosts(&self) -> impl Iterator<Item = (&Ghost, &Descent)> {
        self.document.ghosts.iter().filter_map(|ghost| Some((ghost, self.runs.get(ghost.racer.id)?)))
    }

    /// The visible racers with their descents, in the order of the list.
    pub fn runs(&self) -> impl Iterator<Item = (&Racer, &Descent)> {
        self.document.racers.iter().filter_map(|racer| Some((racer, self.runs.get(racer.id)?)))
    }

    /// The last step of the visible descents: where time ends.
    pub fn last_step(&self) -> usize {
        self.runs.last_step()
    }

    /// The step that is shown.
    pub fn step(&self) -> usize {
        self.document.transport.step()
    }

    /// Where a racer's ball is now.
    pub fn position(&self, id: RacerId) -> Option<Vec<f64>> {
        self.runs.get(id).map(|run| run.position(self.document.transport.place()))
    }

    /// The range of each variable that is looked at.
    pub fn range(&self) -> &[[f64; 2]] {
        self.document.picture.range.as_deref().unwrap_or(&self.resolved.surface.domain)
    }

    /// The same, moved along as far as it takes to keep the selected ball in its inner part, if the picture follows it.
    /// A ball that is out of all proportion (it diverged) is not followed.
    pub fn shown_range(&self) -> Vec<[f64; 2]> {
        let range = self.range().to_vec();
        match self.position(self.document.selected) {
            Some(place) if self.document.picture.follow => range.into_iter().zip(place).map(follow).collect(),
            _ => range,
        }
    }

    /// How far along the tangent the linear approximation is looked at: what was chosen, or an eighth of the range.
    pub fn epsilon(&self) -> f64 {
        let usual = || self.range().first().map_or(1.0, |[low, high]| (high - low) / 8.0);
        self.document.picture.epsilon.unwrap_or_else(usual)
    }

    /// The standings of the visible racers at the step that is shown; `ball` counts in the order of [`Session::runs`].
    pub fn standings(&self) -> Vec<Standing> {
        let minima: Vec<&[f64]> = self.resolved.surface.minima.iter().map(|minimum| minimum.at.as_slice()).collect();
        standings(self.runs().map(|(_, run)| run), self.step(), &minima)
    }
}

/// A range moved by the least that brings a place into its inner part.
fn follow(([low, high], place): ([f64; 2], f64)) -> [f64; 2] {
    /// The share of the range that is kept free on each side of the ball.
    const MARGIN: f64 = 0.15;
    /// Beyond so many widths of the range its ends would no longer differ by what is seen.
    const FARTHEST: f64 = 1e6;
    let width = high - low;
    let by = (place - (high - MARGIN * width)).max(0.0) + (place - (low + MARGIN * width)).min(0.0);
    if by.abs() <= FARTHEST * width { [low + by, high + by] } else { [low, high] }
}
