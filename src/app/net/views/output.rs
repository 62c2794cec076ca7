//! What the net answers: the plane of two inputs in colors, or a curve over one, with the points that it learns from and
//! those that it is tested with.

use egui::{Align2, CursorIcon, Id, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::Scene;
use crate::app::net::plane::{NetPlane, target};
use crate::app::net::runner::OUTPUT;
use crate::app::net::state::NetState;
use crate::app::net::tone::{Meaning, class_color, number_tone, sign_color, signed};
use crate::app::paint::{face, haloed_path, marker, text};
use crate::app::theme::sizes;
use crate::app::views::{Plane, frame_of, scale_bar};
use crate::app::widgets::show_number;
use crate::i18n;
use crate::nn::Dataset;
use crate::session::Marker;
use crate::session::net::NetCommand;

/// The most points that are drawn of a data set.
const MOST: usize = 1500;

/// Draws the view: the picture as large as it fits.
pub(super) fn draw(ui: &mut Ui, room: Rect, scene: &Scene<'_>, state: &mut NetState, commands: &mut Vec<NetCommand>) {
    let inner = Rect::from_min_max(room.min + vec2(56.0, 12.0), room.max - vec2(84.0, 36.0));
    let rect = match scene.plane {
        Some(plane) if plane.flat => {
            let side = inner.width().min(inner.height());
            Rect::from_min_size(pos2(inner.center().x - side / 2.0, inner.top()), vec2(side, side))
        }
        _ => inner,
    };
    output(ui, rect, scene, state, commands, true);
    legend(ui.painter(), Rect::from_min_size(rect.right_top() + vec2(16.0, 8.0), vec2(12.0, 140.0)), scene);
}

/// Draws the picture of the output into `rect`, with axes where it is large.
pub(in crate::app::net) fn output(
    ui: &mut Ui,
    rect: Rect,
    scene: &Scene<'_>,
    state: &mut NetState,
    commands: &mut Vec<NetCommand>,
    large: bool,
) {
    let (theme, lang) = (scene.theme, scene.lang);
    let name = i18n::text(lang, "net.output");
    let response = ui.interact(rect, Id::unique(("net output", large)), Sense::click_and_drag());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Canvas, true, name);
        info.current_text_value = Some(spoken(scene));
        info
    });
    let painter = ui.painter().clone();
    painter.rect_filled(rect, 0.0, theme.canvas);
    let Some(net) = scene.plane else {
        let words = i18n::text(lang, "net.no_plane");
        text(&painter, rect.center(), Align2::CENTER_CENTER, words, face(sizes().body, false), theme.muted);
        return;
    };
    let plane = Plane { rect, x: net.ranges[0], y: net.ranges[1] };
    let inside = painter.with_clip_rect(rect.intersect(ui.clip_rect()));
    if net.flat {
        if let Some(patch) = scene.textures.output() {
            patch.paint(&inside, theme, rect);
        }
    } else {
        if large {
            crate::app::views::grid(&inside, theme, plane);
        }
        curve(&inside, plane, scene);
    }
    if scene.session.document().picture.test_points {
        points(&inside, plane, net, &net.raw.test, scene, true, large);
    }
    points(&inside, plane, net, &net.raw.train, scene, false, large);
    if let Some(row) = Some(scene.session.document().picture.sample).filter(|row| *row < net.raw.train.rows()) {
        let at = place_of(plane, net, &net.raw.train, row, scene.meaning);
        inside.circle_stroke(at, 7.0, Stroke::new(1.75, theme.text));
    }
    if large {
        let names = [name_of(net, 0), if net.flat { name_of(net, 1) } else { "y" }];
        frame_of(&painter, theme, plane, names, 4);
    } else {
        painter.rect_stroke(rect, 0.0, Stroke::new(1.0, theme.line_strong), egui::StrokeKind::Outside);
    }
    hand(ui, &response, plane, net, scene, state, commands);
}

fn name_of(net: &NetPlane, input: usize) -> &str {
    net.names.get(input).map_or("", String::as_str)
}

/// The mouse: a click takes the nearest training point as the sample that is followed.
fn hand(
    ui: &Ui,
    response: &egui::Response,
    plane: Plane,
    net: &NetPlane,
    scene: &Scene<'_>,
    state: &mut NetState,
    commands: &mut Vec<NetCommand>,
) {
    state.place = response.hover_pos().map(|at| plane.to_data(at));
    if let Some(class) = state.brush.filter(|_| net.flat) {
        brush(ui, response, plane, class, scene, state, commands);
        return;
    }
    let near = |at: Pos2| {
        let away = |row: usize| place_of(plane, net, &net.raw.train, row, scene.meaning).distance(at);
        let nearest = (0..net.raw.train.rows()).map(|row| (row, away(row))).min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.filter(|(_, away)| *away < 12.0).map(|(row, _)| row)
    };
    if response.clicked()
        && let Some(row) = response.interact_pointer_pos().and_then(near)
    {
        commands.push(NetCommand::SelectSample(row));
    }
    let Some(at) = response.hover_pos() else { return };
    ui.set_cursor_icon(CursorIcon::Crosshair);
    let [x, y] = plane.to_data(at);
    let mut lines = vec![format!("{} {}", name_of(net, 0), show_number(x, 3))];
    if net.flat {
        lines.push(format!("{} {}", name_of(net, 1), show_number(y, 3)));
    }
    if let Some(outputs) = outputs_at(scene, plane, at) {
        lines.push(answer(scene, &outputs));
    }
    if let Some(row) = near(at) {
        lines.push(wanted(scene, &net.raw.train, row));
    }
    response.clone().on_hover_ui_at_pointer(|ui| {
        for line in lines {
            ui.monospace(line);
        }
    });
}

