//! The tab of the curvature: how the ground bends at the ball, what kind of place it is, the parabola that fits, and what
//! rate it bears.

use egui::{Align2, Rect, Sense, Ui, pos2, vec2};

use super::table::{heading_row, row, sentence};
use crate::app::paint::{face, text};
use crate::app::reading::{Ground, Health, Reading, TangentReading};
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{NumberField, heading, rule, switch};
use crate::i18n::{self, Lang};
use crate::session::{Command, Layer, Session};

/// Draws the tab.
pub(super) fn ground(ui: &mut Ui, session: &Session, view: &ViewState, reading: &Reading, commands: &mut Vec<Command>) {
    let lang = view.lang;
    heading_row(ui, lang, reading);
    sentence(ui, &reading.ground.place, Theme::of(ui).text);
    rule(ui);
    bends(ui, lang, &reading.ground);
    let mut layer = |ui: &mut Ui, layer: Layer, name: &str, hint: &str| {
        if let Some(on) = switch(ui, name, hint, session.document().picture.shows(layer)) {
            commands.push(Command::SetLayer { layer, on });
        }
    };
    let map = reading.iterate.len() > 1;
    if map {
        let (name, hint) = (i18n::text(lang, "app.layer.curvature_axes"), i18n::text(lang, "app.axes_hint"));
        layer(ui, Layer::CurvatureAxes, name, hint);
    }
    rule(ui);
    let (name, hint) = (i18n::text(lang, "app.layer.local_model"), i18n::text(lang, "app.model_hint"));
    layer(ui, Layer::LocalModel, name, hint);
    parabola(ui, lang, &reading.ground);
    if let Some(shown) = &reading.tangent {
        rule(ui);
        let (name, hint) = (i18n::text(lang, "app.layer.approximation"), i18n::text(lang, "app.approximation_hint"));
        layer(ui, Layer::Approximation, name, hint);
        commands.extend(tangent(ui, lang, shown));
    }
    rule(ui);
    rate(ui, lang, &reading.ground);
}

/// The linear approximation in numbers; gives another ε where one was entered.
fn tangent(ui: &mut Ui, lang: Lang, shown: &TangentReading) -> Option<Command> {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let name = i18n::text(lang, "app.epsilon");
    text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, name, face(sizes().body, false), theme.muted);
    let field = NumberField {
        name,
        value: shown.epsilon,
        range: [f64::NEG_INFINITY, f64::INFINITY],
        speed: 0.01 * shown.epsilon.abs().max(1e-3),
        digits: 5,
    };
    let place =
        Rect::from_min_max(pos2(rect.right() - 88.0, rect.top() + 1.0), pos2(rect.right(), rect.bottom() - 3.0));
    let asked = field.show(ui, place, ui.scope_id().with("epsilon"));
    let one = std::slice::from_ref;
    row(ui, "f(x) + f′(x)·ε", one(&shown.linear), i18n::text(lang, "app.linear_hint"));
    row(ui, "f(x + ε)", one(&shown.truth), i18n::text(lang, "app.truth_hint"));
    row(ui, i18n::text(lang, "app.linear_error"), one(&shown.error), i18n::text(lang, "app.linear_error_hint"));
    asked.map(Command::SetEpsilon)
}

fn bends(ui: &mut Ui, lang: Lang, ground: &Ground) {
    row(ui, i18n::text(lang, "app.gradient"), &ground.gradient, i18n::text(lang, "app.gradient_hint"));
    if let [[second]] = &ground.hessian.iter().map(Vec::as_slice).collect::<Vec<_>>()[..] {
        row(ui, "f″", std::slice::from_ref(second), i18n::text(lang, "app.second_derivative_hint"));
        return;
    }
    for (k, line) in ground.hessian.iter().enumerate() {
        let name = if k == 0 { i18n::text(lang, "app.hessian") } else { "" };
        row(ui, name, line, i18n::text(lang, "app.hessian_hint"));
    }
    for (k, (value, direction)) in ground.eigenvalues.iter().zip(&ground.directions).enumerate() {
        let hint = i18n::fill(lang, "app.eigenvalue_hint", &[("direction", &direction.join(", "))]);
        let name = i18n::fill(lang, "app.eigenvalue", &[("number", &["₁", "₂", ""][k.min(2)])]);
        row(ui, &name, std::slice::from_ref(value), &hint);
    }
    if let Some(condition) = &ground.condition {
        let (name, hint) = (i18n::text(lang, "app.condition"), i18n::text(lang, "app.condition_hint"));
        row(ui, name, std::slice::from_ref(condition), hint);
    }
}

fn parabola(ui: &mut Ui, lang: Lang, ground: &Ground) {
    let none = || vec!["–".to_owned(); ground.gradient.len()];
    let newton = ground.newton.clone().unwrap_or_else(none);
    row(ui, i18n::text(lang, "app.newton_point"), &newton, i18n::text(lang, "app.newton_point_hint"));
    let [forecast, truth] = ground.forecast.clone().unwrap_or_else(|| ["–", "–"].map(str::to_owned));
    row(ui, i18n::text(lang, "app.forecast"), &[forecast], i18n::text(lang, "app.forecast_hint"));
    row(ui, i18n::text(lang, "app.next_loss"), &[truth], i18n::text(lang, "app.next_loss_hint"));
}

fn rate(ui: &mut Ui, lang: Lang, ground: &Ground) {
    let theme = Theme::of(ui);
    heading(ui, i18n::text(lang, "app.stability"));
    ui.add_space(4.0);
    row(ui, i18n::text(lang, "app.limit"), std::slice::from_ref(&ground.limit), i18n::text(lang, "app.limit_hint"));
    ui.add_space(2.0);
    let ink = match ground.health {
        Health::Steady => theme.good,
        Health::Overshoots => theme.warn,
        Health::Unstable => theme.bad,
        Health::Unknown => theme.faint,
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::hover());
    let words = &ground.health_words;
    ui.painter().circle_filled(rect.left_top() + vec2(5.0, 9.0), 4.0, ink);
    let galley = ui.painter().layout(words.clone(), face(sizes().body, false), ink, rect.width() - 18.0);
    ui.painter_at(rect).galley(rect.left_top() + vec2(18.0, 1.0), galley, ink);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
}
