//! The page: title and legend above the data, the caption below, everything on the left edge of the data.

use super::error::FigureError;
use super::frame::Frame;
use super::legend::{self, Entry};
use super::pen::{Pen, Role};
use super::request::Request;
use super::theme::Theme;
use super::wrap::wrap;
use crate::scene::Anchor;

/// What stands around the data of a figure.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    /// The title; empty for none.
    pub title: String,
    /// The legend.
    pub legend: Vec<Entry>,
    /// The caption; empty for none.
    pub caption: String,
}

/// Room beside the data for the numbers of its axes and the scale of colors, in points.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gutters {
    pub left: f64,
    pub right: f64,
    pub below: f64,
    /// Above, for what stands over the scale of colors.
    pub above: f64,
}

/// Units around everything.
const MARGIN: f64 = 10.0;
/// The most lines of a title and of a caption.
const TITLE_LINES: usize = 2;
const CAPTION_LINES: usize = 6;
/// Units below the title, below the legend, above the caption.
const TITLE_GAP: f64 = 5.0;
const LEGEND_GAP: f64 = 3.0;
const CAPTION_GAP: f64 = 7.0;
/// The least that is left for the data, in units.
const LEAST: [f64; 2] = [48.0, 36.0];

/// The height of the lines of a role, in the size of its type.
fn leading(role: Role) -> f64 {
    if role == Role::Title { 1.2 } else { 1.38 }
}

/// How many lines a text takes.
fn lines(pen: &Pen<'_>, text: &str, role: Role, most: usize, room: f64) -> usize {
    wrap(text, room, most, |text| pen.width(text, role)).len()
}

/// How much of a page stands above and below the data.
fn heights(pen: &Pen<'_>, around: &Around, room: f64) -> [f64; 2] {
    let tall = |text: &str, role: Role, most: usize| {
        lines(pen, text, role, most, room) as f64 * leading(role) * pen.size(role)
    };
    let legend = legend::height(pen, legend::rows(pen, &around.legend, room).len());
    let some = |height: f64, gap: f64| if height > 0.0 { height + pen.u(gap) } else { 0.0 };
    let title = some(tall(&around.title, Role::Title, TITLE_LINES), TITLE_GAP);
    [title + some(legend, LEGEND_GAP), some(tall(&around.caption, Role::Caption, CAPTION_LINES), CAPTION_GAP)]
}

/// Where everything stands.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// Width and height in points.
    pub size: [f64; 2],
    /// The frame of the data.
    pub frame: Frame,
    unit: f64,
    around: Around,
    gutters: Gutters,
}

/// The width of a figure whose size was not chosen, in units.
const WIDTH: f64 = 420.0;

impl Page {
    /// Lays out a page. `gutters` tells what stands beside a frame of data; `shape` is the height of the data over its width
    /// where the size is free.
    ///
    /// # Errors
    /// If the size leaves no room for the data.
    pub(super) fn lay(
        request: &Request,
        around: Around,
        shape: f64,
        gutters: impl Fn(&Pen<'_>, Frame) -> Gutters,
    ) -> Result<Self, FigureError> {
        let theme = Theme::get(request.theme);
        let pen = Pen::new(theme, request.size.unwrap_or([360.0; 2]), request.text);
        let guess = request.size.unwrap_or([pen.u(WIDTH), pen.u(WIDTH) * 0.8]);
        let margin = pen.u(MARGIN);
        let room = |gutters: Gutters| guess[0] - 2.0 * margin - gutters.left;
        let first = gutters(&pen, Frame::page(guess).shrunk(pen.u(40.0)));
        let size = request.size.unwrap_or_else(|| {
            let [above, below] = heights(&pen, &around, room(first));
            let data = (room(first) - first.right) * shape;
            [guess[0], (data + above + below + first.above + first.below + 2.0 * margin).ceil()]
        });
        let page = Frame::page(size).shrunk(margin);
        let frame = |gutters: Gutters| {
            let [above, below] = heights(&pen, &around, room(gutters));
            Frame {
                left: page.left + gutters.left,
                right: page.right - gutters.right,
                top: page.top + above + gutters.above,
                bottom: page.bottom - below - gutters.below,
            }
        };
        let too_small = |frame: &Frame| frame.width() < pen.u(LEAST[0]) || frame.height() < pen.u(LEAST[1]);
        // The numbers along the axes depend on the room for the data, and that on them.
        let guess = frame(first);
        if too_small(&guess) {
            return Err(FigureError::Small(size));
        }
        let gutters = gutters(&pen, guess);
        let frame = frame(gutters);
        if too_small(&frame) {
            return Err(FigureError::Small(size));
        }
        Ok(Self { size, frame, unit: pen.unit, around, gutters })
    }

    /// A pen for it.
    pub(super) fn pen<'a>(&self, theme: &'a Theme) -> Pen<'a> {
        Pen { items: Vec::new(), theme, unit: self.unit }
    }

    /// Draws title and legend, and a caption where there is room for one.
    pub(super) fn draw(&self, pen: &mut Pen<'_>, caption: &str) {
        let page = Frame::page(self.size).shrunk(pen.u(MARGIN));
        let frame = self.frame;
        let room = page.right - frame.left;
        let mut top = page.top;
        let color = pen.theme.text;
        for line in wrap(&self.around.title, room, TITLE_LINES, |text| pen.width(text, Role::Title)) {
            let size = pen.size(Role::Title);
            pen.text([frame.left, top + 0.92 * size], &line, Role::Title, color, Anchor::Start);
            top += leading(Role::Title) * size;
        }
        if top > page.top {
            top += pen.u(TITLE_GAP);
        }
        let rows = legend::rows(pen, &self.around.legend, room);
        legend::draw(pen, [frame.left, top], &rows);
        if self.around.caption.is_empty() {
            return;
        }
        let color = pen.theme.muted;
        let size = pen.size(Role::Caption);
        let first = frame.bottom + self.gutters.below + pen.u(CAPTION_GAP);
        // As many lines as there is room for: the caption may change while time goes on.
        let most = lines(pen, &self.around.caption, Role::Caption, CAPTION_LINES, room);
        for (k, line) in wrap(caption, room, most, |text| pen.width(text, Role::Caption)).iter().enumerate() {
            let baseline = first + leading(Role::Caption) * size * (k as f64 + 1.0) - 0.35 * size;
            pen.text([frame.left, baseline], line, Role::Caption, color, Anchor::Start);
        }
    }
}
