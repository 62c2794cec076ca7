//! The net as a diagram: a picture in every neuron of what it answers, weights as lines, a bead for every bias. What is
//! pointed at says its numbers; what is clicked is shown at the right; a drag up or down changes a weight or a bias.

use egui::{Align2, CornerRadius, CursorIcon, Id, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui};
use egui::{WidgetInfo, pos2, vec2};

use super::Scene;
use super::edges::{self, Edge};
use crate::app::net::state::NetState;
use crate::app::net::textures::MOST_UNITS;
use crate::app::net::tone::sign_color;
use crate::app::paint::{elided_text, face, text};
use crate::app::theme::sizes;
use crate::app::widgets::show_number;
use crate::i18n;
use crate::nn::Architecture;
use crate::session::net::{NetCommand, Neuron};

/// The least and the most of a neuron's side, in points.
const SIDE: [f32; 2] = [12.0, 46.0];
/// Between neurons above each other.
const GAP: f32 = 8.0;
/// The room above for the names of the layers.
const HEAD: f32 = 40.0;
/// How near a line the pointer must be.
const NEAR: f32 = 5.0;
/// The lines that are drawn between two layers at most: the strongest ones.
const MOST_LINES: usize = 420;

/// A layer on the screen.
struct Column {
    /// The neurons that are drawn, from the top.
    units: Vec<Rect>,
    /// How many are not drawn.
    more: usize,
}

/// A line with the place of its weight.
struct Line {
    place: usize,
    value: f64,
    ends: [Pos2; 2],
}

/// Draws the view.
pub(super) fn draw(ui: &mut Ui, room: Rect, scene: &Scene<'_>, state: &mut NetState, commands: &mut Vec<NetCommand>) {
    let architecture = &scene.snapshot.program.architecture;
    let columns = columns(architecture, room);
    let lines = lines(architecture, &columns, &scene.snapshot.weights);
    let back = ui.interact(room, Id::unique("net diagram"), Sense::click_and_drag());
    let name = i18n::text(scene.lang, "net.diagram");
    let shape: Vec<String> = sizes_of(architecture).iter().map(usize::to_string).collect();
    back.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Canvas, true, name);
        info.current_text_value = Some(shape.join("–"));
        info
    });
    let over = back.hover_pos().and_then(|at| nearest(&lines, at));
    state.hover_weight = over;
    draw_lines(ui, scene, state, &lines);
    for (layer, column) in columns.iter().enumerate() {
        head(ui, scene, layer, column, room);
        for (unit, &rect) in column.units.iter().enumerate() {
            neuron(ui, scene, state, Neuron { layer, unit }, rect, commands);
        }
    }
    hand(ui, &back, scene, state, &lines, commands);
}

/// Inputs and units.
fn sizes_of(architecture: &Architecture) -> Vec<usize> {
    [architecture.inputs].into_iter().chain(architecture.layers.iter().map(|layer| layer.units)).collect()
}

/// Where the neurons stand.
fn columns(architecture: &Architecture, room: Rect) -> Vec<Column> {
    let units = sizes_of(architecture);
    let rect = Rect::from_min_max(room.min + vec2(64.0, HEAD + 8.0), room.max - vec2(56.0, 16.0));
    let fits = ((rect.height() + GAP) / (SIDE[0] + GAP)) as usize;
    let most = units.iter().map(|units| (*units).min(MOST_UNITS)).max().unwrap_or(1).clamp(1, fits.max(1));
    let side = (rect.height() / most as f32 - GAP).clamp(SIDE[0], SIDE[1]);
    let step = (side + GAP).max((side * 1.45).min(rect.height() / most as f32)).min(side * 1.6 + GAP);
    let apart = rect.width() / (units.len().saturating_sub(1)).max(1) as f32;
    let column = |(layer, &count): (usize, &usize)| {
        // The last place of a long column says how many there are more.
        let shown = if count > most { most.saturating_sub(1).max(1) } else { count };
        let x = if units.len() > 1 { rect.left() + apart * layer as f32 } else { rect.center().x };
        let places = shown + usize::from(count > shown);
        let top = rect.center().y - step * (places as f32 - 1.0) / 2.0;
        let at = |unit: usize| Rect::from_center_size(pos2(x, top + step * unit as f32), vec2(side, side));
        Column { units: (0..shown).map(at).collect(), more: count - shown }
    };
    units.iter().enumerate().map(column).collect()
}

