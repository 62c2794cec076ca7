//! Models with data: losses and slopes against numbers made by hand and against differences, mini-batches that are fair
//! and exact, commands that change points and texts, scenarios that carry them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::descent::finished;
use downhill::descent::{Descent, Noise, Spec, StopRule};
use downhill::objective::Batch;
use downhill::objective::{DataLoss, Evaluator, Objective};
use downhill::optim;
use downhill::scenario;
use downhill::session::{Command, Refusal, Session, SurfaceChoice};
use downhill::surface::model::{Predictor, TableError, find_model, model_surfaces, models, read_points};
use downhill::surface::{ModelChoice, ModelError, Sample, Surface, Target};

/// A model of the catalogue over these points.
fn model(id: &str, points: &[[f64; 2]]) -> Surface {
    let choice = ModelChoice::of(find_model(id).unwrap());
    ModelChoice { points: Arc::new(points.to_vec()), ..choice }.surface().unwrap()
}

/// The same with a prediction and a loss of one's own.
fn own(prediction: &str, loss: &str, points: &[[f64; 2]]) -> Result<Surface, ModelError> {
    let choice = ModelChoice::of(find_model("line").unwrap());
    let (prediction, loss) = (Some(prediction.to_owned()), Some(loss.to_owned()));
    ModelChoice { prediction, loss, points: Arc::new(points.to_vec()), ..choice }.surface()
}

const THREE: [[f64; 2]; 3] = [[1.0, 2.0], [2.0, 3.0], [0.0, 1.0]];

#[test]
fn losses_and_slopes_are_those_made_by_hand() {
    let close = |a: f64, b: f64| (a - b).abs() < 1e-14;
    // w = 1, b = 0: every prediction is 1 too low.
    let mut line = Evaluator::new(Arc::new(model("line", &THREE)));
    let (mut gradient, mut hessian) = ([0.0; 2], [0.0; 4]);
    assert!(close(line.hessian(&[1.0, 0.0], &mut gradient, &mut hessian), 1.0));
    assert!(close(gradient[0], -2.0) && close(gradient[1], -2.0), "{gradient:?}");
    // 2·mean(x²), 2·mean(x), 2.
    for (found, wanted) in hessian.iter().zip([10.0 / 3.0, 2.0, 2.0, 2.0]) {
        assert!(close(*found, wanted), "{hessian:?}");
    }
    // The batch of rows 1 and 2 only: 2·mean(e·x) = −2, 2·mean(e) = −2 with e = −1, −1 and x = 2, 0.
    assert!(close(line.batch_gradient(&[1.0, 0.0], &[1, 2], &mut gradient), 1.0));
    assert!(close(gradient[0], -2.0) && close(gradient[1], -2.0));
    assert!(close(line.batch_gradient(&[2.0, 0.0], &[1], &mut gradient), 1.0));
    assert!(close(gradient[0], 4.0) && close(gradient[1], 2.0));
    // One parameter: w = 1, errors −1 −1 −1 again.
    let mut slope = Evaluator::new(Arc::new(model("line_slope", &THREE)));
    assert!(close(slope.gradient(&[1.0], &mut gradient), 1.0) && close(gradient[0], -2.0));
    // Logistic at w = b = 0: ln 2, and the gradient mean((½ − y)·x).
    let classes = [[1.0, 1.0], [3.0, 1.0], [-1.0, 0.0]];
    let mut logistic = Evaluator::new(Arc::new(model("logistic", &classes)));
    let loss = logistic.gradient(&[0.0, 0.0], &mut gradient);
    assert!(close(loss, 2.0_f64.ln()) && close(gradient[0], -2.5 / 3.0) && close(gradient[1], -0.5 / 3.0));
    // No rows, no loss.
    assert!(Evaluator::new(Arc::new(model("line", &[]))).value(&[0.0, 0.0]).is_nan());
}

