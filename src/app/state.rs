//! What is the window's own: language, theme, folds, text being edited, what is open. Nothing here decides a picture.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::export::Export;
use super::files::FileDialog;
use super::panels::DataView;
use super::preferences::Preferences;
use super::theme::ThemeName;
use crate::i18n::Lang;
use crate::session::RacerId;

/// The two laboratories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lab {
    /// Descents on surfaces.
    #[default]
    Descent,
    /// The training of nets.
    Net,
}

impl Lab {
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Descent => Self::Net,
            Self::Net => Self::Descent,
        }
    }
}

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

impl Section {
    /// Every section, from above.
    pub const ALL: [Self; 5] = [Self::Surface, Self::Data, Self::Racers, Self::Optimizer, Self::Start];

    /// Its name in the preferences.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Surface => "surface",
            Self::Racers => "racers",
            Self::Optimizer => "optimizer",
            Self::Data => "data",
            Self::Start => "start",
        }
    }
}

/// The widths of the left and the right panel and the height of the lower one as designed, in points.
pub(super) const PANELS: [f32; 3] = [288.0, 288.0, 196.0];

/// The window's own state.
#[derive(Clone, Debug)]
pub struct ViewState {
    /// The language of the window.
    pub lang: Lang,
    /// The theme.
    pub theme: ThemeName,
    /// The laboratory that is open.
    pub lab: Lab,
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
    /// Whether the window is shown to an audience: large, without panels.
    pub presenting: bool,
    /// The size of everything as the user chose it; 1 is as designed.
    pub zoom: f32,
    /// The widths of the left and the right panel and the height of the lower one, in points.
    pub panels: [f32; 3],
    /// Whether the gallery is open, and whether it was opened just now.
    pub gallery: bool,
    pub(super) gallery_fresh: bool,
    /// The point of the example that is shown.
    pub(super) point: Option<&'static str>,
    /// The dialog of exports while it is open.
    pub(super) export: Option<Export>,
    /// The file dialog while it is open.
    pub(super) dialog: Option<FileDialog>,
    /// The file that may be replaced, while that is asked.
    pub(super) question: Option<PathBuf>,
    /// Whether the key list is open.
    pub keys_open: bool,
    /// Whether the search for the best rates is open.
    pub rates_open: bool,
    /// What could not be done, in words, and since when that is shown.
    pub refusal: Option<(String, Option<f64>)>,
    /// What was done out of sight, the same way.
    pub notice: Option<(String, Option<f64>)>,
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
            lab: preferences.lab,
            folds: preferences.folds,
            why: WhyTab::default(),
            folded: preferences.sections.clone(),
            origins: BTreeMap::new(),
            surface_origin: None,
            full_screen: false,
            presenting: false,
            zoom: preferences.zoom.unwrap_or(1.0),
            panels: preferences.panels.unwrap_or(PANELS),
            gallery: false,
            gallery_fresh: false,
            point: None,
            export: None,
            dialog: None,
            question: None,
            keys_open: false,
            rates_open: false,
            refusal: None,
            notice: None,
            hover: None,
            data: DataView { table: preferences.table, ..DataView::default() },
        }
    }

    /// Whether something lies over the window that has the keyboard for itself.
    pub(super) fn covered(&self) -> bool {
        let dialogs = self.export.is_some() || self.dialog.is_some() || self.question.is_some();
        dialogs || self.gallery || self.keys_open || self.rates_open
    }
}
