//! What is the window's own: language, theme, folds, text being edited, what is open. Nothing here decides a picture.

use std::collections::{BTreeMap, BTreeSet};

use super::panels::DataView;
use super::preferences::Preferences;
use super::theme::ThemeName;
use crate::i18n::Lang;
use crate::session::RacerId;

/// A tab of the panel that says why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum WhyTab {
    /// The numbers of the step.
    #[default]
    Step,
    /// The update rule.
    Rule,
    /// The curvature at the iterate.
    Curvature,
    /// The standings.
    Race,
}

impl WhyTab {
    /// In the order of the bar.
    pub const ALL: [Self; 4] = [Self::Step, Self::Rule, Self::Curvature, Self::Race];

    /// The name of the key that opens it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Step => "F2",
            Self::Rule => "F3",
            Self::Curvature => "F4",
            Self::Race => "F5",
        }
    }
}

/// A part of the left panel that folds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// The surface with its formula and parameters.
    Surface,
    /// The list of racers.
    Racers,
    /// The selected racer's optimizer and schedule.
    Optimizer,
    /// The data of a model: mini-batches and how points are drawn.
    Data,
    /// The start and the noise.
    Start,
}

/// The window's own state.
#[derive(Clone, Debug)]
pub struct ViewState {
    /// The language of the window.
    pub lang: Lang,
    /// The theme.
    pub theme: ThemeName,
    /// Which panels are folded: left, right, bottom.
    pub folds: [bool; 3],
    /// Which tab of the right panel is open.
    pub why: WhyTab,
    /// Which parts of the left panel are folded.
    pub folded: BTreeSet<Section>,
    /// The entry of the catalogue that each racer followed last: the way back from a rule of one's own.
    pub origins: BTreeMap<RacerId, String>,
    /// The entry of the catalogue that was the surface last: the way back from a formula of one's own.
    pub surface_origin: Option<String>,
    /// Whether the window fills the screen.
    pub full_screen: bool,
    /// Whether the key list is open.
    pub keys_open: bool,
    /// Whether the search for the best rates is open.
    pub rates_open: bool,
    /// What could not be done, in words, and since when that is shown.
    pub refusal: Option<(String, Option<f64>)>,
    /// The place under the pointer in the view, in data coordinates.
    pub hover: Option<[f64; 2]>,
    /// The points under hand, of a model.
    pub(super) data: DataView,
}

impl ViewState {
    /// The state that the preferences ask for.
    pub fn new(preferences: &Preferences, lang: Lang) -> Self {
        Self {
            lang: preferences.lang.unwrap_or(lang),
            theme: preferences.theme.unwrap_or_default(),
            folds: preferences.folds,
            why: WhyTab::default(),
            folded: BTreeSet::new(),
            origins: BTreeMap::new(),
            surface_origin: None,
            full_screen: false,
            keys_open: false,
            rates_open: false,
            refusal: None,
            hover: None,
            data: DataView::default(),
        }
    }
}
