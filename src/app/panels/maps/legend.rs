//! Beside a map: what its colors and patterns mean, how far it is, how fine it is to be.

use egui::{
    Align2, CornerRadius, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::picture::{inks, swatch};
use super::sweep::star;
use super::work::Drawn;
use super::{Maps, Stage, axes, words};
use crate::app::keys::Action;
use crate::app::paint::{elided_text, face, text};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{ButtonKind, caption, follow_focus, heading, show_number, text_button, word_switch};
use crate::chart::mosaic::strength;
use crate::descent::map::{Axis, Cell, Fate};
use crate::i18n::{self, Lang, fill};
use crate::session::{Command, MapChoice, View};

/// Points of a row.
const ROW: f32 = 22.0;
/// Minima that are listed.
const MOST: usize = 8;

impl Stage<'_> {
    /// Draws the legend into `rect`.
    pub(super) fn legend(
        &self,
        ui: &mut Ui,
        rect: Rect,
        maps: &mut Maps,
        (axes, drawn): ([Axis; 2], Option<&Drawn>),
        actions: &mut Vec<Action>,
        commands: &mut Vec<Command>,
    ) {
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
            ui.set_clip_rect(rect.expand(4.0).intersect(ui.clip_rect()));
            let foot = 72.0;
            let list = Rect::from_min_max(rect.min, pos2(rect.right(), rect.bottom() - foot));
            ui.scope_builder(UiBuilder::new().max_rect(list), |ui| {
                ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    self.settings(ui, axes, commands);
                    self.fates(ui, drawn);
                    ui.add_space(4.0);
                    let best = text_button(ui, i18n::text(self.view.lang, "app.rates.open"), ButtonKind::Plain);
                    if best.on_hover_text(i18n::text(self.view.lang, "app.rates.hint")).clicked() {
                        actions.push(Action::BestRates);
                    }
                    follow_focus(ui);
                });
            });
            let foot = Rect::from_min_max(pos2(rect.left(), list.bottom() + 8.0), rect.max);
            ui.scope_builder(UiBuilder::new().max_rect(foot), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                self.progress(ui, maps);
                self.sizes(ui, commands);
            });
        });
    }

    /// What is varied: to be chosen in a sweep, said otherwise.
    fn settings(&self, ui: &mut Ui, axes: [Axis; 2], commands: &mut Vec<Command>) {
        if self.session.document().picture.view == View::Sweep {
            self.choose_axes(ui, axes, commands);
        } else if self.session.surface().dimension < 2 {
            let name = words::axis_name(&axes[1], self.optimizer, &self.session.surface().variables, self.view.lang);
            caption(ui, &format!("{name}  {}", axes::range_words(&axes[1])));
            ui.add_space(8.0);
        }
    }

    /// The minima and the other fates, the scale of the steps, the rule.
    fn fates(&self, ui: &mut Ui, drawn: Option<&Drawn>) {
        let lang = self.view.lang;
        let theme = Theme::of(ui);
        let Some(drawn) = drawn else {
            let hidden = self.session.run(self.session.document().selected).is_none();
            caption(ui, i18n::text(lang, if hidden { "app.maps.hidden" } else { "app.maps.working" }));
            return;
        };
        let total = drawn.map.cells.len().max(1) as f64;
        heading(ui, i18n::text(lang, "app.maps.ends"));
        ui.add_space(2.0);
        let mut minima: Vec<(Fate, usize)> =
            drawn.counts.iter().copied().filter(|(fate, _)| matches!(fate, Fate::Arrived(_))).collect();
        if minima.len() > MOST {
            minima.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        }
        let others =
            drawn.counts.iter().copied().filter(|(fate, count)| !matches!(fate, Fate::Arrived(_)) && *count > 0);
        let listed: Vec<(Fate, usize)> = minima.iter().copied().take(MOST).chain(others).collect();
        for (fate, count) in listed {
            self.row(ui, drawn, fate, count as f64 / total);
        }
        if minima.len() > MOST {
            caption(ui, &fill(lang, "app.maps.more", &[("count", &(minima.len() - MOST))]));
        }
        ui.add_space(8.0);
        steps_scale(ui, theme, drawn, lang);
        if self.session.document().picture.view == View::Sweep {
            self.marks(ui, drawn);
        }
        ui.add_space(4.0);
        caption(ui, &words::rule(drawn, lang));
    }

    fn row(&self, ui: &mut Ui, drawn: &Drawn, fate: Fate, share: f64) {
        let theme = Theme::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let place = Rect::from_min_size(pos2(rect.left(), rect.center().y.round() - 7.0), vec2(22.0, 14.0));
        swatch(ui.painter(), theme, place, Cell { fate, steps: drawn.range[0] }, drawn.range);
        ui.painter().rect_stroke(place, 0.0, Stroke::new(1.0, theme.line_strong), StrokeKind::Outside);
        let name = words::fate(drawn, fate, self.view.lang);
        let percent =
            if share > 0.0 && share < 0.001 { "<0.1 %".to_owned() } else { format!("{:.1} %", share * 100.0) };
        let font = face(sizes().caption, matches!(fate, Fate::Arrived(_)));
        let left = place.right() + 8.0;
        elided_text(ui.painter(), pos2(left, rect.center().y), rect.right() - 46.0 - left, &name, font, theme.text);
        let number = face(sizes().caption, true);
        text(ui.painter(), rect.right_center(), Align2::RIGHT_CENTER, &percent, number, theme.muted);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name} {percent}")));
        response.on_hover_text(self.meaning(drawn, fate));
    }

    /// A fate in a sentence.
    fn meaning(&self, drawn: &Drawn, fate: Fate) -> String {
        let lang = self.view.lang;
        match fate {
            Fate::Arrived(minimum) => {
                let at = drawn.map.spec.targets.minima.get(usize::from(minimum)).map(|at| words::place(at));
                fill(lang, "app.maps.minimum_hint", &[("number", &(minimum + 1)), ("place", &at.unwrap_or_default())])
            }
            Fate::Diverged | Fate::NonFinite => i18n::text(lang, "app.maps.diverged_hint").to_owned(),
            Fate::Impossible => i18n::text(lang, "app.maps.cell_impossible").to_owned(),
            Fate::Lost | Fate::Unknown => i18n::text(lang, "app.maps.lost_hint").to_owned(),
        }
    }

    /// The marks of a sweep: the best cell, the limit of stability.
    fn marks(&self, ui: &mut Ui, drawn: &Drawn) {
        let theme = Theme::of(ui);
        let lang = self.view.lang;
        if let Some(best) = drawn.best {
            let values = drawn.map.spec.values(best).map(|value| show_number(value, 3));
            let steps = drawn.map.cells.get(best).map_or(0, |cell| cell.steps);
            let words = fill(lang, "app.maps.best", &[("values", &values.join(", ")), ("steps", &steps)]);
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
            star(ui.painter(), theme, rect.left_center() + vec2(11.0, 0.0));
            let at = rect.left_center() + vec2(30.0, 0.0);
            elided_text(ui.painter(), at, rect.width() - 30.0, &words, face(sizes().caption, false), theme.text);
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
            response.on_hover_text(i18n::text(lang, "app.maps.best_hint"));
        }
        if drawn.limit.len() > 1 {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
            let ends = [rect.left_center(), rect.left_center() + vec2(22.0, 0.0)];
            crate::app::paint::path(ui.painter(), &ends, &[6.0, 3.0], Stroke::new(1.5, theme.text));
            let words = i18n::text(lang, "app.maps.limit");
            let at = rect.left_center() + vec2(30.0, 0.0);
            elided_text(ui.painter(), at, rect.width() - 30.0, words, face(sizes().caption, false), theme.text);
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
            response.on_hover_text(i18n::text(lang, "app.maps.limit_hint"));
        }
    }

    /// The bar while a map is made, with the time that is left and a way to stop. Its room is kept.
    fn progress(&self, ui: &mut Ui, maps: &mut Maps) {
        let theme = Theme::of(ui);
        let lang = self.view.lang;
        let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
        let small = face(sizes().caption, false);
        let Some(going) = maps.jobs.going() else {
            if maps.jobs.is_cancelled() {
                let words = i18n::text(lang, "app.maps.stopped");
                text(ui.painter(), row.left_center(), Align2::LEFT_CENTER, words, small, theme.warn);
            }
            return;
        };
        let bar = Rect::from_min_size(row.left_top() + vec2(0.0, 18.0), vec2(row.width() - 66.0, 4.0));
        ui.painter().rect_filled(bar, CornerRadius::same(2), theme.raised_active);
        let done = Rect::from_min_size(bar.min, vec2(bar.width() * going.share, bar.height()));
        ui.painter().rect_filled(done, CornerRadius::same(2), theme.accent);
        let left = going.left.map(|left| show_number(left.as_secs_f64().max(0.1), 2));
        let words = match left {
            Some(seconds) => fill(lang, "app.maps.left", &[("seconds", &seconds)]),
            None => i18n::text(lang, "app.maps.working").to_owned(),
        };
        text(ui.painter(), row.left_top() + vec2(0.0, 7.0), Align2::LEFT_CENTER, &words, small, theme.muted);
        response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &words));
        let stop = Rect::from_min_max(pos2(row.right() - 60.0, row.top()), row.right_bottom());
        // A child of its own: what is below stays where it is.
        let mut child = ui.new_child(UiBuilder::new().max_rect(stop));
        if text_button(&mut child, i18n::text(lang, "app.maps.cancel"), ButtonKind::Plain).clicked() {
            maps.jobs.cancel();
        }
        ui.ctx().request_repaint_after(crate::app::jobs::EVERY);
    }

    /// How fine the map is to be.
    fn sizes(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let lang = self.view.lang;
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::hover());
        let chosen = self.session.document().picture.maps.size;
        let wide = (row.width() / MapChoice::SIZES.len() as f32 - 4.0).floor();
        for (k, size) in MapChoice::SIZES.into_iter().enumerate() {
            let left = row.left() + k as f32 * (wide + 4.0);
            let place = Rect::from_min_size(pos2(left, row.top() + 6.0), vec2(wide, 22.0));
            let name = fill(lang, "app.maps.size", &[("size", &size)]);
            let word = size.to_string();
            if word_switch(ui, place, egui::Id::unique(("map size", size)), &word, &name, size == chosen).is_some() {
                commands.push(Command::SetMapSize(size));
            }
        }
    }
}