/// The weights between neurons that are drawn, weak ones first; of very many the strongest.
fn lines(architecture: &Architecture, columns: &[Column], weights: &[f64]) -> Vec<Line> {
    let mut all = Vec::new();
    for (layer, pair) in columns.windows(2).enumerate() {
        let (from, to) = (&pair[0].units, &pair[1].units);
        let start = architecture.weight(layer).start;
        let width = architecture.inputs_of(layer);
        let mut own = Vec::with_capacity(from.len() * to.len());
        for (row, target) in to.iter().enumerate() {
            for (column, source) in from.iter().enumerate() {
                let place = start + row * width + column;
                let value = weights.get(place).copied().unwrap_or(f64::NAN);
                own.push(Line { place, value, ends: [source.right_center(), target.left_center()] });
            }
        }
        own.sort_by(|a, b| a.value.abs().total_cmp(&b.value.abs()).then(a.place.cmp(&b.place)));
        all.extend(own.split_off(own.len().saturating_sub(MOST_LINES)));
    }
    all
}

fn nearest(lines: &[Line], at: Pos2) -> Option<usize> {
    let away = |line: &Line| {
        let [a, b] = line.ends;
        if at.x < a.x || at.x > b.x { f32::INFINITY } else { edges::distance(line.ends, lines.len(), at) }
    };
    let nearest = lines.iter().map(|line| (line.place, away(line))).min_by(|a, b| a.1.total_cmp(&b.1));
    nearest.filter(|(_, away)| *away < NEAR).map(|(place, _)| place)
}

fn draw_lines(ui: &Ui, scene: &Scene<'_>, state: &NetState, lines: &[Line]) {
    let theme = scene.theme;
    let most = lines.iter().map(|line| line.value.abs()).filter(|v| v.is_finite()).fold(1e-9, f64::max);
    let selected = scene.session.document().picture.weight;
    // What comes into the neuron that is pointed at stands out.
    let into = state.hover.filter(|neuron| neuron.layer > 0).map(|neuron| {
        let architecture = &scene.snapshot.program.architecture;
        let (start, width) = (architecture.weight(neuron.layer - 1).start, architecture.inputs_of(neuron.layer - 1));
        start + neuron.unit * width..start + (neuron.unit + 1) * width
    });
    let marked = |place: usize| Some(place) == selected || Some(place) == state.hover_weight;
    let edge = |line: &Line| {
        let share = (line.value.abs() / most) as f32;
        let strong = into.as_ref().is_none_or(|into| into.contains(&line.place));
        let color = if marked(line.place) { theme.accent } else { sign_color(theme, line.value > 0.0) };
        let pale = if strong { 0.35 + 0.65 * share.sqrt() } else { 0.12 };
        Edge {
            ends: line.ends,
            width: (0.5 + 4.5 * share) * sizes().weight + if marked(line.place) { 1.0 } else { 0.0 },
            color: color.gamma_multiply(if marked(line.place) { 1.0 } else { pale }),
            dashed: line.value < 0.0,
        }
    };
    let drawn: Vec<Edge> = lines.iter().filter(|line| line.value.is_finite()).map(edge).collect();
    edges::edges(ui.painter(), &drawn);
}

