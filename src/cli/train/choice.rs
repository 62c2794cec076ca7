//! What the arguments choose: layers, activations, loss, recipe.

use std::str::FromStr;

use crate::cli::failure::Failure;
use crate::cli::race::RaceArgs;
use crate::cli::{number, schedule, words};
use crate::explain;
use crate::i18n::{Lang, fill};
use crate::nn::data::csv::Wanted;
use crate::nn::{Activation, Architecture, Dataset, Layer, Loss, NameError, Penalty, Recipe, Targets};
use crate::objective::Batch;

/// The most units of a layer that are understood; memory is the real limit.
const MAX_UNITS: usize = 1 << 24;

/// What a name means, with the option in front of what is wrong with it.
pub(super) fn named<T: FromStr<Err = NameError>>(option: &str, text: &str, lang: Lang) -> Result<T, Failure> {
    text.trim().parse().map_err(|error| words::option(lang, option, &explain::name(lang, &error)))
}

/// The widths of the hidden layers.
pub(super) struct LayerList(Vec<usize>);

impl LayerList {
    pub(super) fn read(text: &str, lang: Lang) -> Result<Self, Failure> {
        if text.trim().is_empty() {
            return Ok(Self(Vec::new()));
        }
        let wrong = |part: &str| {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("text", &part.trim()), ("most", &MAX_UNITS)];
            Failure::Input(fill(lang, "cli.layers", &values))
        };
        let width = |part: &str| {
            let value = part.trim().parse().ok().filter(|units| (1..=MAX_UNITS).contains(units));
            value.ok_or_else(|| wrong(part))
        };
        text.split(',').map(width).collect::<Result<_, _>>().map(Self)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// The activations of the hidden layers and of the output.
pub(super) struct ActivationList {
    hidden: Vec<Activation>,
    output: Activation,
}

impl ActivationList {
    pub(super) fn read(hidden: &str, output: &str, layers: usize, lang: Lang) -> Result<Self, Failure> {
        let listed: Vec<Activation> =
            hidden.split(',').map(|part| named("--activation", part, lang)).collect::<Result<_, _>>()?;
        let hidden = match listed.as_slice() {
            [one] => vec![*one; layers],
            all if all.len() == layers => listed,
            all => {
                let values: [(&str, &dyn std::fmt::Display); 2] = [("found", &all.len()), ("layers", &layers)];
                return Err(Failure::Input(fill(lang, "cli.activations", &values)));
            }
        };
        Ok(Self { hidden, output: named("--output-activation", output, lang)? })
    }
}

/// How a table's target is to be understood for a loss.
pub(super) fn wanted(loss: Option<Loss>) -> Wanted {
    match loss {
        None | Some(Loss::Mse | Loss::Mae | Loss::Huber(_)) => Wanted::Auto,
        Some(Loss::Hinge) => Wanted::Sides,
        Some(Loss::BceWithLogits) => Wanted::Binary,
        Some(Loss::SoftmaxCrossEntropy) => Wanted::Classes,
    }
}

/// The loss that goes with targets unless another is asked for.
pub(super) fn usual_loss(data: &Dataset) -> Loss {
    match &data.targets {
        Targets::Numbers { .. } => Loss::Mse,
        Targets::Classes { names, .. } if names.len() <= 2 => Loss::BceWithLogits,
        Targets::Classes { .. } => Loss::SoftmaxCrossEntropy,
    }
}

/// The net as far as the arguments say.
pub(super) struct NetChoice {
    pub(super) layers: LayerList,
    pub(super) activations: ActivationList,
    pub(super) loss: Loss,
}

impl NetChoice {
    /// The net for data.
    pub(super) fn net(self, data: &Dataset) -> Architecture {
        let hidden = self.layers.0.into_iter().zip(self.activations.hidden);
        let mut layers: Vec<Layer> = hidden.map(|(units, activation)| Layer { units, activation }).collect();
        layers.push(Layer { units: data.targets.outputs(self.loss), activation: self.activations.output });
        Architecture { inputs: data.inputs(), layers }
    }
}

/// How steps are made, as the arguments say it.
pub(super) struct RecipeChoice<'a> {
    pub(super) optimizer: &'a RaceArgs,
    pub(super) schedule: Option<&'a str>,
    pub(super) batch: &'a str,
    /// L1, L2 and dropout.
    pub(super) factors: [&'a str; 3],
    pub(super) shuffle: bool,
    pub(super) seed: u64,
}

/// A recipe whose loss is not known yet.
pub(super) struct Lossless(Recipe);

impl RecipeChoice<'_> {
    pub(super) fn read(&self, lang: Lang) -> Result<Lossless, Failure> {
        let racers = self.optimizer.racers(lang)?;
        let [racer] = racers.as_slice() else {
            return Err(Failure::Input(fill(lang, "cli.one_optimizer", &[("count", &racers.len())])));
        };
        let schedule = self.schedule.map(|spec| schedule::read(spec, lang)).transpose()?;
        let mut recipe = Recipe::new(Loss::Mse, &racer.spec);
        recipe.settings.clone_from(&racer.settings);
        recipe.schedule = schedule;
        recipe.batch = Batch { size: self.batch_size(lang)?, seed: self.seed };
        recipe.shuffle = self.shuffle;
        let [l1, l2, dropout] = self.factors;
        recipe.penalty = Penalty { l1: number::finite("--l1", l1, lang)?, l2: number::finite("--l2", l2, lang)? };
        recipe.dropout = number::finite("--dropout", dropout, lang)?;
        Ok(Lossless(recipe))
    }

    /// 0 for all rows.
    fn batch_size(&self, lang: Lang) -> Result<usize, Failure> {
        let text = self.batch.trim();
        if text == "full" {
            return Ok(0);
        }
        let size = text.parse::<usize>().ok().filter(|size| *size > 0);
        size.ok_or_else(|| Failure::Input(fill(lang, "cli.batch", &[("text", &text)])))
    }
}

impl Lossless {
    pub(super) fn with_loss(self, loss: Loss) -> Recipe {
        Recipe { loss, ..self.0 }
    }
}
