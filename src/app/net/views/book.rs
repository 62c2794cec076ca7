//! The training loop of the textbook as four lit steps: draw a batch, forward, loss, backward and update, each with the
//! numbers of the mini-batch that is next. A step lights them one after the other; the last one makes the update.

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::table::{LINE, card, figures, table};
use super::{Scene, diagram};
use crate::app::net::runner::{Rows, Study};
use crate::app::net::state::NetState;
use crate::app::paint::{face, strong, text};
use crate::app::theme::sizes;
use crate::app::widgets::show_number;
use crate::i18n;
use crate::session::net::NetCommand;

/// Draws the view.
pub(super) fn draw(ui: &mut Ui, room: Rect, scene: &Scene<'_>, _: &mut NetState, _: &mut Vec<NetCommand>) {
    let (theme, lang) = (scene.theme, scene.lang);
    let inner = room.shrink2(vec2(24.0, 10.0));
    let place = scene.snapshot.place;
    let step = scene.snapshot.step + 1;
    let values: [(&str, &dyn std::fmt::Display); 4] =
        [("step", &step), ("epoch", &(place.epoch + 1)), ("batch", &(place.batch + 1)), ("batches", &place.batches)];
    let where_now = i18n::fill(lang, "net.book_place", &values);
    text(ui.painter(), inner.left_top(), Align2::LEFT_TOP, where_now, face(sizes().body, false), theme.muted);

    let Some(Study::Rows(rows)) = scene.snapshot.study.as_deref() else { return };
    let titles = [
        (i18n::text(lang, "net.book_1"), "x, y = next(batches)"),
        (i18n::text(lang, "net.book_2"), "p = model(x)"),
        (i18n::text(lang, "net.book_3"), "loss = loss_fn(p, y)"),
        (i18n::text(lang, "net.book_4"), "update(weights, grad(loss))"),
    ];
    let top = inner.top() + 28.0;
    let gap = 10.0;
    let share = [0.27, 0.27, 0.16, 0.30];
    let tall = inner.bottom() - top - 3.0 * gap;
    let mut y = top;
    let lit = scene.session.phase();
    for (k, (title, code)) in titles.into_iter().enumerate() {
        let rect = Rect::from_min_size(pos2(inner.left() + 30.0, y), vec2(inner.width() - 30.0, tall * share[k]));
        let on = k <= lit;
        if k + 1 < titles.len() {
            let x = inner.left() + 10.0;
            let ink = if k < lit { theme.accent } else { theme.line_strong };
            ui.painter().vline(x, y + 26.0..=rect.bottom() + gap + 6.0, Stroke::new(1.5, ink));
        }
        let dot = pos2(inner.left() + 10.0, y + 16.0);
        let (fill, ink) = if on { (theme.accent, theme.on_accent) } else { (theme.raised, theme.muted) };
        ui.painter().circle(dot, 10.0, fill, Stroke::new(1.0, if on { theme.accent } else { theme.line_strong }));
        text(ui.painter(), dot, Align2::CENTER_CENTER, (k + 1).to_string(), strong(sizes().caption), ink);
        let response = ui.interact(rect, ui.scope_id().with(("station", k)), Sense::hover());
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, on, title));
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let mut faint = painter.clone();
        faint.multiply_opacity(if on { 1.0 } else { 0.45 });
        let within = card(&faint, theme, rect, title, if on { theme.accent } else { theme.line });
        let at = pos2(rect.right() - 14.0, rect.top() + 10.0);
        text(&faint, at, Align2::RIGHT_TOP, code, face(sizes().number, true), theme.code_function);
        match k {
            0 => batch(&faint, within, scene, rows),
            1 => forward(&faint, within, scene, rows),
            2 => loss(&faint, within, scene, rows),
            _ => update(&faint, within, scene, rows),
        }
        y = rect.bottom() + gap;
    }
}

/// How many lines of figures a place has room for, beside its head.
fn lines(rect: Rect) -> usize {
    ((rect.height() / LINE) as usize).saturating_sub(1).max(1)
}

/// The rows that are dealt.
fn batch(painter: &egui::Painter, rect: Rect, scene: &Scene<'_>, rows: &Rows) {
    let names = &scene.session.split().train.features.names;
    let inputs = names.len().max(1);
    let shown = inputs.min(4);
    let row_word = i18n::text(scene.lang, "net.row_word");
    let head: Vec<&str> =
        [row_word].into_iter().chain(names.iter().take(shown).map(String::as_str)).chain(["y"]).collect();
    let outputs = rows.trace.targets.len() / rows.rows.len().max(1);
    let of = |k: usize, row: &u32| {
        let x = rows.trace.inputs.get(k * inputs..k * inputs + shown).unwrap_or_default();
        let y = rows.trace.targets.get(k * outputs..(k + 1) * outputs).unwrap_or_default();
        let mut cells = vec![(row + 1).to_string()];
        cells.extend(x.iter().map(|value| show_number(*value, 3)));
        cells.push(several(y));
        cells
    };
    let cells: Vec<Vec<String>> = rows.rows.iter().enumerate().take(lines(rect)).map(|(k, row)| of(k, row)).collect();
    table(painter, scene.theme, rect, &head, &cells);
}

