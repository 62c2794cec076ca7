//! The file dialog: a folder with its scenarios, and a box for the name. Our own, so that it is there on every machine.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{
    Align, CornerRadius, EventFilter, FocusDirection, Frame, Id, Key, Layout, Modal, Role, ScrollArea, Sense, TextEdit,
    Ui, WidgetInfo, vec2,
};

use crate::app::files::{Answer, Entry, FileDialog, Purpose, places};
use crate::app::paint::{Icon, elided_text, face, icon};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{ButtonKind, focus_ring, icon_button, text_button};
use crate::i18n::{self, Lang};

/// What came of the dialog.
pub(in crate::app) enum Asked {
    /// It goes on.
    Open,
    /// It was closed.
    Closed,
    /// A file was named.
    Taken(std::path::PathBuf),
}

const WIDTH: f32 = 560.0;
const ROW: f32 = 26.0;

/// Draws the dialog.
pub(in crate::app) fn file_dialog(ui: &Ui, dialog: &mut FileDialog, lang: Lang) -> Asked {
    let theme = Theme::of(ui);
    let title = match dialog.purpose {
        Purpose::Open => i18n::text(lang, "app.file.open_title"),
        Purpose::Save => i18n::text(lang, "app.file.save_title"),
        Purpose::Export(_) => i18n::text(lang, "app.export.place"),
    };
    let modal = Modal::new(Id::unique("file dialog"))
        .backdrop_color(theme.shadow)
        .frame(Frame::popup(ui.style()).inner_margin(20));
    let shown = modal.show(ui.ctx(), |ui| {
        ui.set_width(WIDTH);
        ui.label(egui::RichText::new(title).size(sizes().title).color(theme.text));
        ui.add_space(8.0);
        place(ui, dialog, lang);
        let mut answer = rows(ui, dialog);
        ui.add_space(8.0);
        let entered = name_box(ui, dialog, lang);
        message(ui, dialog, lang);
        let (take, close) = buttons(ui, dialog, lang);
        if entered || take {
            answer = dialog.accept();
        }
        (answer, close)
    });
    let (answer, close) = shown.inner.clone();
    match answer {
        Answer::Take(path) => Asked::Taken(path),
        Answer::Stay if close || shown.should_close() => Asked::Closed,
        Answer::Stay => Asked::Open,
    }
}

/// The folder, the way up, and the places where files usually are.
fn place(ui: &mut Ui, dialog: &mut FileDialog, lang: Lang) {
    let theme = Theme::of(ui);
    ui.horizontal(|ui| {
        let up = i18n::text(lang, "app.file.up");
        if icon_button(ui, Icon::Up, up, "", ButtonKind::Plain, 26.0).clicked() {
            dialog.up();
        }
        let folder = dialog.folder.display().to_string();
        let width = ui.available_width() - 176.0;
        let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
        elided_text(ui.painter(), rect.left_center(), width, &folder, face(sizes().number, true), theme.muted);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &folder));
        response.on_hover_text(&folder);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for path in places().into_iter().take(2) {
                let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
                let hint = path.display().to_string();
                let short: String = name.chars().take(10).collect();
                if text_button(ui, &short, ButtonKind::Quiet).on_hover_text(hint).clicked() {
                    dialog.enter(&path);
                }
            }
        });
    });
}

/// The list.
fn rows(ui: &mut Ui, dialog: &mut FileDialog) -> Answer {
    let theme = Theme::of(ui);
    let entries: Vec<Entry> = dialog.shown().cloned().collect();
    let mut answer = Answer::Stay;
    Frame::new().fill(theme.canvas).corner_radius(CornerRadius::same(6)).inner_margin(4).show(ui, |ui| {
        ScrollArea::vertical().max_height(260.0).auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for entry in &entries {
                if row(ui, entry) {
                    answer = dialog.press(entry);
                }
            }
        });
    });
    answer
}

