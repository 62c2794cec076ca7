//! What is costly to make and changes seldom: the heat map with its contour lines, the graph of a curve, the small
//! pictures of the surfaces. Each is made anew only when what it depends on changes.

mod relief;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};

use super::fit::Fit;
use super::theme::{Theme, ThemeName};
use super::views::Plane;
use crate::chart::cache::Request;
use crate::chart::{Contour, ContourCache, Curve, Label, Sampler, Tone, ToneKind, View, label};
use crate::objective::Evaluator;
use crate::session::Scale;
use crate::surface::{HeightScale, Surface};

/// Crossings of the field's grid along each side.
pub(super) const GRID: [usize; 2] = [200, 200];
/// About how many contour lines.
const LEVELS: usize = 14;

pub(super) use relief::{Leaps, ReliefRequest};

/// The caches of the window.
#[derive(Default)]
pub(super) struct Cache {
    /// The surface that everything below is about, and a number that changes with it.
    shown: Option<(Surface, u64)>,
    sampler: Option<Sampler>,
    evaluator: Option<Evaluator>,
    fit: Fit,
    contours: ContourCache,
    heat: Option<(HeatKey, TextureHandle)>,
    labels: Option<(LabelKey, Vec<Label>)>,
    curve: Option<(CurveKey, Curve)>,
    heights: Option<(HeightKey, [f64; 2])>,
    thumbnails: BTreeMap<(String, ThemeName), TextureHandle>,
    relief: relief::ReliefCache,
}

type HeatKey = (u64, View, ToneKind, ThemeName);
type LabelKey = (u64, View, ToneKind, [f64; 2]);
type CurveKey = (u64, View, [f64; 2]);
type HeightKey = (u64, [f64; 2]);

/// The map of two variables, ready to be drawn.
pub(super) struct MapPicture<'a> {
    /// The heat map.
    pub heat: TextureId,
    /// The contour lines.
    pub contours: &'a [Contour],
    /// Their numbers.
    pub labels: &'a [Label],
    /// The scale of the heat map.
    pub tone: Tone,
    /// The jumps of the paths.
    pub leaps: Option<Leaps<'a>>,
}

/// The paths over a map, for what flies.
pub(super) struct Over<'a> {
    /// The scale of the relief's heights.
    pub heights: Scale,
    /// A number that changes with the descents.
    pub runs: u64,
    /// Their paths.
    pub paths: &'a [&'a [[f64; 2]]],
}

impl Cache {
    /// Makes `surface` the one that is shown; everything made for another is forgotten when it is next asked for.
    pub(super) fn show(&mut self, surface: &Surface) {
        if self.shown.as_ref().is_none_or(|(known, _)| known != surface) {
            let revision = self.shown.as_ref().map_or(0, |(_, revision)| revision + 1);
            self.shown = Some((surface.clone(), revision));
            self.sampler = Some(Sampler::new(surface));
            self.fit = Fit::of(surface);
            self.evaluator = Some(Evaluator::new(Arc::new(surface.clone())));
        }
    }

    /// The slope at a place of a loss of one variable.
    pub(super) fn slope(&mut self, w: &[f64]) -> f64 {
        let mut gradient = [f64::NAN];
        match self.evaluator.as_mut() {
            Some(evaluator) if evaluator.dimension() == 1 && w.len() == 1 => _ = evaluator.gradient(w, &mut gradient),
            _ => {}
        }
        gradient[0]
    }

    /// Value, gradient and Hessian of the surface that is shown.
    pub(super) fn evaluator(&mut self) -> Option<&mut Evaluator> {
        self.evaluator.as_mut()
    }

    /// What is made of the data of the surface that is shown.
    pub(super) fn fit(&mut self) -> &mut Fit {
        &mut self.fit
    }

    fn revision(&self) -> u64 {
        self.shown.as_ref().map_or(0, |(_, revision)| *revision)
    }

    /// The loss at a place; not a number while nothing is shown.
    pub(super) fn loss(&mut self, w: &[f64]) -> f64 {
        self.sampler.as_mut().map_or(f64::NAN, |sampler| sampler.value(w))
    }

    /// The map of the surface that is shown, over `plane`; with the jumps of some paths.
    pub(super) fn map(
        &mut self,
        ctx: &Context,
        theme: &Theme,
        (plane, heights): (Plane, Scale),
        over: &Over<'_>,
    ) -> Option<MapPicture<'_>> {
        let revision = self.revision();
        let kind = kind_of(heights);
        let sampler = self.sampler.as_mut()?;
        let view = plane.view();
        let request = Request { revision, view, size: GRID, kind, levels: LEVELS };
        let map = self.contours.map(request, |view, size| sampler.field(view, size));

