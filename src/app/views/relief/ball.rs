//! The ball on the relief: it touches the surface at the iterate, along the normal; on a jump it flies above its shadow.
//! A ball outside of the box is pointed at from the edge.

use egui::{Painter, Vec2, vec2};

use super::{ReliefScene, pale};
use crate::app::paint::{Ball, soft_shadow};
use crate::app::theme::Theme;
use crate::app::views::marks;
use crate::app::views::track::Track;
use crate::chart::relief::RISE;

impl ReliefScene<'_> {
    pub(super) fn ball(&self, painter: &Painter, theme: &Theme, track: &Track) {
        let Some(place) = track.place() else { return };
        let Some((from, to)) = track.ends() else { return };
        let Some((contact, air)) = self.space.relief.on_the_way(from, to, track.fraction()) else {
            return self.edge(painter, theme, track, place);
        };
        let [x, y, z] = contact;
        let seen = self.space.eye.see(contact);
        if !self.space.rect.contains(self.screen(seen)) {
            return self.edge(painter, theme, track, place);
        }
        let (radius, unit) = self.space.radius(contact, track.selected);
        let ground = if air { self.space.relief.height([x, y]) } else { Some(z) };
        let normal = self.space.relief.normal([x, y]);
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
            let (right, up, back) = (self.space.eye.right, self.space.eye.up, self.space.eye.back);
            let point = [0, 1, 2].map(|k| middle[k] + across * right[k] - down * up[k] + toward * back[k]);
            self.space.picture.hides(self.space.eye.see(point))
        });
    }

    /// A soft round shadow that lies on the surface.
    fn shadow(&self, painter: &Painter, theme: &Theme, at: [f64; 3], normal: [f64; 3], radius: f32, strength: f32) {
        let seen = self.space.eye.see(at);
        let painter = pale(painter, self.space.picture.hides(seen));
        let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        // A circle on a slope is seen as an ellipse whose short axis lies along the normal.
        let short = (dot(normal, self.space.eye.back).abs() as f32).max(0.15);
        let lean = Vec2::new(dot(normal, self.space.eye.right) as f32, -dot(normal, self.space.eye.up) as f32);
        let tilt = if lean.length() > 1e-3 { lean.rot90().angle() } else { 0.0 };
        let center = self.screen(seen) + vec2(1.5, 1.0);
        soft_shadow(&painter, center, vec2(radius, radius * short), tilt, theme.shadow.gamma_multiply(strength));
    }

    /// The arrow at the edge for a ball outside.
    fn edge(&self, painter: &Painter, theme: &Theme, track: &Track, place: [f64; 2]) {
        if let Some((at, toward)) = self.space.exit(place) {
            marks::edge(painter, theme, track, at, toward, place, true);
        }
    }
}
