//! What suits: which losses mean something for which targets, the output that a loss wants, and the rate that a rule
//! should begin with on a net.

use crate::descent::Character;
use crate::nn::{Activation, Layer, Loss, Recipe, Targets};
use crate::optim::OptimizerSpec;

/// The losses that mean something for these targets, the usual one first.
pub fn fitting_losses(targets: &Targets) -> Vec<Loss> {
    match targets {
        Targets::Classes { names, .. } if names.len() == 2 => {
            vec![Loss::BceWithLogits, Loss::SoftmaxCrossEntropy, Loss::Hinge, Loss::Mse, Loss::Mae, Loss::Huber(1.0)]
        }
        Targets::Classes { .. } => vec![Loss::SoftmaxCrossEntropy, Loss::Mse, Loss::Mae, Loss::Huber(1.0)],
        Targets::Numbers { .. } => vec![Loss::Mse, Loss::Mae, Loss::Huber(1.0)],
    }
}

/// The output layer that a loss wants of these targets: of one unit where one is enough for two classes.
pub fn output_for(loss: Loss, targets: &Targets) -> Layer {
    let units = match (targets, loss) {
        (Targets::Numbers { cols, .. }, _) => *cols,
        (Targets::Classes { names, .. }, Loss::SoftmaxCrossEntropy) => names.len(),
        (Targets::Classes { names, .. }, _) if names.len() == 2 => 1,
        (Targets::Classes { names, .. }, _) => names.len(),
    };
    let squashed = units == 1
        && matches!(targets, Targets::Classes { .. })
        && matches!(loss, Loss::Mse | Loss::Mae | Loss::Huber(_));
    let activation = if squashed { Activation::Tanh } else { Activation::Linear };
    Layer { units, activation }
}

/// The recipes of a race: this one, and the same with other well-known rules at rates that suit, four in all.
pub fn racers(recipe: &Recipe) -> Vec<Recipe> {
    const RULES: [&str; 5] = ["torch/sgd", "torch/adam", "torch/rmsprop", "torch/adagrad", "torch/adadelta"];
    let other = |id: &str| {
        let optimizer = crate::optim::find(id).ok().filter(|optimizer| optimizer.id != recipe.optimizer.id)?;
        Some(Recipe { settings: settings(optimizer), optimizer: optimizer.clone(), schedule: None, ..recipe.clone() })
    };
    [recipe.clone()].into_iter().chain(RULES.into_iter().filter_map(other)).take(4).collect()
}

/// The defaults of an optimizer with a rate that suits nets: 0.1 where steps are proportional to the slope, 0.01 where
/// they have a length of their own.
pub(super) fn settings(optimizer: &OptimizerSpec) -> Vec<f64> {
    let mut settings = optimizer.defaults();
    let rate = match Character::of(optimizer, &settings) {
        Character::Linear { .. } => Some(0.1),
        Character::ScaleFree { .. } => Some(0.01),
        Character::Other => None,
    };
    if let (Some(rate), Some(first), Some(declared)) = (rate, settings.first_mut(), optimizer.hyperparameters.first())
        && declared.check(rate).is_ok()
    {
        *first = rate;
    }
    settings
}