#[test]
fn every_model_agrees_with_differences_and_with_itself() {
    let ids: BTreeSet<&str> = models().iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), models().len());
    for (entry, surface) in models().iter().zip(model_surfaces()) {
        let id = &entry.id;
        assert!(downhill::surface::find(id).is_err(), "{id} is also a surface");
        assert_eq!(surface.rows(), entry.count, "{id}");
        assert!(!entry.lesson.en.is_empty() && !entry.lesson.ko.is_empty(), "{id}");
        let n = surface.dimension;
        let mut evaluator = Evaluator::new(Arc::new(surface.clone()));
        let (mut gradient, h) = (vec![0.0; n], 1e-5);
        for k in 0..7 {
            let part = |axis: usize| 0.13 + 0.12 * (k as f64) * if axis == 0 { 1.0 } else { 0.9 };
            let w: Vec<f64> =
                surface.domain.iter().enumerate().map(|(i, [low, high])| low + (high - low) * part(i)).collect();
            let loss = evaluator.gradient(&w, &mut gradient);
            assert!(loss.is_finite(), "{id} at {w:?}");
            for i in 0..n {
                let mut beside = |by: f64| {
                    let mut w = w.clone();
                    w[i] += by;
                    evaluator.value(&w)
                };
                let slope = (beside(h) - beside(-h)) / (2.0 * h);
                assert!((slope - gradient[i]).abs() < 1e-4 * (1.0 + slope.abs()), "{id} {w:?}: {slope} {gradient:?}");
            }
            // All rows as scalars, all rows as one batch, many points at once: the same but for the order of sums.
            let mut graph = downhill::autodiff::Graph::new();
            let nodes: Vec<_> = (0..n).map(|_| graph.input()).collect();
            let unrolled = surface.build(&mut graph, &nodes);
            let plan = downhill::autodiff::Plan::<f64>::compile(&graph, &nodes, &[], &[unrolled]);
            let mut out = [0.0];
            plan.run_point(&mut plan.workspace(), &w, &[], &mut out);
            assert!((out[0] - loss).abs() <= 1e-12 * (1.0 + loss.abs()), "{id}: {} {loss}", out[0]);
            let all: Vec<u32> = (0..surface.rows() as u32).collect();
            let whole = gradient.clone();
            assert_eq!(evaluator.batch_gradient(&w, &all, &mut gradient), loss, "{id}");
            assert_eq!(whole, gradient, "{id}");
            let columns: Vec<&[f64]> = w.chunks(1).collect();
            evaluator.values(&columns, &mut out);
            assert_eq!(out[0], evaluator.value(&w), "{id}");
        }
    }
}

#[test]
fn the_minimum_is_found_where_it_is() {
    let mut line = model("line", &THREE);
    line.find_minima();
    // y = x + 1 goes through all three.
    assert!((line.minima[0].at[0] - 1.0).abs() < 1e-9 && (line.minima[0].at[1] - 1.0).abs() < 1e-9);
    let mut apart = model("logistic", &[[-1.0, 0.0], [1.0, 1.0]]);
    apart.find_minima();
    assert!(apart.minima.is_empty(), "classes that can be told apart have no minimum: {:?}", apart.minima);
    for entry in models() {
        let mut surface = ModelChoice::of(entry).surface().unwrap();
        surface.find_minima();
        assert_eq!(surface.minima.is_empty(), entry.id == "line_absolute", "{}", entry.id);
        let mut gradient = vec![0.0; surface.dimension];
        for minimum in &surface.minima {
            Evaluator::new(Arc::new(surface.clone())).gradient(&minimum.at, &mut gradient);
            assert!(gradient.iter().all(|g| g.abs() < 1e-8), "{}: {gradient:?}", entry.id);
        }
    }
}

#[test]
fn predictions_are_drawn_as_they_are_used() {
    let line = model("line", &THREE);
    let mut out = [0.0; 3];
    Predictor::new(&line).unwrap().at(&[2.0, -1.0], &[0.0, 1.0, 2.5], &mut out);
    assert_eq!(out, [-1.0, 1.0, 4.0]);
    let flat = own("b", "mean((p - y)^2)", &THREE).unwrap();
    assert_eq!((flat.dimension, flat.variables.as_slice()), (1, ["b".to_owned()].as_slice()));
    Predictor::new(&flat).unwrap().at(&[0.5], &[7.0, 8.0, 9.0], &mut out);
    assert_eq!(out, [0.5; 3]);
    assert!(Predictor::new(downhill::surface::find("bowl").unwrap()).is_none());
}