/// What the net answers for them.
fn forward(painter: &egui::Painter, rect: Rect, scene: &Scene<'_>, rows: &Rows) {
    let layers = &rows.trace.layers;
    let count = rows.rows.len().max(1);
    let mut head = vec![i18n::text(scene.lang, "net.row_word")];
    let names: Vec<String> =
        (1..=layers.len()).map(|k| if k == layers.len() { "p".to_owned() } else { format!("a{k}") }).collect();
    let from = names.len().saturating_sub(3);
    head.extend(names.iter().skip(from).map(String::as_str));
    let cells: Vec<Vec<String>> = (0..count.min(lines(rect)))
        .map(|row| {
            let mut cells = vec![rows.rows.get(row).map_or_else(String::new, |row| (row + 1).to_string())];
            for layer in layers.iter().skip(from) {
                let width = layer.activations.len() / count;
                cells.push(several(layer.activations.get(row * width..(row + 1) * width).unwrap_or_default()));
            }
            cells
        })
        .collect();
    table(painter, scene.theme, rect, &head, &cells);
}

/// A few numbers in a cell.
fn several(values: &[f64]) -> String {
    let shown: Vec<String> = values.iter().take(3).map(|value| show_number(*value, 2)).collect();
    if values.len() > 3 { format!("{} …", shown.join(" ")) } else { shown.join(" ") }
}

/// The loss of the batch.
fn loss(painter: &egui::Painter, rect: Rect, scene: &Scene<'_>, rows: &Rows) {
    let (theme, lang) = (scene.theme, scene.lang);
    let trace = &rows.trace;
    let name = scene.session.recipe().map_or("", |recipe| crate::app::net::panels::loss_name(recipe.loss, lang));
    let penalty = if trace.penalty == 0.0 {
        String::new()
    } else {
        format!(" + {} = {}", show_number(trace.penalty, 4), show_number(trace.loss, 5))
    };
    let words = format!("L = {}{penalty}", show_number(trace.data_loss, 5));
    figures(painter, rect.min, rect.width(), &words, theme.text);
    let count = rows.rows.len();
    let said = i18n::fill(lang, "net.book_loss", &[("name", &name), ("count", &count)]);
    let at = rect.min + vec2(0.0, LINE + 2.0);
    text(painter, at, Align2::LEFT_TOP, said, face(sizes().caption, false), theme.muted);
}

/// The gradient by layers, and the update of one parameter by the rule's own lines.
fn update(painter: &egui::Painter, rect: Rect, scene: &Scene<'_>, rows: &Rows) {
    let (theme, lang) = (scene.theme, scene.lang);
    let architecture = &scene.snapshot.program.architecture;
    let norms: Vec<String> = (0..architecture.layers.len())
        .map(|layer| {
            let part = architecture.weight(layer).start..architecture.bias(layer).end;
            let part = rows.trace.gradient.get(part).unwrap_or_default();
            show_number(crate::num::linalg::norm(part), 3)
        })
        .collect();
    let said = i18n::fill(lang, "net.book_norms", &[("norms", &norms.join("  "))]);
    figures(painter, rect.min, rect.width(), &said, theme.muted);
    let Some(step) = &rows.update else { return };
    let name = diagram::weight_name(scene, step.index);
    let head = format!("{name}: g = {}", show_number(step.gradient, 4));
    figures(painter, rect.min + vec2(0.0, LINE), rect.width(), &head, theme.text);
    let spec = scene.session.optimizer();
    let source: Vec<&str> = spec.and_then(|spec| spec.source()).map_or_else(Vec::new, |text| {
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with("param") && !line.starts_with('#'))
            .collect()
    });
    let room = lines(rect).saturating_sub(2);
    let skipped = step.lines.len().saturating_sub(room);
    for (k, line) in step.lines.iter().enumerate().skip(skipped) {
        let value = line.value.first().copied().unwrap_or(f64::NAN);
        let text = source.get(line.line).copied().unwrap_or(line.name.as_str());
        let words = format!("{text}   → {}", show_number(value, 5));
        let at = rect.min + vec2(12.0, LINE * (2 + k - skipped) as f32);
        figures(painter, at, rect.width() - 12.0, &words, theme.muted);
    }
    let at = rect.min + vec2(0.0, LINE * (2 + step.lines.len() - skipped) as f32);
    let words = format!("w: {} → {}", show_number(step.before, 5), show_number(step.after, 5));
    figures(painter, at, rect.width(), &words, theme.accent);
}
