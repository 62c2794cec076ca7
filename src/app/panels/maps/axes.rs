//! The choice of what a sweep lays along its axes, and over which range.

use egui::{Align2, Id, Rect, Sense, Ui, vec2};

use super::{Stage, words};
use crate::app::paint::{face, text};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{Choice, Chooser, NumberField, show_number};
use crate::descent::map::{Axis, Varied};
use crate::i18n::{self, fill};
use crate::optim::Scale;
use crate::session::{Command, sweepable, varied_name};

impl Stage<'_> {
    /// The choosers of both axes with their ranges.
    pub(super) fn choose_axes(&self, ui: &mut Ui, axes: [Axis; 2], commands: &mut Vec<Command>) {
        for (side, axis) in axes.iter().enumerate() {
            self.choose_axis(ui, side, axis, commands);
            self.choose_range(ui, side, axis, commands);
            ui.add_space(8.0);
        }
    }

    fn choose_axis(&self, ui: &mut Ui, side: usize, axis: &Axis, commands: &mut Vec<Command>) {
        let lang = self.view.lang;
        let variables = &self.session.surface().variables;
        let entries = sweepable(self.optimizer, variables);
        let name = |what: Varied| words::axis_name(&Axis { what, ..*axis }, self.optimizer, variables, lang);
        let shown = name(axis.what);
        let side_name = self.side(side);
        let field = Chooser {
            name: side_name,
            shown: (&shown, side_name),
            picture: None,
            chosen: entries.iter().position(|what| *what == axis.what),
        };
        let names: Vec<String> = entries.iter().map(|what| name(*what)).collect();
        let picked = field.show(ui, |_| {
            let named = entries.iter().zip(&names);
            let choices = named.map(|(what, name)| Choice {
                group: match what {
                    Varied::Hyper(_) => i18n::text(lang, "app.maps.settings"),
                    Varied::Start(_) => i18n::text(lang, "app.maps.starts"),
                },
                name: name.as_str(),
                note: String::new(),
                picture: None,
                hint: "",
            });
            choices.collect()
        });
        if let Some(what) = picked.and_then(|index| entries.get(index)) {
            let name = varied_name(*what, self.optimizer, variables).to_owned();
            commands.push(Command::SetSweepAxis { axis: side, name });
        }
    }

    fn side(&self, side: usize) -> &'static str {
        i18n::text(self.view.lang, if side == 0 { "app.maps.across" } else { "app.maps.up" })
    }

    /// Two fields for the ends of an axis.
    fn choose_range(&self, ui: &mut Ui, side: usize, axis: &Axis, commands: &mut Vec<Command>) {
        let theme = Theme::of(ui);
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
        let wide = (row.width() - 16.0) / 2.0;
        text(ui.painter(), row.center(), Align2::CENTER_CENTER, "…", face(sizes().body, false), theme.faint);
        for (end, key) in ["app.maps.from", "app.maps.to"].into_iter().enumerate() {
            let left = row.left() + end as f32 * (wide + 16.0);
            let rect = Rect::from_min_size(egui::pos2(left, row.top() + 1.0), vec2(wide, 24.0));
            let name = fill(self.view.lang, key, &[("axis", &self.side(side))]);
            let [low, high] = axis.range;
            let least = if axis.scale == Scale::Log { f64::MIN_POSITIVE } else { f64::NEG_INFINITY };
            let range = if end == 0 { [least, high] } else { [low, f64::INFINITY] };
            let speed = (high - low) / 200.0;
            let field = NumberField { name: &name, value: axis.range[end], range, speed, digits: 3 };
            if let Some(value) = field.show(ui, rect, Id::unique(("sweep range", side, end))) {
                let mut next = axis.range;
                next[end] = value;
                // An empty range is no range: the hand is still on its way.
                if next[0] < next[1] {
                    commands.push(Command::SetSweepRange { axis: side, range: Some(next) });
                }
            }
        }
    }
}

/// The range of an axis in words.
pub(super) fn range_words(axis: &Axis) -> String {
    let [low, high] = axis.range.map(|end| show_number(end, 3));
    format!("{low} … {high}")
}