#[test]
fn texts_of_ones_own_are_understood_or_refused_where_they_are_wrong() {
    let loss = |prediction: &str, loss: &str, w: &[f64]| {
        Evaluator::new(Arc::new(own(prediction, loss, &THREE).unwrap())).value(w)
    };
    assert_eq!(loss("w*x", "sum((p - y)^2)", &[1.0]), 3.0);
    assert_eq!(loss("w*x + b", "mean(abs(w*x + b - y))", &[1.0, 0.0]), 1.0);
    let declared = loss("param k = 2\nk*w*x", "param l = 3\nmean((p - y)^2) + l*w^2 + k", &[1.0]);
    assert!((declared - (2.0 / 3.0 + 5.0)).abs() < 1e-14);
    assert!((loss("w*x", "mean((y - mean(y))^2)", &[0.0]) - 2.0 / 3.0).abs() < 1e-15);
    for (prediction, lost, wrong_prediction) in [
        ("w*z", "mean((p - y)^2)", true),
        ("w*x +", "mean((p - y)^2)", true),
        ("w*y", "mean((p - y)^2)", true),
        ("param p = 1\nw*x*p", "mean((p - y)^2)", true),
        ("w*x", "(p - y)^2", false),
        ("w*x", "mean(w)", false),
        ("w*x", "at(x, 0)", false),
        ("w*x", "", false),
    ] {
        let error = own(prediction, lost, &THREE).unwrap_err();
        let found = matches!(error, ModelError::Prediction { .. });
        assert!(
            found == wrong_prediction && (found || matches!(error, ModelError::Loss { .. })),
            "{prediction}: {error:?}"
        );
    }
}

#[test]
fn every_epoch_sees_every_row_once_and_seeds_tell_orders_apart() {
    for (rows, size) in [(10, 3), (10, 1), (12, 4), (7, 6), (1, 1), (5, 0), (5, 99)] {
        let batch = Batch { size, seed: 7 };
        let per = batch.per_epoch(rows);
        for epoch in 0..4 {
            let dealt: Vec<Vec<u32>> = (0..per).map(|k| batch.rows(rows, epoch * per + k)).collect();
            let mut all: Vec<u32> = dealt.concat();
            assert!(dealt[..per - 1].iter().all(|rows| rows.len() == size), "{rows} {size}");
            all.sort_unstable();
            assert_eq!(all, (0..rows as u32).collect::<Vec<_>>(), "{rows} {size}");
            assert_eq!(batch.place(rows, epoch * per + per - 1), (epoch, per - 1));
        }
    }
    let rows = |seed, step| Batch { size: 5, seed }.rows(40, step);
    assert_eq!(rows(1, 3), rows(1, 3));
    assert_ne!(rows(1, 3), rows(2, 3));
    assert_ne!(rows(1, 0), rows(1, 8), "the next epoch has another order");
    // No row is first more often than chance has it: 4000 epochs, 8 rows, 500 ± 5 standard deviations.
    let mut first = [0_u32; 8];
    (0..4000).for_each(|epoch| first[Batch { size: 1, seed: 3 }.rows(8, 8 * epoch)[0] as usize] += 1);
    assert!(first.iter().all(|&count| count.abs_diff(500) < 105), "{first:?}");
}

fn spec(surface: &Surface, id: &str, lr: f64, batch: Batch, limit: usize) -> Spec {
    let optimizer = optim::find(id).unwrap();
    let mut settings = optimizer.defaults();
    settings[0] = lr;
    Spec {
        objective: Arc::new(surface.clone()),
        optimizer: Arc::new(optimizer.clone()),
        settings,
        schedule: None,
        start: surface.start.clone(),
        noise: Noise::default(),
        batch,
        stop: StopRule::Auto,
        limit,
    }
}

fn bits(descent: &Descent) -> Vec<u64> {
    let numbers =
        descent.rows().flat_map(|row| row.w.iter().chain(row.gradient).copied().chain([row.loss]).collect::<Vec<_>>());
    numbers.map(f64::to_bits).collect()
}

