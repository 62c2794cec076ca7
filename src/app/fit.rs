//! What the window makes of a model's data: fitted curves, and what the present mini-batch alone looks like. Each is made
//! anew only when what it depends on changes.

use super::views::Plane;
use crate::chart::{Contour, Curve, Sampler, contour};
use crate::surface::Surface;
use crate::surface::model::Predictor;

/// Crossings of the grid of a mini-batch's own surface: it is there to be compared, not to be read.
const GRID: [usize; 2] = [90, 90];

/// The caches of one surface with data.
#[derive(Default)]
pub(super) struct Fit {
    predictor: Option<Predictor>,
    surface: Option<Surface>,
    batch: Option<BatchSurface>,
}

/// The loss over the rows of one mini-batch.
struct BatchSurface {
    rows: Vec<u32>,
    sampler: Sampler,
    contours: Option<(Plane, Vec<f64>, Vec<Contour>)>,
    curve: Option<(Plane, Curve)>,
}

impl Fit {
    /// The caches of a surface; empty ones without data.
    pub(super) fn of(surface: &Surface) -> Self {
        let predictor = Predictor::new(surface);
        Self { surface: predictor.is_some().then(|| surface.clone()), predictor, batch: None }
    }

    /// The predictions of the parameters `w` at `xs`.
    pub(super) fn predictions(&mut self, w: &[f64], xs: &[f64]) -> Vec<f64> {
        let mut out = vec![f64::NAN; xs.len()];
        if let Some(predictor) = &mut self.predictor {
            predictor.at(w, xs, &mut out);
        }
        out
    }

    /// The contour lines of the loss over some rows, of two parameters, at the levels of the whole.
    pub(super) fn contours(&mut self, rows: &[u32], plane: Plane, levels: &[f64]) -> &[Contour] {
        let Some(batch) = self.batch(rows) else { return &[] };
        if batch.contours.as_ref().is_none_or(|(at, of, _)| *at != plane || of != levels) {
            let field = batch.sampler.field(plane.view(), GRID);
            batch.contours = Some((plane, levels.to_vec(), contour::contours(&field, levels)));
        }
        batch.contours.as_ref().map_or(&[], |(_, _, lines)| lines)
    }

    /// The graph of the loss over some rows, of one parameter.
    pub(super) fn curve(&mut self, rows: &[u32], plane: Plane) -> Option<&Curve> {
        let batch = self.batch(rows)?;
        if batch.curve.as_ref().is_none_or(|(at, _)| *at != plane) {
            let sampler = &mut batch.sampler;
            let curve = Curve::sample(plane.x, plane.scale(), |xs, ys| sampler.values(&[xs], ys));
            batch.curve = Some((plane, curve));
        }
        batch.curve.as_ref().map(|(_, curve)| curve)
    }

    fn batch(&mut self, rows: &[u32]) -> Option<&mut BatchSurface> {
        if self.batch.as_ref().is_none_or(|batch| batch.rows != rows) {
            let surface = self.surface.as_ref()?.on_rows(rows);
            self.batch = Some(BatchSurface {
                rows: rows.to_vec(),
                sampler: Sampler::new(&surface),
                contours: None,
                curve: None,
            });
        }
        self.batch.as_mut()
    }
}
