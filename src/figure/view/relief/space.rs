//! The box of a relief: its ground and the two walls behind with grid lines, the surface, the axes in front.

use crate::chart::relief::{Eye, Picture, RISE, Relief};
use crate::chart::ticks::{short, ticks};
use crate::figure::frame::Frame;
use crate::figure::pen::{Pen, Role};
use crate::scene::{Anchor, Path, Pixels, Rgba, Stroke};

/// A relief before an eye.
pub(super) struct Space {
    frame: Frame,
    pub relief: Relief,
    pub eye: Eye,
    picture: Picture,
    /// The names of the axes: of the ground, and of the heights.
    names: [String; 3],
    ticks: bool,
}

/// Units between two numbers of an axis.
const APART: f64 = 26.0;

/// The two ends of an axis along the ground, where it leads away from the box, and the marks along it.
struct Axis<'a> {
    ends: [[f64; 3]; 2],
    out: [f64; 3],
    marks: Vec<([f64; 3], String)>,
    name: &'a str,
}

impl Space {
    pub(super) fn new(
        frame: Frame,
        relief: Relief,
        eye: Eye,
        picture: Picture,
        names: [String; 3],
        ticks: bool,
    ) -> Self {
        Self { frame, relief, eye, picture, names, ticks }
    }

    /// Where a place of the box stands on the page.
    pub(super) fn place(&self, place: [f64; 3]) -> [f64; 2] {
        let [x, y] = self.eye.see(place).at;
        [self.frame.left + x, self.frame.top + y]
    }

    /// Whether a hill is in front of a place of the box.
    pub(super) fn hides(&self, place: [f64; 3]) -> bool {
        self.picture.hides(self.eye.see(place))
    }

    /// Whether a hill is in front of what is seen.
    pub(super) fn hides_seen(&self, seen: crate::chart::relief::Seen) -> bool {
        self.picture.hides(seen)
    }

    /// Where something that is seen stands on the page.
    pub(super) fn on_page(&self, seen: crate::chart::relief::Seen) -> [f64; 2] {
        [self.frame.left + seen.at[0], self.frame.top + seen.at[1]]
    }

    /// A place of the data on the surface, in the box.
    pub(super) fn on_ground(&self, at: [f64; 2]) -> Option<[f64; 3]> {
        let [x, y] = self.relief.ground(at);
        self.relief.height([x, y]).map(|z| [x, y, z])
    }

    /// The surface: the part of the picture that shows it.
    pub(super) fn surface(&self, pen: &mut Pen<'_>) {
        let [width, height] = self.picture.size;
        let pixels = &self.picture.pixels;
        let seen = |at: usize| pixels[at][3] > 0;
        let rows: Vec<usize> = (0..height).filter(|y| (0..width).any(|x| seen(y * width + x))).collect();
        let columns: Vec<usize> = (0..width).filter(|x| (0..height).any(|y| seen(y * width + x))).collect();
        let (Some(&top), Some(&bottom), Some(&left), Some(&right)) =
            (rows.first(), rows.last(), columns.first(), columns.last())
        else {
            return;
        };
        let mut rgba = Vec::with_capacity(4 * (bottom + 1 - top) * (right + 1 - left));
        for y in top..=bottom {
            for [r, g, b, a] in &pixels[y * width + left..=y * width + right] {
                let plain = |part: u8| (u32::from(part) * 255).checked_div(u32::from(*a)).unwrap_or(0).min(255) as u8;
                rgba.extend([plain(*r), plain(*g), plain(*b), *a]);
            }
        }
        let unit = [self.frame.width() / width as f64, self.frame.height() / height as f64];
        let at = |x: usize, y: usize| [self.frame.left + x as f64 * unit[0], self.frame.top + y as f64 * unit[1]];
        let ([left_at, top_at], [right_at, bottom_at]) = (at(left, top), at(right + 1, bottom + 1));
        let frame = Frame { left: left_at, top: top_at, right: right_at, bottom: bottom_at };
        let pixels = Pixels { width: (right + 1 - left) as u32, height: (bottom + 1 - top) as u32, rgba };
        pen.picture(frame, pixels, true);
    }

    /// On which side of the box the eye stands, along each axis of the ground: -1 or 1.
    fn front(&self) -> [f64; 2] {
        [0, 1].map(|k| if self.eye.back[k] >= 0.0 { 1.0 } else { -1.0 })
    }

    fn segment(&self, path: &mut Path, from: [f64; 3], to: [f64; 3]) {
        path.move_to(self.place(from)).line_to(self.place(to));
    }

