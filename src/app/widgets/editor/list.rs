//! The list of what could be meant, below the word that is begun: names, with what they mean. The keyboard stays in the
//! box.

use egui::{Align2, CornerRadius, Id, LayerId, Popup, PopupKind, Rect, RectAlign, Role, ScrollArea, Sense, Ui};
use egui::{SurrenderFocusOn, WidgetInfo, pos2, vec2};

use crate::app::paint::{elided_text, face, text};
use crate::app::theme::{Theme, sizes};
use crate::explain;
use crate::i18n::{self, Lang};
use crate::lang::{Candidate, CandidateKind, Completion};

const WIDTH: f32 = 320.0;
const ROW: f32 = 24.0;
/// Rows that are seen at once.
const SEEN: f32 = 8.0;

fn id_of(id: Id) -> Id {
    id.with("list")
}

/// Runs `edit` so that a press on the list does not take the focus from the box.
pub(super) fn keep_focus<R>(ui: &mut Ui, id: Id, open: bool, edit: impl FnOnce(&mut Ui) -> R) -> R {
    let layer = LayerId::new(PopupKind::Popup.order(), id_of(id));
    let over = |ui: &Ui| ui.pointer_interact_pos().and_then(|pos| ui.layer_id_at(pos)) == Some(layer);
    let kept = ui.options(|options| options.input_options.surrender_focus_on);
    if open && over(ui) {
        ui.options_mut(|options| options.input_options.surrender_focus_on = SurrenderFocusOn::Never);
    }
    let result = edit(ui);
    ui.options_mut(|options| options.input_options.surrender_focus_on = kept);
    result
}

/// Draws the list below `anchor`; gives the entry that was clicked.
pub(super) fn show(ui: &Ui, lang: Lang, id: Id, anchor: Rect, offer: &Completion, chosen: usize) -> Option<usize> {
    Popup::new(id_of(id), ui.ctx().clone(), anchor, ui.layer_id())
        .kind(PopupKind::Popup)
        .open(true)
        .align(RectAlign::BOTTOM_START)
        .gap(4.0)
        .width(WIDTH)
        .accessible_name(i18n::text(lang, "app.completions"))
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut clicked = None;
            let area = ScrollArea::vertical().max_height(ROW * SEEN).auto_shrink([false, true]);
            area.show(ui, |ui| {
                for (index, candidate) in offer.candidates.iter().enumerate() {
                    if row(ui, lang, candidate, index == chosen) {
                        clicked = Some(index);
                    }
                }
            });
            clicked
        })
        .and_then(|shown| shown.inner)
}

/// A name and what it means; true when it was clicked.
fn row(ui: &mut Ui, lang: Lang, candidate: &Candidate, chosen: bool) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &candidate.name));
    if chosen {
        ui.painter().rect_filled(rect, CornerRadius::same(4), theme.accent_soft);
        response.scroll_to_me(None);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, CornerRadius::same(4), theme.raised_hover);
    }
    let ink = match candidate.kind {
        CandidateKind::Function(_) => theme.code_function,
        CandidateKind::Constant(_) => theme.code_number,
        CandidateKind::Keyword => theme.code_keyword,
        CandidateKind::Parameter | CandidateKind::Hyperparameter => theme.code_parameter,
        _ => theme.text,
    };
    let left = rect.left() + 8.0;
    let call = match candidate.kind {
        CandidateKind::Function(func) => format!("{}({})", candidate.name, func.info().parameters.join(", ")),
        _ => candidate.name.clone(),
    };
    let middle = rect.center().y;
    let named = text(ui.painter(), pos2(left, middle), Align2::LEFT_CENTER, call, face(sizes().number, true), ink);
    let at = pos2(named.right().max(left + 96.0) + 12.0, middle);
    let meaning = explain::candidate(lang, candidate);
    elided_text(ui.painter(), at, rect.right() - 8.0 - at.x, &meaning, face(sizes().caption, false), theme.muted);
    response.on_hover_text(meaning).clicked()
}
