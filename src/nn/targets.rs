//! How a loss reads targets: numbers as they are, classes as numbers, or one 1 among zeros; and which rows are right.

use super::dataset::{Dataset, Targets};
use super::loss::Loss;
use super::precision::Real;

/// Why a loss cannot read targets.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TargetError {
    /// The net has another number of outputs than the loss wants for these targets.
    #[error("{wanted} outputs wanted, {found} found")]
    Outputs {
        /// How many the targets want.
        wanted: usize,
        /// How many the net has.
        found: usize,
    },
    /// Several classes, and one output.
    #[error("{classes} classes want {classes} outputs, or softmax cross-entropy")]
    Classes {
        /// How many classes there are.
        classes: usize,
        /// How many outputs the net has.
        outputs: usize,
    },
    /// A number that the loss does not read.
    #[error("row {row}: {value} is no target of {loss}")]
    Value {
        /// The row, from 0.
        row: usize,
        /// What stands there.
        value: f64,
        /// The loss.
        loss: Loss,
        /// How many outputs the net has: the classes are below it.
        outputs: usize,
    },
    /// A class that is not below the number of outputs.
    #[error("row {row}: class {label} of {outputs}")]
    Label {
        /// The row, from 0.
        row: usize,
        /// Its class.
        label: u32,
        /// How many outputs there are.
        outputs: usize,
    },
}

/// How targets become numbers beside the outputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// Numbers as they are.
    Numbers,
    /// Two classes as two numbers.
    Two {
        /// The first.
        low: f64,
        /// The second.
        high: f64,
    },
    /// A number at the class, another elsewhere.
    Among {
        /// Elsewhere.
        other: f64,
        /// At the class.
        own: f64,
    },
}

impl Reading {
    /// How a loss reads the targets of data beside so many outputs. Every value has been looked at then.
    ///
    /// # Errors
    /// What the loss cannot read.
    pub fn new(loss: Loss, data: &Dataset, outputs: usize) -> Result<Self, TargetError> {
        let (low, high) = match loss {
            Loss::BceWithLogits | Loss::SoftmaxCrossEntropy => (0.0, 1.0),
            _ => (-1.0, 1.0),
        };
        match &data.targets {
            Targets::Numbers { cols, values } if loss == Loss::SoftmaxCrossEntropy => {
                whole_classes(loss, (*cols, values), outputs)?;
                Ok(Self::Among { other: 0.0, own: 1.0 })
            }
            Targets::Numbers { cols, values } => {
                if *cols != outputs {
                    return Err(TargetError::Outputs { wanted: *cols, found: outputs });
                }
                let fits = |value: f64| match loss {
                    Loss::BceWithLogits => (0.0..=1.0).contains(&value),
                    Loss::Hinge => value == -1.0 || value == 1.0,
                    _ => value.is_finite(),
                };
                match values.iter().position(|value| !fits(*value)) {
                    Some(at) => Err(TargetError::Value { row: at / (*cols).max(1), value: values[at], loss, outputs }),
                    None => Ok(Self::Numbers),
                }
            }
            Targets::Classes { names, labels } => {
                let classes = names.len();
                let wrong = labels.iter().position(|label| *label as usize >= classes.max(1));
                if let Some(row) = wrong {
                    return Err(TargetError::Label { row, label: labels[row], outputs: classes });
                }
                if loss == Loss::SoftmaxCrossEntropy {
                    if outputs < classes.max(2) {
                        return Err(TargetError::Outputs { wanted: classes.max(2), found: outputs });
                    }
                    return Ok(Self::Among { other: 0.0, own: 1.0 });
                }
                if outputs == 1 && classes <= 2 {
                    return Ok(Self::Two { low, high });
                }
                if outputs != classes {
                    return Err(TargetError::Classes { classes, outputs });
                }
                // One 1 among zeros, for the hinge among −1.
                Ok(Self::Among { other: if loss == Loss::Hinge { -1.0 } else { 0.0 }, own: 1.0 })
            }
        }
    }