#[test]
fn descents_reach_the_least_squares() {
    let surface = model_surfaces().iter().find(|surface| surface.id.as_deref() == Some("line")).unwrap();
    let points: Vec<[f64; 2]> = surface.model.as_ref().unwrap().points().collect();
    let n = points.len() as f64;
    let mean = |f: &dyn Fn(&[f64; 2]) -> f64| points.iter().map(f).sum::<f64>() / n;
    let (mx, my) = (mean(&|p| p[0]), mean(&|p| p[1]));
    let w = mean(&|p| (p[0] - mx) * (p[1] - my)) / mean(&|p| (p[0] - mx) * (p[0] - mx));
    let last = |id: &str, lr| finished(spec(surface, id, lr, Batch::default(), 5000)).last().w.to_vec();
    for (id, lr) in [("torch/sgd", 0.1), ("torch/adam", 0.1), ("lbfgs", 1.0)] {
        let found = last(id, lr);
        assert!((found[0] - w).abs() < 1e-6 && (found[1] - (my - w * mx)).abs() < 1e-6, "{id}: {found:?}");
    }
}

#[test]
fn mini_batches_are_the_same_for_all_exact_again_and_fairly_counted() {
    let surface = model("line", &ModelChoice::of(find_model("line").unwrap()).points);
    let batch = Batch { size: 7, seed: 5 };
    let whole = finished(spec(&surface, "torch/adam", 0.05, batch, 100));
    assert_eq!(bits(&whole), bits(&finished(spec(&surface, "torch/adam", 0.05, batch, 100))));
    assert_ne!(bits(&whole), bits(&finished(spec(&surface, "torch/adam", 0.05, Batch { seed: 6, ..batch }, 100))));
    // Each row has the loss over all the data and the gradient of its own batch.
    let mut evaluator = Evaluator::new(Arc::new(surface.clone()));
    let (mut gradient, mut rows) = ([0.0; 2], 0);
    for row in whole.rows() {
        let dealt = batch.rows(40, row.step);
        evaluator.batch_gradient(row.w, &dealt, &mut gradient);
        rows += dealt.len() as u64;
        assert_eq!((row.loss, row.gradient), (evaluator.value(row.w), &gradient[..]), "row {}", row.step);
        assert_eq!((row.counts.gradients, row.counts.rows), (row.step as u64 + 1, rows));
    }
    // Back and on again, and forks.
    let mut back = finished(spec(&surface, "torch/adam", 0.05, batch, 100));
    back.truncate(33);
    back.finish();
    assert_eq!(bits(&back), bits(&whole));
    let mut fork = whole.fork(41, spec(&surface, "torch/adam", 0.05, batch, 100)).unwrap();
    fork.finish();
    assert_eq!(bits(&fork), bits(&whole));
    // A size that is all the rows is no mini-batch, and native methods see all the data.
    let full = finished(spec(&surface, "torch/sgd", 0.05, Batch::default(), 20));
    assert_eq!(bits(&full), bits(&finished(spec(&surface, "torch/sgd", 0.05, Batch { size: 40, seed: 9 }, 20))));
    assert_eq!(full.last().counts.rows, 40 * 21);
    let newton = |batch| finished(spec(&surface, "lbfgs", 1.0, batch, 5));
    assert_eq!(bits(&newton(batch)), bits(&newton(Batch::default())));
}

#[test]
fn standing_still_on_some_batches_is_not_convergence() {
    // A dead half: most single points have no slope at all at the start.
    let mut points: Vec<[f64; 2]> = (1..=60).map(|k| [-f64::from(k), 0.0]).collect();
    points.push([1.0, 3.0]);
    let surface = model("neuron_relu", &points);
    let mut one = spec(&surface, "torch/sgd", 0.1, Batch { size: 1, seed: 2 }, 1200);
    one.start = vec![0.5, 0.0];
    let descent = finished(one);
    assert!((descent.last().w[0] + descent.last().w[1] - 3.0).abs() < 1e-3, "{:?}", descent.last());
}

#[test]
fn steps_with_mini_batches_allocate_nothing() {
    let surface = model("line", &ModelChoice::of(find_model("line").unwrap()).points);
    let mut spec = spec(&surface, "torch/sgd", 0.05, Batch { size: 7, seed: 1 }, 4000);
    spec.stop = StopRule::Never;
    let mut descent = Descent::new(spec).unwrap();
    descent.advance(20);
    let made = allocation_counter::measure(|| _ = descent.advance(3000));
    assert!(made.count_total <= 8, "only the room for rows: {made:?}");
}

