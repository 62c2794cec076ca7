//! Scenarios: what is written is read back as it was, and what is no scenario is refused with a reason.

use downhill::i18n::Lang;
use downhill::scenario::{MAX_LENGTH, Problem, VERSION, examples, first_example, read, write};
use downhill::session::{Camera, Command, Layer, MapChoice, Motion, RacerId, Scale, Session, View};
use proptest::prelude::*;

#[test]
fn the_first_example_moves() {
    let mut session = first_example().unwrap_or_else(|problem| panic!("{problem:?}"));
    assert!(session.document().transport.playing && session.racers().len() >= 2);
    let before: Vec<_> = session.racers().iter().map(|racer| session.position(racer.id)).collect();
    assert!(session.advance(0.5));
    let after: Vec<_> = session.racers().iter().map(|racer| session.position(racer.id)).collect();
    assert!(before.iter().zip(&after).all(|(a, b)| a != b), "every ball rolls");
    for (racer, run) in session.runs() {
        let inside = run.rows().all(|row| row.w.iter().zip(session.range()).all(|(w, [a, b])| a <= w && w <= b));
        assert!(inside, "{:?} stays in the picture", racer.optimizer);
        assert!(run.last().loss < 1.0, "{:?} gets somewhere: {}", racer.optimizer, run.last().loss);
    }
}

#[test]
fn what_is_no_scenario_is_refused() {
    let first = examples().next().map_or("", |example| example.text());
    let change = |from: &str, to: &str| {
        assert!(first.contains(from), "{from}");
        first.replacen(from, to, 1)
    };
    let newer = format!("version = {}\nanything = []", VERSION + 1);
    let long = "#".repeat(MAX_LENGTH + 1);
    type Check = fn(&Problem) -> bool;
    let cases: Vec<(String, Check)> = vec![
        (first[..first.len() / 2].to_owned() + "\n[", |p| matches!(p, Problem::Toml { span: Some(_), .. })),
        (String::new(), |p| *p == Problem::NoVersion),
        (newer, |p| matches!(p, Problem::Version { .. })),
        (long, |p| matches!(p, Problem::TooLong { .. })),
        (change("steps = 120", "stepps = 120"), |p| matches!(p, Problem::Toml { span: Some(_), .. })),
        (change("id = \"himmelblau\"", "id = \"himelblau\""), |p| matches!(p, Problem::Refused(_))),
        (change("id = \"himmelblau\"", ""), |p| matches!(p, Problem::Choice { .. })),
        (change("start = [-0.4, 0.2]", "start = [-0.4]"), |p| matches!(p, Problem::Refused(_))),
        (change("start = [-0.4, 0.2]", "start = [nan, 0.2]"), |p| matches!(p, Problem::Refused(_))),
        (change("{ lr = 0.005 }", "{ rate = 0.005 }"), |p| matches!(p, Problem::Refused(_))),
        (change("steps = 120", "steps = 1000000000"), |p| matches!(p, Problem::Refused(_))),
        (change("[transport]", "[picture]\nlayers = [\"fog\"]\n[transport]"), |p| {
            matches!(p, Problem::UnknownLayer { .. })
        }),
        (change("[transport]", "[picture]\nview = \"inside\"\n[transport]"), |p| matches!(p, Problem::Toml { .. })),
        (change("[transport]", "[picture.maps]\nsize = 300\n[transport]"), |p| matches!(p, Problem::Refused(_))),
        (change("[transport]", "[picture.maps.up]\nrange = [1.0, 0.0]\n[transport]"), |p| {
            matches!(p, Problem::Refused(_))
        }),
        ("version = 1\n[surface]\nid = \"bowl\"".to_owned(), |p| *p == Problem::NoRacers),
    ];
    for (text, expected) in cases {
        let start: String = text.chars().take(60).collect();
        let problem = read(&text).err().unwrap_or_else(|| panic!("accepted: {start}"));
        assert!(expected(&problem), "{start}: {problem:?}");
        for lang in Lang::ALL {
            let message = problem.message(lang, &text);
            assert!(!message.text.is_empty() && !message.text.contains('{'), "{}", message.text);
        }
    }
    let bad = first.replacen("steps = 120", "stepps = 120", 1);
    let message = read(&bad).unwrap_err().message(Lang::En, &bad);
    assert_eq!(bad.lines().nth(message.line - 1), Some("stepps = 120"));
}

