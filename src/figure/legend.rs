//! The legend: a sample and a name for each thing, in rows above the data, where nothing can lie under it.

use super::frame::Frame;
use super::pen::{Pen, Role};
use super::theme::Look;
use super::wrap::elided;
use crate::scene::{Anchor, Path, Pixels, Stroke};

/// What a sample looks like.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sample {
    /// The path of a racer with its mark.
    Racer(Look),
    /// A path that was left.
    Ghost(Look),
    /// A known minimum.
    Minimum,
    /// The start.
    Start,
    /// A small picture.
    Swatch(Pixels),
}

/// A line of the legend.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub sample: Sample,
    pub text: String,
}

/// Units: the width of a sample with a line, of one with a mark alone; between sample and name, between entries, of a row.
const WIDE: f64 = 24.0;
const NARROW: f64 = 11.0;
const GAP: f64 = 5.0;
const APART: f64 = 16.0;
const ROW: f64 = 14.0;

impl Entry {
    fn wide(&self) -> f64 {
        match self.sample {
            Sample::Racer(_) | Sample::Ghost(_) => WIDE,
            Sample::Swatch(_) => 16.0,
            Sample::Minimum | Sample::Start => NARROW,
        }
    }
}

/// The rows of a legend: for each the entries, where they begin (in points from the left), and their names as they fit.
pub(super) fn rows<'a>(pen: &Pen<'_>, entries: &'a [Entry], room: f64) -> Vec<Vec<(&'a Entry, f64, String)>> {
    let mut rows: Vec<Vec<(&Entry, f64, String)>> = Vec::new();
    let mut free = 0.0;
    for entry in entries {
        let sample = pen.u(entry.wide() + GAP);
        let name = elided(&entry.text, room - sample, &|text: &str| pen.width(text, Role::Name));
        let wide = sample + pen.width(&name, Role::Name);
        match rows.last_mut() {
            Some(row) if free + wide <= room => row.push((entry, free, name)),
            _ => {
                rows.push(vec![(entry, 0.0, name)]);
                free = 0.0;
            }
        }
        free += wide + pen.u(APART);
    }
    align(pen, &mut rows, room);
    rows
}

/// Entries of several rows stand in columns, where these fit.
fn align(pen: &Pen<'_>, rows: &mut Vec<Vec<(&Entry, f64, String)>>, room: f64) {
    if rows.len() < 2 {
        return;
    }
    let before: Vec<usize> = rows.iter().map(Vec::len).collect();
    let flat: Vec<(&Entry, f64, String)> = rows.drain(..).flatten().collect();
    let wide =
        |(entry, _, name): &(&Entry, f64, String)| pen.u(entry.wide() + GAP + APART) + pen.width(name, Role::Name);
    let columns = (1..=flat.len()).rev().find(|columns| {
        let widest = |k: usize| flat.iter().skip(k).step_by(*columns).map(wide).fold(0.0, f64::max);
        (0..*columns).map(widest).sum::<f64>() - pen.u(APART) <= room
    });
    let columns = columns.unwrap_or(1);
    // Columns that need another row are worth less than the room.
    if flat.len().div_ceil(columns) > before.len() {
        let mut flat = flat.into_iter();
        rows.extend(before.into_iter().map(|count| flat.by_ref().take(count).collect()));
        return;
    }
    let widths: Vec<f64> =
        (0..columns).map(|k| flat.iter().skip(k).step_by(columns).map(wide).fold(0.0, f64::max)).collect();
    for (k, (entry, _, name)) in flat.into_iter().enumerate() {
        if k % columns == 0 {
            rows.push(Vec::new());
        }
        let at = widths.iter().take(k % columns).sum();
        if let Some(row) = rows.last_mut() {
            row.push((entry, at, name));
        }
    }
}

/// The height of so many rows.
pub(super) fn height(pen: &Pen<'_>, rows: usize) -> f64 {
    if rows == 0 { 0.0 } else { pen.u(ROW * rows as f64 + 3.0) }
}

/// Draws the rows from the upper left corner on.
pub(super) fn draw(pen: &mut Pen<'_>, corner: [f64; 2], rows: &[Vec<(&Entry, f64, String)>]) {
    for (row, entries) in rows.iter().enumerate() {
        let y = corner[1] + pen.u(ROW * (row as f64 + 0.5));
        for (entry, at, name) in entries {
            let x = corner[0] + at;
            sample(pen, [x, y], entry);
            let text = [x + pen.u(entry.wide() + GAP), y];
            let color = pen.theme.text;
            pen.centered(text, name, Role::Name, color, Anchor::Start);
        }
    }
}

fn sample(pen: &mut Pen<'_>, [x, y]: [f64; 2], entry: &Entry) {
    let wide = pen.u(entry.wide());
    let (ends, middle) = ([[x, y], [x + wide, y]], [x + 0.5 * wide, y]);
    match &entry.sample {
        Sample::Racer(look) => {
            let stroke = Stroke { round: false, ..pen.dashed(look.color, 1.5, look.dash) };
            pen.line(&ends, stroke);
            pen.marker(middle, look, 2.6);
        }
        Sample::Ghost(look) => {
            let dash = if look.dash.is_empty() { &[2.0, 3.0] } else { look.dash };
            let stroke = pen.dashed(look.color.faded(0.45), 1.2, dash);
            pen.line(&ends, stroke);
        }
        Sample::Minimum => minimum(pen, middle),
        Sample::Start => start(pen, middle),
        Sample::Swatch(pixels) => {
            let high = pen.u(4.5);
            let frame = Frame { left: x, top: y - high, right: x + wide, bottom: y + high };
            pen.picture(frame, pixels.clone(), false);
            let stroke = Stroke::new(pen.theme.axis, pen.line_width(0.5));
            pen.path(Path::rect(frame.rect()), stroke);
        }
    }
}

/// A known minimum: a cross in a ring.
pub(super) fn minimum(pen: &mut Pen<'_>, [x, y]: [f64; 2]) {
    let (ring, arm) = (pen.u(4.2), pen.u(2.0));
    let mut path = Path::circle([x, y], ring);
    path.move_to([x - arm, y]).line_to([x + arm, y]).move_to([x, y - arm]).line_to([x, y + arm]);
    let (seam, line) =
        (Stroke::new(pen.theme.halo.faded(0.8), pen.u(2.6)), Stroke::new(pen.theme.minimum, pen.line_width(1.0)));
    pen.path(path.clone(), seam);
    pen.path(path, line);
}

/// The start: an open ring.
pub(super) fn start(pen: &mut Pen<'_>, at: [f64; 2]) {
    let path = Path::circle(at, pen.u(4.6));
    let (seam, line) =
        (Stroke::new(pen.theme.halo.faded(0.8), pen.u(3.2)), Stroke::new(pen.theme.accent, pen.line_width(1.5)));
    pen.path(path.clone(), seam);
    pen.path(path, line);
}
