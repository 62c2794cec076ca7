//! The box for a formula of one's own: what is wrong is underlined while one types, and said below with the cure; the
//! last formula that could be read stays on the screen.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, CornerRadius, Margin, Sense, Stroke, StrokeKind, TextEdit, Ui, vec2};

use crate::app::model;
use crate::app::paint::face;
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{Rail, Slider};
use crate::i18n;
use crate::optim::Scale;
use crate::session::{Command, Session};

/// Draws the box and the line below it.
pub(super) fn editor(ui: &mut Ui, session: &Session, view: &mut ViewState, commands: &mut Vec<Command>) {
    let theme = Theme::of(ui);
    let lang = view.lang;
    let error = model::formula_error(session, lang);
    // While one types, the box has the word; else it shows what the session has.
    if !view.typing {
        view.formula = session.formula_text().to_owned();
    }
    ui.add_space(4.0);
    let font = face(sizes().caption, true);
    let span = error.as_ref().map(|error| error.span);
    let mut layouter = |ui: &Ui, text: &dyn egui::TextBuffer, width: f32| {
        let job = underlined(text.as_str(), span, font.clone(), theme, width);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let name = i18n::text(lang, "app.formula");
    let edit = TextEdit::multiline(&mut view.formula)
        .id_salt("formula")
        .desired_rows(1)
        .desired_width(f32::INFINITY)
        .frame(
            egui::Frame::new()
                .fill(theme.canvas)
                .corner_radius(CornerRadius::same(6))
                .inner_margin(Margin::symmetric(8, 7)),
        )
        .return_key(None)
        .layouter(&mut layouter);
    let response = edit.show(ui).response.response.accessible_name(name);
    view.typing = response.has_focus();
    let outline = match (&error, response.has_focus()) {
        (Some(_), _) => Stroke::new(1.5, theme.bad),
        (None, true) => Stroke::new(1.5, theme.accent),
        (None, false) => Stroke::new(1.0, theme.line_strong),
    };
    ui.painter().rect_stroke(response.rect, CornerRadius::same(6), outline, StrokeKind::Inside);
    if response.changed() {
        commands.push(Command::SetFormula(view.formula.clone()));
    }
    // The room for a message is there before the message: nothing below moves.
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    let (words, ink) = match &error {
        Some(error) => (error.words.as_str(), theme.bad),
        None => (i18n::text(lang, "app.formula_hint"), theme.faint),
    };
    let small = face(sizes().caption, false);
    let galley = ui.painter().layout(words.to_owned(), small, ink, rect.width());
    let shown = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    shown.galley(Align2::LEFT_TOP.pos_in_rect(&rect) + vec2(0.0, 3.0), galley, ink);
    let label = ui.interact(rect, response.id.with("message"), Sense::hover());
    label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
    label.on_hover_text(words);
}

/// A slider for each parameter that the formula declares.
pub(super) fn params(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let surface = session.surface();
    for (param, &value) in surface.formula.params.iter().zip(&surface.params) {
        let span = param.default.abs().max(1.0);
        let range = param.range.unwrap_or([param.default - 5.0 * span, param.default + 5.0 * span]);
        let scale = if param.log && range[0] > 0.0 { Scale::Log } else { Scale::Linear };
        let rail = Rail { range, scale };
        let default = Some(param.default);
        let slider = Slider { name: &param.name, symbol: "", hint: "", value, rail, default, limit: None };
        if let Some(value) = slider.show(ui) {
            commands.push(Command::SetParam { name: param.name.clone(), value });
        }
    }
}

/// The text with what is wrong underlined.
fn underlined(text: &str, span: Option<[usize; 2]>, font: egui::FontId, theme: &Theme, width: f32) -> LayoutJob {
    let plain = TextFormat { font_id: font.clone(), color: theme.text, ..TextFormat::default() };
    let wrong = TextFormat { color: theme.bad, underline: Stroke::new(1.5, theme.bad), ..plain.clone() };
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let boundary = |at: usize| (at..=text.len()).find(|&k| text.is_char_boundary(k)).unwrap_or(text.len());
    let [start, end] = span.unwrap_or([text.len(); 2]).map(boundary);
    // A place without width, such as the end of the text, is shown on the sign before it.
    let start = if start == end { text[..start].char_indices().next_back().map_or(0, |(at, _)| at) } else { start };
    let start = if span.is_none() { text.len() } else { start };
    job.append(&text[..start], 0.0, plain.clone());
    job.append(&text[start..end.max(start)], 0.0, wrong);
    job.append(&text[end.max(start)..], 0.0, plain);
    job
}
