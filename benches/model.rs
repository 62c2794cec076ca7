//! What does the loss of a model cost? The field of 200×200 losses behind a map, over so many rows of data (target 30 ms over
//! 200 rows of linear regression, a fraction of a second over 1,000), and the gradient over a mini-batch of five rows.

#![allow(clippy::print_stdout, reason = "a bench prints its figure")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use downhill::chart::{Sampler, View};
use downhill::objective::Evaluator;
use downhill::surface::model::find_model;
use downhill::surface::{ModelChoice, ModelError, Surface};

const ROUNDS: usize = 7;

/// The loss of an entry over so many drawn rows.
fn surface(id: &str, rows: usize) -> Result<Surface, ModelError> {
    let entry = find_model(id).map_err(ModelError::Unknown)?;
    let mut choice = ModelChoice::of(entry);
    choice.sample.count = rows;
    choice.points = Arc::new(entry.draw(&choice.sample));
    choice.surface()
}

/// The shortest of some rounds, in seconds.
fn best(mut work: impl FnMut()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    (0..ROUNDS).map(time).fold(f64::INFINITY, f64::min)
}

fn main() -> Result<(), ModelError> {
    for (id, rows) in
        [("line", 40), ("line", 200), ("line", 1000), ("neuron_tanh", 200), ("logistic", 40), ("logistic", 200)]
    {
        let surface = surface(id, rows)?;
        let view = View { x: surface.domain[0], y: surface.domain[1] };
        let mut sampler = Sampler::new(&surface);
        let field = best(|| _ = black_box(sampler.field(view, [200, 200]))) * 1e3;
        println!("{id:<12} {rows:>5} rows   field of 200×200 losses {field:>7.1} ms");
    }
    let mut evaluator = Evaluator::new(Arc::new(surface("line", 200)?));
    let (mut gradient, rows) = ([0.0; 2], [3_u32, 1, 4, 15, 9]);
    const TIMES: u32 = 10_000;
    let work = || (0..TIMES).for_each(|_| _ = black_box(evaluator.batch_gradient(&[0.1, 0.2], &rows, &mut gradient)));
    println!("gradient over a mini-batch of 5 rows {:>7.0} ns", best(work) * 1e9 / f64::from(TIMES));
    Ok(())
}
