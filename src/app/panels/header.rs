//! The bar above the rooms: the name, and what concerns the whole window.

use egui::{Align, Align2, Layout, Sense, Ui, vec2};

use crate::app::keys::Action;
use crate::app::paint::{Ball, Icon, path, strong, text};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, ThemeName, sizes};
use crate::app::widgets::{ButtonKind, icon_button, text_button};
use crate::i18n;
use crate::session::Session;

/// Its height in points.
pub(in crate::app) const HEIGHT: f32 = 40.0;

/// Draws the bar; gives what was asked for.
pub(in crate::app) fn header(ui: &mut Ui, session: &Session, view: &ViewState) -> Vec<Action> {
    let mut actions = Vec::new();
    let lang = view.lang;
    ui.horizontal_centered(|ui| {
        ui.add_space(14.0);
        wordmark(ui);
        ui.add_space(16.0);
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut travel = |ui: &mut Ui, icon: Icon, name: &'static str, key: &str, can: bool, action: Action| {
            ui.add_enabled_ui(can, |ui| {
                if icon_button(ui, icon, i18n::text(lang, name), key, ButtonKind::Quiet, 28.0).clicked() {
                    actions.push(action);
                }
            });
        };
        travel(ui, Icon::Undo, "app.undo", "Ctrl Z", session.can_undo(), Action::Undo);
        travel(ui, Icon::Redo, "app.redo", "Ctrl Shift Z", session.can_redo(), Action::Redo);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.add_space(12.0);
            let mut button = |ui: &mut Ui, icon: Icon, name: &'static str, key: &str, on: bool, action: Action| {
                let kind = if on { ButtonKind::On } else { ButtonKind::Quiet };
                if icon_button(ui, icon, i18n::text(lang, name), key, kind, 28.0).clicked() {
                    actions.push(action);
                }
            };
            let [left, right, bottom] = view.folds;
            button(ui, Icon::FoldRight, "app.fold_right", "]", !right, Action::FoldRight);
            button(ui, Icon::FoldBottom, "app.fold_bottom", "\\", !bottom, Action::FoldBottom);
            button(ui, Icon::FoldLeft, "app.fold_left", "[", !left, Action::FoldLeft);
            ui.add_space(8.0);
            // The button offers the next theme.
            let (theme_icon, theme_name) = match view.theme.next() {
                ThemeName::Dark => (Icon::Moon, "app.to_dark"),
                ThemeName::Light => (Icon::Sun, "app.to_light"),
                ThemeName::Contrast => (Icon::Contrast, "app.to_contrast"),
            };
            button(ui, theme_icon, theme_name, "T", false, Action::Theme);
            // The button offers the other language, in its own words.
            let other = match lang {
                i18n::Lang::En => i18n::Lang::Ko,
                i18n::Lang::Ko => i18n::Lang::En,
            };
            let hint = format!("{}  (L)", i18n::text(lang, "app.language"));
            if text_button(ui, other.name(), ButtonKind::Quiet).on_hover_text(hint).clicked() {
                actions.push(Action::Language);
            }
            let keys = text_button(ui, i18n::text(lang, "app.keys.title"), ButtonKind::Quiet).on_hover_text("?");
            if keys.clicked() {
                actions.push(Action::KeyList);
            }
        });
    });
    actions
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
