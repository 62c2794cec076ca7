//! The selected rule's step as a calculation: what goes in, each line with its numbers, and what comes out.

use super::contour::around;
use super::{Picture, Stage};
use crate::descent::Descent;
use crate::explain::{self, WorkedLine, worked};
use crate::figure::error::FigureError;
use crate::figure::frame::Frame;
use crate::figure::page::{Around, Gutters, Page};
use crate::figure::pen::{Pen, Role};
use crate::figure::plotted::Plotted;
use crate::figure::words;
use crate::figure::wrap::wrap;
use crate::i18n::{fill, text};
use crate::scene::{Anchor, Path, Rect, Rgba, Stroke};

/// The view, laid out.
pub(super) struct Computation {
    page: Page,
}

/// Units: of a line of code, between two lines of the rule, of the column of names, around a card.
const LINE: f64 = 13.0;
const APART: f64 = 9.0;
const PAD: f64 = 10.0;

/// A row of the calculation: the role of its text, the text, its color, and how far it is moved in.
struct Row {
    text: String,
    kind: RowKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum RowKind {
    Heading,
    Given,
    Code,
    Plugged,
    Result,
    Gap,
}

/// The step that is shown: the one from the last iterate but one where a descent has ended.
fn step_of<'a>(stage: &Stage<'a>, at: f64) -> Option<(usize, &'a Descent)> {
    let id = stage.session.document().selected;
    let last = stage.session.run(id)?.last_step();
    let step = (at.max(0.0) as usize).min(last.saturating_sub(1));
    Some((step, stage.session.run_at(id, step)?))
}

/// The lines of the rule with their numbers.
fn lines_of(run: &Descent, step: usize) -> Vec<WorkedLine> {
    run.probe().map_or_else(Vec::new, |mut probe| worked(run, &mut probe, step))
}

/// The rows at a time, no wider than the room.
fn rows(stage: &Stage<'_>, pen: &Pen<'_>, at: f64, room: f64) -> Vec<Row> {
    let lang = stage.request.lang;
    let Some((step, run)) = step_of(stage, at) else { return Vec::new() };
    let row = run.row(step);
    let rate = if step < run.last_step() { run.row(step + 1).lr } else { None };
    let mut rows = Vec::new();
    let mut add = |kind: RowKind, text: &str, indent: f64| {
        let wide = |text: &str| pen.width(text, Role::Code);
        for text in wrap(text, room - pen.u(indent), 12, wide) {
            rows.push(Row { text, kind });
        }
    };
    add(RowKind::Heading, &fill(lang, "figure.given", &[("step", &step)]), 0.0);
    let given = [
        ("w", explain::tuple(row.w)),
        ("g = ∇f(w)", explain::tuple(row.gradient)),
        ("f(w)", explain::brief(row.loss)),
        ("η", explain::number(rate.unwrap_or_else(|| run.next_rate()))),
    ];
    let state = run.state(step);
    for (name, value) in given {
        add(RowKind::Given, &format!("{name} = {value}"), 12.0);
    }
    for slot in run.slots() {
        if let Some(state) = &state {
            add(RowKind::Given, &format!("{} = {}", slot.name, explain::tuple(slot.of(&state.memory))), 12.0);
        }
    }
    add(RowKind::Gap, "·", 0.0);
    add(RowKind::Heading, text(lang, "figure.rule"), 0.0);
    for line in lines_of(run, step) {
        let WorkedLine { text, plugged, result, .. } = line;
        add(RowKind::Code, &text, 12.0);
        if !plugged.is_empty() {
            add(RowKind::Plugged, &format!("= {plugged}"), 30.0);
        }
        add(RowKind::Result, &format!("= {result}"), 30.0);
    }
    rows
}

/// The height of rows in units.
fn tall(rows: &[Row]) -> f64 {
    let high = |row: &Row| match row.kind {
        RowKind::Code | RowKind::Gap => LINE + 0.4 * APART,
        RowKind::Heading => LINE + 3.0,
        _ => LINE,
    };
    rows.iter().map(high).sum::<f64>() + 2.0 * PAD
}

