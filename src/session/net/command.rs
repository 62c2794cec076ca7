//! The commands of the network laboratory: a closed list of everything that can happen to its session.

use super::{NetDocument, NetView, Neuron, SliceChoice, Speed};
use crate::nn::data::DataSpec;
use crate::nn::{Activation, Initializer, Loss, Penalty, Precision};
use crate::objective::Batch;
use crate::session::Scale;

/// A wish. [`super::NetSession::apply`] grants it whole or refuses it whole.
///
/// What changes data, layers or first weights begins the training anew, at step 0; what changes the recipe holds from
/// the step that is shown, and what was trained beyond it is forgotten.
#[derive(Clone, Debug, PartialEq)]
pub enum NetCommand {
    /// Learn from other data. Where the kind of targets is another, output and loss become such that they fit.
    SetData(DataSpec),
    /// Add a hidden layer before the output.
    AddLayer,
    /// Take a hidden layer away.
    RemoveLayer(usize),
    /// Set the number of units of a hidden layer.
    SetUnits {
        /// Which layer, from 0.
        layer: usize,
        /// How many units.
        units: usize,
    },
    /// Set the activation of a layer.
    SetActivation {
        /// Which layer, from 0.
        layer: usize,
        /// What its units answer with.
        activation: Activation,
    },
    /// Draw the first weights in another way.
    SetInitializer(Initializer),
    /// Draw other first weights.
    SetSeed(u64),
    /// Compute in other numbers.
    SetPrecision(Precision),
    /// Minimize another loss; the output's activation becomes one that it wants.
    SetLoss(Loss),
    /// Add something for the size of the weights.
    SetPenalty(Penalty),
    /// Leave out this share of hidden activations while training.
    SetDropout(f64),
    /// Follow an optimizer of the catalogue, with settings that suit nets.
    ChooseOptimizer(String),
    /// Follow a rule that was written before.
    ChooseRule(String),
    /// The text of one's own rule has changed. A text that is no rule becomes a draft; the rule stays.
    SetRule(String),
    /// Set a hyperparameter.
    SetHyper {
        /// Its name; `lr` is always the rate.
        name: String,
        /// The value; a switch is 1 or 0.
        value: f64,
    },
    /// The text of the schedule has changed; blank for a constant rate. A text that is no schedule becomes a draft.
    SetSchedule(String),
    /// Choose the mini-batches.
    SetBatch(Batch),
    /// Shuffle the rows anew for each epoch, or not.
    SetShuffle(bool),
    /// Set a weight or a bias from the step that is shown.
    SetWeight {
        /// Its place among the parameters.
        place: usize,
        /// The value.
        value: f64,
    },
    /// Let time go on.
    Play,
    /// Let time stand still.
    Pause,
    /// [`NetCommand::Pause`] if playing, else [`NetCommand::Play`].
    TogglePlay,
    /// Pause, and make one mini-batch step.
    Step,
    /// Pause, and go back one mini-batch step.
    StepBack,
    /// Pause, and go on to the end of the epoch.
    Epoch,
    /// Pause, and go back to the beginning of the epoch, or of the one before.
    EpochBack,
    /// Pause, and go back to the first weights: the same ones.
    Reset,
    /// Go to a step.
    Seek(usize),
    /// Set the speed.
    SetSpeed(Speed),
    /// Look at something else.
    SetView(NetView),
    /// Show the numbers of a neuron, or of none.
    SelectNeuron(Option<Neuron>),
    /// Show the numbers of a weight or bias, or of none.
    SelectWeight(Option<usize>),
    /// Follow this row of the training data.
    SelectSample(usize),
    /// Set the scale of the loss curve.
    SetLossScale(Scale),
    /// Draw the points of the test data, or not.
    ShowTest(bool),
    /// Show answers as decisions, or not.
    SetDiscrete(bool),
    /// Look at another slice of the loss.
    SetSlice(SliceChoice),
    /// Replace the document (a scenario was opened).
    Load(Box<NetDocument>),
    /// The hand has let go: what is changed next is undone by itself.
    Settle,
    /// Take back the last change of the settings.
    Undo,
    /// Make again what was taken back.
    Redo,
}
