//! What the maps show: how fine they are, and which two numbers a sweep lays along its axes.
//!
//! A choice is by name, so that it outlives a change of the optimizer; [`MapChoice::axes_of`] says what it means for one.

use crate::descent::map::{Axis, Varied};
use crate::optim::{Hyperparameter, OptimizerSpec, Scale};

/// How the maps are made.
#[derive(Clone, Debug, PartialEq)]
pub struct MapChoice {
    /// Cells along each side, one of [`MapChoice::SIZES`].
    pub size: usize,
    /// What a sweep varies, across and up.
    pub axes: [SweepAxis; 2],
}

/// What a sweep varies along one side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SweepAxis {
    /// The name of a hyperparameter (`lr` is the rate) or of a variable, which means that coordinate of the start. None
    /// for what is usual: the rate across, the momentum up.
    pub name: Option<String>,
    /// From where to where; none for the range that the slider has.
    pub range: Option<[f64; 2]>,
}

impl Default for MapChoice {
    fn default() -> Self {
        Self { size: Self::SIZES[1], axes: Default::default() }
    }
}

impl MapChoice {
    /// How fine a map may be.
    pub const SIZES: [usize; 3] = [256, 512, 1024];

    /// Whether an axis can have this range.
    pub(super) fn accepts(range: [f64; 2]) -> bool {
        let [low, high] = range;
        low < high && (high - low).is_finite()
    }

    /// What the axes of a sweep mean for an optimizer, over `variables` that are looked at in `ranges`. A name that the
    /// optimizer does not know falls back to what is usual; the two always differ.
    pub fn axes_of(&self, optimizer: &OptimizerSpec, variables: &[String], ranges: &[[f64; 2]]) -> [Axis; 2] {
        let choices = sweepable(optimizer, variables);
        let named = |axis: &SweepAxis| {
            let name = axis.name.as_deref()?;
            let hyper = optimizer.index_of(name).map(Varied::Hyper);
            hyper.or_else(|| variables.iter().position(|variable| variable == name).map(Varied::Start))
        };
        let first = named(&self.axes[0]).or_else(|| choices.first().copied()).unwrap_or(Varied::Start(0));
        let momentum = ["momentum", "beta1"].into_iter().find_map(|name| optimizer.index_of(name)).map(Varied::Hyper);
        let second = named(&self.axes[1]).into_iter().chain(momentum).chain(choices).find(|what| *what != first);
        let meanings = [first, second.unwrap_or(first)].map(|what| meaning(what, optimizer, ranges));
        [0, 1].map(|k| within(meanings[k], self.axes[k].range, optimizer))
    }
}

/// Everything that a sweep can vary: the hyperparameters in their order, then the coordinates of the start.
pub fn sweepable(optimizer: &OptimizerSpec, variables: &[String]) -> Vec<Varied> {
    let hypers = (0..optimizer.hyperparameters.len()).map(Varied::Hyper);
    hypers.chain((0..variables.len()).map(Varied::Start)).collect()
}

/// The usual range of what is varied.
fn meaning(what: Varied, optimizer: &OptimizerSpec, ranges: &[[f64; 2]]) -> Axis {
    let own = |k: usize| ranges.get(k).copied().unwrap_or([-1.0, 1.0]);
    match what {
        Varied::Start(k) => Axis { what, range: own(k), scale: Scale::Linear },
        Varied::Hyper(index) => match optimizer.hyperparameters.get(index) {
            // Evenly up to one, so that the limit of stability is seen as the curve that books draw.
            Some(Hyperparameter { scale: Scale::OneMinus, range, .. }) => {
                Axis { what, range: *range, scale: Scale::Linear }
            }
            Some(hyper) => Axis { what, range: hyper.range, scale: hyper.scale },
            None => Axis { what, range: [0.0, 1.0], scale: Scale::Linear },
        },
    }
}

/// The same over another range, as far as it means something.
fn within(axis: Axis, range: Option<[f64; 2]>, optimizer: &OptimizerSpec) -> Axis {
    let Some([mut low, mut high]) = range else { return axis };
    if let Varied::Hyper(index) = axis.what
        && let Some(hyper) = optimizer.hyperparameters.get(index)
    {
        let positive = if axis.scale == Scale::Log { hyper.range[0] * 1e-6 } else { f64::NEG_INFINITY };
        let least = hyper.limits.min.max(positive);
        let most = if hyper.limits.open { hyper.limits.max.next_down() } else { hyper.limits.max };
        (low, high) = (low.clamp(least, most), high.clamp(least, most));
    }
    if MapChoice::accepts([low, high]) { Axis { range: [low, high], ..axis } } else { axis }
}

/// The name of what is varied, in commands and files.
pub fn varied_name<'a>(what: Varied, optimizer: &'a OptimizerSpec, variables: &'a [String]) -> &'a str {
    match what {
        Varied::Start(k) => variables.get(k).map_or("", String::as_str),
        Varied::Hyper(index) => optimizer.hyperparameters.get(index).map_or("", |hyper| hyper.name.as_str()),
    }
}
