//! What is the window's own: language, theme, folds, text being edited, what is open. Nothing here decides a picture.

use crate::i18n::Lang;

use super::preferences::Preferences;

/// The window's own state.
#[derive(Clone, Debug)]
pub struct ViewState {
    /// The language of the window.
    pub lang: Lang,
    /// Whether the dark theme is used.
    pub dark: bool,
    /// Which panels are folded: left, right, bottom.
    pub folds: [bool; 3],
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
            dark: preferences.dark.unwrap_or(true),
            folds: preferences.folds,
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
