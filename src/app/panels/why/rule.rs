//! The tab of the rule: each line as text, with the numbers of this step in the place of its names, and what comes out. In
//! slow motion the lines are lit one after the other.

use egui::text::{LayoutJob, TextFormat};
use egui::{CornerRadius, FontId, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::table::{heading_row, row, sentence};
use super::wrap::wrap;
use crate::app::paint::face;
use crate::app::reading::Reading;
use crate::app::state::ViewState;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{code_color, heading, rule, switch};
use crate::explain::WorkedLine;
use crate::i18n;
use crate::lang::tokens;
use crate::session::{Command, Phase, Session};

/// Draws the tab.
pub(super) fn update_rule(
    ui: &mut Ui,
    session: &Session,
    view: &ViewState,
    reading: &Reading,
    commands: &mut Vec<Command>,
) {
    let lang = view.lang;
    heading_row(ui, lang, reading);
    let slow = session.document().transport.slow;
    if let Some(on) = switch(ui, i18n::text(lang, "app.slow"), i18n::text(lang, "app.slow_hint"), slow) {
        commands.push(Command::SetSlow(on));
    }
    rule(ui);
    for (number, line) in reading.lines.iter().enumerate() {
        let active = reading.phase == Some(Phase::Line(number));
        let reached = reading.phase.is_none_or(|phase| phase.reached(number));
        worked_line(ui, line, active, reached);
    }
    if let Some(native) = &reading.native {
        heading(ui, i18n::text(lang, "app.method"));
        ui.add_space(4.0);
        sentence(ui, &native.note, Theme::of(ui).text);
        ui.add_space(4.0);
        for (name, values) in &native.states {
            row(ui, name, values, i18n::text(lang, "app.native_state_hint"));
        }
    }
}

/// A line: its text, its numbers, its value. Numbers that are not reached keep their room.
fn worked_line(ui: &mut Ui, line: &WorkedLine, active: bool, reached: bool) {
    let theme = Theme::of(ui);
    let width = ui.available_width();
    let (code, numbers) = (face(sizes().number, true), face(sizes().caption, true));
    let room = width - 10.0;
    let source = ui.painter().layout_job(code_job(theme, &line.text, code, room));
    let digit = ui.painter().layout_no_wrap("0".repeat(16), numbers.clone(), theme.text).size().x / 16.0;
    let columns = ((room - 10.0) / digit) as usize;
    let lay = |text: String, ink| ui.painter().layout_no_wrap(wrap(&text, columns), numbers.clone(), ink);
    let plugged = lay(if line.plugged.is_empty() { String::new() } else { format!("= {}", line.plugged) }, theme.muted);
    let result = lay(format!("= {}", line.result), theme.text);
    let middle = if line.plugged.is_empty() { 0.0 } else { plugged.size().y + 1.0 };
    let height = source.size().y + middle + result.size().y + 10.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let wide = rect.expand2(vec2(8.0, 0.0));
    if active {
        ui.painter().rect_filled(wide, CornerRadius::same(5), theme.accent_soft);
        let bar = Rect::from_min_max(wide.left_top() + vec2(0.0, 3.0), pos2(wide.left() + 3.0, wide.bottom() - 3.0));
        ui.painter().rect_filled(bar, CornerRadius::same(1), theme.accent);
    }
    let mut at = rect.left_top() + vec2(2.0, 4.0);
    let down = source.size().y + 1.0;
    ui.painter().galley(at, source, theme.text);
    at += vec2(10.0, down);
    if reached {
        if !line.plugged.is_empty() {
            let down = plugged.size().y + 1.0;
            ui.painter().galley(at, plugged, theme.muted);
            at.y += down;
        }
        ui.painter().galley(at, result, theme.text);
    }
    let said = match (reached, line.plugged.is_empty()) {
        (false, _) => line.text.clone(),
        (true, true) => format!("{} = {}", line.text, line.result),
        (true, false) => format!("{} = {} = {}", line.text, line.plugged, line.result),
    };
    response.widget_info(|| WidgetInfo::selected(egui::Role::Label, true, active, &said));
}

/// Text of the language in its colors.
fn code_job(theme: &Theme, source: &str, font: FontId, width: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let mut end = 0;
    for (span, class) in tokens(source) {
        let plain = source.get(end..span.start).unwrap_or_default();
        job.append(plain, 0.0, TextFormat::simple(font.clone(), theme.text));
        let ink = code_color(theme, Some(class));
        job.append(span.of(source), 0.0, TextFormat::simple(font.clone(), ink));
        end = span.end;
    }
    job
}
