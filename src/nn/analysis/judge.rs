//! What a net takes for what: the class that it tells for each row, the confusion matrix, and the rows that are told
//! wrongly, the surest first.

use crate::nn::dataset::{Dataset, Targets};
use crate::nn::loss::Loss;
use crate::num::elem;

/// How often a class was taken for another.
#[derive(Clone, Debug, PartialEq)]
pub struct Confusion {
    /// The names of the classes.
    pub names: Vec<String>,
    /// A row for each class that is right, a column for each that is told.
    pub counts: Vec<u32>,
}

impl Confusion {
    /// How often `told` was told where `right` is right.
    pub fn count(&self, right: usize, told: usize) -> u32 {
        self.counts.get(right * self.names.len() + told).copied().unwrap_or(0)
    }
}

/// A row that is told wrongly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wrong {
    /// Which row.
    pub row: u32,
    /// The class that is right.
    pub right: u32,
    /// The class that is told.
    pub told: u32,
    /// How sure the net is of what it tells, from 0 to 1: the share of the softmax, or of the sigmoid. Losses without such a
    /// reading are read the same way.
    pub sure: f64,
}

/// What the net tells of all rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The class told for each row.
    pub told: Vec<u32>,
    /// What is taken for what.
    pub confusion: Confusion,
    /// The rows that are told wrongly, the surest first.
    pub wrong: Vec<Wrong>,
}

/// What outputs, `rows × outputs`, tell of data with classes. None where the targets are no classes, or outputs are
/// missing.
pub fn judge(loss: Loss, data: &Dataset, outputs: &[f64]) -> Option<Judged> {
    let Targets::Classes { names, labels } = &data.targets else { return None };
    let (rows, classes) = (labels.len(), names.len());
    let width = outputs.len() / rows.max(1);
    if width == 0 || width * rows != outputs.len() || classes == 0 {
        return None;
    }
    let mut judged = Judged {
        told: Vec::with_capacity(rows),
        confusion: Confusion { names: names.clone(), counts: vec![0; classes * classes] },
        wrong: Vec::new(),
    };
    for ((row, &right), outputs) in (0_u32..).zip(labels).zip(outputs.chunks_exact(width)) {
        let (told, sure) = tell(loss, outputs);
        judged.told.push(told);
        if let Some(count) = judged.confusion.counts.get_mut(right as usize * classes + told as usize)
            && (told as usize) < classes
        {
            *count += 1;
        }
        if told != right {
            judged.wrong.push(Wrong { row, right, told, sure });
        }
    }
    judged.wrong.sort_by(|a, b| b.sure.total_cmp(&a.sure).then(a.row.cmp(&b.row)));
    Some(judged)
}

/// The class that the outputs of a row tell, and how surely.
fn tell(loss: Loss, outputs: &[f64]) -> (u32, f64) {
    if let [one] = outputs {
        // Two classes stand for −1 and 1, or for 0 and 1 before the sigmoid: even is 0 in both cases.
        let told = u32::from(*one > 0.0);
        let slope = if loss == Loss::BceWithLogits { 1.0 } else { 2.0 };
        return (told, elem::sigmoid(slope * one.abs()));
    }
    let mut best = 0;
    for (k, value) in outputs.iter().enumerate() {
        if *value > outputs[best] {
            best = k;
        }
    }
    let sum: f64 = outputs.iter().map(|value| elem::exp(value - outputs[best])).sum();
    (best as u32, 1.0 / sum)
}
