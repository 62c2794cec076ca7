//! The list of all keys, over the window: groups in two columns.

use egui::{Align2, Frame, Id, Modal, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::app::keys::{Binding, GROUPS, Group};
use crate::app::paint::{elided_text, face, text};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{ButtonKind, caption, heading, text_button};
use crate::i18n::{self, Lang};

const COLUMN: f32 = 372.0;
const ROW: f32 = 24.0;

/// Draws the list while it is open; closes it on Escape, on a click beside it, and by its button.
pub(in crate::app) fn key_list(ui: &mut Ui, view: &mut ViewState) {
    if !view.keys_open {
        return;
    }
    let theme = Theme::of(ui);
    let lang = view.lang;
    let room = ui.ctx().content_rect().height() - 96.0;
    let modal = Modal::new(Id::unique("key list"))
        .backdrop_color(theme.shadow)
        .frame(Frame::popup(ui.style()).inner_margin(24));
    let shown = modal.show(ui.ctx(), |ui| {
        ui.set_width(2.0 * COLUMN + 40.0);
        ui.label(egui::RichText::new(i18n::text(lang, "app.keys.title")).size(sizes().title).color(theme.text));
        ui.add_space(4.0);
        ScrollArea::vertical().max_height(room - 150.0).show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 40.0;
                let (left, right) = columns();
                for groups in [left, right] {
                    ui.vertical(|ui| {
                        ui.set_width(COLUMN);
                        ui.spacing_mut().item_spacing.y = 0.0;
                        groups.iter().for_each(|group| list(ui, group, lang));
                    });
                }
            });
        });
        ui.add_space(12.0);
        caption(ui, i18n::text(lang, "app.keys.mouse"));
        ui.add_space(12.0);
        text_button(ui, i18n::text(lang, "app.close"), ButtonKind::Plain).on_hover_text("Esc").clicked()
    });
    if shown.inner || shown.should_close() {
        view.keys_open = false;
    }
}

/// The groups of the left and of the right column, about as long as each other.
fn columns() -> (&'static [Group], &'static [Group]) {
    let rows = |groups: &[Group]| groups.iter().map(|group| group.bindings.len() + 2).sum::<usize>();
    let uneven = |at: &usize| rows(&GROUPS[..*at]).abs_diff(rows(&GROUPS[*at..]));
    let at = (0..=GROUPS.len()).min_by_key(uneven).unwrap_or(0);
    GROUPS.split_at(at)
}

fn list(ui: &mut Ui, group: &Group, lang: Lang) {
    ui.add_space(8.0);
    heading(ui, i18n::text(lang, group.name));
    ui.add_space(2.0);
    for binding in group.bindings {
        row(ui, binding, lang);
    }
}

fn row(ui: &mut Ui, binding: &Binding, lang: Lang) {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(COLUMN, ROW), Sense::hover());
    let words = i18n::text(lang, binding.label);
    let keys = face(sizes().number, true);
    let told = text(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, binding.shown, keys, theme.muted);
    let room = told.left() - rect.left() - 10.0;
    elided_text(ui.painter(), rect.left_center(), room, words, face(sizes().body, false), theme.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{words}: {}", binding.shown)));
}
