//! Paths laid on the surface: along the ground where a ball rolls, through the air where it jumps.

use super::{Eye, RISE, Relief, Seen};
use crate::chart::Point;
use crate::chart::hop::Hop;

/// A point of a path that was laid on the surface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Laid {
    /// Where it is seen.
    pub seen: Seen,
    /// The time along the path: 2.5 is half way from iterate 2 to 3.
    pub time: f64,
    /// Whether it is in the air.
    pub air: bool,
}

/// Points of the picture between two points of a path.
const FINE: f64 = 5.0;
/// Nearer points than this are one.
const SAME: f64 = 0.6;
/// Parts of a step between two iterates, at most.
const PARTS: usize = 96;
/// Parts of a step in which it is looked for a jump.
const LOOKS: usize = 24;

impl Relief {
    /// The flight from one place of the data to another, if it is one; heights are those of the box from 0 to 1.
    pub fn hop(&self, from: Point, to: Point) -> Option<Hop> {
        let (a, b) = (self.ground(from), self.ground(to));
        let length = 0.5 * ((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1])).sqrt();
        if !Hop::is_long(length) {
            return None;
        }
        let mut ground: Vec<f64> = (0..=LOOKS)
            .map(|k| self.height(mix(a, b, k as f64 / LOOKS as f64)).map_or(f64::NAN, |height| height / RISE))
            .collect();
        // Where the step leaves the box, the height at its side stands for what is beyond.
        let known = |height: &f64| height.is_finite();
        let (first, last) = (ground.iter().position(known)?, ground.iter().rposition(known)?);
        let (low, high) = (ground[first], ground[last]);
        ground[..first].fill(low);
        ground[last..].fill(high);
        Hop::over(length, &ground)
    }

    /// Where a ball is on its way from one place of the data to another: its place in the box, and whether it is in the
    /// air. None where the surface has no height.
    pub fn on_the_way(&self, from: Point, to: Point, t: f64) -> Option<([f64; 3], bool)> {
        let [x, y] = mix(self.ground(from), self.ground(to), t);
        match if t > 0.0 { self.hop(from, to) } else { None } {
            Some(hop) => self.holds([x, y]).then(|| ([x, y, hop.height(t) * RISE], true)),
            None => Some(([x, y, self.height([x, y])?], false)),
        }
    }
}

/// A path through places of the data as an eye sees it on the surface; a piece ends where the path has no height.
pub fn lay(relief: &Relief, eye: &Eye, path: &[Point]) -> Vec<Vec<Laid>> {
    let mut pieces: Vec<Vec<Laid>> = Vec::new();
    let mut piece: Vec<Laid> = Vec::new();
    let mut add = |place: Option<[f64; 3]>, time: f64, air: bool, iterate: bool| {
        let Some(place) = place else {
            if piece.len() > 1 {
                pieces.push(std::mem::take(&mut piece));
            }
            return piece.clear();
        };
        let laid = Laid { seen: eye.see(place), time, air };
        let near = |last: &Laid| {
            let [x, y] = [0, 1].map(|k| last.seen.at[k] - laid.seen.at[k]);
            x * x + y * y < SAME * SAME && (last.air == air || iterate)
        };
        if !piece.last().is_some_and(near) {
            piece.push(laid);
        }
    };
    let on = |[x, y]: Point| relief.height([x, y]).map(|z| [x, y, z]);
    for (step, pair) in path.windows(2).enumerate() {
        let [from, to] = [relief.ground(pair[0]), relief.ground(pair[1])];
        let time = step as f64;
        add(on(from), time, false, true);
        let hop = relief.hop(pair[0], pair[1]);
        let parts = match (on(from), on(to)) {
            (Some(a), Some(b)) => {
                let ([a, b], most) = ([a, b].map(|place| eye.see(place).at), PARTS as f64);
                let [x, y] = [0, 1].map(|k| b[k] - a[k]);
                (((x * x + y * y).sqrt() / FINE).clamp(1.0, most) as usize).max(if hop.is_some() { 24 } else { 1 })
            }
            (None, None) if !crosses(from, to, relief.half) => 1,
            _ => PARTS,
        };
        for part in 1..parts {
            let t = part as f64 / parts as f64;
            let [x, y] = mix(from, to, t);
            match hop {
                Some(hop) => {
                    let place = [x, y, hop.height(t) * RISE];
                    add(relief.holds([x, y]).then_some(place), time + t, true, false);
                }
                None => add(on([x, y]), time + t, false, false),
            }
        }
    }
    if let Some(&last) = path.last() {
        add(on(relief.ground(last)), (path.len() - 1) as f64, false, true);
    }
    pieces.extend(Some(piece).filter(|piece| piece.len() > 1));
    pieces
}

/// Whether a straight way may cross the ground of the box.
fn crosses(a: Point, b: Point, half: [f64; 2]) -> bool {
    (0..2).all(|k| a[k].min(b[k]) <= half[k] && a[k].max(b[k]) >= -half[k])
}

fn mix(a: Point, b: Point, t: f64) -> Point {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}
