//! The operators of a page, and what they need beside them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::file::{File, hex};
use super::font::Font;
use super::image;
use crate::scene::number::{push, short};
use crate::scene::text::{FaceId, face, runs};
use crate::scene::{Anchor, Item, Path, Pixels, Rect, Rgba, Scene, SceneError, Segment, Stroke, Text, width};

/// The page in the making. Places are written as the scene has them; the page's first operator turns y around.
pub(super) struct Content<'a> {
    file: &'a mut File,
    /// The object of all that the operators name.
    resources: usize,
    operators: String,
    fonts: BTreeMap<FaceId, Font>,
    /// Pairs of opacity of areas and of lines, by their numbers.
    states: Vec<[u8; 2]>,
    /// Objects of pictures and groups, by their numbers.
    objects: Vec<usize>,
    size: [f64; 2],
}

impl<'a> Content<'a> {
    pub(super) fn new(file: &'a mut File, resources: usize) -> Self {
        let (operators, fonts) = (String::new(), BTreeMap::new());
        Self { file, resources, operators, fonts, states: Vec::new(), objects: Vec::new(), size: [0.0; 2] }
    }

    /// A whole scene.
    pub(super) fn page(&mut self, scene: &Scene) {
        self.size = scene.size;
        let [width, height] = scene.size;
        self.numbers(&[1.0, 0.0, 0.0, -1.0, 0.0, height]);
        // Corners that are too sharp are cut off as in SVG.
        self.operators += "cm 4 M\n";
        if scene.background.is_some() {
            self.path(&Path::rect(Rect::new(0.0, 0.0, width, height)), scene.background, None);
        }
        self.items(&scene.items);
    }