fn on_line() -> Session {
    let mut session = Session::on("bowl", "torch/sgd").unwrap();
    session.apply(Command::ChooseModel("line".to_owned())).unwrap();
    session
}

fn points(session: &Session) -> Vec<[f64; 2]> {
    session.surface().model.as_ref().map(|model| model.points().collect()).unwrap_or_default()
}

#[test]
fn commands_change_points_texts_and_batches() {
    let mut session = on_line();
    let first = points(&session);
    assert_eq!((first.len(), session.surface().variables.len()), (40, 2));
    let loss = |session: &Session| session.runs().next().map(|(_, run)| run.row(0).loss).unwrap_or(f64::NAN);
    let before = loss(&session);
    session.apply(Command::AddPoint([0.5, 9.0])).unwrap();
    assert!(points(&session).len() == 41 && loss(&session) > before);
    session.apply(Command::MovePoint { row: 40, to: [1.0, 2.0] }).unwrap();
    assert_eq!(points(&session)[40], [1.0, 2.0]);
    session.apply(Command::RemovePoint(40)).unwrap();
    assert_eq!(points(&session), first);
    let draw = Sample { count: 12, noise: 0.0, seed: 9 };
    session.apply(Command::DrawPoints(draw)).unwrap();
    assert!(points(&session).iter().all(|[x, y]| (y - (0.8 * x + 0.5)).abs() < 1e-3));
    session.apply(Command::SetBatch(Batch { size: 5, seed: 2 })).unwrap();
    assert_eq!(session.batch_rows().map(|rows| rows.len()), Some(5));
    // A text that cannot be understood is a draft; the model stays.
    let choice = session.document().surface.clone();
    session.apply(Command::SetPrediction("w*".to_owned())).unwrap();
    assert!(session.drafts().prediction.is_some() && session.document().surface == choice);
    assert_eq!(session.prediction_text(), "w*");
    session.apply(Command::SetFormula("mean(abs(p - y)".to_owned())).unwrap();
    assert!(session.drafts().formula.is_some() && session.document().surface == choice);
    session.apply(Command::SetFormula("mean(abs(p - y))".to_owned())).unwrap();
    assert!(session.drafts().formula.is_none() && session.surface().source == "mean(abs(p - y))");
    session.apply(Command::SetPrediction("w*x".to_owned())).unwrap();
    assert_eq!((session.surface().dimension, session.document().start.len()), (1, 1));
    session.apply(Command::SetPoints(Vec::new())).unwrap();
    assert!(points(&session).is_empty() && loss(&session).is_nan());
    session.apply(Command::AddPoint([1.0, 1.0])).unwrap();
    assert!(loss(&session).is_finite());
    // Away from the model everything is as it was.
    session.apply(Command::ChooseSurface("bowl".to_owned())).unwrap();
    assert_eq!((session.surface().model.is_none(), session.batch_rows()), (true, None));
    assert_eq!(session.apply(Command::AddPoint([0.0, 0.0])), Err(Refusal::NoData));
}

#[test]
fn what_no_data_can_be_is_refused_and_changes_nothing() {
    let mut session = on_line();
    let before = session.document().clone();
    let many = vec![[0.0, 0.0]; ModelChoice::MAX_POINTS + 1];
    for command in [
        Command::AddPoint([f64::NAN, 0.0]),
        Command::MovePoint { row: 40, to: [0.0, 0.0] },
        Command::RemovePoint(99),
        Command::SetPoints(many),
        Command::DrawPoints(Sample { count: 1_000_000, noise: 0.1, seed: 1 }),
        Command::DrawPoints(Sample { count: 10, noise: f64::INFINITY, seed: 1 }),
        Command::ChooseModel("lime".to_owned()),
    ] {
        let refusal = session.apply(command.clone()).unwrap_err();
        assert_eq!(session.document(), &before);
        for lang in downhill::i18n::Lang::ALL {
            let words = downhill::explain::refusal(lang, &refusal);
            assert!(!words.is_empty() && !words.contains('{'), "{words}");
        }
    }
    session.apply(Command::ChooseModel("logistic".to_owned())).unwrap();
    assert!(matches!(
        session.apply(Command::AddPoint([0.0, 0.5])),
        Err(Refusal::Model(ModelError::Class { row: 40, .. }))
    ));
}

