//! The bar above the rooms: the name, the examples and files, and what concerns the whole window.

use std::path::PathBuf;

use egui::{Align2, Role, Sense, Ui, WidgetInfo, vec2};

use super::file_menu;
use crate::app::keys::Action;
use crate::app::paint::{Ball, Icon, elided_text, face, path, strong, text};
use crate::app::state::{Lab, ViewState};
use crate::app::theme::{Theme, ThemeName, sizes};
use crate::app::widgets::{ButtonKind, Segment, icon_button, segmented, text_button, text_button_width};
use crate::i18n::{self, Lang};

/// Its height in points.
pub(in crate::app) const HEIGHT: f32 = 40.0;

/// What is said of files.
pub(in crate::app) struct Shelf<'a> {
    /// What the document is called.
    pub name: Option<String>,
    /// Whether it has changed since it was saved.
    pub changed: bool,
    /// The files that were open, the last one first.
    pub recent: &'a [PathBuf],
    /// Whether there is a change to take back, and one to make again.
    pub changes: [bool; 2],
    /// Whether there are figures of it.
    pub figures: bool,
}

/// Draws the bar; gives what was asked for.
pub(in crate::app) fn header(ui: &mut Ui, view: &ViewState, shelf: &Shelf<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.horizontal_centered(|ui| {
        ui.add_space(14.0);
        wordmark(ui);
        ui.spacing_mut().item_spacing.x = GAP;
        // A window that is too narrow for the switch has its key.
        if ui.available_width() >= WITH_SWITCH {
            laboratories(ui, view, &mut actions);
        }
        files(ui, view.lang, shelf, &mut actions);
        // The right end is as wide as it is; what the document is called has the rest.
        let words = [keys_name(view.lang), other(view.lang).name()].map(|word| text_button_width(ui, word));
        let right = words.iter().sum::<f32>() + 5.0 * SIDE + 7.0 * GAP + AIR + MARGIN;
        document(ui, view, shelf, ui.available_width() - right);
        window(ui, view, &mut actions);
    });
    actions
}

const GAP: f32 = 4.0;
const AIR: f32 = 8.0;
const MARGIN: f32 = 12.0;
/// Points behind the name from which there is room for the switch between the laboratories.
const WITH_SWITCH: f32 = 640.0;
/// The side of an icon's button.
const SIDE: f32 = 28.0;

fn keys_name(lang: Lang) -> &'static str {
    i18n::text(lang, "app.keys.title")
}

/// The language that the button offers.
fn other(lang: Lang) -> Lang {
    match lang {
        Lang::En => Lang::Ko,
        Lang::Ko => Lang::En,
    }
}

/// The switch between the laboratories.
fn laboratories(ui: &mut Ui, view: &ViewState, actions: &mut Vec<Action>) {
    let hint = |words: &str| format!("{words}  (F6)");
    let hints = [hint(i18n::text(view.lang, "app.lab.descent_hint")), hint(i18n::text(view.lang, "app.lab.net_hint"))];
    let segments = [
        Segment { value: Lab::Descent, word: i18n::text(view.lang, "app.lab.descent"), hint: &hints[0] },
        Segment { value: Lab::Net, word: i18n::text(view.lang, "app.lab.net"), hint: &hints[1] },
    ];
    actions.extend(segmented(ui, view.lab, &segments).map(Action::Lab));
    ui.add_space(AIR);
}

/// Examples, files, undo and redo.
fn files(ui: &mut Ui, lang: Lang, shelf: &Shelf<'_>, actions: &mut Vec<Action>) {
    let hint = format!("{}  (E)", i18n::text(lang, "app.examples_hint"));
    let examples = text_button(ui, i18n::text(lang, "app.examples"), ButtonKind::Plain).on_hover_text(hint);
    if examples.clicked() {
        actions.push(Action::Examples);
    }
    let file = text_button(ui, i18n::text(lang, "app.file.menu"), ButtonKind::Quiet);
    let file = file.on_hover_text(i18n::text(lang, "app.file.menu_hint"));
    file_menu::files(&file, lang, shelf, actions);
    ui.add_space(AIR);
    for (icon, name, key, can, action) in [
        (Icon::Undo, i18n::text(lang, "app.undo"), "Ctrl Z", shelf.changes[0], Action::Undo),
        (Icon::Redo, i18n::text(lang, "app.redo"), "Ctrl Shift Z", shelf.changes[1], Action::Redo),
    ] {
        ui.add_enabled_ui(can, |ui| {
            if icon_button(ui, icon, name, key, ButtonKind::Quiet, SIDE).clicked() {
                actions.push(action);
            }
        });
    }
}