/// The brush: a press paints a point, a drag a trail of them.
fn brush(
    ui: &Ui,
    response: &egui::Response,
    plane: Plane,
    class: usize,
    scene: &Scene<'_>,
    state: &mut NetState,
    commands: &mut Vec<NetCommand>,
) {
    /// Points of the screen between two painted ones, and how far the brush wipes.
    const APART: f32 = 14.0;
    const WIPED: f32 = 10.0;
    if response.hovered() {
        ui.set_cursor_icon(CursorIcon::Crosshair);
    }
    let pressed = response.is_pointer_button_down_on() || response.clicked();
    let Some(at) = response.interact_pointer_pos().filter(|_| pressed) else {
        state.stroke = None;
        return;
    };
    let wipes = class >= crate::app::net::paint::CLASSES;
    if !plane.rect.contains(at) || !wipes && state.stroke.is_some_and(|last| last.distance(at) < APART) {
        return;
    }
    state.stroke = Some(at);
    let reach = plane.per_point()[0] * f64::from(WIPED);
    let spec = &scene.session.document().data;
    commands.extend(crate::app::net::paint::touched(spec, plane.to_data(at), class, reach).map(NetCommand::SetData));
}

/// The outputs that were computed nearest to a place of the screen.
fn outputs_at(scene: &Scene<'_>, plane: Plane, at: Pos2) -> Option<Vec<f32>> {
    let fields = scene.snapshot.fields.as_deref()?;
    let share = |value: f32, low: f32, high: f32, count: usize| {
        (((value - low) / (high - low) * count as f32).max(0.0) as usize).min(count - 1)
    };
    let rect = plane.rect;
    let place = if fields.grid.ranges.1.is_some() {
        share(at.y, rect.bottom(), rect.top(), OUTPUT) * OUTPUT + share(at.x, rect.left(), rect.right(), OUTPUT)
    } else {
        share(at.x, rect.left(), rect.right(), 4 * OUTPUT)
    };
    let width = scene.meaning.width();
    fields.output.get(place * width..(place + 1) * width).map(<[f32]>::to_vec)
}

/// What the net answers, in words.
pub(in crate::app::net) fn answer(scene: &Scene<'_>, outputs: &[f32]) -> String {
    let lang = scene.lang;
    let shares = scene.meaning.shares(outputs);
    match scene.meaning.decision(outputs) {
        Some(class) => {
            let share = show_number(100.0 * shares.get(class).copied().unwrap_or(f64::NAN), 3);
            let name = class_name(scene, class);
            i18n::fill(lang, "net.answer_class", &[("class", &name), ("share", &share)])
        }
        None => {
            let value = outputs.first().map_or(f64::NAN, |value| f64::from(*value));
            i18n::fill(lang, "net.answer_number", &[("value", &show_number(value, 4))])
        }
    }
}

/// What is wanted of a row, in words.
fn wanted(scene: &Scene<'_>, data: &Dataset, row: usize) -> String {
    let value = target(data, row);
    let words = match scene.meaning {
        Meaning::Number { .. } => show_number(value, 4),
        _ => class_name(scene, value as usize),
    };
    i18n::fill(scene.lang, "net.wanted", &[("row", &(row + 1)), ("value", &words)])
}

/// The name of a class.
pub(in crate::app::net) fn class_name(scene: &Scene<'_>, class: usize) -> String {
    match &scene.session.split().train.targets {
        crate::nn::Targets::Classes { names, .. } => names.get(class).cloned().unwrap_or_else(|| class.to_string()),
        crate::nn::Targets::Numbers { .. } => class.to_string(),
    }
}

/// Where a row stands on the screen. Over one input classes stand at the answer that they want.
fn place_of(plane: Plane, net: &NetPlane, data: &Dataset, row: usize, meaning: &Meaning) -> Pos2 {
    let [x, y] = net.place(data, row);
    let _ = meaning;
    plane.to_screen(x, y)
}