impl Computation {
    pub(super) fn new(stage: &Stage<'_>) -> Result<Self, FigureError> {
        let request = stage.request;
        let session = stage.session;
        let spec = session.optimizer(session.document().selected).ok_or(FigureError::Nobody)?;
        let at = request.at.unwrap_or(session.document().transport.cursor);
        let (step, run) = step_of(stage, at).ok_or(FigureError::Nobody)?;
        if lines_of(run, step).is_empty() {
            return Err(FigureError::NoLines(spec.id.clone()));
        }
        let title = match &request.title {
            Some(title) => title.clone(),
            None => fill(
                request.lang,
                "figure.computation",
                &[("name", &spec.name.get(request.lang)), ("step", &(step + 1))],
            ),
        };
        let around =
            Around { title: if request.parts.title { title } else { String::new() }, ..around(stage, Vec::new()) };
        let theme = stage.theme();
        let pen = Pen::new(theme, request.size.unwrap_or([360.0; 2]), request.text);
        let wide = request.size.map_or(pen.u(420.0), |[width, _]| width) - pen.u(20.0 + 2.0 * PAD);
        let high = tall(&rows(stage, &pen, at, wide));
        let page = Page::lay(request, around, pen.u(high) / (wide + pen.u(2.0 * PAD)), |_, _| Gutters::default())?;
        Ok(Self { page })
    }
}

impl Picture for Computation {
    fn page(&self) -> &Page {
        &self.page
    }

    fn draw(&self, stage: &Stage<'_>, pen: &mut Pen<'_>, at: f64) {
        self.page.draw(pen, &words::caption(stage.session, stage.request, at.max(0.0) as usize));
        let frame: Frame = self.page.frame;
        let rows = rows(stage, pen, at, frame.width() - pen.u(2.0 * PAD));
        let card = Path::rounded(Rect::new(frame.left, frame.top, frame.width(), frame.height()), pen.u(4.0));
        let ground = pen.theme.grid.faded(0.6);
        pen.area(card.clone(), ground);
        let rim = Stroke::new(pen.theme.grid, pen.line_width(0.8));
        pen.path(card, rim);
        let (ink, muted, accent) = (pen.theme.text, pen.theme.muted, pen.theme.tangent);
        // Where the size was chosen smaller than the calculation is, its lines move together.
        let squeeze = (frame.height() / pen.u(tall(&rows))).min(1.0);
        let mut top = frame.top + pen.u(PAD) * squeeze;
        pen.clipped(frame, |pen| {
            for row in &rows {
                let (role, color, indent, before, high): (Role, Rgba, f64, f64, f64) = match row.kind {
                    RowKind::Heading => (Role::Name, muted, 0.0, 0.0, LINE + 3.0),
                    RowKind::Given => (Role::Code, ink, 12.0, 0.0, LINE),
                    RowKind::Code => (Role::Code, accent, 12.0, 0.4 * APART, LINE),
                    RowKind::Plugged => (Role::Code, muted, 30.0, 0.0, LINE),
                    RowKind::Result => (Role::Code, ink, 30.0, 0.0, LINE),
                    RowKind::Gap => (Role::Code, Rgba::default(), 0.0, 0.0, LINE + 0.4 * APART),
                };
                let at = [frame.left + pen.u(PAD + indent), top + pen.u(before + 0.5 * LINE) * squeeze];
                if row.kind != RowKind::Gap {
                    pen.centered(at, &row.text, role, color, Anchor::Start);
                }
                top += pen.u(before + high) * squeeze;
            }
        });
    }

    fn plotted(&self, stage: &Stage<'_>) -> Vec<Plotted> {
        let at = stage.request.at.unwrap_or(stage.session.document().transport.cursor);
        let Some((step, run)) = step_of(stage, at) else { return Vec::new() };
        let line = |line: WorkedLine| {
            let rows = line.value.iter().enumerate().map(|(k, value)| [step as f64, k as f64, *value]).collect();
            Plotted::new("line", &line.text, ["step", "component", "value"], rows)
        };
        lines_of(run, step).into_iter().map(line).collect()
    }
}
