//! How fast the error of the selected rule shrinks on a parabola, a step, for each product of rate and curvature and each
//! value of another of its settings; the limit of stability is where it stays as large as it is.

use super::contour::names;
use super::{Picture, Stage};
use crate::chart::path::decimate;
use crate::chart::{Field, View, contour, label};
use crate::descent::map::{Axis, Varied};
use crate::descent::{Character, Contraction};
use crate::figure::axes::Axes;
use crate::figure::bar::Bar;
use crate::figure::error::FigureError;
use crate::figure::frame::{Frame, Plane};
use crate::figure::page::{Around, Gutters, Page};
use crate::figure::pen::{Pen, Role};
use crate::figure::plotted::Plotted;
use crate::figure::side::Side;
use crate::figure::theme::Theme;
use crate::figure::{smooth, words};
use crate::i18n::{fill, text};
use crate::optim::{OptimizerSpec, Scale};
use crate::scene::{Path, Pixels, Stroke};
use crate::session::MapChoice;

/// The view, laid out.
pub(super) struct Stability {
    page: Page,
    plane: Plane,
    axes: Axes,
    bar: Option<Bar>,
    field: Field,
    /// The largest stable product for each value of the other setting, in data.
    limit: Vec<[f64; 2]>,
    pixels: Option<Pixels>,
    /// The name of the other setting.
    other: String,
    caption: String,
}

/// Cells across and up.
const SIZE: [usize; 2] = [160, 110];
/// The products of rate and curvature.
const PRODUCTS: [f64; 2] = [0.0, 4.0];
/// The factors at which thin lines are drawn.
const FACTORS: [f64; 5] = [0.2, 0.4, 0.6, 0.8, 0.9];
/// Places along the limit.
const PLACES: usize = 64;

/// The place of a factor on the scale of colors: the sooner the error is gone, the stronger.
fn place(factor: f64) -> f64 {
    factor.clamp(0.0, 1.0)
}

impl Stability {
    pub(super) fn new(stage: &Stage<'_>) -> Result<Self, FigureError> {
        let (session, request, theme) = (stage.session, stage.request, stage.theme());
        let racer = session.selected().ok_or(FigureError::Nobody)?;
        let optimizer = session.optimizer(racer.id).ok_or(FigureError::Nobody)?;
        let other = MapChoice::default().axes_of(optimizer, &[], &[])[1];
        let Varied::Hyper(index @ 1..) = other.what else { return Err(FigureError::NoOther(optimizer.id.clone())) };
        let field = field(optimizer, &racer.settings, index, &other)?;
        let limit = limit(optimizer, &racer.settings, index, &other);
        let lang = request.lang;
        let name = words::short_name(session, optimizer.name.get(lang), lang);
        let symbol = optimizer.hyperparameters.get(index).map_or("", |hyper| hyper.symbol.as_str());
        let usual = [text(lang, "figure.product").to_owned(), words::varied(&other, optimizer, &[], lang)];
        let axes = Axes { names: names(stage, usual), ticks: request.parts.ticks };
        let plane = |frame: Frame| Plane { frame, x: Side::even(PRODUCTS), y: Side::even(field.view.y) };
        let caption = request.caption.clone().unwrap_or_else(|| {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &name), ("symbol", &symbol)];
            fill(lang, "figure.stability", &values)
        });
        let parts = request.parts;
        let around = Around {
            title: match (&request.title, parts.title) {
                (_, false) => String::new(),
                (Some(title), _) => title.clone(),
                (None, _) => fill(lang, "figure.stability_title", &[("name", &name)]),
            },
            legend: Vec::new(),
            caption: if parts.caption { caption.clone() } else { String::new() },
        };
        let colored = theme.heat > 0.0;
        let bar = (parts.scale && colored).then(|| Bar {
            colors: (0..=255).map(|k| theme.heat(f64::from(k) / 255.0)).collect(),
            marks: [0.0, 0.2, 0.4, 0.6, 0.8, 1.0].map(|v| (v, crate::chart::ticks::short(v, 2))).to_vec(),
            name: if parts.names { text(lang, "figure.factor").to_owned() } else { String::new() },
            lines: false,
        });
        let page = Page::lay(request, around, 0.62, |pen, frame| {
            let [left, below] = axes.room(pen, &plane(frame));
            Gutters { left, below, right: bar.as_ref().map_or(pen.u(8.0), |bar| bar.room(pen)), above: 0.0 }
        })?;
        let pixels = colored.then(|| pixels(theme, &field));
        let other = optimizer.hyperparameters.get(index).map_or_else(String::new, |hyper| hyper.name.clone());
        Ok(Self { plane: plane(page.frame), page, axes, bar, field, limit, pixels, other, caption })
    }
}

