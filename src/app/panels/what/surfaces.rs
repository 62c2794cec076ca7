//! The chooser of surfaces, grouped, each with a small picture of itself.

use egui::Ui;

use crate::app::cache::Cache;
use crate::app::state::ViewState;
use crate::app::theme::Theme;
use crate::app::widgets::{Choice, Chooser, heading};
use crate::i18n;
use crate::session::{Command, Session};
use crate::surface;

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
    heading(ui, i18n::text(lang, "app.surface"));
    let shown = session.surface();
    let surfaces = surface::catalogue();
    let chosen = shown.id.as_ref().and_then(|id| surfaces.iter().position(|s| s.id.as_ref() == Some(id)));
    let name = if shown.id.is_some() { shown.name.get(lang) } else { i18n::text(lang, "app.own_formula") };
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
        surfaces.iter().map(choice).collect()
    });
    if let Some(surface) = picked.and_then(|index| surfaces.get(index)) {
        commands.extend(surface.id.clone().map(Command::ChooseSurface));
    }
}

fn group(surface: &surface::Surface, lang: i18n::Lang) -> &'static str {
    surface::categories()
        .iter()
        .find(|category| Some(&category.id) == surface.category.as_ref())
        .map_or("", |category| category.name.get(lang))
}

/// A formula's text on one line.
fn one_line(source: &str) -> String {
    source.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
}
