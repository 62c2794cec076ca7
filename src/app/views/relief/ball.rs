//! The ball on the relief: it touches the surface at the iterate, along the normal; on a jump it flies above its shadow.
//! A ball outside of the box is pointed at from the edge.

use egui::{Painter, Vec2, vec2};

use super::{ReliefScene, pale};
use crate::app::paint::{Ball, soft_shadow};
use crate::app::theme::{Theme, sizes};
use crate::app::views::marks;
use crate::app::views::track::Track;
use crate::chart::arrow::edge_mark;
use crate::chart::relief::RISE;

const RADIUS: f32 = 9.0;

impl ReliefScene<'_> {
    pub(super) fn ball(&self, painter: &Painter, theme: &Theme, track: &Track) {
        let Some(place) = track.place() else { return };
        let Some((from, to)) = track.ends() else { return };
        let Some((contact, air)) = self.relief.on_the_way(from, to, track.fraction()) else {
            return self.edge(painter, theme, track, place);
        };
        let [x, y, z] = contact;
        let seen = self.eye.see(contact);
        if !self.rect.contains(self.screen(seen)) {
            return self.edge(painter, theme, track, place);
        }
        let radius = sizes().weight * seen.near as f32 * if track.selected { RADIUS } else { RADIUS * 0.85 };
        let unit = f64::from(radius) / self.eye.scale(seen.near);
        let ground = if air { self.relief.height([x, y]) } else { Some(z) };
        let normal = self.relief.normal([x, y]);
        if let Some(ground) = ground {
            // Higher above its shadow the ball seems to be where the shadow is wider and fainter.
            let above = ((z - ground) / RISE).clamp(0.0, 1.0) as f32;
            self.shadow(painter, theme, [x, y, ground], normal, radius * (1.25 + 0.8 * above), 1.0 - 0.6 * above);
        }
        let up = if air { [0.0, 0.0, 1.0] } else { normal };
        let middle = [x + up[0] * unit, y + up[1] * unit, z + up[2] * unit];
        let center = self.place(middle);
        let ball =
            Ball { center, radius, color: track.look.color, turn: (center.x + center.y) / radius, rim: theme.halo };
        ball.paint_behind(painter, &|[across, down, toward]| {
            let [across, down, toward] = [across, down, toward].map(|v| f64::from(v) * unit);
            let (right, up, back) = (self.eye.right, self.eye.up, self.eye.back);
            let point = [0, 1, 2].map(|k| middle[k] + across * right[k] - down * up[k] + toward * back[k]);
            self.picture.hides(self.eye.see(point))
        });
    }

    /// A soft round shadow that lies on the surface.
    fn shadow(&self, painter: &Painter, theme: &Theme, at: [f64; 3], normal: [f64; 3], radius: f32, strength: f32) {
        let seen = self.eye.see(at);
        let painter = pale(painter, self.picture.hides(seen));
        let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        // A circle on a slope is seen as an ellipse whose short axis lies along the normal.
        let short = (dot(normal, self.eye.back).abs() as f32).max(0.15);
        let lean = Vec2::new(dot(normal, self.eye.right) as f32, -dot(normal, self.eye.up) as f32);
        let tilt = if lean.length() > 1e-3 { lean.rot90().angle() } else { 0.0 };
        let center = self.screen(seen) + vec2(1.5, 1.0);
        soft_shadow(&painter, center, vec2(radius, radius * short), tilt, theme.shadow.gamma_multiply(strength));
    }

    /// The arrow at the edge for a ball outside: at the rim of the ground on the way to it, or of the picture.
    fn edge(&self, painter: &Painter, theme: &Theme, track: &Track, place: [f64; 2]) {
        let [x, y] = self.relief.ground(place);
        if x.is_nan() || y.is_nan() {
            return;
        }
        let half = self.relief.half;
        let out = edge_mark([-half[0], -half[1]], half, [x, y], 0.0);
        let (rim, way) = match out {
            Some(mark) => (mark.at, mark.toward),
            None => ([x, y], [0.0, 0.0]),
        };
        let height = self.relief.height(rim).unwrap_or(RISE);
        let at = self.place([rim[0], rim[1], height]);
        let toward = match out {
            Some(_) => self.place([rim[0] + 0.05 * way[0], rim[1] + 0.05 * way[1], height]) - at,
            // Above the cut, or outside of the picture only.
            None => vec2(0.0, -1.0),
        };
        let inner = self.rect.shrink(18.0);
        let local = |p: egui::Pos2| [f64::from(p.x), f64::from(p.y)];
        let (low, high) = (local(inner.min), local(inner.max));
        let (at, toward) = match edge_mark(low, high, local(at), 0.0) {
            Some(mark) => {
                (egui::pos2(mark.at[0] as f32, mark.at[1] as f32), vec2(mark.toward[0] as f32, mark.toward[1] as f32))
            }
            None => (at, toward.normalized()),
        };
        let toward = if toward == Vec2::ZERO { vec2(0.0, -1.0) } else { toward };
        marks::edge(painter, theme, track, at, toward, place, true);
    }
}
