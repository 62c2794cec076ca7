//! The path of a descent of one variable over the map of its starts: at the height of its rate, each step an arc from
//! iterate to iterate, with the ball where it is now.

use egui::{Painter, Pos2, Stroke, pos2};

use super::Stage;
use super::pointer::on_screen;
use crate::app::paint::{Ball, haloed_path, marker};
use crate::app::theme::Theme;
use crate::app::views::Track;
use crate::descent::map::{Axis, Varied};

/// Parts of an arc, and the arcs that are drawn at most: later ones are too small to be seen.
const PARTS: u8 = 16;
const MOST: usize = 200;
/// The height of an arc for its width, and the most, in points.
const RISE: f32 = 0.3;
const HIGHEST: f32 = 46.0;
/// Shorter arcs are left out, in points.
const LEAST: f32 = 1.5;

impl Stage<'_> {
    /// Draws the path of the selected racer where its start lies across.
    pub(super) fn arcs(&self, painter: &Painter, theme: &Theme, axes: [Axis; 2]) {
        if self.session.surface().dimension != 1 || axes[0].what != Varied::Start(0) {
            return;
        }
        let (Some(track), Some(up)) = (self.model.tracks.iter().find(|track| track.selected), self.value(axes[1]))
        else {
            return;
        };
        let place = |x: f64| on_screen(self.rect, [axes[0].position(x), axes[1].position(up)]);
        let known = track.points.iter().take(MOST).map(|point| point[0]).take_while(|x| x.is_finite());
        let iterates: Vec<Pos2> = known.map(place).collect();
        let stroke = Stroke::new(1.5, track.look.color);
        for pair in iterates.windows(2).filter(|pair| pair[0].distance(pair[1]) >= LEAST) {
            haloed_path(painter, &arc(pair[0], pair[1]), &[], stroke, theme.halo.gamma_multiply(0.7));
        }
        for at in &iterates {
            marker(painter, *at, track.look.marker, 2.3, track.look.color, theme.halo);
        }
        if let Some(center) = ball(track, place) {
            let turn = center.x / 6.0;
            Ball { center, radius: 6.0, color: track.look.color, turn, rim: theme.halo }.paint(painter);
        }
    }
}

/// Where the ball is: on the arc of the step that it makes.
fn ball(track: &Track, place: impl Fn(f64) -> Pos2) -> Option<Pos2> {
    let (from, to) = track.ends()?;
    from[0].is_finite().then(|| on_arc(place(from[0]), place(to[0]), track.fraction() as f32))
}

/// A place on the arc from one iterate to the next.
fn on_arc(from: Pos2, to: Pos2, t: f32) -> Pos2 {
    let high = ((to.x - from.x).abs() * RISE).min(HIGHEST);
    pos2(from.x + (to.x - from.x) * t, from.y - high * 4.0 * t * (1.0 - t))
}

fn arc(from: Pos2, to: Pos2) -> Vec<Pos2> {
    (0..=PARTS).map(|k| on_arc(from, to, f32::from(k) / f32::from(PARTS))).collect()
}
