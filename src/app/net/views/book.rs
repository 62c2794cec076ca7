//! The training loop of the textbook as four lit steps: draw a batch, forward, loss, backward and update, with the numbers
//! of the mini-batch step that led here, and where it stands in its epoch.

use egui::{Align2, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::Scene;
use crate::app::net::state::NetState;
use crate::app::paint::{elided_text, face, strong, text};
use crate::app::theme::sizes;
use crate::app::widgets::show_number;
use crate::i18n;
use crate::session::net::NetCommand;

/// A step of the loop.
struct Station {
    title: &'static str,
    code: &'static str,
    lines: Vec<String>,
}

/// Draws the view.
pub(super) fn draw(ui: &mut Ui, room: Rect, scene: &Scene<'_>, _: &mut NetState, _: &mut Vec<NetCommand>) {
    let (theme, lang) = (scene.theme, scene.lang);
    let inner = room.shrink2(vec2(24.0, 16.0));
    let place = scene.snapshot.place;
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("step", &scene.snapshot.step),
        ("epoch", &(place.epoch + 1)),
        ("batch", &(place.batch + 1)),
        ("batches", &place.batches),
    ];
    let where_now = i18n::fill(lang, "net.book_place", &values);
    let (font, ink) = (face(sizes().body, false), theme.muted);
    text(ui.painter(), inner.left_top(), Align2::LEFT_TOP, where_now, font, ink);

    let top = inner.top() + 32.0;
    let gap = 12.0;
    let tall = ((inner.bottom() - top - 3.0 * gap) / 4.0).min(124.0);
    for (k, station) in stations(scene).iter().enumerate() {
        let y = top + k as f32 * (tall + gap);
        let rect = Rect::from_min_size(pos2(inner.left() + 28.0, y), vec2(inner.width() - 28.0, tall));
        draw_station(ui, scene, rect, k, station);
        if k < 3 {
            let x = inner.left() + 10.0;
            ui.painter().vline(x, y + 24.0..=y + tall + gap, Stroke::new(1.5, theme.line_strong));
        }
    }
}

fn draw_station(ui: &mut Ui, scene: &Scene<'_>, rect: Rect, index: usize, station: &Station) {
    let theme = scene.theme;
    let lit = scene.snapshot.batch.is_some();
    let response = ui.interact(rect, ui.scope_id().with(("station", index)), Sense::hover());
    let words = format!("{} {}", station.title, station.lines.join(" "));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let painter = ui.painter();
    let (fill, outline) = if lit { (theme.raised, theme.accent) } else { (theme.panel, theme.line) };
    painter.rect(rect, CornerRadius::same(8), fill, Stroke::new(1.0, outline), StrokeKind::Inside);
    let dot = pos2(rect.left() - 18.0, rect.top() + 14.0);
    painter.circle(dot, 10.0, if lit { theme.accent } else { theme.raised }, Stroke::new(1.0, outline));
    let number = (index + 1).to_string();
    let ink = if lit { theme.on_accent } else { theme.muted };
    text(painter, dot, Align2::CENTER_CENTER, number, strong(sizes().caption), ink);
    let at = rect.min + vec2(14.0, 10.0);
    text(painter, at, Align2::LEFT_TOP, station.title, strong(sizes().body), theme.text);
    let code = pos2(rect.right() - 14.0, rect.top() + 10.0);
    text(painter, code, Align2::RIGHT_TOP, station.code, face(sizes().number, true), theme.code_function);
    for (k, line) in station.lines.iter().enumerate() {
        let y = at.y + 28.0 + 18.0 * k as f32;
        if y + 8.0 < rect.bottom() {
            let font = face(sizes().number, true);
            elided_text(painter, pos2(at.x, y + 4.0), rect.width() - 28.0, line, font, theme.muted);
        }
    }
}

/// The four steps with their numbers.
fn stations(scene: &Scene<'_>) -> [Station; 4] {
    let lang = scene.lang;
    let none = || vec![i18n::text(lang, "net.book_none").to_owned()];
    let batch = scene.snapshot.batch.as_ref();
    let rows = batch.map_or_else(none, |_| {
        let rows = &scene.snapshot.rows;
        let shown: Vec<String> = rows.iter().take(24).map(|row| (row + 1).to_string()).collect();
        let more = if rows.len() > 24 { " …" } else { "" };
        let count = rows.len();
        vec![i18n::fill(lang, "net.book_rows", &[("count", &count)]), format!("{}{more}", shown.join(" "))]
    });
    let shape: Vec<String> = [scene.snapshot.program.architecture.inputs]
        .into_iter()
        .chain(scene.snapshot.program.architecture.layers.iter().map(|layer| layer.units))
        .map(|units| units.to_string())
        .collect();
    let forward = vec![i18n::fill(lang, "net.book_forward", &[("shape", &shape.join(" → "))])];
    let loss = batch
        .map_or_else(none, |batch| vec![i18n::fill(lang, "net.book_loss", &[("loss", &show_number(batch.loss, 5))])]);
    let update = batch.map_or_else(none, |batch| {
        let optimizer = scene.session.optimizer().map_or("", |spec| spec.name.get(lang));
        let parameters = scene.snapshot.weights.len();
        let rate = show_number(batch.rate, 4);
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("optimizer", &optimizer), ("rate", &rate), ("count", &parameters)];
        vec![i18n::fill(lang, "net.book_update", &values)]
    });
    [
        Station { title: i18n::text(lang, "net.book_1"), code: "x, y = next(batches)", lines: rows },
        Station { title: i18n::text(lang, "net.book_2"), code: "p = model(x)", lines: forward },
        Station { title: i18n::text(lang, "net.book_3"), code: "loss = loss_fn(p, y)", lines: loss },
        Station { title: i18n::text(lang, "net.book_4"), code: "update(model, grad(loss))", lines: update },
    ]
}
