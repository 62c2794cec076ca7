//! The map between data and the screen: a rectangle of points that shows a rectangle of data, y up.

use egui::{Pos2, Rect, Vec2, pos2};

use crate::chart::View;
use crate::chart::arrow::edge_mark;

/// A rectangle of the screen that shows a rectangle of data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::app) struct Plane {
    /// On the screen.
    pub rect: Rect,
    /// The data at the left and right edges.
    pub x: [f64; 2],
    /// The data at the bottom and top edges.
    pub y: [f64; 2],
}

impl Plane {
    /// Where a point of data stands; far outside it stays finite, so that lines toward it are drawn right.
    pub(in crate::app) fn to_screen(self, x: f64, y: f64) -> Pos2 {
        let tx = (x - self.x[0]) / (self.x[1] - self.x[0]);
        let ty = (y - self.y[0]) / (self.y[1] - self.y[0]);
        let bound = |t: f64| t.clamp(-1e4, 1e4) as f32;
        pos2(self.rect.left() + bound(tx) * self.rect.width(), self.rect.bottom() - bound(ty) * self.rect.height())
    }

    /// The data under a point of the screen.
    pub(in crate::app) fn to_data(self, at: Pos2) -> [f64; 2] {
        let tx = f64::from((at.x - self.rect.left()) / self.rect.width());
        let ty = f64::from((self.rect.bottom() - at.y) / self.rect.height());
        [self.x[0] + tx * (self.x[1] - self.x[0]), self.y[0] + ty * (self.y[1] - self.y[0])]
    }

    /// Data per point of the screen, across and up.
    pub(in crate::app) fn per_point(self) -> [f64; 2] {
        [
            (self.x[1] - self.x[0]) / f64::from(self.rect.width()),
            (self.y[1] - self.y[0]) / f64::from(self.rect.height()),
        ]
    }

    /// The plane after a drag of the screen by `by` points.
    pub(in crate::app) fn panned(self, by: Vec2) -> Self {
        let [px, py] = self.per_point();
        let (dx, dy) = (f64::from(by.x) * px, f64::from(by.y) * py);
        Self { x: self.x.map(|v| v - dx), y: self.y.map(|v| v + dy), ..self }
    }

    /// The plane after a zoom by `factor` (above 1 is nearer) about a point of the screen.
    pub(in crate::app) fn zoomed(self, factor: f64, about: Pos2) -> Self {
        let [cx, cy] = self.to_data(about);
        Self { x: self.x.map(|v| cx + (v - cx) / factor), y: self.y.map(|v| cy + (v - cy) / factor), ..self }
    }

    /// The least plane of `rect` that shows both ranges at one scale.
    pub(in crate::app) fn equal(rect: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        let scale = ((x[1] - x[0]) / f64::from(rect.width())).max((y[1] - y[0]) / f64::from(rect.height()));
        let around = |range: [f64; 2], side: f32| {
            let (middle, half) = ((range[0] + range[1]) / 2.0, scale * f64::from(side) / 2.0);
            [middle - half, middle + half]
        };
        Self { rect, x: around(x, rect.width()), y: around(y, rect.height()) }
    }

    /// The mark at the edge, inset by `margin` points, for a place outside: where it stands and where it points; `None`
    /// for a place inside.
    pub(in crate::app) fn exit(self, x: f64, y: f64, margin: f32) -> Option<(Pos2, Vec2)> {
        let view = self.view();
        let scale = self.scale();
        // In points from the lower left corner, so that directions are those of the screen.
        let local = |v: f64, k: usize| (v - [view.x, view.y][k][0]) * scale[k];
        let size = [f64::from(self.rect.width()), f64::from(self.rect.height())];
        let mark = edge_mark([0.0, 0.0], size, [local(x, 0), local(y, 1)], f64::from(margin))?;
        let at = pos2(self.rect.left() + mark.at[0] as f32, self.rect.bottom() - mark.at[1] as f32);
        Some((at, Vec2::new(mark.toward[0] as f32, -mark.toward[1] as f32)))
    }

    /// What is shown, for the chart.
    pub(in crate::app) fn view(self) -> View {
        View { x: self.x, y: self.y }
    }

    /// Points per unit of x and of y.
    pub(in crate::app) fn scale(self) -> [f64; 2] {
        self.per_point().map(|unit| 1.0 / unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_and_screen_lead_there_and_back() {
        let rect = Rect::from_min_max(pos2(10.0, 20.0), pos2(410.0, 220.0));
        let plane = Plane::equal(rect, [-2.0, 2.0], [-1.0, 3.0]);
        assert_eq!(plane.y, [-1.0, 3.0]);
        assert_eq!(plane.x, [-4.0, 4.0]);
        let at = plane.to_screen(1.0, 2.0);
        let back = plane.to_data(at);
        assert!((back[0] - 1.0).abs() < 1e-5 && (back[1] - 2.0).abs() < 1e-5);
        let zoomed = plane.zoomed(2.0, at);
        assert!((zoomed.to_screen(1.0, 2.0) - at).length() < 1e-3);
        assert!(
            (plane.panned(egui::vec2(30.0, -10.0)).to_screen(1.0, 2.0) - at - egui::vec2(30.0, -10.0)).length() < 1e-3
        );
    }

    #[test]
    fn what_leaves_the_view_is_pointed_at_from_its_edge() {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 100.0));
        let plane = Plane { rect, x: [0.0, 1.0], y: [0.0, 1.0] };
        assert_eq!(plane.exit(0.5, 0.5, 8.0), None);
        let (at, toward) = plane.exit(1e9, 0.5, 8.0).unwrap_or_default();
        assert!((at.x - 92.0).abs() < 1e-3 && (at.y - 50.0).abs() < 0.1, "{at}");
        assert!(toward.x > 0.99);
    }
}
