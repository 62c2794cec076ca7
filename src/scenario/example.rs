//! The prepared examples: scenarios that each make one point, in chapters. The manifest `assets/examples.toml` says the
//! order and the point, the scenarios are files of `assets/scenarios`; all of it is part of the program.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Problem, Scenario, open, read};
use crate::i18n::Localized;
use crate::session::{Document, Session};

/// A chapter of the gallery.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// Its heading.
    pub name: Localized,
    /// What stands in it, in order.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
}

/// A prepared example.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Its name in the program: that of its file without `.toml`.
    pub id: String,
    /// Its title.
    pub title: Localized,
    /// The point that it makes, one sentence.
    pub point: Localized,
}

impl Example {
    /// The text of its scenario.
    pub fn text(&self) -> &'static str {
        let named = |(file, _): &&(&str, &str)| file.strip_suffix(".toml") == Some(self.id.as_str());
        FILES.iter().find(named).map_or("", |(_, text)| text)
    }

    /// What it is about.
    ///
    /// # Errors
    /// Never, as the tests hold: the scenario is part of the program.
    pub fn scenario(&self) -> Result<Scenario, Problem> {
        open(self.text())
    }

    /// Its document, of an example about descents.
    ///
    /// # Errors
    /// Never, as the tests hold: the scenario is part of the program.
    pub fn document(&self) -> Result<Document, Problem> {
        read(self.text())
    }

    /// A session with it.
    ///
    /// # Errors
    /// As [`Example::document`].
    pub fn session(&self) -> Result<Session, Problem> {
        Session::open(self.document()?).map_err(|refusal| Problem::Refused(Box::new(refusal)))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    chapter: Vec<Chapter>,
}

static CHAPTERS: LazyLock<Vec<Chapter>> = LazyLock::new(|| {
    match toml::from_str::<Manifest>(include_str!("../../assets/examples.toml")) {
        Ok(manifest) => manifest.chapter,
        // The manifest is part of the program and read by a test: this can only be met while it is being edited.
        Err(error) => panic!("assets/examples.toml: {error}"),
    }
});

/// The chapters of the gallery, in order.
pub fn chapters() -> &'static [Chapter] {
    &CHAPTERS
}

/// All prepared examples, in order. The first one is what a first start shows.
pub fn examples() -> impl Iterator<Item = &'static Example> {
    CHAPTERS.iter().flat_map(|chapter| &chapter.examples)
}

macro_rules! files {
    ($($file:literal),* $(,)?) => {
        /// The scenarios that are part of the program, by the name of their file.
        pub const FILES: &[(&str, &str)] = &[$(($file, include_str!(concat!("../../assets/scenarios/", $file)))),*];
    };
}

files![
    "adagrad_slows.toml",
    "adam_overshoots.toml",
    "batch_parabolas.toml",
    "batch_valleys.toml",
    "circle_features.toml",
    "cliff.toml",
    "dead_neuron.toml",
    "edge_of_stability.toml",
    "fair_race.toml",
    "first.toml",
    "four_basins.toml",
    "ill_conditioned.toml",
    "just_right.toml",
    "lbfgs_banana.toml",
    "leaves_local.toml",
    "momentum_valley.toml",
    "nesterov_brakes.toml",
    "never_settles.toml",
    "newton_once.toml",
    "newton_saddle.toml",
    "noise_helps.toml",
    "own_rule.toml",
    "plateau.toml",
    "rmsprop_cycle.toml",
    "saddle.toml",
    "schedule_settles.toml",
    "sine_curve.toml",
    "too_large.toml",
    "too_small.toml",
    "true_sgd.toml",
    "two_moons.toml",
    "zigzag.toml",
];
