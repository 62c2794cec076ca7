//! Sizes of a mini-batch that are one click away.

use egui::{Id, Rect, Sense, Ui, pos2, vec2};

use crate::app::widgets::{ROW, word_switch};
use crate::i18n::{self, Lang};
use crate::objective::Batch;

/// A row of sizes, 0 for all of the rows; that which was chosen.
pub(in crate::app) fn batch_chips(
    ui: &mut Ui,
    (id, lang): (&str, Lang),
    sizes: [usize; 6],
    batch: Batch,
    rows: usize,
) -> Option<usize> {
    let (chips, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let width = (chips.width() - 5.0 * 4.0) / sizes.len() as f32;
    let mut chosen = None;
    for (k, chip) in sizes.into_iter().enumerate() {
        let left = chips.left() + k as f32 * (width + 4.0);
        let rect = Rect::from_min_size(pos2(left, chips.top() + 2.0), vec2(width, 22.0));
        let on = if chip == 0 { batch.is_full(rows) } else { batch.size == chip && !batch.is_full(rows) };
        let (word, spoken) = match chip {
            0 => (i18n::text(lang, "data.full").to_owned(), i18n::text(lang, "data.batch_full").to_owned()),
            1 => ("1".to_owned(), i18n::text(lang, "data.batch_one").to_owned()),
            chip => (chip.to_string(), i18n::fill(lang, "data.batch_of", &[("size", &chip)])),
        };
        if word_switch(ui, rect, Id::unique((id, chip)), &word, &spoken, on).is_some() {
            chosen = Some(chip);
        }
    }
    chosen
}
