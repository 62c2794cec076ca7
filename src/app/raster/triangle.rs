//! One triangle: which pixels it covers, and what color each of them gets.

use super::blend::{multiply, over, over_run};
use super::clip::{FAR, cut};
use super::texture::Texture;
use super::{Band, Window};
use egui::epaint::{Mesh, Vertex};

/// A corner in pixels, with its place in the texture (in texels) and its color.
#[derive(Clone, Copy, Debug)]
pub(super) struct Corner {
    pub(super) x: f32,
    pub(super) y: f32,
    u: f32,
    v: f32,
    color: [u8; 4],
}

impl Corner {
    fn new(vertex: &Vertex, texture: Option<&Texture>, pixels_per_point: f32) -> Self {
        let (w, h) = texture.map_or((1.0, 1.0), |t| (t.width as f32, t.height as f32));
        let (pos, uv) = (vertex.pos, vertex.uv);
        Self {
            x: pos.x * pixels_per_point,
            y: pos.y * pixels_per_point,
            u: uv.x * w,
            v: uv.y * h,
            color: vertex.color.to_array(),
        }
    }

    /// The corner at a fraction `t` of the way to another.
    pub(super) fn toward(&self, to: &Self, t: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * t;
        let color = std::array::from_fn(|i| mix(self.color[i].into(), to.color[i].into()).round() as u8);
        let (x, y) = (mix(self.x, to.x), mix(self.y, to.y));
        Self { x, y, u: mix(self.u, to.u), v: mix(self.v, to.v), color }
    }

    fn is_finite(&self) -> bool {
        self.x.is_finite() && self.y.is_finite() && self.u.is_finite() && self.v.is_finite()
    }

    fn is_far(&self) -> bool {
        self.x.abs() > FAR || self.y.abs() > FAR
    }
}

/// Draws the triangles of a mesh into the part `window` of a band.
pub(super) fn draw_mesh(
    band: &mut Band,
    mesh: &Mesh,
    texture: Option<&Texture>,
    window: Window,
    pixels_per_point: f32,
) {
    for corners in mesh.indices.chunks_exact(3) {
        let vertices = [0, 1, 2].map(|k| mesh.vertices.get(corners[k] as usize));
        let [Some(a), Some(b), Some(c)] = vertices else { continue };
        let triangle = [a, b, c].map(|vertex| Corner::new(vertex, texture, pixels_per_point));
        if !triangle.iter().all(Corner::is_finite) {
            continue;
        }
        if triangle.iter().any(Corner::is_far) {
            cut(triangle).into_iter().for_each(|part| draw(band, part, texture, window));
        } else {
            draw(band, triangle, texture, window);
        }
    }
}

/// One edge of a triangle in 1/256 pixels: at a pixel's center at least 0 where the pixel is on the inner side.
#[derive(Clone, Copy)]
struct Edge {
    /// Change from a pixel to the one on its right.
    dx: i64,
    /// Change from a pixel to the one below.
    dy: i64,
    /// Value at pixel (0, 0).
    base: i64,
}

impl Edge {
    /// The edge from `p` to `q`, the inner side on the right in a picture whose rows go down.
    fn new(p: [i64; 2], q: [i64; 2]) -> Self {
        let (ex, ey) = (q[0] - p[0], q[1] - p[1]);
        let at_center = ex * (128 - p[1]) - ey * (128 - p[0]);
        // A center on the edge belongs to the triangle below (top edge) or to the right (left edge) of it.
        let top_left = ey < 0 || (ey == 0 && ex > 0);
        Self { dx: -ey * 256, dy: ex * 256, base: at_center - i64::from(!top_left) }
    }

    /// The pixels of `left..right` in row `y` that are on the inner side.
    #[inline]
    fn narrow(&self, y: i32, left: &mut i32, right: &mut i32) {
        let row = self.base + self.dy * i64::from(y);
        if self.dx > 0 {
            // The first x with row + dx·x ≥ 0.
            let first = (-row).div_euclid(self.dx) + i64::from((-row).rem_euclid(self.dx) != 0);
            *left = (*left).max(first.clamp(-(1 << 30), 1 << 30) as i32);
        } else if self.dx < 0 {
            // The last such x, and one more for the open end.
            let last = row.div_euclid(-self.dx);
            *right = (*right).min((last + 1).clamp(-(1 << 30), 1 << 30) as i32);
        } else if row < 0 {
            *right = *left;
        }
    }
}

