//! Marks on the page: their shapes, and the words beside them.

use super::{Compass, InkName, Kind, Mark, Sight};
use crate::chart::ball;
use crate::explain;
use crate::figure::pen::{Pen, Role};
use crate::figure::view::Stage;
use crate::i18n::fill_template;
use crate::scene::{Anchor, Path, Rgba, Stroke};

/// Draws the marks of a figure that lie behind the balls, or those before them.
pub(in crate::figure) fn draw(pen: &mut Pen<'_>, sight: &Sight<'_>, stage: &Stage<'_>, behind: bool) {
    for mark in stage.request.marks.iter().filter(|mark| mark.kind.is_behind() == behind) {
        one(pen, sight, stage, mark);
    }
}

fn ink(pen: &Pen<'_>, name: InkName) -> Rgba {
    let theme = pen.theme;
    let racer = |k: usize| theme.racers.get(k).copied().unwrap_or(theme.mark);
    match name {
        InkName::Mark => theme.mark,
        InkName::Muted => theme.muted,
        InkName::Tangent => theme.tangent,
        InkName::Gradient => theme.gradient,
        InkName::Step => theme.step,
        InkName::First => racer(0),
        InkName::Second => racer(1),
    }
}

fn one(pen: &mut Pen<'_>, sight: &Sight<'_>, stage: &Stage<'_>, mark: &Mark) {
    let Some(at) = sight.page(mark.at, pen.unit) else { return };
    let to = mark.to.and_then(|to| sight.page(to, pen.unit));
    let color = ink(pen, mark.ink);
    let mut beside = at;
    match mark.kind {
        Kind::Words => {}
        Kind::Point => {
            let dot = Path::circle(at, pen.u(3.4));
            let seam = Stroke::new(pen.theme.halo, pen.u(2.4));
            pen.path(dot.clone(), seam);
            pen.area(dot, color);
        }
        Kind::Ring => {
            let stroke = Stroke::new(color, pen.line_width(1.2));
            pen.path(Path::circle(at, pen.u(5.5)), stroke);
        }
        Kind::Line => {
            let Some(to) = to else { return };
            let stroke = pen.dashed(color, 0.8, &[4.0, 3.0]);
            pen.line(&[at, to], stroke);
            beside = middle(at, to);
        }
        Kind::Drop => {
            let stroke = pen.dashed(color, 0.8, &[4.0, 3.0]);
            pen.line(&[at, [at[0], sight.floor]], stroke);
            beside = [at[0], sight.floor];
        }
        Kind::Arrow => {
            let Some(to) = to else { return };
            pen.arrow(at, to, color, 1.1, 6.0, false);
        }
        Kind::Measure => {
            let Some(to) = to else { return };
            measure(pen, at, to, color);
            beside = middle(at, to);
        }
        Kind::Tangent => {
            let Some((data, curve)) = sight.data(mark.at).zip(sight.curve) else { return };
            let [_, slope] = curve.at(data[0]);
            let ends = ball::tangent(data, slope, sight.scale, pen.u(mark.reach));
            let ends = ends.map(|end| (sight.place)(end).unwrap_or(at));
            let stroke = Stroke::new(color, pen.line_width(1.5)).rounded();
            pen.line(&ends, stroke);
            beside = ends[1];
        }
    }
    words(pen, sight, stage, mark, beside, color);
}

fn middle(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1])]
}

/// A line between two bars.
fn measure(pen: &mut Pen<'_>, from: [f64; 2], to: [f64; 2], color: Rgba) {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = (dx * dx + dy * dy).sqrt().max(1e-9);
    let bar = [-dy / length * pen.u(3.2), dx / length * pen.u(3.2)];
    let mut path = Path::line(from, to);
    for end in [from, to] {
        path.move_to([end[0] - bar[0], end[1] - bar[1]]).line_to([end[0] + bar[0], end[1] + bar[1]]);
    }
    let stroke = Stroke::new(color, pen.line_width(1.0));
    pen.path(path, stroke);
}

/// The words of a mark, line by line, on its side.
fn words(pen: &mut Pen<'_>, sight: &Sight<'_>, stage: &Stage<'_>, mark: &Mark, at: [f64; 2], color: Rgba) {
    let template = mark.label.get(stage.request.lang);
    if template.is_empty() {
        return;
    }
    let data = sight.data(mark.at).unwrap_or([f64::NAN; 2]);
    let [value, slope] = sight.curve.map_or([f64::NAN; 2], |curve| curve.at(data[0]));
    let (x, value, slope) = (explain::number(data[0]), explain::number(value), explain::brief(slope));
    let text = fill_template(template, &[("x", &x), ("value", &value), ("slope", &slope)]);
    let lines: Vec<&str> = text.lines().collect();
    let line = 1.3 * pen.size(Role::Note);
    let [wx, wy] = mark.side.way();
    let gap = pen.u(mark.gap);
    let anchor = match mark.side {
        Compass::N | Compass::S => Anchor::Middle,
        Compass::Ne | Compass::E | Compass::Se => Anchor::Start,
        Compass::Sw | Compass::W | Compass::Nw => Anchor::End,
    };
    // The block of lines stands off by the gap on its side; beside a mark it is centered.
    let tall = line * (lines.len() as f64 - 1.0);
    let cap = 0.36 * pen.size(Role::Note);
    let first = match wy {
        wy if wy < 0.0 => at[1] + wy * gap - tall - cap,
        wy if wy > 0.0 => at[1] + wy * gap + cap,
        _ => at[1] - 0.5 * tall,
    };
    let ink = if mark.ink == InkName::Mark { pen.theme.text } else { color };
    let halo = pen.theme.halo;
    for (k, words) in lines.iter().enumerate() {
        pen.haloed([at[0] + wx * gap, first + line * k as f64], words, Role::Note, ink, anchor, halo);
    }
}
