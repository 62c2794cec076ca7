//! Many descents at once are the same descents: every lane's bits are those of a ball alone.

use std::sync::Arc;

use downhill::descent::Fleet;
use downhill::objective::{Evaluator, Objective};
use downhill::optim::{self, Eval, Method};
use downhill::surface;

#[test]
fn lanes_walk_as_single_balls() {
    let himmelblau: Arc<dyn Objective> = Arc::new(surface::find("himmelblau").unwrap().clone());
    let starts: [Vec<f64>; 2] = [
        (0..300).map(|i| f64::from(i % 20) / 3.0 - 3.0).collect(),
        (0..300).map(|i| f64::from(i / 20) / 3.0 - 2.5).collect(),
    ];
    let rates: Vec<f64> = (0..60).map(|k| 0.01 / (1.0 + 0.02 * f64::from(k))).collect();
    for spec in optim::catalogue().iter().filter(|spec| matches!(spec.method, Method::Rule { .. })) {
        let Method::Rule { rule, .. } = &spec.method else { continue };
        let settings = spec.defaults();
        let named: Vec<(&str, f64)> =
            spec.hyperparameters.iter().zip(&settings).skip(1).map(|(h, &value)| (h.name.as_str(), value)).collect();
        let mut fleet = Fleet::new(&*himmelblau, rule, &named).unwrap();
        let mut state = fleet.start(&[&starts[0], &starts[1]], rates[0]);
        fleet.advance(&mut state, &rates[..25]);
        fleet.advance(&mut state, &rates[25..]);
        assert_eq!(state.steps(), 60);

        let mut evaluator = Evaluator::new(Arc::clone(&himmelblau));
        let mut stepper = optim::bind(spec, &settings, Arc::clone(&himmelblau)).unwrap();
        for lane in (0..300).step_by(37) {
            let mut ball = stepper.start(&[starts[0][lane], starts[1][lane]], rates[0]);
            for &rate in &rates {
                let mut at = Eval { loss: 0.0, gradient: vec![0.0; 2] };
                at.loss = evaluator.gradient(&ball.w, &mut at.gradient);
                stepper.step(&mut ball, &at, rate);
            }
            for k in 0..2 {
                let (one, many) = (ball.w[k], state.component(k)[lane]);
                assert!(one.to_bits() == many.to_bits() || one.is_nan() && many.is_nan(), "{}: {one} {many}", spec.id);
            }
        }
    }
}
