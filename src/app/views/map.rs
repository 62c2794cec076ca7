//! The view of two variables, from above: the heat map, thin labelled contour lines, the paths and the balls.

use egui::{Align2, Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, TextureId, pos2, vec2};

use super::arrows::StepMarks;
use super::plane::Plane;
use super::spot::{Pane, Spot};
use super::track::Track;
use super::{axes, marks};
use crate::app::cache::{GRID, Leaps};
use crate::app::paint::{Ball, face, haloed_path, haloed_text, marker, path, soft_shadow, tilted_text};
use crate::app::theme::{Dash, Theme, sizes};
use crate::chart::path::decimate;
use crate::chart::relief::RISE;
use crate::chart::{Contour, Label};
use crate::session::Layer;

/// What the view of a map shows.
pub(in crate::app) struct MapScene<'a> {
    /// Where.
    pub plane: Plane,
    /// Which layers are drawn.
    pub shows: &'a dyn Fn(Layer) -> bool,
    /// The heat map and the data that it covers.
    pub heat: Option<(TextureId, Plane)>,
    /// The contour lines, and their numbers.
    pub contours: &'a [Contour],
    /// The numbers of the contour lines.
    pub labels: &'a [Label],
    /// Whether the ground under a level is light, so that its line is dark.
    pub on_light: &'a dyn Fn(f64) -> bool,
    /// The racers.
    pub tracks: &'a [Track],
    /// Which of the racers' steps are jumps.
    pub leaps: Option<&'a Leaps<'a>>,
    /// Known minima.
    pub minima: &'a [[f64; 2]],
    /// The selected racer's start.
    pub start: Option<[f64; 2]>,
    /// The names of the axes.
    pub names: [&'a str; 2],
    /// The arrows of the selected racer's step.
    pub step: Option<&'a StepMarks>,
    /// The place under the pointer, here or on the relief.
    pub spot: Option<&'a Spot>,
}

const RADIUS: f32 = 8.0;
/// The dash of what a ball flies over.
const AIR: Dash = &[3.0, 3.0];