/// The name of a layer, its activation and its size.
fn head(ui: &Ui, scene: &Scene<'_>, layer: usize, column: &Column, room: Rect) {
    let (theme, lang) = (scene.theme, scene.lang);
    let architecture = &scene.snapshot.program.architecture;
    let Some(first) = column.units.first() else { return };
    let count = column.units.len() + column.more;
    let (name, below) = match layer.checked_sub(1) {
        None => (i18n::text(lang, "net.inputs").to_owned(), count.to_string()),
        Some(own) => {
            let last = own + 1 == architecture.layers.len();
            let name = if last {
                i18n::text(lang, "net.output").to_owned()
            } else {
                i18n::fill(lang, "net.hidden", &[("number", &layer)])
            };
            let activation = architecture.layers.get(own).map(|layer| layer.activation.to_string());
            (name, format!("{count} · {}", activation.unwrap_or_default()))
        }
    };
    let at = pos2(first.center().x, room.top() + 10.0);
    text(ui.painter(), at, Align2::CENTER_TOP, name, face(sizes().caption, false), theme.muted);
    let small = face(sizes().caption, true);
    text(ui.painter(), at + vec2(0.0, 14.0), Align2::CENTER_TOP, below, small.clone(), theme.faint);
    if column.more > 0
        && let Some(last) = column.units.last()
    {
        let words = i18n::fill(lang, "net.more_units", &[("count", &column.more)]);
        text(ui.painter(), last.center_bottom() + vec2(0.0, 8.0), Align2::CENTER_TOP, words, small, theme.muted);
    }
}

/// The name of a neuron for people.
pub(in crate::app::net) fn neuron_name(scene: &Scene<'_>, neuron: Neuron) -> String {
    let lang = scene.lang;
    let names = &scene.session.split().train.features.names;
    match neuron.layer {
        0 => names.get(neuron.unit).cloned().unwrap_or_else(|| format!("x{}", neuron.unit + 1)),
        layer if layer == scene.snapshot.program.architecture.layers.len() => {
            i18n::fill(lang, "net.output_unit", &[("unit", &(neuron.unit + 1))])
        }
        layer => i18n::fill(lang, "net.neuron", &[("layer", &layer), ("unit", &(neuron.unit + 1))]),
    }
}

fn neuron(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut NetState,
    neuron: Neuron,
    rect: Rect,
    commands: &mut Vec<NetCommand>,
) {
    let theme = scene.theme;
    let response = ui.interact(rect, Id::unique(("neuron", neuron.layer, neuron.unit)), Sense::click());
    let name = neuron_name(scene, neuron);
    let selected = scene.session.document().picture.neuron == Some(neuron);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, &name));
    if response.hovered() {
        state.hover = Some(neuron);
    } else if state.hover == Some(neuron) {
        state.hover = None;
    }
    if response.clicked() {
        commands.push(NetCommand::SelectNeuron((!selected).then_some(neuron)));
    }
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(3), theme.raised);
    if let Some(patch) = scene.textures.neuron(neuron) {
        patch.paint(painter, theme, rect);
    }
    let hot = response.hovered() || response.has_focus();
    let outline = match (selected, hot) {
        (true, _) => Stroke::new(2.0, theme.accent),
        (false, true) => Stroke::new(1.5, theme.text),
        (false, false) => Stroke::new(1.0, theme.line_strong),
    };
    painter.rect_stroke(rect, CornerRadius::same(3), outline, StrokeKind::Outside);
    if neuron.layer == 0 {
        let right = rect.left() - 8.0;
        let font = face(sizes().caption, true);
        let wide = painter.layout_no_wrap(name.clone(), font.clone(), theme.muted).size().x.min(52.0);
        elided_text(painter, pos2(right - wide, rect.center().y), 53.0, &name, font, theme.muted);
    } else {
        bias(ui, scene, state, neuron, rect, commands);
    }
    response.on_hover_text(name);
}

