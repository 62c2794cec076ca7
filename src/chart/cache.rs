//! The map of a surface, made once for each surface and view.

use super::levels::levels;
use super::{Contour, Field, Tone, ToneKind, View, contour};

/// What a map depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Request {
    /// A number that changes whenever the surface does.
    pub revision: u64,
    /// What is shown.
    pub view: View,
    /// The field's grid.
    pub size: [usize; 2],
    /// The spread of colors and levels.
    pub kind: ToneKind,
    /// About how many levels.
    pub levels: usize,
}

/// A field with its scale and contour lines.
#[derive(Clone, Debug)]
pub struct Map {
    /// The samples.
    pub field: Field,
    /// The scale of values.
    pub tone: Tone,
    /// The contour lines, lowest level first.
    pub contours: Vec<Contour>,
}

/// Points of a line that lie this close to it without them, in cells of the grid, are left out: with a cell of a few
/// pixels nobody sees the difference, and a window has a third of the triangles to draw.
const THIN: f64 = 0.05;

/// Keeps the last map, and makes another only when what it depends on has changed.
#[derive(Debug, Default)]
pub struct ContourCache {
    made: Option<(Request, Map)>,
    samplings: u64,
    builds: u64,
}

impl ContourCache {
    /// The map of a request. The surface is sampled when revision, view or grid are new; contours alone are drawn anew
    /// when only the scale or the number of levels is.
    pub fn map(&mut self, request: Request, sample: impl FnOnce(View, [usize; 2]) -> Field) -> &Map {
        let made = match self.made.take() {
            Some((known, map)) if known == request => (known, map),
            old => {
                self.builds += 1;
                let same = |r: &Request| (r.revision, r.view, r.size) == (request.revision, request.view, request.size);
                let field = old.filter(|(r, _)| same(r)).map(|(_, map)| map.field).unwrap_or_else(|| {
                    self.samplings += 1;
                    sample(request.view, request.size)
                });
                let tone = Tone::of(&field, request.kind);
                let mut contours = contour::contours(&field, &levels(&tone, request.levels));
                contours.iter_mut().flat_map(|c| &mut c.lines).for_each(|line| line.thin(&field, THIN));
                (request, Map { field, tone, contours })
            }
        };
        &self.made.insert(made).1
    }

    /// The map that was asked for last.
    pub fn last(&self) -> Option<&Map> {
        self.made.as_ref().map(|(_, map)| map)
    }

    /// How often a surface was sampled, and how often contour lines were made.
    pub fn work(&self) -> (u64, u64) {
        (self.samplings, self.builds)
    }
}
