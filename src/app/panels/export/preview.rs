//! What comes of an export, as it will look, and what it is made of.

use egui::{Align2, Color32, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::words;
use crate::app::export::{Export, Exports, PREVIEW, file_name};
use crate::app::paint::{elided_text, face, text};
use crate::app::theme::{Theme, sizes};
use crate::i18n::{self, Lang, fill};

/// Draws the preview and the line below it.
pub(super) fn preview(ui: &mut Ui, export: &Export, exports: &mut Exports, lang: Lang) {
    let theme = Theme::of(ui);
    let (place, response) = ui.allocate_exact_size(PREVIEW.into(), Sense::hover());
    ui.painter().rect_filled(place, CornerRadius::same(6), theme.canvas);
    let mut size = None;
    let said = match exports.preview(ui.ctx(), export) {
        None => i18n::text(lang, "app.export.drawing").to_owned(),
        Some((preview, texture)) => match &preview.shown {
            Ok((_, points)) => {
                size = Some(*points);
                let [width, height] = points.map(|side| side as f32);
                let scale = (place.width() / width).min(place.height() / height);
                let rect = Rect::from_center_size(place.center(), vec2(width, height) * scale);
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                ui.painter().image(texture.id(), rect, whole, theme.picture_tint());
                ui.painter().rect_stroke(rect, CornerRadius::ZERO, Stroke::new(1.0, theme.line), StrokeKind::Outside);
                i18n::text(lang, "app.export.preview").to_owned()
            }
            Err(problem) => {
                let words = words::problem(problem, lang);
                tell(ui, place, &words, theme.bad);
                words
            }
        },
    };
    if exports.is_previewing() {
        let corner = place.right_bottom() - vec2(10.0, 8.0);
        let font = face(sizes().caption, false);
        text(ui.painter(), corner, Align2::RIGHT_BOTTOM, i18n::text(lang, "app.export.drawing"), font, theme.faint);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    facts(ui, export, size, lang);
}

/// Words in the middle of the place.
fn tell(ui: &Ui, place: Rect, words: &str, ink: Color32) {
    let galley = ui.painter().layout(words.to_owned(), face(sizes().body, false), ink, place.width() - 80.0);
    let at = place.center() - galley.size() / 2.0;
    ui.painter().galley(at, galley, ink);
}

/// The name that the file is offered, its size, and its pixels.
fn facts(ui: &mut Ui, export: &Export, size: Option<[f64; 2]>, lang: Lang) {
    let theme = Theme::of(ui);
    let asked = &export.settings;
    let (line, response) = ui.allocate_exact_size(vec2(PREVIEW[0], 22.0), Sense::hover());
    let name = file_name(&export.document, asked);
    let mut said = vec![name];
    if let Some(size) = size.filter(|_| !asked.format.is_table()) {
        // Rounded to so many parts of the unit.
        let sides =
            |unit: f64, parts: f64| size.map(|side| ((side / unit * parts).round() / parts).to_string()).join(" × ");
        said.push(format!("{} {}", sides(asked.unit.points(), 100.0), asked.unit.name()));
        if asked.format.has_pixels() {
            said.push(fill(lang, "app.export.pixels", &[("size", &sides(1.0 / asked.density(), 1.0))]));
        }
    }
    if asked.format.is_film() {
        let frames = (asked.seconds * asked.rate).round();
        said.push(fill(lang, "app.export.frames", &[("frames", &frames)]));
    }
    let said = said.join(" · ");
    let font = face(sizes().caption, false);
    elided_text(ui.painter(), line.left_center(), line.width(), &said, font, theme.muted);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
}
