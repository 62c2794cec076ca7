//! What the mark under the pointer is: said on hover, with its place and its numbers.

use std::fmt::Display;

use egui::{Pos2, Response};

use super::Stage;
use super::sight::{BallSight, Sight};
use crate::app::panels::Overlay;
use crate::app::views::{GroundPart, Shaft, axis_name};
use crate::app::widgets::show_number;
use crate::chart::Contour;
use crate::i18n::{fill, text};
use crate::num::linalg;
use crate::session::{Layer, Racer};
use crate::surface::CriticalKind;

/// How near the pointer must be, in points: to a ball, a start or a minimum; to an iterate; to a line.
const MARK: f32 = 11.0;
const ITERATE: f32 = 6.0;
const LINE: f32 = 3.0;

impl Stage<'_> {
    /// What the mark under the pointer is, if there is one; `start_loss` is the loss at the start.
    pub(super) fn mark_words(&self, response: &Response, sight: &dyn Sight, start_loss: f64) -> Option<String> {
        let pointer = response.hover_pos()?;
        self.ball(sight, pointer)
            .or_else(|| self.start(sight, pointer, start_loss))
            .or_else(|| self.minimum(sight, pointer))
            .or_else(|| self.arrow(sight, pointer))
            .or_else(|| self.iterate(sight, pointer))
            .or_else(|| self.ground_mark(sight, pointer))
    }

    /// What the present mini-batch has under the pointer.
    pub(super) fn batch_words(&self, response: &Response, batch: Option<&Overlay>) -> Option<String> {
        let pointer = response.hover_pos()?;
        batch?.explain(self.view.lang, LINE, |a, b| distance(pointer, a, b))
    }

    /// Of which level the contour line under the pointer is.
    pub(super) fn level_words(&self, response: &Response, sight: &dyn Sight, contours: &[Contour]) -> Option<String> {
        let level = contour_near(response.hover_pos()?, sight, contours)?;
        Some(self.say("app.mark.contour", &[("level", &show_number(level, 4))]))
    }

    /// Says something at the pointer.
    pub(super) fn explain(response: &Response, words: Option<String>) {
        let Some(words) = words else { return };
        response.clone().on_hover_ui_at_pointer(|ui| {
            ui.set_max_width(ui.spacing().tooltip_width);
            ui.label(words);
        });
    }

    fn say(&self, key: &'static str, values: &[(&str, &dyn Display)]) -> String {
        fill(self.view.lang, key, values)
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
    fn ball(&self, sight: &dyn Sight, pointer: Pos2) -> Option<String> {
        let document = self.session.document();
        let step = document.transport.step();
        self.session.runs().find_map(|(racer, run)| {
            let row = run.row(step.min(run.last_step()));
            let seen = sight.ball(self.at(row.w, row.loss), racer.id == document.selected)?;
            let (BallSight::Here(at) | BallSight::Gone(at)) = seen;
            if at.distance(pointer) >= MARK {
                return None;
            }
            let (name, place, loss) = (self.named(racer), numbers(row.w), show_number(row.loss, 5));
            let values: [(&str, &dyn Display); 4] =
                [("name", &name), ("step", &row.step), ("place", &place), ("loss", &loss)];
            Some(match seen {
                BallSight::Here(_) => self.say("app.mark.ball", &values),
                BallSight::Gone(_) => self.say("app.mark.gone", &values),
            })
        })
    }

    fn start(&self, sight: &dyn Sight, pointer: Pos2, loss: f64) -> Option<String> {
        let start = self.session.shown_start();
        let near = sight.place(self.at(start, loss))?.distance(pointer) < MARK;
        let values: [(&str, &dyn Display); 2] = [("place", &numbers(start)), ("loss", &show_number(loss, 5))];
        near.then(|| self.say("app.mark.start", &values))
    }

    fn minimum(&self, sight: &dyn Sight, pointer: Pos2) -> Option<String> {
        let lang = self.view.lang;
        let known = self.session.surface().minima.iter().filter(|_| self.shows(Layer::CriticalPoints));
        let near = |at: [f64; 2]| sight.place(at).is_some_and(|at| at.distance(pointer) < MARK);
        let found = known.into_iter().find(|minimum| near(self.at(&minimum.at, minimum.value)))?;
        let kind = match found.kind {
            CriticalKind::Global => text(lang, "cli.kind_global"),
            CriticalKind::Local => text(lang, "cli.kind_local"),
            CriticalKind::Maximum => text(lang, "cli.kind_maximum"),
            CriticalKind::Saddle => text(lang, "cli.kind_saddle"),
        };
        let values: [(&str, &dyn Display); 3] =
            [("kind", &kind), ("place", &numbers(&found.at)), ("loss", &show_number(found.value, 5))];
        Some(self.say("app.mark.minimum", &values))
    }

    /// An arrow of the step: its number, and what it is.
    fn arrow(&self, sight: &dyn Sight, pointer: Pos2) -> Option<String> {
        let shafts = sight.arrows(self.model.step.as_ref()?);
        let away = |shaft: &Shaft<'_>| distance(pointer, shaft.tail, shaft.tip);
        let near = shafts.iter().rev().map(|shaft| (away(shaft), shaft)).filter(|(away, _)| *away < LINE + 1.0);
        let (_, shaft) = near.min_by(|(a, _), (b, _)| a.total_cmp(b))?;
        Some(format!("{}\n{}", shaft.mark.words, shaft.mark.hint))
    }

    /// The parabola at the ball, where it is level, or an axis of the curvature.
    fn ground_mark(&self, sight: &dyn Sight, pointer: Pos2) -> Option<String> {
        let marks = self.model.step.as_ref()?.ground.as_ref()?;
        let ground = &marks.ground;
        let near = |part: &GroundPart| match part {
            GroundPart::Level(at) => at.distance(pointer) < MARK,
            GroundPart::Axis(_, line) => along(pointer, line) < LINE + 1.0,
            GroundPart::Model(line) => along(pointer, line) < LINE,
        };
        // Points lie on lines.
        let order = |part: &GroundPart| matches!(part, GroundPart::Model(_));
        Some(match sight.ground(marks).into_iter().filter(near).min_by_key(order)? {
            GroundPart::Model(_) => text(self.view.lang, "app.mark.model").to_owned(),
            GroundPart::Level(_) => {
                let point = ground.newton_point()?;
                let loss = show_number(ground.model(&point), 5);
                self.say("app.mark.newton", &[("place", &numbers(&point)), ("loss", &loss)])
            }
            GroundPart::Axis(k, _) => {
                let value = show_number(*ground.eigen.values.get(k)?, 4);
                let way = numbers(ground.eigen.vectors.get(k)?);
                self.say("app.mark.axis", &[("name", &axis_name(k)), ("value", &value), ("way", &way)])
            }
        })
    }

    /// An iterate on the path of a racer so far.
    fn iterate(&self, sight: &dyn Sight, pointer: Pos2) -> Option<String> {
        let now = self.session.document().transport.step();
        let mut nearest: Option<(f32, String)> = None;
        for (racer, run) in self.session.runs().filter(|_| self.shows(Layer::Path)) {
            for row in run.rows().take(now + 1) {
                let Some(at) = sight.place(self.at(row.w, row.loss)) else { continue };
                let away = at.distance(pointer);
                if away < ITERATE && nearest.as_ref().is_none_or(|(least, _)| away < *least) {
                    let slope = show_number(linalg::norm(row.gradient), 4);
                    let values: [(&str, &dyn Display); 5] = [
                        ("name", &self.named(racer)),
                        ("step", &row.step),
                        ("place", &numbers(row.w)),
                        ("loss", &show_number(row.loss, 5)),
                        ("slope", &slope),
                    ];
                    nearest = Some((away, self.say("app.mark.iterate", &values)));
                }
            }
        }
        nearest.map(|(_, words)| words)
    }
}

/// The level of the contour line under the pointer.
fn contour_near(pointer: Pos2, sight: &dyn Sight, contours: &[Contour]) -> Option<f64> {
    let near = |contour: &&Contour| {
        contour.lines.iter().any(|line| {
            let mut before = None;
            line.points.iter().any(|&point| {
                let ends = (before, sight.place(point));
                before = ends.1;
                matches!(ends, (Some(a), Some(b)) if distance(pointer, a, b) < LINE)
            })
        })
    };
    contours.iter().find(near).map(|contour| contour.level)
}

/// How far a point is from a straight way.
fn distance(from: Pos2, a: Pos2, b: Pos2) -> f32 {
    let along = b - a;
    let t = ((from - a).dot(along) / along.length_sq().max(1e-6)).clamp(0.0, 1.0);
    (a + along * t).distance(from)
}

/// How far it is from a line.
fn along(from: Pos2, line: &[Pos2]) -> f32 {
    line.windows(2).map(|ends| distance(from, ends[0], ends[1])).fold(f32::INFINITY, f32::min)
}

/// A place in words, without brackets.
fn numbers(w: &[f64]) -> String {
    w.iter().map(|&x| show_number(x, 4)).collect::<Vec<_>>().join(", ")
}
