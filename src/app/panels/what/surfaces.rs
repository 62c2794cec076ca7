//! The chooser of surfaces, grouped, each with a small picture of itself.

use egui::Ui;

use super::formula;
use crate::app::cache::Cache;
use crate::app::paint::Icon;
use crate::app::panels::view::own_name;
use crate::app::state::ViewState;
use crate::app::theme::Theme;
use crate::app::widgets::{ButtonKind, Choice, Chooser, icon_button};
use crate::i18n;
use crate::session::{Command, Session};
use crate::surface::{self, model::model_surfaces};

/// Draws the chooser.
pub(super) fn chooser(
    ui: &mut Ui,
    session: &Session,
    view: &ViewState,
    cache: &mut Cache,
    commands: &mut Vec<Command>,
) {
    let lang = view.lang;
    let theme = Theme::of(ui);
    let shown = session.surface();
    let surfaces = surface::catalogue();
    let own = formula::choices(lang);
    let before = own.len();
    let all = || surfaces.iter().chain(model_surfaces());
    let place = |id| all().position(|surface| surface.id.as_ref() == Some(id));
    let none = if shown.model.is_some() || shown.foreign.is_some() { None } else { Some(0) };
    let chosen = shown.id.as_ref().map_or(none, |id| place(id).map(|index| before + index));
    let name = if shown.id.is_some() { shown.name.get(lang) } else { own_name(shown, lang) };
    let note = one_line(&shown.source);
    let field = Chooser {
        name: i18n::text(lang, "app.surface"),
        shown: (name, &note),
        picture: cache.thumbnail(ui.ctx(), theme, shown),
        chosen,
    };
    let picked = field.show(ui, |ctx| {
        let choice = |surface: &'static surface::Surface| Choice {
            group: group(surface, lang),
            name: surface.name.get(lang),
            note: one_line(&surface.source),
            picture: cache.thumbnail(ctx, theme, surface),
            hint: surface.lesson.get(lang),
        };
        own.into_iter().chain(all().map(choice)).collect()
    });
    let Some(index) = picked else { return };
    if formula::choose(ui, index, commands) {
        return;
    }
    if let Some(surface) = all().nth(index - before) {
        let command = if surface.model.is_some() { Command::ChooseModel } else { Command::ChooseSurface };
        commands.extend(surface.id.clone().map(command));
    }
}

/// The button in the head of the section: from a formula of one's own back to the catalogue.
pub(super) fn controls(ui: &mut Ui, session: &Session, view: &ViewState, commands: &mut Vec<Command>) {
    let lang = view.lang;
    let own = session.surface().id.is_none() || session.drafts().formula.is_some();
    let origin = view.surface_origin.as_deref().filter(|_| own).and_then(|id| surface::find(id).ok());
    if let Some(origin) = origin {
        let name = i18n::fill(lang, "app.back_to", &[("name", &origin.name.get(lang))]);
        if icon_button(ui, Icon::Undo, &name, "", ButtonKind::Quiet, 22.0).clicked() {
            commands.extend(origin.id.clone().map(Command::ChooseSurface));
        }
    }
}

fn group(surface: &surface::Surface, lang: i18n::Lang) -> &'static str {
    surface::categories()
        .iter()
        .find(|category| Some(&category.id) == surface.category.as_ref())
        .map_or_else(|| i18n::text(lang, "data.group"), |category| category.name.get(lang))
}

/// A formula's text on one line.
fn one_line(source: &str) -> String {
    source.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
}