/// The factors over the plane.
fn field(optimizer: &OptimizerSpec, settings: &[f64], index: usize, other: &Axis) -> Result<Field, FigureError> {
    let view = View { x: PRODUCTS, y: other.range };
    let mut wrong = false;
    let field = Field::sample(view, SIZE, |products, values, out| {
        let mut settings = settings.to_vec();
        if let (Some(slot), Some(value)) = (settings.get_mut(index), values.first()) {
            *slot = if other.scale == Scale::Integer { value.round() } else { *value };
        }
        match Contraction::of(optimizer, &settings) {
            Some(mut contraction) => {
                for (product, factor) in products.iter().zip(out) {
                    *factor = contraction.factor(*product);
                }
            }
            None => wrong = true,
        }
    });
    if wrong { Err(FigureError::NotLinear(optimizer.id.clone())) } else { Ok(field) }
}

/// The largest stable products.
fn limit(optimizer: &OptimizerSpec, settings: &[f64], index: usize, other: &Axis) -> Vec<[f64; 2]> {
    let place = |k: usize| {
        let [low, high] = other.range;
        let value = low + (high - low) * k as f64 / PLACES as f64;
        let mut settings = settings.to_vec();
        if let Some(slot) = settings.get_mut(index) {
            *slot = value;
        }
        Character::of(optimizer, &settings).limit().map(|product| [product, value])
    };
    (0..=PLACES).filter_map(place).collect()
}

/// The map of colors; what grows is left as paper.
fn pixels(theme: &Theme, field: &Field) -> Pixels {
    let paper = [theme.paper.0[0], theme.paper.0[1], theme.paper.0[2]];
    let color = |factor: &f64| if *factor <= 1.0 { theme.heat(place(*factor)) } else { paper };
    let rows = field.values.chunks_exact(field.size[0]).rev().flatten();
    let rgba = rows.map(color).flat_map(|[r, g, b]| [r, g, b, 255]).collect();
    Pixels { width: field.size[0] as u32, height: field.size[1] as u32, rgba }
}

impl Picture for Stability {
    fn page(&self) -> &Page {
        &self.page
    }

    fn draw(&self, stage: &Stage<'_>, pen: &mut Pen<'_>, _: f64) {
        let plane = &self.plane;
        self.page.draw(pen, &self.caption);
        pen.clipped(plane.frame, |pen| {
            if let Some(pixels) = &self.pixels {
                pen.picture(plane.frame, pixels.clone(), true);
            }
            let contours = contour::contours(&self.field, &FACTORS);
            let width = |text: &str| pen.width(text, Role::Small);
            let labels = label::labels(&contours, plane.view(), plane.scale(), width);
            for (number, contour) in contours.iter().enumerate() {
                let light = self.pixels.is_none() || Theme::is_light(pen.theme.heat(place(contour.level)));
                let mut path = Path::new();
                for line in &contour.lines {
                    let pieces = decimate(&line.points, plane.view().grown(1.0), plane.scale(), 0.15);
                    for piece in pieces {
                        let points: Vec<[f64; 2]> = piece.into_iter().map(|k| plane.place(line.points[k])).collect();
                        smooth::add(&mut path, &points, false);
                    }
                }
                let ink = if light { pen.theme.contour_dark } else { pen.theme.contour_light };
                let stroke = Stroke::new(ink, pen.line_width(0.6)).rounded();
                pen.path(path, stroke);
                let ink = if light { pen.theme.label_dark } else { pen.theme.label_light };
                let halo = pen.theme.heat(place(contour.level));
                for label in labels.iter().filter(|label| label.contour == number) {
                    let at = plane.place(label.at);
                    pen.haloed(
                        at,
                        &label.text,
                        Role::Small,
                        ink,
                        crate::scene::Anchor::Middle,
                        crate::scene::Rgba::opaque(halo),
                    );
                }
            }
            let mut path = Path::new();
            let line: Vec<[f64; 2]> = self.limit.iter().map(|at| plane.place(*at)).collect();
            smooth::add(&mut path, &line, false);
            let stroke = Stroke::new(pen.theme.text, pen.line_width(1.6)).rounded();
            pen.path(path, stroke);
        });
        let words = text(stage.request.lang, "figure.unstable");
        let wide = pen.width(words, Role::Name);
        let at = [plane.frame.right - 0.5 * wide - pen.u(12.0), plane.frame.bottom - pen.u(24.0)];
        let muted = pen.theme.muted;
        pen.centered(at, words, Role::Name, muted, crate::scene::Anchor::Middle);
        self.axes.draw(pen, plane, false);
        if let Some(bar) = &self.bar {
            bar.draw(pen, plane.frame);
        }
    }

    fn plotted(&self, _: &Stage<'_>) -> Vec<Plotted> {
        let cell = |k: usize| {
            let [x, y] = self.field.position((k % SIZE[0]) as f64, (k / SIZE[0]) as f64);
            [x, y, self.field.values[k]]
        };
        let columns = ["rate_times_curvature", self.other.as_str(), "factor"];
        let limit = self.limit.iter().map(|[x, y]| [*x, *y, 1.0]).collect();
        vec![
            Plotted::new("factor", "", columns, (0..self.field.values.len()).map(cell).collect()),
            Plotted::new("limit", "", columns, limit),
        ]
    }
}