        let key = (revision, view, kind, theme.name);
        if self.heat.as_ref().is_none_or(|(known, _)| *known != key) {
            let [width, height] = map.field.size;
            let rows = map.field.values.chunks_exact(width).rev();
            let pixels = rows.flatten().map(|value| theme.heat(map.tone.unit(*value))).collect();
            let image = ColorImage::new([width, height], pixels);
            match &mut self.heat {
                Some((known, texture)) => {
                    texture.set(image, TextureOptions::LINEAR);
                    *known = key;
                }
                None => self.heat = Some((key, ctx.load_texture("heat", image, TextureOptions::LINEAR))),
            }
        }
        let scale = plane.scale();
        let key = (revision, view, kind, scale);
        if self.labels.as_ref().is_none_or(|(known, _)| *known != key) {
            let width = |text: &str| text.chars().count() as f64 * 6.1;
            self.labels = Some((key, label::labels(&map.contours, view, scale, width)));
        }
        let (_, heat) = self.heat.as_ref()?;
        let (_, labels) = self.labels.as_ref()?;
        let kept = &mut self.relief;
        let leaps = kept.leaps(&map.field, kind_of(over.heights), (revision, over.runs), over.paths);
        Some(MapPicture { heat: heat.id(), contours: &map.contours, labels, tone: map.tone, leaps })
    }

    /// The scale of the colors of the map or relief that was asked for last.
    pub(super) fn tone(&self) -> Option<Tone> {
        self.contours.last().map(|map| map.tone)
    }

    /// How often the surface was sampled, and how often its contour lines were made.
    pub(super) fn work(&self) -> (u64, u64) {
        self.contours.work()
    }

    /// The graph of the surface that is shown, of one variable, over `plane`.
    pub(super) fn curve(&mut self, plane: Plane) -> Option<&Curve> {
        let key = (self.revision(), plane.view(), plane.scale());
        if self.curve.as_ref().is_none_or(|(known, _)| *known != key) {
            let sampler = self.sampler.as_mut()?;
            let curve = Curve::sample(plane.x, plane.scale(), |xs, ys| sampler.values(&[xs], ys));
            self.curve = Some((key, curve));
        }
        self.curve.as_ref().map(|(_, curve)| curve)
    }

    /// The losses worth showing over a stretch of the one variable: the lowest, and the highest but for a few.
    pub(super) fn heights(&mut self, x: [f64; 2]) -> [f64; 2] {
        let key = (self.revision(), x);
        if let Some((known, heights)) = self.heights
            && known == key
        {
            return heights;
        }
        let xs: Vec<f64> = (0..=512).map(|k| x[0] + (x[1] - x[0]) * f64::from(k) / 512.0).collect();
        let mut ys = vec![f64::NAN; xs.len()];
        if let Some(sampler) = self.sampler.as_mut() {
            sampler.values(&[&xs], &mut ys);
        }
        ys.retain(|y| y.is_finite());
        ys.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| ys.get(((ys.len().max(1) - 1) as f64 * share) as usize).copied();
        let heights = match (at(0.0), at(0.98), at(1.0)) {
            // A pole in sight must not flatten all the rest.
            (Some(low), Some(most), Some(high)) => {
                let high = if high - low > 20.0 * (most - low) { most } else { high };
                if high > low { [low, high] } else { [low - 1.0, low + 1.0] }
            }
            _ => [-1.0, 1.0],
        };
        self.heights = Some((key, heights));
        heights
    }

    /// The small picture of a surface of the catalogue; none for a typed one.
    pub(super) fn thumbnail(&mut self, ctx: &Context, theme: &Theme, surface: &Surface) -> Option<TextureId> {
        let key = (surface.id.clone()?, theme.name);
        let texture = self
            .thumbnails
            .entry(key)
            .or_insert_with(|| ctx.load_texture("surface", thumbnail(theme, surface), TextureOptions::LINEAR));
        Some(texture.id())
    }
}

/// The spread of colors and heights for a scale that a person chose.
fn kind_of(scale: Scale) -> ToneKind {
    match scale {
        Scale::Linear => ToneKind::Linear,
        Scale::Log => ToneKind::Log,
    }
}

const SMALL: [usize; 2] = [84, 56];

fn thumbnail(theme: &Theme, surface: &Surface) -> ColorImage {
    let [width, height] = SMALL;
    let mut sampler = Sampler::new(surface);
    let domain = |k: usize| surface.domain.get(k).copied().unwrap_or([-1.0, 1.0]);
    if surface.dimension >= 2 {
        let field = sampler.field(View { x: domain(0), y: domain(1) }, SMALL);
        let kind = match surface.scale {
            HeightScale::Linear => ToneKind::Linear,
            HeightScale::Log => ToneKind::Log,
        };
        let tone = Tone::of(&field, kind);
        // A few steps of color instead of a smooth run: at this size they are the contour lines.
        let step = |value: f64| (tone.unit(value) * 9.0).floor() / 8.5;
        let pixels = field.values.chunks_exact(width).rev().flatten().map(|v| theme.heat(step(*v))).collect();
        return ColorImage::new(SMALL, pixels);
    }
    let [from, to] = domain(0);
    let xs: Vec<f64> = (0..width).map(|k| from + (to - from) * k as f64 / (width - 1) as f64).collect();
    let mut ys = vec![f64::NAN; width];
    sampler.values(&[&xs], &mut ys);
    let finite = || ys.iter().copied().filter(|y| y.is_finite());
    let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    let level = |y: f64| 6.0 + (1.0 - (y - low) / (high - low).max(1e-300)) * (height as f64 - 12.0);
    let mut image = ColorImage::filled(SMALL, theme.canvas);
    for row in 0..height {
        for column in 0..width {
            let (here, next) = (level(ys[column]), level(ys[(column + 1).min(width - 1)]));
            let (top, bottom) = (here.min(next) - 1.2, here.max(next) + 1.2);
            let y = row as f64;
            let cover = (y - top + 0.5).min(bottom - y + 0.5).clamp(0.0, 1.0) as f32;
            let ground = if y > here { theme.canvas.lerp_to_gamma(theme.accent, 0.16) } else { theme.canvas };
            let cover = if cover.is_nan() { 0.0 } else { cover };
            image.pixels[row * width + column] = ground.lerp_to_gamma(theme.curve, cover);
        }
    }
    image
}
