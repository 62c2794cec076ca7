//! A number that can be read, dragged and typed: right-aligned figures of equal width in a field of fixed size.

use egui::{Align2, CornerRadius, CursorIcon, Event, Id, Key, Rect, Role, Sense, Stroke, StrokeKind, TextEdit, Ui};
use egui::{WidgetInfo, pos2};

use super::spoken;
use crate::app::paint::{face, text};
use crate::app::theme::{Theme, sizes};
use crate::i18n;
use crate::num::elem;

/// Shows a number in at most `digits` significant figures, without noise at the end and with a real minus sign.
pub(in crate::app) fn show_number(value: f64, digits: usize) -> String {
    let plain = if value == 0.0 {
        "0".to_owned()
    } else if !value.is_finite() {
        if value.is_nan() {
            "nan".to_owned()
        } else if value > 0.0 {
            "∞".to_owned()
        } else {
            "-∞".to_owned()
        }
    } else {
        let magnitude = elem::log10(value.abs()).floor() as i32;
        if (-4..digits.max(6) as i32).contains(&magnitude) {
            let decimals = (digits as i32 - 1 - magnitude).max(0) as usize;
            let text = format!("{value:.decimals$}");
            if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
        } else {
            let text = format!("{value:.*e}", digits.saturating_sub(1));
            match text.split_once('e') {
                Some((mantissa, exponent)) if mantissa.contains('.') => {
                    format!("{}e{exponent}", mantissa.trim_end_matches('0').trim_end_matches('.'))
                }
                _ => text,
            }
        }
    };
    plain.replacen('-', "−", if plain.starts_with('-') { 1 } else { 0 })
}

/// A number in as many figures as lead back to it: what is looked at and left stays what it was.
fn exact(value: f64) -> String {
    let plain = value.to_string();
    if plain.len() > 20 { format!("{value:e}") } else { plain }
}

/// Reads a number as people write them.
fn read_number(text: &str) -> Option<f64> {
    let text = text.trim().replace('−', "-").replace(',', ".");
    if let Some((over, under)) = text.split_once('/') {
        let value = over.trim().parse::<f64>().ok()? / under.trim().parse::<f64>().ok()?;
        return value.is_finite().then_some(value);
    }
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}

/// A field for one number.
pub(in crate::app) struct NumberField<'a> {
    /// Its accessible name.
    pub name: &'a str,
    /// What it shows.
    pub value: f64,
    /// The least and the greatest that can be entered.
    pub range: [f64; 2],
    /// What one point of dragging adds.
    pub speed: f64,
    /// Significant figures shown.
    pub digits: usize,
}

