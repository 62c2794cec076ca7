//! The middle: the title of what is shown, the view itself, and the hand on it. A click or a drag sets the start; the
//! wheel zooms, a drag with the other button (or with Shift) pans.

use egui::{Align, Align2, CursorIcon, Id, Layout, PointerButton, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::layers::layers;
use crate::app::cache::Cache;
use crate::app::keys::Action;
use crate::app::model::Model;
use crate::app::paint::{Icon, face, strong, text};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::views::{CurveScene, MapScene, Plane, Track, scale_bar};
use crate::app::widgets::{ButtonKind, icon_button, show_number, word_switch};
use crate::i18n;
use crate::num::elem;
use crate::session::{Command, Layer, Scale, Session};

const TITLE: f32 = 64.0;

/// Draws the middle of the window.
pub(in crate::app) fn view(
    ui: &mut Ui,
    session: &Session,
    view: &mut ViewState,
    cache: &mut Cache,
    model: &Model,
    actions: &mut Vec<Action>,
    commands: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let outer = ui.max_rect();
    title(ui, Rect::from_min_size(outer.min, vec2(outer.width(), TITLE)), session, view, actions, commands);
    let map = session.surface().dimension >= 2;
    let right = if map { 76.0 } else { 20.0 };
    let rect = Rect::from_min_max(outer.min + vec2(56.0, TITLE), outer.max - vec2(right, 34.0));
    if rect.width() < 40.0 || rect.height() < 40.0 {
        return;
    }
    let plane = shown_plane(session, cache, rect);

    let name = i18n::text(view.lang, if map { "app.map" } else { "app.curve" });
    let response = ui.interact(rect, Id::unique("view"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, name));
    hand(ui, session, &response, plane, map, commands);
    view.hover = response.hover_pos().map(|at| plane.to_data(at));

    let surface = session.surface();
    let picture = &session.document().picture;
    let known = if picture.shows(Layer::CriticalPoints) { surface.minima.as_slice() } else { &[] };
    let inside: Vec<[f64; 2]> = known
        .iter()
        .map(|point| {
            [
                point.at.first().copied().unwrap_or(0.0),
                if map { point.at.get(1).copied().unwrap_or(0.0) } else { point.value },
            ]
        })
        .collect();
    let start = session.shown_start();
    let shows = |layer: Layer| picture.shows(layer);
    if map {
        let names = [surface.variables[0].as_str(), surface.variables[1].as_str()];
        let Some(made) = cache.map(ui.ctx(), theme, plane, session.document().picture.heights) else { return };
        let tone = made.tone;
        let on_light = |level: f64| theme.is_light(tone.unit(level));
        MapScene {
            plane,
            shows: &shows,
            heat: Some((made.heat, plane)),
            contours: if shows(Layer::Contours) { made.contours } else { &[] },
            labels: if shows(Layer::Contours) { made.labels } else { &[] },
            on_light: &on_light,
            tracks: &model.tracks,
            minima: &inside,
            start: start.first().zip(start.get(1)).map(|(&x, &y)| [x, y]),
            names,
            step: model.step.as_ref(),
        }
        .paint(ui.painter(), theme);
        let bar = Rect::from_min_max(pos2(rect.right() + 16.0, rect.top()), pos2(rect.right() + 26.0, rect.bottom()));
        scale_bar(ui.painter(), theme, bar, &|t| theme.heat(f64::from(t)), &scale_ticks(tone));
        let place = Rect::from_min_size(pos2(bar.left() - 2.0, rect.bottom() + 8.0), vec2(34.0, 20.0));
        let (word, name) = (i18n::text(view.lang, "app.log"), i18n::text(view.lang, "app.log_heights"));
        let log = session.document().picture.heights == Scale::Log;
        if let Some(on) = word_switch(ui, place, Id::unique("log heights"), word, name, log) {
            commands.push(Command::SetHeightScale(if on { Scale::Log } else { Scale::Linear }));
        }
    } else {
        let Some(curve) = cache.curve(plane).cloned() else { return };
        let cache = std::cell::RefCell::new(cache);
        let loss = |x: f64| cache.borrow_mut().loss(&[x]);
        let place = model.tracks.iter().find(|track| track.selected).and_then(Track::place);
        let slope = place.map(|[x, _]| {
            let value = loss(x);
            [value, cache.borrow_mut().slope(&[x])]
        });
        CurveScene {
            plane,
            shows: &shows,
            curve: &curve,
            loss: &loss,
            slope,
            tracks: &model.tracks,
            minima: &inside,
            start: start.first().copied(),
            names: [surface.variables[0].as_str(), "f"],
            step: model.step.as_ref(),
        }
        .paint(ui.painter(), theme);
    }
}

/// What the view shows: what the session says, or everything that is worth seeing.
fn shown_plane(session: &Session, cache: &mut Cache, rect: Rect) -> Plane {
    let surface = session.surface();
    let range = |k: usize| {
        let chosen = session.document().picture.range.as_ref().and_then(|range| range.get(k).copied());
        chosen.unwrap_or_else(|| surface.domain.get(k).copied().unwrap_or([-1.0, 1.0]))
    };
    let x = range(0);
    if surface.dimension >= 2 {
        return Plane::equal(rect, x, range(1));
    }
    let [low, high] = cache.heights(x);
    let air = high - low;
    Plane { rect, x, y: [low - 0.08 * air, high + 0.14 * air] }
}

/// What a plane shows of each variable.
fn ranges(plane: Plane, map: bool) -> Vec<[f64; 2]> {
    if map { vec![plane.x, plane.y] } else { vec![plane.x] }
}

/// The hand on the view.
fn hand(ui: &Ui, session: &Session, response: &egui::Response, plane: Plane, map: bool, commands: &mut Vec<Command>) {
    let shift = ui.input(|input| input.modifiers.shift);
    let pan = response.dragged_by(PointerButton::Secondary)
        || response.dragged_by(PointerButton::Middle)
        || (shift && response.dragged_by(PointerButton::Primary));
    if pan {
        ui.set_cursor_icon(CursorIcon::Grabbing);
        if response.drag_delta() != Vec2::ZERO {
            commands.push(Command::SetRange(ranges(plane.panned(response.drag_delta()), map)));
        }
    } else if let Some(pointer) = response.interact_pointer_pos()
        && (response.dragged_by(PointerButton::Primary) || response.clicked_by(PointerButton::Primary))
    {
        let [x, y] = plane.to_data(pointer);
        let [px, py] = plane.per_point();
        // As many digits as a point of the screen can mean.
        let start: Vec<f64> = if map { vec![grain(x, px), grain(y, py)] } else { vec![grain(x, px)] };
        if start != session.shown_start() {
            commands.push(session.move_start(start));
        }
        ui.set_cursor_icon(CursorIcon::Grabbing);
    } else if response.hovered() {
        ui.set_cursor_icon(CursorIcon::Crosshair);
    }
    if let Some(pointer) = response.hover_pos() {
        let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        let factor = f64::from(pinch) * elem::exp(f64::from(scroll) * 0.004);
        if factor != 1.0 && factor.is_finite() {
            commands.push(Command::SetRange(ranges(plane.zoomed(factor, pointer), map)));
        }
    }
}

/// `value` rounded to the power of ten below a quarter of `unit`.
fn grain(value: f64, unit: f64) -> f64 {
    let digits = -elem::log10(unit.abs() / 4.0).floor() as i32;
    if (0..=15).contains(&digits) { format!("{value:.*}", digits as usize).parse().unwrap_or(value) } else { value }
}

/// The line above the view: what is shown, what is under the pointer, and the buttons of the view.
fn title(
    ui: &mut Ui,
    rect: Rect,
    session: &Session,
    view: &ViewState,
    actions: &mut Vec<Action>,
    commands: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = view.lang;
    let surface = session.surface();
    let inner = Rect::from_min_max(rect.min + vec2(20.0, 8.0), rect.max - vec2(16.0, 4.0));
    let name = if surface.id.is_some() { surface.name.get(lang) } else { i18n::text(lang, "app.own_formula") };
    let left = Rect::from_min_max(inner.min, inner.max - vec2(228.0, 0.0));
    let painter = ui.painter_at(left.intersect(ui.clip_rect()));
    let named = text(&painter, left.left_top(), Align2::LEFT_TOP, name, strong(sizes().title), theme.text);
    let at = named.left_bottom() + vec2(0.0, 3.0);
    let lesson = surface.lesson.get(lang);
    let below = if lesson.is_empty() { surface.source.as_str() } else { lesson };
    let mut job =
        egui::text::LayoutJob::simple(below.to_owned(), face(sizes().caption, false), theme.muted, left.width());
    job.wrap.max_rows = 2;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    painter.galley(at, galley, theme.muted);
    ui.interact(left, Id::unique("title"), Sense::hover()).on_hover_text(below);

    ui.scope_builder(egui::UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Min)), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if icon_button(ui, Icon::Fit, i18n::text(lang, "app.fit"), "F", ButtonKind::Quiet, 28.0).clicked() {
            actions.push(Action::Fit);
        }
        let stack = icon_button(ui, Icon::Layers, i18n::text(lang, "app.layers"), "", ButtonKind::Quiet, 28.0);
        layers(ui, &stack, session, lang, commands);
        if icon_button(ui, Icon::Follow, i18n::text(lang, "app.fit_paths"), "P", ButtonKind::Quiet, 28.0).clicked() {
            actions.push(Action::FitPaths);
        }
    });
    if let Some([x, y]) = view.hover {
        let names = &surface.variables;
        let words = match names.as_slice() {
            [a, b, ..] => format!("{a} {}  {b} {}", show_number(x, 4), show_number(y, 4)),
            [a] => format!("{a} {}", show_number(x, 4)),
            [] => String::new(),
        };
        let corner = pos2(inner.right() - 104.0, inner.top() + 14.0);
        text(ui.painter(), corner, Align2::RIGHT_CENTER, words, face(sizes().caption, true), theme.muted);
    }
}

/// The numbers beside the scale of the heat map.
fn scale_ticks(tone: crate::chart::Tone) -> Vec<(f32, String)> {
    crate::chart::levels::levels(&tone, 12)
        .into_iter()
        .map(|level| (tone.unit(level) as f32, crate::chart::ticks::short(level, 3)))
        .collect()
}
