//! What the benches share: the best time of several rounds, taken in turns so that a drifting machine hits both sides.

use std::time::{Duration, Instant};

/// The shortest times of `ours` and `theirs` over `rounds` turns, after one warm-up each.
pub(crate) fn in_turns(rounds: usize, mut ours: impl FnMut(), mut theirs: impl FnMut()) -> (Duration, Duration) {
    let mut best = (Duration::MAX, Duration::MAX);
    ours();
    theirs();
    for _ in 0..rounds {
        best.0 = best.0.min(time(&mut ours));
        best.1 = best.1.min(time(&mut theirs));
    }
    best
}

fn time(work: &mut impl FnMut()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// A ratio with its two times.
pub(crate) fn report(question: &str, unit: f64, unit_name: &str, (ours, theirs): (Duration, Duration), target: &str) {
    let scaled = |d: Duration| d.as_secs_f64() * 1e9 / unit;
    println!(
        "{question:<44} {:>8.3} × the hand-written loop   ({:.2} against {:.2} {unit_name})   target {target}",
        ours.as_secs_f64() / theirs.as_secs_f64(),
        scaled(ours),
        scaled(theirs),
    );
}
