//! The present mini-batch over the views of the loss.

use egui::{Painter, Pos2};

use crate::app::cache::Cache;
use crate::app::theme::Theme;
use crate::app::views::{BatchPart, BatchScene, Plane};
use crate::app::widgets::show_number;
use crate::i18n::{self, Lang};
use crate::num::linalg;
use crate::session::{Layer, Session};

/// The batch's own curve, or its contour lines at the `levels` of the whole, and the arrow of the whole gradient; nothing
/// while each step sees all the data.
pub(in crate::app) struct Overlay {
    scene: BatchScene<'static>,
    /// The rows of the batch, and of the data.
    rows: [usize; 2],
    /// How long the whole gradient is.
    slope: f64,
}

impl Overlay {
    /// Says what is near the pointer, if something is.
    pub(in crate::app) fn explain(&self, lang: Lang, reach: f32, away: impl Fn(Pos2, Pos2) -> f32) -> Option<String> {
        Some(match self.scene.part_near(reach, away)? {
            BatchPart::Whole => i18n::fill(lang, "app.mark.whole", &[("slope", &show_number(self.slope, 4))]),
            BatchPart::Line => i18n::fill(lang, "app.mark.batch", &[("rows", &self.rows[0]), ("all", &self.rows[1])]),
        })
    }
}

/// Draws it.
pub(in crate::app) fn overlay(
    painter: &Painter,
    theme: &Theme,
    (session, lang): (&Session, Lang),
    cache: &mut Cache,
    plane: Plane,
    levels: &[f64],
) -> Option<Overlay> {
    let document = session.document();
    let rows = session.batch_rows().filter(|_| document.picture.shows(Layer::Batch))?;
    let all = session.surface().model.as_ref().map_or(0, |model| model.points().count());
    if rows.len() >= all {
        return None;
    }
    let map = session.surface().dimension >= 2;
    let lines: Vec<Vec<[f64; 2]>> = if map {
        // The lower half of the levels: where the bottoms lie is what differs.
        let contours = cache.fit().contours(&rows, plane, &levels[..levels.len().div_ceil(2)]);
        let lines = contours.iter().flat_map(|contour| &contour.lines);
        lines
            .map(|line| {
                let first = line.points.first().filter(|_| line.closed);
                line.points.iter().chain(first).copied().collect()
            })
            .collect()
    } else {
        cache.fit().curve(&rows, plane).map(|curve| curve.pieces.clone()).unwrap_or_default()
    };
    let still = !document.transport.playing && document.transport.fraction() == 0.0;
    let place = session.position(document.selected).filter(|_| still && document.picture.shows(Layer::Gradient));
    let (mut from, mut whole, mut slope) = ([f64::NAN; 2], None, f64::NAN);
    if let (Some(w), Some(evaluator)) = (place, cache.evaluator()) {
        let mut gradient = vec![0.0; w.len()];
        let loss = evaluator.gradient(&w, &mut gradient);
        let part = |values: &[f64], k: usize, other: f64| values.get(k).copied().unwrap_or(other);
        from = [part(&w, 0, f64::NAN), part(&w, 1, loss)];
        slope = linalg::norm(&gradient);
        let steep = gradient.iter().any(|g| *g != 0.0) && gradient.iter().all(|g| g.is_finite());
        whole = steep.then(|| [-part(&gradient, 0, 0.0), -part(&gradient, 1, 0.0)]);
    }
    let row = session.run(document.selected).map(|run| run.row(session.step()).gradient.to_vec());
    let own = row.map(|g| [0, 1].map(|k| -g.get(k).copied().unwrap_or(0.0)));
    let scene = BatchScene { plane, lines, from, own, whole, map, words: i18n::text(lang, "data.all_rows") };
    scene.paint(painter, theme);
    Some(Overlay { scene, rows: [rows.len(), all], slope })
}
