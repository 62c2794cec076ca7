//! The picture in words, for those who do not see it: what is descended, how far, and where each ball is.

use crate::explain::number;
use crate::i18n::{Lang, fill, text};
use crate::session::{Racer, Session};

/// Makes the words the description of the view with this id, for assistive technology.
pub(super) fn describe(ui: &egui::Ui, id: egui::Id, session: &Session, lang: Lang) {
    // They are made only where somebody listens.
    ui.ctx().accesskit_node_builder(id, |node| node.set_description(words(session, lang)));
}

/// The picture in words: `Himmelblau, 3 racers, step 13 of 120: SGD (PyTorch) at (−2.1, 3.0), loss 4.2; …`.
fn words(session: &Session, lang: Lang) -> String {
    let surface = session.surface();
    let name = if surface.id.is_some() { surface.name.get(lang) } else { surface.source.trim() };
    let count = session.racers().len();
    let racers = if count == 1 {
        text(lang, "app.alternative.one_racer").to_owned()
    } else {
        fill(lang, "app.alternative.racers", &[("count", &count)])
    };
    let list: Vec<String> = session.runs().map(|(racer, _)| place(session, racer, lang)).collect();
    let (step, last) = (session.document().transport.step(), session.last_step());
    let values: [(&str, &dyn std::fmt::Display); 5] =
        [("surface", &name), ("racers", &racers), ("step", &step), ("last", &last), ("list", &list.join("; "))];
    fill(lang, "app.alternative.picture", &values)
}

/// Where a ball is, how high, and how it ended where it has.
fn place(session: &Session, racer: &Racer, lang: Lang) -> String {
    let name = session.optimizer(racer.id).map_or("", |spec| spec.name.get(lang));
    let step = session.document().transport.step();
    let Some(run) = session.run(racer.id) else { return name.to_owned() };
    let row = run.row(step.min(run.last_step()));
    let at = row.w.iter().map(|&x| number(x)).collect::<Vec<_>>().join(", ");
    let loss = number(row.loss);
    let said = fill(lang, "app.alternative.racer", &[("name", &name), ("place", &at), ("loss", &loss)]);
    match run.outcome().filter(|_| step >= run.last_step()) {
        Some(outcome) => format!("{said}, {}", crate::explain::outcome(lang, outcome)),
        None => said,
    }
}
