//! What is minimized and how rows are dealt: loss, mini-batches, penalties, dropout.

use egui::Ui;

use crate::app::panels::batch_chips;
use crate::app::widgets::{Choice, Chooser, Rail, Slider, count_row, named_row, seed_row, switch};
use crate::i18n::{self, Lang};
use crate::nn::{Loss, Penalty};
use crate::objective::Batch;
use crate::optim::Scale;
use crate::session::net::{NetCommand, NetSession, fitting_losses};

/// Sizes of a mini-batch that are one click away; 0 is all of the rows.
const SIZES: [usize; 6] = [1, 10, 32, 128, 512, 0];

/// The name of a loss for people.
pub(in crate::app::net) fn loss_name(loss: Loss, lang: Lang) -> &'static str {
    match loss {
        Loss::Mse => i18n::text(lang, "net.losses.mse"),
        Loss::Mae => i18n::text(lang, "net.losses.mae"),
        Loss::Huber(_) => i18n::text(lang, "net.losses.huber"),
        Loss::BceWithLogits => i18n::text(lang, "net.losses.bce"),
        Loss::SoftmaxCrossEntropy => i18n::text(lang, "net.losses.cross_entropy"),
        Loss::Hinge => i18n::text(lang, "net.losses.hinge"),
    }
}

/// Draws the controls.
pub(super) fn controls(ui: &mut Ui, session: &NetSession, lang: Lang, commands: &mut Vec<NetCommand>) {
    let Some(recipe) = session.recipe() else { return };
    let losses = fitting_losses(&session.split().train.targets);
    let (name, hint) = (i18n::text(lang, "net.loss"), i18n::text(lang, "net.loss_hint"));
    let rect = named_row(ui, name, hint);
    let same = |loss: &Loss| std::mem::discriminant(loss) == std::mem::discriminant(&recipe.loss);
    let chosen = losses.iter().position(same);
    let field = Chooser { name, shown: (loss_name(recipe.loss, lang), ""), picture: None, chosen };
    let picked = field.show_in(ui, rect, |_| {
        let entry = |loss: &Loss| Choice {
            group: "",
            name: loss_name(*loss, lang),
            note: loss.to_string(),
            picture: None,
            hint,
        };
        losses.iter().map(entry).collect()
    });
    commands.extend(picked.and_then(|index| losses.get(index)).map(|loss| NetCommand::SetLoss(*loss)));
    batch(ui, session, lang, commands);
    let Penalty { l1, l2 } = recipe.penalty;
    let share = Rail { range: [0.0, 0.9], scale: Scale::Linear, zero: false };
    let strength = Rail { range: [1e-6, 1.0], scale: Scale::Log, zero: true };
    let mut slider = |name: &'static str, symbol: &'static str, hint: &'static str, value: f64, rail: Rail| {
        Slider { name, symbol, hint, value, rail, default: Some(0.0), limit: None, wide: false }.show(ui)
    };
    let (dropout, l1_name, l2_name) =
        (i18n::text(lang, "net.dropout"), i18n::text(lang, "net.l1"), i18n::text(lang, "net.l2"));
    if let Some(l1) = slider(l1_name, "λ₁", i18n::text(lang, "net.l1_hint"), l1, strength) {
        commands.push(NetCommand::SetPenalty(Penalty { l1, l2 }));
    }
    if let Some(l2) = slider(l2_name, "λ₂", i18n::text(lang, "net.l2_hint"), l2, strength) {
        commands.push(NetCommand::SetPenalty(Penalty { l1, l2 }));
    }
    if let Some(share) = slider(dropout, "p", i18n::text(lang, "net.dropout_hint"), recipe.dropout, share) {
        commands.push(NetCommand::SetDropout(share));
    }
}

/// The size of mini-batches, their order.
fn batch(ui: &mut Ui, session: &NetSession, lang: Lang, commands: &mut Vec<NetCommand>) {
    let Some(recipe) = session.recipe() else { return };
    let (batch, rows) = (recipe.batch, session.split().train.rows());
    let shown = if batch.is_full(rows) { rows } else { batch.size };
    let (name, hint) = (i18n::text(lang, "net.batch"), i18n::text(lang, "net.batch_hint"));
    let mut size = count_row(ui, name, hint, shown, [1, rows.max(1)], 0.1);
    size = batch_chips(ui, ("net batch", lang), SIZES, batch, rows).or(size);
    commands.extend(size.map(|size| NetCommand::SetBatch(Batch { size, ..batch })));
    let (name, hint) = (i18n::text(lang, "net.batch_seed"), i18n::text(lang, "net.batch_seed_hint"));
    let another = i18n::fill(lang, "data.another", &[("name", &name)]);
    if let Some(seed) = seed_row(ui, name, hint, batch.seed, &another) {
        commands.push(NetCommand::SetBatch(Batch { seed, ..batch }));
    }
    let (name, hint) = (i18n::text(lang, "net.shuffle"), i18n::text(lang, "net.shuffle_hint"));
    commands.extend(switch(ui, name, hint, recipe.shuffle).map(NetCommand::SetShuffle));
}