/// The bead of a neuron's bias, at its lower left corner.
fn bias(
    ui: &mut Ui,
    scene: &Scene<'_>,
    state: &mut NetState,
    neuron: Neuron,
    rect: Rect,
    commands: &mut Vec<NetCommand>,
) {
    let theme = scene.theme;
    let architecture = &scene.snapshot.program.architecture;
    let place = architecture.bias(neuron.layer - 1).start + neuron.unit;
    let value = scene.snapshot.weights.get(place).copied().unwrap_or(f64::NAN);
    let radius = (rect.width() * 0.13).clamp(3.0, 5.5);
    let at = rect.left_bottom();
    let id = Id::unique(("bias", neuron.layer, neuron.unit));
    let bead = ui.interact(Rect::from_center_size(at, vec2(13.0, 13.0)), id, Sense::click_and_drag());
    let name = i18n::fill(scene.lang, "net.bias_of", &[("neuron", &neuron_name(scene, neuron))]);
    bead.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let selected = scene.session.document().picture.weight == Some(place);
    let rim = if selected || bead.hovered() || bead.has_focus() { theme.accent } else { theme.muted };
    let strength = value.abs().min(1.0) as f32;
    let ink = theme.panel.lerp_to_gamma(sign_color(theme, value > 0.0), 0.2 + 0.8 * strength);
    ui.painter().circle(at, radius, ink, Stroke::new(if selected { 2.0 } else { 1.0 }, rim));
    // A bias below 0 has a bar through its bead: the sign is not told by color alone.
    if value < 0.0 {
        ui.painter().hline(at.x - radius * 0.6..=at.x + radius * 0.6, at.y, Stroke::new(1.25, theme.text));
    }
    pull(ui, &bead, scene, state, place, value, commands);
    bead.on_hover_cursor(CursorIcon::ResizeVertical).on_hover_text(format!("{name}  b = {}", show_number(value, 4)));
}

/// A drag up or down changes a parameter; a click shows it.
fn pull(
    ui: &Ui,
    response: &Response,
    scene: &Scene<'_>,
    state: &mut NetState,
    place: usize,
    value: f64,
    commands: &mut Vec<NetCommand>,
) {
    if response.clicked() {
        commands.push(NetCommand::SelectWeight(Some(place)));
    }
    if response.drag_started() && scene.is_current() {
        state.dragged = Some((place, value));
        commands.push(NetCommand::SelectWeight(Some(place)));
    }
    if let Some((dragged, start)) = state.dragged
        && dragged == place
        && response.dragged()
    {
        let by = response.drag_delta().y;
        let next = start - f64::from(by) * 0.01;
        state.dragged = Some((place, next));
        if by != 0.0 && next.is_finite() {
            commands.push(NetCommand::SetWeight { place, value: next });
        }
        ui.set_cursor_icon(CursorIcon::ResizeVertical);
    }
    if response.drag_stopped() {
        state.dragged = None;
    }
}

/// The hand on the lines.
fn hand(
    ui: &Ui,
    back: &Response,
    scene: &Scene<'_>,
    state: &mut NetState,
    lines: &[Line],
    commands: &mut Vec<NetCommand>,
) {
    let origin = ui.input(|input| input.pointer.press_origin()).filter(|_| back.drag_started());
    let taken = match (state.dragged, origin) {
        (Some((place, _)), _) => Some(place),
        (None, Some(origin)) => nearest(lines, origin),
        (None, None) => state.hover_weight,
    };
    let Some(line) = taken.and_then(|place| lines.iter().find(|line| line.place == place)) else {
        if back.clicked() {
            commands.extend([NetCommand::SelectWeight(None), NetCommand::SelectNeuron(None)]);
        }
        return;
    };
    pull(ui, back, scene, state, line.place, line.value, commands);
    if back.hovered() {
        ui.set_cursor_icon(CursorIcon::ResizeVertical);
        let words = format!("{}  w = {}", weight_name(scene, line.place), show_number(line.value, 4));
        back.clone().on_hover_text_at_pointer(words);
    }
}

/// Between which neurons a weight stands, or whose bias it is.
pub(in crate::app::net) fn weight_name(scene: &Scene<'_>, place: usize) -> String {
    let architecture = &scene.snapshot.program.architecture;
    for layer in 0..architecture.layers.len() {
        let (weight, bias) = (architecture.weight(layer), architecture.bias(layer));
        if weight.contains(&place) {
            let (own, width) = (place - weight.start, architecture.inputs_of(layer).max(1));
            let from = neuron_name(scene, Neuron { layer, unit: own % width });
            let to = neuron_name(scene, Neuron { layer: layer + 1, unit: own / width });
            return format!("{from} → {to}");
        }
        if bias.contains(&place) {
            let neuron = neuron_name(scene, Neuron { layer: layer + 1, unit: place - bias.start });
            return i18n::fill(scene.lang, "net.bias_of", &[("neuron", &neuron)]);
        }
    }
    String::new()
}