/// Keys, language, theme, display, folds.
fn window(ui: &mut Ui, view: &ViewState, actions: &mut Vec<Action>) {
    let lang = view.lang;
    let keys = text_button(ui, keys_name(lang), ButtonKind::Quiet);
    if keys.on_hover_text(format!("{}  (?)", i18n::text(lang, "app.keys.hint"))).clicked() {
        actions.push(Action::KeyList);
    }
    // The button offers the other language, in its own words.
    let hint = format!("{}  (L)", i18n::text(lang, "app.language"));
    if text_button(ui, other(lang).name(), ButtonKind::Quiet).on_hover_text(hint).clicked() {
        actions.push(Action::Language);
    }
    let mut button = |ui: &mut Ui, icon: Icon, name: &'static str, key: &str, on: bool, action: Action| {
        let kind = if on { ButtonKind::On } else { ButtonKind::Quiet };
        if icon_button(ui, icon, i18n::text(lang, name), key, kind, SIDE).clicked() {
            actions.push(action);
        }
    };
    // The button offers the next theme.
    let (theme_icon, theme_name) = match view.theme.next() {
        ThemeName::Dark => (Icon::Moon, "app.to_dark"),
        ThemeName::Light => (Icon::Sun, "app.to_light"),
        ThemeName::Contrast => (Icon::Contrast, "app.to_contrast"),
    };
    button(ui, theme_icon, theme_name, "T", false, Action::Theme);
    let display = icon_button(ui, Icon::Display, i18n::text(lang, "app.display"), "", ButtonKind::Quiet, SIDE);
    ui.add_space(AIR);
    let [left, right, bottom] = view.folds;
    button(ui, Icon::FoldLeft, "app.fold_left", "[", !left, Action::FoldLeft);
    button(ui, Icon::FoldBottom, "app.fold_bottom", "\\", !bottom, Action::FoldBottom);
    button(ui, Icon::FoldRight, "app.fold_right", "]", !right, Action::FoldRight);
    file_menu::display(&display, view, actions);
}

/// What the document is called, with a dot where it has changed, over `room` points.
fn document(ui: &mut Ui, view: &ViewState, shelf: &Shelf<'_>, room: f32) {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(room.max(0.0), SIDE), Sense::hover());
    let Some(name) = shelf.name.as_ref().filter(|_| room > 40.0) else { return };
    let dot = if shelf.changed { 12.0 } else { 0.0 };
    let at = rect.left_center() + vec2(12.0, 0.0);
    let written = elided_text(ui.painter(), at, room - 20.0 - dot, name, face(sizes().body, false), theme.muted);
    let said = if shelf.changed {
        ui.painter().circle_filled(written.right_center() + vec2(8.0, 0.5), 2.5, theme.accent);
        i18n::fill(view.lang, "app.file.changed", &[("name", name)])
    } else {
        name.clone()
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    response.on_hover_text(said);
}

/// The name, with a ball on a slope before it.
fn wordmark(ui: &mut Ui) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(116.0, 28.0), Sense::hover());
    let painter = ui.painter();
    let base = rect.left_center() + vec2(2.0, 3.0);
    let slope: Vec<_> = (0..=16)
        .map(|k| {
            let t = k as f32 / 16.0;
            base + vec2(t * 22.0, 7.0 - 13.0 * (1.0 - t) * (1.0 - t))
        })
        .collect();
    path(painter, &slope, &[], egui::Stroke::new(1.75, theme.muted));
    let center = base + vec2(10.0, -4.0);
    Ball { center, radius: 4.5, color: theme.accent, turn: 0.6, rim: theme.panel }.paint(painter);
    let at = rect.left_center() + vec2(34.0, 0.0);
    text(painter, at, Align2::LEFT_CENTER, "Downhill", strong(sizes().title), theme.text);
}
