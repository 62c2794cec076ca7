//! The pane of the relief.

use egui::{Id, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::{Stage, hand};
use crate::app::alternative;
use crate::app::cache::{Cache, ReliefRequest};
use crate::app::theme::Theme;
use crate::app::views::{ReliefScene, Space, Spot};
use crate::app::widgets::{focus_ring, show_number, word_switch};
use crate::chart::View;
use crate::i18n;
use crate::session::{Command, Layer, Scale};

/// The relief on the screen.
pub(super) struct ReliefPane {
    rect: Rect,
    request: ReliefRequest,
    response: Response,
    /// The place of the data under the pointer.
    pub(super) place: Option<[f64; 2]>,
}

impl Stage<'_> {
    /// Takes the hand on the relief.
    pub(super) fn relief_pane(
        &self,
        ui: &Ui,
        cache: &mut Cache,
        rect: Rect,
        commands: &mut Vec<Command>,
    ) -> ReliefPane {
        let session = self.session;
        let picture = &session.document().picture;
        let [x, y] = self.ground();
        let request = ReliefRequest {
            rect,
            view: View { x, y },
            camera: picture.camera,
            heights: picture.heights,
            relief: picture.relief,
            colors: self.shows(Layer::HeatMap),
            lines: self.shows(Layer::Contours),
            runs: session.runs_revision(),
        };
        let response = ui.interact(rect, Id::unique("relief"), Sense::click_and_drag());
        let name = i18n::text(self.view.lang, "app.relief");
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, name));
        alternative::describe(ui, response.id, self.session, self.view.lang);
        let made = cache.relief(ui.ctx(), Theme::of(ui), &request);
        let place = made.and_then(|made| hand::relief(ui, session, &response, made.relief, &made.eye, commands));
        ReliefPane { rect, request, response, place }
    }

    pub(super) fn paint_relief(
        &self,
        ui: &Ui,
        cache: &mut Cache,
        pane: &ReliefPane,
        spot: Option<&Spot>,
        commands: &mut Vec<Command>,
    ) {
        let theme = Theme::of(ui);
        let session = self.session;
        let lang = self.view.lang;
        let start_loss = cache.loss(session.shown_start());
        let paths: Vec<&[[f64; 2]]> = self.model.tracks.iter().map(|track| track.points.as_slice()).collect();
        let Some(made) = cache.relief_with_paths(ui.ctx(), theme, &pane.request, &paths) else { return };
        let space = Space { rect: pane.rect, eye: made.eye, relief: made.relief, picture: made.picture };
        let surface = session.surface();
        let start = session.shown_start();
        let cut = |value: Option<f64>| value.map(|v| i18n::fill(lang, "app.cut", &[("value", &show_number(v, 3))]));
        ReliefScene {
            space,
            texture: made.texture,
            shows: &|layer: Layer| self.shows(layer),
            tracks: &self.model.tracks,
            paths: made.paths,
            minima: &self.minima(),
            start: start.first().zip(start.get(1)).map(|(&x, &y)| [x, y]),
            names: [surface.variables[0].as_str(), surface.variables[1].as_str(), "f"],
            step: self.model.step.as_ref(),
            spot,
            cuts: made.relief.heights.cuts().map(cut),
        }
        .paint(ui.painter(), theme);
        if pane.response.has_focus() {
            focus_ring(ui, pane.rect, 0);
        }
        let lines = if pane.request.lines { made.contours } else { &[] };
        let mark = self.mark_words(&pane.response, &space, start_loss);
        Self::explain(&pane.response, mark.or_else(|| self.level_words(&pane.response, &space, lines)));
        let place = Rect::from_min_size(pane.rect.left_top() + vec2(12.0, 4.0), vec2(84.0, 20.0));
        let (word, name) = (i18n::text(lang, "app.log_relief_word"), i18n::text(lang, "app.log_relief"));
        let log = session.document().picture.relief == Scale::Log;
        if let Some(on) = word_switch(ui, place, Id::unique("log relief"), word, name, log) {
            commands.push(Command::SetReliefScale(if on { Scale::Log } else { Scale::Linear }));
        }
    }
}
