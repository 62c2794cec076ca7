//! One row followed through the net: forward what every neuron makes of it, backward how the loss depends on each; and
//! beside the exact derivative by one parameter the naive one, with what it would take for all of them.

use egui::{Align2, CornerRadius, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::table::{LINE, card, figures, table};
use super::{Scene, diagram};
use crate::app::net::runner::{Rows, Study};
use crate::app::net::state::NetState;
use crate::app::net::tone::signed;
use crate::app::paint::{elided_text, face, text};
use crate::app::theme::sizes;
use crate::app::widgets::show_number;
use crate::i18n;
use crate::session::net::{NetCommand, Neuron};

/// The most neurons of a layer that are written out.
const MOST: usize = 9;
/// The room of the naive way, across.
const ASIDE: f32 = 262.0;

/// Draws the view.
pub(super) fn draw(ui: &mut Ui, room: Rect, scene: &Scene<'_>, _: &mut NetState, commands: &mut Vec<NetCommand>) {
    let Some(Study::Rows(rows)) = scene.snapshot.study.as_deref() else { return };
    let inner = room.shrink2(vec2(20.0, 12.0));
    let (through, aside) = inner.split_left_right_at_x(inner.right() - ASIDE);
    let through = Rect::from_min_max(through.min, through.max - vec2(14.0, 0.0));
    follow(ui, through, scene, rows, commands);
    let (upper, lower) = aside.split_top_bottom_at_y(aside.top() + aside.height() * 0.40);
    result(ui, upper.with_max_y(upper.bottom() - 10.0), scene, rows);
    naive(ui, lower, scene, rows);
}

/// The neurons with their numbers, layer by layer.
fn follow(ui: &mut Ui, rect: Rect, scene: &Scene<'_>, rows: &Rows, commands: &mut Vec<NetCommand>) {
    let (theme, lang) = (scene.theme, scene.lang);
    let trace = &rows.trace;
    let columns = trace.layers.len() + 1;
    let gap = 10.0;
    let wide = (rect.width() - gap * (columns as f32 - 1.0)) / columns as f32;
    let words = i18n::text(lang, "net.sample_key");
    elided_text(
        ui.painter(),
        rect.left_top() + vec2(0.0, 8.0),
        rect.width(),
        words,
        face(sizes().caption, false),
        theme.muted,
    );
    let top = rect.top() + 44.0;
    let most = trace.layers.iter().map(|layer| layer.activations.len()).chain([trace.inputs.len()]).max().unwrap_or(1);
    let tall = ((rect.bottom() - top) / (most.min(MOST) as f32 + 0.4) - 6.0).clamp(26.0, 52.0);
    for layer in 0..columns {
        let x = rect.left() + layer as f32 * (wide + gap);
        let traced = layer.checked_sub(1).and_then(|own| trace.layers.get(own));
        let values = traced.map_or(&trace.inputs, |traced| &traced.activations);
        let name = match layer {
            0 => i18n::text(lang, "net.inputs").to_owned(),
            own if own + 1 == columns => i18n::text(lang, "net.output").to_owned(),
            own => i18n::fill(lang, "net.hidden", &[("number", &own)]),
        };
        text(
            ui.painter(),
            pos2(x, rect.top() + 26.0),
            Align2::LEFT_CENTER,
            name,
            face(sizes().caption, false),
            theme.muted,
        );
        for (unit, &value) in values.iter().enumerate().take(MOST) {
            let place = Rect::from_min_size(pos2(x, top + unit as f32 * (tall + 6.0)), vec2(wide, tall));
            let neuron = Neuron { layer, unit };
            let response = ui.interact(place, egui::Id::unique(("traced", layer, unit)), Sense::click());
            let adjoint = traced.and_then(|traced| traced.activation_adjoints.get(unit)).copied();
            let sum = traced.and_then(|traced| traced.sums.get(unit)).copied();
            let named = diagram::neuron_name(scene, neuron);
            response.widget_info(|| {
                let mut info = WidgetInfo::labeled(Role::Button, true, &named);
                info.current_text_value = Some(show_number(value, 4));
                info
            });
            if response.clicked() {
                commands.push(NetCommand::SelectNeuron(Some(neuron)));
            }
            let selected = scene.session.document().picture.neuron == Some(neuron);
            let outline = if selected { theme.accent } else { theme.line };
            let painter = ui.painter().with_clip_rect(place.intersect(ui.clip_rect()));
            painter.rect(place, CornerRadius::same(5), theme.raised, Stroke::new(1.0, outline), StrokeKind::Inside);
            let bar = Rect::from_min_size(place.min, vec2(4.0, place.height()));
            painter.rect_filled(bar, CornerRadius::same(2), signed(theme, value));
            let number = face(sizes().number, true);
            let right =
                pos2(place.right() - 6.0, place.top() + if adjoint.is_some() { tall * 0.28 } else { tall / 2.0 });
            text(&painter, right, Align2::RIGHT_CENTER, show_number(value, 4), number.clone(), theme.text);
            if let Some(adjoint) = adjoint {
                let below = pos2(place.right() - 6.0, place.top() + tall * 0.72);
                text(&painter, below, Align2::RIGHT_CENTER, show_number(adjoint, 3), number, theme.gradient);
                let small = face(sizes().caption, false);
                let left = place.left() + 10.0;
                if wide > 120.0 {
                    text(&painter, pos2(left, right.y), Align2::LEFT_CENTER, "a", small.clone(), theme.faint);
                    text(&painter, pos2(left, below.y), Align2::LEFT_CENTER, "∂L/∂a", small, theme.faint);
                }
            }
            let hint = match (sum, adjoint) {
                (Some(sum), Some(adjoint)) => {
                    format!(
                        "{named}\nz = {}\na = {}\n∂L/∂a = {}",
                        show_number(sum, 6),
                        show_number(value, 6),
                        show_number(adjoint, 6)
                    )
                }
                _ => format!("{named}\n{}", show_number(value, 6)),
            };
            response.on_hover_text(hint);
        }
        if values.len() > MOST {
            let more = i18n::fill(lang, "net.more_units", &[("count", &(values.len() - MOST))]);
            let at = pos2(x, top + MOST as f32 * (tall + 6.0));
            text(ui.painter(), at, Align2::LEFT_TOP, more, face(sizes().caption, true), theme.muted);
        }
    }
}

/// Which row, what is wanted of it, and the loss.
fn result(ui: &Ui, rect: Rect, scene: &Scene<'_>, rows: &Rows) {
    let (theme, lang) = (scene.theme, scene.lang);
    let row = rows.rows.first().map_or(0, |row| row + 1);
    let title = i18n::fill(lang, "net.sample_row", &[("row", &row)]);
    let within = card(ui.painter(), theme, rect, &title, theme.line);
    let trace = &rows.trace;
    let list = |values: &[f64]| {
        let shown: Vec<String> = values.iter().take(4).map(|value| show_number(*value, 4)).collect();
        shown.join("  ")
    };
    let outputs = trace.layers.last().map_or(&[][..], |layer| &layer.activations);
    let lines = [
        format!("p = {}", list(outputs)),
        format!("y = {}", list(&trace.targets)),
        format!("L = {}", show_number(trace.loss, 6)),
    ];
    for (k, line) in lines.iter().enumerate() {
        figures(ui.painter(), within.min + vec2(0.0, LINE * k as f32), within.width(), line, theme.text);
    }
    let hint = i18n::text(lang, "net.sample_hint");
    let at = within.min + vec2(0.0, LINE * 3.0 + 6.0);
    let galley = ui.painter().layout(hint.to_owned(), face(sizes().caption, false), theme.faint, within.width());
    ui.painter().galley(at, galley, theme.faint);
}

/// The difference quotients beside the derivative.
fn naive(ui: &Ui, rect: Rect, scene: &Scene<'_>, rows: &Rows) {
    let (theme, lang) = (scene.theme, scene.lang);
    let within = card(ui.painter(), theme, rect, i18n::text(lang, "net.naive"), theme.line);
    let Some(naive) = &rows.naive else { return };
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let exact = format!("∂L/∂w = {}", show_number(naive.exact, 8));
    figures(&painter, within.min, within.width(), &diagram::weight_name(scene, naive.index), theme.muted);
    figures(&painter, within.min + vec2(0.0, LINE), within.width(), &exact, theme.text);
    let cells: Vec<Vec<String>> = naive
        .quotients
        .iter()
        .map(|quotient| {
            let error = |error: f64| show_number(error, 2);
            vec![
                show_number(quotient.h, 1),
                show_number(quotient.forward, 6),
                error(quotient.forward_error(naive.exact)),
            ]
        })
        .collect();
    let below = Rect::from_min_max(within.min + vec2(0.0, 2.0 * LINE + 4.0), within.max);
    let head = ["h", i18n::text(lang, "net.quotient"), i18n::text(lang, "net.error_word")];
    table(&painter, theme, below, &head, &cells);
    let mut words = i18n::fill(lang, "net.naive_count", &[("passes", &naive.passes)]);
    if let Some([forward, backward]) = rows.seconds {
        let micro = |seconds: f64| show_number(seconds * 1e6, 3);
        let all = micro(forward * naive.passes as f64);
        let cost = i18n::fill(lang, "net.naive_cost", &[("naive", &all), ("backward", &micro(backward))]);
        words = format!("{words} {cost}");
    }
    let at = pos2(below.left(), below.top() + LINE * (cells.len() as f32 + 1.0) + 8.0);
    let galley = painter.layout(words, face(sizes().caption, false), theme.muted, below.width());
    painter.galley(at, galley, theme.muted);
}