    /// Ground and back walls with their grid, behind everything.
    pub(super) fn walls(&self, pen: &mut Pen<'_>) {
        let [hx, hy] = self.relief.half;
        let [fx, fy] = self.front();
        let (back_x, back_y) = (-fx * hx, -fy * hy);
        let faces = [
            vec![[-hx, -hy, 0.0], [hx, -hy, 0.0], [hx, hy, 0.0], [-hx, hy, 0.0]],
            vec![[back_x, -hy, 0.0], [back_x, hy, 0.0], [back_x, hy, RISE], [back_x, -hy, RISE]],
            vec![[-hx, back_y, 0.0], [hx, back_y, 0.0], [hx, back_y, RISE], [-hx, back_y, RISE]],
        ];
        let outline = |face: &Vec<[f64; 3]>| Path::polygon(face.iter().map(|corner| self.place(*corner)));
        let grid = pen.theme.grid;
        for face in &faces {
            pen.area(outline(face), grid.faded(0.55));
        }
        let mut lines = Path::new();
        for (mark, _) in self.ground_marks(pen, 0) {
            self.segment(&mut lines, [mark, -hy, 0.0], [mark, hy, 0.0]);
            self.segment(&mut lines, [mark, back_y, 0.0], [mark, back_y, RISE]);
        }
        for (mark, _) in self.ground_marks(pen, 1) {
            self.segment(&mut lines, [-hx, mark, 0.0], [hx, mark, 0.0]);
            self.segment(&mut lines, [back_x, mark, 0.0], [back_x, mark, RISE]);
        }
        for (z, _) in self.height_marks(pen) {
            self.segment(&mut lines, [back_x, -hy, z], [back_x, hy, z]);
            self.segment(&mut lines, [-hx, back_y, z], [hx, back_y, z]);
        }
        let thin = Stroke::new(grid, pen.line_width(0.6));
        pen.path(lines, thin);
        let edge = Stroke::new(pen.theme.axis.faded(0.45), pen.line_width(0.6)).rounded();
        for face in &faces[1..] {
            pen.path(outline(face), edge.clone());
        }
    }

    /// The rims along which poles are cut.
    pub(super) fn rims(&self, pen: &mut Pen<'_>) {
        let stroke = pen.dashed(pen.theme.text.faded(0.8), 0.9, &[4.0, 2.0]);
        for (height, line) in &self.relief.rims {
            let closing = line.points.first().filter(|_| line.closed);
            let places = line.points.iter().chain(closing).map(|at| {
                let [x, y] = self.relief.ground(*at);
                [x, y, *height]
            });
            let places: Vec<[f64; 3]> = places.collect();
            for run in places.split(|place| self.hides(*place)) {
                let run: Vec<[f64; 2]> = run.iter().map(|place| self.place(*place)).collect();
                if run.len() > 1 {
                    pen.line(&run, stroke.clone());
                }
            }
        }
    }

    /// The axes along the front edges of the ground and along one upright edge, with ticks, numbers and names.
    pub(super) fn axes(&self, pen: &mut Pen<'_>) {
        let [hx, hy] = self.relief.half;
        let [fx, fy] = self.front();
        let (front_x, front_y) = (fx * hx, fy * hy);
        let marks = |k: usize, at: &dyn Fn(f64) -> [f64; 3]| {
            self.ground_marks(pen, k).into_iter().map(|(v, label)| (at(v), label)).collect::<Vec<_>>()
        };
        let across = Axis {
            ends: [[-hx, front_y, 0.0], [hx, front_y, 0.0]],
            out: [0.0, fy, 0.0],
            marks: marks(0, &|v| [v, front_y, 0.0]),
            name: &self.names[0],
        };
        let along = Axis {
            ends: [[front_x, -hy, 0.0], [front_x, hy, 0.0]],
            out: [fx, 0.0, 0.0],
            marks: marks(1, &|v| [front_x, v, 0.0]),
            name: &self.names[1],
        };
        self.axis(pen, across);
        self.axis(pen, along);
        // The upright edge that stands farthest left.
        let corners = [[front_x, -front_y], [-front_x, front_y]];
        let left = |corner: [f64; 2]| self.place([corner[0], corner[1], 0.0])[0];
        let [cx, cy] = if left(corners[0]) <= left(corners[1]) { corners[0] } else { corners[1] };
        let (foot, top) = (self.place([cx, cy, 0.0]), self.place([cx, cy, RISE]));
        let (axis, muted, ink) = (pen.theme.axis, pen.theme.muted, pen.theme.text);
        let stroke = Stroke::new(axis, pen.line_width(0.7));
        let mut path = Path::line(foot, top);
        let (mut free, mut widest) = (f64::INFINITY, 0.0_f64);
        for (z, label) in self.height_marks(pen) {
            let at = self.place([cx, cy, z]);
            path.move_to([at[0] - pen.u(3.2), at[1]]).line_to(at);
            if free - at[1] >= 1.25 * pen.size(Role::Tick) {
                pen.centered([at[0] - pen.u(6.0), at[1]], &label, Role::Tick, muted, Anchor::End);
                widest = widest.max(pen.width(&label, Role::Tick));
                free = at[1];
            }
        }
        pen.path(path, stroke);
        if foot[1] - top[1] > pen.u(24.0) {
            let x = 0.5 * (foot[0] + top[0]) - pen.u(11.0) - widest - 0.5 * pen.size(Role::Name);
            let x = x.max(self.frame.left + 0.5 * pen.size(Role::Name));
            pen.upward([x, 0.5 * (foot[1] + top[1])], &self.names[2], Role::Name, ink);
        }
    }

