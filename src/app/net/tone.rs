//! From what a net answers to colors: a signed number between two colors, classes blended by their shares.

use egui::Color32;

use crate::app::theme::Theme;
use crate::nn::{Loss, Targets};
use crate::num::elem;

/// What the outputs of a net mean.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) enum Meaning {
    /// One output: below the middle the first class, above it the second; `logits` before a sigmoid, else between −1
    /// and 1.
    Two {
        /// Whether the output is before a sigmoid.
        logits: bool,
    },
    /// An output a class; `logits` before a softmax, else shares.
    Many {
        /// How many classes.
        classes: usize,
        /// Whether the outputs are before a softmax.
        logits: bool,
    },
    /// Numbers within this range.
    Number {
        /// The smallest and the largest target.
        range: [f64; 2],
    },
}

impl Meaning {
    /// What the outputs mean for these targets and this loss.
    pub(in crate::app) fn of(targets: &Targets, loss: Loss) -> Self {
        match targets {
            Targets::Classes { names, .. } if names.len() == 2 && loss != Loss::SoftmaxCrossEntropy => {
                Self::Two { logits: loss == Loss::BceWithLogits }
            }
            Targets::Classes { names, .. } => {
                Self::Many { classes: names.len(), logits: loss == Loss::SoftmaxCrossEntropy }
            }
            Targets::Numbers { values, .. } => {
                let finite = || values.iter().copied().filter(|value| value.is_finite());
                let low = finite().fold(f64::INFINITY, f64::min);
                let high = finite().fold(f64::NEG_INFINITY, f64::max);
                Self::Number { range: if low < high { [low, high] } else { [-1.0, 1.0] } }
            }
        }
    }

    /// The outputs of a place.
    pub(in crate::app) fn width(&self) -> usize {
        match self {
            Self::Two { .. } | Self::Number { .. } => 1,
            Self::Many { classes, .. } => *classes,
        }
    }

    /// The shares of the classes; empty for numbers.
    pub(in crate::app) fn shares(&self, outputs: &[f32]) -> Vec<f64> {
        let wide = |value: f32| f64::from(value);
        match self {
            Self::Number { .. } => Vec::new(),
            Self::Two { logits } => {
                let z = outputs.first().copied().map_or(f64::NAN, wide);
                let p = if *logits { 1.0 / (1.0 + elem::exp(-z)) } else { (0.5 + 0.5 * z).clamp(0.0, 1.0) };
                vec![1.0 - p, p]
            }
            Self::Many { logits, .. } => {
                let most = outputs.iter().copied().map(wide).fold(f64::NEG_INFINITY, f64::max);
                let share = |value: f64| if *logits { elem::exp(value - most) } else { value.max(0.0) };
                let shares: Vec<f64> = outputs.iter().map(|value| share(wide(*value))).collect();
                let sum: f64 = shares.iter().sum();
                let even = 1.0 / shares.len().max(1) as f64;
                shares.into_iter().map(|share| if sum > 0.0 { share / sum } else { even }).collect()
            }
        }
    }

    /// The class that is decided for; none for numbers.
    pub(in crate::app) fn decision(&self, outputs: &[f32]) -> Option<usize> {
        let shares = self.shares(outputs);
        let best = shares.iter().enumerate().max_by(|(i, a), (j, b)| a.total_cmp(b).then(j.cmp(i)));
        best.map(|(class, _)| class).filter(|_| shares.iter().all(|share| share.is_finite()))
    }

    /// The color of a place.
    pub(in crate::app) fn color(&self, theme: &Theme, outputs: &[f32], discrete: bool) -> Color32 {
        match self {
            Self::Number { range: [low, high] } => {
                let value = outputs.first().copied().map_or(f64::NAN, f64::from);
                signed(theme, number_tone([*low, *high], value))
            }
            Self::Two { .. } => {
                let p = self.shares(outputs).get(1).copied().unwrap_or(f64::NAN);
                signed(theme, if discrete { sign(p - 0.5) } else { 2.0 * p - 1.0 })
            }
            Self::Many { .. } if discrete => {
                self.decision(outputs).map_or(theme.canvas, |class| ground_of(theme, class_color(theme, class), 1.0))
            }
            Self::Many { classes, .. } => {
                let shares = self.shares(outputs);
                let most = shares.iter().copied().fold(0.0, f64::max);
                // As pale as it is undecided.
                let even = 1.0 / *classes as f64;
                let sure = ((most - even) / (1.0 - even)).clamp(0.0, 1.0);
                let mut mixed = [0.0_f64; 3];
                for (class, share) in shares.iter().enumerate() {
                    let [r, g, b, _] = class_color(theme, class).to_array();
                    for (sum, part) in mixed.iter_mut().zip([r, g, b]) {
                        *sum += share * f64::from(part);
                    }
                }
                let ink = theme.rgb(mixed.map(|part| part.clamp(0.0, 255.0) as u8));
                ground_of(theme, ink, (0.25 + 0.75 * sure) as f32)
            }
        }
    }
}

/// Where a number stands between −1 and 1, for the range of the targets.
pub(in crate::app) fn number_tone([low, high]: [f64; 2], value: f64) -> f64 {
    // What is centered stays so: the sign has a color of its own.
    let most = low.abs().max(high.abs());
    if low < 0.0 && high > 0.0 { value / most } else { 2.0 * (value - low) / (high - low) - 1.0 }
}

fn sign(value: f64) -> f64 {
    if value.is_nan() { value } else { value.signum() }
}

/// A ground in a color, strong from 0 to 1: what stands on it can be seen.
fn ground_of(theme: &Theme, ink: Color32, strength: f32) -> Color32 {
    theme.canvas.lerp_to_gamma(ink, 0.72 * strength.clamp(0.0, 1.0))
}

/// The color of a number between −1 and 1, as a ground: the first class's below 0, the second's above.
pub(in crate::app) fn signed(theme: &Theme, tone: f64) -> Color32 {
    if !tone.is_finite() {
        return theme.raised_active;
    }
    ground_of(theme, sign_color(theme, tone > 0.0), tone.abs().min(1.0) as f32)
}

/// The color of a sign.
pub(in crate::app) fn sign_color(theme: &Theme, positive: bool) -> Color32 {
    class_color(theme, usize::from(positive))
}

/// The color of a class.
pub(in crate::app) fn class_color(theme: &Theme, class: usize) -> Color32 {
    theme.racers.get(class % theme.racers.len().max(1)).copied().unwrap_or(theme.accent)
}

/// 257 colors from −1 to 1.
pub(in crate::app) fn table(theme: &Theme) -> Vec<Color32> {
    (0..=256).map(|k| signed(theme, f64::from(k) / 128.0 - 1.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_mean_shares() {
        let two = Meaning::Two { logits: true };
        assert_eq!(two.shares(&[0.0]), vec![0.5, 0.5]);
        assert_eq!((two.decision(&[3.0]), two.decision(&[-3.0])), (Some(1), Some(0)));
        let three = Meaning::Many { classes: 3, logits: true };
        let shares = three.shares(&[1.0, 1.0, 1.0]);
        assert!(shares.iter().all(|share| (share - 1.0 / 3.0).abs() < 1e-12));
        assert_eq!(three.decision(&[0.0, 9.0, 1.0]), Some(1));
        assert_eq!(two.decision(&[f32::NAN]), None);
        assert_eq!(Meaning::Number { range: [0.0, 1.0] }.decision(&[0.4]), None);
        assert_eq!(number_tone([-2.0, 1.0], 1.0), 0.5);
        assert_eq!(number_tone([1.0, 3.0], 2.0), 0.0);
    }
}
