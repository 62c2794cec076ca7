//! The ball: shaded, lit from the upper left, turning as it rolls, over a soft shadow.

use egui::epaint::Vertex;
use egui::{Color32, Mesh, Painter, Pos2, Rgba, Stroke, Vec2, epaint::WHITE_UV, vec2};

/// A ball at a place on the screen.
pub(in crate::app) struct Ball {
    /// Its middle.
    pub center: Pos2,
    /// Its radius in points.
    pub radius: f32,
    /// The color of its material.
    pub color: Color32,
    /// How far it has turned, in radians, clockwise.
    pub turn: f32,
    /// The rim that sets it off from what is behind.
    pub rim: Color32,
}

/// Where the light comes from: left, above, toward the viewer.
const LIGHT: [f32; 3] = [-0.48, -0.62, 0.62];
/// The share that is seen of what is behind something.
const PALE: f32 = 0.25;
const RINGS: usize = 9;
const SECTORS: usize = 40;

impl Ball {
    /// Draws it with what `hidden` tells to be behind something pale: it is asked about points of the half that is seen,
    /// across, down and toward the eye in radii of the ball.
    pub(in crate::app) fn paint_behind(&self, painter: &Painter, hidden: &dyn Fn([f32; 3]) -> bool) {
        let rim = (0..12).map(|k| Vec2::angled(k as f32 / 12.0 * std::f32::consts::TAU) * 0.95);
        let behind = rim.chain([Vec2::ZERO]).filter(|at| hidden([at.x, at.y, depth(at.x, at.y)])).count();
        match behind {
            0 => self.paint(painter),
            13 => {
                let mut painter = painter.clone();
                painter.multiply_opacity(PALE);
                self.paint(&painter);
            }
            _ => {
                let cover = |x: f32, y: f32| if hidden([x, y, depth(x, y)]) { PALE } else { 1.0 };
                let mut mesh = self.mesh();
                for vertex in &mut mesh.vertices {
                    let at = (vertex.pos - self.center) / self.radius;
                    vertex.color = vertex.color.gamma_multiply(cover(at.x, at.y));
                }
                painter.add(mesh);
            }
        }
    }

    /// Draws it.
    pub(in crate::app) fn paint(&self, painter: &Painter) {
        if !(self.center.x.is_finite() && self.center.y.is_finite()) {
            return;
        }
        painter.circle_filled(self.center, self.radius + 1.25, self.rim);
        // Below the mesh, for the smooth edge that a mesh does not have.
        painter.circle(self.center, self.radius - 0.25, self.shade(0.0, 0.0, 0.2), Stroke::new(1.0, self.edge()));
        painter.add(self.mesh());
        self.stripe(painter);
    }

    fn mesh(&self) -> Mesh {
        let mut mesh = Mesh::default();
        mesh.vertices.reserve(RINGS * SECTORS + 1);
        self.push(&mut mesh, 0.0, 0.0);
        for ring in 1..=RINGS {
            let r = (ring as f32 / RINGS as f32).sqrt() * (1.0 - 0.5 / self.radius.max(2.0));
            for sector in 0..SECTORS {
                let angle = sector as f32 / SECTORS as f32 * std::f32::consts::TAU;
                let at = Vec2::angled(angle) * r;
                self.push(&mut mesh, at.x, at.y);
            }
        }
        let at = |ring: usize, sector: usize| (1 + (ring - 1) * SECTORS + sector % SECTORS) as u32;
        for sector in 0..SECTORS {
            mesh.add_triangle(0, at(1, sector), at(1, sector + 1));
            for ring in 1..RINGS {
                mesh.add_triangle(at(ring, sector), at(ring + 1, sector), at(ring + 1, sector + 1));
                mesh.add_triangle(at(ring, sector), at(ring + 1, sector + 1), at(ring, sector + 1));
            }
        }
        mesh
    }

    fn edge(&self) -> Color32 {
        self.shade(0.6, 0.75, 0.2)
    }

    fn push(&self, mesh: &mut Mesh, x: f32, y: f32) {
        let z = depth(x, y);
        mesh.vertices.push(Vertex {
            pos: self.center + vec2(x, y) * self.radius,
            uv: WHITE_UV,
            color: self.shade(x, y, z),
        });
    }

    /// The color of the material where the surface faces `(x, y, z)`.
    fn shade(&self, x: f32, y: f32, z: f32) -> Color32 {
        let lambert = (x * LIGHT[0] + y * LIGHT[1] + z * LIGHT[2]).max(0.0);
        let highlight = (2.0 * lambert * z - LIGHT[2]).max(0.0);
        // To the sixteenth power: small and sharp.
        let highlight = (0..4).fold(highlight, |h, _| h * h);
        let base = Rgba::from(self.color);
        let lit = |c: f32| (c * (0.30 + 0.85 * lambert) + 0.75 * highlight).clamp(0.0, 1.0);
        Rgba::from_rgb(lit(base.r()), lit(base.g()), lit(base.b())).into()
    }

    /// A faint great circle that turns with the ball, so that rolling is seen.
    fn stripe(&self, painter: &Painter) {
        let ink = self.shade(0.5, 0.6, 0.3).gamma_multiply(0.5);
        for side in [-1.0_f32, 1.0] {
            let spot = Vec2::angled(self.turn) * (self.radius * 0.52 * side);
            painter.circle_filled(self.center + spot, self.radius * 0.13, ink);
        }
    }
}

/// How far a point of the ball is before its middle, in radii.
fn depth(x: f32, y: f32) -> f32 {
    (1.0 - x * x - y * y).max(0.0).sqrt()
}

/// A shadow that fades from `color` in the middle to nothing at `half` (its half axes), tilted by `angle`.
pub(in crate::app) fn soft_shadow(painter: &Painter, center: Pos2, half: Vec2, angle: f32, color: Color32) {
    if !(center.x.is_finite() && center.y.is_finite()) {
        return;
    }
    let mut mesh = Mesh::default();
    let turned = Vec2::angled(angle);
    let rings = [(0.0_f32, 1.0_f32), (0.35, 0.82), (0.65, 0.38), (0.85, 0.1), (1.0, 0.0)];
    for (r, alpha) in rings {
        for sector in 0..SECTORS {
            let turn = sector as f32 / SECTORS as f32 * std::f32::consts::TAU;
            let at = Vec2::angled(turn) * half * r;
            let pos = center + turned * at.x - turned.rot90() * at.y;
            mesh.vertices.push(Vertex { pos, uv: WHITE_UV, color: color.gamma_multiply(alpha) });
        }
    }
    let at = |ring: usize, sector: usize| (ring * SECTORS + sector % SECTORS) as u32;
    for ring in 0..rings.len() - 1 {
        for sector in 0..SECTORS {
            mesh.add_triangle(at(ring, sector), at(ring + 1, sector), at(ring + 1, sector + 1));
            mesh.add_triangle(at(ring, sector), at(ring + 1, sector + 1), at(ring, sector + 1));
        }
    }
    painter.add(mesh);
}
