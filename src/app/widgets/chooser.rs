//! A chooser: a field that shows what is chosen and opens a grouped list, each entry with a picture, a name and a note.

use egui::{
    Align, Align2, CornerRadius, Popup, Rect, RectAlign, Response, Role, ScrollArea, Sense, Stroke, StrokeKind,
    TextureId, Ui, WidgetInfo, pos2, vec2,
};

use super::{caption, describe, focus_ring, spoken};
use crate::app::paint::{Icon, elided_text, face, icon, text};
use crate::app::theme::{Theme, sizes};
use crate::i18n;

/// An entry of a chooser.
pub(in crate::app) struct Choice<'a> {
    /// The group it stands in; a new one gets a caption.
    pub group: &'a str,
    /// Its name.
    pub name: &'a str,
    /// A line below the name, in the face of equal widths.
    pub note: String,
    /// A picture, three by two.
    pub picture: Option<TextureId>,
    /// What is said on hover.
    pub hint: &'a str,
}

/// The field and its list.
pub(in crate::app) struct Chooser<'a> {
    /// The accessible name of the field; the chosen entry's name follows it.
    pub name: &'a str,
    /// What the field shows: a name and a note.
    pub shown: (&'a str, &'a str),
    /// The picture of what is chosen.
    pub picture: Option<TextureId>,
    /// The chosen entry.
    pub chosen: Option<usize>,
}

const PICTURE: egui::Vec2 = vec2(42.0, 28.0);

impl Chooser<'_> {
    /// Draws the field; `choices` is asked for only while the list is open. Gives the entry that was chosen.
    pub(in crate::app) fn show<'b>(
        self,
        ui: &mut Ui,
        choices: impl FnOnce(&egui::Context) -> Vec<Choice<'b>>,
    ) -> Option<usize> {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::click());
        self.show_at(ui, rect, &response, choices)
    }

    /// The same in a place of its own; a low one shows the name alone.
    pub(in crate::app) fn show_in<'b>(
        self,
        ui: &mut Ui,
        rect: Rect,
        choices: impl FnOnce(&egui::Context) -> Vec<Choice<'b>>,
    ) -> Option<usize> {
        let id = ui.make_persistent_id(("chooser", self.name));
        let response = ui.interact(rect, id, Sense::click());
        self.show_at(ui, rect, &response, choices)
    }

    fn show_at<'b>(
        self,
        ui: &Ui,
        rect: Rect,
        response: &Response,
        choices: impl FnOnce(&egui::Context) -> Vec<Choice<'b>>,
    ) -> Option<usize> {
        let theme = Theme::of(ui);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), self.name);
            info.current_text_value = Some(self.shown.0.to_owned());
            info
        });
        response.clone().on_hover_text(i18n::text(spoken(ui), "app.control.chooser"));
        let open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(response));
        let hot = response.hovered() || open;
        let fill = if hot { theme.raised_hover } else { theme.raised };
        let outline = if open {
            theme.accent
        } else if hot {
            theme.line_strong
        } else {
            theme.line
        };
        ui.painter().rect(rect, CornerRadius::same(8), fill, Stroke::new(1.0, outline), StrokeKind::Inside);
        let inner = Rect::from_min_max(rect.min + vec2(8.0, 0.0), rect.max - vec2(28.0, 0.0));
        let note = if rect.height() < 40.0 { "" } else { self.shown.1 };
        entry(ui, inner, self.picture, self.shown.0, note, false);
        icon(
            ui.painter(),
            Rect::from_center_size(pos2(rect.right() - 16.0, rect.center().y), vec2(16.0, 16.0)),
            Icon::Chevron,
            theme.muted,
        );
        if response.has_focus() {
            focus_ring(ui, rect, 8);
        }

        let (chosen, name) = (self.chosen, self.name);
        // What is chosen is in sight when the list opens.
        let opening = response.clicked();
        Popup::menu(response)
            .align(RectAlign::BOTTOM_START)
            .gap(4.0)
            .width(rect.width().max(280.0))
            .accessible_name(name)
            .show(|ui| {
                let mut picked = None;
                ScrollArea::vertical().max_height(460.0).auto_shrink([false, true]).show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    let mut group = "";
                    for (index, choice) in choices(ui.ctx()).iter().enumerate() {
                        if choice.group != group {
                            group = choice.group;
                            ui.add_space(if index == 0 { 4.0 } else { 10.0 });
                            ui.horizontal(|ui| {
                                ui.add_space(8.0);
                                caption(ui, group);
                            });
                            ui.add_space(4.0);
                        }
                        let shown = row(ui, choice, chosen == Some(index));
                        if opening && chosen == Some(index) {
                            shown.scroll_to_me(Some(Align::Center));
                        }
                        if shown.clicked() {
                            picked = Some(index);
                            ui.close();
                        }
                    }
                    ui.add_space(4.0);
                });
                picked
            })
            .and_then(|shown| shown.inner)
    }
}

/// One row of the list.
fn row(ui: &mut Ui, choice: &Choice<'_>, chosen: bool) -> Response {
    let theme = Theme::of(ui);
    let tall = if choice.note.is_empty() { 28.0 } else { 40.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), tall), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, chosen, choice.name));
    let said = [choice.hint, &choice.note, choice.name].into_iter().find(|words| !words.is_empty());
    describe(ui, response.id, said.unwrap_or_default());
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, CornerRadius::same(6), theme.raised_hover);
    } else if chosen {
        ui.painter().rect_filled(rect, CornerRadius::same(6), theme.accent_soft);
    }
    entry(ui, rect.shrink2(vec2(8.0, 0.0)), choice.picture, choice.name, &choice.note, chosen);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if choice.hint.is_empty() { response } else { response.on_hover_text(choice.hint) }
}

/// A picture, a name and a note within `rect`.
fn entry(ui: &Ui, rect: Rect, picture: Option<TextureId>, name: &str, note: &str, strong: bool) {
    let theme = Theme::of(ui);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let mut left = rect.left();
    if let Some(texture) = picture {
        let place = Rect::from_min_size(pos2(left, rect.center().y - PICTURE.y / 2.0), PICTURE);
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.add(
            egui::epaint::RectShape::filled(place, CornerRadius::same(4), theme.picture_tint())
                .with_texture(texture, uv),
        );
        painter.rect_stroke(place, CornerRadius::same(4), Stroke::new(1.0, theme.line), StrokeKind::Inside);
        left += PICTURE.x + 10.0;
    }
    let ink = if strong { theme.accent } else { theme.text };
    let middle = rect.center().y;
    if note.is_empty() {
        elided_text(&painter, pos2(left, middle), rect.right() - left, name, face(sizes().body, false), ink);
    } else {
        text(&painter, pos2(left, middle - 8.5), Align2::LEFT_CENTER, name, face(sizes().body, false), ink);
        let font = face(sizes().caption, true);
        elided_text(&painter, pos2(left, middle + 8.5), rect.right() - left, note, font, theme.faint);
    }
}