impl NumberField<'_> {
    /// Draws the field into `rect`; gives the number that was entered.
    pub(in crate::app) fn show(self, ui: &mut Ui, rect: Rect, id: Id) -> Option<f64> {
        let theme = Theme::of(ui);
        let shown = show_number(self.value, self.digits);
        let font = face(sizes().number, true);
        let editing = ui.memory(|memory| memory.has_focus(id)) && ui.is_enabled();
        let mut entered = None;

        if editing {
            let whole = exact(self.value);
            let mut draft = ui.data_mut(|data| data.get_temp::<String>(id)).unwrap_or(whole);
            let frame = egui::Frame::new().fill(theme.canvas);
            let edit = TextEdit::singleline(&mut draft)
                .id(id)
                .font(font)
                .frame(frame)
                .margin(egui::Margin::symmetric(6, 4))
                .align(Align2::RIGHT_CENTER)
                .clip_text(true)
                .desired_width(rect.width() - 12.0);
            let output = ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| edit.show(ui)).inner;
            let bad = read_number(&draft).is_none();
            let ink = if bad { theme.bad } else { theme.accent };
            ui.painter().rect_stroke(rect, CornerRadius::same(5), Stroke::new(1.5, ink), StrokeKind::Inside);
            let response = output.response.response;
            response.widget_info(|| {
                let mut info = WidgetInfo::text_edit(true, draft.as_str(), draft.as_str(), "");
                info.label = Some(self.name.to_owned());
                info
            });
            if response.gained_focus() || ui.data(|data| data.get_temp::<String>(id)).is_none() {
                let mut state = output.state;
                state.cursor.set_char_range(Some(egui::text::CCursorRange::two(
                    egui::text::CCursor::default(),
                    egui::text::CCursor::new(draft.chars().count()),
                )));
                state.store(ui.ctx(), id);
            }
            let cancelled = ui.input(|input| input.key_pressed(Key::Escape));
            if response.lost_focus() {
                if !cancelled {
                    entered = read_number(&draft);
                }
                ui.data_mut(|data| data.remove::<String>(id));
            } else {
                ui.data_mut(|data| data.insert_temp(id, draft));
            }
        } else {
            // As many names as the box takes: what follows keeps its own, and with it the focus.
            ui.skip_ahead_auto_ids(1);
            let response = ui.interact(rect, id, Sense::click_and_drag()).on_hover_cursor(CursorIcon::ResizeHorizontal);
            // Focus may have been taken from outside while a draft was open: that enters it.
            if let Some(draft) = ui.data_mut(|data| data.remove_temp::<String>(id)) {
                let escaped =
                    ui.input(|input| input.events.iter().any(|e| matches!(e, Event::Key { key: Key::Escape, .. })));
                entered = read_number(&draft).filter(|_| !escaped);
            }
            let hot = response.hovered() || response.dragged();
            let fill = if hot { theme.raised_hover } else { theme.canvas };
            let outline = if hot { theme.line_strong } else { theme.line };
            ui.painter().rect(rect, CornerRadius::same(5), fill, Stroke::new(1.0, outline), StrokeKind::Inside);
            let ink = if ui.is_enabled() { theme.text } else { theme.faint };
            let at = pos2(rect.right() - 6.0, rect.center().y);
            text(&ui.painter().with_clip_rect(rect.shrink(2.0)), at, Align2::RIGHT_CENTER, &shown, font, ink);
            if response.dragged() {
                let delta = f64::from(response.drag_delta().x) * self.speed;
                if delta != 0.0 {
                    entered = Some(self.value + delta);
                }
            }
            if response.clicked() {
                response.request_focus();
            }
            response.widget_info(|| {
                let mut info = WidgetInfo::drag_value(ui.is_enabled(), self.value);
                info.label = Some(self.name.to_owned());
                info
            });
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_role(Role::SpinButton);
                node.set_value(shown.as_str());
                node.add_action(egui::accesskit::Action::SetValue);
            });
            response.on_hover_text(i18n::text(spoken(ui), "app.control.number"));
        }
        if let Some(asked) = super::slider::asked_value(ui, id) {
            entered = Some(asked);
        }
        entered.map(|value| value.clamp(self.range[0], self.range[1])).filter(|value| *value != self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_short_and_read_back() {
        for (value, shown) in [
            (0.0, "0"),
            (0.1, "0.1"),
            (-0.25, "−0.25"),
            (1234.5678, "1235"),
            (1e-8, "1e-8"),
            (0.00012, "0.00012"),
            (1.5e9, "1.5e9"),
            (f64::NEG_INFINITY, "−∞"),
            (100.0, "100"),
        ] {
            assert_eq!(show_number(value, 4), shown);
        }
        for value in [0.1 + 0.2, 1e-300, -2.5e17, f64::MAX, f64::MIN_POSITIVE, 0.0, 1e22] {
            assert_eq!(read_number(&exact(value)), Some(value));
        }
        assert_eq!((exact(0.1), exact(-3.0)), ("0.1".to_owned(), "-3".to_owned()));
        assert_eq!(read_number(" −0.5 "), Some(-0.5));
        assert_eq!(read_number("1/4"), Some(0.25));
        assert_eq!(read_number("1e-3"), Some(1e-3));
        assert_eq!(read_number("1/0"), None);
        assert_eq!(read_number("abc"), None);
    }
}
