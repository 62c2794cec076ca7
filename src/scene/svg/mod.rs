//! SVG: vectors, text as text, everything in one file.
//!
//! The file needs nothing beside it: the glyphs that its text uses travel with it as fonts, pictures are PNG inside of
//! it. So it looks the same in every browser and can still be searched, and edited by a person.

mod attribute;
mod escape;
mod outline;
mod words;

use std::fmt::Write as _;

use attribute::Attributes as _;
use escape::push_text;
use words::Used;

use super::number::short;
use super::text::{FaceId, face, web_font};
use super::{About, Item, Pixels, Rect, Scene, base64, png};

/// The scene as the text of an SVG file.
pub fn svg(scene: &Scene) -> String {
    let mut writer = Writer::default();
    let [width, height] = scene.size.map(|side| short(side, 2));
    if let Some(color) = scene.background {
        writer.body += "<rect width=\"100%\" height=\"100%\"";
        writer.body.color("fill", color);
        writer.body += "/>\n";
    }
    writer.items(&scene.items);
    let mut file = String::with_capacity(writer.body.len() + 1024);
    _ = writeln!(
        file,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{width}pt\" \
         height=\"{height}pt\" viewBox=\"0 0 {width} {height}\" fill=\"none\" xml:space=\"preserve\" \
         font-family=\"{}\" style=\"font-kerning:none;font-variant-ligatures:none\">",
        words::FAMILY
    );
    push_about(&mut file, scene);
    writer.push_fonts(&mut file);
    file += &writer.body;
    file += "</svg>\n";
    file
}

/// How the element begins that holds the scenario's text.
pub(super) const SCENARIO_TAG: &str = "<downhill:scenario";

/// Title, description and scenario; only what there is.
fn push_about(file: &mut String, scene: &Scene) {
    for (name, text) in [("title", &scene.about.title), ("desc", &scene.about.description)] {
        if !text.is_empty() {
            _ = write!(file, "<{name}>");
            push_text(file, text);
            _ = writeln!(file, "</{name}>");
        }
    }
    if !scene.about.scenario.is_empty() {
        *file += "<metadata>";
        *file += SCENARIO_TAG;
        *file += " xmlns:downhill=\"urn:downhill:scenario\">";
        push_text(file, &scene.about.scenario);
        *file += "</downhill:scenario></metadata>\n";
    }
}

/// What is written so far, and what it will need.
#[derive(Default)]
struct Writer {
    body: String,
    used: Used,
    /// The rectangles that clip, by their numbers.
    clips: Vec<Rect>,
}

impl Writer {
    fn items(&mut self, items: &[Item]) {
        for item in items {
            self.item(item);
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Path { path, fill, stroke } => self.body.path(path, *fill, stroke.as_ref()),
            Item::Text(text) => words::push(&mut self.body, &mut self.used, text),
            Item::Image { rect, pixels, smooth } => self.image(rect, pixels, *smooth),
            Item::Group { clip, opacity, items } => {
                let clip = clip.map(|rect| self.clip(rect));
                self.body += "<g";
                if let Some(number) = clip {
                    _ = write!(self.body, " clip-path=\"url(#c{number})\"");
                }
                if *opacity < 1.0 {
                    self.body.number("opacity", opacity.max(0.0), 3);
                }
                self.body += ">\n";
                self.items(items);
                self.body += "</g>\n";
            }
        }
    }

    /// The number of a clipping rectangle, which is written where it is used first.
    fn clip(&mut self, rect: Rect) -> usize {
        if let Some(known) = self.clips.iter().position(|clip| *clip == rect) {
            return known;
        }
        let number = self.clips.len();
        self.clips.push(rect);
        _ = write!(self.body, "<clipPath id=\"c{number}\"><rect");
        self.body.rect(&rect);
        self.body += "/></clipPath>\n";
        number
    }

    fn image(&mut self, rect: &Rect, pixels: &Pixels, smooth: bool) {
        // What is not sound is not drawn.
        let Some(bytes) = pixels.is_sound().then(|| png::encode(pixels, None, &About::default()).ok()).flatten() else {
            return;
        };
        self.body += "<image";
        self.body.rect(rect);
        self.body += " preserveAspectRatio=\"none\"";
        if !smooth {
            self.body += " image-rendering=\"optimizeSpeed\" style=\"image-rendering:pixelated\"";
        }
        self.body += " xlink:href=\"data:image/png;base64,";
        base64::push(&mut self.body, &bytes);
        self.body += "\"/>\n";
    }

    /// The glyphs of the faces that were used.
    fn push_fonts(&self, file: &mut String) {
        let mut fonts = self.used.iter().filter_map(|(id, characters)| Some((id, web_font(face(*id), characters)?)));
        let Some(first) = fonts.next() else { return };
        *file += "<style>\n";
        for (id, font) in std::iter::once(first).chain(fonts) {
            let name = face(*id).name;
            let weight = if *id == FaceId::Semibold { "font-weight:600;" } else { "" };
            _ = write!(file, "@font-face{{font-family:'{name}';{weight}src:url(data:font/opentype;base64,");
            base64::push(file, &font);
            *file += ")}\n";
        }
        *file += "</style>\n";
    }
}
