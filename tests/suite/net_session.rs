//! The network laboratory without its window: what commands do to the document, the tape that winds a training to any
//! step, scenarios of nets.

use std::sync::Arc;

use downhill::nn::data::{DataSpec, find_dataset};
use downhill::nn::{Activation, Loss};
use downhill::objective::Batch;
use downhill::scenario::{self, Scenario};
use downhill::session::net::{NetCommand, NetDocument, NetRefusal, NetSession, Speed, Tape};

fn open(data: &str) -> NetSession {
    NetSession::on(data).unwrap_or_else(|refusal| panic!("{data}: {refusal:?}"))
}

fn apply(session: &mut NetSession, commands: impl IntoIterator<Item = NetCommand>) {
    for command in commands {
        let said = format!("{command:?}");
        session.apply(command).unwrap_or_else(|refusal| panic!("{said}: {refusal:?}"));
    }
}

/// The tape of a session's program, run straight to a step.
fn straight(session: &NetSession, step: usize) -> Tape {
    let mut tape = Tape::new(session.program().clone()).unwrap_or_else(|error| panic!("{error}"));
    while tape.step() < step && tape.advance() {}
    tape
}

fn bits(tape: &Tape) -> Vec<u64> {
    tape.weights().into_iter().map(f64::to_bits).collect()
}

fn lr(value: f64) -> NetCommand {
    NetCommand::SetHyper { name: "lr".to_owned(), value }
}

fn spec(id: &str) -> DataSpec {
    find_dataset(id).map(DataSpec::of).unwrap_or_else(|unknown| panic!("{unknown:?}"))
}

#[test]
fn a_step_made_again_is_the_same_to_the_bit() {
    let mut session = open("moons");
    apply(&mut session, [NetCommand::SetDropout(0.2)]);
    let mut tape = straight(&session, 0);
    tape.set_spacing(16);
    let mut path = vec![bits(&tape)];
    while tape.step() < 100 {
        tape.advance();
        path.push(bits(&tape));
    }
    for step in [99, 37, 64, 0, 1, 100, 15, 16] {
        tape.rewind(step).unwrap_or_else(|error| panic!("{error}"));
        assert!(tape.step() <= step && step - tape.step() < 16, "no more than the spacing is made again");
        while tape.step() < step {
            tape.advance();
        }
        assert_eq!(bits(&tape), path[step], "step {step}");
        assert_eq!(tape.reached(), 100);
    }
}

