//! The built-in models: `assets/models.toml`, read once. The file says what its fields mean.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{ModelChoice, Sample, Target};
use crate::i18n::Localized;
use crate::lang::closest;
use crate::surface::{HeightScale, Surface, UnknownId};

/// An entry of the catalogue.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelEntry {
    /// The name in scenarios.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// The text of the prediction.
    pub prediction: String,
    /// The text of the loss.
    pub loss: String,
    /// What is predicted.
    #[serde(default)]
    pub target: Target,
    /// The parameter `w`, if it has it.
    pub w: Option<Axis>,
    /// The parameter `b`, if it has it.
    pub b: Option<Axis>,
    /// A learning rate with which plain descent from the start shows something.
    pub lr: f64,
    /// How its heights are best told apart.
    #[serde(default)]
    pub scale: HeightScale,
    /// Properties, as those of surfaces.
    pub tags: Vec<String>,
    /// What its data is drawn around: a formula of `x`.
    pub truth: String,
    /// The range of the data.
    pub x: [f64; 2],
    /// The standard deviation of the data around the truth.
    pub noise: f64,
    /// How many points its own sample has.
    pub count: usize,
    /// The seed of its own sample.
    pub seed: u64,
    /// What it teaches.
    pub lesson: Localized,
}

/// A parameter's axis.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// The usual range.
    pub domain: [f64; 2],
    /// The prepared start.
    pub start: f64,
}

impl ModelEntry {
    /// The axis of a parameter, by its name; a wide one for a parameter that only a text of the user's own has.
    pub(super) fn axis(&self, name: &str) -> Axis {
        let own = if name == "w" { self.w } else { self.b };
        own.unwrap_or(Axis { domain: [-4.0, 4.0], start: 0.0 })
    }

    /// How its own points are drawn.
    pub fn sample(&self) -> Sample {
        Sample { count: self.count, noise: self.noise, seed: self.seed }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    model: Vec<ModelEntry>,
}

fn entries() -> &'static [ModelEntry] {
    static ENTRIES: OnceLock<Vec<ModelEntry>> = OnceLock::new();
    // The file is part of the program and the tests read all of it: it cannot fail for a user.
    ENTRIES.get_or_init(|| {
        let file: File = toml::from_str(include_str!("../../../assets/models.toml"))
            .unwrap_or_else(|why| panic!("assets/models.toml: {why}"));
        file.model
    })
}

/// The built-in models in the order of the menus.
pub fn models() -> &'static [ModelEntry] {
    entries()
}

/// The model with that id.
///
/// # Errors
///
/// [`UnknownId`] with the nearest ids.
pub fn find_model(id: &str) -> Result<&'static ModelEntry, UnknownId> {
    let known = entries();
    known.iter().find(|entry| entry.id == id).ok_or_else(|| UnknownId {
        id: id.to_owned(),
        suggestions: closest(id, known.iter().map(|entry| entry.id.as_str())),
    })
}

/// The surface of each entry over its own points, in the order of the entries: for menus and small pictures.
pub fn model_surfaces() -> &'static [Surface] {
    static SURFACES: OnceLock<Vec<Surface>> = OnceLock::new();
    SURFACES.get_or_init(|| {
        let made = entries().iter().map(|entry| ModelChoice::of(entry).surface());
        made.collect::<Result<_, _>>().unwrap_or_else(|why| panic!("assets/models.toml: {why:?}"))
    })
}
