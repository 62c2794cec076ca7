//! The transport: where in time the picture is, and how time goes on. Knows no run; the caller says where runs end.

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
}

impl Default for Transport {
    fn default() -> Self {
        Self { playing: false, speed: 1.0, cursor: 0.0, looping: false }
    }
}

impl Transport {
    /// Steps a second at speed 1.
    pub const STEPS_PER_SECOND: f64 = 10.0;
    /// The slowest and the fastest speed.
    pub const SPEEDS: [f64; 2] = [0.1, 100.0];
    /// For how many seconds a looping picture stands still at the end.
    pub const REST: f64 = 1.5;

    /// The step at or before the cursor.
    pub fn step(&self) -> usize {
        self.cursor.max(0.0) as usize
    }

    /// How far the ball has rolled toward the next iterate, in `[0, 1)`.
    pub fn fraction(&self) -> f64 {
        (self.cursor - self.cursor.floor()).clamp(0.0, 1.0)
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
            self.cursor = (self.cursor + seconds * self.speed * Self::STEPS_PER_SECOND).min(end);
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