/// A quantity that is linear over the triangle.
#[derive(Clone, Copy)]
struct Slope {
    base: f32,
    dx: f32,
    dy: f32,
}

impl Slope {
    /// The value at the center of a pixel, given relative to the first corner.
    #[inline(always)]
    fn at(&self, x: f32, y: f32) -> f32 {
        self.base + self.dx * x + self.dy * y
    }
}

/// The linear quantities of a triangle, from their values at its corners.
struct Slopes {
    /// The other two corners relative to the first.
    p: [f32; 2],
    q: [f32; 2],
    inverse: f32,
}

impl Slopes {
    fn of(&self, values: [f32; 3]) -> Slope {
        let (f, g) = (values[1] - values[0], values[2] - values[0]);
        Slope {
            base: values[0],
            dx: (f * self.q[1] - g * self.p[1]) * self.inverse,
            dy: (g * self.p[0] - f * self.q[0]) * self.inverse,
        }
    }
}

fn draw(band: &mut Band, [a, mut b, mut c]: [Corner; 3], texture: Option<&Texture>, window: Window) {
    let fixed = |corner: &Corner| [corner.x, corner.y].map(|v| (v * 256.0).round() as i64);
    let area = |p: [i64; 2], q: [i64; 2], r: [i64; 2]| (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
    let pa = fixed(&a);
    let doubled = area(pa, fixed(&b), fixed(&c));
    if doubled == 0 {
        return;
    }
    // egui winds its triangles either way; the edges want one.
    if doubled < 0 {
        std::mem::swap(&mut b, &mut c);
    }
    let (pb, pc) = (fixed(&b), fixed(&c));
    // Pixel k has its center at 256 k + 128.
    let first = |v: i64, least: i32| i64::from(least).max((v - 128).div_euclid(256)) as i32;
    let after = |v: i64, most: i32| i64::from(most).min((v + 128).div_euclid(256) + 1) as i32;
    let left = first(pa[0].min(pb[0]).min(pc[0]), window.left);
    let right = after(pa[0].max(pb[0]).max(pc[0]), window.right);
    let top = first(pa[1].min(pb[1]).min(pc[1]), window.top);
    let bottom = after(pa[1].max(pb[1]).max(pc[1]), window.bottom);
    if left >= right || top >= bottom {
        return;
    }
    let edges = [Edge::new(pa, pb), Edge::new(pb, pc), Edge::new(pc, pa)];
    let pixels = |v: i64| v as f32 / 256.0;
    let slopes = Slopes {
        p: [pixels(pb[0] - pa[0]), pixels(pb[1] - pa[1])],
        q: [pixels(pc[0] - pa[0]), pixels(pc[1] - pa[1])],
        inverse: 65_536.0 / doubled.abs() as f32,
    };
    let shade = Shade::new(&a, &b, &c, &slopes, texture);
    if let Shade::Flat(color) = shade
        && color == [0; 4]
    {
        return;
    }
    // From the first corner to the center of a pixel.
    let (ox, oy) = (0.5 - pixels(pa[0]), 0.5 - pixels(pa[1]));
    for y in top..bottom {
        let (mut l, mut r) = (left, right);
        edges.iter().for_each(|edge| edge.narrow(y, &mut l, &mut r));
        if l < r {
            shade.fill(band.row(y, l, r), l as f32 + ox, y as f32 + oy);
        }
    }
}

/// How the pixels of a triangle get their color, the cheap ways first.
enum Shade<'a> {
    /// One color.
    Flat([u8; 4]),
    /// A color that changes, times one texel.
    Gradient([Slope; 4], [u8; 4]),
    /// One color, times texels.
    Texture { texture: &'a Texture, smooth: bool, uv: [Slope; 2], color: [u8; 4] },
    /// Both change.
    Full { texture: &'a Texture, smooth: bool, uv: [Slope; 2], color: [Slope; 4] },
}

/// A changing color along a run of pixels, in 1/65536 of a step of a channel: adding is all that a pixel costs.
#[derive(Clone, Copy)]
struct Run {
    now: [i32; 4],
    step: [i32; 4],
}

impl Run {
    #[inline]
    fn new(color: &[Slope; 4], x: f32, y: f32) -> Self {
        // `as` saturates; the half rounds.
        let now = std::array::from_fn(|i| ((color[i].at(x, y) + 0.5) * 65_536.0) as i32);
        Self { now, step: std::array::from_fn(|i| (color[i].dx * 65_536.0) as i32) }
    }

    /// The color of the next pixel; rounding at the rim of a thin triangle is kept in range.
    #[inline(always)]
    fn next(&mut self) -> [u8; 4] {
        let color = self.now.map(|v| (v >> 16).clamp(0, 255) as u8);
        self.now = std::array::from_fn(|i| self.now[i].wrapping_add(self.step[i]));
        color
    }
}

impl<'a> Shade<'a> {
    fn new(a: &Corner, b: &Corner, c: &Corner, slopes: &Slopes, texture: Option<&'a Texture>) -> Self {
        let one_color = a.color == b.color && b.color == c.color;
        let color = || std::array::from_fn(|i| slopes.of([a.color[i], b.color[i], c.color[i]].map(f32::from)));
        let uv = [slopes.of([a.u, b.u, c.u]), slopes.of([a.v, b.v, c.v])];
        let texels = uv[0].dx.abs().max(uv[0].dy.abs()).max(uv[1].dx.abs()).max(uv[1].dy.abs());
        let smooth = texture.is_some_and(|t| t.is_smooth(texels));
        let one_texel = (a.u, a.v) == (b.u, b.v) && (b.u, b.v) == (c.u, c.v);
        match texture {
            Some(texture) if !one_texel => match one_color {
                true => Self::Texture { texture, smooth, uv, color: a.color },
                false => Self::Full { texture, smooth, uv, color: color() },
            },
            _ => {
                let texel = texture.map_or([255; 4], |t| t.sample(a.u, a.v, smooth));
                match one_color {
                    true => Self::Flat(multiply(a.color, texel)),
                    false => Self::Gradient(color(), texel),
                }
            }
        }
    }

    /// Colors a run of pixels whose first center lies at `(x, y)` from the first corner.
    fn fill(&self, run: &mut [[u8; 4]], x: f32, y: f32) {
        match self {
            Self::Flat(color) => over_run(run, *color),
            Self::Gradient(slopes, texel) => {
                let mut color = Run::new(slopes, x, y);
                let opaque =
                    *texel == [255; 4] && slopes[3].base == 255.0 && slopes[3].dx == 0.0 && slopes[3].dy == 0.0;
                match (opaque, texel) {
                    (true, _) => run.iter_mut().for_each(|pixel| *pixel = color.next()),
                    (false, [255, 255, 255, 255]) => run.iter_mut().for_each(|pixel| over(pixel, color.next())),
                    _ => run.iter_mut().for_each(|pixel| over(pixel, multiply(color.next(), *texel))),
                }
            }
            Self::Texture { texture, smooth, uv, color } => {
                let (from, step) = (uv.map(|s| s.at(x, y)), uv.map(|s| s.dx));
                let plain = *color == [255; 4];
                texture.along(from, step, *smooth, run.len(), |k, texel| {
                    if plain && texel[3] == 255 {
                        run[k] = texel;
                    } else if texel != [0; 4] {
                        over(&mut run[k], if plain { texel } else { multiply(texel, *color) });
                    }
                });
            }
            Self::Full { texture, smooth, uv, color } => {
                let mut color = Run::new(color, x, y);
                let (from, step) = (uv.map(|s| s.at(x, y)), uv.map(|s| s.dx));
                texture
                    .along(from, step, *smooth, run.len(), |k, texel| over(&mut run[k], multiply(texel, color.next())));
            }
        }
    }
}
