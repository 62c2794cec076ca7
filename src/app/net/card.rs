//! The picture of an example of this laboratory: what its net answers after some steps, with the points. Made once, by the
//! code that makes the large one.

use egui::{Context, Painter, Rect, TextureHandle, TextureOptions, pos2};

use super::plane::NetPlane;
use super::runner::fields_of;
use super::textures::output_image;
use super::tone::{Meaning, class_color, number_tone, sign_color};
use crate::app::paint::marker;
use crate::app::theme::Theme;
use crate::app::views::Plane;
use crate::nn::Targets;
use crate::session::Marker;
use crate::session::net::{NetDocument, NetSession, Tape};

/// Steps that are made for it at least, and at most.
const STEPS: [usize; 2] = [400, 800];
/// Points that are drawn at most.
const POINTS: usize = 160;

/// The picture of a net's example.
pub(in crate::app) struct Card {
    texture: TextureHandle,
    plane: NetPlane,
    meaning: Meaning,
    line: Vec<[f64; 2]>,
}

impl Card {
    /// Trains the net a little and looks at it; none where its data has no plane.
    pub(in crate::app) fn of(ctx: &Context, theme: &Theme, document: NetDocument) -> Option<Self> {
        let plane = NetPlane::of(&document.data)?;
        let wanted = document.transport.step.clamp(STEPS[0], STEPS[1]);
        let session = NetSession::open(document).ok()?;
        let mut tape = Tape::new(session.program().clone()).ok()?;
        while tape.step() < wanted && tape.advance() {}
        let meaning = Meaning::of(&session.split().train.targets, session.recipe()?.loss);
        let fields = fields_of(session.program(), &tape.weights(), &plane.grid);
        let image = output_image(theme, &fields, &meaning, false);
        let width = meaning.width().max(1);
        let count = (fields.output.len() / width).max(1) as f64;
        let [low, high] = plane.ranges[0];
        let at = |(k, outputs): (usize, &[f32])| {
            let value = meaning.shares(outputs).get(1).copied().or(outputs.first().map(|value| f64::from(*value)));
            [low + (high - low) * (k as f64 + 0.5) / count, value.unwrap_or(f64::NAN)]
        };
        let line =
            if plane.flat { Vec::new() } else { fields.output.chunks_exact(width).enumerate().map(at).collect() };
        let texture = ctx.load_texture("net example", image, TextureOptions::LINEAR);
        Some(Self { texture, plane, meaning, line })
    }

    /// Draws it into `rect`.
    pub(in crate::app) fn paint(&self, painter: &Painter, theme: &Theme, rect: Rect) {
        let inside = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        inside.rect_filled(rect, 0.0, theme.canvas);
        let plane = Plane { rect, x: self.plane.ranges[0], y: self.plane.ranges[1] };
        if self.plane.flat {
            let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            inside.image(self.texture.id(), rect, uv, theme.picture_tint());
        }
        let data = &self.plane.raw.train;
        for row in (0..data.rows()).step_by(data.rows().div_ceil(POINTS).max(1)) {
            let [x, y] = self.plane.place(data, row);
            let value = super::plane::target(data, row);
            let (shape, ink) = match (&data.targets, &self.meaning) {
                (Targets::Classes { .. }, _) => {
                    let class = value.max(0.0) as usize;
                    (if class == 0 { Marker::Circle } else { Marker::TriangleUp }, class_color(theme, class))
                }
                (_, Meaning::Number { range }) if self.plane.flat => {
                    (Marker::Circle, sign_color(theme, number_tone(*range, value) > 0.0))
                }
                _ => (Marker::Circle, theme.muted),
            };
            marker(&inside, plane.to_screen(x, y), shape, 2.0, ink, theme.halo);
        }
        let line: Vec<_> = self.line.iter().map(|[x, y]| plane.to_screen(*x, *y)).collect();
        crate::app::paint::haloed_path(&inside, &line, &[], egui::Stroke::new(2.0, theme.accent), theme.canvas);
    }
}
