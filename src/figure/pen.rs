//! The pen: puts the things of a figure into a scene, in the sizes and colors of its theme.

use super::frame::Frame;
use super::theme::{Look, Theme};
use crate::num::elem;
use crate::scene::{Anchor, Item, Path, Pixels, Rgba, Stroke, Text, Weight, width};
use crate::session::Marker;

/// The size of the numbers along the axes, in points, of a figure of usual size.
const USUAL: f64 = 8.0;
/// The side of a square as large as a figure of usual size.
const SIDE: f64 = 360.0;

/// What a text is in a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Numbers along axes.
    Tick,
    /// Numbers on contour lines.
    Small,
    /// Names of axes, legend.
    Name,
    /// What is said to a mark.
    Note,
    /// The caption.
    Caption,
    /// Lines of a rule, with letters of one width.
    Code,
    /// The title.
    Title,
}

/// What is drawn so far, and how to draw.
pub(super) struct Pen<'a> {
    /// The things, the first at the back.
    pub items: Vec<Item>,
    /// The colors and lines.
    pub theme: &'a Theme,
    /// A unit of length that goes with the size of the type: a point where that is as usual.
    pub unit: f64,
}

impl<'a> Pen<'a> {
    /// A pen for a figure of a size; `text` is the size of its numbers, if it was chosen.
    pub(super) fn new(theme: &'a Theme, size: [f64; 2], text: Option<f64>) -> Self {
        let ratio = (size[0] * size[1]).sqrt() / SIDE;
        let usual = if ratio > 1.0 { elem::pow(ratio, 0.75) } else { ratio.sqrt().max(0.8) };
        Self { items: Vec::new(), theme, unit: text.map_or(usual, |text| text / USUAL) }
    }

    /// So many units, in points.
    pub(super) fn u(&self, units: f64) -> f64 {
        units * self.unit
    }

    /// The width of a line of so many units.
    pub(super) fn line_width(&self, units: f64) -> f64 {
        units * self.unit * self.theme.weight
    }

    /// The size of the type of a role, in points.
    pub(super) fn size(&self, role: Role) -> f64 {
        self.u(match role {
            Role::Tick => USUAL,
            Role::Small => 6.8,
            Role::Caption => 7.8,
            Role::Name | Role::Note => 9.0,
            Role::Code => 8.4,
            Role::Title => 12.0,
        })
    }

    fn weight(role: Role) -> Weight {
        match role {
            Role::Title => Weight::Semibold,
            Role::Code => Weight::Mono,
            _ => Weight::Regular,
        }
    }

    /// The width of a text.
    pub(super) fn width(&self, text: &str, role: Role) -> f64 {
        width(text, self.size(role), Self::weight(role))
    }

    /// How far the baseline is below the middle of capital letters.
    pub(super) fn below_middle(&self, role: Role) -> f64 {
        0.355 * self.size(role)
    }

    /// A text; `at` is on the baseline.
    pub(super) fn text(&mut self, at: [f64; 2], text: &str, role: Role, color: Rgba, anchor: Anchor) {
        self.put(at, text, role, color, anchor, None);
    }

    /// A text whose middle is at the height of `at`.
    pub(super) fn centered(&mut self, at: [f64; 2], text: &str, role: Role, color: Rgba, anchor: Anchor) {
        self.put([at[0], at[1] + self.below_middle(role)], text, role, color, anchor, None);
    }

    /// The same with a seam in a color.
    pub(super) fn haloed(&mut self, at: [f64; 2], text: &str, role: Role, color: Rgba, anchor: Anchor, halo: Rgba) {
        self.put([at[0], at[1] + self.below_middle(role)], text, role, color, anchor, Some(halo));
    }

    fn put(&mut self, at: [f64; 2], text: &str, role: Role, color: Rgba, anchor: Anchor, halo: Option<Rgba>) {
        if text.is_empty() {
            return;
        }
        let (size, weight) = (self.size(role), Self::weight(role));
        self.items.push(Item::Text(Text {
            at,
            text: text.to_owned(),
            size,
            weight,
            color,
            anchor,
            halo,
            ..Text::default()
        }));
    }

    /// A text that runs upward, its middle at `at`.
    pub(super) fn upward(&mut self, at: [f64; 2], text: &str, role: Role, color: Rgba) {
        self.tilted(at, text, role, color, 90.0);
    }

    /// A text turned by degrees, counterclockwise, its middle at `at`.
    pub(super) fn tilted(&mut self, at: [f64; 2], text: &str, role: Role, color: Rgba, degrees: f64) {
        let down = self.below_middle(role);
        // A quarter is exact.
        let (sine, cosine) = if degrees == 90.0 {
            (1.0, 0.0)
        } else {
            let angle = degrees * (std::f64::consts::PI / 180.0);
            (elem::sin(angle), elem::cos(angle))
        };
        let at = [at[0] + down * sine, at[1] + down * cosine];
        let (size, weight) = (self.size(role), Self::weight(role));
        let (text, anchor) = (text.to_owned(), Anchor::Middle);
        self.items.push(Item::Text(Text { at, text, size, weight, color, anchor, turn: degrees, ..Text::default() }));
    }

    /// A line through points.
    pub(super) fn line(&mut self, points: &[[f64; 2]], stroke: Stroke) {
        let mut path = Path::new();
        for point in points {
            path.line_to(*point);
        }
        self.path(path, stroke);
    }

    /// A path as a line.
    pub(super) fn path(&mut self, path: Path, stroke: Stroke) {
        if !path.is_empty() && stroke.color.0[3] > 0 {
            self.items.push(Item::stroke(path, stroke));
        }
    }

