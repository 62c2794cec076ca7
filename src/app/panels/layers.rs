//! The list of what the view draws, each with a switch, and how the balls move.

use egui::{Popup, PopupCloseBehavior, RectAlign, Response, Ui};

use crate::app::widgets::{rule, switch};
use crate::i18n::{self, Lang};
use crate::session::{Command, Layer, Motion, Session};

/// Opens below `button` when that is pressed.
pub(super) fn layers(ui: &Ui, button: &Response, session: &Session, lang: Lang, commands: &mut Vec<Command>) {
    let name = i18n::text(lang, "app.layers");
    let picture = &session.document().picture;
    let map = session.surface().dimension >= 2;
    _ = ui;
    Popup::menu(button)
        .align(RectAlign::BOTTOM_END)
        .gap(4.0)
        .width(220.0)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(name)
        .show(|ui| {
            egui::Frame::new().inner_margin(egui::Margin::symmetric(8, 2)).show(ui, |ui| {
                for layer in Layer::ALL {
                    // A curve has no colors of heights, a map no tangent.
                    let fits = match layer {
                        Layer::HeatMap | Layer::Contours | Layer::CurvatureAxes => map,
                        Layer::Tangent | Layer::Approximation => !map,
                        Layer::Batch => session.surface().model.is_some(),
                        _ => true,
                    };
                    if fits && let Some(on) = switch(ui, words(layer, lang), "", picture.shows(layer)) {
                        commands.push(Command::SetLayer { layer, on });
                    }
                }
                rule(ui);
                let (name, hint) = (i18n::text(lang, "app.rolls"), i18n::text(lang, "app.rolls_hint"));
                if let Some(rolls) = switch(ui, name, hint, picture.motion == Motion::Roll) {
                    commands.push(Command::SetMotion(if rolls { Motion::Roll } else { Motion::Jump }));
                }
            });
        });
}

fn words(layer: Layer, lang: Lang) -> &'static str {
    let key = match layer {
        Layer::HeatMap => "app.layer.heat_map",
        Layer::Contours => "app.layer.contours",
        Layer::CriticalPoints => "app.layer.critical_points",
        Layer::Path => "app.layer.path",
        Layer::Prediction => "app.layer.prediction",
        Layer::Iterates => "app.layer.iterates",
        Layer::Tangent => "app.layer.tangent",
        Layer::Gradient => "app.layer.gradient",
        Layer::Step => "app.layer.step",
        Layer::Batch => "app.layer.batch",
        Layer::LookAhead => "app.layer.look_ahead",
        Layer::Approximation => "app.layer.approximation",
        Layer::CurvatureAxes => "app.layer.curvature_axes",
        Layer::LocalModel => "app.layer.local_model",
        Layer::Grid => "app.layer.grid",
    };
    i18n::text(lang, key)
}
