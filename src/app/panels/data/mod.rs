//! The data of a model, left of its loss: the points with the fitted curves. Points are added by a double click, moved by
//! a drag or by the arrow keys, removed by a click with the other button or by Delete.

mod hand;
mod overlay;
mod plane;
mod settings;
mod table;

use egui::{Align, Align2, Id, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::app::cache::Cache;
use crate::app::paint::{Icon, face, strong, text};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::views::{Fitted, Plane, ScatterScene, scatter_note};
use crate::app::widgets::{ButtonKind, focus_ring, icon_button, show_number};
use crate::i18n::{self, Lang};
use crate::session::{Command, Session, SurfaceChoice};
use crate::surface::Target;
use crate::surface::model::{Model, find_model};

use hand::fitting;
pub(in crate::app) use overlay::{Overlay, overlay};
pub(in crate::app) use settings::settings;

/// The height of the title, and of its buttons.
const TITLE: f32 = 68.0;
const BUTTON: f32 = 28.0;
/// The share of the middle that the data has.
const SHARE: f32 = 0.44;
/// Places at which a fitted curve is sampled.
const SAMPLES: u32 = 161;

/// The pane's own state: nothing here decides a picture.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct DataView {
    /// The selected point.
    pub selected: Option<usize>,
    /// The point that is being dragged, and the plane that was shown when it was taken up.
    pub dragged: Option<(usize, [[f64; 2]; 2])>,
    /// The point under the pointer.
    pub hovered: Option<usize>,
    /// Whether the points stand in a table, too.
    pub table: bool,
    /// The row that was last brought into sight there.
    pub listed: Option<usize>,
    /// The row whose field is to have the focus once it is there.
    pub wanted: Option<usize>,
}

/// The rooms of the data and of the loss.
pub(in crate::app) fn split(outer: Rect) -> [Rect; 2] {
    let (data, loss) = outer.split_left_right_at_fraction(SHARE);
    [data, loss]
}

/// Draws the pane.
pub(in crate::app) fn data(
    ui: &mut Ui,
    session: &Session,
    view: &mut ViewState,
    cache: &mut Cache,
    commands: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let (outer, lang) = (ui.max_rect(), view.lang);
    let Some(model) = &session.surface().model else { return };
    let points: Vec<[f64; 2]> = model.points().collect();
    title(ui, Rect::from_min_size(outer.min, vec2(outer.width(), TITLE)), session, view, commands);
    let mut rect = Rect::from_min_max(outer.min + vec2(56.0, TITLE), outer.max - vec2(12.0, 34.0));
    let mut beside = None;
    if view.data.table && rect.height() > 160.0 {
        let [plot, table] = table::rooms(rect);
        (rect, beside) = (plot, Some(table));
    }
    if rect.width() < 40.0 || rect.height() < 40.0 {
        return;
    }
    let ranges = view.data.dragged.map_or_else(|| plane::ranges(model, &points), |(_, ranges)| ranges);
    let plane = Plane { rect, x: ranges[0], y: ranges[1] };
    let response = ui.interact(rect, Id::unique("data"), Sense::click_and_drag());
    let spoken = spoken(&points, view.data.selected, lang);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Canvas, true, i18n::text(lang, "data.pane"));
        info.current_text_value = Some(spoken.clone());
        info
    });
    hand::hand(ui, &response, plane, &points, (model.target, &mut view.data), commands);

    let rows = session.batch_rows().unwrap_or_default();
    let mut batch = vec![false; points.len()];
    rows.iter().for_each(|&row| batch[row as usize] = true);
    let fitted = fitted(session, theme, cache, plane);
    let w = session.position(session.document().selected);
    let xs: Vec<f64> = points.iter().map(|point| point[0]).collect();
    let mut predicted = w.as_deref().map_or_else(|| vec![f64::NAN; xs.len()], |w| cache.fit().predictions(w, &xs));
    let said = view.data.hovered.map(|row| hover_words(&points, row, predicted.get(row).copied(), lang));
    predicted.iter_mut().zip(&batch).filter(|(_, chosen)| !**chosen).for_each(|(value, _)| *value = f64::NAN);
    let classes = model.target == Target::Class;
    let threshold = fitted.iter().find(|fitted| fitted.selected && classes).and_then(|fitted| crossing(&fitted.points));
    let threshold_words =
        threshold.map(|x| i18n::fill(lang, "data.threshold", &[("x", &show_number(x, 3))])).unwrap_or_default();
    ScatterScene {
        plane,
        points: &points,
        batch: &batch,
        predicted: &predicted,
        fitted: &fitted,
        classes,
        threshold: threshold.map(|x| (x, threshold_words.as_str())),
        marked: [view.data.hovered, view.data.selected],
    }
    .paint(ui.painter(), theme);
    if response.has_focus() {
        focus_ring(ui, rect, 0);
    }
    if points.is_empty() {
        scatter_note(ui.painter(), theme, plane, i18n::text(lang, "data.empty"));
    }
    if let Some(words) = said.filter(|_| view.data.dragged.is_none()) {
        response.on_hover_text_at_pointer(words);
    }
    if let Some(room) = beside {
        let fresh = hand::middle(plane, model.target);
        table::table(ui, room, &points, (model.target, fresh), (&mut view.data, lang), commands);
    }
}