/// From light to faint: few steps, many steps.
fn steps_scale(ui: &mut Ui, theme: &Theme, drawn: &Drawn, lang: Lang) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::hover());
    let bar = Rect::from_min_size(rect.min, vec2(rect.width(), 10.0));
    let inks = inks(theme);
    let most = drawn.counts.iter().filter(|(fate, _)| matches!(fate, Fate::Arrived(_))).max_by_key(|(_, count)| *count);
    let favorite = if let Some((Fate::Arrived(minimum), _)) = most { *minimum } else { 0 };
    let columns = bar.width() as usize;
    let [strong, faint] = drawn.range.map(|steps| strength(steps, drawn.range));
    for x in 0..columns {
        let share = x as f64 / (columns.max(2) - 1) as f64;
        let shade =
            theme.canvas.lerp_to_gamma(theme.rgb(inks.hue(favorite)), (strong + share * (faint - strong)) as f32);
        let at = bar.min + vec2(x as f32, 0.0);
        ui.painter().rect_filled(Rect::from_min_size(at, vec2(1.0, bar.height())), 0.0, shade);
    }
    ui.painter().rect_stroke(bar, 0.0, Stroke::new(1.0, theme.line_strong), StrokeKind::Outside);
    let font = face(sizes().caption - 1.0, true);
    let below = bar.bottom() + 4.0;
    text(ui.painter(), pos2(bar.left(), below), Align2::LEFT_TOP, drawn.range[0], font.clone(), theme.muted);
    let word = i18n::text(lang, "app.maps.steps");
    text(
        ui.painter(),
        pos2(bar.center().x, below),
        Align2::CENTER_TOP,
        word,
        face(sizes().caption, false),
        theme.faint,
    );
    text(ui.painter(), pos2(bar.right(), below), Align2::RIGHT_TOP, drawn.range[1], font, theme.muted);
    response.on_hover_text(i18n::text(lang, "app.maps.steps_hint"));
}