#[test]
fn scenarios_carry_models_with_their_points() {
    let mut session = on_line();
    session.apply(Command::SetBatch(Batch { size: 1, seed: u64::MAX })).unwrap();
    let plain = scenario::write(session.document());
    assert!(!plain.contains("points = ["), "points that are as drawn are not written: {plain}");
    assert_eq!(&scenario::read(&plain).unwrap(), session.document());
    session.apply(Command::DrawPoints(Sample { count: 5, noise: 0.25, seed: 8 })).unwrap();
    session.apply(Command::MovePoint { row: 0, to: [0.1, 0.2] }).unwrap();
    session.apply(Command::SetPrediction("tanh(w*x)*b".to_owned())).unwrap();
    let text = scenario::write(session.document());
    assert_eq!(&scenario::read(&text).unwrap(), session.document());
    assert!(matches!(&session.document().surface, SurfaceChoice::Model(choice) if choice.points.len() == 5));
    assert!(scenario::read(&text.replace("id = \"line\"", "id = \"lin\"")).is_err());
    assert!(scenario::read(&text.replace("[0.1, 0.2]", "[0.1, nan]")).is_err());
}

#[test]
fn tables_are_read_as_people_write_them() {
    let two = [[1.0, 2.0], [-0.5, 3e2]];
    for text in [
        "1,2\n-0.5,3e2\n",
        "x,y\n1,2\n-0.5,300",
        "\u{feff}X;Y\r\n1;2\r\n-0,5;300\r\n",
        "y\tname\tx\n2\ta\t1\n300\tb\t-0.5\n",
        "# drawn by hand\n1 2\n\n−0.5   300\n",
        "height,weight\n\"1\",2\n-0.5, 300\n",
    ] {
        assert_eq!(read_points(text, Target::Number), Ok(two.to_vec()), "{text}");
    }
    assert_eq!(read_points("1,0\n2,1", Target::Class), Ok(vec![[1.0, 0.0], [2.0, 1.0]]));
}

#[test]
fn what_is_no_table_is_refused_with_line_and_cure() {
    let many = "1,2\n".repeat(1_000_000);
    let limit = ModelChoice::MAX_POINTS;
    let cases: Vec<(&str, Target, TableError)> = vec![
        ("", Target::Number, TableError::Empty),
        ("x,y\n", Target::Number, TableError::Empty),
        ("# nothing\n\n", Target::Number, TableError::Empty),
        ("1\n2\n", Target::Number, TableError::Columns { line: 1, found: 1 }),
        ("1,2,3\n", Target::Number, TableError::Columns { line: 1, found: 3 }),
        ("a,b,c\n1,2,3\n", Target::Number, TableError::Columns { line: 1, found: 3 }),
        ("x,y\n1,2\n3,\n", Target::Number, TableError::Hole { line: 3, column: 2 }),
        ("x,y\n1\n", Target::Number, TableError::Hole { line: 2, column: 2 }),
        ("x,y\n1,two\n", Target::Number, TableError::Cell { line: 2, text: "two".to_owned() }),
        ("1,2\n1,inf\n", Target::Number, TableError::Cell { line: 2, text: "inf".to_owned() }),
        ("1,two\n", Target::Number, TableError::Cell { line: 1, text: "two".to_owned() }),
        ("1,0\n1,0.5\n", Target::Class, TableError::Class { line: 2, text: "0.5".to_owned() }),
        (&many, Target::Number, TableError::TooManyRows { found: 1_000_000, limit }),
    ];
    for (text, target, wanted) in cases {
        let start: String = text.chars().take(20).collect();
        assert_eq!(read_points(text, target), Err(wanted.clone()), "{start}");
        for lang in downhill::i18n::Lang::ALL {
            let words = downhill::explain::table(lang, &wanted);
            assert!(!words.is_empty() && !words.contains('{'), "{words}");
        }
    }
}