fn row(ui: &mut Ui, entry: &Entry) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &entry.name));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, CornerRadius::same(4), theme.raised_hover);
    }
    if response.has_focus() {
        focus_ring(ui, rect.shrink(2.0), 4);
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let what = if entry.folder { Icon::Folder } else { Icon::File };
    let mark = egui::Rect::from_center_size(rect.left_center() + vec2(14.0, 0.0), vec2(16.0, 16.0));
    icon(ui.painter(), mark, what, if entry.folder { theme.accent } else { theme.muted });
    let at = rect.left_center() + vec2(30.0, 0.0);
    elided_text(ui.painter(), at, rect.width() - 36.0, &entry.name, face(sizes().body, false), theme.text);
    let clicked = response.clicked();
    response.on_hover_text(entry.path.display().to_string());
    clicked
}

/// The box for the name; true when Enter was pressed in it.
fn name_box(ui: &mut Ui, dialog: &mut FileDialog, lang: Lang) -> bool {
    let name = i18n::text(lang, "app.file.name");
    let before = dialog.name.clone();
    let id = Id::unique("file name");
    if ui.memory(|memory| memory.has_focus(id)) {
        tab(ui, id, dialog);
    }
    let edit = TextEdit::singleline(&mut dialog.name)
        .id(id)
        .font(face(sizes().number, true))
        .hint_text(i18n::text(lang, "app.file.name_hint"))
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(8, 6));
    let response = edit.show(ui).response.response.accessible_name(name);
    // Tab is the box's own.
    let keys = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, keys));
    if !std::mem::replace(&mut dialog.focused, true) {
        response.request_focus();
    }
    if dialog.name != before {
        (dialog.trouble, dialog.replaces) = (None, None);
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    response.on_hover_text(i18n::text(lang, "app.file.name_hint"));
    entered
}

/// Tab completes the path; where there is nothing to complete it goes on, as everywhere.
fn tab(ui: &Ui, id: Id, dialog: &mut FileDialog) {
    let (pressed, back) = ui.input(|input| (input.key_pressed(Key::Tab), input.modifiers.shift));
    if !pressed {
        return;
    }
    if back || !dialog.complete() {
        let way = if back { FocusDirection::Previous } else { FocusDirection::Next };
        ui.memory_mut(|memory| memory.move_focus(way));
        return;
    }
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(dialog.name.chars().count()))));
    state.store(ui.ctx(), id);
}

/// What is wrong, or what would be replaced. Its room is there before it.
fn message(ui: &mut Ui, dialog: &FileDialog, lang: Lang) {
    let theme = Theme::of(ui);
    let words = match (&dialog.trouble, &dialog.replaces) {
        (Some(trouble), _) => trouble.words(lang),
        (None, Some(path)) => i18n::fill(lang, "app.file.replace_ask", &[("path", &path.display())]),
        (None, None) => String::new(),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::hover());
    if words.is_empty() {
        return;
    }
    let font = face(sizes().caption, false);
    let galley = ui.painter().layout(words.clone(), font, theme.bad, rect.width());
    ui.painter().with_clip_rect(rect).galley(rect.min + vec2(0.0, 4.0), galley, theme.bad);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    response.on_hover_text(words);
}

/// Take and close.
fn buttons(ui: &mut Ui, dialog: &FileDialog, lang: Lang) -> (bool, bool) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let word = match (dialog.purpose, &dialog.replaces) {
            (Purpose::Open, _) => i18n::text(lang, "app.file.do_open"),
            (_, None) => i18n::text(lang, "app.file.do_save"),
            (_, Some(_)) => i18n::text(lang, "app.file.do_replace"),
        };
        let take = text_button(ui, word, ButtonKind::Primary).on_hover_text("Enter").clicked();
        let close = text_button(ui, i18n::text(lang, "app.file.cancel"), ButtonKind::Plain).on_hover_text("Esc");
        (take, close.clicked())
    })
    .inner
}
