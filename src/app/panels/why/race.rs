//! The tab of the race: who is ahead at this step, with the numbers that make a comparison fair, and the paths that
//! forks have left.

use egui::{Align2, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::paint::{Icon, elided_text, face, icon, marker, text};
use crate::app::state::ViewState;
use crate::app::theme::{RacerLook, Theme, sizes};
use crate::app::widgets::{ButtonKind, focus_ring, heading, rule, show_number, text_button};
use crate::descent::Standing;
use crate::explain::{self, steady};
use crate::i18n::{self, Lang};
use crate::session::{Command, Ghost, Racer, Session};

/// Points of the two lines of a standing.
const TALL: f32 = 44.0;
/// The right edges of the small numbers, in points from the left: step, distance, evaluations.
const COLUMNS: [f32; 3] = [72.0, 168.0, 256.0];

/// Draws the tab; a click on a row selects its racer.
pub(super) fn race(ui: &mut Ui, session: &Session, view: &mut ViewState, commands: &mut Vec<Command>) {
    let lang = view.lang;
    heading(ui, i18n::text(lang, "app.standings"));
    head(ui, lang);
    let racers: Vec<&Racer> = session.runs().map(|(racer, _)| racer).collect();
    for (place, standing) in session.standings().iter().enumerate() {
        if let Some(racer) = racers.get(standing.ball) {
            row(ui, session, lang, racer, place + 1, standing, commands);
        }
    }
    ui.add_space(6.0);
    paragraph(ui, i18n::text(lang, fairness(session)));
    ui.add_space(8.0);
    let best = text_button(ui, i18n::text(lang, "app.rates.open"), ButtonKind::Plain);
    if best.on_hover_text(i18n::text(lang, "app.rates.hint")).clicked() {
        view.rates_open = true;
    }
    let ghosts: Vec<&Ghost> = session.ghosts().map(|(ghost, _)| ghost).collect();
    if !ghosts.is_empty() {
        rule(ui);
        heading(ui, i18n::text(lang, "app.ghosts"));
        for ghost in ghosts {
            ghost_row(ui, session, lang, ghost, commands);
        }
    }
}

/// Whether the race is from one start: said, so that nobody has to guess.
fn fairness(session: &Session) -> &'static str {
    let one = session.racers().iter().all(|racer| session.document().start_of(racer) == session.document().start);
    match (one, session.document().noise.is_off()) {
        (true, true) => "app.race_fair",
        (true, false) => "app.race_fair_noise",
        (false, true) => "app.race_starts",
        (false, false) => "app.race_starts_noise",
    }
}

/// The names of the small numbers.
fn head(ui: &mut Ui, lang: Lang) {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let names = ["app.race_step", "app.race_distance", "app.race_evaluations"].map(|key| i18n::text(lang, key));
    for (name, x) in names.into_iter().zip(COLUMNS) {
        let at = pos2(rect.left() + x, rect.center().y);
        text(ui.painter(), at, Align2::RIGHT_CENTER, name, face(sizes().caption, false), theme.faint);
    }
    response.on_hover_text(i18n::text(lang, "app.race_hint"));
}

fn row(
    ui: &mut Ui,
    session: &Session,
    lang: Lang,
    racer: &Racer,
    place: usize,
    standing: &Standing,
    commands: &mut Vec<Command>,
) {
    let theme = Theme::of(ui);
    let Some(spec) = session.optimizer(racer.id) else { return };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), TALL), Sense::click());
    let chosen = racer.id == session.document().selected;
    let (loss, name) = (steady(standing.loss), spec.name.get(lang));
    let ended = standing.outcome.as_ref().map(|outcome| explain::outcome(lang, outcome));
    let said = ended.as_deref().unwrap_or(i18n::text(lang, "app.race_running"));
    response
        .widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, format!("{place}. {name}: {loss}, {said}")));
    let ground = rect.expand2(vec2(8.0, 0.0));
    if chosen || response.hovered() {
        let fill = if chosen { theme.accent_soft } else { theme.raised_hover };
        ui.painter().rect_filled(ground, 6.0, fill);
    }
    if response.has_focus() {
        focus_ring(ui, ground, 6);
    }
    let upper = rect.top() + 13.0;
    swatch(ui, pos2(rect.left() + 6.0, upper), theme.racer(racer));
    let number = face(sizes().number, true);
    let value = text(ui.painter(), pos2(rect.right(), upper), Align2::RIGHT_CENTER, loss, number, theme.text);
    let at = pos2(rect.left() + 20.0, upper);
    let label = format!("{place}  {name}");
    elided_text(ui.painter(), at, value.left() - at.x - 8.0, &label, face(sizes().body, false), theme.text);
    let distance = standing.distance.map_or_else(|| "–".to_owned(), |d| show_number(d, 3));
    // The step of one that has ended stands still: that it has is told by a sign, not by the number.
    let step = if ended.is_some() { format!("{} ■", standing.step) } else { standing.step.to_string() };
    let numbers = [step, distance, show_number(standing.counts.gradients as f64, 6)];
    for (words, x) in numbers.into_iter().zip(COLUMNS) {
        let at = pos2(rect.left() + x, rect.top() + 32.0);
        text(ui.painter(), at, Align2::RIGHT_CENTER, words, face(sizes().caption, true), theme.muted);
    }
    if response.clicked() {
        commands.push(Command::SelectRacer(racer.id));
    }
    response.on_hover_text(said);
}

fn swatch(ui: &Ui, at: egui::Pos2, look: RacerLook) {
    marker(ui.painter(), at, look.marker, 5.0, look.color, Theme::of(ui).panel);
}

/// A path that a fork has left: whose, since when, and a button to forget it.
fn ghost_row(ui: &mut Ui, session: &Session, lang: Lang, ghost: &Ghost, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    swatch(ui, pos2(rect.left() + 6.0, rect.center().y), theme.racer(&ghost.racer).faded());
    let name = session.optimizer(ghost.of).map_or("", |spec| spec.name.get(lang));
    let rate = show_number(ghost.racer.rate(), 3);
    let words = i18n::fill(lang, "app.ghost", &[("name", &name), ("rate", &rate), ("step", &ghost.since)]);
    let room = rect.width() - 20.0 - 28.0;
    let at = pos2(rect.left() + 20.0, rect.center().y);
    elided_text(ui.painter(), at, room, &words, face(sizes().caption, false), theme.muted);
    let place = Rect::from_center_size(pos2(rect.right() - 9.0, rect.center().y), vec2(20.0, 20.0));
    let remove = ui.interact(place, Id::unique(("ghost", ghost.racer.id.0)), Sense::click());
    let said = i18n::fill(lang, "app.remove_ghost", &[("ghost", &words)]);
    remove.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    let ink = if remove.hovered() || remove.has_focus() { theme.text } else { theme.faint };
    icon(ui.painter(), place, Icon::Close, ink);
    if remove.clicked() {
        commands.push(Command::RemoveGhost(ghost.racer.id));
    }
    remove.on_hover_text(said);
}

fn paragraph(ui: &mut Ui, words: &str) {
    let theme = Theme::of(ui);
    ui.label(egui::RichText::new(words).font(face(sizes().caption, false)).color(theme.muted));
}
