//! The present mini-batch over the views of the loss.

use egui::Painter;

use crate::app::cache::Cache;
use crate::app::theme::Theme;
use crate::app::views::{BatchScene, Plane};
use crate::i18n::{self, Lang};
use crate::session::{Layer, Session};

/// Draws the batch's own curve, or its contour lines at the `levels` of the whole, and the arrow of the whole gradient; nothing
/// while each step sees all the data.
pub(in crate::app) fn overlay(
    painter: &Painter,
    theme: &Theme,
    (session, lang): (&Session, Lang),
    cache: &mut Cache,
    plane: Plane,
    levels: &[f64],
) {
    let document = session.document();
    let (Some(rows), true) = (session.batch_rows(), document.picture.shows(Layer::Batch)) else { return };
    let all = session.surface().model.as_ref().map_or(0, |model| model.points().count());
    if rows.len() >= all {
        return;
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
    let (mut from, mut whole) = ([f64::NAN; 2], None);
    if let (Some(w), Some(evaluator)) = (place, cache.evaluator()) {
        let mut gradient = vec![0.0; w.len()];
        let loss = evaluator.gradient(&w, &mut gradient);
        let part = |values: &[f64], k: usize, other: f64| values.get(k).copied().unwrap_or(other);
        from = [part(&w, 0, f64::NAN), part(&w, 1, loss)];
        let steep = gradient.iter().any(|g| *g != 0.0) && gradient.iter().all(|g| g.is_finite());
        whole = steep.then(|| [-part(&gradient, 0, 0.0), -part(&gradient, 1, 0.0)]);
    }
    let row = session.run(document.selected).map(|run| run.row(session.step()).gradient.to_vec());
    let own = row.map(|g| [0, 1].map(|k| -g.get(k).copied().unwrap_or(0.0)));
    BatchScene { plane, lines, from, own, whole, map, words: i18n::text(lang, "data.all_rows") }.paint(painter, theme);
}
