//! A slider: its name with its symbol, a thin rail with decades, the default and marks that mean something, and its
//! number, in one row; the one that matters most has a rail as wide as the panel, in two.

mod input;
mod track;

use egui::{Align2, CursorIcon, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{NumberField, Rail, show_number};
use crate::app::paint::{elided_text, face, text};
use crate::app::theme::{Theme, sizes};
use crate::optim::Scale;

pub(in crate::app) use input::asked_value;

/// A limit drawn on the rail. Beside it stand three zones, told apart by color and by line: good up to `calm` (solid), to
/// be watched up to `at` (dashed), bad beyond (hatched).
pub(in crate::app) struct Limit {
    /// Up to where all is well.
    pub calm: f64,
    /// Where it stands, in the slider's values.
    pub at: f64,
    /// What is to be said of the zone that the value is in, on hover.
    pub zones: [String; 3],
    /// What it is, with its number.
    pub note: String,
}

impl Limit {
    /// The zone of a value: 0 good, 1 to be watched, 2 bad.
    fn zone(&self, value: f64) -> usize {
        usize::from(value > self.calm) + usize::from(value > self.at)
    }
}

/// A slider over a declared number.
pub(in crate::app) struct Slider<'a> {
    /// The name a person reads, also the accessible name.
    pub name: &'a str,
    /// Its symbol, after the name; may be empty.
    pub symbol: &'a str,
    /// What it means, on hover.
    pub hint: &'a str,
    /// Its value.
    pub value: f64,
    /// The rail.
    pub rail: Rail,
    /// The default, marked on the rail and restored by a double click.
    pub default: Option<f64>,
    /// A limit, where there is one to show.
    pub limit: Option<Limit>,
    /// Whether the rail has a row of its own.
    pub wide: bool,
}

/// The height of a slider in one row.
pub(in crate::app) const ROW: f32 = 28.0;
/// The width of the number at its right end.
const FIELD: f32 = 66.0;
/// The share of the width that the name has.
const NAME_SHARE: f32 = 0.38;
const GAP: f32 = 8.0;

/// Where the parts of a slider stand.
struct Places {
    name: Rect,
    rail: Rect,
    number: Rect,
}

impl Places {
    fn new(outer: Rect, wide: bool) -> Self {
        let tall = if wide { 22.0 } else { outer.height() };
        let upper = Rect::from_min_size(outer.min, vec2(outer.width(), tall));
        let number = Rect::from_center_size(pos2(upper.right() - FIELD / 2.0, upper.center().y), vec2(FIELD, 22.0));
        if wide {
            let name = Rect::from_min_max(outer.min, pos2(number.left() - GAP, upper.bottom()));
            return Self { name, rail: Rect::from_min_max(upper.left_bottom(), outer.max), number };
        }
        let name = Rect::from_min_size(outer.min, vec2((outer.width() * NAME_SHARE).floor(), tall));
        let rail = Rect::from_min_max(pos2(name.right() + 2.0, outer.top()), pos2(number.left() - 6.0, outer.bottom()));
        Self { name, rail, number }
    }
}

impl Slider<'_> {
    /// Draws it over the width there is; gives the new value when it was changed.
    pub(in crate::app) fn show(self, ui: &mut Ui) -> Option<f64> {
        let tall = if self.wide { 42.0 } else { ROW };
        let (outer, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall), Sense::hover());
        let id = ui.make_persistent_id(("slider", self.name));
        let places = Places::new(outer, self.wide);
        // The rail first: the focus goes through the row from left to right.
        let mut response = ui.interact(places.rail, id, Sense::click_and_drag());
        let mut changed = self.number(ui, places.number, id.with("number"));
        let track = track::place(places.rail);
        changed = input::asked(ui, &response, track, &self).or(changed);
        let changed = changed.filter(|value| *value != self.value && value.is_finite());
        if changed.is_some() {
            response.mark_changed();
        }
        let value = changed.unwrap_or(self.value);
        response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), value, self.name));
        input::announce(ui, id, &self.rail);
        self.label(ui, places.name, value);
        track::paint(ui, &response, places.rail, &self, value);

        let hover = ui.interact(places.name, id.with("name"), Sense::hover());
        let [low, high] = self.rail.range.map(|end| show_number(end, 4));
        super::describe(ui, id, format!("{}  {low} … {high}", self.hint).trim_start());
        for response in [response.on_hover_cursor(CursorIcon::PointingHand), hover] {
            response.on_hover_ui(|ui| {
                ui.strong(format!("{} {}", self.name, self.symbol).trim_end());
                if !self.hint.is_empty() {
                    ui.label(self.hint);
                }
                if let Some(limit) = &self.limit {
                    ui.label(&limit.zones[limit.zone(value)]);
                }
                ui.add_space(4.0);
                ui.monospace(format!("{low} … {high}"));
            });
        }
        changed
    }

    fn number(&self, ui: &mut Ui, rect: Rect, id: egui::Id) -> Option<f64> {
        let span = self.rail.range[1] - self.rail.range[0];
        let speed = match self.rail.scale {
            Scale::Log => self.value.abs().max(span * 1e-6) * 0.01,
            Scale::Integer => 0.1,
            _ => span / 400.0,
        };
        let range = [f64::NEG_INFINITY, f64::INFINITY];
        let field = NumberField { name: self.name, value: self.value, range, speed, digits: 4 };
        let entered = field.show(ui, rect, id)?;
        Some(if self.rail.scale == Scale::Integer { entered.round() } else { entered })
    }

    /// The name with the symbol beside it, and what the limit is where there is room for it. A long name is cut, never
    /// the symbol.
    fn label(&self, ui: &Ui, rect: Rect, value: f64) {
        let theme = Theme::of(ui);
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let mono = face(sizes().caption, true);
        let symbol = painter.layout_no_wrap(self.symbol.to_owned(), mono, theme.muted);
        let beside = if self.symbol.is_empty() { 0.0 } else { symbol.size().x + 5.0 };
        let body = face(sizes().body, false);
        let named = elided_text(&painter, rect.left_center(), rect.width() - beside, self.name, body, theme.text);
        painter.galley(pos2(named.right() + 5.0, rect.center().y - symbol.size().y / 2.0), symbol, theme.muted);
        if let Some(limit) = self.limit.as_ref().filter(|_| self.wide) {
            let ink = [theme.muted, theme.warn, theme.bad][limit.zone(value)];
            let small = face(sizes().caption, false);
            text(&painter, rect.right_center(), Align2::RIGHT_CENTER, &limit.note, small, ink);
        }
    }
}