/// The curve of each visible racer where it is now.
fn fitted(session: &Session, theme: &Theme, cache: &mut Cache, plane: Plane) -> Vec<Fitted> {
    let [low, high] = plane.x;
    let xs: Vec<f64> = (0..SAMPLES).map(|k| low + (high - low) * f64::from(k) / f64::from(SAMPLES - 1)).collect();
    let document = session.document();
    document
        .racers
        .iter()
        .filter_map(|racer| {
            let w = session.position(racer.id)?;
            let ys = cache.fit().predictions(&w, &xs);
            let points = xs.iter().zip(ys).map(|(&x, y)| [x, y]).collect();
            Some(Fitted { look: theme.racer(racer), selected: racer.id == document.selected, points })
        })
        .collect()
}

/// Where a curve of probabilities crosses one half first.
fn crossing(points: &[[f64; 2]]) -> Option<f64> {
    points.windows(2).find_map(|pair| {
        let [[x0, y0], [x1, y1]] = *pair else { return None };
        let crosses = (y0 < 0.5) != (y1 < 0.5) && (y1 - y0).is_finite();
        crosses.then(|| x0 + (x1 - x0) * (0.5 - y0) / (y1 - y0))
    })
}

/// What is said about a point under the pointer.
fn hover_words(points: &[[f64; 2]], row: usize, predicted: Option<f64>, lang: Lang) -> String {
    let [x, y] = points.get(row).copied().unwrap_or([f64::NAN; 2]);
    let predicted = predicted.unwrap_or(f64::NAN);
    let number = |value: f64| show_number(value, 4);
    let (x, shown, p, e) = (number(x), number(y), number(predicted), number(predicted - y));
    i18n::fill(lang, "data.point", &[("row", &(row + 1)), ("x", &x), ("y", &shown), ("p", &p), ("e", &e)])
}

/// The state of the pane for those who do not see it.
fn spoken(points: &[[f64; 2]], selected: Option<usize>, lang: Lang) -> String {
    let count = i18n::fill(lang, "data.count", &[("count", &points.len())]);
    match selected.and_then(|row| points.get(row).map(|point| (row, point))) {
        Some((row, [x, y])) => format!("{count}; {} ({}, {})", row + 1, show_number(*x, 4), show_number(*y, 4)),
        None => count,
    }
}

/// The line above: what the data is, how it is changed, and where in the epoch one is.
fn title(ui: &mut Ui, rect: Rect, session: &Session, view: &mut ViewState, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = view.lang;
    let inner = Rect::from_min_max(rect.min + vec2(20.0, 8.0), rect.max - vec2(12.0, 4.0));
    let left = Rect::from_min_max(inner.min, inner.max - vec2(128.0, 0.0));
    let painter = ui.painter_at(left.intersect(ui.clip_rect()));
    let rows = session.surface().model.as_ref().map_or(0, |model| model.points().count());
    let name = i18n::text(lang, "data.pane");
    let named = text(&painter, left.left_top(), Align2::LEFT_TOP, name, strong(sizes().title), theme.text);
    let counted = i18n::fill(lang, "data.count", &[("count", &rows)]);
    let beside = named.right_center() + vec2(10.0, 1.0);
    text(&painter, beside, Align2::LEFT_CENTER, counted, face(sizes().caption, true), theme.muted);
    let (step, batch) = (session.step(), session.document().batch);
    let (epoch, place) = batch.place(rows.max(1), step);
    let where_now = i18n::fill(
        lang,
        "data.epoch",
        &[("epoch", &(epoch + 1)), ("batch", &(place + 1)), ("batches", &batch.per_epoch(rows.max(1)))],
    );
    let at = named.left_bottom() + vec2(0.0, 3.0);
    let said = text(&painter, at, Align2::LEFT_TOP, &where_now, face(sizes().caption, true), theme.muted);
    ui.interact(said, Id::unique("epoch"), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, &where_now));
    let hint = i18n::text(lang, "data.hint");
    let at = said.left_bottom() + vec2(0.0, 2.0);
    let wide = ui.painter_at(inner.intersect(ui.clip_rect()));
    text(&wide, at, Align2::LEFT_TOP, hint, face(sizes().caption, false), theme.faint);
    ui.interact(left, Id::unique("data title"), Sense::hover()).on_hover_text(i18n::text(lang, "data.how"));

    let SurfaceChoice::Model(choice) = &session.document().surface else { return };
    const GAP: f32 = 4.0;
    let wide = 4.0 * BUTTON + 3.0 * GAP;
    let row = Rect::from_min_size(inner.right_top() - vec2(wide, 0.0), vec2(wide, BUTTON));
    // The focus goes through the row from left to right.
    ui.scope_builder(UiBuilder::new().max_rect(row).layout(Layout::left_to_right(Align::Min)), |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let mut button = |icon: Icon, key, kind| icon_button(ui, icon, i18n::text(lang, key), "", kind, BUTTON);
        let kind = if view.data.table { ButtonKind::On } else { ButtonKind::Quiet };
        let switch = button(Icon::Table, "data.table", kind);
        switch.ctx.accesskit_node_builder(switch.id, |node| node.set_expanded(view.data.table));
        if switch.clicked() {
            view.data.table = !view.data.table;
        }
        if button(Icon::Die, "data.new_sample", ButtonKind::Quiet).clicked() {
            let seed = choice.sample.seed.wrapping_add(1);
            commands.push(Command::DrawPoints(crate::surface::Sample { seed, ..choice.sample }));
        }
        if button(Icon::Undo, "data.reset", ButtonKind::Quiet).clicked() {
            commands.extend(find_model(&choice.entry).ok().map(|entry| Command::DrawPoints(entry.sample())));
        }
        if button(Icon::Close, "data.clear", ButtonKind::Quiet).clicked() {
            commands.push(Command::SetPoints(Vec::new()));
        }
    });
}

/// Whether targets are classes.
fn is_class(model: &Model) -> bool {
    model.target == Target::Class
}
