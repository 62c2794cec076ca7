//! Outlines: lines and Bézier curves.

use super::Rect;

/// A part of a path; places in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// A new line begins there.
    MoveTo([f64; 2]),
    /// Straight to there.
    LineTo([f64; 2]),
    /// By a cubic Bézier curve: two control points and the end.
    CubicTo([[f64; 2]; 3]),
    /// Straight to where the line began, and closed.
    Close,
}

/// A path. What is not finite leaves a gap, so that curves with poles and runs that diverge can be drawn as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    segments: Vec<Segment>,
    /// Whether the last line can go on.
    begun: bool,
}

/// Where the control points of a quarter of a circle are, of the radius: 4(√2 − 1)/3.
const ROUND: f64 = 0.552_284_749_830_793_6;

impl Path {
    /// An empty path.
    pub const fn new() -> Self {
        Self { segments: Vec::new(), begun: false }
    }

    /// A line through points.
    pub fn polyline(points: impl IntoIterator<Item = [f64; 2]>) -> Self {
        let mut path = Self::new();
        for point in points {
            path.line_to(point);
        }
        path
    }

    /// A closed line through points.
    pub fn polygon(points: impl IntoIterator<Item = [f64; 2]>) -> Self {
        let mut path = Self::polyline(points);
        path.close();
        path
    }

    /// A straight line.
    pub fn line(from: [f64; 2], to: [f64; 2]) -> Self {
        Self::polyline([from, to])
    }

    /// A rectangle.
    pub fn rect(rect: Rect) -> Self {
        let ([x, y], [right, bottom]) = (rect.at, rect.end());
        Self::polygon([[x, y], [right, y], [right, bottom], [x, bottom]])
    }

    /// A rectangle whose corners are quarters of a circle, of half the shorter side at most.
    pub fn rounded(rect: Rect, radius: f64) -> Self {
        let r = radius.clamp(0.0, 0.5 * rect.size[0].min(rect.size[1]).max(0.0));
        let ([x, y], [right, bottom]) = (rect.at, rect.end());
        let k = r * (1.0 - ROUND);
        let mut path = Self::new();
        path.move_to([x + r, y]).line_to([right - r, y]);
        path.cubic_to([right - k, y], [right, y + k], [right, y + r]).line_to([right, bottom - r]);
        path.cubic_to([right, bottom - k], [right - k, bottom], [right - r, bottom]).line_to([x + r, bottom]);
        path.cubic_to([x + k, bottom], [x, bottom - k], [x, bottom - r]).line_to([x, y + r]);
        path.cubic_to([x, y + k], [x + k, y], [x + r, y]).close();
        path
    }

    /// A circle.
    pub fn circle(center: [f64; 2], radius: f64) -> Self {
        Self::ellipse(center, [radius; 2])
    }

    /// An ellipse whose axes are level and upright.
    pub fn ellipse([x, y]: [f64; 2], [rx, ry]: [f64; 2]) -> Self {
        let (kx, ky) = (rx * ROUND, ry * ROUND);
        let mut path = Self::new();
        path.move_to([x + rx, y]);
        path.cubic_to([x + rx, y + ky], [x + kx, y + ry], [x, y + ry]);
        path.cubic_to([x - kx, y + ry], [x - rx, y + ky], [x - rx, y]);
        path.cubic_to([x - rx, y - ky], [x - kx, y - ry], [x, y - ry]);
        path.cubic_to([x + kx, y - ry], [x + rx, y - ky], [x + rx, y]).close();
        path
    }

    /// Its segments, all of finite numbers; a line always begins with a [`Segment::MoveTo`].
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Begins a line.
    pub fn move_to(&mut self, to: [f64; 2]) -> &mut Self {
        // A line of a place alone is nothing.
        if let Some(Segment::MoveTo(_)) = self.segments.last() {
            self.segments.pop();
        }
        self.begun = finite(to);
        if self.begun {
            self.segments.push(Segment::MoveTo(to));
        }
        self
    }

    /// Goes straight on; begins a line where none is begun. A place that is not finite ends the line.
    pub fn line_to(&mut self, to: [f64; 2]) -> &mut Self {
        if self.begun && finite(to) {
            self.segments.push(Segment::LineTo(to));
            return self;
        }
        self.move_to(to)
    }

    /// Goes on by a cubic Bézier curve: two control points and the end. Otherwise as [`Path::line_to`].
    pub fn cubic_to(&mut self, first: [f64; 2], second: [f64; 2], to: [f64; 2]) -> &mut Self {
        if self.begun && [first, second, to].into_iter().all(finite) {
            self.segments.push(Segment::CubicTo([first, second, to]));
            return self;
        }
        self.move_to(to)
    }

    /// Closes the line; what follows begins another.
    pub fn close(&mut self) -> &mut Self {
        if self.begun {
            self.segments.push(Segment::Close);
            self.begun = false;
        }
        self
    }

    /// Adds another path.
    pub fn extend(&mut self, other: &Self) -> &mut Self {
        self.segments.extend_from_slice(&other.segments);
        self.begun = other.begun;
        self
    }
}

fn finite(at: [f64; 2]) -> bool {
    at.iter().all(|part| part.is_finite())
}
