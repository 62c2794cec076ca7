//! Which moments a film shows, and for how long.

use clap::Args;

use super::target::Target;
use crate::cli::failure::Failure;
use crate::i18n::{Lang, fill};
use crate::session::{Session, Transport};

/// The lengths of films that do not say one, in seconds.
const USUAL: [f64; 2] = [2.0, 12.0];
/// The longest film, in seconds.
const LONGEST: f64 = 600.0;

#[derive(Args)]
pub(super) struct PlanArgs {
    /// Frames a second
    #[arg(long, value_name = "N", default_value = "25", allow_hyphen_values = true)]
    fps: String,
    /// How long the way takes, in seconds; the last frame is seen a little longer [default: as in the window, 2 to 12]
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    seconds: Option<String>,
}

/// The moments.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plan {
    /// The places in time, in steps, a frame each.
    pub(super) moments: Vec<f64>,
    /// Seconds from one frame to the next.
    pub(super) pace: f64,
    /// Seconds for which the last one is seen.
    pub(super) rest: f64,
}

impl Plan {
    /// From the start to a place in time.
    pub(super) fn new(
        args: &PlanArgs,
        target: &Target,
        session: &Session,
        end: f64,
        lang: Lang,
    ) -> Result<Self, Failure> {
        let fastest = target.fastest();
        let fps = args.fps.trim().parse::<f64>().ok().filter(|fps| (0.1..=fastest).contains(fps));
        let fps = fps
            .ok_or_else(|| Failure::Input(fill(lang, "cli.animate.fps", &[("text", &args.fps), ("most", &fastest)])))?;
        let seconds = match &args.seconds {
            None => (end / session.document().transport.steps_per_second()).clamp(USUAL[0], USUAL[1]),
            Some(said) => {
                let seconds = said.trim().parse::<f64>().ok().filter(|seconds| *seconds > 0.0 && *seconds <= LONGEST);
                let values: [(&str, &dyn std::fmt::Display); 2] = [("text", said), ("most", &LONGEST)];
                seconds.ok_or_else(|| Failure::Input(fill(lang, "cli.animate.seconds", &values)))?
            }
        };
        let count = if end > 0.0 { ((seconds * fps).round() as usize).max(2) } else { 1 };
        let last = count.max(2) - 1;
        let moments = (0..count).map(|k| end * k as f64 / last as f64).collect();
        Ok(Self { moments, pace: 1.0 / fps, rest: Transport::REST })
    }

    /// For how long a frame is seen.
    pub(super) fn seconds(&self, frame: usize) -> f64 {
        if frame + 1 == self.moments.len() { self.rest.max(self.pace) } else { self.pace }
    }
}
