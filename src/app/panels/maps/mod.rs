//! The maps in the middle of the window: basins of attraction over the starts, a sweep over two settings. Made in the
//! background, shown as they grow; a click runs what it points at.

mod arcs;
mod axes;
mod basins;
mod legend;
mod picture;
mod pointer;
mod rates;
mod sweep;
mod words;
mod work;

use std::sync::Arc;

use egui::{Context, Rect, Ui, pos2, vec2};

use crate::app::cache::Cache;
use crate::app::jobs::Jobs;
use crate::app::keys::Action;
use crate::app::model::Model;
use crate::app::state::ViewState;
use crate::descent::map::{Axis, Varied};
use crate::optim::OptimizerSpec;
use crate::session::{Command, Session, View};
use picture::Picture;
pub(in crate::app) use rates::{Rates, rates};
use work::{Drawn, Request, make};

/// Points kept free for the numbers left of a map and below.
const LEFT: f32 = 56.0;
const BELOW: f32 = 34.0;
/// Points for the legend.
const LEGEND: f32 = 192.0;

/// What the maps keep from frame to frame.
pub(in crate::app) struct Maps {
    jobs: Jobs<Request, Drawn>,
    picture: Picture,
    /// Where the cross-hair of the keyboard is, 0 to 1 across and up.
    cross: [f64; 2],
}

impl Maps {
    /// Nothing yet; `at_once` for a window without a display.
    pub(in crate::app) fn new(at_once: bool) -> Self {
        Self { jobs: Jobs::new(at_once), picture: Picture::default(), cross: [0.5, 0.5] }
    }

    /// Forgets the maps when none is looked at: nothing is computed behind the user's back.
    pub(in crate::app) fn rest(&mut self) {
        self.jobs.forget();
    }

    fn ask(&mut self, ctx: &Context, request: Request) -> Option<Arc<Drawn>> {
        self.jobs.ask(ctx, request.clone(), move |reporter| make(request, reporter));
        self.jobs.snapshot()
    }
}

/// What both maps need.
struct Stage<'a> {
    session: &'a Session,
    model: &'a Model,
    view: &'a ViewState,
    optimizer: &'a OptimizerSpec,
    /// The cells of the map on the screen.
    rect: Rect,
}

/// Draws the map that the document asks for; the place under the pointer in data coordinates, if it has any.
pub(in crate::app) fn maps(
    ui: &mut Ui,
    body: Rect,
    (session, model, view): (&Session, &Model, &ViewState),
    (cache, maps): (&mut Cache, &mut Maps),
    actions: &mut Vec<Action>,
    commands: &mut Vec<Command>,
) -> Option<[f64; 2]> {
    let racer = session.selected()?;
    let optimizer = session.optimizer(racer.id)?;
    let rect = Rect::from_min_max(body.min + vec2(LEFT, 0.0), body.max - vec2(LEGEND + 28.0, BELOW));
    let beside =
        Rect::from_min_max(pos2(rect.right() + 16.0, body.top()), pos2(body.right() - 12.0, body.bottom() - 8.0));
    let stage = Stage { session, model, view, optimizer, rect };
    let axes = stage.axes();
    let drawn = stage.request(axes).and_then(|request| maps.ask(ui.ctx(), request));
    let hover = match session.document().picture.view {
        View::Basins if session.surface().dimension >= 2 => stage.basins(ui, cache, maps, drawn.as_deref(), commands),
        _ => stage.sweep(ui, (cache, maps), axes, drawn.as_deref(), commands),
    };
    stage.legend(ui, beside, maps, (axes, drawn.as_deref()), actions, commands);
    hover
}

impl Stage<'_> {
    /// What the map varies across and up.
    fn axes(&self) -> [Axis; 2] {
        let session = self.session;
        let surface = session.surface();
        let ranges = session.range();
        let chosen = session.document().picture.maps.axes_of(self.optimizer, &surface.variables, ranges);
        if session.document().picture.view == View::Sweep {
            return chosen;
        }
        let start =
            |k: usize, range: [f64; 2]| Axis { what: Varied::Start(k), range, scale: crate::optim::Scale::Linear };
        if surface.dimension >= 2 {
            let plane = self.plane();
            return [start(0, plane.x), start(1, plane.y)];
        }
        // One variable: the starts across, the rates up.
        let rate = chosen.into_iter().find(|axis| axis.what == Varied::Hyper(0)).unwrap_or(chosen[0]);
        [start(0, ranges.first().copied().unwrap_or([-1.0, 1.0])), rate]
    }

    fn request(&self, axes: [Axis; 2]) -> Option<Request> {
        let session = self.session;
        let run = session.run(session.document().selected)?;
        let surface = session.surface();
        let known = surface.minima.iter().map(|minimum| minimum.at.clone()).collect();
        let width = surface.domain.iter().map(|[low, high]| high - low).fold(0.0, f64::max);
        Some(Request::new(run.spec().clone(), axes, session.document().picture.maps.size, known, width))
    }

    /// Where the selected racer starts.
    fn start(&self) -> &[f64] {
        let run = self.session.run(self.session.document().selected);
        run.map_or(&self.session.document().start, |run| &run.spec().start)
    }

    /// Starts the selected racer elsewhere, and with it all that have no start of their own.
    fn move_start(&self, start: Vec<f64>) -> Command {
        match self.session.selected() {
            Some(racer) if racer.start.is_some() => Command::MoveRacerStart { racer: racer.id, start: Some(start) },
            _ => Command::MoveStart(start),
        }
    }
}