    /// The operators, and the dictionary of what they name.
    pub(super) fn finish(self) -> Result<(String, String), SceneError> {
        let mut dictionary = String::from("<</ProcSet[/PDF/Text/ImageB/ImageC]/Font<<");
        for (id, font) in &self.fonts {
            let object = font.write(self.file, face(*id))?;
            _ = write!(dictionary, "/F{} {object} 0 R", *id as usize);
        }
        dictionary += ">>/ExtGState<<";
        for (number, [area, line]) in self.states.iter().enumerate() {
            let [area, line] = [area, line].map(|opacity| short(f64::from(*opacity) / 255.0, 3));
            _ = write!(dictionary, "/G{number}<</ca {area}/CA {line}>>");
        }
        dictionary += ">>/XObject<<";
        for (number, object) in self.objects.iter().enumerate() {
            _ = write!(dictionary, "/X{number} {object} 0 R");
        }
        dictionary += ">>>>";
        Ok((self.operators, dictionary))
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Path { path, fill, stroke } => self.path(path, *fill, stroke.as_ref()),
                Item::Text(text) => self.text(text),
                Item::Image { rect, pixels, smooth } => self.image(rect, pixels, *smooth),
                Item::Group { clip, opacity, items } => self.group(*clip, *opacity, items),
            }
        }
    }

    fn numbers(&mut self, numbers: &[f64]) {
        for number in numbers {
            push(&mut self.operators, number.clamp(-1e6, 1e6), 3);
            self.operators.push(' ');
        }
    }

    /// A color for areas (`rg`) or lines (`RG`).
    fn color(&mut self, Rgba([r, g, b, _]): Rgba, operator: &str) {
        self.numbers(&[r, g, b].map(|part| f64::from(part) / 255.0));
        self.operators += operator;
        self.operators.push('\n');
    }

    /// The opacity of areas and of lines.
    fn opacity(&mut self, area: u8, line: u8) {
        if [area, line] == [255, 255] {
            return;
        }
        let known = self.states.iter().position(|state| *state == [area, line]);
        let number = known.unwrap_or_else(|| {
            self.states.push([area, line]);
            self.states.len() - 1
        });
        _ = writeln!(self.operators, "/G{number} gs");
    }

    fn path(&mut self, path: &Path, fill: Option<Rgba>, stroke: Option<&Stroke>) {
        let stroke = stroke.filter(|stroke| stroke.is_visible());
        let fill = fill.filter(|color| color.0[3] > 0);
        if path.is_empty() || fill.is_none() && stroke.is_none() {
            return;
        }
        self.operators += "q\n";
        self.opacity(fill.map_or(255, |color| color.0[3]), stroke.map_or(255, |stroke| stroke.color.0[3]));
        if let Some(color) = fill {
            self.color(color, "rg");
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
        self.outline(path);
        self.operators += if fill.is_some() { "f\n" } else { "S\n" };
        if fill.is_some() && stroke.is_some() {
            // One after the other, as SVG blends them: together they would be blended as one thing.
            self.outline(path);
            self.operators += "S\n";
        }
        self.operators += "Q\n";
    }

    /// Color, width, ends and dashes of lines.
    fn stroke(&mut self, stroke: &Stroke) {
        self.color(stroke.color, "RG");
        self.numbers(&[stroke.width]);
        self.operators += if stroke.round { "w 1 J 1 j\n" } else { "w\n" };
        if let Some(dash) = stroke.pattern() {
            self.operators.push('[');
            self.numbers(&dash);
            self.operators += "]0 d\n";
        }
    }

    fn outline(&mut self, path: &Path) {
        for segment in path.segments() {
            let operator = match segment {
                Segment::MoveTo(to) => {
                    self.numbers(to);
                    "m\n"
                }
                Segment::LineTo(to) => {
                    self.numbers(to);
                    "l\n"
                }
                Segment::CubicTo(points) => {
                    self.numbers(points.as_flattened());
                    "c\n"
                }
                Segment::Close => "h\n",
            };
            self.operators += operator;
        }
    }

    fn text(&mut self, text: &Text) {
        if let Some(halo) = text.halo {
            self.operators += "q\n";
            self.opacity(255, halo.0[3]);
            self.color(halo, "RG");
            self.numbers(&[text.halo_width()]);
            self.operators += "w 1 J 1 j\n";
            self.words(text, "1 Tr");
            self.operators += "Q\n";
        }
        self.operators += "q\n";
        self.opacity(text.color.0[3], 255);
        self.color(text.color, "rg");
        self.words(text, "0 Tr");
        self.operators += "Q\n";
    }

    /// The glyphs of a text, drawn as a mode says (areas or lines).
    fn words(&mut self, text: &Text, mode: &str) {
        let length = width(&text.text, text.size, text.weight);
        let mut along = match text.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -0.5 * length,
            Anchor::End => -length,
        };
        _ = writeln!(self.operators, "BT {mode}");
        let [x, y] = text.at;
        for run in runs(&text.text, text.weight) {
            _ = write!(self.operators, "/F{} ", run.face as usize);
            self.numbers(&[text.size]);
            self.operators += "Tf ";
            // Glyphs stand upright though y goes down.
            let [cosine, sine] = text.direction();
            let matrix = [cosine, -sine, -sine, -cosine, x + along * cosine, y - along * sine];
            self.numbers(&matrix);
            self.operators += "Tm ";
            let font = self.fonts.entry(run.face).or_default();
            let (glyphs, faithful) = font.glyphs(face(run.face), run.text);
            if !faithful {
                let units: Vec<u16> = std::iter::once(0xFEFF).chain(run.text.encode_utf16()).collect();
                _ = write!(self.operators, "/Span<</ActualText{}>>BDC ", hex(&units));
            }
            self.operators += &hex(&glyphs);
            self.operators += if faithful { "Tj\n" } else { "Tj EMC\n" };
            along += face(run.face).advance(run.text) * text.size;
        }
        self.operators += "ET\n";
    }

    fn image(&mut self, rect: &Rect, pixels: &Pixels, smooth: bool) {
        let Some(object) = image::write(self.file, pixels, smooth) else { return };
        let ([x, y], [width, height]) = (rect.at, rect.size);
        self.operators += "q ";
        self.numbers(&[width, 0.0, 0.0, -height, x, y + height]);
        _ = writeln!(self.operators, "cm /X{} Do Q", self.objects.len());
        self.objects.push(object);
    }

    fn group(&mut self, clip: Option<Rect>, opacity: f64, items: &[Item]) {
        self.operators += "q\n";
        if let Some(clip) = clip {
            let ([x, y], size) = (clip.at, clip.size.map(|side| side.max(0.0)));
            self.numbers(&[x, y, size[0], size[1]]);
            self.operators += "re W n\n";
        }
        if opacity >= 1.0 {
            self.items(items);
        } else {
            // Drawn apart as one thing, and that laid over the page.
            let outside = std::mem::take(&mut self.operators);
            self.operators += "4 M\n";
            self.items(items);
            let inside = std::mem::replace(&mut self.operators, outside);
            let object = self.file.reserve();
            let [width, height] = self.size.map(|side| short(side, 2));
            let entries = format!(
                "/Type/XObject/Subtype/Form/BBox[0 0 {width} {height}]/Resources {} 0 R/Group<</S/Transparency>>",
                self.resources
            );
            self.file.stream(object, &entries, inside.as_bytes());
            let part = (opacity.max(0.0) * 255.0).round() as u8;
            self.opacity(part, part);
            _ = writeln!(self.operators, "/X{} Do", self.objects.len());
            self.objects.push(object);
        }
        self.operators += "Q\n";
    }
}
