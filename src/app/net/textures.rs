//! The pictures of what the neurons answer: one sheet for all of them, and a larger one for the output. Filled anew only
//! when there is a new snapshot.

use egui::{Color32, ColorImage, Context, Painter, Rect, TextureHandle, TextureOptions, pos2};

use super::runner::{FIELD, Fields, OUTPUT, Snapshot};
use super::tone::{self, Meaning};
use crate::app::theme::{Theme, ThemeName};
use crate::session::net::Neuron;

/// The most neurons of a layer that are drawn.
pub(in crate::app) const MOST_UNITS: usize = 20;

/// What a picture depends on.
type Key = (u64, ThemeName, bool);

/// The pictures.
#[derive(Default)]
pub(in crate::app) struct Textures {
    sheet: Option<(Key, TextureHandle, [usize; 2])>,
    output: Option<(Key, TextureHandle)>,
    /// How often a picture was filled.
    filled: u64,
}

/// A part of a picture.
pub(in crate::app) struct Patch {
    texture: egui::TextureId,
    uv: Rect,
}

impl Patch {
    /// Draws it into `rect`.
    pub(in crate::app) fn paint(&self, painter: &Painter, theme: &Theme, rect: Rect) {
        painter.image(self.texture, rect, self.uv, theme.picture_tint());
    }
}

impl Textures {
    /// Brings the pictures to a snapshot.
    pub(in crate::app) fn show(
        &mut self,
        ctx: &Context,
        theme: &Theme,
        snapshot: &Snapshot,
        meaning: &Meaning,
        discrete: bool,
    ) {
        let Some(fields) = snapshot.fields.as_deref() else {
            (self.sheet, self.output) = (None, None);
            return;
        };
        let key = (snapshot.number, theme.name, discrete);
        if self.sheet.as_ref().is_none_or(|(known, ..)| (known.0, known.1) != (key.0, key.1)) {
            let (image, size) = sheet(theme, fields, snapshot);
            let texture = fill(ctx, self.sheet.take().map(|(_, texture, _)| texture), "neurons", image);
            self.sheet = Some((key, texture, size));
            self.filled += 1;
        }
        if self.output.as_ref().is_none_or(|(known, _)| *known != key) {
            let image = output_image(theme, fields, meaning, discrete);
            let texture = fill(ctx, self.output.take().map(|(_, texture)| texture), "output", image);
            self.output = Some((key, texture));
            self.filled += 1;
        }
    }

    /// How often a picture was filled.
    pub(in crate::app) fn filled(&self) -> u64 {
        self.filled
    }

    /// What a neuron answers.
    pub(in crate::app) fn neuron(&self, neuron: Neuron) -> Option<Patch> {
        let (_, texture, [columns, rows]) = self.sheet.as_ref()?;
        if neuron.layer >= *columns || neuron.unit >= *rows {
            return None;
        }
        let at = |layer: usize, unit: usize| pos2(layer as f32 / *columns as f32, unit as f32 / *rows as f32);
        let half = egui::vec2(0.5 / (columns * FIELD) as f32, 0.5 / (rows * FIELD) as f32);
        let uv = Rect::from_min_max(at(neuron.layer, neuron.unit) + half, at(neuron.layer + 1, neuron.unit + 1) - half);
        Some(Patch { texture: texture.id(), uv })
    }

    /// What the net answers.
    pub(in crate::app) fn output(&self) -> Option<Patch> {
        let (_, texture) = self.output.as_ref()?;
        Some(Patch { texture: texture.id(), uv: Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)) })
    }
}

fn fill(ctx: &Context, known: Option<TextureHandle>, name: &str, image: ColorImage) -> TextureHandle {
    match known {
        Some(mut texture) => {
            texture.set(image, TextureOptions::LINEAR);
            texture
        }
        None => ctx.load_texture(name, image, TextureOptions::LINEAR),
    }
}

/// All neurons: a column a layer, a row a unit.
fn sheet(theme: &Theme, fields: &Fields, snapshot: &Snapshot) -> (ColorImage, [usize; 2]) {
    let architecture = &snapshot.program.architecture;
    let units = |layer: usize| match layer.checked_sub(1) {
        None => architecture.inputs,
        Some(layer) => architecture.layers.get(layer).map_or(0, |layer| layer.units),
    };
    let columns = architecture.layers.len() + 1;
    let rows = (0..columns).map(|layer| units(layer).min(MOST_UNITS)).max().unwrap_or(1).max(1);
    let table = tone::table(theme);
    let flat = fields.grid.ranges.1.is_some();
    let [width, height] = [columns * FIELD, rows * FIELD];
    let mut pixels = vec![Color32::TRANSPARENT; width * height];
    for layer in 0..columns {
        let Some(values) = fields.layers.get(layer) else { continue };
        let count = units(layer).max(1);
        for unit in 0..count.min(MOST_UNITS) {
            let of_unit = values.iter().skip(unit).step_by(count);
            let most = of_unit.fold(0.0_f32, |most, value| most.max(value.abs()));
            let scale = if most.is_finite() && most > 0.0 { 128.0 / most } else { 0.0 };
            for y in 0..FIELD {
                // Row 0 of the field is at the bottom.
                let row = if flat { (FIELD - 1 - y) * FIELD } else { 0 };
                let line = (unit * FIELD + y) * width + layer * FIELD;
                for x in 0..FIELD {
                    let value = values.get((row + x) * count + unit).copied().unwrap_or(f32::NAN);
                    let place = (128.0 + value * scale).clamp(0.0, 256.0);
                    pixels[line + x] = if value.is_finite() {
                        table.get(place as usize).copied().unwrap_or(theme.canvas)
                    } else {
                        theme.raised_active
                    };
                }
            }
        }
    }
    (ColorImage::new([width, height], pixels), [columns, rows])
}

/// The output over the plane, or along the line.
pub(in crate::app::net) fn output_image(
    theme: &Theme,
    fields: &Fields,
    meaning: &Meaning,
    discrete: bool,
) -> ColorImage {
    let width = meaning.width();
    let color = |place: usize| {
        let outputs = fields.output.get(place * width..(place + 1) * width).unwrap_or_default();
        meaning.color(theme, outputs, discrete)
    };
    if fields.grid.ranges.1.is_none() {
        let count = 4 * OUTPUT;
        return ColorImage::new([count, 1], (0..count).map(color).collect());
    }
    let pixels = (0..OUTPUT).rev().flat_map(|row| (0..OUTPUT).map(move |column| row * OUTPUT + column)).map(color);
    ColorImage::new([OUTPUT, OUTPUT], pixels.collect())
}
