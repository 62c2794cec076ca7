//! The settings of a model's data in the left panel: the mini-batch, and how points are drawn.

use egui::{Align2, Id, Rect, Sense, Ui, pos2, vec2};

use crate::app::paint::{Icon, face, text};
use crate::app::panels::batch_chips;
use crate::app::theme::{Theme, sizes};
use crate::app::widgets::{NumberField, ROW, Rail, Slider, small_button};
use crate::i18n::{self, Lang};
use crate::objective::Batch;
use crate::optim::Scale;
use crate::session::{Command, Session, SurfaceChoice};
use crate::surface::{ModelChoice, Sample};

/// The sizes that are one click away; 0 is all of the rows.
const SIZES: [usize; 6] = [1, 2, 5, 10, 32, 0];
/// The largest seed that a field can hold exactly.
const MOST_SEED: f64 = 9_007_199_254_740_992.0;

/// Draws them.
pub(in crate::app) fn settings(ui: &mut Ui, session: &Session, lang: Lang, commands: &mut Vec<Command>) {
    let SurfaceChoice::Model(choice) = &session.document().surface else { return };
    let batch = session.document().batch;
    let rows = choice.points.len();
    let label = |ui: &mut Ui, key: &'static str, hint: &'static str| {
        let (row, label) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let theme = Theme::of(ui);
        let name = i18n::text(lang, key);
        text(ui.painter(), row.left_center(), Align2::LEFT_CENTER, name, face(sizes().body, false), theme.text);
        label.on_hover_text(i18n::text(lang, hint));
        (row, name)
    };
    let field = |row: Rect| Rect::from_center_size(pos2(row.right() - 33.0, row.center().y), vec2(66.0, 22.0));

    let (row, name) = label(ui, "data.batch_size", "data.batch_hint");
    let shown = if batch.is_full(rows) { rows } else { batch.size };
    let most = ModelChoice::MAX_POINTS as f64;
    let number = NumberField { name, value: shown as f64, range: [1.0, most], speed: 0.1, digits: 5 };
    let mut size = number.show(ui, field(row), Id::unique("batch size")).map(|size| size.round() as usize);
    size = batch_chips(ui, ("batch", lang), SIZES, batch, rows).or(size);
    if let Some(size) = size {
        commands.push(Command::SetBatch(Batch { size, ..batch }));
    }
    if let Some(seed) = seeded(ui, &label, (batch.seed, "data.batch_seed", "data.batch_seed_hint"), lang) {
        commands.push(Command::SetBatch(Batch { seed, ..batch }));
    }

    let sample = choice.sample;
    let (row, name) = label(ui, "data.points", "data.points_hint");
    let number = NumberField { name, value: sample.count as f64, range: [1.0, most], speed: 0.25, digits: 5 };
    if let Some(count) = number.show(ui, field(row), Id::unique("points")) {
        commands.push(Command::DrawPoints(Sample { count: count.round() as usize, ..sample }));
    }
    let slider = Slider {
        name: i18n::text(lang, "data.noise"),
        symbol: "",
        hint: i18n::text(lang, "data.noise_hint"),
        value: sample.noise,
        rail: Rail { range: [0.0, 3.0], scale: Scale::Linear, zero: false },
        default: choice.known().ok().map(|entry| entry.noise),
        limit: None,
        wide: false,
    };
    if let Some(noise) = slider.show(ui) {
        commands.push(Command::DrawPoints(Sample { noise, ..sample }));
    }
    if let Some(seed) = seeded(ui, &label, (sample.seed, "data.sample_seed", "data.sample_seed_hint"), lang) {
        commands.push(Command::DrawPoints(Sample { seed, ..sample }));
    }
}

/// A seed: a field, and a button for the next one.
fn seeded(
    ui: &mut Ui,
    label: &impl Fn(&mut Ui, &'static str, &'static str) -> (Rect, &'static str),
    (seed, key, hint): (u64, &'static str, &'static str),
    lang: Lang,
) -> Option<u64> {
    let (row, name) = label(ui, key, hint);
    let field = Rect::from_center_size(pos2(row.right() - 33.0, row.center().y), vec2(66.0, 22.0));
    let die = Rect::from_center_size(pos2(field.left() - 15.0, row.center().y), vec2(22.0, 22.0));
    let spoken = i18n::fill(lang, "data.another", &[("name", &name)]);
    // From left to right, as the focus goes.
    let another = small_button(ui, die, Id::unique(("another", key)), Icon::Die, &spoken);
    let number = NumberField { name, value: seed as f64, range: [0.0, MOST_SEED], speed: 0.1, digits: 16 };
    let entered = number.show(ui, field, Id::unique(key));
    if another { Some(seed.wrapping_add(1)) } else { entered.map(|seed| seed.round() as u64) }
}
