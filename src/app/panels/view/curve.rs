//! The pane of one variable.

use egui::{Id, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::sight::OnCurve;
use super::{BELOW, LEFT, Stage, epsilon, hand, hovered};
use crate::app::alternative;
use crate::app::cache::Cache;
use crate::app::panels::overlay;
use crate::app::theme::Theme;
use crate::app::views::{Approximation, CurveScene, Plane, Track};
use crate::app::widgets::focus_ring;
use crate::i18n;
use crate::session::{Command, Layer};

impl Stage<'_> {
    /// The graph of the loss; the place under the pointer.
    pub(super) fn curve(
        &self,
        ui: &Ui,
        cache: &mut Cache,
        body: Rect,
        commands: &mut Vec<Command>,
    ) -> Option<[f64; 2]> {
        let session = self.session;
        let rect = Rect::from_min_max(body.min + vec2(LEFT, 0.0), body.max - vec2(20.0, BELOW));
        let x = session.shown_range().first().copied().unwrap_or([-1.0, 1.0]);
        let [low, high] = cache.heights(x);
        let air = high - low;
        let plane = Plane { rect, x, y: [low - 0.08 * air, high + 0.14 * air] };
        let response = ui.interact(rect, Id::unique("view"), Sense::click_and_drag());
        let name = i18n::text(self.view.lang, "app.curve");
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, name));
        alternative::describe(ui, response.id, self.session, self.view.lang);
        hand::plane(ui, session, &response, plane, false, commands);

        let curve = cache.curve(plane).cloned()?;
        let cache = std::cell::RefCell::new(cache);
        let loss = |x: f64| cache.borrow_mut().loss(&[x]);
        let place = self.model.tracks.iter().find(|track| track.selected).and_then(Track::place);
        let slope = place.map(|[x, _]| {
            let value = loss(x);
            [value, cache.borrow_mut().slope(&[x])]
        });
        let wanted = self.shows(Layer::Approximation);
        let approximation = place.zip(slope).filter(|_| wanted).map(|([x, _], [value, slope])| {
            let epsilon = session.epsilon();
            Approximation { x, value, slope, epsilon, truth: loss(x + epsilon) }
        });
        CurveScene {
            plane,
            shows: &|layer: Layer| self.shows(layer),
            curve: &curve,
            loss: &loss,
            slope,
            approximation,
            tracks: &self.model.tracks,
            minima: &self.minima(),
            start: session.shown_start().first().copied(),
            names: [session.surface().variables[0].as_str(), "f"],
            step: self.model.step.as_ref(),
        }
        .paint(ui.painter(), Theme::of(ui));
        if response.has_focus() {
            focus_ring(ui, rect, 0);
        }
        let start_loss = cache.borrow_mut().loss(session.shown_start());
        let mark = self.mark_words(&response, &OnCurve(plane), start_loss);
        let (cache, words) = (cache.into_inner(), (session, self.view.lang));
        let batch = overlay(ui.painter(), Theme::of(ui), words, cache, plane, &[]);
        Self::explain(&response, mark.or_else(|| self.batch_words(&response, batch.as_ref())));
        if let Some(approximation) = approximation {
            epsilon::handle(ui, self.view.lang, plane, approximation, commands);
        }
        hovered(&response, |at| plane.to_data(at))
    }
}
