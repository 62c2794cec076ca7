//! What is the window's own: language, theme, folds, text being edited, what is open. Nothing here decides a picture.

use crate::i18n::Lang;

use super::preferences::Preferences;
use super::theme::ThemeName;

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
    /// Whether the window fills the screen.
    pub full_screen: bool,
    /// Whether the key list is open.
    pub keys_open: bool,
    /// The text in the formula box.
    pub formula: String,
    /// Whether the formula box is being typed in.
    pub typing: bool,
    /// The text in the schedule box.
    pub schedule: String,
    /// Whether the schedule box is being typed in.
    pub typing_schedule: bool,
    /// What could not be done, in words, and since when that is shown.
    pub refusal: Option<(String, Option<f64>)>,
    /// The place under the pointer in the view, in data coordinates.
    pub hover: Option<[f64; 2]>,
}

impl ViewState {
    /// The state that the preferences ask for.
    pub fn new(preferences: &Preferences, lang: Lang) -> Self {
        Self {
            lang: preferences.lang.unwrap_or(lang),
            theme: preferences.theme.unwrap_or_default(),
            folds: preferences.folds,
            why: WhyTab::default(),
            full_screen: false,
            keys_open: false,
            formula: String::new(),
            typing: false,
            schedule: String::new(),
            typing_schedule: false,
            refusal: None,
            hover: None,
        }
    }
}