/// Commands that reach every field of a document.
fn commands() -> impl Strategy<Value = Vec<Command>> {
    let number = || prop::num::f64::NORMAL.prop_map(|x| x % 1e6);
    let one = prop_oneof![
        prop::sample::select(vec!["rosenbrock", "parabola", "ackley"]).prop_map(|id| Command::ChooseSurface(id.into())),
        prop::sample::select(vec!["param a = 2\na*x^2 + y^2", "sin(x) + x^2 # é한"])
            .prop_map(|text| Command::SetFormula(text.into())),
        number().prop_map(|value| Command::SetParam { name: "a".into(), value }),
        (number(), number()).prop_map(|(x, y)| Command::MoveStart(vec![x, y])),
        prop::sample::select(vec!["adam", "optax/lion", "lbfgs"]).prop_map(|id| Command::AddRacer(id.into())),
        (0..4_u32).prop_map(|id| Command::RemoveRacer(RacerId(id))),
        (0..4_u32).prop_map(|id| Command::SelectRacer(RacerId(id))),
        (0..4_u32, any::<bool>()).prop_map(|(id, visible)| Command::ShowRacer { racer: RacerId(id), visible }),
        (0..4_u32).prop_map(|id| Command::SetRule { racer: RacerId(id), text: "param k = 0.5\nw = w - k*lr*g".into() }),
        (0..4_u32).prop_map(|id| Command::SetSchedule { racer: RacerId(id), text: "lr*0.9^t".into() }),
        (0..4_u32, 1e-9..10.0).prop_map(|(id, value)| Command::SetHyper {
            racer: RacerId(id),
            name: "lr".into(),
            value
        }),
        (0.0..3.0, any::<u64>()).prop_map(|(sigma, seed)| Command::SetNoise { sigma, seed }),
        (1..50_usize).prop_map(Command::SetSteps),
        (0.1..100.0).prop_map(Command::SetSpeed),
        (0.0..50.0).prop_map(Command::Seek),
        Just(Command::Play),
        any::<bool>().prop_map(Command::SetLooping),
        any::<bool>().prop_map(Command::SetSlow),
        any::<bool>().prop_map(|on| Command::SetArrow { state: "m₁ é".into(), on }),
        number().prop_map(Command::SetEpsilon),
        (prop::sample::select(Layer::ALL.to_vec()), any::<bool>())
            .prop_map(|(layer, on)| Command::SetLayer { layer, on }),
        prop::sample::select(MapChoice::SIZES.to_vec()).prop_map(Command::SetMapSize),
        (0..2_usize, prop::sample::select(vec!["lr", "momentum", "x", "beta2"]))
            .prop_map(|(axis, name)| Command::SetSweepAxis { axis, name: name.into() }),
        (0..2_usize, 1e-4..0.5).prop_map(|(axis, low)| Command::SetSweepRange { axis, range: Some([low, 0.75]) }),
        Just(Command::SetHeightScale(Scale::Log)),
        Just(Command::SetLossScale(Scale::Log)),
        prop::sample::select(View::ALL.to_vec()).prop_map(Command::SetView),
        (number(), 0.0..90.0, 0.25..25.0).prop_map(|(yaw, pitch, zoom)| {
            Command::SetCamera(Camera { yaw, pitch, zoom, target: [0.3, -0.1, yaw] }.bounded())
        }),
        Just(Command::SetReliefScale(Scale::Log)),
        Just(Command::SetMotion(Motion::Jump)),
        any::<bool>().prop_map(Command::SetFollow),
        (number(), 1e-3..1e3).prop_map(|(low, width)| Command::SetRange(vec![[low, low + width], [0.0, width]])),
    ];
    prop::collection::vec(one, 0..16)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn reading_undoes_writing(commands in commands()) {
        let mut session = Session::on("himmelblau", "sgd").unwrap_or_else(|refusal| panic!("{refusal:?}"));
        for command in commands {
            let _ = session.apply(command);
        }
        let text = write(session.document());
        let back = read(&text);
        prop_assert_eq!(back.as_ref(), Ok(session.document()), "{}", text);
    }
}
