//! Slow motion: a step played line by line. The first part of the time of a step belongs to the lines of the rule, one
//! after the other, the rest to the ball. A function of the time alone, so that a place in time is always the same picture.

/// What is shown of a step in slow motion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Phase {
    /// The ball rests at its iterate; no line is reached yet.
    Rest,
    /// This line of the rule is being computed; those before it are done.
    Line(usize),
    /// All lines are done, and the ball has rolled this far toward the next iterate, in `[0, 1)`.
    Roll(f64),
}

/// The share of a step's time that the lines take.
const LINES: f64 = 0.75;

impl Phase {
    /// At a fraction of the time of a step, where the rule has so many lines.
    pub fn at(fraction: f64, lines: usize) -> Self {
        if fraction <= 0.0 || (lines == 0 && fraction < LINES) {
            Self::Rest
        } else if fraction < LINES {
            Self::Line(((fraction / LINES * lines as f64) as usize).min(lines - 1))
        } else {
            Self::Roll(Self::rolled(fraction))
        }
    }

    /// How far the ball has rolled.
    pub fn rolled(fraction: f64) -> f64 {
        ((fraction - LINES) / (1.0 - LINES)).max(0.0)
    }

    /// The middle of the time of a line.
    fn middle(line: usize, lines: usize) -> f64 {
        LINES * (line as f64 + 0.5) / lines as f64
    }

    /// The place of the next line after a fraction; none where the step ends next.
    pub(super) fn after(fraction: f64, lines: usize) -> Option<f64> {
        let next = match Self::at(fraction, lines) {
            Self::Rest => 0,
            Self::Line(line) => line + 1,
            Self::Roll(_) => lines,
        };
        (next < lines).then(|| Self::middle(next, lines))
    }

    /// The place of the line before a fraction; 0 where that is the rest.
    pub(super) fn before(fraction: f64, lines: usize) -> f64 {
        let reached = match Self::at(fraction, lines) {
            Self::Rest => 0,
            Self::Line(line) => line,
            Self::Roll(_) => lines,
        };
        reached.checked_sub(1).map_or(0.0, |line| Self::middle(line, lines))
    }

    /// Whether a line is being computed or done.
    pub fn reached(self, line: usize) -> bool {
        match self {
            Self::Rest => false,
            Self::Line(now) => line <= now,
            Self::Roll(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_goes_through_its_lines_and_then_rolls() {
        assert_eq!(Phase::at(0.0, 3), Phase::Rest);
        let mut fraction = 0.0;
        for line in 0..3 {
            fraction = Phase::after(fraction, 3).unwrap_or(f64::NAN);
            assert_eq!(Phase::at(fraction, 3), Phase::Line(line));
            assert_eq!(Phase::rolled(fraction), 0.0);
        }
        assert_eq!(Phase::after(fraction, 3), None);
        for line in [1, 0] {
            fraction = Phase::before(fraction, 3);
            assert_eq!(Phase::at(fraction, 3), Phase::Line(line));
        }
        assert_eq!(Phase::before(fraction, 3), 0.0);
        assert_eq!(Phase::before(1.0, 3), Phase::middle(2, 3));
        assert_eq!(Phase::at(0.875, 3), Phase::Roll(0.5));
        assert_eq!((Phase::at(0.3, 0), Phase::after(0.0, 0)), (Phase::Rest, None));
    }
}
