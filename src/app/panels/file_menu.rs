//! The menus of the header: files, and how the window is shown.

use std::path::Path;

use egui::{Align2, CornerRadius, Popup, RectAlign, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::Shelf;
use crate::app::keys::Action;
use crate::app::paint::{elided_text, face, text};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, ThemeName, sizes};
use crate::app::widgets::{caption, focus_ring, rule};
use crate::i18n::{self, Lang};

/// A line of a menu.
struct Line<'a> {
    name: &'a str,
    /// The key that does the same, or another remark at the right.
    key: &'a str,
    hint: &'a str,
    /// Whether it is what is in force, of several.
    chosen: Option<bool>,
}

/// Draws a line; true when it was chosen.
fn line(ui: &mut Ui, line: &Line<'_>) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
    response.widget_info(|| match line.chosen {
        Some(on) => WidgetInfo::selected(Role::MenuItemRadio, true, on, line.name),
        None => WidgetInfo::labeled(Role::MenuItem, true, line.name),
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, CornerRadius::same(6), theme.raised_hover);
    }
    if response.has_focus() {
        focus_ring(ui, rect.shrink(2.0), 6);
    }
    let on = line.chosen == Some(true);
    if on {
        ui.painter().circle_filled(rect.left_center() + vec2(12.0, 0.0), 3.0, theme.accent);
    }
    let at = rect.left_center() + vec2(24.0, 0.0);
    let key = text(
        ui.painter(),
        rect.right_center() - vec2(10.0, 0.0),
        Align2::RIGHT_CENTER,
        line.key,
        face(sizes().caption, true),
        theme.muted,
    );
    let room = (key.left() - 12.0 - at.x).max(20.0);
    elided_text(ui.painter(), at, room, line.name, face(sizes().body, false), theme.text);
    let clicked = response.clicked();
    response.on_hover_text(line.hint);
    if clicked {
        ui.close();
    }
    clicked
}

fn menu(button: &Response, name: &str, width: f32, content: impl FnOnce(&mut Ui)) {
    Popup::menu(button).align(RectAlign::BOTTOM_START).gap(4.0).width(width).accessible_name(name).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        content(ui);
    });
}

/// The menu of files, below its button.
pub(super) fn files(button: &Response, lang: Lang, shelf: &Shelf<'_>, actions: &mut Vec<Action>) {
    let recent = shelf.recent;
    menu(button, i18n::text(lang, "app.file.menu"), 300.0, |ui| {
        let mut item = |ui: &mut Ui, name: &str, key: &str, hint: &str, action: Action| {
            if line(ui, &Line { name, key, hint, chosen: None }) {
                actions.push(action);
            }
        };
        let t = |key| i18n::text(lang, key);
        item(ui, t("app.file.open"), "Ctrl O", t("app.file.open_hint"), Action::Open);
        item(ui, t("app.file.save"), "Ctrl S", t("app.file.save_hint"), Action::Save);
        item(ui, t("app.file.save_as"), "Ctrl ⇧ S", t("app.file.save_as_hint"), Action::SaveAs);
        rule(ui);
        if shelf.figures {
            item(ui, t("app.export.menu"), "Ctrl E", t("app.export.menu_hint"), Action::Export);
            item(ui, t("app.export.copy"), "Ctrl ⇧ E", t("app.export.copy_hint"), Action::CopyPicture);
            rule(ui);
        }
        item(ui, t("app.file.copy"), "Ctrl ⇧ C", t("app.file.copy_hint"), Action::CopyText);
        item(ui, t("app.file.paste"), "Ctrl ⇧ V", t("app.file.paste_hint"), Action::PasteText);
        if !recent.is_empty() {
            rule(ui);
            ui.horizontal(|ui| {
                ui.add_space(24.0);
                caption(ui, t("app.file.recent"));
            });
            for (index, path) in recent.iter().enumerate() {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
                let hint = path.display().to_string();
                item(ui, &name, &folder, &hint, Action::OpenRecent(index));
            }
        }
    });
}

/// The zooms of the menu, in percent.
const ZOOMS: [u16; 7] = [75, 90, 100, 110, 125, 150, 200];

/// The menu of how the window is shown, below its button.
pub(super) fn display(button: &Response, view: &ViewState, actions: &mut Vec<Action>) {
    let lang = view.lang;
    menu(button, i18n::text(lang, "app.display"), 260.0, |ui| {
        let t = |key| i18n::text(lang, key);
        let mut item = |ui: &mut Ui, name: &str, key: &str, hint: &str, chosen: Option<bool>, action: Action| {
            if line(ui, &Line { name, key, hint, chosen }) {
                actions.push(action);
            }
        };
        let presenting = Some(view.presenting);
        item(ui, t("app.present"), "F9", t("app.present_hint"), presenting, Action::Present);
        item(ui, t("app.full_screen"), "F11", t("app.full_screen_hint"), Some(view.full_screen), Action::FullScreen);
        rule(ui);
        for (name, words) in [
            (ThemeName::Dark, t("app.to_dark")),
            (ThemeName::Light, t("app.to_light")),
            (ThemeName::Contrast, t("app.to_contrast")),
        ] {
            item(ui, words, "", words, Some(view.theme == name), Action::SetTheme(name));
        }
        rule(ui);
        for percent in ZOOMS {
            let words = format!("{percent} %");
            let key = if percent == 100 { "Ctrl 0" } else { "" };
            let chosen = (view.zoom * 100.0).round() as u16 == percent;
            item(ui, &words, key, t("app.zoom_hint"), Some(chosen), Action::Magnify(percent));
        }
    });
}
