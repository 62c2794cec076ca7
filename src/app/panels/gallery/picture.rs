//! The picture of an example: its map or curve, small, with the whole paths. Made once by the code that makes the large
//! ones, from the scenario itself.

use egui::{
    Color32, ColorImage, Context, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, TextureHandle, TextureOptions,
};
use egui::{StrokeKind, pos2, vec2};

use crate::app::model::Model;
use crate::app::paint::{Ball, haloed_path, marker, path};
use crate::app::theme::Theme;
use crate::app::views::{Plane, Track};
use crate::chart::{self, Contour, Curve, Sampler, Tone, ToneKind, contour, levels};
use crate::i18n::Lang;
use crate::session::{Command, Scale, Session};

/// The crossings of the field's grid, and the picture's shape.
const GRID: [usize; 2] = [96, 60];
/// About how many contour lines.
const LEVELS: usize = 9;
/// Between marks at the iterates, in points.
const APART: f32 = 7.0;

/// The ground of a picture.
enum Ground {
    /// Heights in colors, with contour lines and whether each lies on light ground.
    Map(TextureHandle, Vec<(Contour, bool)>),
    /// The graph.
    Curve(Curve),
}

/// The picture of an example in one theme.
pub(super) struct Picture {
    ground: Ground,
    x: [f64; 2],
    y: [f64; 2],
    tracks: Vec<Track>,
}

impl Picture {
    /// Makes the picture of a session at its end.
    pub(super) fn of(ctx: &Context, theme: &Theme, mut session: Session) -> Self {
        let end = session.last_step() as f64;
        // The end of the descents is within them.
        _ = session.apply(Command::Seek(end));
        let tracks = Model::of(&session, theme, None, Lang::default()).tracks;
        let (surface, range) = (session.surface(), session.range());
        let mut sampler = Sampler::new(surface);
        let side = |k: usize| range.get(k).copied().unwrap_or([-1.0, 1.0]);
        let unit = Rect::from_min_size(Pos2::ZERO, vec2(GRID[0] as f32, GRID[1] as f32));
        if surface.dimension < 2 {
            let x = side(0);
            let curve = Curve::sample(x, [GRID[0] as f64 / (x[1] - x[0]), 1.0], |xs, ys| sampler.values(&[xs], ys));
            let [low, high] = heights(&curve, &tracks);
            let air = high - low;
            return Self { ground: Ground::Curve(curve), x, y: [low - 0.1 * air, high + 0.1 * air], tracks };
        }
        let plane = Plane::equal(unit, side(0), side(1));
        let field = sampler.field(plane.view(), GRID);
        let kind = match session.document().picture.heights {
            Scale::Linear => ToneKind::Linear,
            Scale::Log => ToneKind::Log,
        };
        let tone = Tone::of(&field, kind);
        let pixels = field.values.chunks_exact(GRID[0]).rev().flatten().map(|v| theme.heat(tone.unit(*v))).collect();
        let texture = ctx.load_texture("example", ColorImage::new(GRID, pixels), TextureOptions::LINEAR);
        let lines = contour::contours(&field, &levels::levels(&tone, LEVELS));
        let lines = lines.into_iter().map(|line| {
            let light = theme.is_light(tone.unit(line.level));
            (line, light)
        });
        Self { ground: Ground::Map(texture, lines.collect()), x: plane.x, y: plane.y, tracks }
    }

    /// Draws it into `rect`.
    pub(super) fn paint(&self, painter: &Painter, theme: &Theme, rect: Rect) {
        let plane = Plane { rect, x: self.x, y: self.y };
        let inside = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        inside.rect_filled(rect, CornerRadius::ZERO, theme.canvas);
        let at = |[x, y]: chart::Point| plane.to_screen(x, y);
        let map = match &self.ground {
            Ground::Map(texture, contours) => {
                let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                inside.image(texture.id(), rect, uv, theme.picture_tint());
                for (contour, light) in contours {
                    let ink = if *light { theme.contour_dark } else { theme.contour_light };
                    for line in &contour.lines {
                        let points = line.points.iter().copied().map(at).collect();
                        let stroke = Stroke::new(0.75, ink);
                        let closed = line.closed;
                        inside.add(if closed {
                            Shape::closed_line(points, stroke)
                        } else {
                            Shape::line(points, stroke)
                        });
                    }
                }
                true
            }
            Ground::Curve(curve) => {
                for piece in &curve.pieces {
                    let line: Vec<Pos2> = piece.iter().copied().map(at).collect();
                    path(&inside, &line, &[], Stroke::new(1.6, theme.curve));
                }
                false
            }
        };
        for track in self.tracks.iter().rev() {
            self.track(&inside, theme, plane, track, map);
        }
        painter.rect_stroke(rect, CornerRadius::ZERO, Stroke::new(1.0, theme.line), StrokeKind::Inside);
    }

    fn track(&self, painter: &Painter, theme: &Theme, plane: Plane, track: &Track, map: bool) {
        let known = track.points.iter().filter(|point| point.iter().all(|v| v.is_finite()));
        let points: Vec<Pos2> = known.map(|&[x, y]| plane.to_screen(x, y)).collect();
        let color = track.look.color;
        let halo: Color32 = if map { theme.halo } else { theme.canvas };
        if map {
            haloed_path(painter, &points, track.look.dash, Stroke::new(1.5, color), halo.gamma_multiply(0.7));
        } else {
            path(painter, &points, track.look.dash, Stroke::new(1.0, color.gamma_multiply(0.7)));
        }
        let mut last = None;
        for &at in &points {
            if last.is_none_or(|last: Pos2| last.distance(at) >= APART) {
                marker(painter, at, track.look.marker, 1.8, color, halo);
                last = Some(at);
            }
        }
        if let Some(&at) = points.last() {
            let center = if map { at } else { at - vec2(0.0, 5.0) };
            Ball { center, radius: 5.0, color, turn: 0.6, rim: halo }.paint(painter);
        }
    }
}

/// The losses that a curve's picture shows: the graph's, but for what towers above all that a ball reaches.
fn heights(curve: &Curve, tracks: &[Track]) -> [f64; 2] {
    let mut ys: Vec<f64> = curve.pieces.iter().flatten().map(|point| point[1]).filter(|y| y.is_finite()).collect();
    ys.sort_unstable_by(f64::total_cmp);
    let (Some(&low), Some(&high)) = (ys.first(), ys.last()) else { return [-1.0, 1.0] };
    let reached = tracks.iter().filter_map(|track| track.points.first()).map(|point| point[1]).fold(low, f64::max);
    let most = ys.get(ys.len() * 9 / 10).copied().unwrap_or(high).max(reached);
    let high = if high - low > 2.0 * (most - low) { most } else { high };
    if high > low { [low, high] } else { [low - 1.0, low + 1.0] }
}
