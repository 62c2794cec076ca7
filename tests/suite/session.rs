//! The session: every command, what it changes and what it refuses; time; replays.

use downhill::descent::{Noise, StopRule};
use downhill::optim::SettingError;
use downhill::session::{
    Camera, Command, Document, Layer, Motion, OptimizerChoice, Phase, RacerId, Refusal, Scale, Session, SurfaceChoice,
    Transport, View, varied_name,
};
use proptest::prelude::*;

fn session() -> Session {
    Session::on("himmelblau", "sgd").unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

pub(crate) fn apply(session: &mut Session, command: Command) {
    let said = format!("{command:?}");
    session.apply(command).unwrap_or_else(|refusal| panic!("{said}: {refusal:?}"));
}

const FIRST: RacerId = RacerId(0);

#[test]
fn a_guessed_rate_follows_a_formula_while_it_is_typed() {
    let mut session = session();
    let rate = |session: &Session| session.selected().map(|racer| racer.rate());
    for text in ["x", "x^", "x^2"] {
        apply(&mut session, Command::SetFormula(text.into()));
    }
    assert_eq!(rate(&session), Some(session.surface().lr), "not that of the line x, which was typed on the way");
    apply(&mut session, Command::SetHyper { racer: FIRST, name: "lr".into(), value: 0.03 });
    apply(&mut session, Command::SetFormula("x^2 + 5*x".into()));
    assert_eq!(rate(&session), Some(0.03), "a rate that was chosen stays");
}

/// One of each command, in an order in which all of them are accepted.
fn all() -> Vec<Command> {
    vec![
        Command::AddRacer("adam".into()),
        Command::AddRacer("lbfgs".into()),
        Command::SelectRacer(FIRST),
        Command::SetHyper { racer: FIRST, name: "lr".into(), value: 0.02 },
        Command::SetHyper { racer: FIRST, name: "momentum".into(), value: 0.8 },
        Command::SetSchedule { racer: FIRST, text: "lr/(1 + 0.01*t)".into() },
        Command::SetNoise { sigma: 0.1, seed: 5 },
        Command::SetSteps(90),
        Command::MoveStart(vec![0.5, -0.5]),
        Command::Play,
        Command::SetSpeed(2.0),
        Command::Pause,
        Command::TogglePlay,
        Command::Step,
        Command::StepBack,
        Command::Step,
        Command::Seek(7.25),
        Command::SetLooping(true),
        Command::ShowRacer { racer: RacerId(2), visible: false },
        Command::SetLayer { layer: Layer::Gradient, on: false },
        Command::SetHeightScale(Scale::Log),
        Command::SetLossScale(Scale::Log),
        Command::SetView(View::Both),
        Command::SetCamera(Camera { yaw: 12.0, pitch: 50.0, zoom: 1.5, target: [0.1, 0.2, 0.0] }),
        Command::SetReliefScale(Scale::Linear),
        Command::SetMotion(Motion::Jump),
        Command::SetFollow(true),
        Command::SetView(View::Basins),
        Command::SetMapSize(256),
        Command::SetSweepAxis { axis: 1, name: "dampening".into() },
        Command::SetSweepRange { axis: 1, range: Some([0.0, 0.5]) },
        Command::FitPaths,
        Command::SetRule { racer: RacerId(1), text: "param mu = 0.5 in 0..1\nv = mu*v - lr*g\nw = w + v".into() },
        Command::RemoveRacer(RacerId(2)),
        Command::SetFormula("param a = 2 in 0..5\na*x^2 + y^2".into()),
        Command::SetParam { name: "a".into(), value: 3.0 },
        Command::SetRange(vec![[-1.0, 1.0], [-2.0, 2.0]]),
        Command::ChooseOptimizer { racer: FIRST, id: "keras/adam".into() },
        Command::ChooseSurface("rosenbrock".into()),
        Command::FitSurface,
        Command::Reset,
    ]
}

#[test]
fn replaying_the_commands_rebuilds_the_session() {
    let run = |commands: &[Command]| {
        let mut session = session();
        for command in commands {
            apply(&mut session, command.clone());
        }
        session
    };
    let (one, two) = (run(&all()), run(&all()));
    assert_eq!(one.document(), two.document());
    assert_eq!(one.drafts(), two.drafts());
    let mut loaded = session();
    apply(&mut loaded, Command::Load(Box::new(one.document().clone())));
    for racer in one.racers() {
        let rows = |session: &Session| session.run(racer.id).map(|run| run.last().w.to_vec());
        assert_eq!(rows(&one), rows(&two));
        assert_eq!(rows(&one), rows(&loaded), "a document decides its descents");
    }
}

#[test]
fn every_command_leaves_a_whole_session_and_tells_of_the_change() {
    let mut session = session();
    for command in all() {
        let before = (session.document().clone(), session.revision());
        apply(&mut session, command.clone());
        let changed = *session.document() != before.0;
        assert_eq!(session.revision() > before.1, changed, "{command:?}");
        let again = Session::open(session.document().clone());
        assert!(again.is_ok(), "{command:?} leaves {:?}", again.err());
        assert!(session.document().transport.cursor <= session.last_step() as f64, "{command:?}");
    }
}

#[test]
fn what_is_refused_changes_nothing() {
    let mut session = session();
    let refused = [
        Command::ChooseSurface("rosenbrok".into()),
        Command::ChooseOptimizer { racer: FIRST, id: "adan".into() },
        Command::ChooseOptimizer { racer: RacerId(9), id: "adam".into() },
        Command::AddRacer("torch/nothing".into()),
        Command::RemoveRacer(FIRST),
        Command::SelectRacer(RacerId(3)),
        Command::SetHyper { racer: FIRST, name: "momentun".into(), value: 0.1 },
        Command::SetHyper { racer: FIRST, name: "lr".into(), value: f64::NAN },
        Command::SetHyper { racer: FIRST, name: "lr".into(), value: -1.0 },
        Command::SetHyper { racer: FIRST, name: "nesterov".into(), value: 0.5 },
        Command::SetParam { name: "a".into(), value: 1.0 },
        Command::MoveStart(vec![1.0]),
        Command::MoveStart(vec![1.0, f64::INFINITY]),
        Command::SetNoise { sigma: -0.1, seed: 0 },
        Command::SetSteps(0),
        Command::SetSteps(Document::MAX_STEPS + 1),
        Command::SetSpeed(0.0),
        Command::Seek(f64::NAN),
        Command::SetRange(vec![[1.0, 1.0], [0.0, 1.0]]),
        Command::SetRange(vec![[0.0, 1.0]]),
        Command::SetCamera(Camera { yaw: f64::NAN, ..Camera::default() }),
        Command::SetCamera(Camera { zoom: 0.0, ..Camera::default() }),
        Command::SetCamera(Camera { target: [0.0, f64::INFINITY, 0.0], ..Camera::default() }),
    ];
    let (document, revision) = (session.document().clone(), session.revision());
    for command in refused {
        let said = format!("{command:?}");
        assert!(session.apply(command).is_err(), "{said}");
        assert_eq!(*session.document(), document, "{said}");
        assert_eq!(session.revision(), revision, "{said}");
    }
    for _ in 1..Document::MAX_RACERS {
        apply(&mut session, Command::AddRacer("sgd".into()));
    }
    let limit = Document::MAX_RACERS;
    assert_eq!(session.apply(Command::AddRacer("sgd".into())), Err(Refusal::TooManyRacers { limit }));
}

#[test]
fn a_broken_text_is_a_draft_and_the_last_good_one_stays() {
    let mut session = session();
    apply(&mut session, Command::SetFormula("x^2 + 3*y^2".into()));
    let (surface, path) = (session.surface_revision(), session.runs_revision());
    apply(&mut session, Command::SetFormula("x^2 + 3*y^2 + sine(".into()));
    let draft = session.drafts().formula.clone().unwrap();
    assert_eq!(session.formula_text(), draft.text);
    assert!(!draft.problems.is_empty());
    assert_eq!(session.document().surface, SurfaceChoice::Formula("x^2 + 3*y^2".into()));
    assert_eq!((session.surface_revision(), session.runs_revision()), (surface, path));
    apply(&mut session, Command::SetFormula("x^2 + 3*y^2".into()));
    assert_eq!(session.drafts().formula, None);
    for (text, good) in [("v = 0.9*v - lr*g\nw = w + v", true), ("w = w - lr*", false), ("x = g", false)] {
        apply(&mut session, Command::SetRule { racer: FIRST, text: text.into() });
        assert_eq!(session.drafts().rules.contains_key(&FIRST), !good, "{text}");
    }
    assert!(matches!(&session.racers()[0].optimizer, OptimizerChoice::Rule(text) if text.starts_with("v = 0.9")));
    for (text, schedule) in
        [("cosine:steps=50", Some("cosine:steps=50")), ("cosin:", Some("cosine:steps=50")), (" ", None)]
    {
        apply(&mut session, Command::SetSchedule { racer: FIRST, text: text.into() });
        assert_eq!(session.racers()[0].schedule.as_deref(), schedule, "{text}");
    }
}

#[test]
fn a_chosen_surface_brings_its_start_and_rate() {
    let mut session = session();
    apply(&mut session, Command::AddRacer("adam".into()));
    let adam = session.document().selected;
    for surface in downhill::surface::catalogue() {
        apply(&mut session, Command::ChooseSurface(surface.id.clone().unwrap()));
        assert_eq!(session.document().start, surface.start);
        assert_eq!(session.racers()[0].rate(), surface.lr, "plain descent takes the surface's rate");
        let width = surface.domain.iter().map(|[a, b]| b - a).fold(0.0, f64::max);
        let rate = session.document().racer(adam).unwrap().rate();
        assert!((width / 260.0..=width / 99.0).contains(&rate), "Adam's steps are lengths: {rate} of {width}");
        assert_eq!(session.range(), surface.domain);
        assert!(session.last_step() > 0, "{:?}", surface.id);
    }
}

#[test]
fn a_formula_of_another_dimension_gets_a_start_of_its_own() {
    let mut session = session();
    apply(&mut session, Command::SetFormula("x^4 - x".into()));
    assert_eq!(session.document().start.len(), 1);
    apply(&mut session, Command::MoveStart(vec![1.25]));
    apply(&mut session, Command::SetFormula("x^4 - 2*x".into()));
    assert_eq!(session.document().start, [1.25], "and keeps it while the formula is edited");
}

#[test]
fn the_fits_bring_the_camera_home_where_it_is_seen() {
    let mut session = session();
    let away = Camera { yaw: 10.0, pitch: 80.0, zoom: 3.0, target: [0.5, 0.0, 0.1] };
    apply(&mut session, Command::SetCamera(away));
    apply(&mut session, Command::FitSurface);
    assert_eq!(session.document().picture.camera, away, "on the map it is nobody's business");
    apply(&mut session, Command::SetView(View::Both));
    apply(&mut session, Command::FitPaths);
    assert_eq!(session.document().picture.camera, Camera { yaw: 10.0, pitch: 80.0, ..Camera::default() });
    apply(&mut session, Command::FitSurface);
    assert_eq!(session.document().picture.camera, Camera::default());
}

#[test]
fn a_followed_ball_stays_in_sight() {
    let mut session = session();
    apply(&mut session, Command::SetRange(vec![[10.0, 12.0], [-1.0, 1.0]]));
    assert_eq!(session.shown_range(), session.range(), "only if it is wished");
    apply(&mut session, Command::SetFollow(true));
    for step in [0.0, 3.5, 20.0] {
        apply(&mut session, Command::Seek(step));
        let place = session.position(FIRST).unwrap();
        for (k, ([low, high], own)) in session.shown_range().into_iter().zip(session.range()).enumerate() {
            assert!((low + 0.29..=high - 0.29).contains(&place[k]), "step {step}: {} in {low}..{high}", place[k]);
            assert!((high - low - (own[1] - own[0])).abs() < 1e-12, "its size stays");
        }
    }
    apply(&mut session, Command::MoveStart(vec![1e300, 0.0]));
    assert_eq!(session.shown_range()[0], [10.0, 12.0], "nobody follows into the void");
}

#[test]
fn time_decides_how_many_steps_and_never_which() {
    let mut fine = session();
    let mut coarse = session();
    for session in [&mut fine, &mut coarse] {
        apply(session, Command::SetSpeed(2.0));
        apply(session, Command::Play);
    }
    for _ in 0..64 {
        assert!(fine.advance(1.0 / 64.0));
    }
    coarse.advance(1.0);
    assert_eq!(fine.document().transport.cursor, 2.0 * Transport::STEPS_PER_SECOND);
    assert_eq!(fine.document(), coarse.document());
    assert_eq!(fine.position(FIRST), fine.run(FIRST).map(|run| run.row(20).w.to_vec()));
    assert!(!fine.advance(f64::NAN) && !fine.advance(-1.0));
}

#[test]
fn slow_motion_goes_through_the_lines() {
    let mut session = Session::on("rosenbrock", "book/naive_momentum").unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let lines = session.optimizer(session.document().selected).map_or(0, |spec| spec.line_count());
    assert_eq!(lines, 2);
    apply(&mut session, Command::SetSlow(true));
    let shown = |session: &Session| (session.step(), session.document().transport.phase(lines));
    let start = session.position(session.document().selected);
    for line in 0..lines {
        apply(&mut session, Command::Step);
        assert_eq!(shown(&session), (0, Some(Phase::Line(line))));
        assert_eq!(session.position(session.document().selected), start, "the ball rests while the lines are read");
    }
    apply(&mut session, Command::Step);
    assert_eq!(shown(&session), (1, Some(Phase::Rest)));
    apply(&mut session, Command::StepBack);
    assert_eq!(shown(&session), (0, Some(Phase::Line(lines - 1))));
    apply(&mut session, Command::Seek(0.95));
    assert_ne!(session.position(session.document().selected), start, "then it rolls");
    apply(&mut session, Command::SetSlow(false));
    assert_eq!(session.document().transport.phase(lines), None);
    apply(&mut session, Command::Step);
    assert_eq!(session.document().transport.cursor, 1.0);
}

#[test]
fn the_transport_knows_its_ends() {
    let mut session = session();
    apply(&mut session, Command::SetSteps(10));
    let cursor = |session: &Session| session.document().transport.cursor;
    for (command, want) in [
        (Command::StepBack, 0.0),
        (Command::Step, 1.0),
        (Command::Seek(3.5), 3.5),
        (Command::Step, 4.0),
        (Command::Seek(3.5), 3.5),
        (Command::StepBack, 3.0),
        (Command::Seek(99.0), 10.0),
        (Command::Step, 10.0),
        (Command::Play, 0.0),
    ] {
        apply(&mut session, command.clone());
        assert_eq!(cursor(&session), want, "{command:?}");
    }
    assert!(session.advance(100.0));
    assert_eq!((cursor(&session), session.document().transport.playing), (10.0, false), "plays to the end and stops");
    apply(&mut session, Command::SetLooping(true));
    apply(&mut session, Command::Play);
    session.advance(100.0);
    assert!(!session.advance(0.5 * Transport::REST), "rests at the end");
    assert!(session.advance(0.6 * Transport::REST));
    assert_eq!((cursor(&session), session.document().transport.playing), (0.0, true), "and begins again");
}

#[test]
fn the_racers_see_one_noise_and_the_numbers_say_who_leads() {
    let mut session = session();
    apply(&mut session, Command::AddRacer("adam".into()));
    apply(&mut session, Command::SetNoise { sigma: 1.0, seed: 11 });
    assert!(session.runs().all(|(_, run)| run.spec().noise == Noise { sigma: 1.0, seed: 11 }));
    let noises: Vec<Vec<f64>> = session.runs().map(|(_, run)| run.row(0).gradient.to_vec()).collect();
    assert_eq!(noises[0], noises[1]);
    apply(&mut session, Command::Seek(30.0));
    let table = session.standings();
    assert!(table[0].loss <= table[1].loss && table.iter().all(|standing| standing.step == 30));
    assert_eq!(session.document().stop, StopRule::Auto);
}

#[test]
fn dragging_a_start_gives_what_a_new_session_gives() {
    let mut dragged = session();
    for k in 0..20 {
        apply(&mut dragged, Command::MoveStart(vec![0.1 * f64::from(k), -0.2]));
    }
    let fresh = Session::open(dragged.document().clone()).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    let path =
        |session: &Session| session.run(FIRST).map(|run| run.rows().map(|row| row.w.to_vec()).collect::<Vec<_>>());
    assert_eq!(path(&dragged), path(&fresh));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever the commands are, the document stays whole.
    #[test]
    fn no_order_of_commands_breaks_a_session(order in prop::collection::vec(0..33_usize, 0..20)) {
        let commands = all();
        let mut session = session();
        for k in order {
            let _ = session.apply(commands[k].clone());
            prop_assert!(Session::open(session.document().clone()).is_ok());
        }
    }
}

#[test]
fn the_axes_of_a_sweep_are_two_different_numbers() {
    let mut session = Session::on("himmelblau", "sgd").unwrap();
    let names = |session: &Session| {
        let optimizer = session.optimizer(session.document().selected).unwrap();
        let variables = &session.surface().variables;
        session.document().picture.maps.axes_of(optimizer, variables, session.range()).map(|axis| {
            let name = varied_name(axis.what, optimizer, variables).to_owned();
            (name, axis.range)
        })
    };
    let shown = |session: &Session| names(session).map(|(name, _)| name);
    assert_eq!(shown(&session), ["lr", "momentum"]);
    let set =
        |session: &mut Session, axis, name: &str| session.apply(Command::SetSweepAxis { axis, name: name.to_owned() });
    set(&mut session, 0, "momentum").unwrap();
    assert_eq!(shown(&session), ["momentum", "lr"], "exchanged");
    set(&mut session, 1, "x").unwrap();
    assert_eq!(shown(&session), ["momentum", "x"]);
    assert!(matches!(set(&mut session, 0, "momentun"), Err(Refusal::Setting(SettingError::UnknownName { .. }))));
    session.apply(Command::SetSweepRange { axis: 0, range: Some([-1.0, 0.5]) }).unwrap();
    let [(_, [low, high]), _] = names(&session);
    assert_eq!([low, high], [0.0, 0.5], "cut to what the momentum can be");
    assert_eq!(session.apply(Command::SetSweepRange { axis: 0, range: Some([1.0, 1.0]) }), Err(Refusal::Range));
    assert!(matches!(session.apply(Command::SetMapSize(300)), Err(Refusal::MapSize { asked: 300 })));
    // An optimizer that does not know the name falls back to what is usual.
    let racer = session.document().selected;
    session.apply(Command::ChooseOptimizer { racer, id: "adam".to_owned() }).unwrap();
    assert_eq!(shown(&session), ["lr", "x"]);
    set(&mut session, 1, "beta1").unwrap();
    assert_eq!(shown(&session), ["lr", "beta1"]);
}
