//! The picture of a map of fates: a hue and a pattern for each minimum, lighter or stronger the sooner it is reached; what
//! diverges and what does not arrive has a color and a pattern of its own, so that nothing is told by color alone.

use crate::descent::map::{Cell, Fate, Map};
use crate::num::elem;

/// A color, red, green and blue.
pub type Rgb = [u8; 3];

/// The colors of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Inks {
    /// What colors fade to.
    pub ground: Rgb,
    /// Of the minima, in turn.
    pub minima: Vec<Rgb>,
    /// Of what does not arrive.
    pub lost: Rgb,
    /// Of what diverges.
    pub diverged: Rgb,
}

/// Patterns that differ.
const PATTERNS: usize = 8;

impl Inks {
    /// The picture of a map, `width × height` pixels, the top row first.
    pub fn picture(&self, map: &Map, [width, height]: [usize; 2]) -> Vec<Rgb> {
        let [across, up] = map.spec.size;
        let range = step_range(map);
        let columns: Vec<usize> = (0..width).map(|x| x * across / width.max(1)).collect();
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            let row = (height - 1 - y) * up / height.max(1) * across;
            for (x, column) in columns.iter().enumerate() {
                let cell = map.cells.get(row + column).copied().unwrap_or_default();
                pixels.push(self.pixel(cell, range, x, y));
            }
        }
        pixels
    }

    /// The color of a cell at a pixel; the steps of `range` go from the strongest color to the faintest.
    pub fn pixel(&self, cell: Cell, range: [u32; 2], x: usize, y: usize) -> Rgb {
        let ground = |ink: Rgb, share: f64| mix(self.ground, ink, share);
        match cell.fate {
            Fate::Unknown => self.ground,
            Fate::Arrived(minimum) => {
                let share = strength(cell.steps, range);
                let lighter = if pattern(usize::from(minimum), self.minima.len(), x, y) { 0.68 } else { 1.0 };
                ground(self.hue(minimum), share * lighter)
            }
            Fate::Lost => ground(self.lost, if x.is_multiple_of(5) && y.is_multiple_of(5) { 0.7 } else { 0.16 }),
            Fate::Diverged | Fate::NonFinite => {
                let hatched = (x + y).is_multiple_of(6) || (x + 6_000_000 - y).is_multiple_of(6);
                ground(self.diverged, if hatched { 0.6 } else { 0.22 })
            }
            Fate::Impossible => ground(self.lost, if y.is_multiple_of(4) { 0.4 } else { 0.0 }),
        }
    }

    /// The hue of a minimum.
    pub fn hue(&self, minimum: u16) -> Rgb {
        self.minima.get(usize::from(minimum) % self.minima.len().max(1)).copied().unwrap_or(self.lost)
    }
}

/// Few and many steps: those of what arrives, but for one in a hundred at each end.
pub fn step_range(map: &Map) -> [u32; 2] {
    let arrived = map.cells.iter().filter(|cell| matches!(cell.fate, Fate::Arrived(_)));
    let mut steps: Vec<u32> = arrived.map(|cell| cell.steps).collect();
    if steps.is_empty() {
        return [0, 1];
    }
    let last = steps.len() - 1;
    let [few, many] = [last / 100, last - last / 100].map(|place| *steps.select_nth_unstable(place).1);
    [few, many.max(few + 1)]
}

/// How strong the color is of what arrives after `steps`: evenly in their logarithm over a range.
pub fn strength(steps: u32, range: [u32; 2]) -> f64 {
    let [few, many] = range.map(|steps| elem::ln(1.0 + f64::from(steps)));
    let share = (elem::ln(1.0 + f64::from(steps)) - few) / (many - few).max(1e-9);
    0.95 - 0.65 * share.clamp(0.0, 1.0)
}

/// Whether a pixel lies on the pattern of a minimum. Minima of one hue (`hues` there are) have different ones.
fn pattern(minimum: usize, hues: usize, x: usize, y: usize) -> bool {
    let down = x + 8_000_000 - y;
    match (minimum + minimum / hues.max(1)) % PATTERNS {
        1 => (x + y).is_multiple_of(8),
        2 => x % 6 < 2 && y % 6 < 2,
        3 => y.is_multiple_of(7),
        4 => down.is_multiple_of(8),
        5 => x.is_multiple_of(7),
        6 => x.is_multiple_of(8) || y.is_multiple_of(8),
        7 => (x + y).is_multiple_of(10) || down.is_multiple_of(10),
        _ => false,
    }
}

fn mix(from: Rgb, to: Rgb, share: f64) -> Rgb {
    std::array::from_fn(|k| {
        let (from, to) = (f64::from(from[k]), f64::from(to[k]));
        (from + (to - from) * share.clamp(0.0, 1.0) + 0.5) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fates_are_told_apart_without_their_hue() {
        let gray = [128; 3];
        let inks = Inks { ground: [0; 3], minima: vec![gray; 3], lost: gray, diverged: gray };
        let fates = [Fate::Lost, Fate::Diverged, Fate::Impossible, Fate::Unknown];
        let all = (0..6).map(Fate::Arrived).chain(fates);
        let tiles: Vec<Vec<Rgb>> = all
            .map(|fate| {
                let cell = Cell { fate, steps: 5 };
                (0..576).map(|k| inks.pixel(cell, [0, 100], k % 24, k / 24)).collect()
            })
            .collect();
        for (k, tile) in tiles.iter().enumerate() {
            assert!(tiles[..k].iter().all(|other| other != tile), "{k}");
        }
        assert!(strength(1, [0, 100]) > strength(10, [0, 100]) && strength(10, [0, 100]) > strength(100, [0, 100]));
    }
}
