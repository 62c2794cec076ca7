//! Basins of attraction of two variables: the map of the fates below the contour lines, the paths and the minima.

use egui::{Align2, Ui, vec2};

use super::picture::show;
use super::pointer::{cross_hair, hand};
use super::work::Drawn;
use super::{Maps, Stage, words};
use crate::app::cache::{Cache, Over};
use crate::app::paint::{face, haloed_text};
use crate::app::panels::view::moves;
use crate::app::theme::{Theme, sizes};
use crate::app::views::{MapScene, Plane};
use crate::i18n;
use crate::session::{Command, Layer};

impl Stage<'_> {
    /// The plane of the starts.
    pub(super) fn plane(&self) -> Plane {
        let range = |k: usize| self.session.range().get(k).copied().unwrap_or([-1.0, 1.0]);
        Plane::equal(self.rect, range(0), range(1))
    }

    /// Draws the basins; the place under the pointer.
    pub(super) fn basins(
        &self,
        ui: &Ui,
        cache: &mut Cache,
        maps: &mut Maps,
        drawn: Option<&Drawn>,
        commands: &mut Vec<Command>,
    ) -> Option<[f64; 2]> {
        let theme = Theme::of(ui);
        let (session, plane) = (self.session, self.plane());
        let hand = hand(ui, self.rect, i18n::text(self.view.lang, "app.maps.basins"), &mut maps.cross);
        let pans = moves(ui, &hand.response, plane, true, commands);
        let painter = ui.painter();
        let inside = painter.with_clip_rect(self.rect.intersect(ui.clip_rect()));
        painter.rect_filled(self.rect, 0.0, theme.canvas);
        if let Some(drawn) = drawn {
            let [x, y] = drawn.map.spec.axes.map(|axis| axis.range);
            let place = egui::Rect::from_two_pos(plane.to_screen(x[0], y[0]), plane.to_screen(x[1], y[1]));
            let texture = maps.picture.texture(ui.ctx(), theme, drawn, self.rect);
            show(&inside, theme, texture, place);
        }
        let surface = session.surface();
        let start = self.start();
        let picture = &session.document().picture;
        let minima: Vec<[f64; 2]> = drawn
            .iter()
            .flat_map(|drawn| &drawn.map.spec.targets.minima)
            .filter_map(|at| at.first().copied().zip(at.get(1).copied()).map(|(x, y)| [x, y]))
            .collect();
        let paths: Vec<&[[f64; 2]]> = self.model.tracks.iter().map(|track| track.points.as_slice()).collect();
        let over = Over { heights: picture.relief, runs: session.runs_revision(), paths: &paths };
        if let Some(made) = cache.map(ui.ctx(), theme, (plane, picture.heights), &over) {
            let on_light = |_: f64| theme.is_light(1.0);
            MapScene {
                plane,
                shows: &|layer: Layer| picture.shows(layer),
                heat: None,
                contours: if picture.shows(Layer::Contours) { made.contours } else { &[] },
                labels: &[],
                on_light: &on_light,
                tracks: &self.model.tracks,
                leaps: made.leaps.as_ref(),
                minima: &minima,
                start: start.first().zip(start.get(1)).map(|(&x, &y)| [x, y]),
                names: [surface.variables[0].as_str(), surface.variables[1].as_str()],
                step: None,
                spot: None,
            }
            .paint_over(painter, theme);
        }
        let Some(drawn) = drawn else { return hand.place.map(|at| self.at(plane, at)) };
        for (number, [x, y]) in minima.into_iter().enumerate() {
            let at = plane.to_screen(x, y) + vec2(9.0, -4.0);
            let font = face(sizes().caption, true);
            haloed_text(&inside, at, Align2::LEFT_BOTTOM, number + 1, font, theme.text, theme.halo);
        }
        cross_hair(ui, &inside, theme, self.rect, &hand, maps.cross);
        let place = hand.place?;
        let [x, y] = self.at(plane, place);
        let index = drawn.map.cell_of([x, y]);
        let values = drawn.map.spec.values(index);
        if hand.run && !pans && values.as_slice() != start {
            commands.push(self.move_start(values.to_vec()));
        }
        let cell = drawn.map.cells.get(index).copied().unwrap_or_default();
        let said = format!("{}\n{}", words::place(&values), words::cell(drawn, cell, self.view.lang));
        hand.response.on_hover_text_at_pointer(said);
        Some([x, y])
    }

    fn at(&self, plane: Plane, [across, up]: [f64; 2]) -> [f64; 2] {
        [plane.x[0] + across * (plane.x[1] - plane.x[0]), plane.y[0] + up * (plane.y[1] - plane.y[0])]
    }
}
