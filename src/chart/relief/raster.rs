//! The surface as a picture: shaded, with its contour lines, and with the depth of every pixel, so that what stands on it
//! can be hidden by the hills in front.
//!
//! A depth buffer, not a painter's order: the picture is made once for an eye and kept as a texture, the frames between
//! cost nothing, and paths and balls that change with every frame are compared with the kept depth, point by point. An
//! order from far to near would hide the surface's own parts just as well, but would have to be drawn whole in each frame,
//! and would know nothing of what lies on it.

use super::eye::dot;
use super::{Eye, Mesh, Seen, Vertex, unit};

/// The colors at one place of the scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// Red, green and blue of level ground, 0 to 255.
    pub ground: [f32; 3],
    /// Those of a contour line on it.
    pub line: [f32; 3],
    /// How much of the line covers the ground, 0 to 1.
    pub cover: f32,
}

/// How a relief is made into a picture.
pub struct Raster<'a> {
    /// The colors from the floor of the scale to its top, evenly.
    pub inks: &'a [Ink],
    /// Contour levels as places on the scale, ascending.
    pub levels: &'a [f64],
    /// Pixels for a point of the eye's picture.
    pub density: f32,
    /// Whether four samples make a pixel: smooth edges for four times the time.
    pub smooth: bool,
}

/// A picture with its depth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// Width and height in pixels.
    pub size: [usize; 2],
    /// Red, green, blue and cover of each pixel, the colors multiplied by the cover; row by row from the top.
    pub pixels: Vec<[u8; 4]>,
    /// How near the surface is at each pixel, as [`Seen::near`] counts; 0 where there is none.
    near: Vec<f32>,
    density: f32,
}

/// What is this much nearer than it is counts as not behind: lines on the surface are not hidden by it.
const TOLERANCE: f32 = 1.005;
/// Half the width of a contour line in points.
const LINE: f32 = 0.55;

impl Picture {
    /// Whether the surface is in front of what is seen somewhere.
    pub fn hides(&self, seen: Seen) -> bool {
        let pixel = seen.at.map(|v| (v as f32 * self.density).floor());
        let [width, height] = self.size;
        if !(pixel[0] >= 0.0 && pixel[1] >= 0.0 && pixel[0] < width as f32 && pixel[1] < height as f32) {
            return false;
        }
        self.near[pixel[1] as usize * width + pixel[0] as usize] > seen.near as f32 * TOLERANCE
    }
}

/// A corner on its way into the picture: x, y, nearness, tone, light.
type Corner = [f32; 5];

impl Raster<'_> {
    /// Draws a mesh as an eye sees it, on a picture of `size` points.
    pub fn draw(&self, mesh: &Mesh, eye: &Eye, size: [f64; 2]) -> Picture {
        let fine = if self.smooth { 2 } else { 1 };
        let pixels = size.map(|v| ((v as f32 * self.density).round().max(1.0) as usize).min(8192));
        let mut canvas = Canvas::new(self, [pixels[0] * fine, pixels[1] * fine], self.density * fine as f32);
        let scale = self.density * fine as f32;
        let light = Light::of(eye);
        let corners: Vec<Corner> = mesh
            .vertices
            .iter()
            .map(|vertex| {
                let Seen { at, near } = eye.see(vertex.at.map(f64::from));
                [at[0] as f32 * scale, at[1] as f32 * scale, near as f32, vertex.tone, light.on(vertex)]
            })
            .collect();
        for triangle in &mesh.triangles {
            canvas.triangle(triangle.map(|k| corners[k as usize]));
        }
        canvas.finish(pixels, fine, self.density)
    }
}

/// The light: from the left above and behind the eye, as the balls have it, so that it stays while the view turns.
struct Light {
    toward: [f64; 3],
    level: f32,
}

impl Light {
    fn of(eye: &Eye) -> Self {
        let level = (eye.back[0] * eye.back[0] + eye.back[1] * eye.back[1]).sqrt().max(1e-9);
        let front = [eye.back[0] / level, eye.back[1] / level, 0.0];
        let toward = unit([0, 1, 2].map(|k| -0.62 * eye.right[k] + 0.18 * front[k] + if k == 2 { 0.78 } else { 0.0 }));
        Self { toward, level: shade(toward[2] as f32) }
    }

    /// The light on a corner: 1 on level open ground.
    fn on(&self, vertex: &Vertex) -> f32 {
        shade(dot(vertex.normal.map(f64::from), self.toward) as f32) / self.level * vertex.open
    }
}

fn shade(lambert: f32) -> f32 {
    0.34 + 0.66 * lambert.max(0.0)
}

/// Ground that passes less of the scale in a pixel has no lines: one would be hundreds of pixels wide.
const PLAIN: f32 = 1e-6;

/// Places on the scale that the nearest contour level is looked up by.
const BINS: usize = 1024;

struct Canvas<'a> {
    inks: &'a [Ink],
    size: [usize; 2],
    color: Vec<[u8; 4]>,
    near: Vec<f32>,
    /// For each bin of the scale the nearest level, and the distance between the levels around it.
    nearest: Vec<[f32; 2]>,
    half_line: f32,
}

impl<'a> Canvas<'a> {
    fn new(raster: &Raster<'a>, size: [usize; 2], scale: f32) -> Self {
        let count = size[0] * size[1];
        let nearest = (0..=BINS).map(|k| nearest(raster.levels, k as f64 / BINS as f64)).collect();
        let (color, near) = (vec![[0; 4]; count], vec![0.0; count]);
        Self { inks: raster.inks, size, color, near, nearest, half_line: LINE * scale }
    }

