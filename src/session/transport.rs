//! The transport: where in time the picture is, and how time goes on. Knows no run; the caller says where runs end.

use super::Phase;

/// Playing, speed and place.
#[derive(Clone, Debug, PartialEq)]
pub struct Transport {
    /// Whether time goes on by itself.
    pub playing: bool,
    /// How fast: a multiple of [`Transport::STEPS_PER_SECOND`], within [`Transport::SPEEDS`].
    pub speed: f64,
    /// The place in time, in steps. The whole part is the step; the fraction is how far the ball has rolled from its
    /// iterate to the next.
    pub cursor: f64,
    /// Whether to begin again at the end.
    pub looping: bool,
    /// Whether each step is played line by line ([`super::Phase`]).
    pub slow: bool,
}

impl Default for Transport {
    fn default() -> Self {
        Self { playing: false, speed: 1.0, cursor: 0.0, looping: false, slow: false }
    }
}

impl Transport {
    /// Steps a second at speed 1.
    pub const STEPS_PER_SECOND: f64 = 10.0;
    /// Steps a second at speed 1 in slow motion: time to read the lines.
    pub const SLOW_STEPS_PER_SECOND: f64 = 0.2;
    /// The slowest and the fastest speed.
    pub const SPEEDS: [f64; 2] = [0.1, 100.0];
    /// For how many seconds a looping picture stands still at the end.
    pub const REST: f64 = 1.5;

    /// The step at or before the cursor.
    pub fn step(&self) -> usize {
        self.cursor.max(0.0) as usize
    }

    /// How far the time is within the step, in `[0, 1)`.
    pub fn fraction(&self) -> f64 {
        (self.cursor - self.cursor.floor()).clamp(0.0, 1.0)
    }

    /// Where the balls are, in steps. In slow motion they rest while the lines of the rule are gone through.
    pub fn place(&self) -> f64 {
        if self.slow { self.cursor.floor() + Phase::rolled(self.fraction()) } else { self.cursor }
    }

    /// What is shown of the step, where the rule has so many lines; none outside of slow motion.
    pub fn phase(&self, lines: usize) -> Option<Phase> {
        self.slow.then(|| Phase::at(self.fraction(), lines))
    }

    /// Where one step forward leads: to the next whole number; in slow motion, to the next line.
    pub(super) fn after(&self, lines: usize) -> f64 {
        let next = self.slow.then(|| Phase::after(self.fraction(), lines)).flatten();
        self.cursor.floor() + next.unwrap_or(1.0)
    }

    /// Where one step back leads: to the whole number before; in slow motion, to the line before.
    pub(super) fn before(&self, lines: usize) -> f64 {
        if !self.slow {
            return self.cursor.ceil() - 1.0;
        }
        let (step, fraction) =
            if self.fraction() > 0.0 { (self.cursor.floor(), self.fraction()) } else { (self.cursor - 1.0, 1.0) };
        step + Phase::before(fraction, lines)
    }

    /// How many steps a second are played.
    pub fn steps_per_second(&self) -> f64 {
        self.speed * if self.slow { Self::SLOW_STEPS_PER_SECOND } else { Self::STEPS_PER_SECOND }
    }

    /// Moves on by `seconds` where the last step is `end`; `rested` are the seconds already spent at the end. Whether
    /// anything that is drawn has changed.
    pub(super) fn advance(&mut self, seconds: f64, end: usize, rested: &mut f64) -> bool {
        if !self.playing || !seconds.is_finite() || seconds <= 0.0 {
            return false;
        }
        let end = end as f64;
        if self.cursor < end {
            *rested = 0.0;
            self.cursor = (self.cursor + seconds * self.steps_per_second()).min(end);
            self.playing = self.cursor < end || self.looping;
            return true;
        }
        if !self.looping || end == 0.0 {
            self.playing = false;
            return true;
        }
        *rested += seconds;
        if *rested < Self::REST {
            return false;
        }
        *rested = 0.0;
        self.cursor = 0.0;
        true
    }
}