#[test]
fn changes_under_way_are_replayed_where_they_were_made() {
    let mut session = open("moons");
    apply(&mut session, [NetCommand::Seek(0)]);
    let mut tape = straight(&session, 40);
    tape.set_spacing(10);
    session.reached(40, 40);
    apply(
        &mut session,
        [
            NetCommand::Seek(30),
            lr(0.05),
            NetCommand::ChooseOptimizer("torch/sgd".to_owned()),
            NetCommand::SetBatch(Batch { size: 7, seed: 3 }),
            NetCommand::SetWeight { place: 2, value: 0.5 },
        ],
    );
    assert_eq!(session.document().legs.len(), 2, "one leg for one step, however much is changed there");
    assert_eq!(session.farthest(), 30, "what was made beyond is forgotten");
    tape.follow(session.program().clone()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(tape.step(), 30);
    assert_eq!(tape.weights()[2], 0.5);
    while tape.step() < 60 {
        tape.advance();
    }
    let there = bits(&tape);
    assert_eq!(there, bits(&straight(&session, 60)), "a tape that followed and one that began anew");
    for step in [29, 30, 31, 60] {
        tape.rewind(step).unwrap_or_else(|error| panic!("{error}"));
        while tape.step() < step {
            tape.advance();
        }
        assert_eq!(bits(&tape), bits(&straight(&session, step)), "step {step}");
    }
    // Where the tape stands already, too, and again and again at the same step.
    tape.rewind(45).unwrap_or_else(|error| panic!("{error}"));
    while tape.step() < 45 {
        tape.advance();
    }
    session.reached(45, 60);
    apply(&mut session, [NetCommand::Seek(45)]);
    for rate in [0.2, 0.3] {
        apply(&mut session, [lr(rate), NetCommand::SetWeight { place: 1, value: rate }]);
        tape.follow(session.program().clone()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((tape.step(), bits(&tape)), (45, bits(&straight(&session, 45))));
    }
    tape.advance();
    assert_eq!(bits(&tape), bits(&straight(&session, 46)));
    // A change back at step 10 takes the one at 30 with it.
    apply(&mut session, [NetCommand::Seek(10), NetCommand::SetLoss(Loss::Hinge)]);
    let since: Vec<usize> = session.document().legs.iter().map(|leg| leg.since).collect();
    assert_eq!(since, [0, 10]);
}

#[test]
fn checkpoints_are_thinned_and_the_newest_lie_closest() {
    let mut session = open("xor");
    apply(&mut session, [NetCommand::SetUnits { layer: 0, units: 2 }, NetCommand::RemoveLayer(1)]);
    let mut tape = straight(&session, 0);
    tape.set_spacing(2);
    while tape.step() < 5000 {
        tape.advance();
    }
    assert!(tape.kept() <= 512, "{}", tape.kept());
    tape.rewind(4999).unwrap_or_else(|error| panic!("{error}"));
    assert!(4999 - tape.step() <= 2, "the last steps are at hand");
    assert!(tape.longest_replay() < 500, "{}", tape.longest_replay());
    assert!(tape.curve().points().len() <= 2048);
}

#[test]
fn what_is_changed_at_the_base_begins_anew() {
    let mut session = open("moons");
    apply(&mut session, [NetCommand::Step, lr(0.02), NetCommand::Step, lr(0.03)]);
    assert_eq!((session.document().legs.len(), session.step()), (3, 2));
    let before = session.program().clone();
    apply(&mut session, [NetCommand::SetActivation { layer: 0, activation: Activation::Relu }]);
    assert_eq!((session.document().legs.len(), session.step()), (1, 0));
    assert_eq!(session.recipe().map(|recipe| recipe.drive.settings[0]), Some(0.03), "the last recipe is the first now");
    assert!(Arc::ptr_eq(&before.split, session.split()), "the data is not drawn again");
    let weights = session.program().weights.clone();
    apply(&mut session, [NetCommand::Step, NetCommand::Reset]);
    assert!(Arc::ptr_eq(&weights, &session.program().weights), "the same first weights");
    apply(&mut session, [NetCommand::SetSeed(9)]);
    assert_ne!(weights, session.program().weights, "other first weights");
}

#[test]
fn output_and_loss_follow_the_data() {
    let mut session = open("moons");
    let shape = |session: &NetSession| {
        let units = session.document().layers.last().map(|layer| layer.units);
        (units, session.recipe().map(|recipe| recipe.loss))
    };
    assert_eq!(shape(&session), (Some(1), Some(Loss::BceWithLogits)));
    apply(&mut session, [NetCommand::SetData(spec("blobs"))]);
    assert_eq!(shape(&session), (Some(3), Some(Loss::SoftmaxCrossEntropy)));
    apply(&mut session, [NetCommand::SetData(spec("sine"))]);
    assert_eq!((shape(&session), session.architecture().inputs), ((Some(1), Some(Loss::Mse)), 1));
    apply(&mut session, [NetCommand::SetData(spec("circle"))]);
    assert_eq!(shape(&session), (Some(1), Some(Loss::BceWithLogits)));
    apply(&mut session, [NetCommand::SetLoss(Loss::SoftmaxCrossEntropy)]);
    assert_eq!(shape(&session), (Some(2), Some(Loss::SoftmaxCrossEntropy)));
    for id in ["iris_like", "digits", "multi_gauss", "chirp"] {
        let whole = spec(id);
        apply(&mut session, [NetCommand::SetData(DataSpec { rows: 40, ..whole })]);
        assert!(straight(&session, 2).stopped().is_none(), "{id}");
    }
}

#[test]
fn what_cannot_be_is_refused_and_changes_nothing() {
    let mut session = open("moons");
    let before = session.document().clone();
    let native = NetCommand::ChooseOptimizer("newton".to_owned());
    type Fits = fn(&NetRefusal) -> bool;
    let cases: Vec<(NetCommand, Fits)> = vec![
        (native, |r| matches!(r, NetRefusal::Native(_))),
        (NetCommand::SetUnits { layer: 9, units: 3 }, |r| matches!(r, NetRefusal::NoLayer(9))),
        (NetCommand::SetUnits { layer: 0, units: 0 }, |r| matches!(r, NetRefusal::Units { asked: 0, .. })),
        (NetCommand::RemoveLayer(2), |r| matches!(r, NetRefusal::NoLayer(2))),
        (NetCommand::SetDropout(1.5), |r| matches!(r, NetRefusal::Number { .. })),
        (NetCommand::SetWeight { place: 51, value: 0.0 }, |r| matches!(r, NetRefusal::NoWeight(51))),
        (NetCommand::SetWeight { place: 0, value: f64::NAN }, |r| matches!(r, NetRefusal::Number { .. })),
        (lr(-1.0), |r| matches!(r, NetRefusal::Setting(_))),
        (NetCommand::SetData(DataSpec { rows: 0, ..spec("moons") }), |r| matches!(r, NetRefusal::Data(_))),
        (NetCommand::SetSpeed(Speed::Steps(f64::NAN)), |r| matches!(r, NetRefusal::Number { .. })),
    ];
    for (command, expected) in cases {
        let said = format!("{command:?}");
        match session.apply(command) {
            Ok(()) => panic!("{said} was granted"),
            Err(refusal) => {
                assert!(expected(&refusal), "{said}: {refusal:?}");
                for lang in downhill::i18n::Lang::ALL {
                    assert!(downhill::explain::net_refusal(lang, &refusal).len() > 10);
                }
            }
        }
        assert_eq!(*session.document(), before, "{said}");
    }
}

#[test]
fn undo_takes_back_settings_with_what_was_trained_by_them() {
    let mut session = open("moons");
    let first = session.document().clone();
    session.reached(0, 50);
    apply(&mut session, [NetCommand::Seek(20), lr(0.5), lr(0.6), NetCommand::Settle]);
    session.reached(20, 45);
    apply(&mut session, [NetCommand::Seek(45), NetCommand::Undo]);
    assert_eq!(session.document().legs, first.legs);
    assert_eq!((session.step(), session.farthest()), (20, 20));
    apply(&mut session, [NetCommand::Redo]);
    assert_eq!(session.recipe().map(|recipe| recipe.drive.settings[0]), Some(0.6), "a gesture is one change");
    apply(&mut session, [NetCommand::SetData(spec("spiral")), NetCommand::Undo]);
    assert_eq!(session.document().data, first.data);
    assert_eq!(session.step(), 0);
}

#[test]
fn time_decides_how_many_steps_never_which() {
    let mut session = open("moons");
    apply(&mut session, [NetCommand::SetSpeed(Speed::Steps(10.0)), NetCommand::Play]);
    (0..10).for_each(|_| _ = session.advance(0.05));
    assert_eq!(session.step(), 5);
    apply(&mut session, [NetCommand::Epoch]);
    let [steps, place] = session.epoch();
    assert_eq!((session.step(), place, session.document().transport.playing), (steps, 0, false));
    apply(&mut session, [NetCommand::Step, NetCommand::EpochBack]);
    assert_eq!(session.step(), steps);
    apply(&mut session, [NetCommand::EpochBack, NetCommand::StepBack]);
    assert_eq!(session.step(), 0);
    let mut names: Vec<Speed> = vec![Speed::Steps(1.0)];
    let mut transport = session.document().transport.clone();
    transport.speed = names[0];
    while transport.speed != Speed::Full {
        transport.speed = transport.next_speed(true);
        names.push(transport.speed);
    }
    for speed in names.iter().rev().skip(1) {
        transport.speed = transport.next_speed(false);
        assert_eq!(transport.speed, *speed);
    }
}

fn read(text: &str) -> NetDocument {
    match scenario::open(text) {
        Ok(Scenario::Net(document)) => *document,
        Ok(Scenario::Descent(_)) => panic!("no net"),
        Err(problem) => panic!("{}", problem.message(downhill::i18n::Lang::En, text)),
    }
}

#[test]
fn a_scenario_of_a_net_is_written_and_read_back_whole() {
    let mut session = open("arms");
    apply(
        &mut session,
        [
            NetCommand::AddLayer,
            NetCommand::SetActivation { layer: 1, activation: Activation::LeakyRelu(0.2) },
            NetCommand::SetSeed(u64::MAX),
            NetCommand::SetSchedule("cosine:steps=100".to_owned()),
            NetCommand::Step,
            NetCommand::SetRule("w = w - lr*g".to_owned()),
            NetCommand::SetData(DataSpec { features: vec!["x1".to_owned(), "x1*x2".to_owned()], ..spec("arms") }),
            NetCommand::Step,
            lr(0.125),
            NetCommand::SetWeight { place: 3, value: -0.25 },
            NetCommand::SetSpeed(Speed::Steps(20.0)),
            NetCommand::SelectSample(7),
            NetCommand::ShowTest(true),
        ],
    );
    let text = scenario::write_net(session.document());
    assert_eq!(read(&text), *session.document(), "{text}");
    assert!(matches!(scenario::read(&text), Err(scenario::Problem::OfANet)));
    for (what, to, place) in [
        ("activation = \"tanh\"", "activation = \"than\"", "tanh"),
        ("units = 3", "units = 4", "3"),
        ("[net.data]", "[net.date]", "date"),
        ("version = 1", "version = 2", "2"),
        ("loss = \"softmax_cross_entropy\"", "loss = \"mse_\"", "mse"),
        ("step = 1", "step = -1", ""),
    ] {
        let broken = text.replacen(what, to, 1);
        assert_ne!(broken, text, "{what}");
        let problem = scenario::open(&broken).err().unwrap_or_else(|| panic!("{to} was read"));
        for lang in downhill::i18n::Lang::ALL {
            assert!(problem.message(lang, &broken).to_string().contains(place), "{to}");
        }
    }
}