    /// Fills a triangle where it is nearer than what is there.
    fn triangle(&mut self, [a, b, c]: [Corner; 3]) {
        let (bx, by, cx, cy) = (b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]);
        let area = bx * cy - cx * by;
        let low = |k: usize| a[k].min(b[k]).min(c[k]);
        let high = |k: usize| a[k].max(b[k]).max(c[k]);
        let first = |k: usize| (low(k) - 0.5).ceil().max(0.0) as usize;
        let end = |k: usize| ((high(k) - 0.5).floor() + 1.0).clamp(0.0, self.size[k] as f32) as usize;
        let ([x0, y0], [x1, y1]) = ([first(0), first(1)], [end(0), end(1)]);
        if x0 >= x1 || y0 >= y1 || area.is_nan() || area.abs() <= 1e-9 {
            return;
        }
        let each = 1.0 / area;
        // The change of what a corner carries from pixel to pixel, across and down.
        let change = |k: usize| {
            let (qb, qc) = (b[k] - a[k], c[k] - a[k]);
            [(qb * cy - qc * by) * each, (qc * bx - qb * cx) * each]
        };
        let (near, tone, light) = (change(2), change(3), change(4));
        // Counterclockwise from above is clockwise with y down: else it is the underside that is seen.
        let under = area > 0.0;
        let steep = (tone[0] * tone[0] + tone[1] * tone[1]).sqrt();
        for y in y0..y1 {
            let dy = y as f32 + 0.5 - a[1];
            for x in x0..x1 {
                let dx = x as f32 + 0.5 - a[0];
                let (v, w) = ((dx * cy - dy * cx) * each, (dy * bx - dx * by) * each);
                if v < 0.0 || w < 0.0 || v + w > 1.0 {
                    continue;
                }
                let at = y * self.size[0] + x;
                let nearness = a[2] + near[0] * dx + near[1] * dy;
                if nearness <= self.near[at] {
                    continue;
                }
                self.near[at] = nearness;
                let place = a[3] + tone[0] * dx + tone[1] * dy;
                self.color[at] = self.pixel(place, steep, a[4] + light[0] * dx + light[1] * dy, under);
            }
        }
    }

    /// The color of the ground at a place of the scale, `steep` of which pass in a pixel.
    fn pixel(&self, place: f32, steep: f32, light: f32, under: bool) -> [u8; 4] {
        let place = place.clamp(0.0, 1.0);
        let last = self.inks.len() - 1;
        let ink = &self.inks[((place * last as f32 + 0.5) as usize).min(last)];
        let [level, apart] = self.nearest[(place * BINS as f32 + 0.5) as usize];
        let steep = steep.max(1e-9);
        let distance = (place - level).abs() / steep;
        // Where lines would stand denser than can be told apart they fade; a plain at a level is no line.
        let room = ((apart / steep / self.half_line - 3.0) / 6.0).clamp(0.0, 1.0);
        let room = if steep < PLAIN { 0.0 } else { room };
        let cover = ink.cover * (self.half_line + 0.5 - distance).clamp(0.0, 1.0) * room;
        let light = if under { 0.62 * light.min(1.0) } else { light };
        let mut color = [255; 4];
        for (k, part) in color.iter_mut().take(3).enumerate() {
            let ground = ink.ground[k];
            // More light than on level ground goes toward white, which no color can outshine.
            let lit = if light > 1.0 { ground + (255.0 - ground) * 0.6 * (light - 1.0) } else { ground * light };
            let lit = lit + (ink.line[k] * light.min(1.0) - lit) * cover;
            *part = lit.clamp(0.0, 255.0) as u8;
        }
        color
    }

    fn finish(self, size: [usize; 2], fine: usize, density: f32) -> Picture {
        if fine == 1 {
            return Picture { size, pixels: self.color, near: self.near, density };
        }
        let mut pixels = Vec::with_capacity(size[0] * size[1]);
        let mut near = Vec::with_capacity(size[0] * size[1]);
        for y in 0..size[1] {
            for x in 0..size[0] {
                let at = 2 * y * self.size[0] + 2 * x;
                let four = [at, at + 1, at + self.size[0], at + self.size[0] + 1];
                let sum = |k: usize| four.iter().map(|&at| u16::from(self.color[at][k])).sum::<u16>();
                pixels.push([sum(0), sum(1), sum(2), sum(3)].map(|sum| ((sum + 2) / 4) as u8));
                // The farthest: at the rim of a hill a line behind it is rather seen than broken.
                near.push(four.iter().map(|&at| self.near[at]).fold(f32::INFINITY, f32::min));
            }
        }
        Picture { size, pixels, near, density }
    }
}

/// The level nearest to a place of the scale, and how far apart the levels around it are.
fn nearest(levels: &[f64], place: f64) -> [f32; 2] {
    let above = levels.partition_point(|level| *level < place);
    let low = above.checked_sub(1).and_then(|k| levels.get(k)).copied();
    let (level, other) = match (low, levels.get(above).copied()) {
        (Some(low), Some(high)) if place - low < high - place => (low, high),
        (Some(low), Some(high)) => (high, low),
        (Some(only), None) | (None, Some(only)) => (only, only + 1.0),
        (None, None) => return [-1e6, 1.0],
    };
    [level as f32, (level - other).abs() as f32]
}
