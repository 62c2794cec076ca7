//! The pane of the map, and the scale of heights beside it.

use egui::{Id, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::sight::OnMap;
use super::{BELOW, SCALE, Stage, hand, hovered};
use crate::app::alternative;
use crate::app::cache::{Cache, Over};
use crate::app::panels::overlay;
use crate::app::theme::Theme;
use crate::app::views::{MapScene, Plane, Spot, scale_bar};
use crate::app::widgets::{focus_ring, word_switch};
use crate::chart::{Tone, levels, ticks};
use crate::i18n;
use crate::session::{Command, Layer, Scale};

/// The map on the screen.
pub(super) struct MapPane {
    plane: Plane,
    response: Response,
}

impl MapPane {
    /// The place under the pointer.
    pub(super) fn place(&self) -> Option<[f64; 2]> {
        hovered(&self.response, |at| self.plane.to_data(at))
    }
}

impl Stage<'_> {
    /// The range of both variables that is looked at: of one shape everywhere, so that map and relief show the same.
    pub(super) fn ground(&self) -> [[f64; 2]; 2] {
        let range = self.session.shown_range();
        let [x, y] = [0, 1].map(|k| range.get(k).copied().unwrap_or([-1.0, 1.0]));
        // A strip is given some ground on its long sides.
        const NARROWEST: f64 = 0.5;
        let [width, height] = [x[1] - x[0], y[1] - y[0]];
        let grown = |[low, high]: [f64; 2], least: f64| {
            let more = (least - (high - low)).max(0.0) * 0.5;
            [low - more, high + more]
        };
        [grown(x, NARROWEST * height), grown(y, NARROWEST * width)]
    }

    /// Takes the hand on the map. Beside the relief it shows what that shows and no more.
    pub(super) fn map_pane(&self, ui: &Ui, room: Rect, linked: bool, commands: &mut Vec<Command>) -> MapPane {
        let [x, y] = self.ground();
        let rect = if linked {
            let shape = ((x[1] - x[0]) / (y[1] - y[0])) as f32;
            let width = room.width().min(room.height() * shape);
            Rect::from_center_size(room.center(), vec2(width, width / shape))
        } else {
            room
        };
        let plane = if linked { Plane { rect, x, y } } else { Plane::equal(rect, x, y) };
        let response = ui.interact(rect, Id::unique("view"), Sense::click_and_drag());
        let name = i18n::text(self.view.lang, "app.map");
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, name));
        alternative::describe(ui, response.id, self.session, self.view.lang);
        hand::plane(ui, self.session, &response, plane, true, commands);
        MapPane { plane, response }
    }

    pub(super) fn paint_map(&self, ui: &Ui, cache: &mut Cache, pane: &MapPane, spot: Option<&Spot>) {
        let theme = Theme::of(ui);
        let plane = pane.plane;
        let heights = self.session.document().picture.heights;
        let start_loss = cache.loss(self.session.shown_start());
        let paths: Vec<&[[f64; 2]]> = self.model.tracks.iter().map(|track| track.points.as_slice()).collect();
        let (relief, runs) = (self.session.document().picture.relief, self.session.runs_revision());
        let over = Over { heights: relief, runs, paths: &paths };
        let Some(made) = cache.map(ui.ctx(), theme, (plane, heights), &over) else { return };
        let tone = made.tone;
        let surface = self.session.surface();
        let start = self.session.shown_start();
        let contours = self.shows(Layer::Contours);
        MapScene {
            plane,
            shows: &|layer: Layer| self.shows(layer),
            heat: Some((made.heat, plane)),
            contours: if contours { made.contours } else { &[] },
            labels: if contours { made.labels } else { &[] },
            on_light: &|level: f64| theme.is_light(tone.unit(level)),
            tracks: &self.model.tracks,
            leaps: made.leaps.as_ref(),
            minima: &self.minima(),
            start: start.first().zip(start.get(1)).map(|(&x, &y)| [x, y]),
            names: [surface.variables[0].as_str(), surface.variables[1].as_str()],
            step: self.model.step.as_ref(),
            spot,
        }
        .paint(ui.painter(), theme);
        if pane.response.has_focus() {
            focus_ring(ui, plane.rect, 0);
        }
        let levels: Vec<f64> = made.contours.iter().map(|contour| contour.level).collect();
        let lines = if contours { made.contours } else { &[] };
        let (response, sight) = (&pane.response, OnMap(plane, &levels));
        let (mark, level) = (self.mark_words(response, &sight, start_loss), self.level_words(response, &sight, lines));
        let batch = overlay(ui.painter(), theme, (self.session, self.view.lang), cache, plane, &levels);
        Self::explain(response, mark.or_else(|| self.batch_words(response, batch.as_ref())).or(level));
    }

    /// The scale of the colors at the right of the middle, and the switch between linear and logarithmic.
    pub(super) fn scale(&self, ui: &Ui, cache: &Cache, body: Rect, commands: &mut Vec<Command>) {
        let theme = Theme::of(ui);
        let Some(tone) = cache.tone() else { return };
        let left = body.right() - SCALE + 16.0;
        let bar = Rect::from_min_max(pos2(left, body.top()), pos2(left + 10.0, body.bottom() - BELOW));
        scale_bar(ui.painter(), theme, bar, &|t| theme.heat(f64::from(t)), &scale_ticks(tone));
        let place = Rect::from_min_size(pos2(bar.left() - 2.0, bar.bottom() + 8.0), vec2(34.0, 20.0));
        let (word, name) = (i18n::text(self.view.lang, "app.log"), i18n::text(self.view.lang, "app.log_heights"));
        let log = self.session.document().picture.heights == Scale::Log;
        if let Some(on) = word_switch(ui, place, Id::unique("log heights"), word, name, log) {
            commands.push(Command::SetHeightScale(if on { Scale::Log } else { Scale::Linear }));
        }
    }
}

/// The numbers beside the scale of the heat map.
fn scale_ticks(tone: Tone) -> Vec<(f32, String)> {
    levels::levels(&tone, 12).into_iter().map(|level| (tone.unit(level) as f32, ticks::short(level, 3))).collect()
}
