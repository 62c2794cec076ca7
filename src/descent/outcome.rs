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
