//! What is taken for what: the confusion matrix over the test data, and the rows that are told wrongly, the surest first;
//! of digits their pictures.

use egui::{Align2, Color32, ColorImage, CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, TextureHandle, Ui};
use egui::{TextureOptions, WidgetInfo, pos2, vec2};

use super::Scene;
use super::output::class_name;
use crate::app::net::runner::Study;
use crate::app::net::state::NetState;
use crate::app::paint::{elided_text, face, text};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::show_number;
use crate::i18n;
use crate::nn::analysis::{Confusion, Wrong};
use crate::nn::{Dataset, Values};
use crate::session::net::NetCommand;

/// The most wrong rows that are shown.
const MOST: usize = 48;

/// Draws the view.
pub(super) fn draw(ui: &mut Ui, room: Rect, scene: &Scene<'_>, state: &mut NetState, _: &mut Vec<NetCommand>) {
    let (theme, lang) = (scene.theme, scene.lang);
    let Some(Study::Judged(judged, test)) = scene.snapshot.study.as_deref() else {
        let words = i18n::text(lang, "net.no_classes");
        text(ui.painter(), room.center(), Align2::CENTER_CENTER, words, face(sizes().body, false), theme.muted);
        return;
    };
    let inner = room.shrink2(vec2(20.0, 10.0));
    let side = (inner.width() * 0.58).min(inner.height() - 68.0).max(80.0);
    let total: u32 = judged.confusion.counts.iter().sum();
    let wrong = judged.wrong.len();
    let right = total as usize - wrong.min(total as usize);
    let key = if *test { "net.judged_test" } else { "net.judged_train" };
    let values: [(&str, &dyn std::fmt::Display); 3] = [("right", &right), ("total", &total), ("wrong", &wrong)];
    let said = match key {
        "net.judged_test" => i18n::fill(lang, "net.judged_test", &values),
        _ => i18n::fill(lang, "net.judged_train", &values),
    };
    text(ui.painter(), inner.left_top(), Align2::LEFT_TOP, said, face(sizes().body, false), theme.muted);
    let matrix_at = Rect::from_min_size(inner.left_top() + vec2(44.0, 66.0), vec2(side - 44.0, side - 44.0));
    matrix(ui, matrix_at, scene, &judged.confusion);
    let list = Rect::from_min_max(pos2(matrix_at.right() + 28.0, inner.top() + 24.0), inner.max);
    let split = scene.session.split();
    let data = if *test { &split.test } else { &split.train };
    if list.width() > 60.0 {
        rows(ui, list, scene, state, data, &judged.wrong);
    }
}

/// The matrix: a row for what is right, a column for what is told.
fn matrix(ui: &mut Ui, rect: Rect, scene: &Scene<'_>, confusion: &Confusion) {
    let (theme, lang) = (scene.theme, scene.lang);
    let classes = confusion.names.len().max(1);
    let cell = rect.width() / classes as f32;
    let small = face(sizes().caption, false);
    let painter = ui.painter().clone();
    let at = rect.center_top() - vec2(0.0, 30.0);
    text(&painter, at, Align2::CENTER_CENTER, i18n::text(lang, "net.told"), small.clone(), theme.faint);
    for class in 0..classes {
        let middle = cell * (class as f32 + 0.5);
        let name = confusion.names.get(class).map_or("", String::as_str);
        text(&painter, rect.left_top() + vec2(middle, -12.0), Align2::CENTER_CENTER, name, small.clone(), theme.muted);
        text(&painter, rect.left_top() + vec2(-10.0, middle), Align2::RIGHT_CENTER, name, small.clone(), theme.muted);
    }
    crate::app::paint::tilted_text(
        &painter,
        rect.left_center() - vec2(36.0, 0.0),
        -std::f32::consts::FRAC_PI_2,
        i18n::text(lang, "net.right_word"),
        small,
        theme.faint,
        theme.panel,
    );
    for right in 0..classes {
        let total: u32 = (0..classes).map(|told| confusion.count(right, told)).sum();
        for told in 0..classes {
            let count = confusion.count(right, told);
            let place = Rect::from_min_size(rect.min + vec2(cell * told as f32, cell * right as f32), vec2(cell, cell))
                .shrink(1.0);
            let share = count as f32 / total.max(1) as f32;
            let ink = if right == told { theme.good } else { theme.bad };
            painter.rect_filled(place, CornerRadius::same(3), theme.canvas.lerp_to_gamma(ink, 0.75 * share.sqrt()));
            painter.rect_stroke(place, CornerRadius::same(3), Stroke::new(1.0, theme.line), StrokeKind::Inside);
            if cell > 18.0 && count > 0 {
                let font = face(sizes().number.min(cell * 0.4), true);
                text(&painter, place.center(), Align2::CENTER_CENTER, count, font, theme.text);
            }
            let response = ui.interact(place, Id::unique(("confusion", right, told)), Sense::hover());
            let names = [right, told].map(|class| confusion.names.get(class).cloned().unwrap_or_default());
            let values: [(&str, &dyn std::fmt::Display); 3] =
                [("right", &names[0]), ("told", &names[1]), ("count", &count)];
            let words = i18n::fill(lang, "net.confused", &values);
            response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &words));
            response.on_hover_text(words);
        }
    }
}

