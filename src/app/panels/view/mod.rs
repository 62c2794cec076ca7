//! The middle: the title of what is shown, the views themselves, and the hand on them.

mod curve;
mod epsilon;
mod hand;
mod map;
mod marks;
mod relief;
mod sight;
mod title;

pub(in crate::app) use hand::grain;
pub(super) use hand::moves;
pub(in crate::app) use title::own_name;

use egui::{Rect, Response, Ui, pos2, vec2};

use super::Maps;
use crate::app::cache::Cache;
use crate::app::keys::Action;
use crate::app::model::Model;
use crate::app::state::ViewState;
use crate::app::views::{Pane, Spot};
use crate::app::widgets::show_number;
use crate::session::{Command, Layer, Session, View};

/// The height of the title.
const TITLE: f32 = 68.0;
/// Points kept free around a view for its numbers: left of a map or a curve, right for the scale of heights, below.
const LEFT: f32 = 56.0;
const SCALE: f32 = 76.0;
const BELOW: f32 = 34.0;
/// The share of the width that the map gets beside the relief.
const SHARE: f32 = 0.42;

/// Draws the middle of the window.
pub(in crate::app) fn view(
    ui: &mut Ui,
    session: &Session,
    view: &mut ViewState,
    (cache, maps): (&mut Cache, &mut Maps),
    model: &Model,
    actions: &mut Vec<Action>,
    commands: &mut Vec<Command>,
) {
    let outer = ui.max_rect();
    let band = Rect::from_min_size(outer.min, vec2(outer.width(), TITLE));
    title::title(ui, band, session, view, actions, commands);
    let body = Rect::from_min_max(outer.min + vec2(0.0, TITLE), outer.max);
    if body.width() < 120.0 || body.height() < 80.0 {
        return;
    }
    let stage = Stage { session, model, view };
    let mapped = matches!(session.document().picture.view, View::Basins | View::Sweep);
    if !mapped {
        maps.rest();
    }
    let hover = if mapped {
        super::maps::maps(ui, body, (session, model, stage.view), (cache, maps), actions, commands)
    } else if session.surface().dimension < 2 {
        stage.curve(ui, cache, body, commands)
    } else {
        stage.space(ui, cache, body, commands)
    };
    view.hover = hover;
    title::place(ui, band, session, hover, cache);
}

/// What all views of the middle need.
struct Stage<'a> {
    session: &'a Session,
    model: &'a Model,
    view: &'a ViewState,
}

impl Stage<'_> {
    /// The map, the relief, or both side by side and linked; the place under the pointer.
    fn space(&self, ui: &Ui, cache: &mut Cache, body: Rect, commands: &mut Vec<Command>) -> Option<[f64; 2]> {
        let whole = Rect::from_min_max(body.min, body.max - vec2(SCALE, 0.0));
        let picture = &self.session.document().picture;
        let (map, relief) = match picture.view {
            View::Auto | View::Basins | View::Sweep => (Some(map_within(whole)), None),
            View::Relief => (None, Some(whole)),
            View::Both => {
                let (map, relief) = halves(whole);
                (Some(map_within(map)), Some(relief))
            }
        };
        let linked = map.is_some() && relief.is_some();
        let map = map.map(|rect| self.map_pane(ui, rect, linked, commands));
        let relief = relief.map(|rect| self.relief_pane(ui, cache, rect, commands));
        let over_map = map.as_ref().and_then(|pane| pane.place()).map(|place| (place, Pane::Map));
        let over_relief = || relief.as_ref().and_then(|pane| pane.place).map(|place| (place, Pane::Relief));
        let spot = over_map.or_else(over_relief).map(|(place, pane)| {
            let words = format!("f {}", show_number(cache.loss(&place), 4));
            Spot { place, pane, words }
        });
        if let Some(pane) = &map {
            self.paint_map(ui, cache, pane, spot.as_ref());
        }
        if let Some(pane) = &relief {
            self.paint_relief(ui, cache, pane, spot.as_ref(), commands);
        }
        self.scale(ui, cache, body, commands);
        spot.map(|spot| spot.place)
    }

    /// The known minima within the layers that are drawn: the places, with the loss where that is the second coordinate.
    fn minima(&self) -> Vec<[f64; 2]> {
        let surface = self.session.surface();
        let known = if self.shows(Layer::CriticalPoints) { surface.minima.as_slice() } else { &[] };
        let place =
            |point: &[f64], value: f64| [point.first().copied().unwrap_or(0.0), point.get(1).copied().unwrap_or(value)];
        known.iter().map(|minimum| place(&minimum.at, minimum.value)).collect()
    }

    fn shows(&self, layer: Layer) -> bool {
        self.session.document().picture.shows(layer)
    }
}

/// What is left for a map beside its numbers.
fn map_within(room: Rect) -> Rect {
    Rect::from_min_max(room.min + vec2(LEFT, 0.0), room.max - vec2(0.0, BELOW))
}

/// The rooms of the map and the relief: side by side, or above each other where that leaves both more.
fn halves(whole: Rect) -> (Rect, Rect) {
    if whole.width() < whole.height() {
        let middle = whole.top() + whole.height() * 0.5;
        return whole.split_top_bottom_at_y(middle);
    }
    let middle = whole.left() + LEFT + (whole.width() - LEFT) * SHARE;
    let (map, relief) = whole.split_left_right_at_x(middle);
    (map, Rect::from_min_max(pos2(relief.left() + 8.0, relief.top()), relief.max))
}

/// The pointer's place on a view, in data.
fn hovered(response: &Response, data: impl Fn(egui::Pos2) -> [f64; 2]) -> Option<[f64; 2]> {
    response.hover_pos().map(data)
}