    /// A path as an area.
    pub(super) fn area(&mut self, path: Path, color: Rgba) {
        if !path.is_empty() && color.0[3] > 0 {
            self.items.push(Item::fill(path, color));
        }
    }

    /// A picture.
    pub(super) fn picture(&mut self, frame: Frame, pixels: Pixels, smooth: bool) {
        self.items.push(Item::Image { rect: frame.rect(), pixels, smooth });
    }

    /// Draws what `draw` draws, and of it only what is inside of a frame.
    pub(super) fn clipped(&mut self, frame: Frame, draw: impl FnOnce(&mut Self)) {
        let before = std::mem::take(&mut self.items);
        draw(self);
        let inside = std::mem::replace(&mut self.items, before);
        if !inside.is_empty() {
            self.items.push(Item::clipped(frame.rect(), inside));
        }
    }

    /// Draws what `draw` draws at a share of its strength.
    pub(super) fn faded(&mut self, opacity: f64, draw: impl FnOnce(&mut Self)) {
        if opacity >= 1.0 {
            return draw(self);
        }
        let before = std::mem::take(&mut self.items);
        draw(self);
        let items = std::mem::replace(&mut self.items, before);
        self.items.push(Item::Group { clip: None, opacity, items });
    }

    /// The line of a path: the dash of a racer, with round corners.
    pub(super) fn dashed(&self, color: Rgba, width: f64, dash: &[f32]) -> Stroke {
        let width = self.line_width(width);
        // Dashes that are as long as the line is wide would be dots of no length: a thin line gets longer ones.
        let unit = width.max(self.u(0.9));
        let dash: Vec<f64> = dash.iter().map(|part| f64::from(*part) * unit * 0.8).collect();
        let round = dash_is_long(&dash, width);
        Stroke { dash, round, ..Stroke::new(color, width) }
    }

    /// A line of a path with a seam behind it.
    pub(super) fn seamed(&mut self, points: &[[f64; 2]], color: Rgba, width: f64, dash: &[f32]) {
        let stroke = self.dashed(color, width, dash);
        let seam = Stroke::new(self.theme.halo.faded(0.75), stroke.width + self.u(1.5)).rounded();
        self.line(points, seam);
        self.line(points, stroke);
    }

    /// A racer's mark of a radius in units, with a seam.
    pub(super) fn marker(&mut self, at: [f64; 2], look: &Look, radius: f64) {
        let radius = self.u(radius) * self.theme.weight.max(0.9);
        let path = outline(look.marker, at, radius);
        let open = matches!(look.marker, Marker::Cross | Marker::Plus);
        let seam = Stroke::new(self.theme.halo, self.u(if open { 3.0 } else { 1.0 }));
        if open {
            let line = Stroke::new(look.color, self.line_width(1.5));
            self.path(path.clone(), seam);
            self.path(path, line);
        } else if look.hollow {
            let line = Stroke::new(look.color, self.line_width(1.0));
            self.items.push(Item::Path { path, fill: Some(self.theme.paper), stroke: Some(line) });
        } else {
            // The seam lies around the mark, not on it.
            self.path(path.clone(), Stroke { width: 2.0 * seam.width, round: true, ..seam });
            self.area(path, look.color);
        }
    }

    /// An arrow with a full head of a length in units; `seam` draws a seam of the paper's color behind it.
    pub(super) fn arrow(&mut self, from: [f64; 2], to: [f64; 2], color: Rgba, width: f64, head: f64, seam: bool) {
        let width = self.line_width(width);
        let Some(arrow) = crate::chart::Arrow::new(from, to, self.u(head)) else { return };
        let mut tip = Path::new();
        for corner in arrow.head {
            tip.line_to(corner);
        }
        tip.close();
        if seam {
            let halo = self.theme.halo.faded(0.85);
            self.line(&arrow.shaft, Stroke::new(halo, width + self.u(2.0)));
            self.path(tip.clone(), Stroke::new(halo, self.u(2.0)).rounded());
        }
        self.line(&arrow.shaft, Stroke::new(color, width));
        self.area(tip, color);
    }
}

/// Whether round ends would not fill the gaps of a dash.
fn dash_is_long(dash: &[f64], width: f64) -> bool {
    dash.chunks(2).all(|pair| pair.get(1).is_none_or(|gap| *gap > 1.6 * width))
}

/// The outline of a mark.
fn outline(marker: Marker, at: [f64; 2], radius: f64) -> Path {
    let corner = |degrees: f64, reach: f64| {
        let angle = degrees * (std::f64::consts::PI / 180.0);
        [at[0] + elem::cos(angle) * reach, at[1] - elem::sin(angle) * reach]
    };
    let polygon = |corners: &[f64], reach: f64| {
        let mut path = Path::new();
        for degrees in corners {
            path.line_to(corner(*degrees, reach));
        }
        path.close();
        path
    };
    let bars = |degrees: [f64; 2]| {
        let mut path = Path::new();
        for angle in degrees {
            path.move_to(corner(angle, radius * 1.15)).line_to(corner(angle + 180.0, radius * 1.15));
        }
        path
    };
    match marker {
        Marker::Circle => Path::circle(at, radius),
        Marker::Square => polygon(&[45.0, 135.0, 225.0, 315.0], radius * 1.2),
        Marker::Diamond => polygon(&[0.0, 90.0, 180.0, 270.0], radius * 1.3),
        Marker::TriangleUp => polygon(&[90.0, 210.0, 330.0], radius * 1.35),
        Marker::TriangleDown => polygon(&[270.0, 30.0, 150.0], radius * 1.35),
        Marker::Hexagon => polygon(&[0.0, 60.0, 120.0, 180.0, 240.0, 300.0], radius * 1.15),
        Marker::Cross => bars([45.0, 135.0]),
        Marker::Plus => bars([0.0, 90.0]),
    }
}
