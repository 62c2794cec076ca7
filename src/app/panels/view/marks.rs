//! What the mark under the pointer is: said on hover, with its place and its numbers.

use egui::{Pos2, Response};

use super::Stage;
use crate::app::views::Plane;
use crate::app::widgets::show_number;
use crate::chart::Contour;
use crate::i18n::{fill, text};
use crate::num::linalg;
use crate::session::{Layer, Racer};
use crate::surface::CriticalKind;

/// How near the pointer must be, in points: to a ball, a start or a minimum; to an iterate; to a contour line.
const MARK: f32 = 11.0;
const ITERATE: f32 = 6.0;
const LINE: f32 = 3.0;

impl Stage<'_> {
    /// Says what the mark under the pointer is, if there is one; `start_loss` is the loss at the start.
    pub(super) fn explain_mark(&self, response: &Response, plane: Plane, start_loss: f64, contours: &[Contour]) {
        let Some(pointer) = response.hover_pos() else { return };
        let said = self
            .ball(plane, pointer)
            .or_else(|| self.start(plane, pointer, start_loss))
            .or_else(|| self.minimum(plane, pointer))
            .or_else(|| self.iterate(plane, pointer))
            .or_else(|| self.contour(plane, pointer, contours));
        if let Some(words) = said {
            response.clone().on_hover_ui_at_pointer(|ui| {
                ui.set_max_width(ui.spacing().tooltip_width);
                ui.label(words);
            });
        }
    }

    /// A place of the session on the plane: on a curve the second coordinate is the loss.
    fn at(&self, w: &[f64], loss: f64) -> [f64; 2] {
        [w.first().copied().unwrap_or(f64::NAN), w.get(1).copied().unwrap_or(loss)]
    }

    fn named(&self, racer: &Racer) -> String {
        let lang = self.view.lang;
        self.session.optimizer(racer.id).map_or_else(String::new, |spec| spec.name.get(lang).to_owned())
    }

    /// A ball, or the arrow at the edge that says where it went.
    fn ball(&self, plane: Plane, pointer: Pos2) -> Option<String> {
        let lang = self.view.lang;
        let step = self.session.document().transport.step();
        for (racer, run) in self.session.runs() {
            let row = run.row(step.min(run.last_step()));
            let [x, y] = self.at(row.w, row.loss);
            let (name, place, loss) = (self.named(racer), numbers(row.w), show_number(row.loss, 5));
            if let Some((at, _)) = plane.exit(x, y, 14.0) {
                if at.distance(pointer) < MARK {
                    let values: [(&str, &dyn std::fmt::Display); 3] =
                        [("name", &name), ("place", &place), ("loss", &loss)];
                    return Some(fill(lang, "app.mark.gone", &values));
                }
            } else if plane.to_screen(x, y).distance(pointer) < MARK {
                let values: [(&str, &dyn std::fmt::Display); 4] =
                    [("name", &name), ("step", &row.step), ("place", &place), ("loss", &loss)];
                return Some(fill(lang, "app.mark.ball", &values));
            }
        }
        None
    }

    fn start(&self, plane: Plane, pointer: Pos2, loss: f64) -> Option<String> {
        let start = self.session.shown_start();
        let [x, y] = self.at(start, loss);
        let values: [(&str, &dyn std::fmt::Display); 2] = [("place", &numbers(start)), ("loss", &show_number(loss, 5))];
        let near = plane.to_screen(x, y).distance(pointer) < MARK;
        near.then(|| fill(self.view.lang, "app.mark.start", &values))
    }

    fn minimum(&self, plane: Plane, pointer: Pos2) -> Option<String> {
        let lang = self.view.lang;
        let known = self.session.surface().minima.iter().filter(|_| self.shows(Layer::CriticalPoints));
        let near = |at: [f64; 2]| plane.to_screen(at[0], at[1]).distance(pointer) < MARK;
        let found = known.into_iter().find(|minimum| near(self.at(&minimum.at, minimum.value)))?;
        let kind = match found.kind {
            CriticalKind::Global => text(lang, "cli.kind_global"),
            CriticalKind::Local => text(lang, "cli.kind_local"),
            CriticalKind::Maximum => text(lang, "cli.kind_maximum"),
            CriticalKind::Saddle => text(lang, "cli.kind_saddle"),
        };
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("kind", &kind), ("place", &numbers(&found.at)), ("loss", &show_number(found.value, 5))];
        Some(fill(lang, "app.mark.minimum", &values))
    }

    /// An iterate on the path of a racer so far.
    fn iterate(&self, plane: Plane, pointer: Pos2) -> Option<String> {
        let now = self.session.document().transport.step();
        let mut nearest: Option<(f32, String)> = None;
        for (racer, run) in self.session.runs().filter(|_| self.shows(Layer::Path)) {
            for row in run.rows().take(now + 1) {
                let [x, y] = self.at(row.w, row.loss);
                let away = plane.to_screen(x, y).distance(pointer);
                if away < ITERATE && nearest.as_ref().is_none_or(|(least, _)| away < *least) {
                    let slope = show_number(linalg::norm(row.gradient), 4);
                    let values: [(&str, &dyn std::fmt::Display); 5] = [
                        ("name", &self.named(racer)),
                        ("step", &row.step),
                        ("place", &numbers(row.w)),
                        ("loss", &show_number(row.loss, 5)),
                        ("slope", &slope),
                    ];
                    nearest = Some((away, fill(self.view.lang, "app.mark.iterate", &values)));
                }
            }
        }
        nearest.map(|(_, words)| words)
    }

    fn contour(&self, plane: Plane, pointer: Pos2, contours: &[Contour]) -> Option<String> {
        let near = |contour: &&Contour| {
            contour.lines.iter().any(|line| {
                line.points.windows(2).any(|ends| {
                    let [a, b] = [ends[0], ends[1]].map(|[x, y]| plane.to_screen(x, y));
                    let along = b - a;
                    let t = ((pointer - a).dot(along) / along.length_sq().max(1e-6)).clamp(0.0, 1.0);
                    (a + along * t).distance(pointer) < LINE
                })
            })
        };
        let level = contours.iter().find(near)?.level;
        Some(fill(self.view.lang, "app.mark.contour", &[("level", &show_number(level, 4))]))
    }
}

/// A place in words, without brackets.
fn numbers(w: &[f64]) -> String {
    w.iter().map(|&x| show_number(x, 4)).collect::<Vec<_>>().join(", ")
}
