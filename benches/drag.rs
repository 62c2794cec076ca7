//! What does it cost to drag the start? Every move computes the whole predicted paths anew: eight racers of different
//! rules, 500 steps each, on Himmelblau's function. It must fit into one frame of 16 ms.

#![allow(clippy::print_stdout, reason = "a bench prints its figure")]

use std::time::Instant;

use downhill::descent::StopRule;
use downhill::session::{Command, Document, Refusal, Session};

const RULES: [&str; 7] =
    ["torch/adam", "torch/rmsprop", "torch/adagrad", "keras/sgd", "optax/lion", "torch/nadam", "book/naive_momentum"];
const MOVES: u32 = 200;

/// Eight racers that make all their 500 steps.
fn race() -> Result<Session, Refusal> {
    let mut session = Session::on("himmelblau", "torch/sgd")?;
    for id in RULES {
        session.apply(Command::AddRacer(id.to_owned()))?;
    }
    Session::open(Document { stop: StopRule::Never, steps: 500, ..session.document().clone() })
}

fn main() -> Result<(), String> {
    let mut session = race().map_err(|refusal| format!("{refusal:?}"))?;
    let mut worst = 0.0_f64;
    let mut all = 0.0;
    for k in 0..MOVES {
        let along = f64::from(k) / f64::from(MOVES);
        let start = Instant::now();
        session.apply(Command::MoveStart(vec![-4.0 + 8.0 * along, 3.0 - 5.0 * along])).map_err(|r| format!("{r:?}"))?;
        let spent = start.elapsed().as_secs_f64() * 1e3;
        worst = worst.max(spent);
        all += spent;
    }
    let steps: usize = session.runs().map(|(_, run)| run.last_step()).sum();
    let mean = all / f64::from(MOVES);
    println!("{mean:.2} ms for a move of the start with {steps} steps, {worst:.2} ms at worst (target 16 ms)");
    Ok(())
}