/// The rows that are told wrongly.
fn rows(ui: &mut Ui, rect: Rect, scene: &Scene<'_>, state: &mut NetState, data: &Dataset, wrong: &[Wrong]) {
    let (theme, lang) = (scene.theme, scene.lang);
    let title = i18n::text(lang, "net.wrong_rows");
    text(ui.painter(), rect.left_top(), Align2::LEFT_TOP, title, face(sizes().caption, false), theme.faint);
    let top = rect.top() + 20.0;
    let Values::Pixels(pixels) = &data.features.values else {
        for (k, wrong) in wrong.iter().enumerate() {
            let y = top + 18.0 * k as f32 + 9.0;
            if y > rect.bottom() {
                break;
            }
            let sure = show_number(100.0 * wrong.sure, 3);
            let row = wrong.row + 1;
            let (right, told) = (class_name(scene, wrong.right as usize), class_name(scene, wrong.told as usize));
            let values: [(&str, &dyn std::fmt::Display); 4] =
                [("row", &row), ("right", &right), ("told", &told), ("sure", &sure)];
            let words = i18n::fill(lang, "net.wrong_row", &values);
            elided_text(
                ui.painter(),
                pos2(rect.left(), y),
                rect.width(),
                &words,
                face(sizes().number, true),
                theme.muted,
            );
        }
        return;
    };
    let side = (data.inputs() as f64).sqrt().round() as usize;
    let columns = ((rect.width() / 62.0) as usize).max(1);
    let lines = ((rect.bottom() - top) / 74.0) as usize;
    let shown: Vec<Wrong> = wrong.iter().take((columns * lines).min(MOST)).copied().collect();
    let texture = sheet(ui, theme, state, scene.snapshot.number, pixels, side, &shown);
    for (k, wrong) in shown.iter().enumerate() {
        let at = pos2(rect.left() + 62.0 * (k % columns) as f32, top + 74.0 * (k / columns) as f32);
        let place = Rect::from_min_size(at, vec2(54.0, 54.0));
        let count = shown.len().max(1) as f32;
        let uv = Rect::from_min_max(pos2(0.0, k as f32 / count), pos2(1.0, (k + 1) as f32 / count));
        ui.painter().image(texture.id(), place, uv, theme.picture_tint());
        ui.painter().rect_stroke(place, 0.0, Stroke::new(1.0, theme.line_strong), StrokeKind::Outside);
        let (right, told) = (class_name(scene, wrong.right as usize), class_name(scene, wrong.told as usize));
        let words = format!("{right} → {told}");
        let below = place.center_bottom() + vec2(0.0, 8.0);
        text(ui.painter(), below, Align2::CENTER_CENTER, words, face(sizes().number, true), theme.text);
        let response = ui.interact(place, Id::unique(("wrong", k)), Sense::hover());
        let sure = show_number(100.0 * wrong.sure, 3);
        let row = wrong.row + 1;
        let values: [(&str, &dyn std::fmt::Display); 4] =
            [("row", &row), ("right", &right), ("told", &told), ("sure", &sure)];
        let said = i18n::fill(lang, "net.wrong_row", &values);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
        response.on_hover_text(said);
    }
}

/// The pictures of rows, above each other.
fn sheet(
    ui: &Ui,
    theme: &Theme,
    state: &mut NetState,
    number: u64,
    pixels: &[u8],
    side: usize,
    rows: &[Wrong],
) -> TextureHandle {
    let key = (number, theme.name, rows.len());
    if let Some((known, texture)) = &state.wrong
        && *known == key
    {
        return texture.clone();
    }
    let size = side * side;
    let ink = |value: u8| theme.canvas.lerp_to_gamma(theme.text, f32::from(value) / 255.0);
    let mut image: Vec<Color32> = Vec::with_capacity(rows.len().max(1) * size);
    for row in rows {
        let from = row.row as usize * size;
        image.extend(pixels.get(from..from + size).unwrap_or_default().iter().copied().map(ink));
    }
    image.resize(rows.len().max(1) * size, theme.canvas);
    let image = ColorImage::new([side, side * rows.len().max(1)], image);
    let texture = ui.ctx().load_texture("wrong digits", image, TextureOptions::NEAREST);
    state.wrong = Some((key, texture.clone()));
    texture
}