impl MapScene<'_> {
    /// Draws it.
    pub(in crate::app) fn paint(&self, painter: &Painter, theme: &Theme) {
        let plane = self.plane;
        painter.rect_filled(plane.rect, 0.0, theme.canvas);
        let inside = painter.with_clip_rect(plane.rect.intersect(painter.clip_rect()));
        if let Some((texture, covered)) = self.heat
            && (self.shows)(Layer::HeatMap)
        {
            let place = Rect::from_two_pos(
                plane.to_screen(covered.x[0], covered.y[0]),
                plane.to_screen(covered.x[1], covered.y[1]),
            );
            // The outermost values lie on the rim, the centers of the outermost texels half a texel inside of theirs.
            let [columns, rows] = GRID.map(|n| 2.0 * (n - 1) as f32);
            let place = place.expand2(vec2(place.width() / columns, place.height() / rows));
            let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            let mut mesh = Mesh::with_texture(texture);
            mesh.add_rect_with_uv(place, uv, theme.picture_tint());
            inside.add(mesh);
        }
        self.paint_over(painter, theme);
    }

    /// Draws all but the ground.
    pub(in crate::app) fn paint_over(&self, painter: &Painter, theme: &Theme) {
        let plane = self.plane;
        let inside = painter.with_clip_rect(plane.rect.intersect(painter.clip_rect()));
        if (self.shows)(Layer::Grid) {
            axes::grid(&inside, theme, plane);
        }
        self.contours(&inside, theme);
        for &[x, y] in self.minima {
            marks::minimum(&inside, theme, plane.to_screen(x, y));
        }
        if let Some(ground) = self.step.and_then(|step| step.ground.as_ref()) {
            let levels: Vec<f64> = self.contours.iter().map(|contour| contour.level).collect();
            ground.paint(&inside, theme, (plane, true), &ground.on_map(plane, &levels));
        }
        let order = || {
            let all = self.tracks.iter().enumerate();
            all.clone().filter(|(_, t)| !t.selected).chain(all.filter(|(_, t)| t.selected))
        };
        for (k, track) in order() {
            let leaps = self.leaps.and_then(|leaps| leaps.steps.get(k)).map_or(&[][..], Vec::as_slice);
            self.track(&inside, theme, track, leaps);
        }
        if let Some([x, y]) = self.start {
            marks::start(&inside, theme, plane.to_screen(x, y));
        }
        for (_, track) in order() {
            self.ball(&inside, theme, track);
        }
        if let Some(step) = self.step {
            StepMarks::paint(&inside, theme, &step.shafts_on_map(plane), plane.rect);
        }
        if let Some(spot) = self.spot.filter(|spot| spot.pane == Pane::Relief) {
            self.spot(&inside, theme, spot);
        }
        axes::frame(painter, theme, plane, self.names);
    }

    /// The cross-hair of a place that is pointed at on the relief.
    fn spot(&self, painter: &Painter, theme: &Theme, spot: &Spot) {
        let at = self.plane.to_screen(spot.place[0], spot.place[1]);
        let stroke = Stroke::new(1.0, theme.text.gamma_multiply(0.6));
        painter.hline(self.plane.rect.x_range(), at.y, stroke);
        painter.vline(at.x, self.plane.rect.y_range(), stroke);
        marks::spot(painter, theme, at);
        let left = at.x > self.plane.rect.center().x;
        let (anchor, gap) = if left { (Align2::RIGHT_BOTTOM, -10.0) } else { (Align2::LEFT_BOTTOM, 10.0) };
        let font = face(sizes().caption, true);
        haloed_text(painter, at + vec2(gap, -8.0), anchor, &spot.words, font, theme.text, theme.halo);
    }

    fn contours(&self, painter: &Painter, theme: &Theme) {
        for contour in self.contours {
            let ink = if (self.on_light)(contour.level) { theme.contour_dark } else { theme.contour_light };
            for line in &contour.lines {
                let points: Vec<Pos2> = line.points.iter().map(|&[x, y]| self.plane.to_screen(x, y)).collect();
                let stroke = Stroke::new(sizes().weight, ink);
                painter.add(if line.closed { Shape::closed_line(points, stroke) } else { Shape::line(points, stroke) });
            }
        }
        let font = face(sizes().caption - 1.0, true);
        for label in self.labels {
            let level = self.contours.get(label.contour).map_or(f64::NAN, |contour| contour.level);
            let light = (self.on_light)(level);
            let (ink, halo) =
                if light { (theme.label_dark, theme.label_light) } else { (theme.label_light, theme.label_dark) };
            let at = self.plane.to_screen(label.at[0], label.at[1]);
            tilted_text(painter, at, -label.angle as f32, &label.text, font.clone(), ink, halo.gamma_multiply(0.55));
        }
    }

    fn track(&self, painter: &Painter, theme: &Theme, track: &Track, leaps: &[bool]) {
        let step = track.step();
        let place = |[x, y]: [f64; 2]| self.plane.to_screen(x, y);
        let (Some(past), Some(future)) = (track.points.get(..=step), track.points.get(step..)) else { return };
        let known = |p: &&[f64; 2]| p[0].is_finite() && p[1].is_finite();
        let iterates: Vec<Pos2> = past.iter().filter(known).copied().map(place).collect();
        let iterates = marks::spaced(&iterates, 10.0);
        let mut past = past.to_vec();
        past.extend(track.place().filter(|_| track.fraction() > 0.0));
        let color = track.look.color;
        let weight = if track.selected { 2.0 } else { 1.6 };
        if (self.shows)(Layer::Prediction) {
            for (line, air) in self.lines(future, leaps.get(step..).unwrap_or_default()) {
                if air {
                    path(painter, &line, AIR, Stroke::new(1.0, color.gamma_multiply(0.5)));
                    continue;
                }
                path(painter, &line, &[], Stroke::new(2.2, theme.halo.gamma_multiply(0.35)));
                path(painter, &line, track.look.dash, Stroke::new(1.1, color.gamma_multiply(0.65)));
            }
        }
        if !(self.shows)(Layer::Path) {
            return;
        }
        for (line, air) in self.lines(&past, leaps) {
            let (dash, width, cover) = if air { (AIR, 1.1, 0.4) } else { (track.look.dash, weight, 0.7) };
            haloed_path(painter, &line, dash, Stroke::new(width, color), theme.halo.gamma_multiply(cover));
        }
        for at in iterates.into_iter().filter(|_| track.selected || (self.shows)(Layer::Iterates)) {
            marker(painter, at, track.look.marker, if track.selected { 2.8 } else { 2.3 }, color, theme.halo);
        }
    }

    /// A path as lines on the screen, each along the ground or through the air: what cannot be seen of it is left out.
    fn lines(&self, path: &[[f64; 2]], leaps: &[bool]) -> Vec<(Vec<Pos2>, bool)> {
        let (view, scale) = (self.plane.view().grown(0.05), self.plane.scale());
        let leap = |step: usize| leaps.get(step).copied().unwrap_or(false);
        let mut lines = Vec::new();
        let (mut from, steps) = (0, path.len().saturating_sub(1));
        while from < steps {
            let air = leap(from);
            let to = (from + 1..steps).find(|&step| leap(step) != air).unwrap_or(steps);
            let part = &path[from..=to];
            let place = |k: usize| self.plane.to_screen(part[k][0], part[k][1]);
            let pieces = decimate(part, view, scale, 0.3);
            lines.extend(pieces.into_iter().map(|piece| (piece.into_iter().map(place).collect(), air)));
            from = to;
        }
        lines
    }

    /// How high a ball flies above the ground, as a share of the box of a relief; 0 for one that rolls.
    fn above(&self, track: &Track) -> f32 {
        let (Some(Leaps { relief, .. }), Some((from, to))) = (self.leaps, track.ends()) else { return 0.0 };
        match relief.on_the_way(from, to, track.fraction()) {
            Some(([x, y, z], true)) => {
                relief.height([x, y]).map_or(1.0, |ground| ((z - ground) / RISE).clamp(0.0, 1.0) as f32)
            }
            _ => 0.0,
        }
    }

    fn ball(&self, painter: &Painter, theme: &Theme, track: &Track) {
        let Some([x, y]) = track.place() else { return };
        if let Some((at, toward)) = self.plane.exit(x, y, 14.0) {
            marks::edge(painter, theme, track, at, toward, [x, y], true);
            return;
        }
        let center = self.plane.to_screen(x, y);
        // Higher above the ground the ball is nearer to the eye, and its shadow is farther off, wider and fainter.
        let above = self.above(track);
        let radius = sizes().weight * (1.0 + 0.5 * above) * if track.selected { RADIUS } else { RADIUS * 0.85 };
        let shadow = center + vec2(2.5, 3.5) * (1.0 + 5.0 * above);
        let half = vec2(radius * 1.45, radius * 1.3) * (1.0 + 0.3 * above);
        soft_shadow(painter, shadow, half, 0.0, theme.shadow.gamma_multiply(1.0 - 0.5 * above));
        let turn = (center.x + center.y) / radius;
        Ball { center, radius, color: track.look.color, turn, rim: theme.halo }.paint(painter);
    }
}

