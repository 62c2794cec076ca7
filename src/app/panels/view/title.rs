//! The line above the view: what is shown and how it is looked at, what is under the pointer, and the buttons of the view.

use egui::{Align, Align2, Id, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::app::cache::Cache;
use crate::app::keys::Action;
use crate::app::look;
use crate::app::paint::{Icon, elided_text, face, strong, text};
use crate::app::panels::layers::layers;
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{ButtonKind, Segment, icon_button, segmented, show_number};
use crate::i18n::{self, Lang};
use crate::session::{Command, Session, View};
use crate::surface::Surface;

/// Points for the buttons at the right.
const BUTTONS: f32 = 156.0;
/// The height of the first row.
const ROW: f32 = 28.0;

fn inner(rect: Rect) -> Rect {
    Rect::from_min_max(rect.min + vec2(20.0, 6.0), rect.max - vec2(16.0, 6.0))
}

/// What a surface is called that is none of the catalogue.
pub(in crate::app) fn own_name(surface: &Surface, lang: Lang) -> &'static str {
    match (&surface.foreign, &surface.model) {
        (Some(_), _) => i18n::text(lang, "app.slice"),
        (None, Some(_)) => i18n::text(lang, "data.own_model"),
        (None, None) => i18n::text(lang, "app.own_formula"),
    }
}

/// Draws the title.
pub(super) fn title(
    ui: &mut Ui,
    rect: Rect,
    session: &Session,
    view: &ViewState,
    actions: &mut Vec<Action>,
    commands: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let lang = view.lang;
    let surface = session.surface();
    let inner = inner(rect);
    let own = own_name(surface, lang);
    let name = if surface.id.is_some() { surface.name.get(lang) } else { own };
    let first = inner.left_top() + vec2(0.0, ROW / 2.0);
    elided_text(ui.painter(), first, inner.width() - BUTTONS - 8.0, name, strong(sizes().title), theme.text);

    let second = Rect::from_min_max(inner.min + vec2(0.0, ROW + 2.0), inner.max);
    let mut left = second.left();
    let views: Vec<Segment<'_, View>> =
        look::views(session).iter().map(|&view| segment(view, surface.dimension >= 2, lang)).collect();
    if views.len() > 1 {
        ui.scope_builder(UiBuilder::new().max_rect(second).layout(Layout::left_to_right(Align::Center)), |ui| {
            commands.extend(segmented(ui, session.document().picture.view, &views).map(Command::SetView));
            left = ui.min_rect().right() + 12.0;
        });
    }
    // An example makes a point of its own.
    let hint = if surface.foreign.is_some() { i18n::text(lang, "app.slice_hint") } else { surface.lesson.get(lang) };
    let lesson = view.point.unwrap_or(hint);
    let words = if lesson.is_empty() { surface.source.as_str() } else { lesson };
    let middle = egui::pos2(left, second.center().y);
    let font = face(sizes().caption, false);
    let told = elided_text(ui.painter(), middle, second.right() - left, words, font, theme.muted);
    let response = ui.interact(told, Id::unique("title"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    response.on_hover_text(words);

    const GAP: f32 = 4.0;
    let wide = 5.0 * ROW + 4.0 * GAP;
    let row = Rect::from_min_size(inner.right_top() - vec2(wide, 0.0), vec2(wide, ROW));
    // The focus goes through the row from left to right.
    ui.scope_builder(UiBuilder::new().max_rect(row).layout(Layout::left_to_right(Align::Min)), |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let stack = icon_button(ui, Icon::Layers, i18n::text(lang, "app.layers"), "", ButtonKind::Quiet, ROW);
        let kind = if session.document().picture.follow { ButtonKind::On } else { ButtonKind::Quiet };
        if icon_button(ui, Icon::Follow, i18n::text(lang, "app.follow"), "C", kind, ROW).clicked() {
            actions.push(Action::Follow);
        }
        if icon_button(ui, Icon::FitPaths, i18n::text(lang, "app.fit_paths"), "P", ButtonKind::Quiet, ROW).clicked() {
            actions.push(Action::FitPaths);
        }
        if icon_button(ui, Icon::Fit, i18n::text(lang, "app.fit"), "F", ButtonKind::Quiet, ROW).clicked() {
            actions.push(Action::Fit);
        }
        let export = i18n::text(lang, "app.export.menu");
        if icon_button(ui, Icon::Export, export, "Ctrl E", ButtonKind::Quiet, ROW).clicked() {
            actions.push(Action::Export);
        }
        layers(ui, &stack, session, lang, commands);
    });
}

/// The words of a view; `space` where there are two variables.
fn segment(view: View, space: bool, lang: Lang) -> Segment<'static, View> {
    let (word, hint) = match view {
        View::Relief => (i18n::text(lang, "app.view.relief"), i18n::text(lang, "app.view.relief_hint")),
        View::Both => (i18n::text(lang, "app.view.both"), i18n::text(lang, "app.view.both_hint")),
        View::Basins => (i18n::text(lang, "app.view.basins"), i18n::text(lang, "app.view.basins_hint")),
        View::Sweep => (i18n::text(lang, "app.view.sweep"), i18n::text(lang, "app.view.sweep_hint")),
        View::Auto if space => (i18n::text(lang, "app.view.map"), i18n::text(lang, "app.view.map_hint")),
        View::Auto => (i18n::text(lang, "app.view.curve"), i18n::text(lang, "app.view.curve_hint")),
    };
    Segment { value: view, word, hint }
}

/// Writes the place under the pointer, and the loss there, before the buttons.
pub(super) fn place(ui: &Ui, rect: Rect, session: &Session, hover: Option<[f64; 2]>, cache: &mut Cache) {
    let Some([x, y]) = hover else { return };
    let inner = inner(rect);
    let words = match session.surface().variables.as_slice() {
        [a, b, ..] => {
            let loss = cache.loss(&[x, y]);
            format!("{a} {}   {b} {}   f {}", show_number(x, 4), show_number(y, 4), show_number(loss, 4))
        }
        [a] => format!("{a} {}   f {}", show_number(x, 4), show_number(cache.loss(&[x]), 4)),
        [] => return,
    };
    let corner = egui::pos2(inner.right() - BUTTONS - 8.0, inner.top() + ROW / 2.0);
    text(ui.painter(), corner, Align2::RIGHT_CENTER, words, face(sizes().caption, true), Theme::of(ui).muted);
}