    /// An axis along an edge of the ground.
    fn axis(&self, pen: &mut Pen<'_>, axis: Axis<'_>) {
        let line = axis.ends.map(|end| self.place(end));
        let (color, muted, ink) = (pen.theme.axis, pen.theme.muted, pen.theme.text);
        let middle = [0, 1, 2].map(|k| 0.5 * (axis.ends[0][k] + axis.ends[1][k]));
        let beyond = [0, 1, 2].map(|k| middle[k] + 0.2 * axis.out[k]);
        let away = way(self.place(middle), self.place(beyond)).unwrap_or([0.0, 1.0]);
        let stroke = Stroke::new(color, pen.line_width(0.7));
        let mut path = Path::line(line[0], line[1]);
        let long = |a: [f64; 2], b: [f64; 2]| ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt();
        // An axis that is seen from its end has no room for numbers.
        let aside = way(line[0], line[1]).map_or(0.0, |along| (along[0] * away[1] - along[1] * away[0]).abs());
        if aside >= 0.2 && long(line[0], line[1]) >= pen.u(24.0) {
            let mut last: Option<[f64; 2]> = None;
            let mut reach = 0.0_f64;
            for (place, label) in axis.marks {
                let at = self.place(place);
                path.move_to(at).line_to([at[0] + away[0] * pen.u(3.2), at[1] + away[1] * pen.u(3.2)]);
                if last.is_none_or(|last| long(last, at) >= pen.u(APART)) {
                    let (wide, tall) = (0.5 * pen.width(&label, Role::Tick), 0.4 * pen.size(Role::Tick));
                    // The nearest edge of the number stands off by the same everywhere.
                    let off = pen.u(6.0) + wide * away[0].abs() + tall * away[1].abs();
                    let spot = [at[0] + away[0] * off, at[1] + away[1] * off];
                    pen.centered(spot, &label, Role::Tick, muted, Anchor::Middle);
                    (last, reach) = (Some(at), reach.max(off + wide * away[0].abs() + tall * away[1].abs()));
                }
            }
            let off = reach + pen.u(4.0) + 0.5 * pen.size(Role::Name);
            let at = self.place(middle);
            let spot = [at[0] + away[0] * off, at[1] + away[1] * off];
            pen.centered(spot, axis.name, Role::Name, ink, Anchor::Middle);
        }
        pen.path(path, stroke);
    }

    /// The marks along an axis of the ground: places in the box, and numbers.
    fn ground_marks(&self, pen: &Pen<'_>, k: usize) -> Vec<(f64, String)> {
        if !self.ticks {
            return Vec::new();
        }
        let [low, high] = [self.relief.view.x, self.relief.view.y][k];
        let long = self.eye.scale(1.0) * 2.0 * self.relief.half[k];
        let count = (long / pen.u(30.0)).clamp(5.0, 9.0) as usize;
        let place = |v: f64| self.relief.ground(if k == 0 { [v, 0.0] } else { [0.0, v] })[k];
        ticks(low, high, count).into_iter().map(|tick| (place(tick.value), tick.label)).collect()
    }

    /// The marks along the heights: places in the box, and numbers.
    fn height_marks(&self, pen: &Pen<'_>) -> Vec<(f64, String)> {
        if !self.ticks {
            return Vec::new();
        }
        let count = (self.eye.scale(1.0) * RISE / pen.u(22.0)).clamp(2.0, 8.0) as usize;
        let marks = self.relief.heights.marks(count).into_iter();
        marks.filter(|(_, unit)| (0.0..=1.0).contains(unit)).map(|(v, unit)| (unit * RISE, short(v, 3))).collect()
    }

    /// What is behind everything, for seams.
    pub(super) fn seam(pen: &Pen<'_>) -> Rgba {
        pen.theme.halo
    }
}

/// The direction from one place to another, of length one.
fn way(from: [f64; 2], to: [f64; 2]) -> Option<[f64; 2]> {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = (dx * dx + dy * dy).sqrt();
    (length > 1e-9).then(|| [dx / length, dy / length])
}