/// The scale of the heat map: a bar with its numbers, at the right of the plane.
pub(in crate::app) fn scale_bar(
    painter: &Painter,
    theme: &Theme,
    rect: Rect,
    colors: &dyn Fn(f32) -> Color32,
    ticks: &[(f32, String)],
) {
    let mut mesh = Mesh::default();
    const PARTS: u32 = 48;
    for part in 0..=PARTS {
        let t = part as f32 / PARTS as f32;
        let y = rect.bottom() - t * rect.height();
        mesh.colored_vertex(pos2(rect.left(), y), colors(t));
        mesh.colored_vertex(pos2(rect.right(), y), colors(t));
        if part > 0 {
            let n = part * 2;
            mesh.add_triangle(n - 2, n - 1, n);
            mesh.add_triangle(n - 1, n, n + 1);
        }
    }
    painter.add(mesh);
    painter.rect_stroke(rect, 0.0, Stroke::new(1.0, theme.line_strong), egui::StrokeKind::Outside);
    let font = face(sizes().caption - 1.0, true);
    let mut last = f32::INFINITY;
    for (t, label) in ticks {
        let y = rect.bottom() - t * rect.height();
        painter.hline(rect.right()..=rect.right() + 3.0, y.round() + 0.5, Stroke::new(1.0, theme.axis));
        if last - y > 13.0 {
            crate::app::paint::text(
                painter,
                pos2(rect.right() + 6.0, y.clamp(rect.top() + 5.0, rect.bottom() - 5.0)),
                Align2::LEFT_CENTER,
                label,
                font.clone(),
                theme.muted,
            );
            last = y;
        }
    }
}
