//! The line below a box: what is wrong, how many problems there are, a button for the cure; else a hint. Its room is
//! always there, so that nothing moves.

use egui::{Align2, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::Mark;
use crate::app::paint::{face, text};
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::word_button;
use crate::i18n::{self, Lang};

/// The height of the line: two rows of small type.
const TALL: f32 = 32.0;

/// The problem that the cursor is in, else the next one behind it, else the last.
pub(super) fn current(marks: &[Mark], cursor: Option<usize>) -> Option<&Mark> {
    let at = cursor.unwrap_or(0);
    let within = |mark: &&Mark| mark.span.start <= at && at <= mark.span.end;
    let behind = |mark: &&Mark| mark.span.start >= at;
    marks.iter().find(within).or_else(|| marks.iter().find(behind)).or(marks.last())
}

/// Draws the line. True when the cure is asked for.
pub(super) fn show(ui: &mut Ui, lang: Lang, id: Id, mark: Option<&Mark>, count: usize, hint: &str) -> bool {
    let theme = Theme::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), TALL), Sense::hover());
    let cure = mark.and_then(|mark| mark.cure.as_deref());
    let button = cure.map(|cure| {
        let word = i18n::text(lang, "app.cure");
        let name = match cure.trim() {
            "" => i18n::text(lang, "app.cure_remove").to_owned(),
            cure => i18n::fill(lang, "app.cure_with", &[("text", &cure)]),
        };
        word_button(ui, pos2(rect.right(), rect.top() + 4.0), id.with("cure"), word, &format!("{name}  (Ctrl+.)"))
    });
    let right = button.as_ref().map_or(rect.right(), |button| button.rect.left() - 8.0);
    let words = match mark {
        Some(mark) if count > 1 => {
            i18n::fill(lang, "app.one_of_problems", &[("words", &mark.words), ("count", &count)])
        }
        Some(mark) => mark.words.clone(),
        None => hint.to_owned(),
    };
    let ink = if mark.is_some() { theme.bad } else { theme.faint };
    let room = Rect::from_min_max(rect.min, pos2(right, rect.bottom()));
    let galley = ui.painter().layout(words.clone(), face(sizes().caption, false), ink, room.width());
    let painter = ui.painter().with_clip_rect(room.intersect(ui.clip_rect()));
    let cut = galley.size().y > TALL;
    painter.galley(room.min + vec2(0.0, 4.0), galley, ink);
    if cut {
        text(&painter, room.right_bottom(), Align2::RIGHT_BOTTOM, "…", face(sizes().caption, false), ink);
    }
    let label = ui.interact(room, id.with("message"), Sense::hover());
    label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    label.on_hover_text(words);
    button.is_some_and(|button| button.clicked())
}
