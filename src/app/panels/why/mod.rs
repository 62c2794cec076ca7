//! Right: why it goes as it goes, in tabs: the step with its numbers, the rule that makes it, the curvature under it, and
//! the race that it is part of.

mod arrows;
mod curvature;
mod race;
mod rule;
mod step;
mod table;
mod wrap;

use egui::{Align2, Margin, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::app::paint::{face, strong, text};
use crate::app::reading::Reading;
use crate::app::state::{ViewState, WhyTab};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{focus_ring, follow_focus};
use crate::i18n::{self, Lang};
use crate::session::{Command, Session};

/// Points of the bar of tabs, down.
const BAR: f32 = 40.0;

/// Draws the panel: the bar of tabs, and the tab that is open.
pub(in crate::app) fn why(
    ui: &mut Ui,
    session: &Session,
    view: &mut ViewState,
    reading: Option<&Reading>,
    commands: &mut Vec<Command>,
) {
    bar(ui, view);
    ScrollArea::vertical().id_salt(view.why).auto_shrink([false, false]).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            match (view.why, reading) {
                (WhyTab::Step, Some(reading)) => step::step(ui, session, view, reading, commands),
                (WhyTab::Rule, Some(reading)) => rule::update_rule(ui, session, view, reading, commands),
                (WhyTab::Curvature, Some(reading)) => curvature::ground(ui, session, view, reading, commands),
                (WhyTab::Race, _) => race::race(ui, session, view, commands),
                (_, None) => {}
            }
            follow_focus(ui);
        });
    });
}

/// The tabs in a row; a click opens one.
fn bar(ui: &mut Ui, view: &mut ViewState) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), BAR), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.line));
    let wide = (rect.width() - 16.0) / WhyTab::ALL.len() as f32;
    for (k, tab) in WhyTab::ALL.into_iter().enumerate() {
        let left = rect.left() + 8.0 + wide * k as f32;
        let place = Rect::from_min_max(pos2(left, rect.top() + 4.0), pos2(left + wide, rect.bottom()));
        let response = ui.interact(place, ui.scope_id().with(("tab", tab)), Sense::click());
        if response.clicked() {
            view.why = tab;
        }
        let (words, open) = (words(tab, view.lang), view.why == tab);
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, open, words));
        let (font, ink) = match (open, response.hovered()) {
            (true, _) => (strong(sizes().body), theme.text),
            (false, true) => (face(sizes().body, false), theme.text),
            (false, false) => (face(sizes().body, false), theme.muted),
        };
        text(ui.painter(), place.center(), Align2::CENTER_CENTER, words, font, ink);
        if open {
            let under = place.x_range().shrink(8.0);
            ui.painter().hline(under, rect.bottom() - 1.0, Stroke::new(2.0, theme.accent));
        }
        if response.has_focus() {
            focus_ring(ui, place.shrink(3.0), 6);
        }
        response.on_hover_text(format!("{}  ({})", hint(tab, view.lang), tab.key()));
    }
}

fn words(tab: WhyTab, lang: Lang) -> &'static str {
    let key = match tab {
        WhyTab::Step => "app.tab.step",
        WhyTab::Rule => "app.tab.rule",
        WhyTab::Curvature => "app.tab.curvature",
        WhyTab::Race => "app.tab.race",
    };
    i18n::text(lang, key)
}

fn hint(tab: WhyTab, lang: Lang) -> &'static str {
    let key = match tab {
        WhyTab::Step => "app.tab.step_hint",
        WhyTab::Rule => "app.tab.rule_hint",
        WhyTab::Curvature => "app.tab.curvature_hint",
        WhyTab::Race => "app.tab.race_hint",
    };
    i18n::text(lang, key)
}
