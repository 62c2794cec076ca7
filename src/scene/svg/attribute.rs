//! Attributes, with their values as short as they can be.

use std::fmt::Write as _;

use super::outline;
use crate::scene::number::{push, short};
use crate::scene::{Path, Rect, Rgba, Stroke};

/// What is appended to a file that is a text.
pub(super) trait Attributes {
    /// ` name="12.5"`, with so many decimals at most.
    fn number(&mut self, name: &str, value: f64, decimals: u32);
    /// A color by its name and, where it is not opaque, `name-opacity`.
    fn color(&mut self, name: &str, color: Rgba);
    /// Place and size.
    fn rect(&mut self, rect: &Rect);
    /// The attributes of a line.
    fn stroke(&mut self, stroke: &Stroke);
    /// A whole path element; nothing where nothing is to be seen.
    fn path(&mut self, path: &Path, fill: Option<Rgba>, stroke: Option<&Stroke>);
}

impl Attributes for String {
    fn number(&mut self, name: &str, value: f64, decimals: u32) {
        _ = write!(self, " {name}=\"");
        push(self, value, decimals);
        self.push('"');
    }

    fn color(&mut self, name: &str, color: Rgba) {
        let Rgba([r, g, b, a]) = color;
        _ = write!(self, " {name}=\"#{r:02x}{g:02x}{b:02x}\"");
        if a < 255 {
            self.number(&format!("{name}-opacity"), color.opacity(), 3);
        }
    }

    fn rect(&mut self, rect: &Rect) {
        let [x, y] = rect.at;
        let [width, height] = rect.size.map(|side| side.max(0.0));
        for (name, value) in [("x", x), ("y", y), ("width", width), ("height", height)] {
            self.number(name, value, 2);
        }
    }

    fn stroke(&mut self, stroke: &Stroke) {
        self.color("stroke", stroke.color);
        self.number("stroke-width", stroke.width, 3);
        if stroke.round {
            *self += " stroke-linecap=\"round\" stroke-linejoin=\"round\"";
        }
        if let Some(dash) = stroke.pattern() {
            let dash: Vec<String> = dash.iter().map(|part| short(*part, 2)).collect();
            _ = write!(self, " stroke-dasharray=\"{}\"", dash.join(" "));
        }
    }

    fn path(&mut self, path: &Path, fill: Option<Rgba>, stroke: Option<&Stroke>) {
        let stroke = stroke.filter(|stroke| stroke.is_visible());
        let fill = fill.filter(|color| color.0[3] > 0);
        if path.is_empty() || fill.is_none() && stroke.is_none() {
            return;
        }
        *self += "<path";
        if let Some(color) = fill {
            self.color("fill", color);
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
        *self += " d=\"";
        outline::push(self, path);
        *self += "\"/>\n";
    }
}
