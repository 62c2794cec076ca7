//! Why a descent stopped, as data with its numbers: the words belong to `explain`.

/// When a descent ends before its limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StopRule {
    /// Only at a value that is not finite.
    Never,
    /// Also when it has converged or diverged.
    #[default]
    Auto,
}

/// The end of a descent.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The last row.
    pub step: usize,
    /// Why it is the last.
    pub reason: Reason,
}

/// Why a descent ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// It stands still, and nothing it remembers would move it on. The rule is that of [`super::judge`].
    Converged {
        /// The first of the rows that stand still.
        since: usize,
        /// The largest change of a parameter in the last step.
        size: f64,
        /// The eigenvalues of the Hessian there, ascending: what kind of point it is.
        eigenvalues: Vec<f64>,
    },
    /// It has left for good.
    Diverged {
        /// What gave it away.
        sign: Sign,
        /// Why.
        cause: Cause,
    },
    /// A value of the last row is not finite.
    NonFinite {
        /// Which.
        what: Quantity,
        /// Why.
        cause: Cause,
    },
    /// All the steps that were asked for are made.
    StepLimit,
}

/// What gave a divergence away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    /// The loss grew.
    Loss {
        /// At the start.
        from: f64,
        /// In the last row.
        to: f64,
    },
    /// The iterate went far away.
    Distance(f64),
}

/// Which numbers of a row are not finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A parameter.
    Parameter,
    /// The loss.
    Loss,
    /// The gradient.
    Gradient,
}

/// Why a descent diverged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// The step was longer than the curvature allows: `rate · curvature > limit`, so each step overshoots further.
    Overshoot {
        /// The row where it was first so.
        step: usize,
        /// The rate η there.
        rate: f64,
        /// The largest eigenvalue of the Hessian there.
        curvature: f64,
        /// The largest stable product of the two: 2 for plain descent, 2(1 + μ) with momentum.
        limit: f64,
        /// The momentum of the rule, if it has one.
        momentum: Option<f64>,
    },
    /// The loss fell without end: there is no bottom in that direction.
    Bottomless,
    /// The start itself has no finite values.
    Outside,
    /// None that is known.
    Unknown,
}

impl Cause {
    /// Rate times curvature, of an overshoot.
    pub fn product(&self) -> Option<f64> {
        match self {
            Self::Overshoot { rate, curvature, .. } => Some(rate * curvature),
            _ => None,
        }
    }
}