/// The answers over one input, as a curve: of classes the share of the second, or of each.
fn curve(painter: &Painter, plane: Plane, scene: &Scene<'_>) {
    let Some(fields) = scene.snapshot.fields.as_deref() else { return };
    let (theme, width) = (scene.theme, scene.meaning.width());
    let count = fields.output.len() / width.max(1);
    let x = |k: usize| plane.x[0] + (plane.x[1] - plane.x[0]) * (k as f64 + 0.5) / count.max(1) as f64;
    let line = |value: &dyn Fn(&[f32]) -> f64| -> Vec<Pos2> {
        let values = fields.output.chunks_exact(width.max(1)).map(value).enumerate();
        values.filter(|(_, y)| y.is_finite()).map(|(k, y)| plane.to_screen(x(k), y)).collect()
    };
    match scene.meaning {
        Meaning::Many { classes, .. } => {
            for class in 0..*classes {
                let share = |outputs: &[f32]| scene.meaning.shares(outputs).get(class).copied().unwrap_or(f64::NAN);
                let color = class_color(theme, class);
                haloed_path(painter, &line(&share), &[], Stroke::new(2.0, color), theme.canvas);
            }
        }
        Meaning::Two { .. } => {
            let share = |outputs: &[f32]| scene.meaning.shares(outputs).get(1).copied().unwrap_or(f64::NAN);
            haloed_path(painter, &line(&share), &[], Stroke::new(2.5, theme.accent), theme.canvas);
        }
        Meaning::Number { .. } => {
            let value = |outputs: &[f32]| outputs.first().map_or(f64::NAN, |value| f64::from(*value));
            haloed_path(painter, &line(&value), &[], Stroke::new(2.5, theme.accent), theme.canvas);
        }
    }
}

/// The points of a data set: classes differ by color and shape; what is for testing only is hollow.
fn points(painter: &Painter, plane: Plane, net: &NetPlane, data: &Dataset, scene: &Scene<'_>, test: bool, large: bool) {
    let theme = scene.theme;
    let size = if large { 4.0 } else { 2.6 };
    let stride = data.rows().div_ceil(MOST).max(1);
    for row in (0..data.rows()).step_by(stride) {
        let at = place_of(plane, net, data, row, scene.meaning);
        let value = target(data, row);
        let (shape, ink) = match scene.meaning {
            Meaning::Number { range } if net.flat => {
                let tone = number_tone(*range, value);
                (Marker::Circle, signed(theme, tone).lerp_to_gamma(sign_color(theme, tone > 0.0), 0.35))
            }
            Meaning::Number { .. } => (Marker::Circle, theme.text),
            _ => {
                let class = value.max(0.0) as usize;
                (SHAPES[class % SHAPES.len()], class_color(theme, class))
            }
        };
        if test {
            marker(painter, at, shape, size, theme.canvas, ink);
        } else {
            marker(painter, at, shape, size, ink, theme.halo);
        }
    }
}

/// The shapes of the classes.
const SHAPES: [Marker; 8] = [
    Marker::Circle,
    Marker::TriangleUp,
    Marker::Square,
    Marker::Diamond,
    Marker::TriangleDown,
    Marker::Hexagon,
    Marker::Cross,
    Marker::Plus,
];

/// The scale of the colors, or the classes with their shapes.
fn legend(painter: &Painter, rect: Rect, scene: &Scene<'_>) {
    let theme = scene.theme;
    let small = face(sizes().caption, false);
    match scene.meaning {
        Meaning::Number { range: [low, high] } if scene.plane.is_some_and(|plane| plane.flat) => {
            let most = low.abs().max(high.abs());
            let [low, high] = if *low < 0.0 && *high > 0.0 { [-most, most] } else { [*low, *high] };
            let ticks: Vec<(f32, String)> =
                [0.0_f32, 0.5, 1.0].map(|t| (t, show_number(low + (high - low) * f64::from(t), 2))).to_vec();
            scale_bar(painter, theme, rect, &|t| signed(theme, 2.0 * f64::from(t) - 1.0), &ticks);
        }
        Meaning::Number { .. } => {}
        Meaning::Two { .. } | Meaning::Many { .. } => {
            let classes = if let Meaning::Many { classes, .. } = scene.meaning { *classes } else { 2 };
            for class in 0..classes.min(12) {
                let at = rect.min + vec2(6.0, 8.0 + 20.0 * class as f32);
                marker(painter, at, SHAPES[class % SHAPES.len()], 4.5, class_color(theme, class), theme.halo);
                let name = class_name(scene, class);
                text(painter, at + vec2(12.0, 0.0), Align2::LEFT_CENTER, name, small.clone(), theme.muted);
            }
        }
    }
}

/// The state of the picture for those who do not see it.
fn spoken(scene: &Scene<'_>) -> String {
    let train = scene.snapshot.measured.train;
    let loss = train.map_or(f64::NAN, |measure| measure.loss);
    let share = train.and_then(|measure| measure.accuracy);
    let loss = i18n::fill(scene.lang, "net.spoken_loss", &[("loss", &show_number(loss, 4))]);
    match share {
        Some(share) => {
            let right = i18n::fill(scene.lang, "net.spoken_right", &[("share", &show_number(100.0 * share, 3))]);
            format!("{loss}, {right}")
        }
        None => loss,
    }
}