    /// Writes the targets of rows, `[rows, outputs]`, or as columns where the loss wants them so.
    pub fn gather<T: Real>(self, data: &Dataset, rows: &[u32], outputs: usize, columns: bool, out: &mut [T]) {
        let at = |row: usize, output: usize| if columns { output * rows.len() + row } else { row * outputs + output };
        match (self, &data.targets) {
            (Self::Numbers, Targets::Numbers { cols, values }) => {
                for (out, &row) in out.chunks_exact_mut((*cols).max(1)).zip(rows) {
                    for (out, &value) in out.iter_mut().zip(&values[row as usize * cols..]) {
                        *out = T::of(value);
                    }
                }
            }
            (Self::Two { low, high }, Targets::Classes { labels, .. }) => {
                for (out, &row) in out.iter_mut().zip(rows) {
                    *out = T::of(if labels[row as usize] == 0 { low } else { high });
                }
            }
            (Self::Among { other, own }, targets) => {
                out[..rows.len() * outputs].fill(T::of(other));
                for (k, &row) in rows.iter().enumerate() {
                    let class = class(targets, row as usize);
                    if class < outputs {
                        out[at(k, class)] = T::of(own);
                    }
                }
            }
            // A reading belongs to its targets.
            _ => out.fill(T::of(f64::NAN)),
        }
    }

    /// How many of these rows the outputs tell rightly; none where the targets are no classes.
    pub fn right<T: Real>(self, loss: Loss, data: &Dataset, rows: &[u32], outputs: &[T]) -> Option<usize> {
        let width = outputs.len() / rows.len().max(1);
        let told = outputs.chunks_exact(width.max(1)).zip(rows);
        match self {
            Self::Among { .. } => {
                Some(told.filter(|(own, row)| largest(own) == class(&data.targets, **row as usize)).count())
            }
            Self::Two { low, high } => {
                // An output before its sigmoid is even at 0.
                let even = if loss == Loss::BceWithLogits { 0.0 } else { 0.5 * (low + high) };
                Some(
                    told.filter(|(own, row)| (own[0].wide() > even) == (class(&data.targets, **row as usize) > 0))
                        .count(),
                )
            }
            Self::Numbers => {
                let Targets::Numbers { cols, values } = &data.targets else { return None };
                let even = match loss {
                    Loss::BceWithLogits => 0.5,
                    Loss::Hinge => 0.0,
                    _ => return None,
                };
                let wanted = |row: u32| values.get(row as usize * cols..).unwrap_or_default();
                let right = |own: &[T], row: u32| {
                    own.iter().zip(wanted(row)).all(|(own, wanted)| (own.wide() > 0.0) == (*wanted > even))
                };
                Some(told.filter(|(own, row)| right(own, **row)).count())
            }
        }
    }
}

impl Targets {
    /// How many outputs a net has that a loss compares with these targets: one a number; one for two classes; else one a
    /// class.
    pub fn outputs(&self, loss: Loss) -> usize {
        let softmax = loss == Loss::SoftmaxCrossEntropy;
        match self {
            Self::Numbers { values, .. } if softmax => {
                let most = values.iter().fold(1.0, |most: f64, &value| if value > most { value } else { most });
                // What is no class is told by the reading.
                most.min(1e6) as usize + 1
            }
            Self::Numbers { cols, .. } => *cols,
            Self::Classes { names, .. } if softmax => names.len().max(2),
            Self::Classes { names, .. } if names.len() <= 2 => 1,
            Self::Classes { names, .. } => names.len(),
        }
    }
}

/// Numbers as classes: one a row, whole, below the number of outputs.
fn whole_classes(loss: Loss, (cols, values): (usize, &[f64]), outputs: usize) -> Result<(), TargetError> {
    if cols != 1 || outputs < 2 {
        return Err(TargetError::Outputs { wanted: cols.max(2), found: outputs });
    }
    let fits = |value: f64| value.fract() == 0.0 && value >= 0.0 && value < outputs as f64;
    match values.iter().position(|value| !fits(*value)) {
        Some(row) => Err(TargetError::Value { row, value: values[row], loss, outputs }),
        None => Ok(()),
    }
}

/// The class of a row.
fn class(targets: &Targets, row: usize) -> usize {
    match targets {
        Targets::Classes { labels, .. } => labels[row] as usize,
        // Whole and small: looked at when the reading was made.
        Targets::Numbers { values, .. } => values[row] as usize,
    }
}

/// The place of the largest; the first of equals.
fn largest<T: Real>(values: &[T]) -> usize {
    let mut best = 0;
    for (k, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = k;
        }
    }
    best
}
