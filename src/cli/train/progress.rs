//! The bar of a training on a terminal: how far it is, the loss, the time left. Nothing anywhere else.

use std::io::{self, IsTerminal as _};

use indicatif::{ProgressBar, ProgressStyle};

use crate::explain;
use crate::i18n::{Lang, fill, text};

/// A bar, or none.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    epochs: usize,
    batches: usize,
    lang: Lang,
}

impl Progress {
    /// A bar of so many epochs of so many batches.
    pub(super) fn new(epochs: usize, batches: usize, lang: Lang) -> Self {
        let shown = io::stderr().is_terminal() && epochs > 0;
        let bar = shown.then(|| {
            let left = text(lang, "cli.time_left");
            let template = format!("{{bar:30}} {{msg}}  {left} {{eta}}");
            let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new((epochs * batches) as u64).with_style(style)
        });
        Self { bar, epochs, batches, lang }
    }

    /// A step was made.
    pub(super) fn step(&self, step: usize, loss: f64) {
        // Of very many steps the first of each hundred is enough.
        if let Some(bar) = self.bar.as_ref().filter(|_| self.batches < 1000 || step.is_multiple_of(100)) {
            bar.set_position(step as u64);
            if self.batches >= 1000 {
                self.say(bar, step / self.batches.max(1), loss);
            }
        }
    }

    /// An epoch is over, after which the loss is this.
    pub(super) fn epoch(&self, loss: f64) {
        if let Some(bar) = &self.bar {
            self.say(bar, bar.position() as usize / self.batches.max(1), loss);
        }
    }

    fn say(&self, bar: &ProgressBar, epoch: usize, loss: f64) {
        let loss = explain::steady(loss);
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("epoch", &epoch), ("epochs", &self.epochs), ("loss", &loss)];
        bar.set_message(fill(self.lang, "cli.epoch", &values));
    }

    /// The bar goes away.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
