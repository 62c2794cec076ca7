//! The commands: a closed list of everything that can happen to a session. Buttons, keys, drags, lessons and tests all
//! send these, and nothing else changes anything.

use super::{Camera, Document, Layer, Motion, NetSlice, RacerId, Scale, View};
use crate::objective::Batch;
use crate::surface::Sample;
use crate::surface::model::DataPoint;

/// A wish. [`super::Session::apply`] grants it whole or refuses it whole.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Descend on an entry of the catalogue, from its prepared start. Racers whose steps follow the slope take its
    /// prepared rate; the time goes back to the start.
    ChooseSurface(String),
    /// The text in the formula box has changed: the formula of the surface, or the loss of a model. A text that is no
    /// formula becomes the draft of the formula; the surface stays.
    SetFormula(String),
    /// Begin with a formula that was written before: its start, rates and range are chosen as for an entry of the
    /// catalogue.
    ChooseFormula(String),
    /// Descend on the loss of a model of the catalogue over its own points, from its prepared start; otherwise as
    /// [`Command::ChooseSurface`].
    ChooseModel(String),
    /// Descend on a slice of a net's loss, from its prepared start; otherwise as [`Command::ChooseSurface`]. Each gradient
    /// sees all rows of it.
    ChooseSlice(Box<NetSlice>),
    /// The text of the model's prediction has changed; otherwise as [`Command::SetFormula`].
    SetPrediction(String),
    /// Add a point to the model's data, as the last row.
    AddPoint(DataPoint),
    /// Move a point of the model's data.
    MovePoint {
        /// Its row, from 0.
        row: usize,
        /// Where to.
        to: DataPoint,
    },
    /// Take a row out of the model's data.
    RemovePoint(usize),
    /// Replace the model's data.
    SetPoints(Vec<DataPoint>),
    /// Replace the model's data by points drawn around its truth.
    DrawPoints(Sample),
    /// Choose the mini-batches.
    SetBatch(Batch),
    /// Give a parameter that the formula declares a value.
    SetParam {
        /// Its name.
        name: String,
        /// The value.
        value: f64,
    },
    /// Start all racers here; the time goes back to the start.
    MoveStart(Vec<f64>),
    /// Start one racer at a place of its own, or with none at the start of the race; the time goes back to the start.
    MoveRacerStart {
        /// Which racer.
        racer: RacerId,
        /// The place.
        start: Option<Vec<f64>>,
    },
    /// Add a racer with an optimizer of the catalogue and select it.
    AddRacer(String),
    /// Take a racer away; the last one stays.
    RemoveRacer(RacerId),
    /// Show the settings and numbers of this racer.
    SelectRacer(RacerId),
    /// Draw a racer, or not.
    ShowRacer {
        /// Which racer.
        racer: RacerId,
        /// Whether to draw it.
        visible: bool,
    },
    /// Give a racer an optimizer of the catalogue, with settings that suit the surface.
    ChooseOptimizer {
        /// Which racer.
        racer: RacerId,
        /// The optimizer's id; a bare name is PyTorch's.
        id: String,
    },
    /// Give a racer a rule that was written before, with settings that suit the surface.
    ChooseRule {
        /// Which racer.
        racer: RacerId,
        /// The text.
        text: String,
    },
    /// The text of a racer's own rule has changed. A text that is no rule becomes a draft; the rule stays.
    SetRule {
        /// Which racer.
        racer: RacerId,
        /// The text.
        text: String,
    },
    /// Set a hyperparameter.
    SetHyper {
        /// Which racer.
        racer: RacerId,
        /// The hyperparameter's name; `lr` is always the rate.
        name: String,
        /// The value; a switch is 1 or 0.
        value: f64,
    },
    /// The text of a racer's schedule has changed; blank for a constant rate. A text that is no schedule becomes a draft;
    /// the schedule stays.
    SetSchedule {
        /// Which racer.
        racer: RacerId,
        /// The text.
        text: String,
    },
    /// Keep the racer's path as a ghost and let what is changed from now on hold from the step that is shown.
    Fork(RacerId),
    /// Undo the racer's last fork: it goes on as it did, and the ghost of that fork is gone.
    Join(RacerId),
    /// Take a ghost away.
    RemoveGhost(RacerId),
    /// Set the standard deviation of the noise on the gradients and its seed.
    SetNoise {
        /// The standard deviation.
        sigma: f64,
        /// The seed.
        seed: u64,
    },
    /// Set the horizon.
    SetSteps(usize),
    /// Let time go on; from the start if it is at the end.
    Play,
    /// Let time stand still.
    Pause,
    /// [`Command::Pause`] if playing, else [`Command::Play`].
    TogglePlay,
    /// Pause, and go to the next whole step; in slow motion, to the next line.
    Step,
    /// Pause, and go back to the last whole step before the cursor; in slow motion, to the line before.
    StepBack,
    /// Pause, and go to the start.
    Reset,
    /// Go to a place in time, in steps; within the descents.
    Seek(f64),
    /// Set the speed, a multiple of [`super::Transport::STEPS_PER_SECOND`].
    SetSpeed(f64),
    /// Play each step line by line, or not.
    SetSlow(bool),
    /// Begin again at the end, or not.
    SetLooping(bool),
    /// Look at the surface in another way.
    SetView(View),
    /// Draw a layer, or not.
    SetLayer {
        /// Which layer.
        layer: Layer,
        /// Whether to draw it.
        on: bool,
    },
    /// Draw the arrow of a state of the rule, or not.
    SetArrow {
        /// The state's name.
        state: String,
        /// Whether to draw it.
        on: bool,
    },
    /// Look at the linear approximation so far along the tangent.
    SetEpsilon(f64),
    /// Set how heights become colors and contour levels.
    SetHeightScale(Scale),
    /// Set the scale of the loss curve.
    SetLossScale(Scale),
    /// Look at the relief from here.
    SetCamera(Camera),
    /// Set how the relief lays out its heights.
    SetReliefScale(Scale),
    /// Set how the balls move between iterates.
    SetMotion(Motion),
    /// Keep the selected ball in sight, or not.
    SetFollow(bool),
    /// Look at this range, a pair for each variable.
    SetRange(Vec<[f64; 2]>),
    /// Look at the surface's usual range; where the relief is seen, from the usual place.
    FitSurface,
    /// Look at the whole paths of the visible racers; where the relief is seen, at all of it.
    FitPaths,
    /// Make maps of so many cells along each side.
    SetMapSize(usize),
    /// Lay a number along an axis of the sweep, over its usual range. What the other axis shows is exchanged for it.
    SetSweepAxis {
        /// 0 across, 1 up.
        axis: usize,
        /// The name of a hyperparameter of the selected racer, or of a variable.
        name: String,
    },
    /// Sweep an axis over a range; none for the usual one.
    SetSweepRange {
        /// 0 across, 1 up.
        axis: usize,
        /// The smaller and the larger end.
        range: Option<[f64; 2]>,
    },
    /// Replace the document (a scenario was opened).
    Load(Box<Document>),
    /// The hand has let go: what is changed next is undone by itself, not with what was changed before.
    Settle,
    /// Take back the last change of the settings.
    Undo,
    /// Make again what was taken back.
    Redo,
}
